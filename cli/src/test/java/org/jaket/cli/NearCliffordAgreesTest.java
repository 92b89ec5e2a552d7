package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;
import org.jaket.execution.Counts;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.NearCliffordSimulator;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The near-Clifford engine against the state vector, which shares no code with it past the circuit:
 * exact distributions with mid-circuit measurements, resets, feedback and noise.
 */
class NearCliffordAgreesTest {
    private static final List<StandardGate> CLIFFORD = new ArrayList<>();

    static {
        for (StandardGate gate : StandardGate.values()) {
            if (gate.isClifford()) {
                CLIFFORD.add(gate);
            }
        }
    }

    private static void gates(CircuitBuilder c, Random random, int qubits, int count) {
        for (int k = 0; k < count; k++) {
            StandardGate gate = CLIFFORD.get(random.nextInt(CLIFFORD.size()));
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            if (gate.qubits() == 1) {
                c.gate(gate, a);
            } else {
                c.gate(gate, a, b);
            }
        }
    }

    private static void rotation(CircuitBuilder c, Random random, int qubits) {
        int a = random.nextInt(qubits);
        int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
        double angle = 6 * random.nextDouble() - 3;
        switch (random.nextInt(8)) {
            case 0, 1 -> c.t(a);
            case 2 -> c.tdg(a);
            case 3 -> c.rx(angle, a);
            case 4 -> c.ryy(angle, a, b);
            case 5 -> c.u(angle, 1, 2, a);
            case 6 -> c.cp(angle, a, b);
            default -> c.rzz(angle, a, b);
        }
    }

    private static int pauli(Random random, int qubit) {
        return Target.pauli(Pauli.values()[1 + random.nextInt(3)], qubit);
    }

    private static void collapse(CircuitBuilder c, Random random, int qubits) {
        MeasurementKind[] one = {
            MeasurementKind.M,
            MeasurementKind.MX,
            MeasurementKind.MY,
            MeasurementKind.MR,
            MeasurementKind.MRX,
            MeasurementKind.MRY
        };
        int a = random.nextInt(qubits);
        int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
        switch (random.nextInt(4)) {
            case 0 ->
                    c.record(
                            MeasurementKind.MPP,
                            pauli(random, a),
                            Target.COMBINER,
                            Target.inverted(pauli(random, b)));
            case 1 -> c.append(new Reset(Pauli.values()[1 + random.nextInt(3)], Targets.of(a), ""));
            default ->
                    c.record(
                            one[random.nextInt(one.length)],
                            random.nextBoolean() ? a : Target.inverted(a));
        }
    }

    /** With five layers at most about 2^14 ways to go. */
    private static Circuit random(long seed, int qubits, int layers) {
        var random = new Random(seed);
        return Circuit.of(
                qubits,
                c -> {
                    c.record(MeasurementKind.M, random.nextInt(qubits));
                    for (int layer = 0; layer < layers; layer++) {
                        gates(c, random, qubits, 3 * qubits);
                        rotation(c, random, qubits);
                        rotation(c, random, qubits);
                        collapse(c, random, qubits);
                        c.gate(
                                random.nextBoolean() ? StandardGate.CX : StandardGate.CY,
                                Target.record(1),
                                random.nextInt(qubits));
                    }
                    c.depolarize1(0.2, random.nextInt(qubits));
                    c.noise(Noise.HERALDED_ERASE, new double[] {0.25}, random.nextInt(qubits));
                    gates(c, random, qubits, 3 * qubits);
                    rotation(c, random, qubits);
                    c.noise(
                            Noise.PAULI_CHANNEL_1,
                            new double[] {0.1, 0.02, 0.3},
                            random.nextInt(qubits));
                    c.gate(StandardGate.XCZ, random.nextInt(qubits), Target.record(2));
                    gates(c, random, qubits, qubits);
                    for (int k = 1; k < layers; k++) {
                        collapse(c, random, qubits);
                    }
                });
    }

    private static void assertEqual(Distribution found, Distribution exact) {
        var keys = new TreeSet<>(exact.probabilities().keySet());
        keys.addAll(found.probabilities().keySet());
        for (String key : keys) {
            assertThat(found.get(key)).as(key).isCloseTo(exact.get(key), within(1e-10));
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exactDistributionsAreEqual(long seed) {
        Circuit circuit = random(seed, 2 + (int) (seed % 5), 5);
        assertEqual(
                new NearCliffordSimulator().probabilities(circuit),
                StateVectorSimulator.create().probabilities(circuit));
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106})
    void exactDistributionsOfSixteenQubitsAreEqual(long seed) {
        Circuit circuit = random(seed, 10 + (int) (seed % 7), 3);
        assertEqual(
                new NearCliffordSimulator().probabilities(circuit),
                StateVectorSimulator.create().probabilities(circuit));
    }

    @ParameterizedTest
    @ValueSource(longs = {201, 202, 203, 204})
    void sampledFrequenciesFollowTheExactDistribution(long seed) {
        Circuit circuit = random(seed, 4, 5);
        Distribution exact = StateVectorSimulator.create().probabilities(circuit);
        int shots = 200_000;
        Counts counts =
                new NearCliffordSimulator()
                        .run(circuit, RunOptions.shots(shots).seed(seed))
                        .counts();
        double chiSquare = 0;
        int cells = 0;
        double rareExpected = 0;
        int rareFound = 0;
        for (var entry : exact.probabilities().entrySet()) {
            double expected = shots * entry.getValue();
            int found = (int) counts.get(entry.getKey());
            if (expected < 10) {
                rareExpected += expected;
                rareFound += found;
                continue;
            }
            chiSquare += (found - expected) * (found - expected) / expected;
            cells++;
        }
        if (rareExpected > 10) {
            chiSquare += Math.pow(rareFound - rareExpected, 2) / rareExpected;
            cells++;
        }
        // Chi-square with f degrees of freedom exceeds f + 6 sqrt(2 f) + 18 with probability below
        // 1e-8 (B. Laurent and P. Massart, 2000: f + 2 sqrt(f x) + 2 x with x = 18.4).
        double f = cells - 1;
        assertThat(chiSquare).isLessThan(f + 2 * Math.sqrt(f * 18.4) + 2 * 18.4);
        for (String key : counts.counts().keySet()) {
            assertThat(exact.get(key)).as(key).isPositive();
        }
    }

    /** Every gate that the table has, between rotations that make its phases seen. */
    @ParameterizedTest
    @EnumSource
    void everyGateIsItself(StandardGate gate) {
        if (gate == StandardGate.RCCX) {
            assertThat(
                            new NearCliffordSimulator()
                                    .refusal(Circuit.of(3, c -> c.gate(gate, 0, 1, 2))))
                    .contains("RCCX", "state vector");
            return;
        }
        int n = Math.max(3, gate.qubits());
        double[] angles = {0.7, -1.9, 2.3, 0.4};
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int q = 0; q < n; q++) {
                                c.u(0.3 + q, 0.5 - q, 0.2 * q, q);
                            }
                            c.gate(gate, parameters(gate, angles), places(gate.qubits()));
                            for (int q = 0; q < n; q++) {
                                c.u(1.3 - q, 0.8 + q, 0.1 * q, q);
                            }
                            c.measureAll();
                        });
        assertEqual(
                new NearCliffordSimulator().probabilities(circuit),
                StateVectorSimulator.create().probabilities(circuit));
    }

    private static List<Expression> parameters(StandardGate gate, double[] angles) {
        List<Expression> parameters = new ArrayList<>();
        for (int k = 0; k < gate.parameters(); k++) {
            parameters.add(Expression.of(angles[k]));
        }
        return parameters;
    }

    private static int[] places(int count) {
        int[] places = {2, 0, 1};
        return Arrays.copyOf(places, count);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void controlledGatesAreThemselves(int pattern) {
        Circuit circuit =
                Circuit.of(
                        4,
                        c -> {
                            for (int q = 0; q < 4; q++) {
                                c.u(0.3 + q, 0.5 - q, 0.2 * q, q);
                            }
                            c.gate(ControlledGate.of(StandardGate.SQRT_Y, 2, pattern), 3, 1, 0);
                            c.gate(ControlledGate.of(StandardGate.SWAP, 2, pattern), 0, 2, 1, 3);
                            for (int q = 0; q < 4; q++) {
                                c.u(1.3 - q, 0.8 + q, 0.1 * q, q);
                            }
                            c.measureAll();
                        });
        assertEqual(
                new NearCliffordSimulator().probabilities(circuit),
                StateVectorSimulator.create().probabilities(circuit));
    }
}
