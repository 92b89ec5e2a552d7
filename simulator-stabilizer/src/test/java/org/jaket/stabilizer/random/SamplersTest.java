package org.jaket.stabilizer.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.stabilizer.bits.Kernels;
import org.junit.jupiter.api.Test;

/**
 * Random streams and samplers. Statistical checks are at six standard errors with fixed seeds, so a
 * right sampler fails one of them with probability 2e-9.
 */
class SamplersTest {
    private static BitSource source(long block) {
        return BitSource.of(Kernels.chosen(), 5, 7, block);
    }

    @Test
    void aStreamIsAFunctionOfItsCoordinates() {
        BitSource a = source(3);
        BitSource b = source(4);
        long first = a.next();
        assertThat(source(3).next()).isEqualTo(first);
        assertThat(b.next()).isNotEqualTo(first);
        b.restart(5, 7, 3);
        assertThat(b.next()).isEqualTo(first);
        assertThat(BitSource.of(Kernels.chosen(), 5, 8, 3).next()).isNotEqualTo(first);
        assertThat(BitSource.of(Kernels.chosen(), 6, 7, 3).next()).isNotEqualTo(first);
    }

    @Test
    void bernoulliBitsHaveTheirProbability() {
        BitSource source = source(1);
        long[] words = new long[1 << 14];
        double bits = 64.0 * words.length;
        for (double p : new double[] {0.001, 0.02, 0.25, 0.5, 1.0 / 3, 0.999}) {
            source.fillBernoulli(words, 0, words.length, p);
            long ones = 0;
            for (long w : words) {
                ones += Long.bitCount(w);
            }
            assertThat(ones / bits).isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / bits)));
        }
    }

    @Test
    void certainAndImpossibleBitsAreExact() {
        long[] words = new long[64];
        source(2).fillBernoulli(words, 0, 64, 1);
        assertThat(words).containsOnly(-1L);
        source(2).fillBernoulli(words, 0, 64, 0);
        assertThat(words).containsOnly(0L);
    }

    @Test
    void boundedIntegersAreUniform() {
        BitSource source = source(5);
        int[] counts = new int[15];
        int draws = 300_000;
        for (int i = 0; i < draws; i++) {
            counts[source.nextBelow(15)]++;
        }
        double p = 1.0 / 15;
        for (int count : counts) {
            assertThat(count / (double) draws)
                    .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / draws)));
        }
    }

    /** Both branches of the sampler against the exact probabilities e^-m m^k / k!. */
    @Test
    void poissonNumbersHaveTheirLaw() {
        for (double mean : new double[] {0, 0.3, 4, 9.9, 10.1, 45, 1000}) {
            Poisson law = new Poisson(mean);
            BitSource source = source(6);
            int draws = 200_000;
            int[] counts = new int[4000];
            double sum = 0;
            for (int i = 0; i < draws; i++) {
                int k = law.sample(source);
                counts[k]++;
                sum += k;
            }
            assertThat(sum / draws).isCloseTo(mean, within(6 * Math.sqrt(mean / draws) + 1e-12));
            for (int k = 0; k < 2000; k++) {
                double p =
                        mean == 0
                                ? (k == 0 ? 1 : 0)
                                : Math.exp(-mean + k * Math.log(mean) - Poisson.logFactorial(k));
                assertThat(counts[k] / (double) draws)
                        .isCloseTo(p, within(7 * Math.sqrt(p * (1 - p) / draws) + 5.0 / draws));
            }
        }
    }

    /**
     * ln 20! = 42.335616460753485 (Abramowitz and Stegun, table 6.3: 20! = 2.43290200817664e18).
     */
    @Test
    void logFactorialsAreExact() {
        assertThat(Poisson.logFactorial(0)).isEqualTo(0);
        assertThat(Poisson.logFactorial(20))
                .isCloseTo(Math.log(2.43290200817664e18), within(1e-12));
        assertThat(Poisson.logFactorial(10)).isCloseTo(Math.log(3628800), within(1e-12));
    }

    @Test
    void rareEventsComeAtTheirRate() {
        for (double p : new double[] {0.0001, 0.01, 0.3, 1}) {
            RareEvents events = new RareEvents(p);
            BitSource source = source(8);
            long trials = 2_000_000;
            long hits = 0;
            long previous = -1;
            for (long s = events.next(-1, source); s < trials; s = events.next(s, source)) {
                assertThat(s).isGreaterThan(previous);
                previous = s;
                hits++;
            }
            assertThat(hits / (double) trials)
                    .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / trials)));
        }
    }
}
