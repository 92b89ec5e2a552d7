package org.jaket.annealing.relaxation;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.ConstrainedSampleSet;
import org.jaket.annealing.presolve.RoofDuality;
import org.jaket.execution.CounterRandom;
import org.jaket.execution.Progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rounds of one {@link LagrangianRelaxation}. */
final class RelaxationRun {
    /** So many samples of a round are repaired. */
    private static final int REPAIRED = 16;

    /** So many assignments are kept whatever they are worth; after them only better ones. */
    private static final int KEPT = 1000;

    /** Bounds and energies this close, as parts of a unit, are the same. */
    private static final double CLOSED = 1e-9;

    /** A minimum this close to a proven bound, as a part of a unit, is one. */
    private static final double CONFIRMED = 1e-6;

    private final RelaxedRows rows;
    private final MultiplierUpdate update;
    private final int rounds;
    private final Sampler sampler;
    private final SamplingOptions options;
    private final PrimalRepair repair;
    private final long begin = System.nanoTime();

    private final List<double[]> assignments = new ArrayList<>();
    private final List<RelaxationRound> trace = new ArrayList<>();
    private LowerBound.Proven proven =
            new LowerBound.Proven(Double.NEGATIVE_INFINITY, LowerBound.Proof.ROOF_DUALITY);
    private LowerBound dual = new LowerBound.Estimated(Double.NEGATIVE_INFINITY);
    private double best = Double.POSITIVE_INFINITY;
    private String name = "";

    RelaxationRun(
            RelaxedRows rows,
            MultiplierUpdate update,
            int rounds,
            Sampler sampler,
            SamplingOptions options) {
        this.rows = rows;
        this.update = update;
        this.rounds = rounds;
        this.sampler = sampler;
        this.options = options;
        this.repair = new PrimalRepair(rows);
    }

    RelaxationResult solve() {
        DualMethod method = DualMethod.of(update, rows);
        boolean converged = false;
        for (int round = 0; round < rounds && !converged; round++) {
            options.progress().checkCancelled();
            options.progress().report(round, rounds);
            if (round > 0 && left().isZero()) {
                break;
            }
            round(round, method);
            // What an update thinks rests on minima, which a heuristic sampler may have missed.
            boolean confirmed = dual.value() - proven.value() <= CONFIRMED * rows.unit;
            converged =
                    method.isConverged() && confirmed
                            || best - proven.value() <= CLOSED * rows.unit;
        }
        options.progress().report(rounds, rounds);
        ConstrainedSampleSet samples =
                ConstrainedSampleSet.of(
                        rows.model,
                        assignments,
                        "Lagrangian relaxation around " + name,
                        options.seed(),
                        Duration.ofNanos(System.nanoTime() - begin));
        return new RelaxationResult(samples, proven, dual, trace, rows.model.size(), converged);
    }

    private void round(int round, DualMethod method) {
        double[] lambda = method.multipliers();
        boolean charged = false;
        for (int r = 0; r < rows.size; r++) {
            charged |= method.squares()[r] != 0 && !rows.equation[r];
        }
        BinaryQuadraticModel model = rows.relaxed(lambda, method.squares());
        SampleSet set = sampler.sample(model, optionsOf(round));
        name = set.sampler();
        Sample minimum = set.best();
        boolean sure = set.exact();
        if (!charged) {
            bound(minimum.energy(), sure);
        }
        if (!sure || charged) {
            bound(lambda, charged ? Double.POSITIVE_INFINITY : minimum.energy());
        }
        repair(set);
        double[] values = rows.values(binary(minimum.state()));
        trace.add(
                new RelaxationRound(
                        round,
                        rows.inUnits(lambda),
                        minimum.energy(),
                        sure,
                        charged,
                        rows.violation(values),
                        proven.value(),
                        best));
        method.learn(new DualMethod.Outcome(minimum.energy(), values, best));
    }

    private void bound(double minimum, boolean sure) {
        if (minimum > dual.value()) {
            dual =
                    sure
                            ? new LowerBound.Proven(minimum, LowerBound.Proof.EXACT_MINIMUM)
                            : new LowerBound.Estimated(minimum);
        }
        if (sure && minimum > proven.value()) {
            proven = new LowerBound.Proven(minimum, LowerBound.Proof.EXACT_MINIMUM);
        }
    }

    /** Roof duality, unless what the sampler found shows that it cannot be better. */
    private void bound(double[] lambda, double atMost) {
        if (atMost <= proven.value()) {
            return;
        }
        BinaryQuadraticModel plain = rows.relaxed(lambda, new double[rows.size]);
        double value = RoofDuality.of(plain, left()).lowerBound();
        if (value > proven.value()) {
            proven = new LowerBound.Proven(value, LowerBound.Proof.ROOF_DUALITY);
        }
    }

    private void repair(SampleSet set) {
        byte[] raw = binary(set.best().state());
        keep(raw);
        int count = 0;
        for (Sample sample : set) {
            if (count++ == REPAIRED) {
                break;
            }
            options.progress().checkCancelled();
            byte[] state = repair.repaired(binary(sample.state()));
            if (!Arrays.equals(state, raw)) {
                keep(state);
            }
        }
    }

    private void keep(byte[] state) {
        double[] values = new double[state.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = state[k];
        }
        ConstrainedSample checked = rows.model.check(values);
        boolean better = checked.isFeasible() && checked.energy() < best;
        if (better) {
            best = checked.energy();
        }
        if (better || assignments.size() < KEPT) {
            assignments.add(values);
        }
    }

    /** Samplers may return spins. */
    private static byte[] binary(byte[] state) {
        byte[] bits = state.clone();
        for (int k = 0; k < bits.length; k++) {
            bits[k] = (byte) Math.max(0, bits[k]);
        }
        return bits;
    }

    private boolean isLimited() {
        return options.limit().compareTo(SamplingOptions.UNLIMITED) < 0;
    }

    private Duration left() {
        if (!isLimited()) {
            return SamplingOptions.UNLIMITED;
        }
        Duration left = options.limit().minusNanos(System.nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Each round has its own seed, and an equal share of the time that is left. */
    private SamplingOptions optionsOf(int round) {
        SamplingOptions own =
                options.seed(options.seed() ^ CounterRandom.GOLDEN * round)
                        .progress(new Watch(options));
        return isLimited() ? own.limit(left().dividedBy(rounds - round)) : own;
    }

    /** Passes cancellation on; what a sampler counts are not rounds. */
    private record Watch(SamplingOptions options) implements Progress {
        @Override
        public void report(long done, long total) {}

        @Override
        public boolean isCancelled() {
            return options.progress().isCancelled();
        }
    }
}
