package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The bounds that constraints give their variables: within those of all other terms, a term must
 * leave the whole within what the constraint allows. What one constraint says of a variable may
 * tell more in the next one, so they are gone through in rounds until no bound moves.
 *
 * <p>E. D. Andersen, K. D. Andersen, "Presolving in linear programming", Mathematical Programming
 * 71 (1995), on activity bounds; products and squares by interval arithmetic.
 */
final class BoundTightening {
    /**
     * After so many rounds the bounds are good enough: x &lt; y and y &lt; x raise each other's by
     * 1 for as long as there are numbers.
     */
    private static final int MOST_ROUNDS = 50;

    /** Bounds of reals that move by less than this part of their size have arrived. */
    private static final double SMALLEST_MOVE = 1e-3;

    /** Rounding in coefficients may leave this much of a constraint that always holds. */
    private static final double NEGLIGIBLE = 1e-9;

    private final ConstrainedModel model;
    private final Interval[] box;

    /** The constraints that bound each variable from below and above, null where it was given. */
    private final @Nullable Object[] below;

    private final @Nullable Object[] above;

    private BoundTightening(ConstrainedModel model) {
        this.model = model;
        box = new Interval[model.size()];
        below = new @Nullable Object[box.length];
        above = new @Nullable Object[box.length];
        for (int v = 0; v < box.length; v++) {
            Variable variable = model.variable(v);
            box[v] = values(variable, new Interval(variable.lower(), variable.upper()));
        }
    }

    static ConstrainedModel of(ConstrainedModel model) {
        BoundTightening tightening = new BoundTightening(model);
        boolean moved = true;
        for (int round = 0; round < MOST_ROUNDS && moved; round++) {
            moved = false;
            for (Constraint constraint : model.constraints()) {
                moved |= constraint.isHard() && tightening.tighten(constraint);
            }
        }
        return tightening.result();
    }

    // ---- one constraint -------------------------------------------------------------------

    /** Whether a bound has moved. */
    private boolean tighten(Constraint c) {
        QuadraticFunction f = c.left();
        Interval[] terms = terms(f, box);
        int n = terms.length;
        Interval[] after = new Interval[n + 1];
        after[n] = Interval.of(f.offset());
        for (int t = n - 1; t >= 0; t--) {
            after[t] = terms[t].plus(after[t + 1]);
        }
        double tolerance = ConstrainedModel.TOLERANCE * Math.max(1, Math.abs(c.right()));
        if (after[0].and(allowed(c, tolerance)).isEmpty()) {
            throw impossible(c, after[0]);
        }
        boolean moved = false;
        Interval before = Interval.of(0);
        for (int t = 0; t < n; t++) {
            Interval others = before.plus(after[t + 1]);
            Interval exact = allowed(c, 0).minus(others);
            Interval needed = allowed(c, tolerance).minus(others);
            before = before.plus(terms[t]);
            if (terms[t].isOne() || exact.contains(terms[t])) {
                continue;
            }
            if (t < f.linearTerms()) {
                Interval a = Interval.of(f.coefficient(t));
                moved |= narrow(c, f.variable(t), needed.dividedBy(a), exact.dividedBy(a));
                continue;
            }
            int product = t - f.linearTerms();
            int i = f.first(product);
            int j = f.second(product);
            Interval w = Interval.of(f.weight(product));
            Interval near = needed.dividedBy(w);
            Interval at = exact.dividedBy(w);
            if (i == j) {
                moved |= narrow(c, i, near.roots(), at.roots());
            } else {
                moved |= narrow(c, i, near.dividedBy(box[j]), at.dividedBy(box[j]));
                moved |= narrow(c, j, near.dividedBy(box[i]), at.dividedBy(box[i]));
            }
        }
        return moved;
    }

    /** Where each term is: the linear ones, then the products. */
    private static Interval[] terms(QuadraticFunction f, Interval[] box) {
        Interval[] terms = new Interval[f.linearTerms() + f.quadraticTerms()];
        for (int t = 0; t < f.linearTerms(); t++) {
            terms[t] = box[f.variable(t)].times(Interval.of(f.coefficient(t)));
        }
        for (int t = 0; t < f.quadraticTerms(); t++) {
            Interval i = box[f.first(t)];
            Interval product = f.first(t) == f.second(t) ? i.squared() : i.times(box[f.second(t)]);
            terms[f.linearTerms() + t] = product.times(Interval.of(f.weight(t)));
        }
        return terms;
    }

    private static Interval allowed(Constraint c, double tolerance) {
        return new Interval(
                c.sense() == Sense.AT_MOST ? Double.NEGATIVE_INFINITY : c.right() - tolerance,
                c.sense() == Sense.AT_LEAST ? Double.POSITIVE_INFINITY : c.right() + tolerance);
    }

    // ---- one variable ---------------------------------------------------------------------

    /** The values of a variable between two bounds, from the smallest to the largest. */
    private static Interval values(Variable variable, Interval bounds) {
        return switch (variable.kind()) {
            // Adding 0 makes -0 the usual one.
            case BINARY, INTEGER ->
                    new Interval(Math.ceil(bounds.low()) + 0.0, Math.floor(bounds.high()) + 0.0);
            case SPIN ->
                    new Interval(
                            bounds.low() > -1 ? Math.max(1, bounds.low()) : -1,
                            bounds.high() < 1 ? Math.min(-1, bounds.high()) : 1);
            case REAL -> bounds;
        };
    }

    /**
     * Takes notice of what a constraint demands of a variable. A solution may break constraints by
     * a tolerance, which may matter for whole numbers; reals have their own.
     *
     * @param near with the tolerance
     * @param exact without
     */
    private boolean narrow(Constraint c, int v, Interval near, Interval exact) {
        Variable variable = model.variable(v);
        Interval old = box[v];
        boolean real = variable.kind() == VariableKind.REAL;
        Interval found = old.and(values(variable, real ? exact : near));
        if (found.isEmpty()) {
            if (real && !old.and(near).isEmpty()) {
                return false;
            }
            throw noValue(c, v, exact);
        }
        double least = real ? SMALLEST_MOVE * Math.min(size(old), size(found)) : 0;
        boolean up = found.low() > old.low() + least;
        boolean down = found.high() < old.high() - least;
        box[v] = new Interval(up ? found.low() : old.low(), down ? found.high() : old.high());
        below[v] = up ? c.label() : below[v];
        above[v] = down ? c.label() : above[v];
        return up || down;
    }

    private static double size(Interval of) {
        return Math.max(1, of.high() - of.low());
    }

    // ---- words ----------------------------------------------------------------------------

    private IllegalArgumentException impossible(Constraint c, Interval left) {
        Set<String> bounded = new LinkedHashSet<>();
        for (int t = 0; t < c.left().linearTerms(); t++) {
            noteBounds(c.left().variable(t), bounded);
        }
        c.left()
                .forEachProduct(
                        (i, j, weight) -> {
                            noteBounds(i, bounded);
                            noteBounds(j, bounded);
                        });
        return new IllegalArgumentException(
                "no assignment fulfils constraint %s: its left side is from %s to %s, and should be %s %s%s"
                        .formatted(
                                c.label(),
                                left.low(),
                                left.high(),
                                c.sense(),
                                c.right(),
                                bounded.isEmpty() ? "" : ", where " + String.join(", ", bounded)));
    }

    private IllegalArgumentException noValue(Constraint c, int v, Interval needed) {
        Set<String> bounded = new LinkedHashSet<>();
        noteBounds(v, bounded);
        Variable variable = model.variable(v);
        return new IllegalArgumentException(
                "no assignment fulfils constraint %s: it needs a value of %s from %s to %s, which is %s from %s to %s%s"
                        .formatted(
                                c.label(),
                                variable,
                                needed.low(),
                                needed.high(),
                                variable.kind().name().toLowerCase(Locale.ROOT),
                                variable.lower(),
                                variable.upper(),
                                bounded.isEmpty() ? "" : ", and " + String.join(", ", bounded)));
    }

    /** How far other constraints bound a variable. */
    private void noteBounds(int v, Set<String> texts) {
        Variable variable = model.variable(v);
        if (below[v] != null) {
            texts.add("%s >= %s by constraint %s".formatted(variable, box[v].low(), below[v]));
        }
        if (above[v] != null) {
            texts.add("%s <= %s by constraint %s".formatted(variable, box[v].high(), above[v]));
        }
    }

    // ---- the model ------------------------------------------------------------------------

    private ConstrainedModel result() {
        List<Variable> variables = new ArrayList<>(box.length);
        for (int v = 0; v < box.length; v++) {
            variables.add(bounded(v));
        }
        Interval[] bounds = new Interval[box.length];
        for (int v = 0; v < bounds.length; v++) {
            Variable variable = variables.get(v);
            bounds[v] = values(variable, new Interval(variable.lower(), variable.upper()));
        }
        List<Constraint> constraints = new ArrayList<>();
        for (Constraint c : model.constraints()) {
            if (!c.isHard() || !holds(c, bounds)) {
                constraints.add(withValues(c, bounds));
            }
        }
        ConstrainedModel result = new ConstrainedModel(variables, model.objective(), constraints);
        return result.equals(model) ? model : result;
    }

    /** A variable with its new bounds; reals only get those that they had not. */
    private Variable bounded(int v) {
        Variable variable = model.variable(v);
        double low = below[v] == null ? variable.lower() : box[v].low();
        double high = above[v] == null ? variable.upper() : box[v].high();
        return switch (variable.kind()) {
            case BINARY, SPIN ->
                    box[v].isOne() ? Variable.integer(variable.label(), low, high) : variable;
            case INTEGER -> Variable.integer(variable.label(), low, high);
            case REAL ->
                    Variable.real(
                            variable.label(),
                            Double.isInfinite(variable.lower()) ? low : variable.lower(),
                            Double.isInfinite(variable.upper()) ? high : variable.upper());
        };
    }

    private static boolean holds(Constraint c, Interval[] bounds) {
        Interval left = Interval.of(c.left().offset());
        for (Interval term : terms(c.left(), bounds)) {
            left = left.plus(term);
        }
        return allowed(c, NEGLIGIBLE * Math.max(1, Math.abs(c.right()))).contains(left);
    }

    /** A constraint with the values put in that variables certainly have. */
    private static Constraint withValues(Constraint c, Interval[] bounds) {
        QuadraticFunction f = c.left();
        QuadraticTerms terms = new QuadraticTerms();
        terms.add(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            add(terms, f.variable(t), f.coefficient(t), bounds);
        }
        f.forEachProduct(
                (i, j, weight) -> {
                    if (bounds[i].isOne()) {
                        add(terms, j, weight * bounds[i].low(), bounds);
                    } else if (bounds[j].isOne()) {
                        add(terms, i, weight * bounds[j].low(), bounds);
                    } else {
                        terms.add(i, j, weight);
                    }
                });
        QuadraticFunction left = terms.function();
        boolean oneHot = c.oneHot() && c.right() - left.offset() == 1;
        return new Constraint(c.label(), left, c.sense(), c.right(), c.strictness(), oneHot);
    }

    private static void add(QuadraticTerms terms, int v, double factor, Interval[] bounds) {
        if (bounds[v].isOne()) {
            terms.add(factor * bounds[v].low());
        } else {
            terms.add(v, factor);
        }
    }
}
