package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.InputStream;

/** Reads lines of characters 0 and 1, eight characters at a time where they are there. */
final class ZeroOneReader extends ShotReader {
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;

    /** Moves the lowest bits of eight bytes to the top byte, the first byte's bit lowest. */
    private static final long GATHER = 0x0102_0408_1020_4080L;

    ZeroOneReader(InputStream in, RecordLayout layout) {
        super(in, ResultFormat.ZERO_ONE, layout);
    }

    @Override
    boolean readShot(long[] words, int at) throws IOException {
        if (source.peek() < 0) {
            return false;
        }
        int bits = layout.bits();
        int bit = 0;
        while (bit + 8 <= bits && source.hasLong()) {
            long digits = source.peekLong() ^ ZEROS;
            if ((digits & ~LOWEST_BITS) != 0) {
                // Something else is among them; the loop below finds it.
                break;
            }
            words[at + (bit >>> 6)] |= digits * GATHER >>> 56 << bit;
            source.skip(8);
            bit += 8;
        }
        for (; bit < bits; bit++) {
            int c = source.read();
            if (c == '1') {
                set(words, at, bit);
            } else if (c != '0') {
                if (c < 0 || c == '\n' || c == '\r') {
                    throw error("A line ends after %d bits".formatted(bit));
                }
                throw error("Expected 0 or 1 but found " + show(c));
            }
        }
        if (!skipLineEnd()) {
            throw error("Expected the end of the line but found " + show(source.peek()));
        }
        return true;
    }
}
