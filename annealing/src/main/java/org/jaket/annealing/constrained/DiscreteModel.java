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
        return bit(start, size(), variable, number);
    }

    private static int bit(int[] start, int variables, int variable, int number) {
        if (variable < 0 || variable >= variables) {
            throw new IllegalArgumentException(
                    "no variable %d: there are %d".formatted(variable, variables));
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

    /** What is told of each pair of cases that has a bias. */
    @FunctionalInterface
    public interface Interactions {
        /** One pair, {@code left < right}. */
        void accept(int left, int leftCase, int right, int rightCase, double bias);
    }

    /** Tells the bias of every pair of cases that has one. */
    public void forEachInteraction(Interactions consumer) {
        int[] variable = new int[bits.size()];
        for (int v = 0; v < size(); v++) {
            Arrays.fill(variable, start[v], start[v + 1], v);
        }
        bits.forEachInteraction(
                (i, j, bias) -> {
                    int left = variable[i];
                    int right = variable[j];
                    consumer.accept(left, i - start[left], right, j - start[right], bias);
                });
    }

    /**
     * The model of which {@link #toConstrainedModel} is this one, apart from the labels of its
     * variables: each hard constraint that a sum of binary variables is 1 is a variable with its
     * label, and they are its cases, in ascending order.
     *
     * @throws IllegalArgumentException if there are other variables or constraints, or constraints
     *     that share a variable
     */
    public static DiscreteModel from(ConstrainedModel model) {
        int[] variable = new int[model.size()];
        int[] number = new int[model.size()];
        Arrays.fill(variable, -1);
        Builder builder = builder();
        for (Constraint constraint : model.constraints()) {
            if (!OneHotGroups.isOneHot(model, constraint)) {
                throw new IllegalArgumentException(
                        "a discrete model has no constraints but that each variable has one case, and %s is another"
                                .formatted(constraint.label()));
            }
            QuadraticFunction row = constraint.left();
            int v = builder.addVariable(constraint.label(), row.linearTerms());
            for (int t = 0; t < row.linearTerms(); t++) {
                int bit = row.variable(t);
                if (variable[bit] >= 0) {
                    throw new IllegalArgumentException(
                            "%s cannot be a case of two variables, %s and %s"
                                    .formatted(
                                            model.variables().get(bit),
                                            builder.labels.get(variable[bit]),
                                            constraint.label()));
                }
                variable[bit] = v;
                number[bit] = t;
            }
        }
        for (int bit = 0; bit < variable.length; bit++) {
            if (variable[bit] < 0) {
                throw new IllegalArgumentException(
                        "%s is no case of a variable: each has to be in one constraint that exactly one is 1"
                                .formatted(model.variables().get(bit)));
            }
        }
        QuadraticFunction f = model.objective();
        builder.addOffset(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            int bit = f.variable(t);
            builder.addLinear(variable[bit], number[bit], f.coefficient(t));
        }
        f.forEachProduct(
                (i, j, weight) -> {
                    // Two cases of one variable never are at once.
                    if (variable[i] != variable[j]) {
                        builder.addQuadratic(
                                variable[i], number[i], variable[j], number[j], weight);
                    }
                });
        return builder.build();
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

    @Override
    public boolean equals(Object other) {
        return other instanceof DiscreteModel m
                && variables.equals(m.variables)
                && Arrays.equals(start, m.start)
                && bits.equals(m.bits);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(start) + bits.hashCode();
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
            if (labels.size() == start.length) {
                start = Arrays.copyOf(start, 2 * start.length);
            }
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
            bits.addLinear(bit(variable, number), more);
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
            bits.addQuadratic(bit(left, leftCase), bit(right, rightCase), more);
            return this;
        }

        private int bit(int variable, int number) {
            return DiscreteModel.bit(start, labels.size(), variable, number);
        }

        /** The model of what was added so far; the builder may go on. */
        public DiscreteModel build() {
            return new DiscreteModel(
                    Variables.of(labels), Arrays.copyOf(start, labels.size() + 1), bits.build());
        }
    }
}
