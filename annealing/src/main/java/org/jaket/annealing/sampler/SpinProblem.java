package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

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
        BinaryQuadraticModel spins = model.toSpin();
        size = spins.size();
        unit = unit(spins);
        linear = new float[size];
        start = new int[size + 1];
        neighbour = new int[2 * spins.interactions()];
        weight = new float[neighbour.length];
        int at = 0;
        for (int i = 0; i < size; i++) {
            linear[i] = (float) (spins.linear(i) / unit);
            for (int k = 0; k < spins.degree(i); k++) {
                float w = (float) (spins.weight(i, k) / unit);
                if (w != 0) {
                    neighbour[at] = spins.neighbour(i, k) * LANES;
                    weight[at++] = w;
                }
            }
            start[i + 1] = at;
        }
    }

    /**
     * A power of two near the largest coefficient if single precision could not hold the numbers as
     * they are, so that rounding does not depend on it; otherwise 1.
     */
    private static double unit(BinaryQuadraticModel spins) {
        double[] largest = {0};
        for (int i = 0; i < spins.size(); i++) {
            largest[0] = Math.max(largest[0], Math.abs(spins.linear(i)));
        }
        spins.forEachInteraction((i, j, w) -> largest[0] = Math.max(largest[0], Math.abs(w)));
        return largest[0] == 0 || largest[0] > 0x1p-40 && largest[0] < 0x1p40
                ? 1
                : Math.scalb(1.0, Math.getExponent(largest[0]));
    }

    int degree(int variable) {
        return start[variable + 1] - start[variable];
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
