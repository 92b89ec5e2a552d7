package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.codes.ColorCode;
import org.jaket.stabilizer.codes.RepetitionCode;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/**
 * Measurements sampled as sums of errors against frames, on memory experiments whose loops fold.
 * Means of all results, and how often pairs agree, at six standard errors of a difference with
 * fixed seeds: all of the some ten thousand checks pass for right engines with probability above 1
 * - 1e-4.
 */
class MeasurementMethodsTest {
    private static final int SHOTS = 40_000;

    /** How far apart the results of a pair are: neighbours, turns of the loop, and in between. */
    private static final int[] LAGS = {0, 1, 2, 3, 4, 8, 24, 25, 48, 72};

    private static long[][] counts(Circuit circuit, ShotSampler.Method method, long seed)
            throws IOException {
        ShotSampler sampler =
                ShotSampler.measurements(
                        circuit, ShotSampler.Reference.FOLDED, method, Progress.NONE);
        int bits = sampler.layout().bits();
        long[][] ones = new long[LAGS.length][bits];
        sampler.sample(
                RunOptions.shots(SHOTS).seed(seed).threads(2), batch -> count(batch, bits, ones));
        return ones;
    }

    private static void count(ShotBatch batch, int bits, long[][] ones) {
        for (int shot = 0; shot < batch.shots(); shot++) {
            for (int bit = 0; bit < bits; bit++) {
                boolean here = batch.get(shot, bit);
                for (int k = 0; k < LAGS.length && bit + LAGS[k] < bits; k++) {
                    boolean there = LAGS[k] > 0 && batch.get(shot, bit + LAGS[k]);
                    ones[k][bit] += here != there ? 1 : 0;
                }
            }
        }
    }

    @Test
    void bothMethodsHaveTheSameMeansAndPairs() throws IOException {
        for (Circuit circuit :
                List.of(
                        SurfaceCode.rotatedMemoryX(5).rounds(9).noise(0.004).circuit(),
                        SurfaceCode.unrotatedMemoryZ(3).rounds(6).noise(0.01).circuit(),
                        ColorCode.memoryXyz(3).rounds(7).noise(0.01).circuit(),
                        RepetitionCode.memory(5).rounds(30).noise(0.02).circuit(),
                        Circuit.stim(
                                "H 0\nM 1 0\nREPEAT 7 {\n H 0\n CX 0 1\n M(0.1) 1\n REPEAT 3 {\n DEPOLARIZE1(0.1) 0 1\n MR 0\n MXX 0 1\n HERALDED_ERASE(0.1) 1\n }\n MX 1\n CX rec[-2] 0\n}\nM 0 1\nMX 0 1"))) {
            long[][] frames = counts(circuit, ShotSampler.Method.FRAMES, 5);
            long[][] mechanisms = counts(circuit, ShotSampler.Method.MECHANISMS, 6);
            for (int k = 0; k < LAGS.length; k++) {
                for (int bit = 0; bit < frames[k].length; bit++) {
                    double a = frames[k][bit];
                    double b = mechanisms[k][bit];
                    double p = (a + b) / (2.0 * SHOTS);
                    double error = Math.sqrt(2 * SHOTS * p * (1 - p));
                    assertThat(Math.abs(a - b))
                            .describedAs("result %d and the one %d later", bit, LAGS[k])
                            .isLessThanOrEqualTo(6 * error + 5);
                }
            }
        }
    }
}
