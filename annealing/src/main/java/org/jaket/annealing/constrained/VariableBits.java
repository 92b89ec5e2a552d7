package org.jaket.annealing.constrained;

import org.jaket.annealing.encoding.EncodingKind;
import org.jaket.annealing.encoding.IntegerEncoding;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bits that stand for the variables of a model, {@code base + step * code}, in the order of the
 * variables; auxiliary bits follow.
 */
final class VariableBits {
    /**
     * The bits of one variable.
     *
     * @param code a whole number from 0
     */
    record Code(int first, double base, double step, IntegerEncoding code) {
        double coefficient(int bit) {
            return step * code.coefficient(bit);
        }
    }

    /**
     * The label of a bit that is not a variable itself.
     *
     * @param of the variable or constraint
     * @param role what it is for
     * @param bit which one, from 0
     */
    record Bit(Object of, String role, int bit) {
        @Override
        public String toString() {
            return of + "." + role + bit;
        }
    }

    private final Code[] codes;
    private final List<Object> labels = new ArrayList<>();

    /** How many bits of one role there are, by the first of them. */
    private final Map<Bit, Integer> counts = new HashMap<>();

    VariableBits(ConstrainedModel model, PenaltyOptions options) {
        codes = new Code[model.size()];
        for (int k = 0; k < codes.length; k++) {
            codes[k] = code(model.variable(k), labels.size(), options);
            if (model.variable(k).kind().isTwoValued()) {
                labels.add(model.variable(k).label());
            } else {
                addAll(model.variable(k).label(), "bit", codes[k].code.bits());
            }
        }
    }

    private static Code code(Variable v, int first, PenaltyOptions options) {
        if (Double.isInfinite(v.lower()) || Double.isInfinite(v.upper())) {
            throw new IllegalArgumentException(
                    "variable %s has no %s bound: to be written in bits it needs both"
                            .formatted(v, Double.isInfinite(v.lower()) ? "lower" : "upper"));
        }
        return switch (v.kind()) {
            case BINARY -> new Code(first, 0, 1, EncodingKind.BINARY.encoding(0, 1));
            case SPIN -> new Code(first, -1, 2, EncodingKind.BINARY.encoding(0, 1));
            case INTEGER -> {
                double low = Math.ceil(v.lower());
                long span = (long) (Math.floor(v.upper()) - low);
                EncodingKind kind = span == 0 ? EncodingKind.BINARY : options.integers();
                yield new Code(first, low, 1, kind.encoding(0, span));
            }
            case REAL -> {
                double span = v.upper() - v.lower();
                int steps = span == 0 ? 0 : options.steps();
                double step = span == 0 ? 0 : span / steps;
                yield new Code(first, v.lower(), step, EncodingKind.BINARY.encoding(0, steps));
            }
        };
    }

    /** The bits of a variable. */
    Code code(int variable) {
        return codes[variable];
    }

    /** How many bits there are so far. */
    int size() {
        return labels.size();
    }

    List<Object> labels() {
        return labels;
    }

    /** Adds auxiliary bits, and gives the number of the first. */
    int addAll(Object of, String role, int count) {
        int first = labels.size();
        int before = counts.getOrDefault(new Bit(of, role, 0), 0);
        for (int k = before; k < before + count; k++) {
            labels.add(new Bit(of, role, k));
        }
        counts.put(new Bit(of, role, 0), before + count);
        return first;
    }

    /** A function of the variables as one of the bits, without squares. */
    QuadraticFunction inBits(QuadraticFunction f) {
        QuadraticTerms terms = new QuadraticTerms();
        terms.add(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            add(terms, codes[f.variable(t)], f.coefficient(t));
        }
        f.forEachProduct(
                (i, j, weight) -> {
                    if (i == j) {
                        addSquare(terms, codes[i], weight);
                    } else {
                        addProduct(terms, codes[i], codes[j], weight);
                    }
                });
        return terms.function();
    }

    private static void add(QuadraticTerms terms, Code of, double factor) {
        terms.add(factor * of.base);
        for (int k = 0; k < of.code.bits(); k++) {
            terms.add(of.first + k, factor * of.coefficient(k));
        }
    }

    private static void addProduct(QuadraticTerms terms, Code left, Code right, double weight) {
        terms.add(weight * left.base * right.base);
        if (right.base != 0) {
            for (int k = 0; k < left.code.bits(); k++) {
                terms.add(left.first + k, weight * right.base * left.coefficient(k));
            }
        }
        if (left.base != 0) {
            for (int k = 0; k < right.code.bits(); k++) {
                terms.add(right.first + k, weight * left.base * right.coefficient(k));
            }
        }
        for (int k = 0; k < left.code.bits(); k++) {
            for (int l = 0; l < right.code.bits(); l++) {
                terms.add(
                        left.first + k,
                        right.first + l,
                        weight * left.coefficient(k) * right.coefficient(l));
            }
        }
    }

    private static void addSquare(QuadraticTerms terms, Code of, double weight) {
        terms.add(weight * of.base * of.base);
        for (int k = 0; k < of.code.bits(); k++) {
            double c = of.coefficient(k);
            terms.add(of.first + k, weight * c * (2 * of.base + c));
            for (int l = k + 1; l < of.code.bits(); l++) {
                terms.add(of.first + k, of.first + l, 2 * weight * c * of.coefficient(l));
            }
        }
    }

    /** The values of the variables that bits say. */
    double[] values(byte[] state) {
        double[] values = new double[codes.length];
        for (int k = 0; k < codes.length; k++) {
            Code c = codes[k];
            byte[] bits = Arrays.copyOfRange(state, c.first, c.first + c.code.bits());
            values[k] = c.base + c.step * c.code.decode(bits);
        }
        return values;
    }

    /** Writes the nearest possible values of the variables into the bits. */
    void write(double[] values, byte[] state) {
        for (int k = 0; k < codes.length; k++) {
            Code c = codes[k];
            long code = c.step == 0 ? 0 : Math.round((values[k] - c.base) / c.step);
            long nearest = Math.max(0, Math.min(c.code.upper(), code));
            System.arraycopy(c.code.encode(nearest), 0, state, c.first, c.code.bits());
        }
    }

    /** What is only near the model: reals in steps. */
    List<String> approximations(ConstrainedModel model) {
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < codes.length; k++) {
            if (model.variable(k).kind() == VariableKind.REAL && codes[k].step > 0) {
                texts.add(
                        "real variable %s has steps of %s"
                                .formatted(model.variable(k), codes[k].step));
            }
        }
        return texts;
    }
}
