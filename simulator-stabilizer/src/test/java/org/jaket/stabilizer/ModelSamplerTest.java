package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sampled models against the exact law, by going through all sets of errors. Six standard errors,
 * fixed seeds.
 */
class ModelSamplerTest {
    private static final long SHOTS = 100_000;

    /** Symptoms and probability of each error, in order, repeats unfolded by hand. */
    private record Error(double p, String flips) {}

    private static String shot(ShotBatch batch, int shot) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < batch.bits(); k++) {
            text.append(batch.get(shot, k) ? '1' : '0');
        }
        return text.toString();
    }

    private static Map<String, Double> law(List<Error> errors, int detectors, int observables) {
        Map<String, Double> law = new HashMap<>();
        for (int set = 0; set < 1 << errors.size(); set++) {
            double p = 1;
            boolean[] bits = new boolean[detectors + observables];
            for (int e = 0; e < errors.size(); e++) {
                boolean happens = (set >> e & 1) != 0;
                p *= happens ? errors.get(e).p() : 1 - errors.get(e).p();
                for (String flip : happens ? errors.get(e).flips().split(" ") : new String[0]) {
                    if (!flip.isEmpty()) {
                        int index = Integer.parseInt(flip.substring(1));
                        bits[flip.charAt(0) == 'D' ? index : detectors + index] ^= true;
                    }
                }
            }
            StringBuilder key = new StringBuilder();
            for (boolean bit : bits) {
                key.append(bit ? '1' : '0');
            }
            law.merge(key.toString(), p, Double::sum);
        }
        return law;
    }

    private static void assertLaw(String model, Map<String, Double> law) throws IOException {
        ModelSampler sampler = ModelSampler.of(DetectorErrorModel.parse(model));
        Map<String, Long> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(SHOTS).seed(3).threads(2),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        counts.merge(shot(batch, s), 1L, Long::sum);
                    }
                });
        law.forEach(
                (key, p) ->
                        assertThat(counts.getOrDefault(key, 0L) / (double) SHOTS)
                                .describedAs(key)
                                .isCloseTo(
                                        p,
                                        within(6 * Math.sqrt(p * (1 - p) / SHOTS) + 5.0 / SHOTS)));
        assertThat(law.keySet()).containsAll(counts.keySet());
    }

    @Test
    void errorsOfAllKindsFollowTheirExactLaw() throws IOException {
        assertLaw(
                """
                error(0.1) D0 D1
                error(0.02) D1 ^ D2 L0
                error(0.5) D3
                error(0.9) D2 L1
                error(1) D4
                error(0) D5
                error(0.3)
                error(0.25) D0 D1 D2 D3 D4
                error(0.2) D0 D64 D130
                detector D131
                """,
                law(
                        List.of(
                                new Error(0.1, "D0 D1"),
                                new Error(0.02, "D1 D2 L0"),
                                new Error(0.5, "D3"),
                                new Error(0.9, "D2 L1"),
                                new Error(1, "D4"),
                                new Error(0.25, "D0 D1 D2 D3 D4"),
                                new Error(0.2, "D0 D64 D130")),
                        132,
                        2));
    }

    @Test
    void repeatBlocksFollowTheirExactLaw() throws IOException {
        assertLaw(
                """
                error(0.1) D0
                repeat 2 {
                    error(0.2) D0 D1
                    repeat 2 {
                        error(0.05) D1 L0
                        shift_detectors 1
                    }
                    shift_detectors 1
                    error(0.3) D0
                }
                error(0.15) D0 D1
                """,
                law(
                        List.of(
                                new Error(0.1, "D0"),
                                new Error(0.2, "D0 D1"),
                                new Error(0.05, "D1 L0"),
                                new Error(0.05, "D2 L0"),
                                new Error(0.3, "D3"),
                                new Error(0.2, "D3 D4"),
                                new Error(0.05, "D4 L0"),
                                new Error(0.05, "D5 L0"),
                                new Error(0.3, "D6"),
                                new Error(0.15, "D6 D7")),
                        8,
                        1));
    }

    private static final String FOLDED =
            """
            error(0.1) D0 L0
            error(0) D1
            repeat 40 {
                error(0.2) D0 D1
                error(0.6) D2 L1
                error(0.01) D0 D3 D1 D2
                shift_detectors 3
            }
            error(0.03) D0
            """;

    @Test
    void errorsThatAreToldExplainTheirShots() throws IOException {
        ModelSampler sampler = ModelSampler.of(DetectorErrorModel.parse(FOLDED));
        assertThat(sampler.errors()).isEqualTo(123);
        List<String> plain = new ArrayList<>();
        List<String> told = new ArrayList<>();
        long[] counts = new long[sampler.errors()];
        RunOptions options = RunOptions.shots(5000).seed(8).threads(2);
        sampler.sample(
                options,
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        plain.add(shot(batch, s));
                    }
                });
        sampler.sampleWithErrors(
                options,
                (shots, errors) -> {
                    ShotBatch replayed = sampler.replay(errors);
                    for (int s = 0; s < shots.shots(); s++) {
                        told.add(shot(shots, s));
                        assertThat(shot(replayed, s)).isEqualTo(shot(shots, s));
                        for (int e = 0; e < counts.length; e++) {
                            counts[e] += errors.get(s, e) ? 1 : 0;
                        }
                    }
                });
        assertThat(told).isEqualTo(plain);
        double[] expected = new double[123];
        expected[0] = 0.1;
        for (int k = 0; k < 40; k++) {
            expected[2 + 3 * k] = 0.2;
            expected[3 + 3 * k] = 0.6;
            expected[4 + 3 * k] = 0.01;
        }
        expected[122] = 0.03;
        for (int e = 0; e < counts.length; e++) {
            double p = expected[e];
            assertThat(counts[e] / 5000.0)
                    .describedAs("error %d", e)
                    .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / 5000) + 5.0 / 5000));
        }
    }

    /** So many that classes of errors hold different probabilities. */
    @Test
    void errorsOfManyProbabilitiesHappenAsOftenAsTheySay() throws IOException {
        StringBuilder model = new StringBuilder();
        double[] p = new double[300];
        for (int k = 0; k < p.length; k++) {
            p[k] = 0.2 * Math.pow(0.98, k);
            model.append("error(%s) D%d\n".formatted(p[k], k));
        }
        long[] counts = new long[p.length];
        ModelSampler.of(DetectorErrorModel.parse(model.toString()))
                .sample(
                        RunOptions.shots(SHOTS).seed(21).threads(2),
                        batch -> {
                            for (int s = 0; s < batch.shots(); s++) {
                                for (int k = 0; k < counts.length; k++) {
                                    counts[k] += batch.get(s, k) ? 1 : 0;
                                }
                            }
                        });
        for (int k = 0; k < p.length; k++) {
            assertThat(counts[k] / (double) SHOTS)
                    .describedAs("error %d", k)
                    .isCloseTo(p[k], within(6 * Math.sqrt(p[k] / SHOTS) + 5.0 / SHOTS));
        }
    }

    @Test
    void errorsOfNoProbabilityCanBeReplayed() {
        ModelSampler sampler =
                ModelSampler.of(DetectorErrorModel.parse("error(0) D1\nerror(0.1) D0 L0\n"));
        ShotBatch errors = new ShotBatch(2, 2);
        errors.setShots(0, 2);
        errors.set(0, 0, true);
        errors.set(1, 1, true);
        ShotBatch shots = sampler.replay(errors);
        assertThat(shot(shots, 0)).isEqualTo("010");
        assertThat(shot(shots, 1)).isEqualTo("101");
        assertThatThrownBy(() -> sampler.replay(new ShotBatch(3, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 errors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error(0.1) D1152921504606846975",
                "repeat 1000000000 {\n error(0.1) D0\n shift_detectors 1\n}",
                "repeat 1000000000000 {\n error(0.1) D0\n}",
            })
    void modelsThatAreTooLargeAreRefused(String model) {
        DetectorErrorModel parsed = DetectorErrorModel.parse(model);
        assertThatThrownBy(() -> ModelSampler.of(parsed))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("The model has");
    }
}
