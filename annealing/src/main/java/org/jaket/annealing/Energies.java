package org.jaket.annealing;

import java.util.Arrays;
import java.util.List;

/**
 * The energies of many states, some side by side: each interaction is read once for all of them.
 * The numbers are those of {@link BinaryQuadraticModel#energy}, bit by bit.
 */
final class Energies {
    /** How many states lie side by side. */
    private static final int LANES = 16;

    /** Up to so many states are sooner done one by one, where values of 0 cost nothing. */
    private static final int FEW = 4;

    private Energies() {}

    static double[] of(BinaryQuadraticModel model, List<byte[]> states) {
        double[] energies = new double[states.size()];
        int done = 0;
        while (states.size() - done > FEW) {
            int count = Math.min(LANES, states.size() - done);
            double[] some = together(model, states.subList(done, done + count));
            System.arraycopy(some, 0, energies, done, count);
            done += count;
        }
        for (; done < energies.length; done++) {
            energies[done] = model.energy(states.get(done));
        }
        return energies;
    }

    private static double[] together(BinaryQuadraticModel model, List<byte[]> states) {
        int n = model.size();
        double[] values = new double[n * LANES];
        for (int lane = 0; lane < states.size(); lane++) {
            byte[] state = states.get(lane);
            model.check(state);
            for (int i = 0; i < n; i++) {
                values[i * LANES + lane] = state[i];
            }
        }
        double[] sum = new double[LANES];
        Arrays.fill(sum, model.offset());
        double[] field = new double[LANES];
        for (int i = 0; i < n; i++) {
            Arrays.fill(field, model.linear(i));
            int degree = model.degree(i);
            for (int k = 0; k < degree && model.neighbour(i, k) < i; k++) {
                double weight = model.weight(i, k);
                int from = model.neighbour(i, k) * LANES;
                for (int lane = 0; lane < LANES; lane++) {
                    field[lane] += weight * values[from + lane];
                }
            }
            int at = i * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                sum[lane] += values[at + lane] * field[lane];
            }
        }
        return sum;
    }
}
