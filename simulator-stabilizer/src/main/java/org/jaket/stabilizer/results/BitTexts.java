package org.jaket.stabilizer.results;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * What each bit of a row is written as when it is one. Those of the first bits are kept as eight
 * bytes, so that one store writes them.
 */
final class BitTexts {
    /** The texts of bits from here on are worked out. */
    private static final int LIMIT = 100_000;

    /** The characters, the first one in the lowest byte, and in the highest byte their number. */
    private final long[] ready;

    private final IntFunction<String> name;

    /**
     * Prepares the texts.
     *
     * @param name the text of a bit, at most seven characters for the first 100,000 bits
     */
    BitTexts(int bits, IntFunction<String> name) {
        this.name = name;
        this.ready = new long[Math.min(bits, LIMIT)];
        for (int bit = 0; bit < ready.length; bit++) {
            byte[] bytes = bytes(bit);
            long text = (long) bytes.length << 56;
            for (int k = 0; k < bytes.length; k++) {
                text |= (long) bytes[k] << 8 * k;
            }
            ready[bit] = text;
        }
    }

    /** The texts of the first bits; others must be {@linkplain #bytes worked out}. */
    long[] ready() {
        return ready;
    }

    byte[] bytes(int bit) {
        return name.apply(bit).getBytes(StandardCharsets.US_ASCII);
    }
}
