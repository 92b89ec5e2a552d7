package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.feedforward.Decision;
import org.jaket.stabilizer.feedforward.StagedSampler;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stages with decisions in between, against exact laws and against feedback that is part of the
 * circuit. Probabilities are checked at six standard errors with fixed seeds.
 */
class FeedForwardTest {
    /** A round of the three-qubit repetition code: errors, and its two parities. */
    private static final String ROUND =
            "X_ERROR(0.1) 0 1 2\nCX 0 3 1 3 1 4 2 4\nMR(%s) 3 4\nDETECTOR rec[-2]\nDETECTOR rec[-1]\n";

    private static final String CORRECT = "CX sweep[0] 0 sweep[1] 1 sweep[2] 2\n";
    private static final String READ =
            "M 0 1 2\nDETECTOR rec[-3] rec[-2]\nDETECTOR rec[-2] rec[-1]\nOBSERVABLE_INCLUDE(0) rec[-1]\n";

    /** The least error with a syndrome, from the last stage's two detectors; not linear. */
    private static final Decision LOOKUP =
            (outcome, sweeps) -> {
                ShotBatch syndrome = outcome.detectors(outcome.stage());
                for (int s = 0; s < outcome.shots(); s++) {
                    boolean a = syndrome.get(s, 0);
                    boolean b = syndrome.get(s, 1);
                    sweeps.set(s, 0, a && !b);
                    sweeps.set(s, 1, a && b);
                    sweeps.set(s, 2, !a && b);
                }
            };

    private static String text(ShotBatch batch, int shot) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < batch.bits(); k++) {
            text.append(batch.get(shot, k) ? '1' : '0');
        }
        return text.toString();
    }

    private static Map<String, Long> counts(
            StagedSampler sampler, Decision decision, long shots, long seed) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(shots).seed(seed).threads(2),
                decision,
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        counts.merge(text(batch, s), 1L, Long::sum);
                    }
                });
        return counts;
    }

    private static byte[] b8(StagedSampler sampler, Decision decision, int threads)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, sampler.layout())) {
            sampler.sample(
                    RunOptions.shots(20_001).seed(4).threads(threads), decision, writer::write);
        }
        return out.toByteArray();
    }

    private static List<Circuit> rounds(int count, String flip) {
        List<Circuit> stages = new java.util.ArrayList<>();
        for (int k = 0; k < count; k++) {
            stages.add(Circuit.stim((k > 0 ? CORRECT : "") + ROUND.formatted(flip)));
        }
        stages.add(Circuit.stim(CORRECT + READ));
        return stages;
    }

    /**
     * Perfect syndromes: a round fails if two or three qubits flip, 3p^2 - 2p^3, and after four
     * rounds the parity of failures is odd with (1 - (1 - 2P)^4) / 2.
     */
    @Test
    void correctedRoundsFailByTheExactFormula() throws IOException {
        Map<String, Long> counts =
                counts(StagedSampler.detectors(rounds(4, "0")), LOOKUP, 400_000, 2);
        double once = 3 * 0.01 - 2 * 0.001;
        double odd = (1 - Math.pow(1 - 2 * once, 4)) / 2;
        double seen = 0;
        for (var e : counts.entrySet()) {
            // The last correction leaves nothing for the readout's parities.
            assertThat(e.getKey().substring(8, 10)).isEqualTo("00");
            seen += e.getKey().endsWith("1") ? e.getValue() : 0;
        }
        assertThat(seen / 400_000).isCloseTo(odd, within(6 * Math.sqrt(odd * (1 - odd) / 400_000)));
    }

    /** Noisy syndromes: the whole law against the same decisions written as branches. */
    @Test
    void shotsFollowTheExactLawOfTheDecisionsAsBranches() throws IOException {
        String decided =
                "IF rec[-2] {\n IF rec[-1] {\n  X 1\n } ELSE {\n  X 0\n }\n} ELSE {\n IF rec[-1] {\n  X 2\n }\n}\n";
        // Noiseless syndromes are zero, so results are detectors.
        String whole = ROUND.formatted(0.2) + decided + ROUND.formatted(0.2) + decided + READ;
        Map<String, Double> law = ExactRecords.of(Circuit.stim(whole));
        long shots = 400_000;
        Map<String, Long> counts =
                counts(StagedSampler.measurements(rounds(2, "0.2")), LOOKUP, shots, 3);
        law.forEach(
                (outcome, p) ->
                        assertThat(counts.getOrDefault(outcome, 0L) / (double) shots)
                                .describedAs(outcome)
                                .isCloseTo(
                                        p,
                                        within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots)));
        assertThat(law.keySet()).containsAll(counts.keySet());
        assertThat(law).hasSizeGreaterThan(100);
    }

    /**
     * A decision that hands a result on is feedback, shot for shot where the results that it
     * changes are otherwise determined.
     */
    @Test
    void linearDecisionsAreFeedback() throws IOException {
        String first = "X 1\nH 0 2\nCX 0 1\nDEPOLARIZE2(0.2) 0 1\nM(0.1) 0 1\nMX 2\n";
        String second =
                "R 2\n%s 2\n%s 3\nDEPOLARIZE1(0.1) 2 3\nM 2 3\nMX 1\nDETECTOR rec[-1] rec[-4]\n";
        Decision handsOn =
                (outcome, sweeps) -> {
                    ShotBatch results = outcome.results(0);
                    for (int s = 0; s < outcome.shots(); s++) {
                        sweeps.set(s, 1, results.get(s, 1));
                        sweeps.set(s, 4, results.get(s, 0));
                    }
                };
        List<Circuit> decided =
                List.of(
                        Circuit.stim(first),
                        Circuit.stim(second.formatted("CX sweep[1]", "CY sweep[4]")));
        List<Circuit> fedBack =
                List.of(Circuit.stim(first + second.formatted("CX rec[-2]", "CY rec[-3]")));
        Decision none = (outcome, sweeps) -> {};
        byte[] records = b8(StagedSampler.measurements(decided), handsOn, 2);
        assertThat(b8(StagedSampler.measurements(fedBack), none, 2)).isEqualTo(records);
        assertThat(b8(StagedSampler.measurements(decided), none, 2)).isNotEqualTo(records);
    }

    /** The state that was sent is turned back to zero, whatever the two results were. */
    @Test
    void teleportationArrives() throws IOException {
        Circuit send = Circuit.stim("SQRT_Y 0\nS 0\nH 1\nCX 1 2 0 1\nH 0\nM 0 1");
        Circuit receive =
                Circuit.stim("CZ sweep[0] 2\nCX sweep[1] 2\nS_DAG 2\nSQRT_Y_DAG 2\nM 2\nX 2\nM 2");
        Decision results =
                (outcome, sweeps) -> {
                    ShotBatch bell = outcome.results(0);
                    for (int s = 0; s < outcome.shots(); s++) {
                        sweeps.set(s, 0, bell.get(s, 0));
                        sweeps.set(s, 1, bell.get(s, 1));
                    }
                };
        Map<String, Long> counts =
                counts(StagedSampler.measurements(List.of(send, receive)), results, 40_000, 5);
        assertThat(counts.keySet()).containsExactlyInAnyOrder("0001", "0101", "1001", "1101");
        counts.values().forEach(n -> assertThat((double) n).isCloseTo(10_000, within(520.0)));
    }

    /** What a decision is shown is what the sampler gives in the end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void decisionsSeeTheShotsThatComeOut(int threads) throws IOException {
        List<Circuit> stages = rounds(3, "0.1");
        StagedSampler detectors = StagedSampler.detectors(stages);
        Map<Long, String> seen = new java.util.concurrent.ConcurrentHashMap<>();
        Decision watching =
                (outcome, sweeps) -> {
                    LOOKUP.decide(outcome, sweeps);
                    assertThat(sweeps.shots()).isEqualTo(outcome.shots());
                    if (outcome.stage() == 2) {
                        ShotBatch all = outcome.detectors();
                        ShotBatch middle = outcome.detectors(1);
                        ShotBatch results = outcome.results();
                        for (int s = 0; s < outcome.shots(); s++) {
                            seen.put(outcome.firstShot() + s, text(all, s));
                            assertThat(text(middle, s)).isEqualTo(text(all, s).substring(2, 4));
                            // Syndromes are zero without noise.
                            assertThat(text(results, s)).isEqualTo(text(all, s));
                        }
                    }
                };
        long[] shots = new long[1];
        detectors.sample(
                RunOptions.shots(9_000).seed(7).threads(threads),
                watching,
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        assertThat(text(batch, s)).startsWith(seen.get(batch.firstShot() + s));
                        shots[0]++;
                    }
                });
        assertThat(shots[0]).isEqualTo(9_000);
    }

    @Test
    void shotsDoNotDependOnThreads() throws IOException {
        StagedSampler sampler = StagedSampler.detectors(rounds(3, "0.1"));
        byte[] one = b8(sampler, LOOKUP, 1);
        assertThat(b8(sampler, LOOKUP, 2)).isEqualTo(one);
        assertThat(b8(sampler, LOOKUP, 4)).isEqualTo(one);
        AtomicInteger made = new AtomicInteger();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, sampler.layout())) {
            sampler.sampleWith(
                    RunOptions.shots(20_001).seed(4).threads(2),
                    () -> {
                        made.incrementAndGet();
                        return LOOKUP;
                    },
                    writer::write);
        }
        assertThat(out.toByteArray()).isEqualTo(one);
        assertThat(made.get()).isBetween(1, 4);
    }

    /** Without corrections, stages are sampled by the law of the circuit that they are cut from. */
    @Test
    void stagesAreTheCircuitThatTheyAreCutFrom() throws IOException {
        String all = ROUND.formatted(0.1) + READ;
        Map<String, Double> law = new HashMap<>();
        ExactRecords.ofDetectors(Circuit.stim(all))
                .forEach((k, p) -> law.merge(k.replace(" ", ""), p, Double::sum));
        long shots = 200_000;
        Map<String, Long> counts =
                counts(
                        StagedSampler.detectors(
                                List.of(
                                        Circuit.stim("X_ERROR(0.1) 0 1 2\nCX 0 3 1 3 1 4 2 4"),
                                        Circuit.stim("MR(0.1) 3 4"),
                                        Circuit.stim(""),
                                        Circuit.stim("DETECTOR rec[-2]\nDETECTOR rec[-1]"),
                                        Circuit.stim(READ))),
                        (outcome, sweeps) -> {},
                        shots,
                        6);
        law.forEach(
                (outcome, p) ->
                        assertThat(counts.getOrDefault(outcome, 0L) / (double) shots)
                                .describedAs(outcome)
                                .isCloseTo(
                                        p,
                                        within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots)));
        assertThat(law.keySet()).containsAll(counts.keySet());
    }

    @Test
    void whatCannotBeStagedIsRefused() {
        assertThatThrownBy(() -> StagedSampler.detectors(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        Circuit branch = Circuit.stim("M 0\nIF rec[-1] {\n H 0\n}");
        assertThatThrownBy(() -> StagedSampler.detectors(List.of(branch)))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("Stages have no branches");
        List<Circuit> early =
                List.of(Circuit.stim("M 0"), Circuit.stim("DETECTOR rec[-1] rec[-2]"));
        assertThatThrownBy(() -> StagedSampler.detectors(early))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rec[-2] refers to a measurement before the first one");
        StagedSampler two =
                StagedSampler.detectors(
                        List.of(Circuit.stim("M 0"), Circuit.stim("CX sweep[1] 0")));
        assertThat(two.stages()).isEqualTo(2);
        assertThat(two.sweepBits(0)).isZero();
        assertThat(two.sweepBits(1)).isEqualTo(2);
        assertThatThrownBy(
                        () ->
                                counts(
                                        two,
                                        (outcome, sweeps) -> {
                                            throw new IllegalStateException("no decision");
                                        },
                                        10_000,
                                        1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no decision");
    }
}
