package org.jaket.circuit;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/**
 * Text that is not a circuit: where it is wrong, and what might be meant. The message shows the
 * source, line and column, the offending line with a caret, and the hint where there is one.
 */
public final class ParseException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 160;

    private final String source;
    private final int line;
    private final int column;

    private ParseException(String source, int line, int column, String message) {
        super(message);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    /**
     * An error at a position of a text.
     *
     * @param source the name of the file, or what stands for it
     * @param text the whole text
     * @param offset where in the text, 0 to its length
     * @param problem what is wrong
     * @param hint what might be meant, or null
     */
    public static ParseException at(
            String source, CharSequence text, int offset, String problem, @Nullable String hint) {
        int line = 1;
        int start = 0;
        int bounded = Math.min(Math.max(offset, 0), text.length());
        for (int k = 0; k < bounded; k++) {
            if (text.charAt(k) == '\n') {
                line++;
                start = k + 1;
            }
        }
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        int column = bounded - start;
        return new ParseException(
                source,
                line,
                column + 1,
                message(source, line, column, text.subSequence(start, end), problem, hint));
    }

    /**
     * A hint that names the known word closest to an unknown one, or null when none is close.
     *
     * @param unknown the word that was found
     * @param known the words that there are
     */
    public static @Nullable String hint(String unknown, Collection<String> known) {
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

    private static String message(
            String source,
            int line,
            int column,
            CharSequence whole,
            String problem,
            @Nullable String hint) {
        // Very long lines are shown as a window around the error.
        int from = Math.max(0, Math.min(column - MAX_SHOWN / 2, whole.length() - MAX_SHOWN));
        int to = Math.min(whole.length(), from + MAX_SHOWN);
        var shown = new StringBuilder();
        var caret = new StringBuilder();
        for (int k = from; k < to; k++) {
            char c = whole.charAt(k);
            shown.append(c == '\t' || !Character.isISOControl(c) ? c : '?');
            if (k < column) {
                caret.append(c == '\t' ? '\t' : ' ');
            }
        }
        return source
                + ":"
                + line
                + ":"
                + (column + 1)
                + ": "
                + problem
                + "\n  "
                + shown
                + "\n  "
                + caret
                + "^"
                + (hint == null ? "" : "\n" + hint);
    }

    /** The name of the file, or what stands for it. */
    public String source() {
        return source;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The column, from 1. */
    public int column() {
        return column;
    }
}
