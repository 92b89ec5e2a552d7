package org.jaket.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.execution.trajectory.ElementaryGate;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** Chains too long for any state vector, against numbers from elsewhere. */
class LongChainsTest {
    private static final MpsSimulator MPS = MpsSimulator.create();

    private static int[] all(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static void ghz(CircuitBuilder c, int n) {
        c.h(0);
        for (int q = 1; q < n; q++) {
            c.cx(q - 1, q);
        }
    }

    @Test
    void aGhzStateOfHundredQubitsHasBondsOfTwo() {
        Circuit circuit = Circuit.of(100, c -> ghz(c, 100));
        MatrixProductState state = MPS.state(circuit);
        assertThat(state.bonds()).containsOnly(2);
        assertThat(state.amplitude("0".repeat(100))[0]).isCloseTo(Math.sqrt(0.5), within(1e-13));
        assertThat(state.amplitude("1".repeat(100))[0]).isCloseTo(Math.sqrt(0.5), within(1e-13));
        assertThat(state.amplitude("0".repeat(99) + "1")[0]).isCloseTo(0, within(1e-14));
        var counts =
                MPS.run(
                                Circuit.of(100, c -> c.add(circuit).measureAll()),
                                RunOptions.shots(1000).seed(1))
                        .counts();
        // 1000 fair coins: within five standard deviations.
        double zeros = counts.get("0".repeat(100));
        assertThat(zeros).isCloseTo(500, within(5 * Math.sqrt(250)));
        assertThat(zeros + counts.get("1".repeat(100))).isEqualTo(1000);
    }

    @Test
    void measuringOneQubitOfAGhzStateDecidesAllAndShrinksAllBonds() {
        Circuit circuit = Circuit.of(80, c -> ghz(c, 80));
        ChainState state =
                new ChainState(80, MpsOptions.exact(), new HeapBudget(1L << 28), t -> {});
        circuit.operations().forEach(o -> ElementaryGate.forEach((GateOperation) o, state::apply));
        state.collapse(new int[] {40}, new long[] {1});
        assertThat(state.bonds()).containsOnly(1);
        assertThat(state.probabilityOfOne(0)).isCloseTo(1, within(1e-12));
        assertThat(state.probabilityOfOne(79)).isCloseTo(1, within(1e-12));
    }

    /**
     * Z on every qubit, carried through the circuit, stabilises the state: expectation exactly 1.
     */
    @Test
    void aCliffordBrickCircuitOfHundredQubitsHasTheStabilisersOfPauliPropagation() {
        int n = 100;
        Random random = new Random(12);
        StandardGate[] ones = {
            StandardGate.H, StandardGate.S, StandardGate.SQRT_X, StandardGate.C_XYZ
        };
        StandardGate[] twos = {
            StandardGate.CX, StandardGate.ISWAP, StandardGate.CZ, StandardGate.SQRT_XX
        };
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int layer = 0; layer < 4; layer++) {
                                for (int q = 0; q < n; q++) {
                                    c.gate(ones[random.nextInt(4)], q);
                                }
                                for (int q = layer % 2; q + 1 < n; q += 2) {
                                    c.gate(twos[random.nextInt(4)], q, q + 1);
                                }
                            }
                        });
        MatrixProductState state = MPS.state(circuit);
        PauliString[] stabilisers = new PauliString[n];
        for (int q = 0; q < n; q++) {
            stabilisers[q] = PauliString.single(n, q, Pauli.Z).after(circuit);
            assertThat(state.expectation(stabilisers[q])).isCloseTo(1, within(1e-10));
        }
        // What anticommutes with a stabiliser has expectation 0.
        for (int k = 0; k < 30; k++) {
            PauliString p = PauliString.single(n, random.nextInt(n), Pauli.values()[1 + k % 3]);
            if (!Arrays.stream(stabilisers).allMatch(p::commutesWith)) {
                assertThat(state.expectation(p)).isCloseTo(0, within(1e-10));
            }
        }
    }

    private static void brick(CircuitBuilder c, int n, int layers, int from, int to, long seed) {
        Random random = new Random(seed);
        for (int layer = 0; layer < layers; layer++) {
            for (int q = 0; q < n; q++) {
                double a = random.nextDouble() * 6;
                double b = random.nextDouble() * 6;
                if (q >= from && q < to) {
                    c.u(a, b, 0.3, q - from);
                }
            }
            for (int q = layer % 2; q + 1 < n; q += 2) {
                double a = random.nextDouble() * 3;
                if (q >= from && q + 1 < to) {
                    c.rxx(a, q - from, q + 1 - from).cz(q - from, q + 1 - from);
                }
            }
        }
    }

    /** After four layers an observable depends on the qubits up to four away, by brute force. */
    @Test
    void aBrickCircuitOfHundredQubitsAgreesWithLightConesByBruteForce() {
        int n = 100;
        MatrixProductState state = MPS.state(Circuit.of(n, c -> brick(c, n, 4, 0, n, 7)));
        for (int q : new int[] {6, 31, 50, 77, 93}) {
            int from = q - 6;
            int to = q + 7;
            Circuit window = Circuit.of(to - from, c -> brick(c, n, 4, from, to, 7));
            try (StateVector dense = StateVectorSimulator.create().state(window)) {
                for (Pauli letter : new Pauli[] {Pauli.X, Pauli.Y, Pauli.Z}) {
                    PauliString far =
                            PauliString.single(n, q, letter)
                                    .times(PauliString.single(n, q - 1, Pauli.Z));
                    PauliString near =
                            PauliString.single(to - from, 6, letter)
                                    .times(PauliString.single(to - from, 5, Pauli.Z));
                    assertThat(state.expectation(far))
                            .isCloseTo(dense.expectation(near), within(1e-10));
                }
            }
        }
    }

    /**
     * The expectation of X_j after rotations RZZ(phi) on neighbours and RX(theta), steps times,
     * from all zeros. With Majorana operators a_j = X_0..X_{j-1} Z_j and b_j = X_0..X_{j-1} Y_j
     * both are rotations: X_j = i a_j b_j, Z_j Z_{j+1} = i b_j a_{j+1}, of which the start knows
     * only the latter, with value 1.
     */
    private static double freeFermions(int n, int j, int steps, double phi, double theta) {
        double[][] v = new double[2][2 * n];
        v[0][2 * j] = 1;
        v[1][2 * j + 1] = 1;
        for (double[] c : v) {
            for (int s = 0; s < steps; s++) {
                for (int q = 0; q < n; q++) {
                    // a -> a cos + b sin, b -> b cos - a sin.
                    turn(c, 2 * q, 2 * q + 1, theta);
                }
                for (int q = 0; q + 1 < n; q++) {
                    turn(c, 2 * q + 1, 2 * q + 2, phi);
                }
            }
        }
        double sum = 0;
        for (int q = 0; q + 1 < n; q++) {
            int b = 2 * q + 1;
            int a = 2 * q + 2;
            sum += v[0][b] * v[1][a] - v[0][a] * v[1][b];
        }
        return sum;
    }

    private static void turn(double[] c, int first, int second, double angle) {
        double x = c[first];
        double y = c[second];
        c[first] = x * Math.cos(angle) - y * Math.sin(angle);
        c[second] = y * Math.cos(angle) + x * Math.sin(angle);
    }

    private static Circuit ising(int n, int steps, double phi, double theta) {
        return Circuit.of(
                n,
                c -> {
                    for (int s = 0; s < steps; s++) {
                        for (int q = 0; q + 1 < n; q++) {
                            c.rzz(phi, q, q + 1);
                        }
                        c.rx(theta, all(n));
                    }
                });
    }

    @Test
    void anIsingChainOfFiftyQubitsAgreesWithFreeFermions() {
        // The formula itself, against all amplitudes of a short chain.
        try (StateVector dense = StateVectorSimulator.create().state(ising(8, 5, -0.2, -0.3))) {
            assertThat(freeFermions(8, 3, 5, -0.2, -0.3))
                    .isCloseTo(dense.expectation(PauliString.single(8, 3, Pauli.X)), within(1e-12));
        }
        MpsOptions options = MpsOptions.bond(48).threshold(1e-14);
        MatrixProductState state = MpsSimulator.of(options).state(ising(50, 10, -0.2, -0.2));
        for (int j : new int[] {0, 1, 10, 24, 25, 49}) {
            assertThat(state.expectation(PauliString.single(50, j, Pauli.X)))
                    .isCloseTo(freeFermions(50, j, 10, -0.2, -0.2), within(1e-6));
        }
        assertThat(state.truncation().discarded()).isLessThan(1e-9);
    }

    @Test
    void theReportedFidelityIsNearTheTrueOne() {
        int n = 12;
        Circuit circuit = Circuit.of(n, c -> brick(c, n, 10, 0, n, 3));
        for (int bond : new int[] {8, 16, 24, 32}) {
            MatrixProductState state = MpsSimulator.of(MpsOptions.bond(bond)).state(circuit);
            double re = 0;
            double im = 0;
            try (StateVector dense = StateVectorSimulator.create().state(circuit)) {
                for (long k = 0; k < 1 << n; k++) {
                    double[] a = state.amplitude(MpsAgainstStateVectorTest.bits(k, n));
                    re += dense.re(k) * a[0] + dense.im(k) * a[1];
                    im += dense.re(k) * a[1] - dense.im(k) * a[0];
                }
            }
            double fidelity = re * re + im * im;
            Truncation t = state.truncation();
            assertThat(t.maxBond()).isLessThanOrEqualTo(bond);
            assertThat(t.fidelity()).as("bond " + bond).isCloseTo(fidelity, within(0.02));
            assertThat(t.discarded()).isGreaterThanOrEqualTo(1 - t.fidelity());
        }
    }

    @Test
    void exactRunsEndWithAnErrorWhereBondsAreTooSmall() {
        Circuit circuit = Circuit.of(12, c -> brick(c, 12, 10, 0, 12, 3));
        assertThatThrownBy(() -> MpsSimulator.of(MpsOptions.exact().maxBond(8)).state(circuit))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("gate number")
                .hasMessageContaining("bonds of dimension 8")
                .hasMessageContaining("statevector");
    }

    @Test
    void memoryIsForecastBeforeBondsGrow() {
        Circuit circuit = Circuit.of(16, c -> brick(c, 16, 12, 0, 16, 3));
        ChainState state = new ChainState(16, MpsOptions.exact(), new HeapBudget(400_000), t -> {});
        assertThatThrownBy(
                        () ->
                                circuit.operations()
                                        .forEach(
                                                o ->
                                                        ElementaryGate.forEach(
                                                                (GateOperation) o, state::apply)))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("it may take 390.6 KiB");
    }

    @Test
    void copiesLeaveHalfOfTheMemoryAndGiveItBack() {
        HeapBudget budget = new HeapBudget(10_000);
        // A product of 100 qubits has 200 entries of 16 bytes.
        ChainState state = new ChainState(100, MpsOptions.exact(), budget, t -> {});
        assertThat(budget.held()).isEqualTo(3200);
        assertThat(state.copy()).isNull();
        ChainState small = new ChainState(20, MpsOptions.exact(), budget, t -> {});
        ChainState copy = Objects.requireNonNull(small.copy());
        assertThat(budget.held()).isEqualTo(3200 + 640 + 640);
        copy.close();
        small.close();
        state.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void distantQubitsAreBroughtTogetherAndStay() {
        // GHZ by a star, and every second pair far apart; checked by stabilisers.
        int n = 40;
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < n; q++) {
                                c.cx(0, n - q);
                            }
                            c.swap(3, 30).cz(1, 38).s(17).cy(5, 33);
                        });
        MatrixProductState state = MPS.state(circuit);
        for (int q = 0; q < n; q++) {
            PauliString stabiliser = PauliString.single(n, q, Pauli.Z).after(circuit);
            assertThat(state.expectation(stabiliser)).isCloseTo(1, within(1e-11));
        }
    }

    @Test
    void aToffoliWithThirtyControlsActsOnAProductState() {
        int n = 31;
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int q = 0; q < n - 1; q++) {
                                c.ry(2.8, q);
                            }
                            var gate = StandardGate.X.controlled(n - 1, (1L << n - 1) - 1);
                            c.gate(gate, all(n));
                        });
        // All controls are 1 with probability sin(1.4)^60.
        double p = Math.pow(Math.sin(1.4), 2 * (n - 1));
        MatrixProductState state = MPS.state(circuit);
        assertThat(state.expectation(PauliString.single(n, n - 1, Pauli.Z)))
                .isCloseTo(1 - 2 * p, within(1e-12));
        assertThat(Arrays.stream(state.bonds()).max().orElseThrow()).isLessThanOrEqualTo(2);
    }

    @Test
    void matricesOnManyQubitsAreRefused() {
        var wide = org.jaket.circuit.gate.ComplexMatrix.identity(1 << 7);
        assertThat(MPS.refusal(Circuit.of(7, c -> c.unitary(wide, all(7))))).contains("6 qubits");
        assertThat(MPS.refusal(Circuit.of(200, c -> ghz(c, 200)))).isNull();
        assertThat(MPS.refusal(Circuit.stim("LEAKAGE_ERROR(0.1) 0"))).contains("LEAKAGE_ERROR");
    }
}
