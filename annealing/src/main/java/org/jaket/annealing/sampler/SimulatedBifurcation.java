package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.reads.Deadline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Simulated bifurcation: every spin is the sign of an oscillator between two walls, whose rest
 * position becomes unstable while the couplings push; all of them move at the same time. The
 * discrete kind lets couplings see signs only, the ballistic kind positions.
 *
 * <p>H. Goto et al., "High-performance combinatorial optimization based on classical mechanics",
 * 2021. The step in time is the usual 1.25 or as much less as the largest eigenvalue of the
 * couplings demands: larger steps make all oscillators swing together on graphs whose weights have
 * one sign. Biases are couplings to one more spin. The end is a descent to the next local minimum.
 *
 * <p>A sweep is one step; without sweeps in the options a read takes {@value #STEPS}.
 */
public final class SimulatedBifurcation implements Sampler {
    /** Steps of a read when nobody says how many. */
    public static final int STEPS = 1000;

    private static final double LONGEST_STEP = 1.25;

    /** Twice the inverse of the fastest frequency is where symplectic steps become unstable. */
    private static final double STABLE = 1.5;

    private static final int UPDATES = 4096;

    /** What couplings see of an oscillator. */
    public enum Kind {
        /** Its sign. */
        DISCRETE,
        /** Its position. */
        BALLISTIC
    }

    private final Kind kind;

    /** The discrete kind. */
    public SimulatedBifurcation() {
        this(Kind.DISCRETE);
    }

    /** One of the kinds. */
    public SimulatedBifurcation(Kind kind) {
        this.kind = kind;
    }

    /** Whether couplings see signs only. */
    boolean isDiscrete() {
        return kind == Kind.DISCRETE;
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        SpinProblem problem = new SpinProblem(model);
        boolean biased = false;
        for (float h : problem.linear) {
            biased |= h != 0;
        }
        SpinProblem couplings = biased ? new SpinProblem(coupled(model)) : problem;
        double norm = Spectrum.frobenius(couplings);
        double strength = norm == 0 ? 1 : 0.5 * Math.sqrt(couplings.size - 1) / norm;
        double fastest = Math.sqrt(1 + strength * Spectrum.radius(couplings));
        double step = Math.min(LONGEST_STEP, STABLE / fastest);
        boolean discrete = isDiscrete();
        var idle = new ConcurrentLinkedQueue<Block>();
        Reads reads = new Reads(problem, options, deadline);
        boolean extra = biased;
        return reads.run(
                discrete ? "discrete simulated bifurcation" : "ballistic simulated bifurcation",
                SpinProblem.LANES,
                (block, count) -> {
                    Block b = idle.poll();
                    if (b == null) {
                        b = new Block(Oscillators.of(couplings, discrete), Replicas.of(problem));
                    }
                    Oscillators o = b.oscillators;
                    o.start(options.seed(), block);
                    long steps = options.sweeps() == 0 ? STEPS : options.sweeps();
                    run(o, steps, step, strength, reads.watch(), options.sweeps() == 0);
                    List<byte[]> states = states(o, b.replicas, count, extra, reads.watch());
                    idle.add(b);
                    return states;
                });
    }

    /** What a block of reads works on. */
    private record Block(Oscillators oscillators, Replicas replicas) {}

    /** Biases as couplings to a spin behind the others. */
    private static BinaryQuadraticModel coupled(BinaryQuadraticModel model) {
        BinaryQuadraticModel spins = model.toSpin();
        int n = spins.size();
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN).addLinear(n, 0);
        spins.forEachInteraction(builder::addQuadratic);
        for (int i = 0; i < n; i++) {
            if (spins.linear(i) != 0) {
                builder.addQuadratic(i, n, spins.linear(i));
            }
        }
        return builder.build();
    }

    private static void run(
            Oscillators o,
            long asked,
            double step,
            double push,
            Reads.Watch watch,
            boolean shorten) {
        long steps = asked;
        long start = System.nanoTime();
        int size = o.problem.size;
        for (long k = 0; k < steps; k++) {
            double pump = steps == 1 ? 1 : (double) k / (steps - 1);
            for (int from = 0; from < size; from += UPDATES) {
                o.kick(
                        (float) (-(1 - pump) * step),
                        (float) (push * step),
                        from,
                        Math.min(size, from + UPDATES));
                if (watch.isOver()) {
                    return;
                }
            }
            o.drift((float) step);
            if (shorten && watch.deadline().isLimited()) {
                double nanos = (System.nanoTime() - start) / (k + 1.0);
                steps = Math.min(steps, k + 1 + (long) (watch.deadline().left() / nanos));
            }
        }
    }

    /** The signs, followed down to local minima. */
    private static List<byte[]> states(
            Oscillators o, Replicas replicas, int count, boolean extra, Reads.Watch watch) {
        int last = replicas.problem.size * SpinProblem.LANES;
        for (int k = 0; k < last; k++) {
            boolean turned = extra && o.x[last + k % SpinProblem.LANES] < 0;
            replicas.spins[k] = o.x[k] >= 0 != turned ? 1 : -1;
        }
        replicas.refresh();
        replicas.settle(watch);
        List<byte[]> states = new ArrayList<>(count);
        for (int lane = 0; lane < count; lane++) {
            states.add(replicas.state(lane));
        }
        return states;
    }
}
