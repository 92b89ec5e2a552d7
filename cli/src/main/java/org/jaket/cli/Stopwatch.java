package org.jaket.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Seconds between named points of the program. */
final class Stopwatch {
    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** Ends a part and starts the next one. */
    void lap(String name) {
        long now = System.nanoTime();
        laps.put(name, (now - last) * 1e-9);
        last = now;
    }

    Map<String, Double> laps() {
        return laps;
    }

    @Override
    public String toString() {
        return laps.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.6f", e.getKey(), e.getValue()))
                .collect(Collectors.joining("  "));
    }
}
