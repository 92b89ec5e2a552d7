package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Terms {@code i j v} as they stand in a file, before it is known what the integers stand for; 16
 * bytes each.
 */
final class Terms {
    /** So many variables a header may announce that no term mentions. */
    private static final int FREE_VARIABLES = 1 << 20;

    private int[] first = new int[1 << 10];
    private int[] second = new int[1 << 10];
    private double[] value = new double[1 << 10];
    private int size;
    private int least = Integer.MAX_VALUE;
    private int most = -1;
    private boolean diagonal;

    void add(int i, int j, double v) {
        if (size == first.length) {
            int longer = (int) Math.min(Integer.MAX_VALUE - 8, size * 3L / 2);
            if (longer == size) {
                throw new IllegalArgumentException("more than %d terms".formatted(size));
            }
            first = Arrays.copyOf(first, longer);
            second = Arrays.copyOf(second, longer);
            value = Arrays.copyOf(value, longer);
        }
        first[size] = i;
        second[size] = j;
        value[size++] = v;
        least = Math.min(least, Math.min(i, j));
        most = Math.max(most, Math.max(i, j));
        diagonal |= i == j;
    }

    int size() {
        return size;
    }

    /** The smallest integer, or the largest int without terms. */
    int least() {
        return least;
    }

    /** The largest integer, or -1 without terms. */
    int most() {
        return most;
    }

    /** Whether there are linear terms. */
    boolean hasDiagonal() {
        return diagonal;
    }

    void forEach(BinaryQuadraticModel.Interactions consumer) {
        for (int t = 0; t < size; t++) {
            consumer.accept(first[t], second[t], value[t]);
        }
    }

    double sum() {
        double sum = 0;
        for (int t = 0; t < size; t++) {
            sum += value[t];
        }
        return sum;
    }

    /**
     * The model of variables {@code from} to {@code from + count - 1}, whether terms mention them
     * or not.
     *
     * @param linear a factor for linear terms
     * @param quadratic a factor for products
     * @throws IllegalArgumentException if there are many more variables than terms
     */
    BinaryQuadraticModel numbered(
            int from, int count, Vartype vartype, double linear, double quadratic, double offset) {
        if (count > FREE_VARIABLES && count / 8 > size) {
            throw new IllegalArgumentException(
                    "%d variables are announced, and there are only %d terms; at most %d may be without terms"
                            .formatted(count, size, FREE_VARIABLES));
        }
        var builder = BinaryQuadraticModel.builder(vartype).addVariables(Variables.range(count));
        for (int t = 0; t < size; t++) {
            // Adding 0 makes -0 a plain 0.
            if (first[t] == second[t]) {
                builder.addLinear(first[t] - from, linear * value[t] + 0.0);
            } else {
                builder.addQuadratic(first[t] - from, second[t] - from, quadratic * value[t] + 0.0);
            }
        }
        release();
        return builder.addOffset(offset).build();
    }

    /** The model of the variables that terms mention, in ascending order, labelled. */
    BinaryQuadraticModel mentioned(Vartype vartype, double factor, double offset) {
        int[] labels = labels();
        boolean plain = labels.length == 0 || labels[labels.length - 1] == labels.length - 1;
        int[] number = plain ? labels : numbers(labels);
        var builder = BinaryQuadraticModel.builder(vartype);
        if (plain) {
            builder.addVariables(Variables.range(labels.length));
        } else {
            List<Integer> boxed = new ArrayList<>(labels.length);
            for (int label : labels) {
                boxed.add(label);
            }
            builder.addVariables(Variables.of(boxed));
        }
        for (int t = 0; t < size; t++) {
            int i = number(first[t], labels, number);
            if (first[t] == second[t]) {
                builder.addLinear(i, factor * value[t]);
            } else {
                builder.addQuadratic(i, number(second[t], labels, number), factor * value[t]);
            }
        }
        release();
        return builder.addOffset(offset).build();
    }

    /** The model does not need them twice while it is built. */
    private void release() {
        first = new int[0];
        second = new int[0];
        value = new double[0];
        size = 0;
    }

    private int[] labels() {
        if (most < 8L * size + 1024) {
            boolean[] seen = new boolean[most + 1];
            int count = 0;
            for (int t = 0; t < size; t++) {
                count += seen[first[t]] ? 0 : 1;
                seen[first[t]] = true;
                count += seen[second[t]] ? 0 : 1;
                seen[second[t]] = true;
            }
            int[] labels = new int[count];
            for (int k = 0, to = 0; k <= most; k++) {
                if (seen[k]) {
                    labels[to++] = k;
                }
            }
            return labels;
        }
        int[] all = Arrays.copyOf(first, 2 * size);
        System.arraycopy(second, 0, all, size, size);
        Arrays.sort(all);
        int count = 0;
        for (int label : all) {
            if (count == 0 || all[count - 1] != label) {
                all[count++] = label;
            }
        }
        return Arrays.copyOf(all, count);
    }

    /** The numbers by label where labels are dense, otherwise nothing: they are searched then. */
    private int[] numbers(int[] labels) {
        if (most >= 8L * size + 1024) {
            return new int[0];
        }
        int[] number = new int[most + 1];
        for (int k = 0; k < labels.length; k++) {
            number[labels[k]] = k;
        }
        return number;
    }

    private static int number(int label, int[] labels, int[] number) {
        return number.length > 0 ? number[label] : Arrays.binarySearch(labels, label);
    }
}
