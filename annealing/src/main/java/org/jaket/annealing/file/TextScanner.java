package org.jaket.annealing.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Rows of words and numbers, for the text formats here and for instances of problems. Read byte by
 * byte: no line is kept, and no number becomes a string unless it has more digits than a double.
 * Errors tell line and column. Not thread-safe.
 */
public final class TextScanner {
    /** The longest word. The longest double written out has some 770 digits; nobody writes them. */
    public static final int MAX_WORD = 512;

    /** As much of a comment is kept. */
    public static final int MAX_COMMENT = 4096;

    private static final double[] POWERS = new double[23];

    static {
        double power = 1;
        for (int k = 0; k < POWERS.length; k++) {
            POWERS[k] = power;
            power *= 10;
        }
    }

    private final String source;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    /** Where the buffer, and the line, begin in the file. */
    private long base;

    private long lineStart;
    private long line = 1;

    private final byte[] word = new byte[MAX_WORD];
    private int length;
    private long wordStart;

    /**
     * A scanner at the beginning of a text.
     *
     * @param source what errors call it
     * @param in the text, in ASCII or UTF-8
     */
    public TextScanner(String source, InputStream in) {
        this.source = source;
        this.in = in;
    }

    private int peek() throws IOException {
        return at < end || fill() ? buffer[at] : -1;
    }

    private boolean fill() throws IOException {
        base += end;
        at = 0;
        end = 0;
        int read = in.readNBytes(buffer, 0, buffer.length);
        end = read;
        return read > 0;
    }

    /** How many bytes were read so far. */
    public long position() {
        return base + at;
    }

    // ---- rows -----------------------------------------------------------------------------

    /**
     * Goes to the next row that has something in it.
     *
     * @param comment what rows begin with that are comments, or 0
     * @param comments is told them, without that character
     * @return false at the end of the text
     */
    public boolean nextRow(char comment, @Nullable Consumer<String> comments) throws IOException {
        while (true) {
            skipBlanks();
            wordStart = position();
            int c = peek();
            if (c == -1 && at == end) {
                return false;
            }
            if (c == '\n') {
                at++;
                line++;
                lineStart = position();
            } else if (comment != 0 && c == comment) {
                at++;
                String text = rest();
                if (comments != null) {
                    comments.accept(text);
                }
            } else {
                return true;
            }
        }
    }

    /** Whether the row goes on. */
    public boolean hasMore() throws IOException {
        skipBlanks();
        wordStart = position();
        int c = peek();
        return c != '\n' && !(c == -1 && at == end);
    }

    /** Makes sure that the row is over. */
    public void endRow() throws IOException {
        if (hasMore()) {
            String extra = word("a word");
            throw error("the line should end before \"" + ModelFileException.shown(extra) + "\"");
        }
    }

    /** What is left of the row, at most {@value #MAX_COMMENT} bytes of it, without outer blanks. */
    public String rest() throws IOException {
        byte[] text = new byte[80];
        int size = 0;
        for (int c = peek(); c != '\n' && !(c == -1 && at == end); c = peek()) {
            at++;
            if (size < MAX_COMMENT) {
                if (size == text.length) {
                    text = Arrays.copyOf(text, 2 * size);
                }
                text[size++] = (byte) c;
            }
        }
        return new String(text, 0, size, StandardCharsets.UTF_8).strip();
    }

    private void skipBlanks() throws IOException {
        while (true) {
            while (at < end && isBlank(buffer[at])) {
                at++;
            }
            if (at < end || !fill()) {
                return;
            }
        }
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f';
    }

    // ---- words and numbers ----------------------------------------------------------------

    /**
     * The next word of the row.
     *
     * @param what what is expected, for the error when the row is over
     */
    public String word(String what) throws IOException {
        take(what);
        return new String(word, 0, length, StandardCharsets.UTF_8);
    }

    private void take(String what) throws IOException {
        if (!hasMore()) {
            throw error("the line ends where " + what + " should be");
        }
        length = 0;
        while (at < end || fill()) {
            byte c = buffer[at];
            if (isBlank(c) || c == '\n') {
                break;
            }
            if (length == MAX_WORD) {
                throw error(
                        "a word of more than %d characters where %s should be"
                                .formatted(MAX_WORD, what));
            }
            word[length++] = c;
            at++;
        }
    }

    /**
     * The next word as an integer.
     *
     * @param what what it is, for errors
     * @param least the smallest that is allowed
     * @param most the largest
     */
    public int integer(String what, int least, int most) throws IOException {
        take(what);
        long value = 0;
        int from = word[0] == '-' || word[0] == '+' ? 1 : 0;
        boolean good = length > from;
        for (int k = from; k < length && good; k++) {
            int digit = word[k] - '0';
            good = digit >= 0 && digit <= 9;
            value = Math.min(10 * value + digit, 1L << 50);
        }
        if (!good) {
            throw error(what + " should be an integer, not \"" + shownWord() + "\"");
        }
        value = word[0] == '-' ? -value : value;
        if (value < least || value > most) {
            throw error(
                    "%s should be at least %d and at most %d, not %s"
                            .formatted(what, least, most, shownWord()));
        }
        return (int) value;
    }

    /**
     * The next word as a finite number, in decimal notation.
     *
     * @param what what it is, for errors
     */
    public double number(String what) throws IOException {
        take(what);
        int k = word[0] == '-' || word[0] == '+' ? 1 : 0;
        long digits = 0;
        int count = 0;
        int significant = 0;
        int exponent = 0;
        boolean point = false;
        for (; k < length; k++) {
            int digit = word[k] - '0';
            if (word[k] == '.' && !point) {
                point = true;
                continue;
            }
            if (digit < 0 || digit > 9) {
                break;
            }
            count++;
            exponent -= point ? 1 : 0;
            if (digit != 0 || significant > 0) {
                significant++;
                digits = significant <= 18 ? 10 * digits + digit : digits;
            }
        }
        boolean good = count > 0;
        if (good && k < length && (word[k] == 'e' || word[k] == 'E')) {
            k++;
            boolean minus = k < length && word[k] == '-';
            k += k < length && (word[k] == '-' || word[k] == '+') ? 1 : 0;
            good = k < length;
            int power = 0;
            for (; k < length && word[k] >= '0' && word[k] <= '9'; k++) {
                power = Math.min(10 * power + word[k] - '0', 1 << 20);
            }
            exponent += minus ? -power : power;
        }
        if (!good || k < length) {
            throw error(what + " should be a finite number, not \"" + shownWord() + "\"");
        }
        double value;
        if (significant <= 18 && digits <= 1L << 53 && Math.abs(exponent) <= 22) {
            // Both are exact, so the one division or multiplication rounds as it should.
            value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            value = word[0] == '-' ? -value : value;
        } else {
            value = Double.parseDouble(new String(word, 0, length, StandardCharsets.US_ASCII));
        }
        if (!Double.isFinite(value)) {
            throw error("%s is too large: %s".formatted(what, shownWord()));
        }
        return value;
    }

    private String shownWord() {
        return ModelFileException.shown(new String(word, 0, length, StandardCharsets.UTF_8));
    }

    /** An error at the word that was read last, or at the end of the row. */
    public ModelFileException error(String problem) {
        return ModelFileException.at(source, line, wordStart - lineStart + 1, problem);
    }
}
