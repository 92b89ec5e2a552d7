package org.jaket.stabilizer.rare;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.mechanisms.HitSampler;
import org.jaket.stabilizer.results.ShotBatch;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates the probability that a shot of a detector error model fails, however small it is.
 *
 * <pre>{@code
 * RareFailure failure =
 *         StratifiedEstimator.of(model).estimate(decoder::isWrong, RunOptions.shots(1_000_000));
 * }</pre>
 *
 * <p>A Bernoulli(p) error has the law of the parity of a Poisson number of hits, so the number of
 * hits of a shot is Poisson with a known mean, and the failure probability is the sum over n of the
 * known probability of n hits times the failure probability of shots with n hits, the stratum's.
 * Strata with few ways to be hit, those of no and one hit always, are gone through instead of
 * sampled; the others get shots by their share in the error, judged from a pilot run whose shots
 * are then thrown away.
 *
 * <p>The interval is the sum of the strata's exact (Clopper-Pearson) intervals with the allowed
 * error divided among them, and of the strata that were left out: it covers the true value with at
 * least the confidence asked for, and it is wide where little is known. In particular, strata in
 * which nothing failed still widen it.
 */
public final class StratifiedEstimator {
    /** The probability of all numbers of hits that are left out together. */
    private static final double LEFT_OUT = 1e-16;

    /** More hits than this per shot do not pay: failures are not rare then. */
    private static final double MOST_MEAN = 1e4;

    /** Strata of at most so many ways to hit are gone through. */
    private static final double MOST_ENUMERATED = 1 << 20;

    private static final int BATCH = 1024;
    private static final double PILOT_SHARE = 0.1;

    private final HitSampler sampler;
    private final double confidence;

    private StratifiedEstimator(HitSampler sampler, double confidence) {
        this.sampler = sampler;
        this.confidence = confidence;
    }

    /**
     * An estimator with 95% confidence.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if the model is too large
     * @throws IllegalArgumentException if more than 10,000 errors are expected per shot
     */
    public static StratifiedEstimator of(DetectorErrorModel model) {
        HitSampler sampler = new HitSampler(model);
        if (sampler.mean() > MOST_MEAN) {
            throw new IllegalArgumentException(
                    "The model has %.3g errors per shot; for more than %.0f failures are not rare. Maybe sample it directly?"
                            .formatted(sampler.mean(), MOST_MEAN));
        }
        return new StratifiedEstimator(sampler, 0.95);
    }

    /**
     * The same estimator with another confidence.
     *
     * @param wanted in (0, 1)
     */
    public StratifiedEstimator confidence(double wanted) {
        if (!(wanted > 0 && wanted < 1)) {
            throw new IllegalArgumentException("A confidence is between 0 and 1, not " + wanted);
        }
        return new StratifiedEstimator(sampler, wanted);
    }

    /** Shots of one stratum. */
    private static final class Tally {
        final int hits;
        final double weight;
        long shots;
        long failures;

        Tally(int hits, double weight) {
            this.hits = hits;
            this.weight = weight;
        }

        /** What one shot would add to the standard error, from what was seen. */
        double spread() {
            double f = failures / (double) Math.max(1, shots);
            return weight * Math.sqrt(f * (1 - f));
        }

        /** The same if the next two shots were one that fails and one that does not. */
        double possibleSpread() {
            double f = (failures + 1) / (shots + 2.0);
            return weight * Math.sqrt(f * (1 - f));
        }
    }

    /**
     * Estimates the probability.
     *
     * @param test says which shots fail
     * @param options how many shots to draw altogether, the seed, the listener; one thread is used,
     *     the test may use more
     */
    public RareFailure estimate(FailureTest test, RunOptions options) {
        List<Stratum> strata = new ArrayList<>();
        List<Tally> sampled = new ArrayList<>();
        PoissonDistribution law =
                sampler.mean() > 0 ? PoissonDistribution.of(sampler.mean()) : null;
        double covered = 0;
        for (int n = 0; law == null ? n == 0 : covered < 1 - LEFT_OUT; n++) {
            double weight = law == null ? 1 : law.probability(n);
            if (law != null && n > sampler.mean() && law.survivalProbability(n - 1) < LEFT_OUT) {
                break;
            }
            covered += weight;
            if (isEnumerable(n)) {
                double f = enumerated(n, test);
                strata.add(new Stratum(n, weight, 0, 0, f, f, f));
            } else {
                sampled.add(new Tally(n, weight));
            }
        }
        draw(test, sampled, options);
        double allowed = (1 - confidence) / (2.0 * Math.max(1, sampled.size()));
        double variance = 0;
        for (Tally t : sampled) {
            strata.add(stratum(t, allowed));
            double f = t.shots == 0 ? 0.5 : t.failures / (double) t.shots;
            variance += t.weight * t.weight * f * (1 - f) / Math.max(1, t.shots);
        }
        double sum = 0;
        double lower = 0;
        double upper = law == null ? 0 : LEFT_OUT;
        for (Stratum s : strata) {
            sum += s.weight() * s.failureProbability();
            lower += s.weight() * s.lower();
            upper += s.weight() * s.upper();
        }
        return new RareFailure(
                sum, Math.sqrt(variance), lower, Math.min(1, upper), confidence, strata);
    }

    private boolean isEnumerable(int hits) {
        return sampler.isFixedByHits()
                && (hits <= 1 || Math.pow(sampler.errors(), hits) <= MOST_ENUMERATED);
    }

    /** The failure probability of shots with so many hits, by going through all ways to hit. */
    private double enumerated(int hits, FailureTest test) {
        int[] errors = new int[hits];
        boolean[] failed = new boolean[BATCH];
        double[] shares = new double[BATCH];
        double sum = 0;
        boolean more = true;
        while (more) {
            ShotBatch batch = new ShotBatch(sampler.layout().bits(), BATCH);
            int count = 0;
            for (; count < BATCH && more; count++) {
                shares[count] = 1;
                for (int e : errors) {
                    sampler.flip(e, batch, count);
                    shares[count] *= sampler.share(e);
                }
                more = advance(errors, sampler.errors());
            }
            batch.setShots(0, count);
            test.judge(batch, failed);
            for (int k = 0; k < count; k++) {
                sum += failed[k] ? shares[k] : 0;
            }
        }
        return Math.min(1, sum);
    }

    /** Counts up; false after the last number. */
    private static boolean advance(int[] digits, int base) {
        for (int k = 0; k < digits.length; k++) {
            if (++digits[k] < base) {
                return true;
            }
            digits[k] = 0;
        }
        return false;
    }

    private void draw(FailureTest test, List<Tally> sampled, RunOptions options) {
        if (sampled.isEmpty()) {
            return;
        }
        ShotBatch batch = new ShotBatch(sampler.layout().bits(), BATCH);
        boolean[] failed = new boolean[BATCH];
        long pilot = (long) (PILOT_SHARE * options.shots() / sampled.size());
        long block = 0;
        for (Tally t : sampled) {
            block = draw(test, t, pilot, batch, failed, options, block);
        }
        // One half makes the estimate sharp, the other the interval, which has to hold where no
        // failure was seen.
        double seen = 0;
        double possible = 0;
        for (Tally t : sampled) {
            seen += t.spread();
            possible += t.possibleSpread();
        }
        double left = (options.shots() - pilot * sampled.size()) / 2.0;
        for (int k = 0; k < sampled.size(); k++) {
            Tally t = sampled.get(k);
            double share = left * t.possibleSpread() / possible;
            share += seen == 0 ? share : left * t.spread() / seen;
            t.shots = 0;
            t.failures = 0;
            block = draw(test, t, Math.max(1, (long) share), batch, failed, options, block);
            options.progress().report(k + 1, sampled.size());
        }
    }

    private long draw(
            FailureTest test,
            Tally t,
            long shots,
            ShotBatch batch,
            boolean[] failed,
            RunOptions options,
            long firstBlock) {
        long block = firstBlock;
        for (long done = 0; done < shots; done += BATCH) {
            options.progress().checkCancelled();
            int count = (int) Math.min(BATCH, shots - done);
            sampler.fill(t.hits, batch, options.seed(), block++);
            batch.setShots(done, count);
            test.judge(batch, failed);
            for (int k = 0; k < count; k++) {
                t.failures += failed[k] ? 1 : 0;
            }
            t.shots += count;
        }
        return block;
    }

    /** The Clopper-Pearson interval: C. Clopper and E. Pearson, Biometrika 26, 1934. */
    private static Stratum stratum(Tally t, double allowed) {
        long n = t.shots;
        long k = t.failures;
        double lower =
                k == 0
                        ? 0
                        : BetaDistribution.of((double) k, n - k + 1.0)
                                .inverseCumulativeProbability(allowed);
        double upper =
                k == n
                        ? 1
                        : BetaDistribution.of(k + 1.0, (double) (n - k))
                                .inverseSurvivalProbability(allowed);
        double f = n == 0 ? 0 : k / (double) n;
        return new Stratum(t.hits, t.weight, n, k, f, lower, upper);
    }
}
