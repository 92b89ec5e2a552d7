package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Variable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Items of the largest profit that keep several capacities. An answer is the set of items.
 *
 * <p>The model has a binary variable for each item (labels 0, 1, ...) and, for each constraint,
 * slack variables ({@code "slack 2/0"} is bit 0 of constraint 2) whose sums are the integers from 0
 * to the capacity: powers of two and a rest. The square of weight plus slack less capacity is
 * penalised. As long as a constraint is broken, some item can be taken out that makes it better by
 * at least 1; the loss is at most the largest profit a step, and there are at most as many steps as
 * units too many. So a penalty above the largest profit is enough; it is that plus 1. Energies are
 * exact for capacities and profits below 2^20 or so.
 */
public final class MultidimensionalKnapsack implements Problem<BitSet> {
    private static final int MAX_ENTRIES = 1 << 24;

    private final double[] profits;
    private final long[][] weights;
    private final long[] capacities;
    private final double optimum;

    private MultidimensionalKnapsack(
            double[] profits, long[][] weights, long[] capacities, double optimum) {
        this.profits = profits;
        this.weights = weights;
        this.capacities = capacities;
        this.optimum = optimum;
    }

    /**
     * An instance.
     *
     * @param profits of the items, not negative
     * @param weights a row for each constraint, not negative
     * @param capacities one for each constraint, not negative
     */
    public static MultidimensionalKnapsack of(
            double[] profits, long[][] weights, long[] capacities) {
        if (weights.length != capacities.length) {
            throw new IllegalArgumentException(
                    "%d rows of weights for %d capacities"
                            .formatted(weights.length, capacities.length));
        }
        long[][] rows = new long[weights.length][];
        for (int c = 0; c < weights.length; c++) {
            rows[c] = weights[c].clone();
            if (rows[c].length != profits.length || capacities[c] < 0) {
                throw new IllegalArgumentException(
                        "constraint %d should have %d weights and a capacity of at least 0"
                                .formatted(c, profits.length));
            }
            for (long weight : rows[c]) {
                if (weight < 0) {
                    throw new IllegalArgumentException("a weight cannot be " + weight);
                }
            }
        }
        for (double profit : profits) {
            if (!(profit >= 0 && profit < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a profit cannot be " + profit);
            }
        }
        return new MultidimensionalKnapsack(profits.clone(), rows, capacities.clone(), Double.NaN);
    }

    /**
     * Reads a file of the SAC-94 library: the numbers of items and constraints and the known
     * optimum (0 for none), the profits, the weights constraint by constraint, the capacities; all
     * but profits integers.
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static MultidimensionalKnapsack read(Path file) throws IOException {
        return InstanceText.read(file, MultidimensionalKnapsack::read);
    }

    /**
     * Reads an instance from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static MultidimensionalKnapsack read(InputStream in, String source) throws IOException {
        InstanceText text = new InstanceText(in, source);
        int n = text.integer("the number of items", 1, MAX_ENTRIES);
        int m = text.integer("the number of constraints", 0, MAX_ENTRIES / n);
        double optimum = text.number("the optimum");
        double[] profits = new double[n];
        for (int j = 0; j < n; j++) {
            profits[j] = text.number("a profit");
            if (profits[j] < 0) {
                throw text.error("a profit cannot be negative");
            }
        }
        long[][] weights = new long[m][n];
        for (long[] row : weights) {
            for (int j = 0; j < n; j++) {
                row[j] = text.whole("a weight", 0);
            }
        }
        long[] capacities = new long[m];
        for (int c = 0; c < m; c++) {
            capacities[c] = text.whole("a capacity", 0);
        }
        text.end();
        return new MultidimensionalKnapsack(
                profits, weights, capacities, optimum == 0 ? Double.NaN : optimum);
    }

    /** How many items there are. */
    public int items() {
        return profits.length;
    }

    /** The profit of an item. */
    public double profit(int item) {
        return profits[item];
    }

    /** How many constraints there are. */
    public int constraints() {
        return capacities.length;
    }

    /** The weight of an item in a constraint. */
    public long weight(int constraint, int item) {
        return weights[constraint][item];
    }

    /** The capacity of a constraint. */
    public long capacity(int constraint) {
        return capacities[constraint];
    }

    /** The optimum that the instance's file tells. */
    public OptionalDouble knownOptimum() {
        return Double.isNaN(optimum) ? OptionalDouble.empty() : OptionalDouble.of(optimum);
    }

    @Override
    public BinaryQuadraticModel model() {
        long per = items() + 40L;
        Squares.limit(per * per / 2 * constraints(), "the knapsack");
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        double penalty = 1;
        for (int j = 0; j < items(); j++) {
            builder.addLinear(builder.variable(j), -profits[j]);
            penalty = Math.max(penalty, profits[j] + 1);
        }
        Squares sum = new Squares();
        for (int c = 0; c < constraints(); c++) {
            for (int j = 0; j < items(); j++) {
                if (weights[c][j] != 0) {
                    sum.add(j, (double) weights[c][j]);
                }
            }
            long[] slack = Squares.bounded(capacities[c]);
            for (int k = 0; k < slack.length; k++) {
                sum.add(builder.variable("slack %d/%d".formatted(c, k)), (double) slack[k]);
            }
            sum.addTo(builder, -(double) capacities[c], penalty);
        }
        return builder.build();
    }

    /**
     * The knapsack without slack and penalties: variable j (label j) is 1 if item j is taken,
     * energies are minus the profit, and constraint c (label c) is capacity c.
     */
    public ConstrainedModel constrainedModel() {
        List<Variable> items = Variable.binaries(items());
        var builder = ConstrainedModel.builder();
        items.forEach(builder::variable);
        builder.maximize(Expression.weightedSum(profits, items));
        for (int c = 0; c < constraints(); c++) {
            double[] row = Arrays.stream(weights[c]).asDoubleStream().toArray();
            builder.subjectTo(c, Expression.weightedSum(row, items).atMost((double) capacities[c]));
        }
        return builder.build();
    }

    private int variables() {
        int all = items();
        for (long capacity : capacities) {
            all += Squares.bounded(capacity).length;
        }
        return all;
    }

    /** The items, whatever the slack variables say. */
    @Override
    public Optional<BitSet> decode(byte[] state) {
        Answers.length(state, variables());
        return Optional.of(Answers.set(state, items())).filter(this::isFeasible);
    }

    @Override
    public byte[] encode(BitSet answer) {
        Answers.require(this, answer);
        byte[] state = Answers.state(answer, variables(), 0);
        int from = items();
        for (int c = 0; c < constraints(); c++) {
            long[] slack = Squares.bounded(capacities[c]);
            Squares.write(capacities[c] - load(c, answer), slack, state, from);
            from += slack.length;
        }
        return state;
    }

    private long load(int constraint, BitSet answer) {
        return answer.stream().mapToLong(j -> weights[constraint][j]).sum();
    }

    @Override
    public Optional<String> violation(BitSet answer) {
        Optional<String> beyond = Answers.within(answer, items(), "item");
        for (int c = 0; c < constraints() && beyond.isEmpty(); c++) {
            long load = load(c, answer);
            if (load > capacities[c]) {
                beyond =
                        Optional.of(
                                "constraint %d has a weight of %d, and a capacity of %d"
                                        .formatted(c, load, capacities[c]));
            }
        }
        return beyond;
    }

    /** The sum of the profits. */
    @Override
    public double value(BitSet answer) {
        Answers.require(this, answer);
        return answer.stream().mapToDouble(j -> profits[j]).sum();
    }

    @Override
    public boolean isMaximum() {
        return true;
    }
}
