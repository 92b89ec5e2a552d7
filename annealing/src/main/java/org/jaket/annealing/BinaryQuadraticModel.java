package org.jaket.annealing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A quadratic function of variables that have two values each, to be minimised: {@code E(x) =
 * offset + sum of linear[i] x[i] + sum over i < j of quadratic[i][j] x[i] x[j]}.
 *
 * <pre>{@code
 * var b = BinaryQuadraticModel.builder(Vartype.SPIN);
 * int left = b.variable("left");
 * int right = b.variable("right");
 * BinaryQuadraticModel model = b.addQuadratic(left, right, 1).addLinear(left, 0.5).build();
 * model.energy(new byte[] {-1, 1});
 * }</pre>
 *
 * <p>Immutable. Interactions are stored as compressed rows, each in both directions: some 24 bytes
 * an interaction. Neighbours of a variable stand in ascending order.
 */
public final class BinaryQuadraticModel {
    private final Vartype vartype;
    private final Variables variables;
    private final double offset;
    private final double[] linear;
    private final int[] start;
    private final int[] neighbour;
    private final double[] weight;

    private BinaryQuadraticModel(
            Vartype vartype,
            Variables variables,
            double offset,
            double[] linear,
            int[] start,
            int[] neighbour,
            double[] weight) {
        this.vartype = vartype;
        this.variables = variables;
        this.offset = offset;
        this.linear = linear;
        this.start = start;
        this.neighbour = neighbour;
        this.weight = weight;
    }

    /** A model to add variables to as they come, by label or by number. */
    public static Builder builder(Vartype vartype) {
        return new Builder(vartype);
    }

    // ---- reading --------------------------------------------------------------------------

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
        return linear.length;
    }

    /** How many pairs of variables interact. */
    public int interactions() {
        return neighbour.length / 2;
    }

    /** What does not depend on the variables. */
    public double offset() {
        return offset;
    }

    /** The coefficient of a variable. */
    public double linear(int variable) {
        return linear[variable];
    }

    /** With how many others a variable interacts. */
    public int degree(int variable) {
        return start[variable + 1] - start[variable];
    }

    /**
     * A neighbour.
     *
     * @param k which one, below {@link #degree}; they ascend
     */
    public int neighbour(int variable, int k) {
        return neighbour[start[variable] + k];
    }

    /** The coefficient of a variable's product with its k-th neighbour. */
    public double weight(int variable, int k) {
        return weight[start[variable] + k];
    }

    /** The coefficient of a product, 0 where the two do not interact. */
    public double quadratic(int i, int j) {
        int at = Arrays.binarySearch(neighbour, start[i], start[i + 1], j);
        return at < 0 ? 0 : weight[at];
    }

    /** What is told of each interaction. */
    @FunctionalInterface
    public interface Interactions {
        /** One product, {@code i < j}. */
        void accept(int i, int j, double weight);
    }

    /** Tells every interaction once, by rising i, then j. */
    public void forEachInteraction(Interactions consumer) {
        for (int i = 0; i < linear.length; i++) {
            for (int at = start[i]; at < start[i + 1]; at++) {
                if (neighbour[at] > i) {
                    consumer.accept(i, neighbour[at], weight[at]);
                }
            }
        }
    }

    /**
     * The energy of a state.
     *
     * @param state a value for each variable
     * @throws IllegalArgumentException if a value is missing or not one of the two
     */
    public double energy(byte[] state) {
        check(state);
        double sum = offset;
        for (int i = 0; i < linear.length; i++) {
            if (state[i] == 0) {
                continue;
            }
            double field = linear[i];
            for (int at = start[i]; at < start[i + 1] && neighbour[at] < i; at++) {
                field += weight[at] * state[neighbour[at]];
            }
            sum += state[i] * field;
        }
        return sum;
    }

    private void check(byte[] state) {
        if (state.length != linear.length) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(linear.length, state.length));
        }
        for (int i = 0; i < state.length; i++) {
            if (!vartype.has(state[i])) {
                throw new IllegalArgumentException(
                        "variable %s has the values %d and %d, not %d"
                                .formatted(
                                        variables.get(i), vartype.low(), vartype.high(), state[i]));
            }
        }
    }

    // ---- other forms ----------------------------------------------------------------------

    /** The same function of spins s, with x = (1 + s) / 2 where this model is binary. */
    public BinaryQuadraticModel toSpin() {
        return vartype == Vartype.SPIN ? this : changed(Vartype.SPIN, 0.5, 0.5);
    }

    /** The same function of binary variables x, with s = 2 x - 1 where this model has spins. */
    public BinaryQuadraticModel toBinary() {
        return vartype == Vartype.BINARY ? this : changed(Vartype.BINARY, 2, -1);
    }

    /** Puts {@code factor y + shift} for every variable. */
    private BinaryQuadraticModel changed(Vartype to, double factor, double shift) {
        double[] changedLinear = new double[linear.length];
        double[] changedWeight = new double[weight.length];
        double changedOffset = offset;
        for (int i = 0; i < linear.length; i++) {
            double field = linear[i];
            double below = 0;
            for (int at = start[i]; at < start[i + 1]; at++) {
                field += weight[at] * shift;
                changedWeight[at] = weight[at] * factor * factor;
                if (neighbour[at] < i) {
                    below += weight[at];
                }
            }
            changedLinear[i] = field * factor;
            changedOffset += linear[i] * shift + below * shift * shift;
        }
        return new BinaryQuadraticModel(
                to, variables, changedOffset, changedLinear, start, neighbour, changedWeight);
    }

    /**
     * The same model with other labels.
     *
     * @throws IllegalArgumentException if there are not as many labels as variables
     */
    public BinaryQuadraticModel withVariables(Variables labels) {
        if (labels.size() != size()) {
            throw new IllegalArgumentException(
                    "%d labels for %d variables".formatted(labels.size(), size()));
        }
        return new BinaryQuadraticModel(vartype, labels, offset, linear, start, neighbour, weight);
    }

    /** A builder that holds this model. */
    public Builder toBuilder() {
        Builder builder = new Builder(vartype).addVariables(variables).addOffset(offset);
        for (int i = 0; i < linear.length; i++) {
            builder.addLinear(i, linear[i]);
        }
        forEachInteraction(builder::addQuadratic);
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryQuadraticModel b
                && vartype == b.vartype
                && offset == b.offset
                && variables.equals(b.variables)
                && Arrays.equals(linear, b.linear)
                && Arrays.equals(start, b.start)
                && Arrays.equals(neighbour, b.neighbour)
                && Arrays.equals(weight, b.weight);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(linear) + Arrays.hashCode(neighbour))
                + Arrays.hashCode(weight);
    }

    @Override
    public String toString() {
        return "%d %s variables, %d interactions, offset %s"
                .formatted(
                        size(),
                        vartype == Vartype.SPIN ? "spin" : "binary",
                        interactions(),
                        offset);
    }

    /**
     * Gathers the terms of a model. Terms of the same variables add up, {@code x x} becomes {@code
     * x} for binary variables and 1 for spins. Not thread-safe.
     *
     * <p>Variables are added by label ({@link #variable}), many at once ({@link #addVariables}), or
     * by being named by number: {@code addLinear(7, 1)} in an empty model makes eight of them.
     * Variables that have no label are called by their number.
     */
    public static final class Builder {
        private final Vartype vartype;
        private double[] linear = new double[16];
        private int size;
        private double offset;
        private int[] first = new int[16];
        private int[] second = new int[16];
        private double[] weight = new double[16];
        private int terms;

        /** Empty as long as labels are numbers. */
        private final Map<Object, Integer> numbers = new HashMap<>();

        private Object[] labels = new Object[0];
        private boolean labelled;

        private Builder(Vartype vartype) {
            this.vartype = vartype;
        }

        /** The number of the variable with this label, which is added if it is new. */
        public int variable(Object label) {
            if (!labelled && label instanceof Integer k && k >= 0 && k <= size) {
                grow(k);
                return k;
            }
            label();
            Integer known = numbers.get(label);
            if (known != null) {
                return known;
            }
            int number = size;
            extend(number);
            labels[number] = label;
            numbers.put(label, number);
            return number;
        }

        /** From now on labels are kept. */
        private void label() {
            if (!labelled) {
                labelled = true;
                labels = new Object[linear.length];
                for (int k = 0; k < size; k++) {
                    labels[k] = k;
                    numbers.put(k, k);
                }
            }
        }

        /** Makes sure that a variable with a number exists. */
        private void grow(int variable) {
            if (variable < 0) {
                throw new IllegalArgumentException("no variable has the number " + variable);
            }
            for (int k = size; labelled && k <= variable; k++) {
                if (numbers.containsKey(k)) {
                    throw new IllegalArgumentException(
                            "variable %d has no label, and another one is called %d"
                                    .formatted(k, k));
                }
            }
            int before = size;
            if (variable >= size) {
                extend(variable);
            }
            for (int k = before; labelled && k <= variable; k++) {
                labels[k] = k;
                numbers.put(k, k);
            }
        }

        /** Makes room for variables up to a number. */
        private void extend(int variable) {
            if (variable >= linear.length) {
                linear = Arrays.copyOf(linear, length(linear.length, variable + 1L));
                labels = labelled ? Arrays.copyOf(labels, linear.length) : labels;
            }
            size = variable + 1;
        }

        private static int length(int now, long needed) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(needed + " terms are too many for one model");
            }
            return (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8, now * 3L / 2));
        }

        /** Adds variables, or finds those that are there. */
        public Builder addVariables(List<?> more) {
            if (more instanceof Variables v && v.isRange() && !labelled) {
                if (!v.isEmpty()) {
                    grow(v.size() - 1);
                }
            } else {
                more.forEach(this::variable);
            }
            return this;
        }

        /** How many variables there are so far. */
        public int size() {
            return size;
        }

        /** Adds a constant. */
        public Builder addOffset(double more) {
            offset += finite(more, "the offset", offset + more);
            return this;
        }

        /** Adds to the coefficient of a variable, given by its number. */
        public Builder addLinear(int variable, double more) {
            grow(variable);
            linear[variable] += finite(more, "the bias", linear[variable] + more);
            return this;
        }

        /** Adds to the coefficient of a product of two variables, given by their numbers. */
        public Builder addQuadratic(int i, int j, double more) {
            finite(more, "the interaction", more);
            grow(Math.max(i, j));
            if (Math.min(i, j) < 0) {
                grow(-1);
            }
            if (i == j) {
                return vartype == Vartype.SPIN ? addOffset(more) : addLinear(i, more);
            }
            if (terms == first.length) {
                int length = length(terms, terms + 1L);
                first = Arrays.copyOf(first, length);
                second = Arrays.copyOf(second, length);
                weight = Arrays.copyOf(weight, length);
            }
            first[terms] = i;
            second[terms] = j;
            weight[terms++] = more;
            return this;
        }

        private static double finite(double more, String what, double sum) {
            if (!Double.isFinite(more) || !Double.isFinite(sum)) {
                throw new IllegalArgumentException(
                        "%s must be a finite number, not %s"
                                .formatted(what, Double.isFinite(more) ? sum : more));
            }
            return more;
        }

        /**
         * The model of what was added so far; the builder may go on. Takes time in proportion to
         * the terms. Products whose coefficients add up to zero stay interactions.
         */
        public BinaryQuadraticModel build() {
            if (2L * terms > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        terms + " products of variables are too many for one model");
            }
            // Sorted by column, then stably by row: two passes of a counting sort. Equal entries
            // keep the order in which they were added, so that sums do not depend on anything else.
            int[] columns = new int[size + 1];
            for (int t = 0; t < terms; t++) {
                columns[first[t] + 1]++;
                columns[second[t] + 1]++;
            }
            for (int i = 0; i < size; i++) {
                columns[i + 1] += columns[i];
            }
            int[] rows = columns.clone();
            int[] place = columns.clone();
            int[] byColumn = new int[2 * terms];
            for (int t = 0; t < terms; t++) {
                byColumn[place[second[t]]++] = t;
                byColumn[place[first[t]]++] = ~t;
            }
            System.arraycopy(columns, 0, place, 0, place.length);
            int[] neighbour = new int[2 * terms];
            double[] weights = new double[2 * terms];
            for (int entry : byColumn) {
                int t = entry < 0 ? ~entry : entry;
                int row = entry < 0 ? second[t] : first[t];
                int at = place[row]++;
                neighbour[at] = entry < 0 ? first[t] : second[t];
                weights[at] = weight[t];
            }
            return merged(rows, neighbour, weights);
        }

        private BinaryQuadraticModel merged(int[] rows, int[] neighbour, double[] weights) {
            int[] start = new int[size + 1];
            int to = 0;
            for (int i = 0; i < size; i++) {
                int begin = to;
                for (int at = rows[i]; at < rows[i + 1]; at++) {
                    if (to > begin && neighbour[to - 1] == neighbour[at]) {
                        weights[to - 1] += weights[at];
                        finite(0, "the interaction", weights[to - 1]);
                    } else {
                        neighbour[to] = neighbour[at];
                        weights[to++] = weights[at];
                    }
                }
                start[i + 1] = to;
            }
            return new BinaryQuadraticModel(
                    vartype,
                    labelled
                            ? Variables.of(Arrays.asList(labels).subList(0, size))
                            : Variables.range(size),
                    offset,
                    Arrays.copyOf(linear, size),
                    start,
                    to == neighbour.length ? neighbour : Arrays.copyOf(neighbour, to),
                    to == weights.length ? weights : Arrays.copyOf(weights, to));
        }
    }
}
