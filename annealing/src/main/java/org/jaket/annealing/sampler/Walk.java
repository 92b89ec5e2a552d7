package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.execution.CounterRandom;

import java.util.Arrays;

/**
 * One state that moves by single flips, with what every flip would change the energy by. Works on
 * the model as it is, so that beginning with all variables low takes no look at interactions where
 * low is zero.
 *
 * <p>A flip changes variable i by step[i], the energy by {@code step[i] field[i]}, and the change
 * that another one would make by {@code step[j] weight step[i]}. Sums drift by rounding, so {@link
 * #refresh} now and then.
 */
final class Walk {
    final BinaryQuadraticModel model;
    final int size;

    /** What flipping each variable adds to the energy. */
    final double[] change;

    /** What flipping each variable adds to its value: positive where it is low. */
    private final double[] step;

    private final double width;
    double energy;

    Walk(BinaryQuadraticModel model) {
        this.model = model;
        size = model.size();
        change = new double[size];
        step = new double[size];
        width = model.vartype().high() - model.vartype().low();
    }

    /** All variables low. */
    void startLow() {
        Arrays.fill(step, width);
        if (model.vartype().low() != 0) {
            refresh();
            return;
        }
        energy = model.offset();
        for (int i = 0; i < size; i++) {
            change[i] = model.linear(i);
        }
    }

    /** Random values. */
    void startRandom(long seed, long stream) {
        for (int i = 0; i < size; i++) {
            step[i] = CounterRandom.bits(seed, stream, i) < 0 ? width : -width;
        }
        refresh();
    }

    /** Sets a value; {@link #refresh} must follow. */
    void set(int variable, boolean high) {
        step[variable] = high ? -width : width;
    }

    /** Another state. */
    void set(byte[] state) {
        for (int i = 0; i < size; i++) {
            set(i, state[i] == 1);
        }
        refresh();
    }

    private double value(int i) {
        return step[i] > 0 ? model.vartype().low() : 1;
    }

    /** Computes energies from the values. */
    void refresh() {
        double sum = model.offset();
        for (int i = 0; i < size; i++) {
            double others = 0;
            int degree = model.degree(i);
            for (int k = 0; k < degree; k++) {
                others += model.weight(i, k) * value(model.neighbour(i, k));
            }
            change[i] = step[i] * (model.linear(i) + others);
            sum += value(i) * (model.linear(i) + 0.5 * others);
        }
        energy = sum;
    }

    void flip(int i) {
        double by = step[i];
        energy += change[i];
        step[i] = -by;
        change[i] = -change[i];
        int degree = model.degree(i);
        for (int k = 0; k < degree; k++) {
            int j = model.neighbour(i, k);
            change[j] += step[j] * by * model.weight(i, k);
        }
    }

    /** The state in the model's own values. */
    byte[] state() {
        byte[] state = new byte[size];
        copyTo(state);
        return state;
    }

    void copyTo(byte[] state) {
        byte low = model.vartype().low();
        for (int i = 0; i < size; i++) {
            state[i] = step[i] > 0 ? low : 1;
        }
    }
}
