package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jaket.execution.CounterRandom;

import java.util.List;

/**
 * Path-integral quantum annealing: the Ising model in a transverse field that falls to zero, at one
 * temperature, as sixteen copies of the spins in a ring, each coupled to the same spin of the next
 * copy (the Suzuki-Trotter slices of imaginary time).
 *
 * <p>G. E. Santoro, R. Martonak, E. Tosatti and R. Car, "Theory of quantum annealing of an Ising
 * spin glass", 2002. A read is the best of the copies at the end, followed down to its local
 * minimum. Every spin is tried in all copies one after the other, and then in all copies at once,
 * which moves what the ring holds together. A sweep costs sixteen of simulated annealing; without
 * sweeps in the options a read takes {@value #SWEEPS}.
 */
public final class PathIntegralAnnealing implements Sampler {
    /** Sweeps of a read when nobody says how many. */
    public static final int SWEEPS = 500;

    private static final int SLICES = SpinProblem.LANES;

    private static final int UPDATES = 1024;

    private final Start start;

    /** From random states on. */
    public PathIntegralAnnealing() {
        this(Start.RANDOM);
    }

    private PathIntegralAnnealing(Start start) {
        this.start = start;
    }

    /**
     * The same from given states on, all copies of a read at its own.
     *
     * @param states in the values of the model that will be sampled, each read's in turn
     * @throws IllegalArgumentException if there is none; sampling throws it if one is not of the
     *     model
     */
    public PathIntegralAnnealing from(List<byte[]> states) {
        return new PathIntegralAnnealing(Start.at(states));
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        SpinProblem problem = new SpinProblem(model);
        long sweeps = options.sweeps() == 0 ? SWEEPS : options.sweeps();
        Reads reads = new Reads(problem, options, deadline);
        start.check(model);
        Schedule classical = reads.schedule(null);
        return reads.run(
                "path-integral annealing",
                1,
                (read, count) -> {
                    var ring = new Ring(problem, classical, options.seed(), read);
                    ring.begin(start, read);
                    ring.anneal(sweeps, reads.watch());
                    return List.of(ring.best(reads.watch()));
                });
    }

    /** One read. */
    private static final class Ring {
        private final SpinProblem problem;
        private final Replicas slices;
        private final float[] changes;

        /** Inverse temperature of a slice: the whole one over the number of slices. */
        private final double beta;

        /** The field at the beginning, in the units of the problem. */
        private final double strongest;

        private final long seed;
        private final long stream;
        private long draws;

        Ring(SpinProblem problem, Schedule classical, long seed, long read) {
            this.problem = problem;
            this.seed = seed;
            this.stream = ~read;
            slices = Replicas.of(problem);
            slices.start(seed, read);
            changes = new float[problem.size * SLICES];
            // Cold as a whole; hot in each slice, where the ring does what the heat does else.
            beta = classical.last() / SLICES;
            // As strong as the fields that spins feel from each other.
            strongest = 1 / classical.first();
        }

        void begin(Start start, long read) {
            for (int k = 0; k < SLICES && !start.isRandom(); k++) {
                slices.set(k, start.of(read));
            }
            slices.refresh();
        }

        void anneal(long sweeps, Reads.Watch watch) {
            for (long sweep = 0; sweep < sweeps; sweep++) {
                double field = strongest * (1 - (double) sweep / sweeps);
                // J = -1/2 ln tanh(beta field): infinite where the field is zero.
                double bond = -0.5 * Math.log(Math.tanh(Math.max(1e-9, beta * field)));
                for (int i = 0; i < problem.size; i++) {
                    local(i, bond);
                    together(i);
                    if (i % UPDATES == 0 && watch.isOver()) {
                        return;
                    }
                }
            }
        }

        private double uniform() {
            return CounterRandom.uniform(seed, stream, draws++);
        }

        /** One spin in every copy, the copies in turn. */
        private void local(int i, double bond) {
            int at = i * SLICES;
            boolean any = false;
            for (int k = 0; k < SLICES; k++) {
                float s = slices.spins[at + k];
                float before = slices.spins[at + (k + SLICES - 1) % SLICES];
                float after = slices.spins[at + (k + 1) % SLICES];
                double gain = 2 * s * (beta * slices.fields[at + k] - bond * (before + after));
                boolean flips = gain >= 0 || gain > -40 && uniform() < Math.exp(gain);
                changes[at + k] = flips ? -2 * s : 0;
                // The next copy sees the new spin; fields of copies do not mix.
                slices.spins[at + k] = flips ? -s : s;
                any |= flips;
            }
            if (any) {
                for (int k = 0; k < SLICES; k++) {
                    slices.spins[at + k] -= changes[at + k];
                }
                slices.add(i, changes);
            }
        }

        /** One spin in all copies at once: the ring's bonds do not change. */
        private void together(int i) {
            int at = i * SLICES;
            double gain = 0;
            for (int k = 0; k < SLICES; k++) {
                gain += 2 * beta * slices.spins[at + k] * slices.fields[at + k];
                changes[at + k] = -2 * slices.spins[at + k];
            }
            if (gain >= 0 || gain > -40 && uniform() < Math.exp(gain)) {
                slices.add(i, changes);
            }
        }

        byte[] best(Reads.Watch watch) {
            slices.settle(watch);
            double[] energies = new double[SLICES];
            slices.energies(energies);
            int best = 0;
            for (int k = 1; k < SLICES; k++) {
                best = energies[k] < energies[best] ? k : best;
            }
            return slices.state(best);
        }
    }
}
