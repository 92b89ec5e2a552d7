package org.jaket.execution.trajectory;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.expression.Expression;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One step of a {@link Program}. Control flow is jumps, so that a run is a place in the program, a
 * classical memory and the counters of the loops around it.
 */
sealed interface Step {
    /** Whether carrying it out may end in different ways. */
    default boolean isRandom() {
        return false;
    }

    /** Whether it reads or changes the state. */
    default boolean isQuantum() {
        return isRandom();
    }

    /** Gates, in order. */
    record Gates(List<ElementaryGate> gates) implements Step {
        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /** Gates whose angles are classical values of the run. */
    record Evaluated(GateOperation operation) implements Step {
        @Override
        public boolean isQuantum() {
            return true;
        }
    }

    /**
     * Measures distinct qubits in the computational basis, jointly.
     *
     * @param inverted result by result whether the opposite is recorded
     * @param flipProbability the chance of a wrong record, result by result
     * @param bits the classical bit of each result, or -1
     */
    record Measure(int[] qubits, boolean[] inverted, double[] flipProbability, int[] bits)
            implements Step {
        @Override
        public boolean isRandom() {
            return true;
        }
    }

    /** Measures a qubit, forgets the result and leaves it in 0. */
    record Reset(int qubit) implements Step {
        @Override
        public boolean isRandom() {
            return true;
        }
    }

    /**
     * One of several lists of gates, by chance.
     *
     * @param probabilities of the outcomes; they add up to 1
     * @param errors gates of each outcome
     * @param herald the result that each outcome records, or null if the channel records nothing
     * @param chain the number of the chain of correlated errors, or -1: in a chain nothing happens
     *     after an outcome other than 0
     */
    record Choose(
            double[] probabilities,
            List<List<ElementaryGate>> errors,
            boolean @Nullable [] herald,
            int chain)
            implements Step {
        @Override
        public boolean isRandom() {
            return true;
        }
    }

    /** Forgets that an error of a chain has happened: a new chain begins. */
    record BeginChain(int chain) implements Step {}

    /** A Kraus channel; the operators row by row, interleaved. */
    record Kraus(int[] qubits, List<double[]> operators) implements Step {
        @Override
        public boolean isRandom() {
            return true;
        }
    }

    /** A constant for the measurement record. */
    record Constant(boolean result, double flipProbability, int bit) implements Step {
        @Override
        public boolean isRandom() {
            return flipProbability > 0;
        }

        @Override
        public boolean isQuantum() {
            return false;
        }
    }

    /** A classical assignment. */
    record Assign(Assignment assignment) implements Step {}

    /** Goes on elsewhere. */
    record Jump(int to) implements Step {}

    /** Goes on elsewhere if the condition is zero. */
    record JumpUnless(Expression condition, int to) implements Step {}

    /** Sets a loop's counter. */
    record Begin(int loop, long count) implements Step {}

    /** Counts a loop's counter down and goes back while it is above zero. */
    record Next(int loop, int to) implements Step {}

    /** Counts one more turn of an open loop and fails at {@link Program#MAX_TURNS}. */
    record Turn(int loop) implements Step {}
}
