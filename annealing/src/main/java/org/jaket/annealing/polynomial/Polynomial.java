package org.jaket.annealing.polynomial;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;

import java.util.Arrays;
import java.util.List;

/**
 * A polynomial of any degree in variables that have two values each, to be minimised.
 *
 * <pre>{@code
 * Polynomial p = Polynomial.builder(Vartype.SPIN, Variables.range(4))
 *         .add(1, 0, 1, 2) // s0 s1 s2
 *         .add(-2, 1, 3)
 *         .build();
 * p.energy(new byte[] {1, 1, -1, 1});
 * QuadraticReduction r = p.reduce();
 * r.restore(sampler.sample(r.model(), options)).best();
 * }</pre>
 *
 * <p>Immutable: flat arrays, 12 bytes a term and 4 a factor. Each product of different variables
 * stands once, its factors in ascending order; terms are in the order in which they were added.
 */
public final class Polynomial {
    /** A change of variables turns a product of d factors into 2^d. */
    private static final int MOST_FACTORS_CHANGED = 20;

    private final Vartype vartype;
    private final Variables variables;
    private final Monomials terms;

    private Polynomial(Vartype vartype, Variables variables, Monomials terms) {
        this.vartype = vartype;
        this.variables = variables;
        this.terms = terms;
    }

    /** A builder for a polynomial in variables that are known beforehand. */
    public static Builder builder(Vartype vartype, Variables variables) {
        return new Builder(vartype, variables);
    }

    /**
     * A formula over binary variables and spins. If there are both, spins become {@code 2 x - 1}.
     *
     * @throws IllegalArgumentException if it has an integer or real variable
     */
    public static Polynomial of(Expression formula) {
        Expansion expansion = Expansion.of(formula);
        List<Variable> found = expansion.variables();
        boolean spins = !found.isEmpty();
        for (Variable variable : found) {
            if (!variable.kind().isTwoValued()) {
                throw new IllegalArgumentException(
                        "%s is %s: a polynomial has binary variables and spins; a ConstrainedModel has integers and reals too"
                                .formatted(variable, variable.kind()));
            }
            spins &= variable.kind() == VariableKind.SPIN;
        }
        Variables labels = Variables.of(found.stream().map(Variable::label).toList());
        Builder builder = builder(spins ? Vartype.SPIN : Vartype.BINARY, labels);
        Monomials from = expansion.terms();
        boolean[] changed = new boolean[labels.size()];
        for (int k = 0; k < changed.length; k++) {
            changed[k] = !spins && found.get(k).kind() == VariableKind.SPIN;
        }
        for (int t = 0; t < from.size(); t++) {
            builder.addChanged(from, t, changed, 2, -1);
        }
        return builder.build();
    }

    /** A quadratic model as a polynomial. */
    public static Polynomial of(BinaryQuadraticModel model) {
        Builder builder = builder(model.vartype(), model.variables()).add(model.offset());
        for (int k = 0; k < model.size(); k++) {
            builder.add(model.linear(k), k);
        }
        model.forEachInteraction((i, j, weight) -> builder.add(weight, i, j));
        return builder.build();
    }

    /** The values of the variables. */
    public Vartype vartype() {
        return vartype;
    }

    /** The labels. */
    public Variables variables() {
        return variables;
    }

    /** How many variables there are. */
    public int size() {
        return variables.size();
    }

    /** How many terms there are, the constant among them if there is one. */
    public int terms() {
        return terms.size();
    }

    /** The coefficient of a term. */
    public double coefficient(int term) {
        return terms.coefficient(term);
    }

    /** How many factors a term has, 0 for the constant. */
    public int degree(int term) {
        return terms.degree(term);
    }

    /** The number of a term's k-th variable; they ascend. */
    public int factor(int term, int k) {
        return terms.factor(term, k);
    }

    /** The most factors of a term, 0 for a constant. */
    public int degree() {
        int degree = 0;
        for (int t = 0; t < terms(); t++) {
            degree = Math.max(degree, degree(t));
        }
        return degree;
    }

    /**
     * The energy of a state, in time proportional to the factors of all terms.
     *
     * @param state a value for each variable
     * @throws IllegalArgumentException if a value is missing or not one of the two
     */
    public double energy(byte[] state) {
        if (state.length != size()) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(size(), state.length));
        }
        for (int k = 0; k < state.length; k++) {
            if (!vartype.has(state[k])) {
                throw new IllegalArgumentException(
                        "variable %s has the values %d and %d, not %d"
                                .formatted(
                                        variables.get(k), vartype.low(), vartype.high(), state[k]));
            }
        }
        int[] factors = terms.factors();
        double sum = 0;
        for (int t = 0; t < terms.size(); t++) {
            int product = 1;
            for (int at = terms.start(t); at < terms.start(t + 1) && product != 0; at++) {
                product *= state[factors[at]];
            }
            sum += product * terms.coefficient(t);
        }
        return sum;
    }

    /**
     * The same function of spins s, with x = (1 + s) / 2 where this one is binary. A term of d
     * factors gives up to 2^d.
     *
     * @throws IllegalArgumentException if a term has more than 20 factors
     */
    public Polynomial toSpin() {
        return vartype == Vartype.SPIN ? this : changed(Vartype.SPIN, 0.5, 0.5);
    }

    /**
     * The same function of binary variables x, with s = 2 x - 1 where this one has spins. A term of
     * d factors gives up to 2^d.
     *
     * @throws IllegalArgumentException if a term has more than 20 factors
     */
    public Polynomial toBinary() {
        return vartype == Vartype.BINARY ? this : changed(Vartype.BINARY, 2, -1);
    }

    private Polynomial changed(Vartype to, double factor, double shift) {
        Builder builder = builder(to, variables);
        boolean[] all = new boolean[size()];
        Arrays.fill(all, true);
        for (int t = 0; t < terms.size(); t++) {
            builder.addChanged(terms, t, all, factor, shift);
        }
        return builder.build();
    }

    /**
     * A quadratic model with the same minima, with additional variables where terms have more than
     * two factors. Spins become binary variables on the way.
     *
     * @throws IllegalArgumentException if a term has more than 20 spins
     */
    public QuadraticReduction reduce() {
        return QuadraticReduction.of(this);
    }

    /** The size, such as {@code 4 spin variables, 2 terms, degree 3}. */
    @Override
    public String toString() {
        return "%d %s variables, %d terms, degree %d"
                .formatted(size(), vartype == Vartype.SPIN ? "spin" : "binary", terms(), degree());
    }

    /**
     * Gathers terms; like ones add up, {@code x x} becomes {@code x} for binary variables and 1 for
     * spins. Not thread-safe.
     */
    public static final class Builder {
        private final Vartype vartype;
        private final Variables variables;
        private Monomials terms = new Monomials();
        private int[] product = new int[8];

        private Builder(Vartype vartype, Variables variables) {
            this.vartype = vartype;
            this.variables = variables;
        }

        /**
         * Adds a number times a product of variables, given by their numbers; none for a constant.
         *
         * @throws IllegalArgumentException if the number is not finite, or there is no such
         *     variable
         */
        public Builder add(double coefficient, int... factors) {
            if (!Double.isFinite(coefficient)) {
                throw new IllegalArgumentException(
                        "the coefficient of %s must be finite, not %s"
                                .formatted(Arrays.toString(factors), coefficient));
            }
            if (factors.length > product.length) {
                product = new int[factors.length];
            }
            int length = 0;
            for (int factor : factors) {
                if (factor < 0 || factor >= variables.size()) {
                    throw new IllegalArgumentException(
                            "no variable %d: there are %d".formatted(factor, variables.size()));
                }
                // Sorted by insertion: products are short.
                int at = length;
                while (at > 0 && product[at - 1] > factor) {
                    at--;
                }
                if (at == 0 || product[at - 1] != factor) {
                    System.arraycopy(product, at, product, at + 1, length++ - at);
                    product[at] = factor;
                } else if (vartype == Vartype.SPIN) {
                    System.arraycopy(product, at, product, at - 1, length-- - at);
                }
            }
            terms.add(product, length, coefficient);
            return this;
        }

        /** Adds a term with {@code factor y + shift} put for some of its variables. */
        private void addChanged(
                Monomials from, int term, boolean[] changed, double factor, double shift) {
            int[] kept = new int[from.degree(term)];
            int[] replaced = new int[kept.length];
            int keeps = 0;
            int replaces = 0;
            for (int k = 0; k < kept.length; k++) {
                int variable = from.factor(term, k);
                if (changed[variable]) {
                    replaced[replaces++] = variable;
                } else {
                    kept[keeps++] = variable;
                }
            }
            if (replaces > MOST_FACTORS_CHANGED) {
                throw new IllegalArgumentException(
                        "a product of %d spins is one of 2^%d products of binary variables, or the other way round: at most %d factors can be changed"
                                .formatted(replaces, replaces, MOST_FACTORS_CHANGED));
            }
            for (int subset = 0; subset < 1 << replaces; subset++) {
                int[] factors = Arrays.copyOf(kept, keeps + Integer.bitCount(subset));
                double coefficient = from.coefficient(term);
                int at = keeps;
                for (int k = 0; k < replaces; k++) {
                    if ((subset >> k & 1) != 0) {
                        factors[at++] = replaced[k];
                        coefficient *= factor;
                    } else {
                        coefficient *= shift;
                    }
                }
                add(coefficient, factors);
            }
        }

        /** The polynomial of what was added so far, without terms that cancel. */
        public Polynomial build() {
            Monomials kept = new Monomials();
            for (int t = 0; t < terms.size(); t++) {
                if (terms.coefficient(t) != 0) {
                    int degree = terms.degree(t);
                    int[] factors = new int[degree];
                    System.arraycopy(terms.factors(), terms.start(t), factors, 0, degree);
                    kept.add(factors, degree, terms.coefficient(t));
                }
            }
            return new Polynomial(vartype, variables, kept);
        }
    }
}
