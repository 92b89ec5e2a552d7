package org.jaket.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The exact distribution of a circuit's results.
 *
 * @param probabilities by bit string, as people read it; strings of probability zero are absent
 * @param lost probability that was not followed: branches too improbable to count
 */
public record Distribution(Map<String, Double> probabilities, double lost) {
    /** Copies the map. */
    public Distribution {
        probabilities = Map.copyOf(probabilities);
    }

    /** The probability of one bit string. */
    public double get(String bits) {
        return probabilities.getOrDefault(bits, 0.0);
    }

    /** The entries, most probable first, equals by bit string. */
    public List<Map.Entry<String, Double>> sorted() {
        return probabilities.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
