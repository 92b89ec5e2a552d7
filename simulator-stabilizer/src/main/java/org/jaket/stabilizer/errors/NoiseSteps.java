package org.jaket.stabilizer.errors;

import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.noise.Noise;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jspecify.annotations.Nullable;

/** Noise as steps of a {@link BackwardProgram}. */
final class NoiseSteps {
    private static final int[] ZX = {1, 0};
    private static final int[] XZ = {0, 1};

    /** Basis errors of pairs, for symmetric channels and for those with a list of probabilities. */
    private static final int[] ZX_PAIR = {1, 0, 3, 2};

    private static final int[] XZ_PAIR = {2, 3, 0, 1};

    /** X and Z parts of the letters I, X, Y, Z as bits 0 and 1. */
    private static final int[] PARTS = {0, 1, 3, 2};

    private NoiseSteps() {}

    /** The step of a noise operation, or null for noise that does nothing. */
    static @Nullable BackwardStep of(NoiseOperation n, int tag) {
        double[] a = n.arguments().stream().mapToDouble(Double::doubleValue).toArray();
        int[] targets = n.targets().toArray();
        return switch (n.noise()) {
            case X_ERROR -> new BackwardStep.Flip(Pauli.X, a[0], targets, tag);
            case Y_ERROR -> new BackwardStep.Flip(Pauli.Y, a[0], targets, tag);
            case Z_ERROR -> new BackwardStep.Flip(Pauli.Z, a[0], targets, tag);
            case DEPOLARIZE1 -> depolarize(n, 1, a[0], 3.0 / 4, targets, tag);
            case DEPOLARIZE2 -> depolarize(n, 2, a[0], 15.0 / 16, targets, tag);
            case PAULI_CHANNEL_1 -> channel1(n, a, targets, tag);
            case PAULI_CHANNEL_2 -> channel2(n, a, targets, tag);
            case HERALDED_ERASE -> {
                double p = a[0] * 0.25;
                double none = Math.max(0.0, 1.0 - 4 * p);
                yield new BackwardStep.Herald(
                        name(n), new double[] {none, 0, 0, 0, p, p, p, p}, a, false, targets, tag);
            }
            case HERALDED_PAULI_CHANNEL_1 -> {
                double none = Math.max(0.0, 1.0 - a[0] - a[1] - a[2] - a[3]);
                yield new BackwardStep.Herald(
                        name(n),
                        new double[] {none, 0, 0, 0, a[0], a[3], a[1], a[2]},
                        a,
                        true,
                        targets,
                        tag);
            }
            case CORRELATED_ERROR, ELSE_CORRELATED_ERROR ->
                    new BackwardStep.Correlated(
                            n.noise() == Noise.CORRELATED_ERROR,
                            a[0],
                            Lowering.product(n.targets()),
                            tag);
            case I_ERROR, II_ERROR -> null;
            case LEAKAGE_ERROR,
                    HERALDED_LEAKAGE_ERROR,
                    SEEPAGE_ERROR,
                    LOSS_ERROR,
                    HERALDED_LOSS_ERROR ->
                    throw Features.qubitsLeave(n.noise(), "Models of independent errors");
        };
    }

    private static String name(NoiseOperation n) {
        return n.noise().stimNames().getFirst();
    }

    private static BackwardStep depolarize(
            NoiseOperation n, int qubits, double p, double most, int[] targets, int tag) {
        String refusal =
                p > most
                        ? "%s(%s) mixes more than fully, which independent errors cannot: the probability may be at most %s."
                                .formatted(name(n), p, most)
                        : null;
        double each =
                refusal != null
                        ? 0
                        : qubits == 1
                                ? IndependentErrors.depolarize1(p)
                                : IndependentErrors.depolarize2(p);
        double[] probabilities = new double[1 << 2 * qubits];
        for (int k = 1; k < probabilities.length; k++) {
            probabilities[k] = each;
        }
        return new BackwardStep.Channel(
                name(n),
                qubits,
                qubits == 1 ? ZX : ZX_PAIR,
                probabilities,
                false,
                null,
                targets,
                tag,
                refusal);
    }

    private static BackwardStep channel1(NoiseOperation n, double[] a, int[] targets, int tag) {
        double[] independent = IndependentErrors.ofDisjoint(a[0], a[1], a[2]);
        double[] p = independent == null ? a : independent;
        return new BackwardStep.Channel(
                name(n),
                1,
                XZ,
                new double[] {0, p[0], p[2], p[1]},
                independent == null,
                independent == null ? a : null,
                targets,
                tag,
                null);
    }

    private static BackwardStep channel2(NoiseOperation n, double[] a, int[] targets, int tag) {
        double[] probabilities = new double[16];
        for (int k = 1; k < 16; k++) {
            probabilities[PARTS[k & 3] | PARTS[k >> 2] << 2] = a[k - 1];
        }
        return new BackwardStep.Channel(
                name(n), 2, XZ_PAIR, probabilities, true, a, targets, tag, null);
    }
}
