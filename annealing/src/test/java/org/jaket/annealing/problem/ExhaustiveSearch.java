package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All states of a small model, one flip after the other in the order of the Gray code. */
public final class ExhaustiveSearch implements Sampler {
    private static final double TOLERANCE = 1e-9;

    /** A search of all states. */
    public ExhaustiveSearch() {}

    /** The lowest energy. */
    public static double minimum(BinaryQuadraticModel model) {
        return model.energy(minima(model).getFirst());
    }

    /** All states of lowest energy, energies that differ by 10^-9 being equal. */
    public static List<byte[]> minima(BinaryQuadraticModel model) {
        int n = model.size();
        if (n > 24) {
            throw new IllegalArgumentException(n + " variables are too many for a test");
        }
        byte low = model.vartype().low();
        int step = model.vartype() == Vartype.SPIN ? 2 : 1;
        byte[] state = new byte[n];
        Arrays.fill(state, low);
        double[] field = new double[n];
        double energy = model.energy(state);
        for (int i = 0; i < n; i++) {
            field[i] = model.linear(i);
            for (int k = 0; k < model.degree(i); k++) {
                field[i] += model.weight(i, k) * low;
            }
        }
        double best = energy;
        List<byte[]> minima = new ArrayList<>(List.of(state.clone()));
        for (int code = 1; code < 1 << n; code++) {
            int i = Integer.numberOfTrailingZeros(code);
            int change = state[i] == low ? step : -step;
            energy += change * field[i];
            state[i] += (byte) change;
            for (int k = 0; k < model.degree(i); k++) {
                field[model.neighbour(i, k)] += model.weight(i, k) * change;
            }
            if (energy < best - TOLERANCE) {
                minima.clear();
                best = energy;
            }
            if (energy < best + TOLERANCE) {
                minima.add(state.clone());
            }
        }
        return minima;
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        return SampleSet.of(
                model, List.of(minima(model).getFirst()), "exhaustive", 0, Duration.ZERO);
    }
}
