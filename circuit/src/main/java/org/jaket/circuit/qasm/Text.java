package org.jaket.circuit.qasm;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/** Words in messages. */
final class Text {
    private Text() {}

    /** A text cut to a length that fits a message. */
    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }

    /** A hint that names the known word closest to an unknown one, or null when none is close. */
    static @Nullable String suggestion(String unknown, Collection<String> known) {
        String best = null;
        int bestDistance = unknown.length() <= 3 ? 2 : 3;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - unknown.length()) >= bestDistance
                    || candidate.equals(unknown)) {
                continue;
            }
            int distance = distance(unknown, candidate);
            if (distance < bestDistance
                    || distance == bestDistance && best != null && candidate.compareTo(best) < 0) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best == null ? null : "Maybe " + best + " is meant.";
    }

    /** The edit distance of two words. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
