package org.jaket.stabilizer.errors;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as C++ streams print them: with a fixed number of digits, trailing zeros left out. */
final class ShortNumbers {
    private ShortNumbers() {}

    /** Text with at most six digits. */
    static String text(double value) {
        return text(value, 6);
    }

    /** Text with at most the given number of digits. */
    static String text(double value, int digits) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < digits) {
            return rounded.toPlainString();
        }
        String unscaled = rounded.unscaledValue().abs().toString();
        var text = new StringBuilder(value < 0 ? "-" : "").append(unscaled.charAt(0));
        if (unscaled.length() > 1) {
            text.append('.').append(unscaled, 1, unscaled.length());
        }
        text.append(exponent < 0 ? "e-" : "e+");
        text.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent));
        return text.toString();
    }
}
