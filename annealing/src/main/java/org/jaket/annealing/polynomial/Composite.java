package org.jaket.annealing.polynomial;

import java.util.List;

/** A formula made of others, as it was written. */
abstract sealed class Composite implements Expression {
    /** How many terms are written out in full. */
    private static final int SHOWN = 20;

    /** A number. */
    static final class Constant extends Composite {
        final double value;

        Constant(double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a formula holds finite numbers, not " + value);
            }
            this.value = value;
        }
    }

    /** A number times a formula. */
    static final class Scaled extends Composite {
        final double factor;
        final Expression of;

        Scaled(double factor, Expression of) {
            if (!Double.isFinite(factor)) {
                throw new IllegalArgumentException(
                        "a formula is multiplied by a finite number, not " + factor);
            }
            this.factor = factor;
            this.of = of;
        }
    }

    /** Formulas added up. */
    static final class Sum extends Composite {
        final Expression[] parts;

        Sum(Expression[] parts) {
            this.parts = parts;
        }
    }

    /** Two formulas multiplied. */
    static final class Product extends Composite {
        final Expression left;
        final Expression right;

        Product(Expression left, Expression right) {
            this.left = left;
            this.right = right;
        }
    }

    /** The terms, such as {@code x*y + 3*z - 1}; of a long formula the first ones. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        List<Term> terms = terms();
        for (Term term : terms.subList(0, Math.min(SHOWN, terms.size()))) {
            double c = term.coefficient();
            text.append(text.isEmpty() ? c < 0 ? "-" : "" : c < 0 ? " - " : " + ");
            boolean one = Math.abs(c) == 1 && term.degree() > 0;
            text.append(one ? "" : number(Math.abs(c)));
            for (int k = 0; k < term.degree(); k++) {
                text.append(one && k == 0 ? "" : "*").append(term.variables().get(k));
            }
        }
        if (terms.size() > SHOWN) {
            text.append(" + ... (").append(terms.size()).append(" terms)");
        }
        return text.isEmpty() ? "0" : text.toString();
    }

    private static String number(double c) {
        return c == Math.rint(c) && c < 1e15 ? Long.toString((long) c) : Double.toString(c);
    }
}
