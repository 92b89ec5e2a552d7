package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.StandardChannels;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

class DensityMatrixTest {
    private static final DensityMatrixSimulator ENGINE = DensityMatrixSimulator.create();
    private static final StateVectorSimulator BRANCHES = StateVectorSimulator.create();

    private static final StandardGate[] ONE = {
        StandardGate.H,
        StandardGate.X,
        StandardGate.Y,
        StandardGate.S,
        StandardGate.T,
        StandardGate.SQRT_X,
        StandardGate.H_YZ
    };
    private static final StandardGate[] TWO = {
        StandardGate.CX, StandardGate.CZ, StandardGate.CY, StandardGate.SWAP, StandardGate.ISWAP
    };

    /** Adds a random gate, channel, reset or unread measurement to a circuit and to its oracle. */
    private static void step(CircuitBuilder c, DensityReference oracle, Random random) {
        int n = oracle.qubits;
        List<Integer> order = new ArrayList<>();
        for (int q = 0; q < n; q++) {
            order.add(q);
        }
        java.util.Collections.shuffle(order, random);
        int a = order.get(0);
        int b = order.get(1);
        double p = random.nextDouble();
        switch (random.nextInt(13)) {
            case 0, 1 -> {
                StandardGate g = ONE[random.nextInt(ONE.length)];
                c.gate(g, a);
                oracle.apply(g.matrix(), a);
            }
            case 2, 3 -> {
                StandardGate g = TWO[random.nextInt(TWO.length)];
                c.gate(g, a, b);
                oracle.apply(g.matrix(), a, b);
            }
            case 4 -> {
                c.u(p, 2 * p, 1 - p, a);
                oracle.apply(StandardGate.U.matrix(p, 2 * p, 1 - p), a);
            }
            case 5 -> {
                Gate gate = StandardGate.CCX;
                c.gate(gate, order.get(2), a, b);
                oracle.apply(gate.matrix(), order.get(2), a, b);
            }
            case 6 -> {
                KrausChannel channel = StandardChannels.thermalRelaxation(1, 0.5 + 1.5 * p, p, 0.3);
                c.channel(channel, a);
                oracle.apply(channel, a);
            }
            case 7 -> {
                c.depolarize2(p, a, b);
                oracle.apply(StandardChannels.depolarizing(2, p * 16 / 15), a, b);
            }
            case 8 -> {
                KrausChannel two =
                        StandardChannels.amplitudeDamping(p)
                                .below(StandardChannels.reset(0.2, 0.3))
                                .then(
                                        StandardChannels.coherent(
                                                "iswap", StandardGate.ISWAP.matrix()));
                c.channel(two, a, b);
                oracle.apply(two, a, b);
            }
            case 9 -> {
                KrausChannel three =
                        StandardChannels.amplitudeDamping(p)
                                .below(StandardChannels.phaseDamping(p))
                                .below(StandardChannels.amplitudeDamping(1 - p));
                c.channel(three, order.get(2), a, b);
                oracle.apply(three, order.get(2), a, b);
            }
            case 10 -> {
                c.reset(a);
                oracle.apply(StandardChannels.reset(1, 0), a);
            }
            case 11 -> {
                c.record(MeasurementKind.MX, a);
                oracle.apply(
                        List.of(
                                ComplexMatrix.real(0.5, 0.5, 0.5, 0.5),
                                ComplexMatrix.real(0.5, -0.5, -0.5, 0.5)),
                        a);
            }
            default -> {
                // One of X, Y, Z with probability p / 3 each.
                c.depolarize1(p, a);
                oracle.apply(StandardChannels.depolarizing(1, p * 4 / 3), a);
            }
        }
    }

    private static Circuit random(DensityReference oracle, int steps, long seed) {
        Random random = new Random(seed);
        return Circuit.of(
                oracle.qubits,
                c -> {
                    for (int k = 0; k < steps; k++) {
                        step(c, oracle, random);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void randomNoisyCircuitsEqualTheirKrausOperatorsMultipliedOut(int qubits) {
        for (int seed = 0; seed < 40; seed++) {
            DensityReference oracle = new DensityReference(qubits);
            Circuit circuit = random(oracle, 25, seed);
            try (DensityMatrix rho = ENGINE.state(circuit)) {
                assertThat(oracle.distance(rho)).as("seed " + seed).isLessThan(1e-12);
                assertThat(rho.trace()).isCloseTo(1, within(1e-12));
            }
            try (DensityMatrix rho = DensityMatrixSimulator.of(Precision.SINGLE).state(circuit)) {
                assertThat(oracle.distance(rho)).as("seed " + seed).isLessThan(1e-5);
            }
        }
    }

    @Test
    void questionsAreAnsweredFromTheEntries() {
        DensityReference oracle = new DensityReference(4);
        Circuit circuit = random(oracle, 12, 77);
        ComplexMatrix m = oracle.rho;
        try (DensityMatrix rho = ENGINE.state(circuit);
                StateVector psi =
                        BRANCHES.state(Circuit.of(4, c -> c.h(0).t(0).cx(0, 2).ry(1, 3)))) {
            assertThat(rho.purity()).isCloseTo(m.times(m).trace()[0], within(1e-12));
            for (String letters : List.of("XYZI", "ZZZZ", "YIYX", "IIII", "-IXYI")) {
                PauliString p = PauliString.of(letters);
                assertThat(rho.expectation(p))
                        .as(letters)
                        .isCloseTo(m.times(p.toMatrix()).trace()[0], within(1e-12));
            }
            ComplexMatrix ket = psi.densityMatrix(0, 1, 2, 3);
            assertThat(rho.fidelity(psi)).isCloseTo(m.times(ket).trace()[0], within(1e-12));
            // Qubits 3 and 1: trace out 0 and 2 by hand.
            ComplexMatrix reduced = rho.reduced(3, 1);
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < 4; c++) {
                    double re = 0;
                    double im = 0;
                    for (int rest : new int[] {0, 1, 4, 5}) {
                        int row = rest | (r & 1) << 3 | (r >> 1) << 1;
                        int column = rest | (c & 1) << 3 | (c >> 1) << 1;
                        re += m.re(row, column);
                        im += m.im(row, column);
                    }
                    assertThat(reduced.re(r, c)).isCloseTo(re, within(1e-12));
                    assertThat(reduced.im(r, c)).isCloseTo(im, within(1e-12));
                }
            }
            double[] p = rho.probabilities(3, 1);
            for (int v = 0; v < 4; v++) {
                assertThat(p[v]).isCloseTo(reduced.re(v, v), within(1e-12));
            }
        }
    }

    static Circuit busy() {
        return Circuit.of(
                4,
                c -> {
                    ClassicalRegister r = c.register("r", 3);
                    ClassicalRegister out = c.register("out", 4);
                    c.h(0).cx(0, 1).ry(0.7, 2).depolarize2(0.2, 0, 1);
                    c.measure(0, r.bit(0));
                    c.when(r.bit(0), t -> t.x(2).h(3), e -> e.ry(0.4, 3));
                    c.reset(0).h(0).channel(KrausChannel.amplitudeDamping(0.3), 2, 3);
                    c.measure(3, r.bit(1));
                    c.when(r.bit(1), t -> t.sx(3).cx(3, 2));
                    c.repeat(3, b -> b.cx(0, 1).rx(0.3, 1).xError(0.05, 1));
                    c.measure(1, r.bit(2));
                    c.cx(1, 2);
                    c.measure(new int[] {0, 1, 2, 3}, out);
                });
    }

    private static void assertEqual(Distribution a, Distribution b) {
        for (Map.Entry<String, Double> e : b.probabilities().entrySet()) {
            assertThat(a.get(e.getKey())).as(e.getKey()).isCloseTo(e.getValue(), within(1e-12));
        }
        double sum = a.probabilities().values().stream().mapToDouble(p -> p).sum();
        assertThat(sum + a.lost()).isCloseTo(1, within(1e-12));
    }

    @Test
    void feedForwardGivesTheDistributionThatFollowingEveryBranchGives() {
        assertEqual(ENGINE.probabilities(busy()), BRANCHES.probabilities(busy()));
        PauliSum z = PauliSum.of("ZZIX + 2 XIYI - IIZZ");
        assertThat(ENGINE.expect(busy(), z).value())
                .isCloseTo(BRANCHES.expect(busy(), z).value(), within(1e-12));
        try (DensityMatrix rho = ENGINE.state(busy())) {
            assertThat(rho.expectation(z))
                    .isCloseTo(BRANCHES.expect(busy(), z).value(), within(1e-12));
        }
    }

    static final List<String> RECORDING =
            List.of(
                    "RX 0\nRY 1\nMX(0.1) 0\nMY 1\nH 2\nCX 2 3\nMXX 2 3\nMZZ(0.2) !2 3\n"
                            + "MPP !X2*X3 Y2*Y3\nMR 2\nCX rec[-1] 3\nM(0.05) 2 !3\nMPAD(0.3) 1 0",
                    "E(0.5) X0 Y1 Z2\nELSE_CORRELATED_ERROR(0.5) X1\nELSE_CORRELATED_ERROR(1) X2\nM 0 1 2",
                    "H 1\nE(0.3) X0 Z1 X2\nH 1\nM 0 1 2",
                    "E(0.5) X0\nH 2\nELSE_CORRELATED_ERROR(0.5) X1\nM 0 1 2",
                    "HERALDED_ERASE(0.4) 0\nHERALDED_PAULI_CHANNEL_1(0.1,0.2,0.3,0.05) 1\nM 0 1",
                    "R 0\nH 0\nS 0\nPAULI_CHANNEL_1(0.1,0.2,0.05) 0\nS_DAG 0\nH 0\nM 0",
                    "H 0\nCX 0 1\nPAULI_CHANNEL_2(0.01,0.02,0.03,0.04,0.05,0.06,0.07,0.08,0.01,0.02,0.03,0.04,0.05,0.06,0.07) 0 1\nMXX 0 1\nMZZ 0 1",
                    "SPP X0*Y1\nSPP_DAG Z0\nY_ERROR(0.2) 0\nZ_ERROR(0.1) 1\nMY 0\nMX 1",
                    "REPEAT 3 {\nH 0\nDEPOLARIZE1(0.1) 0 1\nM 0\nCX rec[-1] 1\n}\nM 1",
                    "MRX 0\nMRY 1\nM 0\nMX 0\nMY 1",
                    "X 0\nMR !0\nMABSENT 1\nI_ERROR(0.1) 0\nM 0");

    @Test
    void everyKindOfNoiseAndMeasurementGivesTheDistributionOfItsBranches() {
        for (String text : RECORDING) {
            Circuit circuit = Circuit.stim(text);
            assertEqual(ENGINE.probabilities(circuit), BRANCHES.probabilities(circuit));
        }
    }

    @Test
    void readsNoResultWhereNoneMatters() {
        // 30 measurements, which would be 2^30 branches.
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> c.repeat(30, b -> b.ry(0.4, 0).record(MeasurementKind.M, 0).cx(0, 1)));
        // A qubit turned by t and measured shrinks <Z> by cos t each time.
        try (DensityMatrix rho = ENGINE.state(circuit)) {
            assertThat(rho.expectation(PauliString.of("IZ")))
                    .isCloseTo(Math.pow(Math.cos(0.4), 30), within(1e-12));
        }
    }

    @Test
    void aChannelOnManyQubitsIsASumOfProducts() {
        Circuit circuit = Circuit.stim("H 0\nCX 0 1 1 2\nHERALDED_ERASE(0.5) 0\nE(0.25) Z0 Z1 Z2");
        try (DensityMatrix rho = ENGINE.state(circuit)) {
            // A GHZ state: <XXX> is 1; erasure with probability 1/2 halves it, ZZZ by 1/2 again.
            assertThat(rho.expectation(PauliString.of("XXX"))).isCloseTo(0.25, within(1e-12));
            assertThat(rho.expectation(PauliString.of("ZZI"))).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void tooManyQubitsAreRefusedBeforeMemoryIsTaken() {
        Circuit wide = Circuit.of(20, c -> c.h(19));
        assertThat(ENGINE.refusal(wide)).contains("20 qubits", "16.0 TiB", "trajectories");
        assertThatThrownBy(() -> ENGINE.state(wide)).hasMessageContaining("16.0 TiB");
        assertThat(ENGINE.refusal(Circuit.of(5, c -> c.h(0)))).isNull();
    }

    @Test
    void noiseThatMovesQubitsIsRefused() {
        assertThatThrownBy(() -> ENGINE.state(Circuit.stim("LEAKAGE_ERROR(0.1) 0")))
                .hasMessageContaining("LEAKAGE_ERROR");
    }
}
