package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;

/** What is checked of states that come from outside. */
final class States {
    private States() {}

    /** Refuses states of another model. */
    static void check(byte[] state, BinaryQuadraticModel model) {
        if (state.length != model.size()) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(model.size(), state.length));
        }
    }
}
