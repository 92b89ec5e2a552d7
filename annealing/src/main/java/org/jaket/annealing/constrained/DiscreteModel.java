package org.jaket.annealing.constrained;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.polynomial.Sense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A quadratic function of variables that each have one of a number of cases, to be minimised: a
 * bias for each case, and one for each pair of cases of two variables.
 *
 * <pre>{@code
 * var b = DiscreteModel.builder();
 * int left = b.addVariable("left", 3);
 * int right = b.addVariable("right", 3);
 * for (int colour = 0; colour < 3; colour++) {
 *     b.addQuadratic(left, colour, right, colour, 1);
 * }
 * DiscreteModel model = b.build();
 * PenaltyForm form = PenaltyForm.of(model.toConstrainedModel());
 * int[] colours = model.cases(form.decode(sampler.sample(form.model(), options)).best());
 * }</pre>
 *
 * <p>Immutable; kept as a binary quadratic model with a bit for each case.
 */
public final class DiscreteModel {
    private final Variables variables;

    /** The number of each variable's first bit, and of all bits. */
    private final int[] start;

    private final BinaryQuadraticModel bits;

    private DiscreteModel(Variables variables, int[] start, BinaryQuadraticModel bits) {
        this.variables = variables;
        this.start = start;
        this.bits = bits;
    }

    /** A builder without variables. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The label of a case in models with a bit a case.
     *
     * @param variable the variable's label
     * @param number which case, from 0
     */
    public record Case(Object variable, int number) {
        @Override
        public String toString() {
            return variable + "=" + number;
        }
    }

    /** The labels. */
    public Variables variables() {
        return variables;
    }

    /** How many variables there are. */
    public int size() {
        return variables.size();
    }

    /** How many cases a variable has. */
    public int cases(int variable) {
        return start[variable + 1] - start[variable];
    }

    /** What does not depend on the variables. */
    public double offset() {
        return bits.offset();
    }

    /** The bias of a case. */
    public double linear(int variable, int number) {
        return bits.linear(bit(variable, number));
    }

    /** The bias of a pair of cases, 0 where there is none. */
    public double quadratic(int left, int leftCase, int right, int rightCase) {
        return bits.quadratic(bit(left, leftCase), bit(right, rightCase));
    }

    private int bit(int variable, int number) {
        return bit(start, variable, number);
    }

    private static int bit(int[] start, int variable, int number) {
        if (variable < 0 || variable >= start.length - 1) {
            throw new IllegalArgumentException(
                    "no variable %d: there are %d".formatted(variable, start.length - 1));
        }
        int cases = start[variable + 1] - start[variable];
        if (number < 0 || number >= cases) {
            throw new IllegalArgumentException(
                    "variable %d has the cases 0 to %d, not %d"
                            .formatted(variable, cases - 1, number));
        }
        return start[variable] + number;
    }

    /**
     * The energy where each variable has a case.
     *
     * @throws IllegalArgumentException if there are not as many cases as variables, or a variable
     *     does not have its case
     */
    public double energy(int... cases) {
        return bits.energy(state(cases));
    }

    /** One bit a case, set where the variable has it. */
    private byte[] state(int[] cases) {
        if (cases.length != size()) {
            throw new IllegalArgumentException(
                    "an assignment has %d cases, not %d".formatted(size(), cases.length));
        }
        byte[] state = new byte[bits.size()];
        for (int v = 0; v < cases.length; v++) {
            state[bit(v, cases[v])] = 1;
        }
        return state;
    }

    /** The model with a binary variable, labelled {@link Case}, for each case, one-hot. */
    public ConstrainedModel toConstrainedModel() {
        ConstrainedModelBuilder builder = ConstrainedModel.from(bits).toBuilder();
        for (int v = 0; v < size(); v++) {
            int first = start[v];
            int[] own = new int[cases(v)];
            Arrays.setAll(own, k -> first + k);
            double[] ones = new double[own.length];
            Arrays.fill(ones, 1);
            builder.add(
                    new Constraint(
                            variables.get(v),
                            QuadraticFunction.linear(0, own, ones),
                            Sense.EQUAL,
                            1,
                            Strictness.HARD,
                            true));
        }
        return builder.build();
    }

    /**
     * The cases that a sample of {@link #toConstrainedModel} says.
     *
     * @throws IllegalArgumentException if it is not feasible
     */
    public int[] cases(ConstrainedSample sample) {
        if (!sample.isFeasible() || sample.values().length != bits.size()) {
            throw new IllegalArgumentException(
                    "the sample does not choose one case for each variable: " + sample.broken());
        }
        int[] cases = new int[size()];
        for (int v = 0; v < cases.length; v++) {
            while (sample.values()[start[v] + cases[v]] < 0.5) {
                cases[v]++;
            }
        }
        return cases;
    }

    /** The size, such as {@code 2 variables with 6 cases, 3 interactions}. */
    @Override
    public String toString() {
        return "%d variables with %d cases, %d interactions"
                .formatted(size(), bits.size(), bits.interactions());
    }

    /** Gathers the biases of a model; like ones add up. Not thread-safe. */
    public static final class Builder {
        private final List<Object> labels = new ArrayList<>();
        private final BinaryQuadraticModel.Builder bits =
                BinaryQuadraticModel.builder(Vartype.BINARY);

        /** The number of each variable's first bit, and of all bits. */
        private int[] start = new int[1];

        private Builder() {}

        /**
         * Adds a variable, and gives its number.
         *
         * @throws IllegalArgumentException if it has no case, or one has the label
         */
        public int addVariable(Object label, int cases) {
            if (cases < 1) {
                throw new IllegalArgumentException(
                        "variable %s has at least 1 case, not %d".formatted(label, cases));
            }
            if (bits.variable(new Case(label, 0)) < bits.size() - 1
                    || bits.size() != start[labels.size()] + 1) {
                throw new IllegalArgumentException(
                        "there is a variable %s already".formatted(label));
            }
            for (int k = 1; k < cases; k++) {
                bits.variable(new Case(label, k));
            }
            labels.add(label);
            start = Arrays.copyOf(start, labels.size() + 1);
            start[labels.size()] = bits.size();
            return labels.size() - 1;
        }

        /** Adds a constant. */
        public Builder addOffset(double more) {
            bits.addOffset(more);
            return this;
        }

        /** Adds to the bias of a case. */
        public Builder addLinear(int variable, int number, double more) {
            bits.addLinear(bit(start, variable, number), more);
            return this;
        }

        /**
         * Adds to the bias of a pair of cases.
         *
         * @throws IllegalArgumentException if the variables are one and the same
         */
        public Builder addQuadratic(int left, int leftCase, int right, int rightCase, double more) {
            if (left == right) {
                throw new IllegalArgumentException(
                        "variable %d has one case at a time: there is no bias for two of them"
                                .formatted(left));
            }
            bits.addQuadratic(bit(start, left, leftCase), bit(start, right, rightCase), more);
            return this;
        }

        /** The model of what was added so far; the builder may go on. */
        public DiscreteModel build() {
            return new DiscreteModel(Variables.of(labels), start.clone(), bits.build());
        }
    }
}
