package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.util.List;

/**
 * Where reads begin.
 *
 * @param states in the model's own values, each read's in turn; none for random ones
 */
record Start(List<byte[]> states) {
    static final Start RANDOM = new Start(List.of());

    /**
     * Given states.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Start at(List<byte[]> states) {
        if (states.isEmpty()) {
            throw new IllegalArgumentException("there is no state to begin at");
        }
        return new Start(states.stream().map(byte[]::clone).toList());
    }

    boolean isRandom() {
        return states.isEmpty();
    }

    /** The state of a read. */
    byte[] of(long read) {
        return states.get((int) (read % states.size()));
    }

    /** Refuses states of another model. */
    void check(BinaryQuadraticModel model) {
        Vartype vartype = model.vartype();
        for (byte[] state : states) {
            if (state.length != model.size()) {
                throw new IllegalArgumentException(
                        "a state to begin at has %d values, and the model %d variables"
                                .formatted(state.length, model.size()));
            }
            for (int i = 0; i < state.length; i++) {
                if (state[i] != vartype.low() && state[i] != vartype.high()) {
                    throw new IllegalArgumentException(
                            "variable %s cannot begin at %d: it is %d or %d"
                                    .formatted(
                                            model.variables().get(i),
                                            state[i],
                                            vartype.low(),
                                            vartype.high()));
                }
            }
        }
    }

    /** Sets the spins of a block of reads, if they are given. */
    void put(Replicas replicas, long block) {
        if (isRandom()) {
            return;
        }
        for (int lane = 0; lane < SpinProblem.LANES; lane++) {
            replicas.set(lane, of(block * SpinProblem.LANES + lane));
        }
        replicas.refresh();
    }

    /** Sets the state of a read, or a random one. */
    void put(Walk walk, long seed, long read) {
        if (isRandom()) {
            walk.startRandom(seed, read);
        } else {
            walk.set(of(read));
        }
    }
}
