package org.jaket.stabilizer.nearclifford;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

/** The two implementations of the kernels, side by side, bit for bit. */
class AmplitudeKernelsTest {
    private final AmplitudeKernels plain = AmplitudeKernels.plain();
    private final AmplitudeKernels vector = new VectorAmplitudeKernels();

    private static double[] numbers(Random random, int size) {
        return random.doubles(size, -1, 1).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7})
    void allStringsActTheSame(int qubits) {
        int size = 1 << qubits;
        Random random = new Random(qubits);
        for (int trial = 0; trial < 20_000; trial++) {
            int x = random.nextInt(4) == 0 ? 0 : random.nextInt(size);
            int z = random.nextInt(size);
            double[] re = numbers(random, size);
            double[] im = numbers(random, size);
            double[] reB = re.clone();
            double[] imB = im.clone();
            String what = "X %x Z %x".formatted(x, z);
            plain.rotate(re, im, size, x, z, 0.6, -0.8);
            vector.rotate(reB, imB, size, x, z, 0.6, -0.8);
            assertThat(reB).as(what).containsExactly(re);
            assertThat(imB).as(what).containsExactly(im);
        }
    }
}
