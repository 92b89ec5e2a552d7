package org.jaket.stabilizer.diagram;

/**
 * The moments of a circuit that are drawn: 0 is its start, 1 its first TICK.
 *
 * @param first the first one
 * @param count how many, at least 1; may go past the end
 */
public record TickRange(long first, long count) {
    /** Everything. */
    public static final TickRange ALL = new TickRange(0, Long.MAX_VALUE);

    /** Checks the numbers. */
    public TickRange {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException(
                    "Ticks start at 0 and there is at least one: not %d from %d."
                            .formatted(count, first));
        }
    }

    /**
     * Reads {@code a} or {@code a:b}, b excluded.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static TickRange parse(String text) {
        if (text.matches("\\+?\\d{1,18}")) {
            return new TickRange(Long.parseLong(text), 1);
        }
        if (!text.matches("\\+?\\d{1,18}:\\+?\\d{1,18}")) {
            throw new IllegalArgumentException(
                    "'%s' is not a tick such as 5 or a range such as 5:10.".formatted(text));
        }
        int colon = text.indexOf(':');
        long from = Long.parseLong(text, 0, colon, 10);
        long to = Long.parseLong(text, colon + 1, text.length(), 10);
        if (to <= from) {
            throw new IllegalArgumentException("The range of ticks %s is empty.".formatted(text));
        }
        return new TickRange(from, to - from);
    }

    boolean has(long tick) {
        return tick >= first && tick - first < count;
    }
}
