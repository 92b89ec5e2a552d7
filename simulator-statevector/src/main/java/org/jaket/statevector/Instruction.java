package org.jaket.statevector;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.expression.Expression;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One step of a compiled program. Control flow is jumps, so that a run is a place in the program, a
 * classical memory and the counters of the loops around it. Qubits are stored qubits.
 */
sealed interface Instruction {
    /** Whether carrying it out may end in different ways. */
    default boolean isRandom() {
        return false;
    }

    /** Whether it reads or changes amplitudes. */
    default boolean isQuantum() {
        return false;
    }

    /** Gates. */
    record Apply(List<Pass> passes) implements Instruction {
        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /** Gates on a state that is not in memory. */
    record Sweeps(List<Sweep> sweeps) implements Instruction {
        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /**
     * Shows the state to a listener.
     *
     * @param frame where the qubits lie there
     */
    record Show(Frame frame) implements Instruction {
        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /**
     * Measures qubits in the computational basis.
     *
     * @param qubits each at most once
     * @param inverted qubits' bit by bit whether the recorded result is the opposite of the stored
     *     bit
     * @param falseOne the chance that 1 is recorded for 0, result by result
     * @param falseZero the chance that 0 is recorded for 1
     * @param bits the classical bit of each result, or -1
     */
    record Measure(int[] qubits, long inverted, double[] falseOne, double[] falseZero, int[] bits)
            implements Instruction {
        @Override
        public boolean isRandom() {
            return true;
        }

        @Override
        public boolean isQuantum() {
            return true;
        }

        /** The chance that the record of a result is wrong, given what it should be. */
        double wrong(int result, boolean ideal) {
            return ideal ? falseZero[result] : falseOne[result];
        }

        /** Whether the record of a result may be wrong. */
        boolean isNoisy(int result) {
            return falseOne[result] > 0 || falseZero[result] > 0;
        }

        /** What should be recorded for a result where the measured qubits hold {@code stored}. */
        boolean ideal(int result, long stored) {
            return ((stored ^ inverted) >> qubits[result] & 1) != 0;
        }

        /** The mask of the measured qubits. */
        long mask() {
            long mask = 0;
            for (int q : qubits) {
                mask |= 1L << q;
            }
            return mask;
        }
    }

    /**
     * Measures a qubit, forgets the result and leaves it in stored 0 or 1.
     *
     * @param one whether the stored bit becomes 1
     */
    record Reset(int qubit, boolean one) implements Instruction {
        @Override
        public boolean isRandom() {
            return true;
        }

        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /**
     * One of several lists of gates, by chance; the records say what goes to the measurement
     * record.
     *
     * @param probabilities of the outcomes; they add up to 1
     * @param passes gates of each outcome, null for none
     * @param herald the result that each outcome records, or null if the channel records nothing
     * @param chain the number of the chain of correlated errors, or -1: in a chain nothing happens
     *     after an outcome other than 0
     */
    record Choose(
            double[] probabilities,
            @Nullable List<Pass>[] passes,
            boolean @Nullable [] herald,
            int chain)
            implements Instruction {
        @Override
        public boolean isRandom() {
            return true;
        }

        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /** Forgets that an error of a chain has happened: a new chain begins. */
    record BeginChain(int chain) implements Instruction {}

    /** Gates with noise between them. */
    record Noisy(NoisyStretch stretch) implements Instruction {
        @Override
        public boolean isRandom() {
            return true;
        }

        @Override
        public boolean isQuantum() {
            return true;
        }

        /** Whether nothing is recorded. */
        boolean isMute() {
            return stretch.points().stream()
                    .allMatch(p -> !(p instanceof ChancePoint.Mixture m) || m.herald() == null);
        }
    }

    /**
     * A sum of linear maps of the same amplitudes: a channel on many qubits of a density matrix.
     *
     * @param weights a factor for each term
     * @param terms at least one
     */
    record Sum(double[] weights, List<List<Pass>> terms) implements Instruction {
        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /** Gates whose angles are classical values of the run. */
    record Evaluated(GateOperation operation) implements Instruction {
        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /** A constant for the measurement record. */
    record Constant(boolean result, double flipProbability, int bit) implements Instruction {
        @Override
        public boolean isRandom() {
            return flipProbability > 0;
        }
    }

    /** A classical assignment. */
    record Assign(Assignment assignment) implements Instruction {}

    /** Goes on elsewhere. */
    record Jump(int to) implements Instruction {}

    /** Goes on elsewhere if the condition is zero. */
    record JumpUnless(Expression condition, int to) implements Instruction {}

    /** Sets a loop's counter. */
    record Begin(int loop, long count) implements Instruction {}

    /** Counts a loop's counter down and goes back while it is above zero. */
    record Next(int loop, int to) implements Instruction {}

    /** Counts one more turn of an open loop and fails at {@link Program#MAX_TURNS}. */
    record Turn(int loop) implements Instruction {}
}
