package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.util.SplittableRandom;

/**
 * A model in which some variables have changed their two values with each other: a gauge, as it is
 * used to average over the biases of an annealer's qubits. Every state has the energy of the
 * restored one.
 */
public final class SpinReversal implements Reduction {
    private final BinaryQuadraticModel original;
    private final BinaryQuadraticModel model;
    private final boolean[] reversed;

    private SpinReversal(
            BinaryQuadraticModel original, BinaryQuadraticModel model, boolean[] reversed) {
        this.original = original;
        this.model = model;
        this.reversed = reversed;
    }

    /** Reverses each variable with probability one half. */
    public static SpinReversal random(BinaryQuadraticModel model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] reversed = new boolean[model.size()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = random.nextBoolean();
        }
        return of(model, reversed);
    }

    /**
     * Reverses variables.
     *
     * @param reversed which, one entry a variable
     */
    public static SpinReversal of(BinaryQuadraticModel model, boolean[] reversed) {
        if (reversed.length != model.size()) {
            throw new IllegalArgumentException(
                    "the model has %d variables, not %d".formatted(model.size(), reversed.length));
        }
        // A reversed value is sum - y, where sum is 0 for spins and 1 for binary variables.
        double sum = model.vartype() == Vartype.SPIN ? 0 : 1;
        var builder =
                BinaryQuadraticModel.builder(model.vartype())
                        .addVariables(model.variables())
                        .addOffset(model.offset());
        for (int i = 0; i < reversed.length; i++) {
            double bias = model.linear(i);
            builder.addLinear(i, reversed[i] ? -bias : bias);
            builder.addOffset(reversed[i] ? sum * bias : 0);
        }
        model.forEachInteraction(
                (i, j, w) -> {
                    builder.addQuadratic(i, j, reversed[i] == reversed[j] ? w : -w);
                    if (sum != 0 && reversed[i]) {
                        builder.addLinear(j, reversed[j] ? -w : w);
                    }
                    if (sum != 0 && reversed[j]) {
                        builder.addLinear(i, reversed[i] ? -w : w);
                        builder.addOffset(reversed[i] ? w : 0);
                    }
                });
        return new SpinReversal(model, builder.build(), reversed.clone());
    }

    @Override
    public BinaryQuadraticModel original() {
        return original;
    }

    @Override
    public BinaryQuadraticModel model() {
        return model;
    }

    /** Whether a variable's values have changed places. */
    public boolean isReversed(int variable) {
        return reversed[variable];
    }

    @Override
    public byte[] restore(byte[] state) {
        States.check(state, model);
        byte[] all = state.clone();
        int sum = model.vartype().low() + model.vartype().high();
        for (int i = 0; i < all.length; i++) {
            all[i] = reversed[i] ? (byte) (sum - all[i]) : all[i];
        }
        return all;
    }
}
