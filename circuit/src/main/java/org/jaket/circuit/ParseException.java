package org.jaket.circuit;

import org.jspecify.annotations.Nullable;

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
