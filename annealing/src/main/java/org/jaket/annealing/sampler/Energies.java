package org.jaket.annealing.sampler;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.Arrays;
import java.util.List;

/**
 * The energies of many states of a model, some side by side: each interaction is read once for all
 * of them. The numbers are those of {@link BinaryQuadraticModel#energy}, bit by bit, in plain Java
 * as on the Vector API.
 */
final class Energies {
    /** How many states lie side by side. */
    static final int LANES = 16;

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
        double[] values = new double[model.size() * LANES];
        for (int lane = 0; lane < states.size(); lane++) {
            byte[] state = states.get(lane);
            for (int i = 0; i < state.length; i++) {
                values[i * LANES + lane] = state[i];
            }
        }
        double[] sum = new double[LANES];
        Arrays.fill(sum, model.offset());
        if (Kernels.VECTOR) {
            Vectors.add(model, values, sum);
        } else {
            add(model, values, sum);
        }
        return sum;
    }

    /** Adds the energies of the values of all lanes. */
    static void add(BinaryQuadraticModel model, double[] values, double[] sum) {
        double[] field = new double[LANES];
        for (int i = 0; i < model.size(); i++) {
            Arrays.fill(field, model.linear(i));
            int degree = model.degree(i);
            for (int k = 0; k < degree && model.neighbour(i, k) < i; k++) {
                double weight = model.weight(i, k);
                int from = model.neighbour(i, k) * LANES;
                for (int lane = 0; lane < LANES; lane++) {
                    field[lane] += weight * values[from + lane];
                }
            }
            for (int lane = 0; lane < LANES; lane++) {
                sum[lane] += values[i * LANES + lane] * field[lane];
            }
        }
    }

    /** The same on the Vector API: a class of its own, so that nobody needs it who has not. */
    static final class Vectors {
        private static final VectorSpecies<Double> DOUBLES =
                DoubleVector.SPECIES_PREFERRED.length() >= LANES / 2
                        ? DoubleVector.SPECIES_512
                        : DoubleVector.SPECIES_256;

        private static final int LENGTH = DOUBLES.length();

        private Vectors() {}

        static void add(BinaryQuadraticModel model, double[] values, double[] sum) {
            for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
                add(model, values, sum, lane, lane + LENGTH);
            }
        }

        private static void add(
                BinaryQuadraticModel model, double[] values, double[] sum, int one, int two) {
            DoubleVector sumOne = load(sum, one);
            DoubleVector sumTwo = load(sum, two);
            for (int i = 0; i < model.size(); i++) {
                DoubleVector fieldOne = DoubleVector.broadcast(DOUBLES, model.linear(i));
                DoubleVector fieldTwo = fieldOne;
                int degree = model.degree(i);
                for (int k = 0; k < degree && model.neighbour(i, k) < i; k++) {
                    DoubleVector weight = DoubleVector.broadcast(DOUBLES, model.weight(i, k));
                    int from = model.neighbour(i, k) * LANES;
                    fieldOne = fieldOne.add(load(values, from + one).mul(weight));
                    fieldTwo = fieldTwo.add(load(values, from + two).mul(weight));
                }
                sumOne = sumOne.add(load(values, i * LANES + one).mul(fieldOne));
                sumTwo = sumTwo.add(load(values, i * LANES + two).mul(fieldTwo));
            }
            sumOne.intoArray(sum, one);
            sumTwo.intoArray(sum, two);
        }

        private static DoubleVector load(double[] from, int at) {
            return DoubleVector.fromArray(DOUBLES, from, at);
        }
    }
}
