package org.jaket.circuit.qasm;

/**
 * Any text as one word of an annotation or pragma: blanks, control characters and backslashes
 * become a backslash, {@code u} and four hexadecimal digits; the empty text becomes {@code \e}.
 */
final class Escapes {
    private static final String EMPTY = "\\e";

    private Escapes() {}

    static String word(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        var word = new StringBuilder();
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            boolean plain = c > ' ' && c != '\\' && c < 127 || Character.isLetterOrDigit(c);
            if (plain) {
                word.append(c);
            } else {
                word.append(String.format("\\u%04x", (int) c));
            }
        }
        return word.toString();
    }

    /**
     * The text that a word stands for.
     *
     * @throws IllegalArgumentException if a backslash is followed by something else
     */
    static String text(String word) {
        if (word.equals(EMPTY)) {
            return "";
        }
        var text = new StringBuilder();
        for (int k = 0; k < word.length(); k++) {
            char c = word.charAt(k);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            if (k + 6 > word.length() || word.charAt(k + 1) != 'u') {
                throw new IllegalArgumentException("a backslash needs u and four digits");
            }
            text.append((char) Integer.parseInt(word.substring(k + 2, k + 6), 16));
            k += 5;
        }
        return text.toString();
    }
}
