package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.OutputStream;

/** Formats in which the shots follow each other. */
final class RowWriter extends ShotWriter {
    /** The most bytes that a batch is encoded into before they are written. */
    private static final long MOST_ENCODED = 1L << 26;

    private final ShotEncoder encoder;

    RowWriter(OutputStream out, ShotEncoder encoder, boolean turns) {
        super(out, encoder.layout, turns);
        this.encoder = encoder;
    }

    @Override
    boolean isEncodable(int shots) {
        return (long) shots * layout.bits() <= MOST_ENCODED / encoder.bytesPerBit();
    }

    @Override
    void encodeRows(ShotBatch batch, int from, ByteSink bytes) throws IOException {
        int bits = layout.bits();
        if (from == 0 && batch.bits() == bits) {
            for (int shot = 0; shot < batch.shots(); shot++) {
                encoder.encode(batch.words(), shot * batch.stride(), bytes);
            }
            return;
        }
        long[] row = new long[(bits + 63) >>> 6];
        for (int shot = 0; shot < batch.shots(); shot++) {
            batch.copy(shot, from, bits, row, 0);
            encoder.encode(row, 0, bytes);
        }
    }
}
