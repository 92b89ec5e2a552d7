package org.jaket.annealing.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;

/** Takes an LP file apart, token by token, with two tokens in sight; comments are told apart. */
final class LpTokens {
    /** What a token is. */
    enum Kind {
        NAME,
        NUMBER,
        PLUS,
        MINUS,
        TIMES,
        POWER,
        DIVIDED,
        COLON,
        OPEN,
        CLOSE,
        AT_MOST,
        AT_LEAST,
        EQUAL,
        END_OF_FILE;

        boolean isSense() {
            return this == AT_MOST || this == AT_LEAST || this == EQUAL;
        }

        boolean isSign() {
            return this == PLUS || this == MINUS;
        }
    }

    /**
     * A token.
     *
     * @param text what stands there
     * @param value of a number
     * @param first whether it is the first of its line
     */
    record Token(Kind kind, String text, double value, long line, long column, boolean first) {
        boolean is(Kind other) {
            return kind == other;
        }
    }

    /** What a label may take in a comment. */
    static final int MAX_COMMENT = 1 << 16;

    private static final String SYMBOLS = "!\"#$%&(),;?@_'`{}~";

    private final String source;
    private final InputStream in;
    private final Consumer<String> comments;
    private final Deque<Token> ahead = new ArrayDeque<>();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long line = 1;
    private long column = 1;
    private boolean first = true;

    LpTokens(String source, InputStream in, Consumer<String> comments) {
        this.source = source;
        this.in = in;
        this.comments = comments;
    }

    /** The next token, which stays. */
    Token peek() throws IOException {
        if (ahead.isEmpty()) {
            ahead.add(scan());
        }
        return ahead.getFirst();
    }

    /** The token after the next, which stays. */
    Token peekSecond() throws IOException {
        Token next = peek();
        if (ahead.size() == 1) {
            ahead.add(scan());
        }
        return next.is(Kind.END_OF_FILE) ? next : ahead.getLast();
    }

    Token next() throws IOException {
        Token next = peek();
        return next.is(Kind.END_OF_FILE) ? next : ahead.removeFirst();
    }

    ModelFileException error(Token token, String problem) {
        return ModelFileException.at(source, token.line, token.column, problem);
    }

    /** A token as messages show it. */
    static String shown(Token token) {
        return token.is(Kind.END_OF_FILE)
                ? "the end of the file"
                : "\"" + ModelFileException.shown(token.text) + "\"";
    }

    // ---- characters -----------------------------------------------------------------------

    /** The character so far ahead (at most 2), or -1. */
    private int look(int distance) throws IOException {
        if (at + distance >= end) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
            end += in.readNBytes(buffer, end, buffer.length - end);
        }
        return at + distance < end ? buffer[at + distance] & 0xff : -1;
    }

    private void step() {
        at++;
        column++;
    }

    private Token scan() throws IOException {
        while (true) {
            int c = look(0);
            if (c == '\n') {
                step();
                line++;
                column = 1;
                first = true;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
                step();
            } else if (c == '\\') {
                comment();
            } else {
                break;
            }
        }
        boolean wasFirst = first;
        first = false;
        int c = look(0);
        long from = column;
        if (c == -1) {
            return new Token(Kind.END_OF_FILE, "", 0, line, from, wasFirst);
        } else if (isDigit(c) || c == '.' && isDigit(look(1))) {
            return number(wasFirst);
        } else if (isName(c) && c != '.') {
            String name = word();
            return new Token(Kind.NAME, name, 0, line, from, wasFirst);
        }
        step();
        Kind kind =
                switch (c) {
                    case '+' -> Kind.PLUS;
                    case '-' -> Kind.MINUS;
                    case '*' -> Kind.TIMES;
                    case '^' -> Kind.POWER;
                    case '/' -> Kind.DIVIDED;
                    case ':' -> Kind.COLON;
                    case '[' -> Kind.OPEN;
                    case ']' -> Kind.CLOSE;
                    case '<', '>', '=' -> sense(c);
                    default ->
                            throw ModelFileException.at(
                                    source,
                                    line,
                                    from,
                                    "an LP file cannot have %s here"
                                            .formatted(
                                                    c > ' ' && c < 127
                                                            ? "\"" + (char) c + "\""
                                                            : "the byte " + c));
                };
        return new Token(kind, String.valueOf((char) c), 0, line, from, wasFirst);
    }

    /** Also =&lt;, =&gt; and ==. */
    private Kind sense(int c) throws IOException {
        int second = look(0);
        if (c == '=') {
            if (second == '<' || second == '>' || second == '=') {
                step();
                c = second;
            }
        } else if (second == '=') {
            step();
        }
        return c == '<' ? Kind.AT_MOST : c == '>' ? Kind.AT_LEAST : Kind.EQUAL;
    }

    private void comment() throws IOException {
        step();
        byte[] text = new byte[80];
        int size = 0;
        for (int c = look(0); c != '\n' && c != -1; c = look(0)) {
            if (size == text.length && size < MAX_COMMENT) {
                text = Arrays.copyOf(text, 2 * size);
            }
            if (size < text.length) {
                text[size++] = (byte) c;
            }
            step();
        }
        comments.accept(new String(text, 0, size, StandardCharsets.UTF_8).strip());
    }

    private Token number(boolean wasFirst) throws IOException {
        long from = column;
        StringBuilder text = new StringBuilder();
        digits(text, from);
        if (look(0) == '.') {
            take(text, from);
            digits(text, from);
        }
        int sign = look(1) == '+' || look(1) == '-' ? 1 : 0;
        // An e without digits begins a name: 3 e is three times e.
        if ((look(0) == 'e' || look(0) == 'E') && isDigit(look(1 + sign))) {
            for (int k = 0; k <= sign; k++) {
                take(text, from);
            }
            digits(text, from);
        }
        double value = Double.parseDouble(text.toString());
        Token token = new Token(Kind.NUMBER, text.toString(), value, line, from, wasFirst);
        if (!Double.isFinite(value)) {
            throw error(token, "the number %s is too large".formatted(shown(token)));
        }
        return token;
    }

    private void digits(StringBuilder text, long from) throws IOException {
        while (isDigit(look(0))) {
            take(text, from);
        }
    }

    private void take(StringBuilder text, long from) throws IOException {
        text.append((char) look(0));
        step();
        if (text.length() > TextScanner.MAX_WORD) {
            throw ModelFileException.at(
                    source,
                    line,
                    from,
                    "a word of more than %d characters".formatted(TextScanner.MAX_WORD));
        }
    }

    private String word() throws IOException {
        long from = column;
        StringBuilder text = new StringBuilder();
        while (isName(look(0))) {
            take(text, from);
        }
        return text.toString();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isName(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || isDigit(c)
                || c == '.'
                || c > 0 && SYMBOLS.indexOf(c) >= 0;
    }

    /** Whether readers of LP files take a text for a name, and nothing else. */
    static boolean isName(String text) {
        boolean good =
                !text.isEmpty()
                        && text.length() <= 255
                        && text.chars().allMatch(LpTokens::isName)
                        && !isDigit(text.charAt(0))
                        && text.charAt(0) != '.';
        // e5 could be the end of a number.
        return good
                && LpSection.of(text) == null
                && !isInfinity(text)
                && !text.equalsIgnoreCase("free")
                && !text.matches("[eE][eE0-9]*");
    }

    static boolean isInfinity(String text) {
        return text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("infinity");
    }
}
