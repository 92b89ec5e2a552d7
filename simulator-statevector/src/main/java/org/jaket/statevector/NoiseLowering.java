package org.jaket.statevector;

import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;
import org.jaket.circuit.noise.Noise;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Reads Pauli channels: which Pauli products happen with which probabilities. */
final class NoiseLowering {

    /**
     * A channel and the qubits it acts on.
     *
     * @param groups the qubits of each application
     * @param letters Pauli letters of each outcome, in the order of a group's qubits
     * @param probabilities of each outcome; outcome 0 is the identity
     * @param herald the recorded result of each outcome, or null
     * @param chained whether it belongs to a chain of correlated errors
     * @param first whether it opens the chain
     */
    record Channel(
            List<int[]> groups,
            List<Pauli[]> letters,
            double[] probabilities,
            boolean @Nullable [] herald,
            boolean chained,
            boolean first) {}

    private static final Pauli[] IXYZ = {Pauli.I, Pauli.X, Pauli.Y, Pauli.Z};

    private NoiseLowering() {}

    /** The channel, or null if it does nothing. */
    static @Nullable Channel channel(NoiseOperation n) {
        List<Double> p = n.arguments();
        return switch (n.noise()) {
            case I_ERROR, II_ERROR -> null;
            case DEPOLARIZE1 -> {
                double each = p.get(0) / 3;
                yield of(n, 1, each, each, each);
            }
            case DEPOLARIZE2 -> {
                double[] each = new double[15];
                java.util.Arrays.fill(each, p.get(0) / 15);
                yield of(n, 2, each);
            }
            case X_ERROR -> of(n, 1, p.get(0), 0, 0);
            case Y_ERROR -> of(n, 1, 0, p.get(0), 0);
            case Z_ERROR -> of(n, 1, 0, 0, p.get(0));
            case PAULI_CHANNEL_1 -> of(n, 1, p.get(0), p.get(1), p.get(2));
            case PAULI_CHANNEL_2 -> of(n, 2, p.stream().mapToDouble(Double::doubleValue).toArray());
            case CORRELATED_ERROR, ELSE_CORRELATED_ERROR -> correlated(n);
            case HERALDED_ERASE -> {
                double each = p.get(0) / 4;
                yield heralded(n, each, each, each, each);
            }
            case HERALDED_PAULI_CHANNEL_1 -> heralded(n, p.get(0), p.get(1), p.get(2), p.get(3));
            case LEAKAGE_ERROR,
                    HERALDED_LEAKAGE_ERROR,
                    SEEPAGE_ERROR,
                    LOSS_ERROR,
                    HERALDED_LOSS_ERROR ->
                    throw new UnsupportedCircuitException(
                            "%s makes qubits leave or return, and a state vector has all of them. Maybe use the stabilizer engine?"
                                    .formatted(n.describe()));
        };
    }

    /** Outcomes in Stim's order: the first letter belongs to the first qubit and varies slowest. */
    private static Channel of(NoiseOperation n, int arity, double... errors) {
        List<Pauli[]> letters = new ArrayList<>();
        double[] probabilities = new double[errors.length + 1];
        probabilities[0] = 1;
        for (int k = 0; k <= errors.length; k++) {
            letters.add(
                    arity == 1 ? new Pauli[] {IXYZ[k]} : new Pauli[] {IXYZ[k >> 2], IXYZ[k & 3]});
            if (k > 0) {
                probabilities[k] = errors[k - 1];
                probabilities[0] -= errors[k - 1];
            }
        }
        probabilities[0] = Math.max(0, probabilities[0]);
        return new Channel(groups(n, arity), letters, probabilities, null, false, false);
    }

    private static Channel heralded(NoiseOperation n, double... each) {
        List<Pauli[]> letters = new ArrayList<>();
        letters.add(new Pauli[] {Pauli.I});
        double[] probabilities = new double[5];
        probabilities[0] = 1;
        for (int k = 0; k < 4; k++) {
            letters.add(new Pauli[] {IXYZ[k]});
            probabilities[k + 1] = each[k];
            probabilities[0] -= each[k];
        }
        probabilities[0] = Math.max(0, probabilities[0]);
        boolean[] herald = {false, true, true, true, true};
        return new Channel(groups(n, 1), letters, probabilities, herald, false, false);
    }

    private static Channel correlated(NoiseOperation n) {
        int size = n.targets().size();
        int[] qubits = new int[size];
        Pauli[] none = new Pauli[size];
        Pauli[] error = new Pauli[size];
        for (int k = 0; k < size; k++) {
            qubits[k] = n.targets().value(k);
            none[k] = Pauli.I;
            error[k] = Target.pauli(n.targets().get(k));
        }
        double p = n.arguments().get(0);
        boolean first = n.noise() == Noise.CORRELATED_ERROR;
        return new Channel(
                List.of(qubits), List.of(none, error), new double[] {1 - p, p}, null, true, first);
    }

    private static List<int[]> groups(NoiseOperation n, int arity) {
        List<int[]> groups = new ArrayList<>();
        for (int k = 0; k < n.targets().size(); k += arity) {
            groups.add(n.targets().slice(k, k + arity).toArray());
        }
        return groups;
    }

    /** The instruction for one application, on qubits at home. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Instruction.Choose choose(Channel channel, int[] group, int chain, int qubits) {
        @Nullable List<Pass>[] passes = new List[channel.probabilities().length];
        for (int outcome = 0; outcome < passes.length; outcome++) {
            Pauli[] letters = channel.letters().get(outcome);
            List<Op> ops = new ArrayList<>();
            for (int k = 0; k < group.length; k++) {
                // Y = i X Z; the phase of an error is not observable but kept all the same.
                if (letters[k].hasZ()) {
                    ops.add(new Op.Phase(1L << group[k], Math.PI));
                }
                if (letters[k].hasX()) {
                    ops.add(new Op.Flip(group[k], 0, 0));
                }
            }
            passes[outcome] = ops.isEmpty() ? null : Schedule.of(ops, qubits);
        }
        return new Instruction.Choose(channel.probabilities(), passes, channel.herald(), chain);
    }
}
