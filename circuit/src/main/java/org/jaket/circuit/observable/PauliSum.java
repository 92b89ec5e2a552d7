package org.jaket.circuit.observable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An observable: a real combination of Pauli strings on the same qubits.
 *
 * @param terms coefficients and strings; strings have phase +1 and are distinct
 */
public record PauliSum(List<Term> terms) {
    private static final Pattern TERM =
            Pattern.compile(
                    "\\s*([+-]?)\\s*(?:([0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+\\.)\\s*\\*?)?\\s*([IXYZ_]+)");

    /**
     * One term.
     *
     * @param coefficient a finite number
     * @param string the Pauli letters, phase +1
     */
    public record Term(double coefficient, PauliString string) {
        /** Moves a sign of the string to the coefficient. */
        public Term {
            if (!Double.isFinite(coefficient)) {
                throw new IllegalArgumentException(
                        "the coefficient of " + string + " is not finite: " + coefficient);
            }
            if (!string.isHermitian()) {
                throw new IllegalArgumentException(
                        string + " is not Hermitian, so it is not an observable");
            }
            coefficient = string.phase() == 2 ? -coefficient : coefficient;
            string = string.abs();
        }
    }

    /** Adds up equal strings; checks that all have the same number of qubits. */
    public PauliSum {
        Map<PauliString, Double> sums = new LinkedHashMap<>();
        for (Term term : terms) {
            sums.merge(term.string, term.coefficient, Double::sum);
        }
        if (sums.isEmpty()) {
            throw new IllegalArgumentException("an observable has at least one term");
        }
        if (sums.keySet().stream().mapToInt(PauliString::qubits).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the terms of an observable act on the same number of qubits");
        }
        List<Term> merged = new ArrayList<>();
        sums.forEach((string, coefficient) -> merged.add(new Term(coefficient, string)));
        terms = List.copyOf(merged);
    }

    /**
     * Reads a sum such as {@code 1.0*ZZII + 0.5*XXII - YIII}, highest qubit first.
     *
     * @throws IllegalArgumentException showing where the text stops being a sum
     */
    public static PauliSum of(String text) {
        List<Term> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(text);
        int at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            matcher.region(at, text.length());
            boolean signed = terms.isEmpty() || matcher.lookingAt() && !matcher.group(1).isEmpty();
            if (!matcher.lookingAt() || !signed) {
                throw new IllegalArgumentException(
                        "\""
                                + text
                                + "\" is not a sum of Pauli strings: stopped at \""
                                + text.substring(at).strip()
                                + "\". Maybe write it as 1.0*ZZ + 0.5*XX");
            }
            double size = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
            terms.add(
                    new Term(
                            matcher.group(1).equals("-") ? -size : size,
                            PauliString.of(matcher.group(3))));
            at = matcher.end();
        }
        return new PauliSum(terms);
    }

    /** How many qubits the strings have. */
    public int qubits() {
        return terms.getFirst().string.qubits();
    }

    /** The sum of both, equal strings added up. */
    public PauliSum plus(PauliSum other) {
        List<Term> all = new ArrayList<>(terms);
        all.addAll(other.terms);
        return new PauliSum(all);
    }

    /** All coefficients times a number. */
    public PauliSum times(double factor) {
        return new PauliSum(
                terms.stream().map(t -> new Term(t.coefficient * factor, t.string)).toList());
    }

    /** Text that reads back with {@link #of}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Term term : terms) {
            double c = term.coefficient;
            text.append(text.isEmpty() ? (c < 0 ? "-" : "") : c < 0 ? " - " : " + ");
            text.append(Math.abs(c)).append('*').append(term.string.toString().substring(1));
        }
        return text.toString();
    }
}
