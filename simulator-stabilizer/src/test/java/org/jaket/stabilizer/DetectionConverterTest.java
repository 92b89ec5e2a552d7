package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.DetectionConverter.Feedback;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ResultFormatException;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotReader;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

class DetectionConverterTest {
    private static ShotBatch batch(int bits, String... shots) {
        ShotBatch batch = new ShotBatch(bits, shots.length);
        batch.setShots(0, shots.length);
        for (int s = 0; s < shots.length; s++) {
            for (int k = 0; k < bits; k++) {
                batch.set(s, k, shots[s].charAt(k) == '1');
            }
        }
        return batch;
    }

    private static ShotBatch random(int bits, int shots, long seed) {
        Random random = new Random(seed);
        ShotBatch batch = new ShotBatch(bits, shots);
        batch.setShots(0, shots);
        for (int s = 0; s < shots; s++) {
            for (int k = 0; k < bits; k++) {
                batch.set(s, k, random.nextBoolean());
            }
        }
        return batch;
    }

    private static String shot(ShotBatch batch, int shot) {
        var text = new StringBuilder();
        for (int k = 0; k < batch.bits(); k++) {
            text.append(batch.get(shot, k) ? '1' : '0');
        }
        return text.toString();
    }

    /** The example of Stim's manual of m2d: an X makes one the expected result of qubit 0. */
    @Test
    void resultsAreComparedWithANoiselessSample() {
        Circuit circuit =
                Circuit.stim(
                        """
                        X 0
                        M 0 1
                        DETECTOR rec[-2]
                        DETECTOR rec[-1]
                        OBSERVABLE_INCLUDE(2) rec[-1]
                        """);
        ShotBatch events =
                DetectionConverter.of(circuit).convert(batch(2, "00", "01", "10", "11"), null);
        assertThat(shot(events, 0)).isEqualTo("10000");
        assertThat(shot(events, 1)).isEqualTo("11001");
        assertThat(shot(events, 2)).isEqualTo("00000");
        assertThat(shot(events, 3)).isEqualTo("01001");
    }

    @Test
    void sweepBitsChangeWhatIsExpected() {
        Circuit circuit =
                Circuit.stim(
                        """
                        CX sweep[1] 0
                        H 1
                        CZ sweep[0] 1
                        H 1
                        CX 0 2
                        M 0 1 2
                        DETECTOR rec[-3]
                        DETECTOR rec[-2]
                        DETECTOR rec[-1]
                        """);
        DetectionConverter converter = DetectionConverter.of(circuit);
        assertThat(converter.sweepBits()).isEqualTo(2);
        ShotBatch events =
                converter.convert(batch(3, "101", "010", "000"), batch(2, "01", "10", "11"));
        assertThat(shot(events, 0)).isEqualTo("000");
        assertThat(shot(events, 1)).isEqualTo("000");
        assertThat(shot(events, 2)).isEqualTo("111");
    }

    /** Teleportation: Alice's results decide Bob's corrections, in hardware or afterwards. */
    @Test
    void feedbackThatWasSkippedIsPutIntoTheDetectors() {
        Circuit circuit =
                Circuit.stim(
                        """
                        H 1
                        CX 1 2 0 1
                        M 1
                        MX 0
                        CX rec[-2] 2
                        CZ rec[-1] 2
                        M 2
                        DETECTOR rec[-1]
                        """);
        DetectionConverter applied = DetectionConverter.of(circuit);
        DetectionConverter skipped =
                DetectionConverter.of(circuit, ShotSampler.Reference.FOLDED, Feedback.SKIPPED);
        ShotBatch results = batch(3, "000", "101", "111", "011");
        assertThat(shot(applied.convert(results, null), 1)).isEqualTo("1");
        ShotBatch events = skipped.convert(results, null);
        assertThat(shot(events, 0)).isEqualTo("0");
        assertThat(shot(events, 1)).isEqualTo("0");
        assertThat(shot(events, 2)).isEqualTo("0");
        assertThat(shot(events, 3)).isEqualTo("1");
    }

    /** Records of the sampler, converted, have the law of the detector sampler: means agree. */
    @Test
    void convertedSamplesHaveTheLawOfSampledDetectors() throws IOException {
        Circuit circuit = SurfaceCode.rotatedMemoryX(3).rounds(3).noise(0.01).circuit();
        DetectionConverter converter = DetectionConverter.of(circuit);
        int bits = converter.layout().bits();
        int shots = 100_000;
        long[] converted = new long[bits];
        ShotSampler.measurements(circuit)
                .sample(
                        RunOptions.shots(shots).seed(5),
                        batch -> count(converter.convert(batch, null), converted));
        long[] sampled = new long[bits];
        ShotSampler.detectors(circuit)
                .sample(RunOptions.shots(shots).seed(6), batch -> count(batch, sampled));
        for (int k = 0; k < bits; k++) {
            // Means of 100,000 shots differ by 6 standard deviations once in 10^9; 25 bits.
            double p = (converted[k] + sampled[k]) / (2.0 * shots);
            double deviation = Math.sqrt(2 * p * (1 - p) / shots);
            assertThat((converted[k] - sampled[k]) / (double) shots)
                    .isBetween(-6 * deviation, 6 * deviation);
        }
    }

    private static void count(ShotBatch batch, long[] ones) {
        for (int s = 0; s < batch.shots(); s++) {
            for (int k = 0; k < batch.bits(); k++) {
                ones[k] += batch.get(s, k) ? 1 : 0;
            }
        }
    }

    /** Parities of random sets of results against the definition, for sizes around word borders. */
    @Property(tries = 40, seed = "1")
    void detectorsAreParities(
            @ForAll @IntRange(min = 1, max = 200) int measurements,
            @ForAll @IntRange(max = 140) int detectors,
            @ForAll @IntRange(max = 1100) int shots,
            @ForAll long seed) {
        Random random = new Random(seed);
        var text = new StringBuilder("M");
        for (int k = 0; k < measurements; k++) {
            text.append(' ').append(random.nextInt(3));
        }
        boolean[][] terms = new boolean[detectors][measurements];
        for (boolean[] row : terms) {
            text.append("\nDETECTOR");
            for (int t = random.nextInt(6); t > 0; t--) {
                int lookback = 1 + random.nextInt(measurements);
                text.append(" rec[-").append(lookback).append(']');
                row[measurements - lookback] ^= true;
            }
        }
        ShotBatch results = random(measurements, shots, seed);
        ShotBatch events =
                DetectionConverter.of(Circuit.stim(text.append('\n').toString()))
                        .convert(results, null);
        assertThat(events.shots()).isEqualTo(shots);
        for (int s = 0; s < shots; s++) {
            for (int d = 0; d < detectors; d++) {
                boolean parity = false;
                for (int m = 0; m < measurements; m++) {
                    parity ^= terms[d][m] && results.get(s, m);
                }
                if (events.get(s, d) != parity) {
                    throw new AssertionError("shot " + s + " detector " + d);
                }
            }
        }
    }

    /** The effect of sweep bits is linear: two settings together do what each of them does. */
    @Property(tries = 30, seed = "2")
    void sweepBitsActLinearly(@ForAll long seed) {
        Random random = new Random(seed);
        var text = new StringBuilder();
        String[] gates = {"CX", "CZ", "CY", "SWAP", "ISWAP", "SQRT_XX"};
        for (int k = 0; k < 60; k++) {
            int a = random.nextInt(5);
            int b = (a + 1 + random.nextInt(4)) % 5;
            switch (random.nextInt(6)) {
                case 0 -> text.append("H ").append(a).append('\n');
                case 1 -> text.append("S ").append(a).append('\n');
                case 2 -> text.append("CX sweep[%d] %d%n".formatted(random.nextInt(70), a));
                case 3 -> text.append("M %d%nDETECTOR rec[-1]%n".formatted(a));
                default -> text.append("%s %d %d%n".formatted(gates[random.nextInt(6)], a, b));
            }
        }
        DetectionConverter converter =
                DetectionConverter.of(Circuit.stim(text + "M 0\nDETECTOR rec[-1]\n"));
        int sweeps = converter.sweepBits();
        ShotBatch zero = random(converter.measurements(), 64, seed);
        ShotBatch first = random(sweeps, 64, seed + 1);
        ShotBatch second = random(sweeps, 64, seed + 2);
        ShotBatch both = random(sweeps, 64, seed + 1);
        for (int s = 0; s < 64; s++) {
            for (int k = 0; k < sweeps; k++) {
                both.set(s, k, first.get(s, k) ^ second.get(s, k));
            }
        }
        ShotBatch none = converter.convert(zero, null);
        ShotBatch a = converter.convert(zero, first);
        ShotBatch b = converter.convert(zero, second);
        ShotBatch sum = converter.convert(zero, both);
        for (int s = 0; s < 64; s++) {
            for (int k = 0; k < none.bits(); k++) {
                assertThat(sum.get(s, k)).isEqualTo(a.get(s, k) ^ b.get(s, k) ^ none.get(s, k));
            }
        }
    }

    @Test
    void loopsAreUnrolledOnlyWhereTheyMatter() {
        Circuit circuit =
                Circuit.stim(
                        """
                        REPEAT 1000000000 {
                            H 0
                        }
                        M 0
                        DETECTOR rec[-1]
                        """);
        assertThat(DetectionConverter.of(circuit).measurements()).isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                DetectionConverter.of(
                                        Circuit.stim(
                                                """
                                                M 0
                                                REPEAT 1000000000000 {
                                                    OBSERVABLE_INCLUDE(0) rec[-1]
                                                }
                                                """)))
                .hasMessageContaining("at most 536870912 are");
    }

    @Test
    void streamsThatDoNotFitAreRefused() {
        Circuit circuit = Circuit.stim("CX sweep[0] 0\nM 0\nDETECTOR rec[-1]\n");
        DetectionConverter converter = DetectionConverter.of(circuit);
        assertThatThrownBy(
                        () ->
                                converter.convert(
                                        reader("0\n1\n", ResultFormat.ZERO_ONE, 1),
                                        reader("0\n", ResultFormat.ZERO_ONE, 1),
                                        batch -> {}))
                .isInstanceOf(ResultFormatException.class)
                .hasMessageContaining("fewer sweep shots");
        assertThatThrownBy(
                        () ->
                                DetectionConverter.of(Circuit.stim("DETECTOR\n"))
                                        .convert(reader("", ResultFormat.B8, 0), null, batch -> {}))
                .hasMessageContaining("number of shots is unknown");
        assertThatThrownBy(() -> converter.convert(batch(2, "00"), null))
                .hasMessageContaining("1 results");
    }

    private static ShotReader reader(String data, ResultFormat format, int bits) {
        return ShotReader.from(
                new ByteArrayInputStream(data.getBytes(StandardCharsets.ISO_8859_1)),
                format,
                RecordLayout.ofMeasurements(bits));
    }

    /** Operations are counted first: otherwise the detector would be found before the loop. */
    @Test
    void loopsThatAreTooLongAreRefusedBeforeTheyAreFollowed() {
        Circuit circuit =
                Circuit.stim(
                        "M 0\nDETECTOR rec[-1]\nREPEAT 1000000000 {\nREPEAT 1000 {\nH 0\nCX sweep[0] 0\n}\n}\nM 0");
        assertThatThrownBy(() -> DetectionConverter.of(circuit))
                .hasMessage(
                        "REPEAT 1000000000: the circuit has 2.00e+12 operations to follow, loops unrolled; at most 536870912 are. Maybe repeat less often?");
    }
}
