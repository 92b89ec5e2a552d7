package org.jaket.circuit.qasm;

/**
 * Cuts OpenQASM text into tokens, one at a time. The current token is {@link #kind}, from {@link
 * #start} to {@link #end}; comments and white space are skipped.
 */
final class Lexer {
    /** The longest name, number or string. */
    static final int MAX_TOKEN = 1 << 16;

    private static final String[] SYMBOLS3 = {"**=", "<<=", ">>="};
    private static final String[] SYMBOLS2 = {
        "->", "++", "**", "==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "+=", "-=", "*=", "/=",
        "%=", "&=", "|=", "^=", "~="
    };

    private final Source source;
    private final String text;
    private Token kind = Token.END;
    private int start;
    private int end;
    private int previousEnd;
    private String value = "";

    Lexer(Source source) {
        this.source = source;
        this.text = source.text();
        next();
    }

    Token kind() {
        return kind;
    }

    int start() {
        return start;
    }

    /**
     * Where the token before the current one ended: the place to complain about what is missing.
     */
    int previousEnd() {
        return previousEnd;
    }

    /**
     * The token's text; for strings without quotes, for pragmas and annotations the rest of the
     * line.
     */
    String value() {
        return value;
    }

    boolean is(String symbol) {
        return kind == Token.SYMBOL && value.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Token.IDENTIFIER && value.equals(word);
    }

    /** Moves to the next token. */
    void next() {
        previousEnd = end;
        skip();
        start = end;
        if (start >= text.length()) {
            kind = Token.END;
            value = "";
            return;
        }
        char c = text.charAt(start);
        if (isNameStart(c)) {
            name();
        } else if (isDigit(c)
                || c == '.' && start + 1 < text.length() && isDigit(text.charAt(start + 1))) {
            number();
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '$') {
            end = start + 1;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            if (end == start + 1) {
                throw source.error(start, "a physical qubit needs a number, such as $0");
            }
            set(Token.HARDWARE_QUBIT, text.substring(start + 1, end));
        } else if (c == '@'
                && start + 1 < text.length()
                && isNameStart(text.charAt(start + 1))
                && isLineStart()) {
            restOfLine(Token.ANNOTATION, start);
        } else if (c == '#' && text.startsWith("#pragma", start)) {
            restOfLine(Token.PRAGMA, start + "#pragma".length());
        } else {
            symbol();
        }
        if (end - start > MAX_TOKEN && kind != Token.PRAGMA) {
            throw source.error(start, "this token has more than " + MAX_TOKEN + " characters");
        }
    }

    private void set(Token newKind, String newValue) {
        kind = newKind;
        value = newValue;
    }

    /** Whether only blanks stand between the token and the start of its line. */
    private boolean isLineStart() {
        int k = start - 1;
        while (k >= 0 && (text.charAt(k) == ' ' || text.charAt(k) == '\t')) {
            k--;
        }
        return k < 0 || text.charAt(k) == '\n';
    }

    private void restOfLine(Token newKind, int from) {
        int stop = text.indexOf('\n', start);
        end = stop < 0 ? text.length() : stop;
        set(newKind, text.substring(from, end).strip());
    }

    private void skip() {
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                end++;
            } else if (c == '/' && text.startsWith("//", end)) {
                int stop = text.indexOf('\n', end);
                end = stop < 0 ? text.length() : stop;
            } else if (c == '/' && text.startsWith("/*", end)) {
                int stop = text.indexOf("*/", end + 2);
                if (stop < 0) {
                    throw source.error(end, "this comment is not closed: */ is missing");
                }
                end = stop + 2;
            } else if (c == '\uFEFF' && end == 0) {
                end++;
            } else {
                return;
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c > 127 && Character.isLetter(c);
    }

    /** Whether a text can stand as a name. */
    static boolean isName(String text, boolean ascii) {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (ascii && c > 127 || !isNameStart(c) && !(k > 0 && isDigit(c))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private void name() {
        end = start + 1;
        while (end < text.length()
                && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        String word = text.substring(start, end);
        if (word.equals("pragma")) {
            restOfLine(Token.PRAGMA, end);
        } else {
            set(Token.IDENTIFIER, word);
        }
    }

    private String withoutUnderscores(int from, int to) {
        String digits = text.substring(from, to);
        return digits.indexOf('_') < 0 ? digits : digits.replace("_", "");
    }

    private void digits() {
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
    }

    private void number() {
        end = start;
        Token found = Token.INTEGER;
        if (text.charAt(end) == '0'
                && end + 1 < text.length()
                && "xXbBoO".indexOf(text.charAt(end + 1)) >= 0) {
            end += 2;
            while (end < text.length()
                    && (Character.digit(text.charAt(end), 16) >= 0 || text.charAt(end) == '_')) {
                end++;
            }
            set(Token.INTEGER, withoutUnderscores(start, end));
            return;
        }
        digits();
        if (end < text.length() && text.charAt(end) == '.') {
            found = Token.REAL;
            end++;
            digits();
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int mark = end++;
            if (end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) {
                end++;
            }
            if (end < text.length() && isDigit(text.charAt(end))) {
                found = Token.REAL;
                digits();
            } else {
                end = mark;
            }
        }
        String digits = withoutUnderscores(start, end);
        int unit = end;
        while (unit < text.length() && (text.charAt(unit) == ' ' || text.charAt(unit) == '\t')) {
            unit++;
        }
        int unitEnd = unit;
        while (unitEnd < text.length() && isNameStart(text.charAt(unitEnd))) {
            unitEnd++;
        }
        String word = text.substring(unit, unitEnd);
        switch (word) {
            case "im" -> {
                end = unitEnd;
                set(Token.IMAGINARY, digits);
            }
            case "dt", "ns", "us", "µs", "μs", "ms", "s" -> {
                end = unitEnd;
                set(Token.TIMING, digits + " " + word);
            }
            default -> set(found, digits);
        }
    }

    private void string(char quote) {
        int stop = start + 1;
        while (stop < text.length() && text.charAt(stop) != quote && text.charAt(stop) != '\n') {
            stop++;
        }
        if (stop >= text.length() || text.charAt(stop) != quote) {
            throw source.error(start, "this string is not closed before the end of the line");
        }
        end = stop + 1;
        set(Token.STRING, text.substring(start + 1, stop));
    }

    private void symbol() {
        // Most symbols are single: look for longer ones only where one can be.
        if (start + 1 < text.length() && "=>+*<&|".indexOf(text.charAt(start + 1)) >= 0) {
            if (longSymbol()) {
                return;
            }
        }
        char c = text.charAt(start);
        int index = ONE.indexOf(c);
        if (index < 0) {
            throw source.error(start, "the character '" + c + "' has no meaning here");
        }
        end = start + 1;
        set(Token.SYMBOL, ONE_STRINGS[index]);
    }

    private boolean longSymbol() {
        for (String symbol : SYMBOLS3) {
            if (text.startsWith(symbol, start)) {
                end = start + 3;
                set(Token.SYMBOL, symbol);
                return true;
            }
        }
        for (String symbol : SYMBOLS2) {
            if (text.startsWith(symbol, start)) {
                end = start + 2;
                set(Token.SYMBOL, symbol);
                return true;
            }
        }
        return false;
    }

    private static final String ONE = "()[]{},;:=+-*/%^&|~!<>@.#";
    private static final String[] ONE_STRINGS = ONE.split("");
}
