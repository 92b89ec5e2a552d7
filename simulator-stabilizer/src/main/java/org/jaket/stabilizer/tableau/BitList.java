package org.jaket.stabilizer.tableau;

import java.util.Arrays;

/** A growing list of bits, packed 64 a word. */
final class BitList {
    private long[] words = new long[16];
    private long size;

    long size() {
        return size;
    }

    boolean get(long index) {
        return (words[(int) (index >> 6)] >>> index & 1) != 0;
    }

    void add(boolean bit) {
        reserve(1);
        if (bit) {
            words[(int) (size >> 6)] |= 1L << size;
        }
        size++;
    }

    private void reserve(long more) {
        long needed = (size + more + 63) >> 6;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "More than 2^37 measurement results are too many to hold.");
        }
        if (needed > words.length) {
            long doubled = Math.min(Integer.MAX_VALUE - 8L, 2L * words.length);
            words = Arrays.copyOf(words, (int) Math.max(needed, doubled));
        }
    }

    /** Appends the last {@code period} bits {@code times} times. */
    void repeatTail(long period, long times) {
        if (period == 0) {
            return;
        }
        long more = Math.multiplyExact(period, times);
        reserve(more);
        long distance = period;
        long appended = 0;
        while (appended < more) {
            // What was appended is itself periodic, so longer distances soon allow whole words.
            if (appended + period >= 2 * distance) {
                distance *= 2;
            }
            int chunk = (int) Math.min(64, Math.min(distance, more - appended));
            put(read(size - distance, chunk), chunk);
            appended += chunk;
        }
    }

    private long read(long from, int count) {
        int word = (int) (from >> 6);
        int shift = (int) from & 63;
        long value = words[word] >>> shift;
        if (shift + count > 64) {
            value |= words[word + 1] << 64 - shift;
        }
        return count == 64 ? value : value & (1L << count) - 1;
    }

    private void put(long value, int count) {
        int word = (int) (size >> 6);
        int shift = (int) size & 63;
        words[word] |= value << shift;
        if (shift + count > 64) {
            words[word + 1] |= value >>> 64 - shift;
        }
        size += count;
    }

    /** Whether the bits at two places and the {@code count - 1} before each are the same. */
    boolean sameBefore(long a, long b, long count) {
        if (a < count || b < count) {
            return false;
        }
        for (long k = 1; k <= count; k++) {
            if (get(a - k) != get(b - k)) {
                return false;
            }
        }
        return true;
    }

    /** The bits as words, at least one. */
    long[] toWords() {
        return Arrays.copyOf(words, (int) Math.max(1, (size + 63) >> 6));
    }
}
