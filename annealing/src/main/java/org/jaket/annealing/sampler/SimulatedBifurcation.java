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
        var idle = new ConcurrentLinkedQueue<Oscillators>();
        Reads reads = new Reads(problem, options, deadline);
        boolean extra = biased;
        return reads.run(
                discrete ? "discrete simulated bifurcation" : "ballistic simulated bifurcation",
                SpinProblem.LANES,
                (block, count) -> {
                    Oscillators o = idle.poll();
                    if (o == null) {
                        o = Oscillators.of(couplings, discrete);
                    }
                    o.start(options.seed(), block);
                    long steps = options.sweeps() == 0 ? STEPS : options.sweeps();
                    run(o, steps, step, strength, reads.watch(), options.sweeps() == 0);
                    List<byte[]> states = states(o, problem, count, extra, reads.watch());
                    idle.add(o);
                    return states;
                });
    }

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

    private static List<byte[]> states(
            Oscillators o, SpinProblem problem, int count, boolean extra, Reads.Watch watch) {
        List<byte[]> states = new ArrayList<>(count);
        Walk walk = new Walk(problem.model);
        MoveChoice choice = MoveChoice.best();
        int last = problem.size * SpinProblem.LANES;
        for (int lane = 0; lane < count; lane++) {
            boolean turned = extra && o.x[last + lane] < 0;
            for (int i = 0; i < problem.size; i++) {
                boolean up = o.x[i * SpinProblem.LANES + lane] >= 0;
                walk.set(i, up != turned);
            }
            walk.refresh();
            SteepestDescent.descend(walk, choice, watch);
            states.add(walk.state());
        }
        return states;
    }
}
