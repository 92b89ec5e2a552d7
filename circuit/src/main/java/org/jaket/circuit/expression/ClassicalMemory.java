package org.jaket.circuit.expression;

import java.util.Arrays;

/**
 * The classical state of one running circuit: the bits of its registers and the measurement record.
 *
 * <p>Engines own one for each shot they follow; expressions read it and assignments write it. Not
 * thread-safe.
 */
public final class ClassicalMemory {
    private final int bits;
    private final long[] words;
    private long[] record = new long[1];
    private long recorded;

    /** All bits zero, an empty record. */
    public ClassicalMemory(int bits) {
        this.bits = bits;
        this.words = new long[(bits + 63) >> 6];
    }

    private ClassicalMemory(ClassicalMemory other) {
        bits = other.bits;
        words = other.words.clone();
        record = other.record.clone();
        recorded = other.recorded;
    }

    /** An independent copy. */
    public ClassicalMemory copy() {
        return new ClassicalMemory(this);
    }

    /** Back to all zero and an empty record. */
    public void clear() {
        Arrays.fill(words, 0);
        Arrays.fill(record, 0);
        recorded = 0;
    }

    /** How many register bits there are. */
    public int bits() {
        return bits;
    }

    /** One register bit. */
    public boolean bit(int index) {
        return (words[index >> 6] >>> index & 1) != 0;
    }

    /** Sets one register bit. */
    public void set(int index, boolean value) {
        long mask = 1L << index;
        words[index >> 6] = value ? words[index >> 6] | mask : words[index >> 6] & ~mask;
    }

    /** Up to 64 consecutive bits, bit {@code first} least significant. */
    public long read(int first, int width) {
        int word = first >> 6;
        int shift = first & 63;
        long low = words[word] >>> shift;
        if (shift + width > 64) {
            low |= words[word + 1] << 64 - shift;
        }
        return width == 64 ? low : low & (1L << width) - 1;
    }

    /** Writes up to 64 consecutive bits. */
    public void write(int first, int width, long value) {
        for (int k = 0; k < width; k++) {
            set(first + k, (value >>> k & 1) != 0);
        }
    }

    /** Appends a measurement result to the record. */
    public void record(boolean result) {
        int word = Math.toIntExact(recorded >> 6);
        if (word == record.length) {
            record = Arrays.copyOf(record, word * 2);
        }
        if (result) {
            record[word] |= 1L << recorded;
        }
        recorded++;
    }

    /** How many results the record holds. */
    public long recorded() {
        return recorded;
    }

    /** The result at an absolute position of the record. */
    public boolean recordedAt(long index) {
        return (record[(int) (index >> 6)] >>> index & 1) != 0;
    }

    /**
     * The result {@code lookback} (at least 1) before the end of the record.
     *
     * @throws IllegalStateException if the record is shorter
     */
    public boolean lookback(int lookback) {
        if (lookback > recorded) {
            throw new IllegalStateException(
                    "rec[-"
                            + lookback
                            + "] looks back past the start of the record ("
                            + recorded
                            + " results so far)");
        }
        return recordedAt(recorded - lookback);
    }

    /** The register bits as words, bit 0 lowest; the live array, not a copy. */
    public long[] words() {
        return words;
    }
}
