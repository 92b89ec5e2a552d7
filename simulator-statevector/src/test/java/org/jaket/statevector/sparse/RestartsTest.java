package org.jaket.statevector.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.RunOptions;
import org.jaket.execution.trajectory.ElementaryGate;
import org.jaket.execution.trajectory.OutcomeSampler;
import org.jaket.execution.trajectory.Program;
import org.jaket.execution.trajectory.PureState;
import org.jaket.execution.trajectory.Trajectories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Shots that part from others when there is no memory for a copy begin again, with the same end.
 */
class RestartsTest {
    /** A state that there is never room to copy. */
    private record Alone(SparseAmplitudes inner) implements PureState<Alone> {
        @Override
        public void apply(ElementaryGate gate) {
            inner.apply(gate);
        }

        @Override
        public double probabilityOfOne(int qubit) {
            return inner.probabilityOfOne(qubit);
        }

        @Override
        public OutcomeSampler sampler(int[] qubits) {
            return inner.sampler(qubits);
        }

        @Override
        public void collapse(int[] qubits, long[] outcome) {
            inner.collapse(qubits, outcome);
        }

        @Override
        public double[] density(int[] qubits) {
            return inner.density(qubits);
        }

        @Override
        public void operate(int[] qubits, double[] matrix) {
            inner.operate(qubits, matrix);
        }

        @Override
        public double expectation(PauliString string) {
            return inner.expectation(string);
        }

        @Override
        public @Nullable Alone copy() {
            return null;
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    @Test
    void shotsWithoutRoomForCopiesHaveTheSameResults() {
        Circuit circuit =
                Circuit.stim(
                        """
                        H 0
                        DEPOLARIZE2(0.3) 0 1
                        MX(0.1) 0
                        CX rec[-1] 1
                        H 1
                        R 0
                        E(0.2) X0
                        ELSE_CORRELATED_ERROR(0.5) Y1
                        M 0 1
                        """);
        RunOptions options = RunOptions.shots(500).seed(6).threads(2);
        HeapBudget budget = new HeapBudget(1 << 20);
        var alone =
                Trajectories.sample(
                        Program.compile(circuit),
                        () -> new Alone(new SparseAmplitudes(budget, 1000)),
                        options,
                        null);
        var together = SparseSimulator.create().run(circuit, options);
        assertThat(alone.words()).isEqualTo(together.words());
        assertThat(budget.left()).isEqualTo(1 << 20);
    }
}
