package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;
import org.jaket.execution.Counts;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.NearCliffordSimulator;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Near-Clifford circuits that branch on results, with bodies that keep the Clifford frames and
 * bodies that do not, against the exact distribution of the state vector.
 */
class NearCliffordBranchesAgreeTest {
    private static final StandardGate[] TURNS = {
        StandardGate.X,
        StandardGate.Y,
        StandardGate.Z,
        StandardGate.S,
        StandardGate.S_DAG,
        StandardGate.SQRT_X,
        StandardGate.SQRT_X_DAG,
        StandardGate.SQRT_Y,
        StandardGate.SQRT_Y_DAG
    };

    private static final StandardGate[] OTHERS = {
        StandardGate.H, StandardGate.C_XYZ, StandardGate.CX, StandardGate.CZ, StandardGate.ISWAP
    };

    /** A random circuit, written with the bits it has measured so far. */
    private static final class Writer {
        private final Random random;
        private final int qubits;
        private final List<Bit> bits = new ArrayList<>();

        Writer(long seed, int qubits) {
            this.random = new Random(seed);
            this.qubits = qubits;
        }

        private void gate(CircuitBuilder c, StandardGate[] gates) {
            StandardGate gate = gates[random.nextInt(gates.length)];
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            if (gate.qubits() == 1) {
                c.gate(gate, a);
            } else {
                c.gate(gate, a, b);
            }
        }

        private void rotation(CircuitBuilder c) {
            int a = random.nextInt(qubits);
            switch (random.nextInt(3)) {
                case 0 -> c.t(a);
                case 1 -> c.rx(random.nextDouble(), a);
                default -> c.rzz(random.nextDouble(), a, (a + 1) % qubits);
            }
        }

        private Bit anyBit() {
            return bits.get(random.nextInt(bits.size()));
        }

        private void body(CircuitBuilder c, int depth) {
            for (int k = 0; k < 2; k++) {
                switch (random.nextInt(depth > 0 ? 9 : 7)) {
                    case 0, 1, 2 -> gate(c, TURNS);
                    case 3 -> gate(c, OTHERS);
                    case 4 -> rotation(c);
                    case 5 -> c.assign(anyBit(), anyBit().xor(anyBit()));
                    case 6 -> {
                        if (random.nextInt(3) == 0) {
                            c.measure(random.nextInt(qubits), anyBit());
                        } else {
                            c.noise(Noise.Y_ERROR, new double[] {0.1}, random.nextInt(qubits));
                        }
                    }
                    case 7 -> branch(c, depth - 1);
                    default -> c.repeat(2, inner -> branch(inner, depth - 1));
                }
            }
        }

        private void branch(CircuitBuilder c, int depth) {
            Expression condition = random.nextBoolean() ? anyBit() : anyBit().and(anyBit().not());
            c.when(condition, then -> body(then, depth), otherwise -> body(otherwise, depth));
        }

        private Circuit circuit() {
            return Circuit.of(
                    qubits,
                    c -> {
                        for (int q = 0; q < qubits; q++) {
                            c.h(q);
                        }
                        rotation(c);
                        bits.add(c.measure(random.nextInt(qubits)));
                        for (int layer = 0; layer < 3; layer++) {
                            for (int k = 0; k < 2 * qubits; k++) {
                                gate(c, random.nextInt(3) > 0 ? OTHERS : TURNS);
                            }
                            rotation(c);
                            bits.add(c.measure(random.nextInt(qubits)));
                            branch(c, 2);
                        }
                        rotation(c);
                        gate(c, OTHERS);
                        for (int q = 0; q < qubits; q++) {
                            c.h(q).measure(q);
                        }
                    });
        }
    }

    private static void assertEqual(Circuit circuit) {
        Distribution found = new NearCliffordSimulator().probabilities(circuit);
        Distribution exact = StateVectorSimulator.create().probabilities(circuit);
        var keys = new TreeSet<>(exact.probabilities().keySet());
        keys.addAll(found.probabilities().keySet());
        for (String key : keys) {
            assertThat(found.get(key)).as(key).isCloseTo(exact.get(key), within(1e-10));
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomBranchesAreFollowedExactly(long seed) {
        assertEqual(new Writer(seed, 2 + (int) (seed % 4)).circuit());
    }

    /**
     * Shots against the state vector's distribution: each frequency within six standard errors and
     * five events, which fails by chance with less than 1e-6.
     */
    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106})
    void frequenciesFollowTheExactDistribution(long seed) {
        Circuit circuit = new Writer(seed, 3).circuit();
        Distribution exact = StateVectorSimulator.create().probabilities(circuit);
        int shots = 100_000;
        Counts counts =
                new NearCliffordSimulator()
                        .run(circuit, RunOptions.shots(shots).seed(seed))
                        .counts();
        for (var entry : exact.probabilities().entrySet()) {
            double p = Math.min(1, entry.getValue());
            assertThat(counts.get(entry.getKey()) / (double) shots)
                    .as(entry.getKey())
                    .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots));
        }
        assertThat(exact.probabilities().keySet()).containsAll(counts.counts().keySet());
    }

    /** Until the state is found in |1>: each turn is a history of its own. */
    @Test
    void loopsOnConditionsAreFollowedExactly() {
        Circuit circuit =
                Circuit.of(
                        3,
                        c -> {
                            c.h(0).t(0).h(0).cx(0, 1);
                            Bit found = c.measure(0);
                            c.whileTrue(
                                    found.not(),
                                    turn -> {
                                        turn.h(1).t(1).cx(1, 2).rx(2.0, 0);
                                        turn.measure(0, found);
                                    });
                            c.h(1).measure(1);
                            c.measure(2);
                        });
        assertEqual(circuit);
    }
}
