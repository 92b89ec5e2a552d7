package org.jaket.statevector.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** The sparse engine against the dense one, which is tested against matrices entry by entry. */
class SparseAgainstStateVectorTest {
    private static final SparseSimulator SPARSE = SparseSimulator.create();
    private static final StateVectorSimulator DENSE = StateVectorSimulator.create();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void amplitudesOfRandomCircuitsOfEveryGateAgree(int qubits) {
        for (int seed = 0; seed < 20; seed++) {
            Circuit circuit = RandomCircuits.unitary(qubits, 60, 1000L * qubits + seed);
            SparseState sparse = SPARSE.state(circuit);
            try (StateVector dense = DENSE.state(circuit)) {
                for (long k = 0; k < 1L << qubits; k++) {
                    assertThat(sparse.re(k))
                            .as(circuit.toString())
                            .isCloseTo(dense.re(k), within(1e-10));
                    assertThat(sparse.im(k))
                            .as(circuit.toString())
                            .isCloseTo(dense.im(k), within(1e-10));
                }
            }
            assertThat(sparse.dropped()).isLessThan(1e-25);
            assertThat(sparse.norm()).isCloseTo(1, within(1e-10));
        }
    }

    @Test
    void expectationValuesOfAllPauliStringsOnFourQubitsAgree() {
        Circuit circuit = RandomCircuits.unitary(4, 40, 3);
        SparseState sparse = SPARSE.state(circuit);
        try (StateVector dense = DENSE.state(circuit)) {
            PauliString.all(4)
                    .forEach(
                            p ->
                                    assertThat(sparse.expectation(p))
                                            .as(p.toString())
                                            .isCloseTo(dense.expectation(p), within(1e-12)));
        }
    }

    /** Circuits that measure, decide, loop and err; the dense engine follows every way exactly. */
    static List<String> programs() {
        return List.of(
                // Teleportation, classical control by bits.
                """
                OPENQASM 3.0; include "stdgates.inc";
                qubit[3] q; bit[2] m; bit r;
                ry(0.7) q[0]; h q[1]; cx q[1], q[2]; cx q[0], q[1]; h q[0];
                m[0] = measure q[0]; m[1] = measure q[1];
                if (m[1]) x q[2];
                if (m[0]) z q[2];
                ry(-0.4) q[2]; r = measure q[2];
                """,
                // Repeat until success, variables, run-time angles.
                """
                OPENQASM 3.0; include "stdgates.inc";
                qubit[2] q; bit c; uint[4] n; bit[2] r;
                ry(1.1) q[0]; c = measure q[0];
                while (c == 1 && n < 3) { n = n + 1; reset q[0]; ry(0.9) q[0]; c = measure q[0]; }
                rx(0.3 * n) q[1]; cx q[0], q[1]; h q[0];
                r = measure q;
                """,
                // Reset in the middle, switch-like branches.
                """
                OPENQASM 3.0; include "stdgates.inc";
                qubit[3] q; bit[3] r;
                h q; cp(0.9) q[0], q[1]; ccx q[0], q[1], q[2]; reset q[1];
                h q[0]; r[0] = measure q[0];
                if (r[0]) { h q[1]; t q[1]; h q[1]; } else { rx(0.4) q[2]; }
                r[1] = measure q[1]; r[2] = measure q[2];
                """);
    }

    @Test
    void distributionsOfProgramsWithClassicalControlAgree() {
        programs().forEach(text -> agree(Circuit.qasm(text)));
    }

    /** Stim's language: noise, heralds, chains, products, feedback, repeats, records. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "H 0\nCX 0 1\nDEPOLARIZE1(0.1) 0\nDEPOLARIZE2(0.2) 0 1\nMX 0\nM(0.1) !1",
                "RX 0\nR_X(0.3) 1\nMPP X0*Z1 !Y0*Y1\nCX rec[-1] 0\nM 0 1",
                "H 0\nE(0.3) X0 Z1\nELSE_CORRELATED_ERROR(0.5) Y1\nELSE_CORRELATED_ERROR(0.2) Z0\nMX 0\nMY 1",
                "HERALDED_ERASE(0.4) 0\nHERALDED_PAULI_CHANNEL_1(0.1,0.2,0.05,0.1) 1\nMR 0 1\nM 0",
                "REPEAT 3 {\n H 0\n T 0\n H 0\n M(0.05) 0\n CZ rec[-1] 1\n H 1\n}\nM 1",
                "R_PAULI(0.4) X0*Y1*Z2\nSPP Y0*!X2\nSPP_DAG Z0*Z1\nMXX 0 1\nMYY 1 2\nMZZ 0 2\nMRX 0\nMRY 1\nMPAD 1 0",
                "PAULI_CHANNEL_1(0.1,0.2,0.3) 0\nPAULI_CHANNEL_2(0.1,0,0,0,0.1,0,0,0,0,0,0.2,0,0,0,0.05) 0 1\nRY 2\nMY 2\nM 0 1"
            })
    void distributionsOfNoisyRecordsAgree(String text) {
        agree(Circuit.stim(text));
    }

    @Test
    void distributionsWithKrausChannelsAgree() {
        var damping = org.jaket.circuit.noise.KrausChannel.amplitudeDamping(0.3);
        var dephasing = org.jaket.circuit.noise.KrausChannel.phaseDamping(0.2);
        agree(
                Circuit.of(
                        3,
                        c ->
                                c.h(0).cx(0, 1)
                                        .channel(damping, 0, 1)
                                        .ry(0.8, 2)
                                        .channel(dephasing, 2)
                                        .h(2)
                                        .measureAll()));
    }

    private static void agree(Circuit circuit) {
        Map<String, Double> dense = DENSE.probabilities(circuit).probabilities();
        Distribution sparse = SPARSE.probabilities(circuit);
        var all = new TreeSet<>(dense.keySet());
        all.addAll(sparse.probabilities().keySet());
        for (String bits : all) {
            assertThat(sparse.get(bits))
                    .as(circuit + " " + bits)
                    .isCloseTo(dense.getOrDefault(bits, 0.0), within(1e-10));
        }
        // Samples from their own exact distribution: 5 standard errors of the multinomial's worst.
        int shots = 20_000;
        var counts = SPARSE.run(circuit, RunOptions.shots(shots).seed(5)).counts();
        for (String bits : all) {
            double p = sparse.get(bits);
            assertThat(counts.frequency(bits))
                    .as("sampled " + circuit + " " + bits)
                    .isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / shots) + 1e-9));
        }
    }

    @Test
    void theSameSeedGivesTheSameShotsOnAnyNumberOfThreads() {
        Circuit circuit = Circuit.stim("H 0\nDEPOLARIZE1(0.3) 0\nMX 0\nCX rec[-1] 1\nH 1\nM 0 1");
        var one = SPARSE.run(circuit, RunOptions.shots(999).seed(4).threads(1));
        var four = SPARSE.run(circuit, RunOptions.shots(999).seed(4).threads(4));
        assertThat(four.words()).isEqualTo(one.words());
    }

    @Test
    void expectationsOfCircuitsThatMeasureAreAveragesOverTheWaysTheyGo() {
        Circuit circuit = Circuit.qasm(programs().getFirst());
        PauliSum observable = PauliSum.of("0.5*ZII + 1.0*XII - 0.3*YZX");
        double dense = DENSE.expect(circuit, observable).value();
        assertThat(SPARSE.expect(circuit, observable).value()).isCloseTo(dense, within(1e-12));
        var sampled = SPARSE.expect(circuit, observable, RunOptions.shots(20_000).seed(8));
        assertThat(sampled.value()).isCloseTo(dense, within(5 * sampled.standardError()));
    }

    @Test
    void theBoundOnGrowthHolds() {
        Random random = new Random(6);
        for (int seed = 0; seed < 50; seed++) {
            int qubits = 1 + random.nextInt(8);
            Circuit circuit = RandomCircuits.unitary(qubits, random.nextInt(8), seed);
            assertThat(SPARSE.state(circuit).size())
                    .isLessThanOrEqualTo(1 << SparseSimulator.growthBound(circuit));
        }
        assertThat(SparseSimulator.growthBound(Circuit.of(5, c -> c.x(0).ccx(0, 1, 2).h(3).t(3))))
                .isEqualTo(1);
    }
}
