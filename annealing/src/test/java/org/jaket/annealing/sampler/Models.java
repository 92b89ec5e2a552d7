package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.util.Random;

/** Models for tests, and their exact answers. */
final class Models {
    private Models() {}

    /** Every pair interacts with a probability; all coefficients are normal. */
    static BinaryQuadraticModel random(int n, double density, Vartype vartype, long seed) {
        Random random = new Random(seed);
        var builder = BinaryQuadraticModel.builder(vartype).addOffset(random.nextGaussian());
        for (int i = 0; i < n; i++) {
            builder.addLinear(i, random.nextGaussian());
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < density) {
                    builder.addQuadratic(i, j, random.nextGaussian());
                }
            }
        }
        return builder.build();
    }

    /** Edges of a random graph with weights +1 and -1, as spins without fields. */
    static BinaryQuadraticModel glass(int n, int edges, long seed) {
        Random random = new Random(seed);
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(n - 1, 0);
        for (int e = 0; e < edges; e++) {
            int i = random.nextInt(n);
            int j = (i + 1 + random.nextInt(n - 1)) % n;
            builder.addQuadratic(i, j, random.nextBoolean() ? 1 : -1);
        }
        return builder.build();
    }

    /** State number {@code code}: bit k set means that variable k has its high value. */
    static byte[] state(BinaryQuadraticModel model, int code) {
        byte[] state = new byte[model.size()];
        for (int i = 0; i < state.length; i++) {
            state[i] = (code >> i & 1) != 0 ? model.vartype().high() : model.vartype().low();
        }
        return state;
    }

    /** The energies of all states. */
    static double[] energies(BinaryQuadraticModel model) {
        double[] energies = new double[1 << model.size()];
        for (int code = 0; code < energies.length; code++) {
            energies[code] = model.energy(state(model, code));
        }
        return energies;
    }

    /** The lowest energy, by trying all states. */
    static double minimum(BinaryQuadraticModel model) {
        double minimum = Double.POSITIVE_INFINITY;
        for (double energy : energies(model)) {
            minimum = Math.min(minimum, energy);
        }
        return minimum;
    }
}
