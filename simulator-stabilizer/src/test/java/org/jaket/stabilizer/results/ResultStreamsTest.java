package org.jaket.stabilizer.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

class ResultStreamsTest {
    private static ShotBatch random(int bits, int shots, double density, long seed) {
        ShotBatch batch = new ShotBatch(bits, shots);
        batch.setShots(0, shots);
        Random random = new Random(seed);
        for (int s = 0; s < shots; s++) {
            for (int k = 0; k < bits; k++) {
                batch.set(s, k, random.nextDouble() < density);
            }
        }
        return batch;
    }

    private static byte[] write(ResultFormat format, RecordLayout layout, ShotBatch batch)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, format, layout)) {
            writer.write(batch);
        }
        return out.toByteArray();
    }

    @Property(tries = 60)
    void everyFormatReadsWhatItWrites(
            @ForAll @IntRange(min = 1, max = 1500) int measurements,
            @ForAll @IntRange(max = 300) int detectors,
            @ForAll @IntRange(max = 70) int observables,
            @ForAll @IntRange(min = 1, max = 3) int groups,
            @ForAll @IntRange(max = 2) int kind,
            @ForAll long seed)
            throws IOException {
        RecordLayout layout = new RecordLayout(measurements, detectors, observables);
        int shots = 64 * groups;
        double density = new double[] {0.002, 0.1, 0.7}[kind];
        ShotBatch batch = random(layout.bits(), shots, density, seed);
        for (ResultFormat format : ResultFormat.values()) {
            byte[] bytes = write(format, layout, batch);
            ShotBatch back = new ShotBatch(layout.bits(), 50);
            ShotReader reader = ShotReader.from(new ByteArrayInputStream(bytes), format, layout);
            int at = 0;
            for (int n = reader.read(back); n > 0; n = reader.read(back)) {
                assertThat(back.firstShot()).isEqualTo(at);
                for (int s = 0; s < n; s++) {
                    for (int k = 0; k < layout.bits(); k++) {
                        if (back.get(s, k) != batch.get(at + s, k)) {
                            throw new AssertionError(format + " shot " + (at + s) + " bit " + k);
                        }
                    }
                }
                at += n;
            }
            assertThat(at).isEqualTo(shots);
        }
    }

    /** Batches of 24 shots end within a group of ptb64 and are not encoded for themselves. */
    @Property(tries = 60)
    void encodedBatchesAreWrittenAsTheBatchesAre(
            @ForAll @IntRange(max = 90) int from,
            @ForAll @IntRange(max = 400) int detectors,
            @ForAll @IntRange(min = 1, max = 70) int observables,
            @ForAll boolean first,
            @ForAll boolean broken,
            @ForAll long seed)
            throws IOException {
        RecordLayout layout = RecordLayout.ofDetectors(detectors, observables);
        int bits = first ? layout.bits() : from + layout.bits();
        int at = first ? 0 : from;
        int[] sizes = broken ? new int[] {24, 64, 40} : new int[] {64, 128};
        for (ResultFormat format : ResultFormat.values()) {
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            ByteArrayOutputStream apart = new ByteArrayOutputStream();
            EncodedShots encoded = new EncodedShots();
            try (ShotWriter one = writer(plain, format, layout, first);
                    ShotWriter two = writer(apart, format, layout, first)) {
                for (int size : sizes) {
                    ShotBatch batch = random(bits, size, 0.3, seed + size);
                    one.write(batch, at);
                    two.encode(batch, at, encoded);
                    assertThat(encoded.isComplete())
                            .isEqualTo(format != ResultFormat.PTB64 || size % 64 == 0);
                    two.write(batch, at, encoded);
                }
            }
            assertThat(apart.toByteArray()).isNotEmpty().isEqualTo(plain.toByteArray());
        }
    }

    private static ShotWriter writer(
            ByteArrayOutputStream out, ResultFormat format, RecordLayout layout, boolean first) {
        return first
                ? ShotWriter.observablesFirst(out, format, layout)
                : ShotWriter.to(out, format, layout);
    }

    /** Against a batch of the same bits, taken one by one. */
    @Property(tries = 60)
    void aPartOfTheBitsIsWrittenAsABatchOfThem(
            @ForAll @IntRange(max = 200) int from,
            @ForAll @IntRange(min = 1, max = 300) int count,
            @ForAll @IntRange(max = 100) int behind,
            @ForAll long seed)
            throws IOException {
        ShotBatch batch = random(from + count + behind, 64, 0.4, seed);
        ShotBatch part = new ShotBatch(count, 64);
        part.setShots(0, 64);
        for (int s = 0; s < 64; s++) {
            for (int k = 0; k < count; k++) {
                part.set(s, k, batch.get(s, from + k));
            }
        }
        RecordLayout layout = RecordLayout.ofMeasurements(count);
        for (ResultFormat format : ResultFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ShotWriter writer = ShotWriter.to(out, format, layout)) {
                writer.write(batch, from);
                assertThatThrownBy(() -> writer.write(batch, from + behind + 1))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThat(out.toByteArray()).isEqualTo(write(format, layout, part));
        }
        assertThat(batch.slice(from, count).words()).isEqualTo(part.words());
    }

    /** Two shots of four bits, 0110 and 0000, by the definitions of the formats. */
    @Test
    void smallShotsHaveTheBytesOfTheDefinitions() throws IOException {
        RecordLayout layout = new RecordLayout(1, 2, 1);
        ShotBatch batch = new ShotBatch(4, 2);
        batch.setShots(0, 2);
        batch.set(0, 1, true);
        batch.set(0, 2, true);
        assertThat(write(ResultFormat.ZERO_ONE, layout, batch))
                .asString()
                .isEqualTo("0110\n0000\n");
        assertThat(write(ResultFormat.B8, layout, batch)).containsExactly(6, 0);
        assertThat(write(ResultFormat.R8, layout, batch)).containsExactly(1, 0, 1, 4);
        assertThat(write(ResultFormat.HITS, layout, batch)).asString().isEqualTo("1,2\n\n");
        assertThat(write(ResultFormat.DETS, layout, batch))
                .asString()
                .isEqualTo("shot D0 D1\nshot\n");
    }

    @Test
    void runsOfExactly255ZerosHaveATerminator() throws IOException {
        RecordLayout layout = RecordLayout.ofMeasurements(255);
        ShotBatch batch = new ShotBatch(255, 1);
        batch.setShots(0, 1);
        assertThat(write(ResultFormat.R8, layout, batch)).containsExactly(255, 0);
    }

    @Test
    void ptb64HoldsTheBitOf64ShotsInEightBytes() throws IOException {
        RecordLayout layout = RecordLayout.ofMeasurements(2);
        ShotBatch batch = new ShotBatch(2, 64);
        batch.setShots(0, 64);
        batch.set(0, 0, true);
        batch.set(9, 1, true);
        assertThat(write(ResultFormat.PTB64, layout, batch))
                .containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void ptb64RefusesLeftoverShots() {
        RecordLayout layout = RecordLayout.ofMeasurements(2);
        ShotBatch batch = random(2, 65, 0.5, 1);
        assertThatThrownBy(() -> write(ResultFormat.PTB64, layout, batch))
                .hasMessageContaining("1 shots are left over");
    }

    private static void assertBad(ResultFormat format, int bits, String data, String message) {
        ShotBatch batch = new ShotBatch(bits, 10);
        RecordLayout layout = RecordLayout.ofMeasurements(bits);
        byte[] bytes = data.getBytes(ISO_8859_1);
        assertThatThrownBy(
                        () ->
                                ShotReader.from(new ByteArrayInputStream(bytes), format, layout)
                                        .read(batch))
                .isInstanceOf(ResultFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void badDataIsNamedWithItsPlace() {
        assertBad(ResultFormat.ZERO_ONE, 3, "010\n01\n", "A line ends after 2 bits");
        assertBad(ResultFormat.ZERO_ONE, 3, "010\n01\n", "shot 1, byte 7");
        assertBad(ResultFormat.ZERO_ONE, 3, "0101\n", "found '1'");
        assertBad(ResultFormat.ZERO_ONE, 3, "0x1\n", "found 'x'");
        assertBad(ResultFormat.ZERO_ONE, 3, "010", "the end of the data");
        assertBad(ResultFormat.B8, 12, "\u0001\u0002\u0003", "after 1 of the 2 bytes");
        assertBad(ResultFormat.R8, 5, "\u0002", "ends inside a shot, after 3 bits");
        assertBad(ResultFormat.R8, 5, "\u0006", "goes past the last bit");
        assertBad(ResultFormat.PTB64, 3, "\u0000", "inside a group of 64 shots");
        assertBad(ResultFormat.HITS, 3, "1,3\n", "not below 3");
        assertBad(ResultFormat.HITS, 3, "1 2\n", "Expected a comma");
        assertBad(ResultFormat.HITS, 3, "1,\n", "Expected a number");
        assertBad(ResultFormat.HITS, 3, "99999999999999999999\n", "too large");
        assertBad(ResultFormat.DETS, 3, "shat\n", "starting with 'shot'");
        assertBad(ResultFormat.DETS, 3, "shot D0\n", "not below 0");
        assertBad(ResultFormat.DETS, 3, "shot Q0\n", "Expected M, D or L");
        assertBad(ResultFormat.DETS, 3, "shot  M0\n", "Expected M, D or L");
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void emptyDataHasNoShots(ResultFormat format) throws IOException {
        ShotReader reader =
                ShotReader.from(
                        new ByteArrayInputStream(new byte[0]),
                        format,
                        RecordLayout.ofMeasurements(5));
        assertThat(reader.read(new ShotBatch(5, 3))).isZero();
    }

    @Test
    void windowsLineEndsAreRead() throws IOException {
        ShotReader reader =
                ShotReader.from(
                        new ByteArrayInputStream("01\r\n10\r\n".getBytes(ISO_8859_1)),
                        ResultFormat.ZERO_ONE,
                        RecordLayout.ofMeasurements(2));
        ShotBatch batch = new ShotBatch(2, 5);
        assertThat(reader.read(batch)).isEqualTo(2);
        assertThat(batch.get(0, 1)).isTrue();
        assertThat(batch.get(1, 0)).isTrue();
    }
}
