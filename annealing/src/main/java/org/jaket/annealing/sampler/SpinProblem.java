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
        unit = unit(model);
        double scale = 1 / unit;
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
                float spin = (float) (w * half * half);
                if (spin != 0) {
                    neighbour[at] = model.neighbour(i, k) * LANES;
                    weight[at++] = spin;
                }
            }
            double h = model.linear(i) * scale * half;
            linear[i] = (float) (binary ? h + sum / 4 : h);
            start[i + 1] = at;
            constant += binary ? model.linear(i) / 2 + sum / scale / 8 : 0;
        }
        base = model.offset() + constant;
        blocks = Blocks.of(this);
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
