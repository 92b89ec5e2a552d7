package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.util.Random;

/** Small models of all kinds. */
final class RandomModels {
    private RandomModels() {}

    /** Labelled, with integer or real coefficients, from few interactions to many. */
    static BinaryQuadraticModel of(long seed, int n, Vartype vartype) {
        Random random = new Random(seed);
        boolean integers = random.nextBoolean();
        int edges = n < 2 ? 0 : random.nextInt(n * n / 2 + 1);
        double fields = random.nextInt(3);
        var builder = BinaryQuadraticModel.builder(vartype).addOffset(random.nextInt(9));
        for (int i = 0; i < n; i++) {
            double h = fields * random.nextGaussian();
            builder.addLinear(builder.variable("v" + i), integers ? Math.rint(h) : h);
        }
        for (int e = 0; e < edges; e++) {
            int i = random.nextInt(n);
            double w = 2 * random.nextGaussian();
            builder.addQuadratic(
                    i, (i + 1 + random.nextInt(n - 1)) % n, integers ? Math.rint(w) : w);
        }
        return builder.build();
    }

    /** A state by the bits of a number. */
    static byte[] state(int n, Vartype vartype, int code) {
        byte[] state = new byte[n];
        for (int i = 0; i < n; i++) {
            state[i] = (code >> i & 1) != 0 ? vartype.high() : vartype.low();
        }
        return state;
    }
}
