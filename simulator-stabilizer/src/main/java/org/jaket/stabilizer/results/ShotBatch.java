package org.jaket.stabilizer.results;

import java.util.Arrays;

/**
 * The bits of a batch of shots, one row of 64-bit words per shot.
 *
 * <p>Bit {@code k} of shot {@code s} is bit {@code k & 63} of {@code words()[s * stride() + (k >>
 * 6)]}. Bits past the last one are zero. A batch is a reusable buffer: producers fill it, consumers
 * read it before they return.
 */
public final class ShotBatch {
    private final int bits;
    private final int capacity;
    private final int stride;
    private final long[] words;
    private int shots;
    private long firstShot;

    /**
     * Creates an empty batch.
     *
     * @param bits bits per shot
     * @param capacity the most shots it can hold
     * @throws IllegalArgumentException if the table would not fit one array
     */
    public ShotBatch(int bits, int capacity) {
        if (bits < 0 || capacity < 0) {
            throw new IllegalArgumentException(
                    "A batch of %d shots of %d bits.".formatted(capacity, bits));
        }
        this.bits = bits;
        this.capacity = capacity;
        this.stride = paddedStride(bits);
        long size = (long) stride * capacity;
        if (size > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(
                    "A batch of %d shots of %d bits is too large for one table. Maybe use smaller batches?"
                            .formatted(capacity, bits));
        }
        this.words = new long[(int) size];
    }

    /**
     * Words per row: whole groups of eight, and an odd number of groups once rows are long, so that
     * a column of words does not fall into few cache sets.
     */
    private static int paddedStride(int bits) {
        int words = Math.max(1, (bits + 63) >>> 6);
        if (words <= 8) {
            return words;
        }
        int groups = (words + 7) >>> 3;
        return (groups | 1) << 3;
    }

    /** Returns the number of bits per shot. */
    public int bits() {
        return bits;
    }

    /** Returns the most shots the batch can hold. */
    public int capacity() {
        return capacity;
    }

    /** Returns the number of shots it holds now. */
    public int shots() {
        return shots;
    }

    /** Returns the number of the first shot held, counted from the start of the whole run. */
    public long firstShot() {
        return firstShot;
    }

    /** Returns the words from one shot's row to the next one's. */
    public int stride() {
        return stride;
    }

    /** Returns the table itself, not a copy. */
    public long[] words() {
        return words;
    }

    /** Declares which shots the table holds. */
    public void setShots(long firstShot, int shots) {
        if (shots < 0 || shots > capacity) {
            throw new IllegalArgumentException(
                    "%d shots in a batch of capacity %d.".formatted(shots, capacity));
        }
        this.firstShot = firstShot;
        this.shots = shots;
    }

    /** Returns a bit of a shot. */
    public boolean get(int shot, int bit) {
        return (words[index(shot, bit)] >>> bit & 1) != 0;
    }

    /** Sets a bit of a shot. */
    public void set(int shot, int bit, boolean value) {
        long mask = 1L << bit;
        int at = index(shot, bit);
        words[at] = value ? words[at] | mask : words[at] & ~mask;
    }

    private int index(int shot, int bit) {
        if (shot < 0 || shot >= capacity || bit < 0 || bit >= bits) {
            throw new IndexOutOfBoundsException(
                    "Bit %d of shot %d in a batch of %d shots of %d bits."
                            .formatted(bit, shot, capacity, bits));
        }
        return shot * stride + (bit >>> 6);
    }

    /** Sets all bits to zero and the number of shots to none. */
    public void clear() {
        Arrays.fill(words, 0);
        shots = 0;
    }

    /** Returns some bits of every shot as a batch of their own. */
    public ShotBatch slice(int from, int count) {
        if (from < 0 || count < 0 || from + count > bits) {
            throw new IndexOutOfBoundsException(
                    "Bits %d to %d of %d.".formatted(from, from + count - 1, bits));
        }
        ShotBatch part = new ShotBatch(count, shots);
        part.setShots(firstShot, shots);
        for (int shot = 0; shot < shots; shot++) {
            copy(shot, from, count, part.words, shot * part.stride);
        }
        return part;
    }

    /** Copies some bits of a shot to the start of words elsewhere; bits past the last are zero. */
    void copy(int shot, int from, int count, long[] target, int at) {
        int first = shot * stride + (from >>> 6);
        int whole = (count + 63) >>> 6;
        int shift = from & 63;
        if (shift == 0) {
            System.arraycopy(words, first, target, at, whole);
        } else {
            int end = shot * stride + ((from + count + 63) >>> 6);
            for (int w = 0; w < whole; w++) {
                long next = first + w + 1 < end ? words[first + w + 1] << 64 - shift : 0;
                target[at + w] = words[first + w] >>> shift | next;
            }
        }
        if ((count & 63) != 0) {
            target[at + whole - 1] &= (1L << count) - 1;
        }
    }

    /** Returns a batch whose shots start with bit {@code from} and end with the bits before it. */
    public ShotBatch rotated(int from) {
        ShotBatch rotated = new ShotBatch(bits, shots);
        rotated.setShots(firstShot, shots);
        ShotBatch head = slice(from, bits - from);
        ShotBatch tail = slice(0, from);
        int shift = head.bits & 63;
        for (int shot = 0; shot < shots; shot++) {
            int to = shot * rotated.stride;
            System.arraycopy(
                    head.words, shot * head.stride, rotated.words, to, (head.bits + 63) >>> 6);
            to += head.bits >>> 6;
            int end = (shot + 1) * rotated.stride;
            for (int w = 0; w << 6 < from; w++, to++) {
                long word = tail.words[shot * tail.stride + w];
                rotated.words[to] |= word << shift;
                if (shift != 0 && to + 1 < end) {
                    rotated.words[to + 1] = word >>> 64 - shift;
                }
            }
        }
        return rotated;
    }

    /** Returns the number of ones in a shot. */
    public int ones(int shot) {
        int count = 0;
        for (int i = shot * stride, end = i + ((bits + 63) >>> 6); i < end; i++) {
            count += Long.bitCount(words[i]);
        }
        return count;
    }
}
