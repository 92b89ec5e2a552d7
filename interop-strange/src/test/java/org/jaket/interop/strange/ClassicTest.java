package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redfx.strange.algorithm.Classic;
import org.redfx.strange.local.SimpleQuantumExecutionEnvironment;

import java.util.List;
import java.util.stream.IntStream;

/** Strange's own algorithms on Jaket, against the answers of arithmetic. */
class ClassicTest {
    @BeforeEach
    void onJaket() {
        Classic.setQuantumExecutionEnvironment(new JaketExecutionEnvironment(4));
    }

    @AfterEach
    void onStrange() {
        Classic.setQuantumExecutionEnvironment(new SimpleQuantumExecutionEnvironment());
    }

    @Test
    void sums() {
        for (int a = 0; a < 8; a++) {
            for (int b = 1; b < 8; b++) {
                // The register has as many bits as the larger number and one more.
                int width = Math.max(a, b) < 2 ? 1 : 1 + ceilLog(Math.max(a, b));
                assertThat(Classic.qsum(a, b)).isEqualTo((a + b) % (1 << width));
            }
        }
    }

    private static int ceilLog(int x) {
        return 32 - Integer.numberOfLeadingZeros(x - 1);
    }

    /** A fair coin: 400 throws within six standard deviations of 10. */
    @Test
    void randomBits() {
        int ones = IntStream.range(0, 400).map(k -> Classic.randomBit()).sum();
        assertThat(ones).isBetween(140, 260);
    }

    /**
     * Grover's search for 1 in 64: after 6 turns the probability is sin^2(13 asin(1/8)) = 0.99659
     * (M. Boyer et al., Fortschr. Phys. 46, 1998).
     */
    @Test
    void searches() {
        List<Integer> list = IntStream.range(0, 64).boxed().toList();
        double[] p = Classic.searchProbabilities(list, x -> x == 37 ? 1 : 0);
        double turns = Math.pow(Math.sin(13 * Math.asin(1.0 / 8)), 2);
        assertThat(p[37]).isCloseTo(turns, org.assertj.core.api.Assertions.within(1e-5));
    }
}
