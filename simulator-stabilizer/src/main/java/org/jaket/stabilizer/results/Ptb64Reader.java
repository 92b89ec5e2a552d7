package org.jaket.stabilizer.results;

import org.jaket.stabilizer.bits.PlainBitKernels;

import java.io.IOException;
import java.io.InputStream;

/** Reads groups of 64 shots, bit by bit, and hands out the shots one by one. */
final class Ptb64Reader extends ShotReader {
    /** The longest shot: a group of 64 of them then takes 512 MiB. */
    private static final int MAX_BITS = 1 << 26;

    private final int rowWords;
    private long[] group = {};
    private final long[] block = new long[64];
    private int taken = 64;

    Ptb64Reader(InputStream in, RecordLayout layout) {
        super(in, ResultFormat.PTB64, layout);
        if (layout.bits() > MAX_BITS) {
            throw new IllegalArgumentException(
                    "Shots of %d bits are too long for ptb64, which holds 64 of them at a time; at most %d are read. Maybe use b8?"
                            .formatted(layout.bits(), MAX_BITS));
        }
        this.rowWords = (layout.bits() + 63) >>> 6;
    }

    @Override
    boolean readShot(long[] words, int at) throws IOException {
        if (taken == 64 && !readGroup()) {
            return false;
        }
        System.arraycopy(group, taken * rowWords, words, at, rowWords);
        taken++;
        return true;
    }

    private boolean readGroup() throws IOException {
        int bits = layout.bits();
        if (bits == 0 || source.peek() < 0) {
            return false;
        }
        if (group.length == 0) {
            // Not before there is data: an empty file needs no room.
            group = new long[64 * rowWords];
        }
        for (int word = 0; word < rowWords; word++) {
            int end = Math.min(64, bits - (word << 6));
            for (int bit = 0; bit < 64; bit++) {
                block[bit] = 0;
                if (bit < end && source.readLong(8, block, bit) < 8) {
                    throw error(
                            "The data ends inside a group of 64 shots, which takes %d bytes"
                                    .formatted(8L * bits));
                }
            }
            PlainBitKernels.transposeBlock(block);
            for (int shot = 0; shot < 64; shot++) {
                group[shot * rowWords + word] = block[shot];
            }
        }
        taken = 0;
        return true;
    }
}
