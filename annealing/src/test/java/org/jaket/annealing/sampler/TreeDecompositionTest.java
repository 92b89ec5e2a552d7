package org.jaket.annealing.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

class TreeDecompositionTest {
    @Test
    void theLowestEnergyIsExact() {
        for (long seed = 0; seed < 60; seed++) {
            Vartype vartype = seed % 2 == 0 ? Vartype.SPIN : Vartype.BINARY;
            BinaryQuadraticModel model =
                    Models.random(1 + (int) seed % 13, (seed % 5) / 4.0, vartype, seed);
            SampleSet set = new TreeDecomposition().sample(model, SamplingOptions.reads(2));
            assertThat(set.best().energy()).isCloseTo(Models.minimum(model), within(1e-11));
            assertThat(set.size()).isEqualTo(1);
        }
    }

    /** Onsager's ring: Z = (2 cosh b)^n + (2 sinh b)^n for n spins with couplings -1. */
    @Test
    void thePartitionFunctionOfARing() {
        int n = 1000;
        double beta = 0.7;
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < n; i++) {
            builder.addQuadratic(i, (i + 1) % n, -1);
        }
        double expected =
                n * Math.log(2 * Math.cosh(beta)) + Math.log1p(Math.pow(Math.tanh(beta), n));
        assertThat(TreeDecomposition.logPartition(builder.build(), beta))
                .isCloseTo(expected, within(1e-9));
    }

    /** Against the sum over all states, offset and biases included. */
    @Test
    void thePartitionFunctionOfSmallModels() {
        for (long seed = 0; seed < 20; seed++) {
            BinaryQuadraticModel model = Models.random(9, 0.4, Vartype.BINARY, seed);
            double sum = 0;
            for (double energy : Models.energies(model)) {
                sum += Math.exp(-1.3 * energy);
            }
            assertThat(TreeDecomposition.logPartition(model, 1.3))
                    .isCloseTo(Math.log(sum), within(1e-10));
        }
    }

    /**
     * Chi-square of 100,000 samples over 32 states; with 31 degrees of freedom 69.11 is exceeded
     * once in ten thousand.
     */
    @Test
    void samplesFollowTheBoltzmannDistribution() {
        BinaryQuadraticModel model = Models.random(5, 0.7, Vartype.BINARY, 4);
        double beta = 0.8;
        double[] energies = Models.energies(model);
        double z = 0;
        for (double energy : energies) {
            z += Math.exp(-beta * energy);
        }
        int reads = 100_000;
        SampleSet set =
                TreeDecomposition.boltzmann(beta)
                        .sample(model, SamplingOptions.reads(reads).seed(3));
        double chi = 0;
        double seen = 0;
        for (Sample s : set) {
            double expected = reads * Math.exp(-beta * s.energy()) / z;
            seen += expected;
            chi += (s.occurrences() - expected) * (s.occurrences() - expected) / expected;
        }
        // States that never came have what is left of the sum.
        chi += reads - seen;
        assertThat(chi).isLessThan(69.11);
    }

    /** A strip of 8 x 500 spins, every row a chain, against eliminating in another way. */
    @Test
    void longStripsAreExact() {
        Random random = new Random(1);
        int rows = 500;
        int width = 8;
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        double[][] across = new double[rows][width];
        double[][] down = new double[rows][width];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < width; c++) {
                int i = r * width + c;
                if (c + 1 < width) {
                    across[r][c] = random.nextGaussian();
                    builder.addQuadratic(i, i + 1, across[r][c]);
                }
                if (r + 1 < rows) {
                    down[r][c] = random.nextGaussian();
                    builder.addQuadratic(i, i + width, down[r][c]);
                }
            }
        }
        BinaryQuadraticModel model = builder.build();
        double[] best = new double[1 << width];
        for (int r = 0; r < rows; r++) {
            double[] next = new double[1 << width];
            for (int a = 0; a < next.length; a++) {
                double inner = 0;
                for (int c = 0; c + 1 < width; c++) {
                    inner += across[r][c] * spin(a, c) * spin(a, c + 1);
                }
                double least = r == 0 ? 0 : Double.POSITIVE_INFINITY;
                for (int b = 0; r > 0 && b < next.length; b++) {
                    double between = best[b];
                    for (int c = 0; c < width; c++) {
                        between += down[r - 1][c] * spin(b, c) * spin(a, c);
                    }
                    least = Math.min(least, between);
                }
                next[a] = inner + least;
            }
            best = next;
        }
        double expected = Arrays.stream(best).min().orElseThrow();
        Sample found = new TreeDecomposition().sample(model, SamplingOptions.reads(1)).best();
        assertThat(found.energy()).isCloseTo(expected, within(1e-8));
    }

    private static int spin(int code, int bit) {
        return 2 * (code >> bit & 1) - 1;
    }

    @Test
    void whatIsTooWideIsSaid() {
        BinaryQuadraticModel dense = Models.random(40, 1, Vartype.SPIN, 1);
        assertThat(TreeDecomposition.fits(dense)).isFalse();
        assertThatThrownBy(() -> new TreeDecomposition().sample(dense, SamplingOptions.reads(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 24 variables");
        assertThatThrownBy(() -> TreeDecomposition.boltzmann(-1))
                .hasMessageContaining("positive number");
    }
}
