package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Eliminates one variable after the other, with a table over those that it interacts with: exact
 * for models that are close to trees, of any size. Either the state of lowest energy, or samples
 * from the Boltzmann distribution at a temperature, independent of each other.
 *
 * <p>R. Dechter, "Bucket elimination: a unifying framework for reasoning", 1999. Time and memory
 * are the sum over the variables of 2^(joined variables); the order is found by the minimum-degree
 * rule. At most {@value #WIDEST} joined variables, and {@value #MOST_NUMBERS} numbers in all
 * tables. Among states of equal energy all reads draw their own.
 */
public final class TreeDecomposition implements Sampler {
    /** The widest table, in variables. */
    public static final int WIDEST = 24;

    /** The most numbers in all tables: half a gigabyte. */
    public static final long MOST_NUMBERS = 1L << 26;

    /** Zero temperature where infinite. */
    private final double beta;

    /** Lowest energies. */
    public TreeDecomposition() {
        this(Double.POSITIVE_INFINITY);
    }

    private TreeDecomposition(double beta) {
        this.beta = beta;
    }

    /**
     * Samples from {@code exp(-beta E) / Z}.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public static TreeDecomposition boltzmann(double beta) {
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException(
                    "an inverse temperature is a positive number, not " + beta);
        }
        return new TreeDecomposition(beta);
    }

    /** Whether a model is close enough to a tree. */
    public static boolean fits(BinaryQuadraticModel model) {
        return order(model, WIDEST) != null;
    }

    /** An order whose tables are not larger than some width, or null. */
    static @Nullable EliminationOrder order(BinaryQuadraticModel model, int widest) {
        EliminationOrder order = EliminationOrder.of(model, widest);
        return order != null && order.numbers() <= MOST_NUMBERS ? order : null;
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        EliminationOrder order = order(model, WIDEST);
        if (order == null) {
            throw new IllegalArgumentException(
                    "eliminating the variables of this model needs a table of more than %d variables, or"
                                    .formatted(WIDEST)
                            + " too many tables. Maybe use another sampler.");
        }
        SpinProblem problem = new SpinProblem(model);
        Deadline deadline = new Deadline(options);
        Tables tables = new Tables(model.toSpin(), order, beta);
        Reads reads = new Reads(problem, options, deadline);
        // All tables are needed for the first state, so a limit of time does not end this.
        tables.fill(options.progress());
        boolean minimum = Double.isInfinite(beta);
        SampleSet set =
                reads.run(
                        minimum
                                ? "tree decomposition, exact"
                                : "tree decomposition, Boltzmann distribution",
                        1,
                        (read, count) ->
                                List.of(tables.draw(model.vartype().low(), options.seed(), read)));
        return minimum ? set.proven() : set;
    }

    /** The natural logarithm of the sum of {@code exp(-beta E)} over all states. */
    public static double logPartition(BinaryQuadraticModel model, double beta) {
        TreeDecomposition at = boltzmann(beta);
        EliminationOrder order = order(model, WIDEST);
        if (order == null) {
            throw new IllegalArgumentException("this model is too far from a tree");
        }
        Tables tables = new Tables(model.toSpin(), order, at.beta);
        tables.fill(Progress.NONE);
        return tables.logPartition();
    }
}
