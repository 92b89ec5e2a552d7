package org.jaket.circuit.stim;

import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lexical level that circuits and detector error models share: names, tags, arguments, numbers,
 * line ends. It works on bytes, since almost every byte of these texts is ASCII and files are
 * large.
 */
final class StimScanner {
    private static final int END = -1;
    private static final double[] POWERS_OF_TEN = new double[23];
    private static final List<Double> NO_ARGUMENTS = List.of();

    static {
        double power = 1;
        for (int k = 0; k < POWERS_OF_TEN.length; k++) {
            POWERS_OF_TEN[k] = power;
            power *= 10;
        }
    }

    private final String source;
    private final byte[] text;
    private int at;

    StimScanner(String source, byte[] text) {
        this.source = source;
        this.text = text;
    }

    int position() {
        return at;
    }

    /** The byte at the cursor, -1 at the end. */
    int peek() {
        return at < text.length ? text[at] & 0xFF : END;
    }

    void advance() {
        at++;
    }

    boolean atEnd() {
        return at >= text.length;
    }

    ParseException error(int position, String problem, @Nullable String hint) {
        int bounded = Math.min(position, text.length);
        int offset = new String(text, 0, bounded, StandardCharsets.UTF_8).length();
        return ParseException.at(
                source, new String(text, StandardCharsets.UTF_8), offset, problem, hint);
    }

    /** Skips white space, line ends and comments. */
    void skipBetweenInstructions() {
        while (at < text.length) {
            int c = text[at];
            if (c == '#') {
                skipComment();
            } else if (c == ' ' || c >= 9 && c <= 13) {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        while (at < text.length && text[at] != '\n') {
            at++;
        }
    }

    void skipBlanks() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
    }

    /** A name in upper case; empty when there is none at the cursor. */
    String name() {
        int start = at;
        while (at < text.length && isNameByte(text[at])) {
            at++;
        }
        byte[] upper = Arrays.copyOfRange(text, start, at);
        for (int k = 0; k < upper.length; k++) {
            if (upper[k] >= 'a' && upper[k] <= 'z') {
                upper[k] = (byte) (upper[k] - 'a' + 'A');
            }
        }
        return new String(upper, StandardCharsets.ISO_8859_1);
    }

    /** Takes a name, in any case, if it is what stands at the cursor. */
    boolean acceptName(String wanted) {
        int start = at;
        if (name().equals(wanted)) {
            return true;
        }
        at = start;
        return false;
    }

    private static boolean isNameByte(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }

    /** A tag in brackets, unescaped; empty when there is none at the cursor. */
    String tag() {
        if (peek() != '[') {
            return "";
        }
        int open = at++;
        int start = at;
        boolean escaped = false;
        while (true) {
            int c = peek();
            if (c == ']') {
                break;
            }
            if (c == END || c == '\n' || c == '\r') {
                throw error(
                        open,
                        "the tag is not closed before the end of the line",
                        "In tags write \\n for a line feed, \\r for a carriage return, \\C for ] and \\B for a backslash.");
            }
            if (c == '\\') {
                escaped = true;
                at++;
                if (peek() != 'n' && peek() != 'r' && peek() != 'B' && peek() != 'C') {
                    throw error(
                            at - 1,
                            "unknown escape sequence in a tag",
                            "Known ones are \\n, \\r, \\B and \\C.");
                }
            }
            at++;
        }
        String tag = new String(text, start, at - start, StandardCharsets.UTF_8);
        at++;
        return escaped ? unescaped(tag) : tag;
    }

    private static String unescaped(String tag) {
        var plain = new StringBuilder(tag.length());
        for (int k = 0; k < tag.length(); k++) {
            char c = tag.charAt(k);
            if (c == '\\') {
                k++;
                c =
                        switch (tag.charAt(k)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 'C' -> ']';
                            default -> '\\';
                        };
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /** Numbers in parentheses; none when there is no parenthesis at the cursor. */
    List<Double> arguments() {
        if (peek() != '(') {
            return NO_ARGUMENTS;
        }
        int open = at++;
        List<Double> arguments = new ArrayList<>(4);
        do {
            skipBlanks();
            arguments.add(number());
            skipBlanks();
        } while (accept(','));
        if (!accept(')')) {
            throw error(
                    at,
                    "expected , or ) after an argument",
                    at == text.length ? "The ( is at byte " + open + "." : null);
        }
        return arguments;
    }

    boolean accept(int c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private double number() {
        int start = at;
        long mantissa = 0;
        int digits = 0;
        int decimals = 0;
        boolean point = false;
        boolean plain = true;
        while (at < text.length) {
            int c = text[at];
            if (c >= '0' && c <= '9') {
                mantissa = mantissa * 10 + (c - '0');
                digits++;
                decimals += point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else if (c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-') {
                plain = false;
            } else {
                break;
            }
            at++;
        }
        if (plain && digits > 0 && digits <= 15) {
            // Both numbers are exact, so the quotient is the nearest double (Clinger's fast path).
            return mantissa / POWERS_OF_TEN[decimals];
        }
        String token = new String(text, start, at - start, StandardCharsets.ISO_8859_1);
        try {
            double value = Double.parseDouble(token);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw error(
                start,
                token.isEmpty() ? "expected a number" : "\"" + token + "\" is not a finite number",
                null);
    }

    /** A decimal whole number below {@code limit}. */
    long whole(long limit, String what) {
        int start = at;
        long value = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + (text[at] - '0');
            if (value >= limit || value < 0) {
                throw error(start, what + " is too large: it must be less than " + limit, null);
            }
            at++;
        }
        if (at == start) {
            throw error(at, "expected " + what, null);
        }
        return value;
    }

    /**
     * Moves to the next target of the line.
     *
     * @param needsBlank whether something must separate it from what came before
     * @return false at the end of the line, before an opening brace, or at the end of the text
     */
    boolean nextOnLine(boolean needsBlank) {
        int c = peek();
        if (needsBlank
                && c != ' '
                && c != '\t'
                && c != '\r'
                && c != '\n'
                && c != '#'
                && c != '{'
                && c != END) {
            throw error(at, "targets must be separated by blanks", null);
        }
        while (c == ' ' || c == '\t' || c == '\r') {
            at++;
            c = peek();
        }
        if (c == '#') {
            skipComment();
            c = peek();
        }
        return c != '\n' && c != '{' && c != END;
    }

    /** Takes a literal or says what was expected. */
    void expect(String literal) {
        int start = at;
        for (int k = 0; k < literal.length(); k++) {
            if (peek() != literal.charAt(k)) {
                throw error(start, "expected " + literal, null);
            }
            at++;
        }
    }
}
