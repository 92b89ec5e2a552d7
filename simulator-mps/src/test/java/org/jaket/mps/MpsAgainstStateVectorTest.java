package org.jaket.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.TreeSet;

/** Untruncated chains against the dense engine, which is tested against matrices. */
class MpsAgainstStateVectorTest {
    private static final MpsSimulator MPS = MpsSimulator.create();
    private static final StateVectorSimulator DENSE = StateVectorSimulator.create();

    static String bits(long index, int qubits) {
        return Long.toBinaryString(1L << qubits | index).substring(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void amplitudesOfRandomCircuitsOfEveryGateAgree(int qubits) {
        for (int seed = 0; seed < (qubits < 8 ? 10 : 3); seed++) {
            Circuit circuit = RandomCircuits.unitary(qubits, 50, 2000L * qubits + seed);
            MatrixProductState chain = MPS.state(circuit);
            try (StateVector dense = DENSE.state(circuit)) {
                for (long k = 0; k < 1L << qubits; k++) {
                    double[] a = chain.amplitude(bits(k, qubits));
                    assertThat(a[0]).as("seed " + seed).isCloseTo(dense.re(k), within(1e-10));
                    assertThat(a[1]).as("seed " + seed).isCloseTo(dense.im(k), within(1e-10));
                }
            }
            assertThat(chain.truncation().discarded()).isLessThan(1e-24);
            // The Schmidt rank at a cut is at most the dimension of its shorter side.
            for (int k = 0; k < chain.bonds().length; k++) {
                int shorter = Math.min(k + 1, qubits - k - 1);
                assertThat(chain.bonds()[k]).isLessThanOrEqualTo(1 << shorter);
            }
        }
    }

    @Test
    void expectationValuesOfAllPauliStringsOnFourQubitsAgree() {
        Circuit circuit = RandomCircuits.unitary(4, 40, 3);
        MatrixProductState chain = MPS.state(circuit);
        try (StateVector dense = DENSE.state(circuit)) {
            PauliString.all(4)
                    .forEach(
                            p ->
                                    assertThat(chain.expectation(p))
                                            .as(p.toString())
                                            .isCloseTo(dense.expectation(p), within(1e-11)));
        }
    }

    private static final String BRANCHES =
            """
            OPENQASM 3.0; include "stdgates.inc";
            qubit[4] q; bit[2] m; bit r;
            ry(0.7) q[0]; h q[1]; cx q[1], q[3]; cx q[0], q[1]; h q[0];
            m[0] = measure q[0]; m[1] = measure q[1];
            if (m[1]) { x q[3]; ry(0.2) q[2]; } else { cx q[3], q[0]; }
            if (m[0]) z q[3];
            ry(-0.4) q[3]; r = measure q[3];
            """;

    private static final String LOOP =
            """
            OPENQASM 3.0; include "stdgates.inc";
            qubit[2] q; bit c; uint[4] n; bit[2] r;
            ry(1.1) q[0]; c = measure q[0];
            while (c == 1 && n < 3) { n = n + 1; reset q[0]; ry(0.9) q[0]; c = measure q[0]; }
            rx(0.3 * n) q[1]; cx q[0], q[1]; h q[0];
            r = measure q;
            """;

    @ParameterizedTest
    @ValueSource(strings = {BRANCHES, LOOP})
    void distributionsOfProgramsWithClassicalControlAgree(String text) {
        agree(Circuit.qasm(text));
    }

    /** Stim's language: noise, heralds, chains, products, feedback, repeats, records. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "H 0\nCX 0 3\nDEPOLARIZE1(0.1) 0\nDEPOLARIZE2(0.2) 0 3\nMX 0\nM(0.1) !3",
                "RX 0\nR_X(0.3) 4\nMPP X0*Z4 !Y0*Y4\nCX rec[-1] 0\nM 0 4",
                "H 0\nE(0.3) X0 Z2\nELSE_CORRELATED_ERROR(0.5) Y2\nMX 0\nMY 2",
                "H 0 1\nCZ 0 1\nHERALDED_ERASE(0.4) 0\nMR 0 1\nM 0",
                "REPEAT 3 {\n H 0\n T 0\n H 0\n M(0.05) 0\n CZ rec[-1] 2\n H 2\n}\nM 2",
                "R_PAULI(0.4) X0*Y1*Z2\nSPP Y0*!X2\nSPP_DAG Z0*Z1\nMXX 0 1\nMYY 1 2\nMRX 0\nMRY 1\nMPAD 1 0",
                "H 0 2 4\nCX 0 1 2 3 1 2 3 4\nT 0 1 2 3 4\nH 0 1 2 3 4\nM 4 0 2"
            })
    void distributionsOfNoisyRecordsAgree(String text) {
        agree(Circuit.stim(text));
    }

    @Test
    void distributionsWithKrausChannelsAgree() {
        var damping = KrausChannel.amplitudeDamping(0.3);
        agree(
                Circuit.of(
                        3,
                        c ->
                                c.h(0).cx(0, 1)
                                        .channel(damping, 0, 1)
                                        .ry(0.8, 2)
                                        .cx(2, 0)
                                        .channel(KrausChannel.phaseDamping(0.2), 2)
                                        .h(2)
                                        .measureAll()));
    }

    private static void agree(Circuit circuit) {
        Map<String, Double> dense = DENSE.probabilities(circuit).probabilities();
        Distribution own = MPS.probabilities(circuit);
        var all = new TreeSet<>(dense.keySet());
        all.addAll(own.probabilities().keySet());
        for (String bits : all) {
            assertThat(own.get(bits))
                    .as(circuit + " " + bits)
                    .isCloseTo(dense.getOrDefault(bits, 0.0), within(1e-10));
        }
        // Samples: 5 standard errors.
        int shots = 10_000;
        var counts = MPS.run(circuit, RunOptions.shots(shots).seed(5)).counts();
        for (String bits : all) {
            double p = own.get(bits);
            assertThat(counts.frequency(bits))
                    .as("sampled " + circuit + " " + bits)
                    .isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / shots) + 1e-9));
        }
    }

    @Test
    void theSameSeedGivesTheSameShotsOnAnyNumberOfThreads() {
        Circuit circuit = Circuit.stim("H 0\nDEPOLARIZE1(0.3) 0\nMX 0\nCX rec[-1] 1\nH 1\nM 0 1");
        var one = MPS.run(circuit, RunOptions.shots(999).seed(4).threads(1));
        var four = MPS.run(circuit, RunOptions.shots(999).seed(4).threads(4));
        assertThat(four.words()).isEqualTo(one.words());
    }

    @Test
    void expectationsOfCircuitsThatMeasureAreAveragesOverTheWaysTheyGo() {
        Circuit circuit = Circuit.qasm(BRANCHES);
        PauliSum observable = PauliSum.of("0.5*ZIII + 1.0*XIII - 0.3*YIZX");
        double dense = DENSE.expect(circuit, observable).value();
        assertThat(MPS.expect(circuit, observable).value()).isCloseTo(dense, within(1e-12));
        var sampled = MPS.expect(circuit, observable, RunOptions.shots(10_000).seed(8));
        assertThat(sampled.value()).isCloseTo(dense, within(5 * sampled.standardError()));
    }
}
