package org.jaket.statevector;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.noise.KrausChannel;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A point between gates at which one of several operators is applied by chance. The first one is
 * what usually happens.
 */
sealed interface ChancePoint {
    /** How many operators there are. */
    int outcomes();

    /** Hands the operator of an outcome over. */
    void apply(int outcome, GateSink to);

    /**
     * The outcome that a random number leads to whatever the state is, or -1 where that depends on
     * the state.
     *
     * @param uniform in [0, 1)
     */
    int decide(double uniform);

    /** The chance that {@link #decide} says something other than 0. */
    double surprise();

    /** Unitary operators with given probabilities. */
    sealed interface Mixture extends ChancePoint {
        /** Of the outcomes; they add up to 1. */
        double[] probabilities();

        /** The result that an outcome records, or null if nothing is recorded. */
        boolean @Nullable [] herald();

        @Override
        default int outcomes() {
            return probabilities().length;
        }

        @Override
        default int decide(double uniform) {
            return pick(probabilities(), uniform);
        }

        @Override
        default double surprise() {
            return 1 - probabilities()[0];
        }
    }

    /**
     * A Pauli channel.
     *
     * @param qubits it acts on
     * @param letters the Paulis of each outcome, in the order of the qubits
     */
    record PauliError(
            double[] probabilities,
            boolean @Nullable [] herald,
            int[] qubits,
            List<Pauli[]> letters)
            implements Mixture {
        @Override
        public void apply(int outcome, GateSink to) {
            Pauli[] paulis = letters.get(outcome);
            for (int k = 0; k < qubits.length; k++) {
                // Y = i X Z; the phase of an error is not observable.
                if (paulis[k].hasZ()) {
                    to.phase(1L << qubits[k], Math.PI);
                }
                if (paulis[k].hasX()) {
                    to.flip(qubits[k]);
                }
            }
        }
    }

    /**
     * Any unitary operators.
     *
     * @param unitaries row-major, interleaved, bit j of a row belonging to {@code qubits[j]}; empty
     *     for a multiple of the identity
     */
    record UnitaryError(double[] probabilities, int[] qubits, List<double[]> unitaries)
            implements Mixture {
        @Override
        public boolean @Nullable [] herald() {
            return null;
        }

        @Override
        public void apply(int outcome, GateSink to) {
            double[] unitary = unitaries.get(outcome);
            if (unitary.length > 0) {
                matrix(qubits, unitary, to);
            }
        }
    }

    /**
     * Kraus operators whose probabilities depend on the state.
     *
     * @param operators row-major, interleaved, bit j of a row belonging to {@code qubits[j]}; they
     *     do not keep the norm
     * @param least the first one has at least this probability in every state
     */
    record Kraus(int[] qubits, List<double[]> operators, double least) implements ChancePoint {
        @Override
        public int outcomes() {
            return operators.size();
        }

        @Override
        public void apply(int outcome, GateSink to) {
            matrix(qubits, operators.get(outcome), to);
        }

        @Override
        public int decide(double uniform) {
            return uniform < least ? 0 : -1;
        }

        @Override
        public double surprise() {
            return 1 - least;
        }
    }

    private static void matrix(int[] qubits, double[] m, GateSink to) {
        if (qubits.length == 1) {
            to.one(qubits[0], m);
        } else {
            to.dense(qubits, 0, 0, m);
        }
    }

    /** The outcome that a number in [0, 1) picks. */
    static int pick(double[] probabilities, double uniform) {
        double u = uniform;
        int k = 0;
        while (k < probabilities.length - 1 && u >= probabilities[k]) {
            u -= probabilities[k++];
        }
        // Rounding can lead past the last possible outcome.
        while (k > 0 && probabilities[k] == 0) {
            k--;
        }
        return k;
    }

    /** A channel on some qubits: operators with the same weight in all states become unitaries. */
    static ChancePoint of(KrausChannel channel, int[] qubits) {
        int dimension = 1 << qubits.length;
        List<Weighed> all = new ArrayList<>();
        for (ComplexMatrix k : channel.operators()) {
            all.add(Weighed.of(GateLowering.entries(k), dimension));
        }
        // Which operators describe a channel is a convention, and so is their order.
        all.sort(Comparator.comparingDouble((Weighed w) -> -w.least));
        if (all.stream().allMatch(Weighed::isUnitary)) {
            double total = all.stream().mapToDouble(w -> w.least).sum();
            double[] p = all.stream().mapToDouble(w -> w.least / total).toArray();
            return new UnitaryError(p, qubits, all.stream().map(Weighed::unitary).toList());
        }
        double least = Math.max(0, all.getFirst().least - Weighed.ROUNDING);
        return new Kraus(qubits, all.stream().map(w -> w.entries).toList(), least);
    }

    /** A Kraus operator K with bounds of its probability: the eigenvalues of K^dagger K. */
    record Weighed(double[] entries, double least, double most) {
        /** Deviations below this are rounding. */
        static final double ROUNDING = 1e-12;

        /** Bounds after Gershgorin; exact where K^dagger K is diagonal. */
        static Weighed of(double[] k, int dimension) {
            double least = Double.MAX_VALUE;
            double most = 0;
            for (int i = 0; i < dimension; i++) {
                double centre = 0;
                double radius = 0;
                for (int j = 0; j < dimension; j++) {
                    double re = 0;
                    double im = 0;
                    for (int row = 0; row < dimension; row++) {
                        int a = 2 * (row * dimension + i);
                        int b = 2 * (row * dimension + j);
                        re += k[a] * k[b] + k[a + 1] * k[b + 1];
                        im += k[a] * k[b + 1] - k[a + 1] * k[b];
                    }
                    centre = i == j ? re : centre;
                    radius += i == j ? 0 : Math.hypot(re, im);
                }
                least = Math.min(least, centre - radius);
                most = Math.max(most, centre + radius);
            }
            return new Weighed(k, Math.max(0, least), most);
        }

        boolean isUnitary() {
            return most - least <= ROUNDING;
        }

        /** The operator scaled to a unitary one; empty for a multiple of the identity. */
        double[] unitary() {
            double factor = least == 0 ? 0 : 1 / Math.sqrt(least);
            double[] u = entries.clone();
            boolean identity = true;
            int row = 2 * (int) Math.round(Math.sqrt(u.length / 2.0)) + 2;
            for (int i = 0; i < u.length; i += 2) {
                u[i] *= factor;
                u[i + 1] *= factor;
                double re = i % row == 0 ? u[0] : 0;
                double im = i % row == 0 ? u[1] : 0;
                identity &= Math.hypot(u[i] - re, u[i + 1] - im) <= ROUNDING;
            }
            return identity ? new double[0] : u;
        }
    }
}
