package org.jaket.annealing.constrained;

import org.jaket.annealing.polynomial.Variable;

import java.util.Arrays;

/**
 * A {@link ConstrainedModel} in flat arrays, by variable and by constraint. Function 0 is the
 * objective, function c + 1 the left side of constraint c. An entry says how one variable acts on
 * one function: {@code x (linear + sum of weight x[partner]) + square x^2}.
 */
final class AnnealingTables {
    final ConstrainedModel model;
    final int size;
    final int functions;

    /** By function: -1 for at most, 0 for equal, 1 for at least. */
    final int[] sense;

    final double[] right;

    /** By function: how much may be missed; half of what the model allows, for rounding. */
    final double[] tolerance;

    /** By function: the cost of a violation of 1 where it is soft, -1 where it is hard. */
    final double[] soft;

    /** By function: whether the cost of a soft constraint grows with the square. */
    final boolean[] squared;

    /** By function: the mean size of a coefficient. */
    final double[] unit;

    /** Where the entries of a variable begin; they ascend by function. */
    final int[] entries;

    final int[] function;
    final double[] linear;
    final double[] square;

    /** Where the products of an entry begin. */
    final int[] products;

    final int[] partner;
    final double[] weight;

    /** Where the variables of a function begin in {@link #member}. */
    final int[] members;

    final int[] member;
    final double[] lower;
    final double[] upper;

    AnnealingTables(ConstrainedModel model) {
        this.model = model;
        size = model.size();
        functions = model.constraints().size() + 1;
        sense = new int[functions];
        right = new double[functions];
        tolerance = new double[functions];
        soft = new double[functions];
        squared = new boolean[functions];
        unit = new double[functions];
        lower = new double[size];
        upper = new double[size];
        for (int k = 0; k < size; k++) {
            Variable v = model.variable(k);
            // A variable without a bound still needs an end: beyond it no digit after the point is
            // left of a sum.
            double low =
                    Math.max(v.lower(), Math.min(v.upper(), 0) - ConstrainedAnnealing.FARTHEST);
            double high =
                    Math.min(v.upper(), Math.max(v.lower(), 0) + ConstrainedAnnealing.FARTHEST);
            lower[k] = v.kind().isWhole() ? Math.ceil(low) : low;
            upper[k] = v.kind().isWhole() ? Math.floor(high) : high;
        }
        describe();
        long[] keys = keys();
        int count = keys.length;
        entries = new int[size + 1];
        function = new int[count];
        linear = new double[count];
        square = new double[count];
        members = new int[functions + 1];
        member = new int[count];
        for (int e = 0; e < count; e++) {
            function[e] = (int) keys[e];
            entries[(int) (keys[e] >>> 32) + 1]++;
            members[function[e] + 1]++;
        }
        Arrays.parallelPrefix(entries, Integer::sum);
        Arrays.parallelPrefix(members, Integer::sum);
        int[] at = Arrays.copyOf(members, functions);
        for (int e = 0; e < count; e++) {
            member[at[function[e]]++] = (int) (keys[e] >>> 32);
        }
        products = new int[count + 1];
        forEachProduct(
                (e, i, w) -> {
                    products[e + 1]++;
                });
        Arrays.parallelPrefix(products, Integer::sum);
        partner = new int[products[count]];
        weight = new double[partner.length];
        int[] next = Arrays.copyOf(products, count);
        forEachProduct(
                (e, i, w) -> {
                    partner[next[e]] = i;
                    weight[next[e]++] = w;
                });
        coefficients();
    }

    private QuadraticFunction left(int f) {
        return f == 0 ? model.objective() : model.constraints().get(f - 1).left();
    }

    private void describe() {
        soft[0] = -1;
        for (int f = 1; f < functions; f++) {
            Constraint c = model.constraints().get(f - 1);
            sense[f] =
                    switch (c.sense()) {
                        case AT_MOST -> -1;
                        case EQUAL -> 0;
                        case AT_LEAST -> 1;
                    };
            right[f] = c.right();
            tolerance[f] = ConstrainedModel.TOLERANCE / 2 * Math.max(1, Math.abs(c.right()));
            soft[f] = -1;
            if (c.strictness() instanceof Strictness.Soft s) {
                soft[f] = s.weight();
                squared[f] = s.growth() == Strictness.Growth.QUADRATIC;
            }
        }
    }

    /** The variable of each entry in the upper half, the function in the lower, ascending. */
    private long[] keys() {
        int terms = 0;
        for (int f = 0; f < functions; f++) {
            terms = Math.addExact(terms, left(f).linearTerms() + 2 * left(f).quadraticTerms());
        }
        long[] keys = new long[terms];
        int to = 0;
        for (int f = 0; f < functions; f++) {
            QuadraticFunction q = left(f);
            for (int t = 0; t < q.linearTerms(); t++) {
                keys[to++] = (long) q.variable(t) << 32 | f;
            }
            for (int t = 0; t < q.quadraticTerms(); t++) {
                keys[to++] = (long) q.first(t) << 32 | f;
                keys[to++] = (long) q.second(t) << 32 | f;
            }
        }
        return Arrays.stream(keys).sorted().distinct().toArray();
    }

    /** The entry of a variable that is in a function. */
    int entry(int variable, int f) {
        return Arrays.binarySearch(function, entries[variable], entries[variable + 1], f);
    }

    private interface Products {
        void accept(int entry, int partner, double weight);
    }

    private void forEachProduct(Products consumer) {
        for (int f = 0; f < functions; f++) {
            int here = f;
            left(f).forEachProduct(
                            (i, j, w) -> {
                                if (i != j) {
                                    consumer.accept(entry(i, here), j, w);
                                    consumer.accept(entry(j, here), i, w);
                                }
                            });
        }
    }

    private void coefficients() {
        for (int f = 0; f < functions; f++) {
            QuadraticFunction q = left(f);
            double sum = 0;
            for (int t = 0; t < q.linearTerms(); t++) {
                linear[entry(q.variable(t), f)] = q.coefficient(t);
                sum += Math.abs(q.coefficient(t));
            }
            for (int t = 0; t < q.quadraticTerms(); t++) {
                if (q.first(t) == q.second(t)) {
                    square[entry(q.first(t), f)] = q.weight(t);
                }
                sum += Math.abs(q.weight(t));
            }
            unit[f] = sum == 0 ? 1 : sum / (q.linearTerms() + q.quadraticTerms());
        }
    }

    /** The values of all functions. */
    void evaluate(double[] x, double[] values) {
        for (int f = 0; f < functions; f++) {
            values[f] = left(f).value(x);
        }
    }

    /** By how much a value of a constraint's left side breaks it. */
    double violation(int f, double value) {
        double over = value - right[f];
        return switch (sense[f]) {
            case -1 -> Math.max(0, over);
            case 1 -> Math.max(0, -over);
            default -> Math.abs(over);
        };
    }
}
