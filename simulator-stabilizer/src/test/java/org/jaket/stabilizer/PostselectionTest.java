package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.diagram.CoordinateFilter;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.Postselection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

class PostselectionTest {
    private static List<BitSet> shots(ShotSampler sampler, long count) throws IOException {
        List<BitSet> all = new ArrayList<>();
        sampler.sample(RunOptions.shots(count).seed(5).threads(2), batch -> addTo(all, batch));
        return all;
    }

    private static void addTo(List<BitSet> all, ShotBatch batch) {
        assertThat(batch.firstShot()).isEqualTo(all.size());
        for (int s = 0; s < batch.shots(); s++) {
            BitSet bits = new BitSet();
            for (int k = 0; k < batch.bits(); k++) {
                bits.set(k, batch.get(s, k));
            }
            all.add(bits);
        }
    }

    /** The shots that are kept are those of the same run without postselection, in order. */
    @ParameterizedTest
    @CsvSource({"D3", "'D0,D70,L0'", "'!D9'", "'D1,!L0'", "'D1,!D1'", "D119"})
    void keptShotsAreThoseThatPass(String names) throws IOException {
        ShotSampler sampler =
                ShotSampler.detectors(SurfaceCode.rotatedMemoryX(5).noise(0.02).circuit());
        RecordLayout layout = sampler.layout();
        assertThat(layout.bits()).isEqualTo(121);
        List<BitSet> expected = shots(sampler, 5_000);
        for (String name : names.split(",")) {
            boolean bad = !name.startsWith("!");
            int bit = name.contains("L0") ? 120 : Integer.parseInt(name.replaceAll("[!D]", ""));
            expected.removeIf(s -> s.get(bit) == bad);
        }
        List<BitSet> kept = new ArrayList<>();
        Postselection.Filter<?> filter =
                Postselection.parse(names, layout).before(batch -> addTo(kept, batch));
        sampler.sample(RunOptions.shots(5_000).seed(5).threads(2), filter);
        assertThat(kept).isEqualTo(expected);
        assertThat(filter.attempted()).isEqualTo(5_000);
        assertThat(filter.kept()).isEqualTo(expected.size());
        assertThat(filter.discarded()).isEqualTo(5_000 - expected.size());
    }

    /**
     * Three qubits that flip with probability q: given that neither parity is odd, all have flipped
     * with probability q^3 / (q^3 + (1-q)^3).
     */
    @Test
    void errorsThatAreDetectedLeaveTheOthers() throws IOException {
        ShotSampler sampler =
                ShotSampler.detectors(
                        Circuit.stim(
                                """
                                X_ERROR(0.2) 0 1 2
                                M 0 1 2
                                DETECTOR rec[-1] rec[-2]
                                DETECTOR rec[-2] rec[-3]
                                OBSERVABLE_INCLUDE(0) rec[-1]
                                """));
        long[] wrong = new long[1];
        Postselection.Filter<?> filter =
                Postselection.parse("D0,D1", sampler.layout())
                        .before(
                                batch -> {
                                    for (int s = 0; s < batch.shots(); s++) {
                                        wrong[0] += batch.get(s, 2) ? 1 : 0;
                                    }
                                });
        sampler.sample(RunOptions.shots(1_000_000).seed(8), filter);
        double both = 0.008 + 0.512;
        // Six standard deviations.
        assertThat(filter.kept() / 1e6).isCloseTo(both, within(0.003));
        assertThat(wrong[0] / (double) filter.kept()).isCloseTo(0.008 / both, within(0.0011));
    }

    @Test
    void aRunEndsThoughNothingIsKept() throws IOException {
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim("X 0\nM 0"));
        Postselection.Filter<?> filter =
                Postselection.parse("M0", sampler.layout())
                        .before(batch -> assertThat(batch.shots()).isZero());
        sampler.sample(RunOptions.shots(10_000).seed(1), filter);
        assertThat(filter.kept()).isZero();
        assertThat(filter.discarded()).isEqualTo(10_000);
    }

    @Test
    void detectorsAreChosenByCoordinates() {
        Circuit circuit =
                Circuit.stim(
                        """
                        M 0
                        DETECTOR(1, 2) rec[-1]
                        SHIFT_COORDS(1)
                        REPEAT 3 {
                            DETECTOR(0, 5) rec[-1]
                            DETECTOR rec[-1]
                            SHIFT_COORDS(1, 1)
                        }
                        DETECTOR(0, 5) rec[-1]
                        """);
        // (1,2) (1,5) () (2,6) () (3,7) () (4,8)
        assertThat(chosen("1", circuit)).isEqualTo("{0, 1}");
        assertThat(chosen("*,6:4,8", circuit)).isEqualTo("{3, 7}");
        assertThat(chosen("3,7:D2", circuit)).isEqualTo("{2, 5}");
        assertThat(chosen("9", circuit)).isEqualTo("{}");
    }

    private static String chosen(String filter, Circuit circuit) {
        return CoordinateFilter.detectors(CoordinateFilter.parse(filter), circuit).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "D", "D-1", "5", "D3,,D4", "D5", "M0", "L1", "D9999999999", "d0"})
    void namesThatAreNotThereAreRefused(String names) {
        RecordLayout layout = RecordLayout.ofDetectors(5, 1);
        assertThatThrownBy(() -> Postselection.parse(names, layout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".* is not a detector .*|Postselection on number .*");
    }
}
