package org.jaket.circuit.stim;

import java.math.BigDecimal;
import java.util.List;

/**
 * Numbers as C++ streams print them, but with as many digits as it takes to read the same double
 * back.
 */
final class StimNumbers {
    private StimNumbers() {}

    /** Appends arguments in parentheses; nothing when there are none. */
    static void appendArguments(StringBuilder text, List<Double> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        char before = '(';
        for (double argument : arguments) {
            text.append(before);
            if (before == ',') {
                text.append(' ');
            }
            append(text, argument);
            before = ',';
        }
        text.append(')');
    }

    /** Appends one number: whole numbers without a point, small ones as 1e-05. */
    static void append(StringBuilder text, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 0x1p63) {
            text.append((long) value);
            return;
        }
        // Java's digits are the shortest that read back; only their layout differs from C++'s.
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -5 + 1 && exponent < 16) {
            text.append(digits.toPlainString());
            return;
        }
        String unscaled = digits.unscaledValue().abs().toString();
        if (value < 0) {
            text.append('-');
        }
        text.append(unscaled.charAt(0));
        if (unscaled.length() > 1) {
            text.append('.').append(unscaled, 1, unscaled.length());
        }
        text.append(exponent < 0 ? "e-" : "e+");
        if (Math.abs(exponent) < 10) {
            text.append('0');
        }
        text.append(Math.abs(exponent));
    }

    /** Appends a tag in brackets, escaped; nothing when it is empty. */
    static void appendTag(StringBuilder text, String tag) {
        if (tag.isEmpty()) {
            return;
        }
        text.append('[');
        for (int k = 0; k < tag.length(); k++) {
            char c = tag.charAt(k);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\B");
                case ']' -> text.append("\\C");
                default -> text.append(c);
            }
        }
        text.append(']');
    }
}
