package org.jaket.circuit.diagram;

import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;

import java.util.List;
import java.util.Locale;

/** Short texts of numbers and expressions. */
final class Names {
    private static final int MAX_DENOMINATOR = 64;

    private Names() {}

    /** An angle: as a fraction of pi where it is one, otherwise with four digits. */
    static String angle(Expression expression) {
        Double value = expression.constant();
        return value == null ? expression.toString() : angle((double) value);
    }

    static String angle(double value) {
        for (int denominator = 1; denominator <= MAX_DENOMINATOR; denominator++) {
            double numerator = value / Math.PI * denominator;
            long whole = Math.round(numerator);
            if (whole != 0
                    && Math.abs(numerator - whole) < 1e-12 * denominator
                    && Math.abs(whole) <= MAX_DENOMINATOR) {
                String factor = whole == 1 ? "" : whole == -1 ? "-" : String.valueOf(whole);
                return factor + "π" + (denominator == 1 ? "" : "/" + denominator);
            }
        }
        return number(value);
    }

    /** A number with four significant digits, without trailing zeros. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.valueOf((long) value);
        }
        String text = String.format(Locale.ROOT, "%.4g", value);
        if (text.contains("e")) {
            return text.replaceAll("0+e", "e").replace(".e", "e");
        }
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** An expression with the names of its bits. */
    static String of(Expression expression, List<String> bitNames) {
        // Bits print as their number; names come in through stand-ins that print as themselves.
        return expression
                .substitute(
                        leaf ->
                                switch (leaf) {
                                    case Bit bit -> new Parameter(bitNames.get(bit.index()));
                                    case Bits bits ->
                                            new Parameter(
                                                    bits.bits().reversed().stream()
                                                            .map(b -> bitNames.get(b.index()))
                                                            .toList()
                                                            .toString());
                                    default -> leaf;
                                })
                .toString();
    }
}
