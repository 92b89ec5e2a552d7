package org.jaket.annealing.polynomial;

import org.jaket.annealing.polynomial.Composite.Constant;
import org.jaket.annealing.polynomial.Composite.Product;
import org.jaket.annealing.polynomial.Composite.Scaled;
import org.jaket.annealing.polynomial.Composite.Sum;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/**
 * A formula multiplied out. Sums, products and what is nested in them are walked with stacks of
 * their own: a sum that was written as a million {@code plus} is as deep as it is long.
 */
final class Expansion {
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<Variable> variables = new ArrayList<>();
    private Monomials terms = new Monomials();

    /** The factors of the product that is being gathered. */
    private int[] product = new int[8];

    private int length;

    private Expansion() {}

    static Expansion of(Expression expression) {
        Expansion expansion = new Expansion();
        expansion.terms = expansion.expanded(expression);
        return expansion;
    }

    List<Variable> variables() {
        return Collections.unmodifiableList(variables);
    }

    Monomials terms() {
        return terms;
    }

    void forEach(ObjDoubleConsumer<List<Variable>> consumer) {
        for (int term = 0; term < terms.size(); term++) {
            double coefficient = terms.coefficient(term);
            if (coefficient != 0) {
                Variable[] factors = new Variable[terms.degree(term)];
                for (int k = 0; k < factors.length; k++) {
                    factors[k] = variables.get(terms.factor(term, k));
                }
                consumer.accept(List.of(factors), coefficient);
            }
        }
    }

    /** A sum under way: the next part to look at. */
    private static final class Open {
        final double factor;
        final Expression[] parts;
        int next;

        Open(double factor, Expression... parts) {
            this.factor = factor;
            this.parts = parts;
        }
    }

    /** Formulas within products within formulas and so on, the innermost first. */
    private Monomials expanded(Expression root) {
        Deque<Walk> walks = new ArrayDeque<>();
        walks.push(new Walk(root));
        while (true) {
            Walk walk = walks.element();
            Sum inner = walk.next();
            if (inner != null) {
                walks.push(new Walk(inner));
                continue;
            }
            walks.pop();
            if (walks.isEmpty()) {
                return walk.into;
            }
            walks.element().multiply(walk.into);
        }
    }

    /** A formula under way: walked until a product has sums, which are expanded in between. */
    private final class Walk {
        final Monomials into = new Monomials();
        private final Deque<Open> open = new ArrayDeque<>();

        /** The sums of the product that is being multiplied out, and which of them is next. */
        private List<Sum> sums = List.of();

        private int place;
        private double coefficient;

        /** Whether the product has nothing but sums. */
        private boolean bare;

        /** What is multiplied so far, and the sum that came last. */
        private Monomials left = new Monomials();

        private Monomials right = left;

        Walk(Expression root) {
            open.push(new Open(1, root));
        }

        /** Goes on to the next sum that is needed expanded, null at the end. */
        @Nullable Sum next() {
            while (place < sums.size() || !open.isEmpty()) {
                if (place == sums.size()) {
                    step();
                } else if (place > 0 && sums.get(place) == sums.get(place - 1)) {
                    // The factors of a power are one formula: it is expanded once.
                    multiply(right);
                } else {
                    return sums.get(place);
                }
            }
            return null;
        }

        private void step() {
            Open top = open.element();
            Expression part = top.parts[top.next++];
            double factor = top.factor;
            if (top.next == top.parts.length) {
                open.pop();
            }
            while (part instanceof Scaled scaled) {
                factor *= scaled.factor;
                part = scaled.of;
            }
            if (!(part instanceof Sum sum)) {
                begin(part, factor);
            } else if (sum.parts.length > 0) {
                open.push(new Open(factor, sum.parts));
            }
        }

        /** Adds a product: its variables at once, its sums later. */
        private void begin(Expression root, double factor) {
            length = 0;
            if (root instanceof Variable variable) {
                append(number(variable));
                into.add(product, length, factor);
                return;
            }
            coefficient = factor;
            List<Sum> found = new ArrayList<>(0);
            Deque<Expression> factors = new ArrayDeque<>(4);
            factors.push(root);
            while (!factors.isEmpty()) {
                switch (factors.pop()) {
                    case Variable variable -> append(number(variable));
                    case Constant constant -> coefficient *= constant.value;
                    case Scaled scaled -> {
                        coefficient *= scaled.factor;
                        factors.push(scaled.of);
                    }
                    case Product p -> {
                        factors.push(p.right);
                        factors.push(p.left);
                    }
                    case Sum sum -> found.add(sum);
                }
            }
            canonicalise();
            if (found.isEmpty()) {
                into.add(product, length, coefficient);
                return;
            }
            sums = found;
            place = 0;
            bare = length == 0;
            left = new Monomials();
            left.add(product, length, coefficient);
        }

        /** Multiplies with the next sum. */
        void multiply(Monomials expandedSum) {
            boolean square = bare && place == 1 && sums.get(0) == sums.get(1);
            Monomials to = place == sums.size() - 1 ? into : new Monomials();
            if (square) {
                addSquare(expandedSum, coefficient, to);
            } else {
                addProduct(left, expandedSum, to);
            }
            left = to;
            right = expandedSum;
            place++;
        }
    }

    private void addProduct(Monomials left, Monomials right, Monomials to) {
        for (int a = 0; a < left.size(); a++) {
            for (int b = 0; b < right.size(); b++) {
                addProduct(left, a, right, b, left.coefficient(a) * right.coefficient(b), to);
            }
        }
    }

    private void addSquare(Monomials of, double factor, Monomials to) {
        for (int a = 0; a < of.size(); a++) {
            double c = factor * of.coefficient(a);
            addProduct(of, a, of, a, c * of.coefficient(a), to);
            for (int b = a + 1; b < of.size(); b++) {
                addProduct(of, a, of, b, 2 * c * of.coefficient(b), to);
            }
        }
    }

    private void addProduct(
            Monomials left, int a, Monomials right, int b, double coefficient, Monomials to) {
        length = 0;
        for (int k = 0; k < left.degree(a); k++) {
            append(left.factor(a, k));
        }
        for (int k = 0; k < right.degree(b); k++) {
            append(right.factor(b, k));
        }
        canonicalise();
        to.add(product, length, coefficient);
    }

    private void append(int variable) {
        if (length == product.length) {
            product = Arrays.copyOf(product, 2 * length);
        }
        product[length++] = variable;
    }

    /** Sorts the factors; x x is x for binary variables, s s is 1 for spins. */
    private void canonicalise() {
        if (length < 2) {
            return;
        }
        Arrays.sort(product, 0, length);
        int to = 0;
        for (int k = 0; k < length; k++) {
            boolean again = to > 0 && product[to - 1] == product[k];
            switch (again ? variables.get(product[k]).kind() : VariableKind.REAL) {
                case BINARY -> {}
                case SPIN -> to--;
                case INTEGER, REAL -> product[to++] = product[k];
            }
        }
        length = to;
    }

    private int number(Variable variable) {
        Integer known = numbers.putIfAbsent(variable.label(), variables.size());
        if (known == null) {
            variables.add(variable);
            return variables.size() - 1;
        }
        Variable before = variables.get(known);
        if (!before.equals(variable)) {
            throw new IllegalArgumentException(
                    "%s is a variable %s from %s to %s and also one %s from %s to %s: give the two different labels"
                            .formatted(
                                    variable.label(),
                                    before.kind(),
                                    before.lower(),
                                    before.upper(),
                                    variable.kind(),
                                    variable.lower(),
                                    variable.upper()));
        }
        return known;
    }
}
