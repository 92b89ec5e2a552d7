package org.jaket.annealing.relaxation;

import static org.jaket.annealing.polynomial.Variable.binaries;

import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.problem.MultidimensionalKnapsack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small models whose optima can be found without the code under test. */
final class Cases {
    static final List<MultiplierUpdate> UPDATES =
            List.of(
                    MultiplierUpdate.DUAL_ASCENT,
                    MultiplierUpdate.SUBGRADIENT,
                    MultiplierUpdate.BUNDLE,
                    MultiplierUpdate.CUTTING_PLANE,
                    MultiplierUpdate.AUGMENTED);

    private Cases() {}

    /** A quadratic objective and one to three constraints of all senses over 2 to 7 variables. */
    static ConstrainedModel random(long seed) {
        Random random = new Random(seed);
        int n = random.nextInt(2, 8);
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        binaries("x", n).forEach(builder::variable);
        int[] all = IntStream.range(0, n).toArray();
        int products = random.nextInt(0, 2 * n);
        builder.minimize(
                QuadraticFunction.of(
                        random.nextInt(-3, 4),
                        all,
                        coefficients(random, n),
                        random.ints(products, 0, n).toArray(),
                        random.ints(products, 0, n).toArray(),
                        coefficients(random, products)));
        // Right sides from an assignment, so that there is a solution.
        double[] solution = random.ints(n, 0, 2).asDoubleStream().toArray();
        int constraints = random.nextInt(1, 4);
        for (int c = 0; c < constraints; c++) {
            QuadraticFunction left = QuadraticFunction.linear(1, all, coefficients(random, n));
            double at = left.value(solution);
            switch (random.nextInt(3)) {
                case 0 -> builder.add(Constraint.hard(c, left, Sense.EQUAL, at));
                case 1 -> builder.add(Constraint.hard(c, left, Sense.AT_MOST, at + 1));
                default -> builder.add(Constraint.hard(c, left, Sense.AT_LEAST, at - 1));
            }
        }
        return builder.build();
    }

    private static double[] coefficients(Random random, int count) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = random.nextInt(-4, 5);
        }
        return values;
    }

    /** The lowest energy of all solutions, by trying all assignments. */
    static double optimum(ConstrainedModel model) {
        double best = Double.POSITIVE_INFINITY;
        for (int code = 0; code < 1 << model.size(); code++) {
            double[] values = new double[model.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = code >> k & 1;
            }
            ConstrainedSample sample = model.check(values);
            if (sample.isFeasible()) {
                best = Math.min(best, sample.energy());
            }
        }
        return best;
    }

    /** Items with weights and profits from 5 to 40, and half of their weight as capacity. */
    static MultidimensionalKnapsack knapsack(int items, long seed) {
        Random random = new Random(seed);
        double[] profits = random.ints(items, 5, 41).asDoubleStream().toArray();
        long[] weights = random.longs(items, 5, 41).toArray();
        long capacity = Arrays.stream(weights).sum() / 2;
        return MultidimensionalKnapsack.of(profits, new long[][] {weights}, new long[] {capacity});
    }

    /** The largest profit of a knapsack of one capacity: R. Bellman's recursion. */
    static double bellman(MultidimensionalKnapsack problem) {
        double[] best = new double[(int) problem.capacity(0) + 1];
        for (int j = 0; j < problem.items(); j++) {
            int weight = (int) problem.weight(0, j);
            for (int room = best.length - 1; room >= weight; room--) {
                best[room] = Math.max(best[room], best[room - weight] + problem.profit(j));
            }
        }
        return best[best.length - 1];
    }

    /** Gives random states and looks at no energy. */
    static Sampler blind() {
        return (model, options) -> {
            Random random = new Random(options.seed());
            List<byte[]> states = new ArrayList<>();
            for (int read = 0; read < options.reads(); read++) {
                byte[] state = new byte[model.size()];
                for (int k = 0; k < state.length; k++) {
                    state[k] = (byte) random.nextInt(2);
                }
                states.add(state);
            }
            return SampleSet.of(model, states, "blind", options.seed(), Duration.ZERO);
        };
    }
}
