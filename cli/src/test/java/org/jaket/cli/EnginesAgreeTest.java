package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Counts;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.StabilizerSimulator;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Two engines that share no code past the circuit, on random Clifford circuits. */
class EnginesAgreeTest {
    private static final List<StandardGate> GATES = new ArrayList<>();

    static {
        for (StandardGate gate : StandardGate.values()) {
            if (gate.isClifford()) {
                GATES.add(gate);
            }
        }
    }

    private static void randomGates(CircuitBuilder c, Random random, int qubits, int count) {
        for (int k = 0; k < count; k++) {
            StandardGate gate = GATES.get(random.nextInt(GATES.size()));
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            if (gate.qubits() == 1) {
                c.gate(gate, a);
            } else {
                c.gate(gate, a, b);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void expectationValuesAreEqual(long seed) {
        var random = new Random(seed);
        int qubits = 2 + random.nextInt(7);
        Circuit circuit = Circuit.of(qubits, c -> randomGates(c, random, qubits, 60));
        for (int k = 0; k < 40; k++) {
            PauliString string = PauliString.identity(qubits);
            for (int q = 0; q < qubits; q++) {
                string =
                        string.times(
                                PauliString.single(qubits, q, Pauli.values()[random.nextInt(4)]));
            }
            PauliSum observable = new PauliSum(List.of(new PauliSum.Term(1, string.abs())));
            double vector = StateVectorSimulator.create().expect(circuit, observable).value();
            double tableau = new StabilizerSimulator().expect(circuit, observable).value();
            assertThat(tableau).as(string.toString()).isCloseTo(vector, within(1e-9));
            assertThat(tableau).isIn(-1.0, 0.0, 1.0);
        }
    }

    /**
     * Mid-circuit measurements, resets, feedback and noise: sampled frequencies against the exact
     * distribution.
     */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void sampledFrequenciesFollowTheExactDistribution(long seed) {
        var random = new Random(seed);
        int qubits = 3;
        Circuit circuit =
                Circuit.of(
                        qubits,
                        c -> {
                            randomGates(c, random, qubits, 12);
                            Bit first = c.measure(random.nextInt(qubits));
                            randomGates(c, random, qubits, 6);
                            c.when(first, t -> t.x(0).h(2));
                            c.reset(1);
                            c.depolarize1(0.2, 0, 1).depolarize2(0.3, 1, 2);
                            randomGates(c, random, qubits, 8);
                            c.measureAll();
                        });
        Distribution exact = StateVectorSimulator.create().probabilities(circuit);
        int shots = 40_000;
        Counts counts =
                new StabilizerSimulator().run(circuit, RunOptions.shots(shots).seed(seed)).counts();
        var keys = new TreeSet<>(exact.probabilities().keySet());
        keys.addAll(counts.counts().keySet());
        double chiSquare = 0;
        for (String key : keys) {
            double p = exact.get(key);
            if (p < 1e-12) {
                assertThat(counts.get(key)).as(key).isZero();
                continue;
            }
            double difference = counts.get(key) - shots * p;
            chiSquare += difference * difference / (shots * p);
        }
        // At most 15 degrees of freedom: chi-square exceeds 50 with probability below 2e-5.
        assertThat(chiSquare).isLessThan(50);
    }
}
