package org.jaket.execution;

import java.util.HashMap;
import java.util.Map;

/**
 * The results of running a circuit: one bit string a shot, in order.
 *
 * @see BitLayout
 */
public final class Shots {
    private final BitLayout layout;
    private final long seed;
    private final int size;
    private final long[] words;

    /**
     * Results in memory.
     *
     * @param layout what the bits mean
     * @param seed the seed that gives them again
     * @param size how many shots
     * @param words shot after shot, {@code layout.words()} longs each, bit 0 lowest; not copied
     */
    public Shots(BitLayout layout, long seed, int size, long[] words) {
        if (words.length != (long) size * layout.words()) {
            throw new IllegalArgumentException(
                    size
                            + " shots of "
                            + layout.words()
                            + " words need "
                            + (long) size * layout.words()
                            + " words, got "
                            + words.length);
        }
        this.layout = layout;
        this.seed = seed;
        this.size = size;
        this.words = words;
    }

    /** What the bits mean. */
    public BitLayout layout() {
        return layout;
    }

    /** The seed that gives the same results again. */
    public long seed() {
        return seed;
    }

    /** How many shots there are. */
    public int size() {
        return size;
    }

    /** One bit of one shot. */
    public boolean bit(int shot, int bit) {
        return (words[shot * layout.words() + (bit >> 6)] >>> bit & 1) != 0;
    }

    /** One shot as people read it. */
    public String bits(int shot) {
        return layout.format(words, shot * layout.words());
    }

    /** The packed bits, shot after shot, {@code layout().words()} longs each; the live array. */
    public long[] words() {
        return words;
    }

    /** How often each bit string came. */
    public Counts counts() {
        return count(0, layout.width());
    }

    /** How often each value of one register came. */
    public Counts counts(String register) {
        BitLayout.Field field = layout.field(register);
        return count(field.first(), field.size());
    }

    private Counts count(int first, int width) {
        Map<String, Long> counts = new HashMap<>();
        int perShot = layout.words();
        if (width <= 64) {
            // Count numbers and format each distinct one once: millions of shots make few strings.
            Map<Long, Integer> example = new HashMap<>();
            Map<Long, Long> byValue = new HashMap<>();
            for (int s = 0; s < size; s++) {
                long value = read(s * perShot, first, width);
                byValue.merge(value, 1L, Long::sum);
                example.putIfAbsent(value, s);
            }
            byValue.forEach(
                    (value, n) -> {
                        int shot = example.getOrDefault(value, 0);
                        counts.put(layout.format(words, shot * perShot, first, width), n);
                    });
        } else {
            for (int s = 0; s < size; s++) {
                counts.merge(layout.format(words, s * perShot, first, width), 1L, Long::sum);
            }
        }
        return new Counts(counts, seed);
    }

    private long read(int offset, int first, int width) {
        if (width == 0) {
            return 0;
        }
        int word = offset + (first >> 6);
        int shift = first & 63;
        long low = words[word] >>> shift;
        if (shift + width > 64) {
            low |= words[word + 1] << 64 - shift;
        }
        return width == 64 ? low : low & (1L << width) - 1;
    }

    /** The first shots and how many there are. */
    @Override
    public String toString() {
        var text =
                new StringBuilder()
                        .append(size)
                        .append(" shots of ")
                        .append(layout.width())
                        .append(" bits:");
        for (int s = 0; s < Math.min(size, 5); s++) {
            text.append(' ').append(bits(s));
        }
        return text.append(size > 5 ? " ..." : "").toString();
    }
}
