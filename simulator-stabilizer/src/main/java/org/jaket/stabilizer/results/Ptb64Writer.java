package org.jaket.stabilizer.results;

import org.jaket.stabilizer.bits.PlainBitKernels;

import java.io.IOException;
import java.io.OutputStream;

/** Groups of 64 shots: of each bit the 64 values in turn. */
final class Ptb64Writer extends ShotWriter {
    private static final int GROUP = 64;

    private final int rowWords;

    /** The shots of a group whose others are still to come. */
    private final long[] group;

    private int held;

    Ptb64Writer(OutputStream out, RecordLayout layout, boolean observablesFirst) {
        super(out, layout, observablesFirst);
        this.rowWords = (layout.bits() + 63) >>> 6;
        this.group = new long[Math.multiplyExact(GROUP, rowWords)];
    }

    @Override
    boolean isEncodable(int shots) {
        return shots % GROUP == 0;
    }

    @Override
    boolean isBetweenGroups() {
        return held == 0;
    }

    @Override
    void encodeRows(ShotBatch batch, int from, ByteSink bytes) throws IOException {
        long[] rows = new long[group.length];
        for (int first = 0; first < batch.shots(); first += GROUP) {
            for (int k = 0; k < GROUP; k++) {
                batch.copy(first + k, from, layout.bits(), rows, k * rowWords);
            }
            putGroup(rows, bytes);
        }
    }

    @Override
    void writeRows(ShotBatch batch, int from) throws IOException {
        if (held == 0 && isEncodable(batch.shots())) {
            encodeRows(batch, from, sink);
            return;
        }
        for (int shot = 0; shot < batch.shots(); shot++) {
            batch.copy(shot, from, layout.bits(), group, held * rowWords);
            held++;
            if (held == GROUP) {
                held = 0;
                putGroup(group, sink);
            }
        }
    }

    private void putGroup(long[] rows, ByteSink bytes) throws IOException {
        long[] block = new long[GROUP];
        for (int word = 0; word < rowWords; word++) {
            for (int shot = 0; shot < GROUP; shot++) {
                block[shot] = rows[shot * rowWords + word];
            }
            PlainBitKernels.transposeBlock(block);
            bytes.reserve(8 * GROUP);
            int end = Math.min(GROUP, layout.bits() - (word << 6));
            for (int bit = 0; bit < end; bit++) {
                bytes.putLong(block[bit]);
            }
        }
    }

    @Override
    void finish() {
        if (held != 0) {
            throw new IllegalStateException(
                    "The ptb64 format holds 64 shots at a time, and %d shots are left over. Maybe use a multiple of 64 shots?"
                            .formatted(held));
        }
    }
}
