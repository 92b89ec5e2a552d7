package org.jaket.execution.trajectory;

import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which Pauli products a noise operation causes with which probabilities.
 *
 * @param groups the qubits of each application
 * @param letters of each outcome, in the order of a group's qubits; outcome 0 is the identity
 * @param probabilities of each outcome; they add up to 1
 * @param herald the recorded result of each outcome, or null
 * @param chained whether it belongs to a chain of correlated errors
 * @param first whether it opens the chain
 */
record PauliChannel(
        List<int[]> groups,
        List<Pauli[]> letters,
        double[] probabilities,
        boolean @Nullable [] herald,
        boolean chained,
        boolean first) {
    private static final Pauli[] IXYZ = {Pauli.I, Pauli.X, Pauli.Y, Pauli.Z};

    /** The channel, or null if it does nothing. */
    static @Nullable PauliChannel of(NoiseOperation n) {
        double[] p = n.arguments().stream().mapToDouble(Double::doubleValue).toArray();
        return switch (n.noise()) {
            case I_ERROR, II_ERROR -> null;
            case DEPOLARIZE1 -> disjoint(n, 1, null, uniform(3, p[0]));
            case DEPOLARIZE2 -> disjoint(n, 2, null, uniform(15, p[0]));
            case X_ERROR -> disjoint(n, 1, null, p[0], 0, 0);
            case Y_ERROR -> disjoint(n, 1, null, 0, p[0], 0);
            case Z_ERROR -> disjoint(n, 1, null, 0, 0, p[0]);
            case PAULI_CHANNEL_1 -> disjoint(n, 1, null, p);
            case PAULI_CHANNEL_2 -> disjoint(n, 2, null, p);
            case CORRELATED_ERROR, ELSE_CORRELATED_ERROR -> correlated(n, p[0]);
            case HERALDED_ERASE -> heralded(n, uniform(4, p[0]));
            case HERALDED_PAULI_CHANNEL_1 -> heralded(n, p);
            case LEAKAGE_ERROR,
                    HERALDED_LEAKAGE_ERROR,
                    SEEPAGE_ERROR,
                    LOSS_ERROR,
                    HERALDED_LOSS_ERROR ->
                    throw new IllegalStateException(n.describe());
        };
    }

    private static double[] uniform(int outcomes, double p) {
        double[] each = new double[outcomes];
        Arrays.fill(each, p / outcomes);
        return each;
    }

    private static double[] withRest(double[] errors) {
        double[] all = new double[errors.length + 1];
        System.arraycopy(errors, 0, all, 1, errors.length);
        all[0] = Math.max(0, 1 - Arrays.stream(errors).sum());
        return all;
    }

    /** Outcomes in Stim's order: the first letter belongs to the first qubit and varies slowest. */
    private static PauliChannel disjoint(
            NoiseOperation n, int arity, boolean @Nullable [] herald, double... errors) {
        List<Pauli[]> letters = new ArrayList<>();
        for (int k = 0; k <= errors.length; k++) {
            letters.add(
                    arity == 1 ? new Pauli[] {IXYZ[k]} : new Pauli[] {IXYZ[k >> 2], IXYZ[k & 3]});
        }
        return new PauliChannel(groups(n, arity), letters, withRest(errors), herald, false, false);
    }

    private static PauliChannel heralded(NoiseOperation n, double... each) {
        List<Pauli[]> letters = new ArrayList<>();
        letters.add(new Pauli[] {Pauli.I});
        for (Pauli letter : IXYZ) {
            letters.add(new Pauli[] {letter});
        }
        boolean[] herald = {false, true, true, true, true};
        return new PauliChannel(groups(n, 1), letters, withRest(each), herald, false, false);
    }

    private static PauliChannel correlated(NoiseOperation n, double p) {
        int size = n.targets().size();
        int[] qubits = new int[size];
        Pauli[] none = new Pauli[size];
        Pauli[] error = new Pauli[size];
        for (int k = 0; k < size; k++) {
            qubits[k] = n.targets().value(k);
            none[k] = Pauli.I;
            error[k] = Target.pauli(n.targets().get(k));
        }
        boolean first = n.noise() == Noise.CORRELATED_ERROR;
        double[] probabilities = {1 - p, p};
        return new PauliChannel(
                List.of(qubits), List.of(none, error), probabilities, null, true, first);
    }

    private static List<int[]> groups(NoiseOperation n, int arity) {
        List<int[]> groups = new ArrayList<>();
        for (int k = 0; k < n.targets().size(); k += arity) {
            groups.add(n.targets().slice(k, k + arity).toArray());
        }
        return groups;
    }

    /** The step of one application. */
    Step.Choose choose(int[] group, int chain) {
        List<List<ElementaryGate>> errors = new ArrayList<>();
        for (Pauli[] outcome : letters) {
            List<ElementaryGate> gates = new ArrayList<>();
            for (int k = 0; k < group.length; k++) {
                switch (outcome[k]) {
                    case X -> gates.add(ElementaryGate.of(StandardGate.X, group[k]));
                    case Y -> gates.add(ElementaryGate.of(StandardGate.Y, group[k]));
                    case Z -> gates.add(ElementaryGate.of(StandardGate.Z, group[k]));
                    case I -> {}
                }
            }
            errors.add(gates);
        }
        return new Step.Choose(probabilities, errors, herald, chain);
    }
}
