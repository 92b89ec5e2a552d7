package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchRunner;
import org.jaket.stabilizer.sampling.BatchSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sampled laws against exact ones. Every probability is checked at six standard errors with a fixed
 * seed: the few thousand checks here fail a right engine with probability below 1e-5.
 */
class LawTest {
    private static final long SHOTS = 100_000;

    private static String text(ShotBatch batch, int shot, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int k = from; k < to; k++) {
            text.append(batch.get(shot, k) ? '1' : '0');
        }
        return text.toString();
    }

    private static Map<String, Long> records(ShotSampler sampler, long shots, long seed)
            throws IOException {
        Map<String, Long> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(shots).seed(seed).threads(2), batch -> count(batch, counts));
        return counts;
    }

    private static void count(ShotBatch batch, Map<String, Long> counts) {
        for (int s = 0; s < batch.shots(); s++) {
            counts.merge(text(batch, s, 0, batch.bits()), 1L, Long::sum);
        }
    }

    private static ShotSampler sampler(Circuit circuit, ShotSampler.Method method) {
        return ShotSampler.measurements(
                circuit, ShotSampler.Reference.FOLDED, method, Progress.NONE);
    }

    private static ShotSampler.Method method(int trial) {
        return trial % 2 == 0 ? ShotSampler.Method.FRAMES : ShotSampler.Method.MECHANISMS;
    }

    private static Map<String, Long> singleShots(Circuit circuit, long shots, long seed)
            throws IOException {
        Map<String, Long> counts = new HashMap<>();
        BatchSource source = SingleShots.of(circuit);
        BatchRunner.run(
                source,
                RunOptions.shots(shots).seed(seed).threads(2),
                batch -> count(batch, counts));
        return counts;
    }

    private static void assertLaw(Map<String, Long> counts, Map<String, Double> law, long shots) {
        assertLaw("", counts, law, shots);
    }

    private static void assertLaw(
            String circuit, Map<String, Long> counts, Map<String, Double> law, long shots) {
        double total = 0;
        for (Map.Entry<String, Double> e : law.entrySet()) {
            double p = Math.min(1, e.getValue());
            double seen = counts.getOrDefault(e.getKey(), 0L) / (double) shots;
            // Five events more allow for the skewness of very rare ones.
            assertThat(seen)
                    .describedAs("probability of %s in %s", e.getKey(), circuit)
                    .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots));
            total += p;
        }
        assertThat(total).isCloseTo(1, within(1e-9));
        assertThat(law.keySet()).containsAll(counts.keySet());
    }

    private static void assertBothEngines(String stim) throws IOException {
        Circuit circuit = Circuit.stim(stim);
        Map<String, Double> law = ExactRecords.of(circuit);
        for (ShotSampler.Method method :
                List.of(ShotSampler.Method.FRAMES, ShotSampler.Method.MECHANISMS)) {
            ShotSampler sampler = sampler(circuit, method);
            assertLaw(method + ": " + stim, records(sampler, SHOTS, 11), law, SHOTS);
        }
        long few = 20_000;
        assertLaw(singleShots(circuit, few, 12), law, few);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H 0\nCX 0 1\nM 0 1",
                "H 0\nM 0\nM 0\nMX 0\nM !0",
                "RX 0\nRY 1\nMX 0\nMY 1 !1\nMR 0\nM 0 1",
                "H 0\nMRX 0 0\nMRY 0 0\nMR 0 0",
                "R 0 1\nMXX 0 1\nMZZ 0 !1\nMYY 0 1",
                "RY 0 0 1\nMY 0 1\nMRY 0 0",
                "H 0 1 2\nMPP X0*X1*X2 !Z0*Z1 Y1*Y2 Z0*Z1*X2*X2\nMPP X0*Y1*Z2",
                "RX 0 1\nSPP Z0*Z1\nSPP_DAG X0*!Y1\nMPP Y0*X1 X0*Z1\nM 0",
                "MPAD 0 1 1\nX 0\nM(0.2) 0 !1\nMPAD(0.3) 1",
                "X 0\nM 0\nCX rec[-1] 1\nCZ rec[-1] 2\nCY rec[-1] 3\nXCZ 1 rec[-1]\nM 1 2 3\nCX sweep[0] 1\nM 1",
                "REPEAT 3 {\n H 0\n M 0\n CX rec[-1] 1\n SWAP 1 2\n}\nM 1 2",
            })
    void gatesAndMeasurementsFollowTheirExactLaw(String stim) throws IOException {
        assertBothEngines(stim);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_ERROR(0.003) 0 1\nM 0 1",
                "X_ERROR(0.3) 0 1\nM 0 1",
                "X_ERROR(0.5) 0\nY_ERROR(1) 1\nZ_ERROR(0.75) 2\nM 0 1 2",
                "RX 0 1\nZ_ERROR(0.008) 0\nY_ERROR(0.2) 1\nMX 0 1",
                "DEPOLARIZE1(0.009) 0 1\nM 0\nMX 1",
                "DEPOLARIZE1(0.6) 0\nM 0\nDEPOLARIZE1(0.75) 1\nM 1\nDEPOLARIZE1(0.9) 2\nM 2\nDEPOLARIZE1(1) 3\nM 3",
                "H 0\nCX 0 1\nDEPOLARIZE2(0.009) 0 1\nMXX 0 1\nMZZ 0 1",
                "H 0\nCX 0 1\nDEPOLARIZE2(0.5) 1 0\nMXX 0 1\nMZZ 0 1",
                "R 0 2\nH 0 2\nCX 0 1 2 3\nDEPOLARIZE2(1) 0 2\nMXX 0 1\nMZZ 0 1\nMXX 2 3\nMZZ 2 3",
                "R 0 2\nH 0 2\nCX 0 1 2 3\nPAULI_CHANNEL_2(0.01,0.02,0.03,0.04,0.05,0.06,0.07,0.08,0.01,0.02,0.03,0.04,0.05,0.06,0.07) 0 2\nMXX 0 1\nMZZ 0 1\nMXX 2 3\nMZZ 2 3",
                "H 0\nCX 0 1\nPAULI_CHANNEL_1(0.1,0.15,0.2) 0\nMXX 0 1\nMZZ 0 1",
                "PAULI_CHANNEL_1(0.002,0,0.003) 0 1\nM 0 1",
                "E(0.1) X0 X1\nELSE_CORRELATED_ERROR(0.3) X1 Y2\nELSE_CORRELATED_ERROR(0.5) X0\nE(0.2) X2 Z0\nM 0 1 2",
                "E(1) X0\nELSE_CORRELATED_ERROR(1) X1\nE(0) X2\nELSE_CORRELATED_ERROR(0.25) X2\nM 0 1 2",
                "H 0\nCX 0 1\nHERALDED_ERASE(0.4) 0\nMXX 0 1\nMZZ 0 1",
                "H 0\nCX 0 1\nHERALDED_PAULI_CHANNEL_1(0.1,0.05,0.2,0.15) 0\nMXX 0 1\nMZZ 0 1",
                "HERALDED_ERASE(0.003) 0 1\nM 0 1\nI_ERROR(0.1) 0\nII_ERROR(0.2) 0 1",
                "REPEAT 4 {\n X_ERROR(0.1) 0\n MR(0.05) 0\n}",
            })
    void noiseFollowsItsExactLaw(String stim) throws IOException {
        assertBothEngines(stim);
    }

    /** Random circuits of every two-qubit gate of the table, noise and feedback in between. */
    @Test
    void randomNoisyCircuitsFollowTheirExactLaw() throws IOException {
        String[] one = "H S SQRT_X SQRT_Y_DAG C_XYZ C_ZYX H_XY H_YZ C_NXYZ H_NXZ X Y Z".split(" ");
        String[] two =
                ("CX CY CZ XCX XCY XCZ YCX YCY YCZ SWAP ISWAP ISWAP_DAG CXSWAP SWAPCX CZSWAP SQRT_XX "
                                + "SQRT_XX_DAG SQRT_YY SQRT_YY_DAG SQRT_ZZ SQRT_ZZ_DAG")
                        .split(" ");
        Random random = new Random(42);
        for (int trial = 0; trial < 25; trial++) {
            StringBuilder text = new StringBuilder();
            int measured = 0;
            for (int k = 0; k < 14; k++) {
                int a = random.nextInt(3);
                int b = (a + 1 + random.nextInt(2)) % 3;
                switch (random.nextInt(8)) {
                    case 0, 1 -> text.append(one[random.nextInt(one.length)]).append(" ").append(a);
                    case 2, 3, 4 ->
                            text.append(two[random.nextInt(two.length)])
                                    .append(" ")
                                    .append(a)
                                    .append(" ")
                                    .append(b);
                    case 5 -> text.append("DEPOLARIZE1(0.15) ").append(a);
                    case 6 -> {
                        if (measured < 3) {
                            text.append(new String[] {"M ", "MX ", "MR "}[random.nextInt(3)])
                                    .append(a);
                            measured++;
                        }
                    }
                    default -> {
                        if (measured > 0) {
                            text.append("CX rec[-1] ").append(a);
                        }
                    }
                }
                text.append("\n");
            }
            text.append("MX 0\nMY 1\nM 2\n");
            Circuit circuit = Circuit.stim(text.toString());
            Map<String, Double> law = ExactRecords.of(circuit);
            assertLaw(
                    "frames of\n" + text,
                    records(sampler(circuit, method(trial)), 40_000, trial),
                    law,
                    40_000);
            assertLaw("tableaux of\n" + text, singleShots(circuit, 5_000, trial), law, 5_000);
        }
    }

    /** Detectors of a distance-3 repetition code with noise, against the exact joint law. */
    @Test
    void detectorsFollowTheirExactLaw() throws IOException {
        String stim =
                """
                R 0 1 2 3 4
                X_ERROR(0.1) 0 2 4
                CX 0 1 2 3
                CX 2 1 4 3
                DEPOLARIZE1(0.05) 1
                MR 1 3
                DETECTOR rec[-2]
                DETECTOR rec[-1]
                X_ERROR(0.02) 2
                CX 0 1 2 3
                CX 2 1 4 3
                M(0.1) 1 3
                DETECTOR rec[-2] rec[-4]
                DETECTOR rec[-1] rec[-3]
                M 0 2 4
                DETECTOR rec[-3] rec[-2] rec[-5]
                DETECTOR
                OBSERVABLE_INCLUDE(0) rec[-1]
                OBSERVABLE_INCLUDE(2) rec[-1] rec[-2]
                """;
        Circuit circuit = Circuit.stim(stim);
        Map<String, Double> law = ExactRecords.ofDetectors(circuit);
        Map<String, Long> counts = new HashMap<>();
        ShotSampler sampler = ShotSampler.detectors(circuit, ShotSampler.Method.FRAMES);
        assertThat(sampler.layout().detectors()).isEqualTo(6);
        assertThat(sampler.layout().observables()).isEqualTo(3);
        sampler.sample(
                RunOptions.shots(SHOTS).seed(5).threads(1),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        int value = 0;
                        for (int k = 0; k < 3; k++) {
                            value |= batch.get(s, 6 + k) ? 1 << k : 0;
                        }
                        counts.merge(text(batch, s, 0, 6) + " " + value, 1L, Long::sum);
                    }
                });
        assertLaw(counts, law, SHOTS);
    }
}
