package org.jaket.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often each bit string came.
 *
 * @param counts by bit string
 * @param seed the seed that gives the same counts again
 */
public record Counts(Map<String, Long> counts, long seed) {
    private static final int BAR = 40;

    /** Copies the map. */
    public Counts {
        counts = Map.copyOf(counts);
    }

    /** How often the bit string came. */
    public long get(String bits) {
        return counts.getOrDefault(bits, 0L);
    }

    /** How many shots were counted. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The share of shots with this bit string. */
    public double frequency(String bits) {
        return (double) get(bits) / total();
    }

    /** The entries, most frequent first, equals by bit string. */
    public List<Map.Entry<String, Long>> sorted() {
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** A bar chart in text, most frequent first, all entries. */
    public String histogram() {
        return histogram(Integer.MAX_VALUE);
    }

    /**
     * A bar chart in text, most frequent first; what comes after {@code most} entries is one line.
     */
    public String histogram(int most) {
        long total = total();
        List<Map.Entry<String, Long>> entries = sorted();
        long top = entries.isEmpty() ? 1 : entries.getFirst().getValue();
        int digits = String.valueOf(top).length();
        var text = new StringBuilder();
        long shown = 0;
        for (var entry : entries.subList(0, Math.min(most, entries.size()))) {
            long n = entry.getValue();
            shown += n;
            String bar = "█".repeat((int) Math.max(1, Math.round((double) n / top * BAR)));
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s  %" + digits + "d  %5.1f%%  %s%n",
                            entry.getKey().isEmpty() ? "(no bits)" : entry.getKey(),
                            n,
                            100.0 * n / total,
                            bar));
        }
        if (entries.size() > most) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "and %d more bit strings with %d shots%n",
                            entries.size() - most,
                            total - shown));
        }
        return text.toString();
    }
}
