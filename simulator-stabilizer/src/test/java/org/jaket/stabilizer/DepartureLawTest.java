package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.histories.HistorySource;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Circuits whose qubits leak and are lost, sampled in bulk and shot by shot, against density
 * matrices ({@link ExactDepartures}) and formulas. Every probability is checked at six standard
 * errors with a fixed seed: the few thousand checks fail a right engine with probability below
 * 1e-5.
 */
class DepartureLawTest {
    private static final long SHOTS = 100_000;

    private static void count(ShotBatch batch, Map<String, Long> counts) {
        for (int s = 0; s < batch.shots(); s++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < batch.bits(); k++) {
                text.append(batch.get(s, k) ? '1' : '0');
            }
            counts.merge(text.toString(), 1L, Long::sum);
        }
    }

    private static Map<String, Long> sampled(ShotSampler sampler, long shots, long seed)
            throws IOException {
        Map<String, Long> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(shots).seed(seed).threads(2), batch -> count(batch, counts));
        return counts;
    }

    private static Map<String, Long> singleShots(Circuit circuit, long shots, long seed)
            throws IOException {
        Map<String, Long> counts = new HashMap<>();
        BatchRunner.run(
                HistorySource.record(circuit, Lowering.of(circuit), Progress.NONE),
                RunOptions.shots(shots).seed(seed).threads(2),
                batch -> count(batch, counts));
        return counts;
    }

    private static void assertLaw(
            String what, Map<String, Long> counts, Map<String, Double> law, long shots) {
        double total = 0;
        for (Map.Entry<String, Double> e : law.entrySet()) {
            double p = Math.min(1, e.getValue());
            assertThat(counts.getOrDefault(e.getKey(), 0L) / (double) shots)
                    .describedAs("probability of %s in %s", e.getKey(), what)
                    .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots));
            total += p;
        }
        assertThat(total).isCloseTo(1, within(1e-9));
        assertThat(law.keySet()).describedAs(what).containsAll(counts.keySet());
    }

    private static void assertBothWays(String stim, long shots, long seed) throws IOException {
        Circuit circuit = Circuit.stim(stim);
        Map<String, Double> law = ExactDepartures.of(circuit);
        ShotSampler sampler = ShotSampler.measurements(circuit);
        assertLaw("bulk of\n" + stim, sampled(sampler, shots, seed), law, shots);
        long few = shots / 5;
        assertLaw("single shots of\n" + stim, singleShots(circuit, few, seed), law, few);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LEAKAGE_ERROR(0.3) 0\nM 0 0\nMX 0\nMABSENT 0 !0 1",
                "HERALDED_LEAKAGE_ERROR(0.3) 0 0 1\nM 0 1",
                "H 0\nCX 0 1\nLEAKAGE_ERROR(0.4) 0\nH 0\nM 1\nM 0\nMABSENT(0.1) 0",
                "RX 0\nLEAKAGE_ERROR(0.4) 0\nCZ 0 1\nM 1\nMX 1\nSEEPAGE_ERROR(0.6) 0\nMX 0 0\nMABSENT 0",
                "H 0\nCX 0 1 1 2\nLEAKAGE_ERROR(0.5) 1\nMPP X0*X1*X2\nMX 0 2\nMPP Z0*Z1 !Z1*Z2",
                "H 0\nCX 0 1\nLEAKAGE_ERROR(0.5) 1\nMXX 0 1\nMZZ 0 1\nMXX 0 1\nM 0 1",
                "LEAKAGE_ERROR(0.5) 0\nSPP X0*X1*X2\nM 1 2\nMX 1",
                "LEAKAGE_ERROR(0.5) 0\nX 0\nMR 0 0\nMABSENT 0\nLEAKAGE_ERROR(1) 0\nRX 0\nMX 0\nMABSENT 0",
                "LEAKAGE_ERROR(0.5) 0 1\nX_ERROR(0.3) 0\nDEPOLARIZE2(0.5) 0 2\nM 0 2\nCX rec[-1] 1\nM 1",
                "REPEAT 3 {\n LEAKAGE_ERROR(0.2) 0\n CX 0 1\n SWAP 1 2\n}\nM 1 2\nMABSENT 0",
                "R 0 1\nLEAKAGE_ERROR(0.3) 1\nRY 1\nMY 1\nMRY 1 1\nMABSENT 1",
                "LEAKAGE_ERROR(0) 0\nSEEPAGE_ERROR(0) 0\nSEEPAGE_ERROR(0.5) 1\nM 0 1\nMABSENT 0 1",
            })
    void leakedQubitsFollowTheirExactLaw(String stim) throws IOException {
        assertBothWays(stim, SHOTS, 21);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X 0 1\nLOSS_ERROR(0.3) 0\nM 0 !0 1\nMX 0\nMABSENT 0 !0 1",
                "X 0\nHERALDED_LOSS_ERROR(0.3) 0 0 1\nM 0",
                "H 0\nLOSS_ERROR(0.3) 0\nCX 0 1\nM 0 1\nR 0\nX 0\nM 0",
                "H 0\nCX 0 1 1 2\nLOSS_ERROR(0.4) 1\nMPP X0*X1*X2 Z0*Z2\nM 0 1 2",
                "X 0\nLOSS_ERROR(0.4) 0 1\nMPP !Z0*Z1\nMZZ 0 !1\nSWAP 0 2\nM 2",
                "RX 0 1\nLOSS_ERROR(0.5) 0\nSPP Z0*Z1\nMY 1\nMX 1",
                "X 0\nLOSS_ERROR(0.01) 0\nLOSS_ERROR(1) 1\nCX 0 1\nMR 0 1\nM 0 1",
                "LEAKAGE_ERROR(0.5) 0\nHERALDED_LOSS_ERROR(0.5) 0\nHERALDED_LEAKAGE_ERROR(0.5) 0\nM 0\nSEEPAGE_ERROR(0.5) 0\nMX 0\nMABSENT 0",
                "LEAKAGE_ERROR(0.5) 0\nLOSS_ERROR(0.5) 1\nH 2\nMPP Z0*Z1*Z2\nMX 2\nCX 0 1 1 2 2 0\nM 0 1 2",
                "X 0\nREPEAT 3 {\n LOSS_ERROR(0.2) 0 1\n CX 0 1\n}\nREPEAT 2 {\n LOSS_ERROR(0.1) 1\n M 0 1\n}",
                "X 0\nLOSS_ERROR(0.3) 1\nM 0\nCX rec[-1] 1\nZ_ERROR(0.2) 1\nX_ERROR(0.2) 1\nM 1",
            })
    void lostQubitsFollowTheirExactLaw(String stim) throws IOException {
        assertBothWays(stim, SHOTS, 22);
    }

    @Test
    void randomCircuitsFollowTheirExactLaw() throws IOException {
        String[] one = "H S SQRT_X C_XYZ H_YZ X Y".split(" ");
        String[] two = "CX CY CZ XCX YCZ SWAP ISWAP CXSWAP SQRT_XX SQRT_ZZ_DAG".split(" ");
        String[] measured = "M MX MY MR MRX MABSENT".split(" ");
        String[] pairs = "MXX MYY MZZ".split(" ");
        String[] departures =
                "LEAKAGE_ERROR HERALDED_LEAKAGE_ERROR SEEPAGE_ERROR LOSS_ERROR HERALDED_LOSS_ERROR"
                        .split(" ");
        Random random = new Random(5);
        for (int trial = 0; trial < 60; trial++) {
            // Every other circuit only leaks, so that frames do it all.
            int kinds = trial % 2 == 0 ? 3 : 5;
            StringBuilder text = new StringBuilder();
            int results = 0;
            for (int k = 0; k < 16; k++) {
                int a = random.nextInt(3);
                int b = (a + 1 + random.nextInt(2)) % 3;
                switch (random.nextInt(results < 4 ? 9 : 7)) {
                    case 0 -> text.append(one[random.nextInt(one.length)]).append(" ").append(a);
                    case 1, 2, 3 ->
                            text.append(two[random.nextInt(two.length)] + " " + a + " " + b);
                    case 4, 5 -> {
                        String departure = departures[random.nextInt(kinds)];
                        text.append(departure + "(0.35) " + a);
                        results += departure.startsWith("HERALDED") ? 1 : 0;
                    }
                    case 6 -> text.append("R").append(random.nextBoolean() ? "X " : " ").append(a);
                    case 7 -> {
                        text.append(pairs[random.nextInt(3)] + " " + a + " " + b);
                        results++;
                    }
                    default -> {
                        text.append(measured[random.nextInt(measured.length)] + " " + a);
                        results++;
                    }
                }
                text.append("\n");
            }
            assertBothWays(text + "MX 0\nMY 1\nM 2\n", 20_000, trial);
        }
    }

    /** Two rounds of a repetition code of three data qubits in the state 1, noiseless results 0. */
    private static final String CODE =
            """
            R 0 1 2 3 4
            X 0 2 4
            CX 0 1 2 3
            %1$s(0.08) 0 2 3
            CX 2 1 4 3
            MR 1 3
            DETECTOR rec[-2]
            DETECTOR rec[-1]
            %2$s
            CX 0 1 2 3
            CX 2 1 4 3
            MR 1 3
            DETECTOR rec[-2] rec[-4]
            DETECTOR rec[-1] rec[-3]
            M !0 !2 !4
            DETECTOR rec[-3] rec[-2] rec[-5]
            DETECTOR rec[-2] rec[-1] rec[-4]
            OBSERVABLE_INCLUDE(0) rec[-1]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"LEAKAGE_ERROR", "LOSS_ERROR"})
    void detectorsFollowTheirExactLaw(String departure) throws IOException {
        for (String between : new String[] {"SEEPAGE_ERROR(0.5) 2", "R 2\nX 2"}) {
            Circuit circuit = Circuit.stim(CODE.formatted(departure, between));
            Map<String, Double> law = ExactDepartures.ofDetectors(circuit);
            for (ShotSampler.Method method :
                    new ShotSampler.Method[] {
                        ShotSampler.Method.AUTOMATIC, ShotSampler.Method.FRAMES
                    }) {
                ShotSampler sampler = ShotSampler.detectors(circuit, method);
                assertLaw(departure, sampled(sampler, SHOTS, 8), law, SHOTS);
            }
        }
    }

    /** A leaked qubit comes and goes: presence is a Markov chain of two states. */
    @Test
    void leakageSettlesWhereItsMarkovChainDoes() throws IOException {
        Circuit circuit =
                Circuit.stim(
                        "REPEAT 40 {\n LEAKAGE_ERROR(0.02) 0\n SEEPAGE_ERROR(0.1) 0\n}\nMABSENT 0\nM 0");
        double leaked = 0;
        for (int k = 0; k < 40; k++) {
            leaked = (leaked + (1 - leaked) * 0.02) * (1 - 0.1);
        }
        // The result is random for a qubit that is leaked, or was once: it came back mixed.
        double touched = 1 - Math.pow(0.98, 40);
        Map<String, Double> law =
                Map.of(
                        "10", leaked / 2,
                        "11", leaked / 2,
                        "01", (touched - leaked) / 2,
                        "00", (touched - leaked) / 2 + 1 - touched);
        assertLaw("chain", sampled(ShotSampler.measurements(circuit), SHOTS, 3), law, SHOTS);
    }

    /**
     * A chain of CX from a lost qubit on does nothing: j qubits are entangled, where j is
     * geometric, and the others stay 0.
     */
    @Test
    void ghzChainEndsAtTheFirstLostQubit() throws IOException {
        int n = 20;
        double p = 0.05;
        StringBuilder text = new StringBuilder("LOSS_ERROR(" + p + ")");
        for (int q = 0; q < n; q++) {
            text.append(" ").append(q);
        }
        text.append("\nH 0\n");
        for (int q = 1; q < n; q++) {
            text.append("CX ").append(q - 1).append(" ").append(q).append("\n");
        }
        text.append("M");
        for (int q = 0; q < n; q++) {
            text.append(" ").append(q);
        }
        Map<String, Double> law = new HashMap<>();
        for (int j = 0; j <= n; j++) {
            double entangled = Math.pow(1 - p, j) * (j < n ? p : 1);
            law.merge("0".repeat(n), entangled / 2, Double::sum);
            law.merge("1".repeat(j) + "0".repeat(n - j), entangled / 2, Double::sum);
        }
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim(text.toString()));
        assertLaw("GHZ chain", sampled(sampler, SHOTS, 4), law, SHOTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LEAKAGE_ERROR", "LOSS_ERROR"})
    void aSeedGivesTheSameShotsOnAnyNumberOfThreads(String departure) throws IOException {
        ShotSampler sampler =
                ShotSampler.detectors(Circuit.stim(CODE.formatted(departure, "TICK")));
        StringBuilder one = new StringBuilder();
        StringBuilder three = new StringBuilder();
        for (int threads : new int[] {1, 3}) {
            sampler.sample(
                    RunOptions.shots(10_000).seed(77).threads(threads),
                    batch -> {
                        for (int s = 0; s < batch.shots(); s++) {
                            for (int k = 0; k < batch.bits(); k++) {
                                (threads == 1 ? one : three).append(batch.get(s, k) ? '1' : '0');
                            }
                        }
                    });
        }
        assertThat(three.toString().equals(one.toString())).isTrue();
        assertThat(one.indexOf("1")).isNotNegative();
    }

    @Test
    void branchesSeeLossesToo() throws IOException {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            c.x(0);
                            c.noise(
                                    org.jaket.circuit.noise.Noise.LOSS_ERROR,
                                    new double[] {0.25},
                                    0);
                            var bit = c.measure(0);
                            c.when(bit, t -> t.x(1));
                            c.measure(1);
                        });
        Map<String, Long> counts = sampled(ShotSampler.measurements(circuit), SHOTS, 9);
        assertLaw("branches", counts, Map.of("00", 0.25, "11", 0.75), SHOTS);
    }
}
