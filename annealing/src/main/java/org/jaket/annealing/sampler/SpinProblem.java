package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jspecify.annotations.Nullable;

/**
 * A model as the kernels read it: spins, single precision, compressed rows. Neighbours are written
 * as the place of their first lane. Energies that are reported come from the model itself.
 */
final class SpinProblem {
    /** How many reads lie side by side: two registers of eight floats, or one of sixteen. */
    static final int LANES = 16;

    /** What may make coefficients whole numbers. */
    private static final int[] FACTORS = {
        1, 2, 4, 8, 16, 32, 64, 5, 10, 20, 40, 100, 200, 400, 1000, 2000, 4000
    };

    /** Whole numbers below this, and sums of 500 of them, are exact in single precision. */
    private static final double LARGEST_WHOLE = 1 << 15;

    final BinaryQuadraticModel model;
    final int size;
    final float[] linear;
    final int[] start;
    final int[] neighbour;
    final float[] weight;

    /** All biases and interactions, multiplied by this, are what the model says. */
    final double unit;

    /** The model's energy where that of the spins is zero. */
    final double base;

    private final @Nullable Blocks blocks;
    private final boolean isShort;

    /**
     * Reads a model.
     *
     * @throws IllegalArgumentException if it has no variables or too many for one array
     */
    SpinProblem(BinaryQuadraticModel model) {
        if (model.size() == 0) {
            throw new IllegalArgumentException("the model has no variables, so nothing to sample");
        }
        if (model.size() > Integer.MAX_VALUE / LANES / 2) {
            throw new IllegalArgumentException(
                    "%d variables are too many to sample; the limit is %d"
                            .formatted(model.size(), Integer.MAX_VALUE / LANES / 2));
        }
        this.model = model;
        size = model.size();
        // x = (1 + s) / 2 where the model is binary.
        boolean binary = model.vartype() == Vartype.BINARY;
        double half = binary ? 0.5 : 1;
        double range = unit(model);
        int whole = range == 1 ? whole(model, half) : 0;
        double scale = whole == 0 ? 1 / range : whole;
        unit = whole == 0 ? range : 1.0 / whole;
        linear = new float[size];
        start = new int[size + 1];
        neighbour = new int[2 * model.interactions()];
        weight = new float[neighbour.length];
        int at = 0;
        double constant = 0;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            int degree = model.degree(i);
            for (int k = 0; k < degree; k++) {
                double w = model.weight(i, k) * scale;
                sum += w;
                double product = w * half * half;
                float spin = (float) (whole == 0 ? product : Math.rint(product));
                if (spin != 0) {
                    neighbour[at] = model.neighbour(i, k) * LANES;
                    weight[at++] = spin;
                }
            }
            double h = model.linear(i) * scale * half + (binary ? sum / 4 : 0);
            linear[i] = (float) (whole == 0 ? h : Math.rint(h));
            start[i + 1] = at;
            constant += binary ? model.linear(i) / 2 + sum / scale / 8 : 0;
        }
        base = model.offset() + constant;
        blocks = Blocks.of(this);
        isShort = whole != 0 && fitsShorts();
    }

    /**
     * A power of two near the largest coefficient if single precision could not hold the numbers as
     * they are, so that rounding does not depend on it; otherwise 1.
     */
    private static double unit(BinaryQuadraticModel model) {
        double largest = 0;
        for (int i = 0; i < model.size(); i++) {
            largest = Math.max(largest, Math.abs(model.linear(i)));
            for (int k = 0; k < model.degree(i); k++) {
                largest = Math.max(largest, Math.abs(model.weight(i, k)));
            }
        }
        return largest == 0 || largest > 0x1p-40 && largest < 0x1p40
                ? 1
                : Math.scalb(1.0, Math.getExponent(largest));
    }

    /**
     * A number that makes all coefficients of the spins whole ones, or 0 if none of a few does:
     * many models have costs in cents or quarters.
     *
     * @param half 0.5 for binary variables, of which the spins' coefficients are parts
     */
    private static int whole(BinaryQuadraticModel model, double half) {
        for (int factor : FACTORS) {
            boolean all = true;
            for (int i = 0; i < model.size() && all; i++) {
                all = isWhole(model.linear(i) * half * factor);
                for (int k = 0; k < model.degree(i) && all; k++) {
                    all = isWhole(model.weight(i, k) * half * half * factor);
                }
            }
            if (all) {
                return factor;
            }
        }
        return 0;
    }

    private static boolean isWhole(double number) {
        double rest = Math.abs(number - Math.rint(number));
        return Math.abs(number) < LARGEST_WHOLE && rest <= 1e-12 * Math.abs(number);
    }

    /** Whether no field, and no change of one, can be beyond 16 bits. */
    private boolean fitsShorts() {
        for (int i = 0; i < size; i++) {
            if (largestField(i) > Short.MAX_VALUE) {
                return false;
            }
            for (int at = start[i]; at < start[i + 1]; at++) {
                if (2 * Math.abs(weight[at]) > Short.MAX_VALUE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether biases and interactions are whole numbers, and so small that fields have 16 bits. */
    boolean isShort() {
        return isShort;
    }

    /** The interactions of a problem that {@link #isShort}. */
    short[] shortWeights() {
        short[] narrow = new short[start[size]];
        for (int at = 0; at < narrow.length; at++) {
            narrow[at] = (short) weight[at];
        }
        return narrow;
    }

    /** The blocks that kernels may work in; null where the model is too sparse for them. */
    @Nullable Blocks blocks() {
        return blocks;
    }

    /** The largest local field that a variable can feel. */
    double largestField(int variable) {
        double sum = Math.abs(linear[variable]);
        for (int at = start[variable]; at < start[variable + 1]; at++) {
            sum += Math.abs(weight[at]);
        }
        return sum;
    }

    /** The local field of a variable when neighbours are independent: its root mean square. */
    double typicalField(int variable) {
        double sum = (double) linear[variable] * linear[variable];
        for (int at = start[variable]; at < start[variable + 1]; at++) {
            sum += (double) weight[at] * weight[at];
        }
        return Math.sqrt(sum);
    }

    /** The model's own values of spins. */
    byte[] state(float[] spins, int lane) {
        byte low = model.vartype() == Vartype.SPIN ? (byte) -1 : 0;
        byte[] state = new byte[size];
        for (int i = 0; i < size; i++) {
            state[i] = spins[i * LANES + lane] > 0 ? 1 : low;
        }
        return state;
    }
}
