package org.jaket.statevector;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How instructions change amplitudes once it is decided which way they go. */
final class Mechanics {
    private final Program program;
    private final Runner runner;
    private final Progress progress;
    private final Origin origin;
    private final Map<Integer, List<Pass>> flips = new HashMap<>();
    private Drawing drawing;
    private long units;
    private long done;

    /** What comes before the gates is no part of the work that is reported. */
    private boolean begun;

    /**
     * Mechanics of one worker.
     *
     * @param origin where runs begin, or null for the first instruction and all zeros
     */
    Mechanics(
            Program program,
            Workers workers,
            Precision precision,
            Progress progress,
            @Nullable Origin origin) {
        this.program = program;
        this.runner = new Runner(workers, this::at);
        this.progress = progress;
        this.drawing = (state, uniform) -> Sums.sample(state, uniform, runner);
        this.origin = origin == null ? Origin.zero(program) : origin;
    }

    /**
     * From now on passes over memory count as the work: a run of the program is {@code units} of
     * them. Not where passes are repeated or left out.
     */
    void reportPasses(long units) {
        this.units = program.isStraight() ? units : 0;
    }

    private void at(int tile, int tiles) {
        progress.checkCancelled();
        if (units > 0 && begun) {
            double part = (done + (double) tile / tiles) / program.passes();
            progress.report((long) (units * Math.min(1, part)), units);
        }
    }

    Runner runner() {
        return runner;
    }

    /** Draws stored indices by their weights. */
    @FunctionalInterface
    interface Drawing {
        long[] indices(Amplitudes state, double[] uniform);
    }

    /** From now on measurements draw from elsewhere: from a state that is not in memory. */
    void drawFrom(Drawing elsewhere) {
        drawing = elsewhere;
    }

    long[] draw(Amplitudes state, double[] uniform) {
        return drawing.indices(state, uniform);
    }

    /** Puts a state where runs begin; returns a run that stands there. */
    Run begin(Amplitudes state) {
        begun = false;
        Run run = origin.begin(state, runner);
        begun = true;
        return run;
    }

    void apply(List<Pass> passes, Amplitudes state) {
        for (Pass pass : passes) {
            runner.apply(pass, state);
            done++;
        }
    }

    /** Told between passes where a run stands. */
    @FunctionalInterface
    interface Boundary {
        void reached(Run run, Amplitudes state);
    }

    /** Counts the passes before a place in the program as done. */
    void skipTo(Run run) {
        begun = true;
        done = run.pass;
        for (int i = 0; i < run.place; i++) {
            if (program.instructions()[i] instanceof Instruction.Apply a) {
                done += a.passes().size();
            }
        }
    }

    /** Carries out a program up to the end or to what is random. */
    void follow(Run run, Amplitudes state) {
        follow(run, state, (r, s) -> {});
    }

    /** The same, with a listener between passes. */
    void follow(Run run, Amplitudes state, Boundary boundary) {
        while (run.place < program.instructions().length) {
            Instruction instruction = program.instructions()[run.place];
            if (run.classical(instruction)) {
                continue;
            }
            switch (instruction) {
                case Instruction.Apply a -> {
                    while (run.pass < a.passes().size()) {
                        apply(a.passes().subList(run.pass, run.pass + 1), state);
                        run.pass++;
                        boundary.reached(run, state);
                    }
                    run.pass = 0;
                }
                case Instruction.Evaluated e -> evaluated(e.operation(), run, state);
                default -> {
                    return;
                }
            }
            run.place++;
        }
    }

    /** Gates with angles that the run has computed. */
    void evaluated(GateOperation operation, Run run, Amplitudes state) {
        apply(Lowering.gate(bind(operation, run), program.qubits()), state);
    }

    /** A gate with its angles as numbers. */
    static GateOperation bind(GateOperation operation, Run run) {
        return operation.mapExpressions(
                e -> {
                    double value = e.type().toDouble(e.evaluate(run.memory));
                    return e instanceof Constant ? e : Expression.of(value);
                });
    }

    /** Keeps the part of the state with the given bits, and normalises. */
    void collapse(Amplitudes state, long mask, long value) {
        double weight = Sums.weight(state, mask, value, runner);
        Sums.project(state, mask, value, 1 / Math.sqrt(weight), runner);
    }

    /** Puts a qubit that was found in {@code outcome} into the other state if asked to. */
    void reset(Amplitudes state, Instruction.Reset reset, boolean outcome) {
        long mask = 1L << reset.qubit();
        collapse(state, mask, outcome ? mask : 0);
        if (outcome != reset.one()) {
            List<Pass> flip =
                    flips.computeIfAbsent(
                            reset.qubit(),
                            q -> Schedule.of(List.of(new Op.Flip(q, 0, 0)), program.qubits()));
            apply(flip, state);
        }
    }

    /** The probability of one among the outcomes of a measured qubit. */
    double probability(Amplitudes state, int qubit) {
        long mask = 1L << qubit;
        double one = Sums.weight(state, mask, mask, runner);
        double zero = Sums.weight(state, mask, 0, runner);
        return one / (one + zero);
    }

    /** The probabilities of a channel's Kraus operators: tr(K rho K^dagger). */
    double[] probabilities(Amplitudes state, ChancePoint.Kraus channel) {
        double[] rho = Sums.density(state, channel.qubits(), runner);
        int n = 1 << channel.qubits().length;
        double[] p = new double[channel.operators().size()];
        double total = 0;
        for (int o = 0; o < p.length; o++) {
            double[] half = Matrices.multiply(channel.operators().get(o), rho, n);
            double[] k = channel.operators().get(o);
            for (int e = 0; e < n * n; e++) {
                // tr(K rho K^dagger) is the sum of (K rho)_ij conj(K_ij).
                p[o] += half[2 * e] * k[2 * e] + half[2 * e + 1] * k[2 * e + 1];
            }
            p[o] = Math.max(0, p[o]);
            total += p[o];
        }
        for (int o = 0; o < p.length; o++) {
            p[o] /= total;
        }
        return p;
    }

    /** The probabilities of the outcomes at a point of chance, in a state that stands before it. */
    double[] probabilities(Amplitudes state, ChancePoint point) {
        return switch (point) {
            case ChancePoint.Mixture m -> m.probabilities();
            case ChancePoint.Kraus k -> probabilities(state, k);
        };
    }

    /** Goes a way through noise, at whose end the state is normalised. */
    void follow(NoisyStretch stretch, NoisyStretch.Way way, Amplitudes state) {
        apply(stretch.passes(way), state);
        if (stretch.losesNorm()) {
            collapse(state, 0, 0);
        }
    }
}
