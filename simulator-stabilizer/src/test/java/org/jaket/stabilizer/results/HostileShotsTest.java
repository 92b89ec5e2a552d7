package org.jaket.stabilizer.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Any bytes are shots or an error with its place, whatever pieces they come in. */
class HostileShotsTest {
    private static final byte[] LIKELY =
            "0123456789,\n\r shotMDL".getBytes(StandardCharsets.ISO_8859_1);

    /** A stream that hands out a few bytes at a time, as pipes do. */
    private static InputStream inPieces(byte[] bytes, int size) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int from, int count) {
                return super.read(target, from, Math.min(count, size));
            }
        };
    }

    private static String outcome(byte[] bytes, ResultFormat format, int bits, int piece)
            throws IOException {
        RecordLayout layout = new RecordLayout(bits / 2, bits - bits / 2, 0);
        var out = new ByteArrayOutputStream();
        try (ShotReader reader = ShotReader.from(inPieces(bytes, piece), format, layout);
                ShotWriter writer = ShotWriter.to(out, ResultFormat.ZERO_ONE, layout)) {
            ShotBatch batch = new ShotBatch(bits, 7);
            while (reader.read(batch) > 0) {
                writer.write(batch);
            }
        } catch (ResultFormatException e) {
            assertThat(e).hasMessageContaining("byte ");
            return String.valueOf(e.getMessage());
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Property(tries = 300, seed = "3")
    void randomBytesAreReadOrRefused(
            @ForAll @IntRange(max = 130) int bits,
            @ForAll @IntRange(max = 400) int length,
            @ForAll boolean isLikely,
            @ForAll @IntRange(min = 1, max = 20) int piece,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int k = 0; isLikely && k < length; k++) {
            bytes[k] = LIKELY[random.nextInt(LIKELY.length)];
        }
        for (ResultFormat format : ResultFormat.values()) {
            assertThat(outcome(bytes, format, bits, piece))
                    .isEqualTo(outcome(bytes, format, bits, 1 << 20));
        }
    }

    @Property(tries = 60, seed = "4")
    void observablesCanComeFirst(
            @ForAll @IntRange(max = 130) int detectors,
            @ForAll @IntRange(max = 130) int observables,
            @ForAll long seed)
            throws IOException {
        RecordLayout layout = RecordLayout.ofDetectors(detectors, observables);
        ShotBatch batch = new ShotBatch(layout.bits(), 3);
        batch.setShots(0, 3);
        Random random = new Random(seed);
        var expected = new StringBuilder();
        for (int s = 0; s < 3; s++) {
            var head = new StringBuilder();
            var tail = new StringBuilder();
            for (int k = 0; k < layout.bits(); k++) {
                boolean one = random.nextBoolean();
                batch.set(s, k, one);
                (k < detectors ? tail : head).append(one ? '1' : '0');
            }
            expected.append(head).append(tail).append('\n');
        }
        var out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.observablesFirst(out, ResultFormat.ZERO_ONE, layout)) {
            writer.write(batch);
        }
        assertThat(out).hasToString(expected.toString());
    }

    @Test
    void detsNameObservablesThatComeFirst() throws IOException {
        RecordLayout layout = RecordLayout.ofDetectors(2, 1);
        ShotBatch batch = new ShotBatch(3, 1);
        batch.setShots(0, 1);
        batch.set(0, 1, true);
        batch.set(0, 2, true);
        var out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.observablesFirst(out, ResultFormat.DETS, layout)) {
            writer.write(batch);
        }
        assertThat(out).hasToString("shot L0 D1\n");
    }

    @Test
    void abandonedWritersWriteNothingMore() throws IOException {
        var out = new ByteArrayOutputStream();
        RecordLayout layout = RecordLayout.ofMeasurements(3);
        ShotBatch batch = new ShotBatch(3, 1);
        batch.setShots(0, 1);
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.ZERO_ONE, layout)) {
            writer.write(batch);
            writer.abandon();
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void bitsBehindTheLastOneAreIgnored() throws IOException {
        assertThat(outcome(new byte[] {(byte) 0xF2}, ResultFormat.B8, 4, 8)).isEqualTo("0100\n");
    }

    @Test
    void groupsOf64LongShotsAreRefused() {
        assertThatThrownBy(
                        () ->
                                ShotReader.from(
                                        InputStream.nullInputStream(),
                                        ResultFormat.PTB64,
                                        RecordLayout.ofMeasurements(1 << 30)))
                .hasMessageContaining("too long for ptb64");
    }

    /** Decimal numbers of every length, by Java's own. */
    @Test
    void indicesOfAllLengthsAreWritten() throws IOException {
        int bits = 1_100_000;
        RecordLayout layout = RecordLayout.ofMeasurements(bits);
        ShotBatch batch = new ShotBatch(bits, 1);
        batch.setShots(0, 1);
        var expected = new StringBuilder();
        for (int k :
                new int[] {
                    0, 9, 10, 99, 100, 999, 1000, 9999, 10_000, 10_007, 123_456, 1_000_000
                }) {
            batch.set(0, k, true);
            expected.append(expected.isEmpty() ? "" : ",").append(k);
        }
        var out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.HITS, layout)) {
            writer.write(batch);
        }
        assertThat(out).hasToString(expected + "\n");
    }
}
