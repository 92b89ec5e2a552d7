package org.jaket.stabilizer.rare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A repetition code of d bits, each flipped with probability p, decoded by majority: it fails with
 * the probability of more than d/2 flips of a binomial law.
 */
class StratifiedEstimatorTest {
    private static String model(int d, double p) {
        StringBuilder text = new StringBuilder("error(%s) D0\n".formatted(p));
        for (int k = 1; k < d - 1; k++) {
            text.append("error(%s) D%d D%d\n".formatted(p, k - 1, k));
        }
        return text.append("error(%s) D%d L0\n".formatted(p, d - 2)).toString();
    }

    /** Detector k is the parity of bits k and k + 1; the observable is the last bit. */
    private static void majority(int d, ShotBatch shots, boolean[] failed) {
        for (int s = 0; s < shots.shots(); s++) {
            boolean bit = false;
            int ones = 0;
            for (int k = 0; k < d - 1; k++) {
                bit ^= shots.get(s, k);
                ones += bit ? 1 : 0;
            }
            // With bit 0 taken as 0, the last bit is "bit"; the smaller class is the correction.
            boolean lastIsCorrected = ones > d / 2 != bit;
            failed[s] = shots.get(s, d - 1) != lastIsCorrected;
        }
    }

    private static double exact(int d, double p) {
        double sum = 0;
        for (int k = d / 2 + 1; k <= d; k++) {
            double term = Math.pow(p, k) * Math.pow(1 - p, d - k);
            for (int i = 0; i < k; i++) {
                term *= (d - i) / (double) (i + 1);
            }
            sum += term;
        }
        return sum;
    }

    private static RareFailure estimate(int d, double p, long shots) {
        return StratifiedEstimator.of(DetectorErrorModel.parse(model(d, p)))
                .confidence(0.99)
                .estimate(
                        (batch, failed) -> majority(d, batch, failed),
                        RunOptions.shots(shots).seed(17));
    }

    /** Down to 1e-17, where direct sampling would need more shots than there are. */
    @ParameterizedTest
    @CsvSource({"3, 0.2", "5, 0.01", "5, 0.0001", "9, 0.02", "9, 0.001", "7, 0.00003", "25, 0.02"})
    void failureProbabilitiesOfMajorityVotesAreFound(int d, double p) {
        double exact = exact(d, p);
        RareFailure failure = estimate(d, p, 200_000);
        assertThat(failure.probability())
                .isCloseTo(exact, within(5 * failure.standardError() + 1e-16));
        assertThat(failure.lower()).isLessThanOrEqualTo(exact);
        assertThat(failure.upper()).isGreaterThanOrEqualTo(exact);
        assertThat(failure.standardError()).isLessThan(0.05 * exact + 1e-16);
        assertThat(failure.confidence()).isEqualTo(0.99);
    }

    /** Of 100 intervals with confidence 0.9, binomial chance leaves at most 22 outside (1e-4). */
    @Test
    void intervalsCoverAsOftenAsTheySay() {
        int outside = 0;
        double exact = exact(5, 0.05);
        for (int seed = 0; seed < 100; seed++) {
            RareFailure failure =
                    StratifiedEstimator.of(DetectorErrorModel.parse(model(5, 0.05)))
                            .confidence(0.9)
                            .estimate(
                                    (batch, failed) -> majority(5, batch, failed),
                                    RunOptions.shots(3000).seed(seed));
            outside += failure.lower() > exact || failure.upper() < exact ? 1 : 0;
        }
        assertThat(outside).isLessThanOrEqualTo(22);
    }

    @Test
    void strataWithFewWaysToBeHitAreExactAndCostNoShots() {
        RareFailure failure = estimate(5, 0.001, 10_000);
        assertThat(failure.strata().get(0))
                .isEqualTo(new Stratum(0, failure.strata().get(0).weight(), 0, 0, 0, 0, 0));
        assertThat(failure.strata().get(1).upper()).isZero();
        assertThat(failure.strata().stream().mapToDouble(Stratum::weight).sum())
                .isCloseTo(1, within(1e-12));
    }

    /** An error of probability one half is drawn in every stratum. */
    @Test
    void likelyErrorsAreSampledInAllStrata() {
        RareFailure failure =
                StratifiedEstimator.of(
                                DetectorErrorModel.parse("error(0.5) D0\nerror(0.01) D1 L0\n"))
                        .estimate(
                                (batch, failed) -> {
                                    for (int s = 0; s < batch.shots(); s++) {
                                        failed[s] = batch.get(s, 0) && batch.get(s, 1);
                                    }
                                },
                                RunOptions.shots(100_000).seed(1));
        assertThat(failure.probability()).isCloseTo(0.005, within(5 * failure.standardError()));
        assertThat(failure.lower()).isLessThan(0.005);
        assertThat(failure.upper()).isGreaterThan(0.005);
    }

    @Test
    void aModelWithoutErrorsNeverFails() {
        RareFailure failure =
                StratifiedEstimator.of(DetectorErrorModel.parse("detector D0\n"))
                        .estimate((batch, failed) -> failed[0] = false, RunOptions.shots(10));
        assertThat(failure.probability()).isZero();
        assertThat(failure.upper()).isZero();
    }

    @Test
    void wrongConfidencesAreRefused() {
        StratifiedEstimator estimator =
                StratifiedEstimator.of(DetectorErrorModel.parse("error(0.1) D0\n"));
        assertThatThrownBy(() -> estimator.confidence(1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 1");
    }
}
