package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Simulated annealing: all variables in turn are updated at a temperature that falls from sweep to
 * sweep, and the end is a descent to the next local minimum.
 *
 * <pre>{@code
 * SampleSet set = new SimulatedAnnealing().sample(model, SamplingOptions.reads(100).sweeps(1000));
 * }</pre>
 *
 * <p>S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, "Optimization by simulated annealing", 1983.
 * Sixteen reads run side by side; a sweep of one read costs some nanoseconds a variable and, where
 * a spin flips in any of them, an interaction.
 *
 * <p>Without sweeps in the options each read takes {@value #SWEEPS}; when the time is limited,
 * fewer if they would not end in time, so that the temperature always gets to its end.
 */
public final class SimulatedAnnealing implements Sampler {
    /** Sweeps of a read when nobody says how many. */
    public static final int SWEEPS = 1000;

    /** Updates between two looks at the clock: some 20 microseconds. */
    private static final int UPDATES = 4096;

    /** How a variable is updated. */
    public enum Update {
        /** A flip is tried and accepted with the probability exp(-beta dE), at most 1. */
        METROPOLIS,
        /** The new value is drawn whatever the old one is. */
        GIBBS
    }

    private final Update update;
    private final @Nullable Schedule schedule;
    private final Start start;

    /** The rule of Metropolis, temperatures from the model. */
    public SimulatedAnnealing() {
        this(Update.METROPOLIS, null, Start.RANDOM);
    }

    private SimulatedAnnealing(Update update, @Nullable Schedule schedule, Start start) {
        this.update = update;
        this.schedule = schedule;
        this.start = start;
    }

    /** The same with another rule. */
    public SimulatedAnnealing update(Update newUpdate) {
        return new SimulatedAnnealing(newUpdate, schedule, start);
    }

    /** The same with inverse temperatures in the units of the model's energy. */
    public SimulatedAnnealing schedule(Schedule newSchedule) {
        return new SimulatedAnnealing(update, newSchedule, start);
    }

    /**
     * The same from given states on, each read's in turn; with a schedule that begins cold, gets
     * warmer and cools down again, this is reverse annealing.
     *
     * @param states in the values of the model that will be sampled
     * @throws IllegalArgumentException if there is none; sampling throws it if one is not of the
     *     model
     */
    public SimulatedAnnealing from(List<byte[]> states) {
        return new SimulatedAnnealing(update, schedule, Start.at(states));
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        SpinProblem problem = new SpinProblem(model);
        Reads reads = new Reads(problem, options, deadline);
        Schedule used = reads.schedule(schedule);
        return reads.run(
                "simulated annealing",
                start,
                (replicas, watch) -> anneal(replicas, used, options.sweeps(), watch));
    }

    private boolean anneal(Replicas replicas, Schedule used, long asked, Reads.Watch watch) {
        float[] betas = new float[SpinProblem.LANES];
        int size = replicas.problem.size;
        long sweeps = asked == 0 ? SWEEPS : asked;
        long begin = System.nanoTime();
        for (long sweep = 0; sweep < sweeps; sweep++) {
            Reads.fill(betas, used.beta(sweep, sweeps));
            for (int from = 0; from < size; from += UPDATES) {
                int to = Math.min(size, from + UPDATES);
                if (update == Update.METROPOLIS) {
                    replicas.metropolis(betas, from, to);
                } else {
                    replicas.gibbs(betas, from, to);
                }
                if (watch.isOver()) {
                    return false;
                }
            }
            if (asked == 0 && watch.deadline().isLimited()) {
                // Hot sweeps are slower than cold ones, so this errs on the side of too few.
                double nanos = (System.nanoTime() - begin) / (sweep + 1.0);
                sweeps = Math.min(sweeps, sweep + 1 + (long) (watch.deadline().left() / nanos));
            }
        }
        replicas.settle(watch);
        return true;
    }
}
