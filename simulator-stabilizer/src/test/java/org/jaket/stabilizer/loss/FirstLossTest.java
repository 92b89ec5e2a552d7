package org.jaket.stabilizer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.random.BitSource;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Where the first loss falls, against products of probabilities; fixed seeds, six sigmas. */
class FirstLossTest {
    private static final int DRAWS = 200_000;

    private static FirstLoss of(String stim) {
        return FirstLoss.of(Lowering.of(Circuit.stim(stim)));
    }

    private static void assertLaw(String stim, List<Double> chances) {
        FirstLoss law = of(stim);
        BitSource source = BitSource.of(Kernels.plain(), 3, 0, 0);
        int[] seen = new int[chances.size() + 1];
        for (int k = 0; k < DRAWS; k++) {
            seen[(int) law.draw(source) + 1]++;
        }
        double left = 1;
        for (int k = 0; k < chances.size(); k++) {
            assertSeen(seen[k + 1], left * chances.get(k));
            left *= 1 - chances.get(k);
        }
        assertSeen(seen[0], left);
        assertThat(law.probability()).isCloseTo(1 - left, within(1e-12));
    }

    private static void assertSeen(int seen, double p) {
        assertThat(seen / (double) DRAWS)
                .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / DRAWS) + 1e-9));
    }

    @Test
    void chancesAreTakenInTheirOrder() {
        assertLaw(
                "LOSS_ERROR(0.1) 0 1 2\nH 0\nHERALDED_LOSS_ERROR(0.3) 1\nLOSS_ERROR(0) 0\nLOSS_ERROR(0.01) 0 0",
                List.of(0.1, 0.1, 0.1, 0.3, 0.0, 0.01, 0.01));
    }

    @Test
    void nestedLoopsAreUnfolded() {
        List<Double> chances = new ArrayList<>(List.of(0.02));
        for (int k = 0; k < 3; k++) {
            chances.add(0.05);
            for (int i = 0; i < 4; i++) {
                chances.addAll(List.of(0.01, 0.01, 0.03));
            }
            chances.add(0.0);
        }
        chances.add(0.2);
        assertLaw(
                "LOSS_ERROR(0.02) 0\nREPEAT 3 {\n LOSS_ERROR(0.05) 0\n REPEAT 4 {\n LOSS_ERROR(0.01) 0 1\n LOSS_ERROR(0.03) 2\n }\n LOSS_ERROR(0) 1\n}\nLOSS_ERROR(0.2) 4",
                chances);
    }

    @Test
    void aSureLossIsNeverPassed() {
        assertLaw("LOSS_ERROR(0.5) 0\nREPEAT 5 {\n LOSS_ERROR(1) 1 2\n}", List.of(0.5, 1.0));
        assertLaw("LOSS_ERROR(0) 0\nREPEAT 5 {\n H 0\n}", List.of(0.0));
    }

    @Test
    void longLoopsAreNotGoneThrough() {
        FirstLoss law = of("REPEAT 1000000000000 {\n LOSS_ERROR(1e-12) 0 1\n}");
        // 2e12 chances of 1e-12.
        assertThat(law.probability()).isCloseTo(1 - Math.exp(-2), within(1e-9));
        BitSource source = BitSource.of(Kernels.plain(), 4, 0, 0);
        double sum = 0;
        int found = 0;
        for (int k = 0; k < DRAWS; k++) {
            long first = law.draw(source);
            if (first >= 0) {
                sum += first * 1e-12;
                found++;
            }
        }
        // The mean of an exponential variable of mean 1 that is below 2; its variance is below 1/3.
        double mean = 1 - 2 / Math.expm1(2);
        assertThat(sum / found).isCloseTo(mean, within(6 * Math.sqrt(1 / 3.0 / found)));
    }
}
