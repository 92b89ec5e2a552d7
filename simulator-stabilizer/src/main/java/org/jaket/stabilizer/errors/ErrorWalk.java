package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.BackwardWalk;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One {@link BackwardWalk} through a circuit that records the errors that there are.
 *
 * <p>A copy that records nothing runs ahead in loops, to find out when the state recurs. It goes
 * two turns for one of the walk, since that decides which turns are folded, and models are to be
 * those of Stim; other walks take {@link org.jaket.stabilizer.sensitivity.Recurrence}.
 */
final class ErrorWalk implements BackwardWalk.Listener {
    private final BackwardProgram program;
    private final AnalysisOptions options;
    private final boolean recording;
    private final Budget budget;
    final Sensitivities state;
    final ErrorTable table = new ErrorTable();
    private final BackwardWalk walk;
    private final NoiseErrors noise;
    private List<Emitted> emitted = new ArrayList<>();

    /** How many ticks are still to come on the way back. */
    private long ticks;

    /** How likely results of the current step are wrong, and its tag. */
    private double flip;

    private int tag;

    ErrorWalk(BackwardProgram program, AnalysisOptions options) {
        this.program = program;
        this.options = options;
        recording = true;
        budget = new Budget();
        var body = program.circuit().body();
        state = new Sensitivities(program.circuit().qubits(), body.detectors(), body.results());
        walk = new BackwardWalk(state, this);
        noise = new NoiseErrors(options, budget, state, walk, table);
        ticks = body.ticks();
    }

    /** A walk that goes on from where another one is, and records nothing. */
    private ErrorWalk(ErrorWalk other) {
        program = other.program;
        options = other.options;
        recording = false;
        budget = other.budget;
        state = new Sensitivities(other.state);
        walk = new BackwardWalk(state, this);
        noise = new NoiseErrors(options, budget, state, walk, table);
        ticks = other.ticks;
    }

    long ticks() {
        return ticks;
    }

    /** The index of the detector that was undone last. */
    long detector() {
        return state.detectors();
    }

    /** How many results are still to come on the way back. */
    long results() {
        return state.results();
    }

    void spend(long targets) {
        budget.spend(targets);
    }

    /** Forgets what was emitted and recorded. */
    void forget() {
        emitted.clear();
        table.clear();
    }

    /** Undoes the whole circuit, and says what was found, from the end on. */
    List<Emitted> run() {
        undo(program.body());
        tag = 0;
        walk.begin();
        flush();
        return emitted;
    }

    void undo(BackwardStep.Block block) {
        List<BackwardStep.Correlated> chain = null;
        List<BackwardStep.Entry> entries = block.entries();
        for (int k = entries.size() - 1; k >= 0; k--) {
            BackwardStep.Entry entry = entries.get(k);
            try {
                List<BackwardStep> steps = entry.steps();
                if (!steps.isEmpty() && steps.getFirst() instanceof BackwardStep.Correlated c) {
                    if (chain == null) {
                        chain = new ArrayList<>();
                    }
                    chain.add(c);
                    if (c.starts()) {
                        chain(chain);
                        chain = null;
                    }
                    continue;
                }
                if (chain != null) {
                    throw unstarted();
                }
                for (int i = steps.size() - 1; i >= 0; i--) {
                    undo(steps.get(i));
                }
            } catch (AnalysisFailure e) {
                throw e.at(k, entry.operation());
            } catch (CircuitException e) {
                throw new AnalysisFailure(String.valueOf(e.getMessage()), ticks)
                        .at(k, entry.operation());
            }
        }
        if (chain != null) {
            throw new AnalysisFailure(String.valueOf(unstarted().getMessage()), ticks);
        }
    }

    private void chain(List<BackwardStep.Correlated> chain) {
        if (recording) {
            noise.chain(chain);
        }
    }

    private static CircuitException unstarted() {
        return new CircuitException(
                "ELSE_CORRELATED_ERROR must follow a CORRELATED_ERROR or another ELSE_CORRELATED_ERROR.");
    }

    void undo(BackwardStep step) {
        switch (step) {
            case BackwardStep.Clifford c -> {
                flip = Features.flip(c.step());
                tag = c.tag();
                walk.undo(c.step());
            }
            case BackwardStep.Flip f -> {
                if (recording) {
                    noise.flip(f);
                }
            }
            case BackwardStep.Channel c -> {
                if (recording) {
                    noise.channel(c);
                }
            }
            case BackwardStep.Herald h -> {
                if (recording) {
                    noise.herald(h);
                } else {
                    budget.spend(h.targets().length);
                    for (int k = 0; k < h.targets().length; k++) {
                        state.popResult();
                    }
                }
            }
            case BackwardStep.Correlated c -> chain(List.of(c));
            case BackwardStep.Detector d -> detector(d);
            case BackwardStep.Observable o -> observable(o);
            case BackwardStep.Shift s -> {
                if (recording) {
                    budget.keep();
                    emitted.add(new Emitted.Shift(s.coordinates(), 0, s.tag()));
                }
            }
            case BackwardStep.Tick t -> ticks--;
            case BackwardStep.Loop l -> loop(l);
        }
        budget.spend(state.takeWork() >> 4);
    }

    // What the rules of the walk report.

    @Override
    public void walked(long targets) {
        budget.spend(targets);
    }

    @Override
    public void result(int row) {
        if (recording) {
            noise.recordFlip(row, flip, tag);
        }
    }

    @Override
    public void random(int row, @Nullable Step step, int qubit) {
        int size = state.size(row);
        int[] ids = Arrays.copyOf(state.row(row), size);
        if (!options.allowGauge() || Ids.isObservable(ids[size - 1])) {
            throw new AnalysisFailure(
                    Nondeterminism.describe(program, state, ids, step, qubit, options.allowGauge()),
                    ticks);
        }
        if (recording) {
            table.push(ids, 0, size);
            table.accumulate(table.store(tag), 0.5);
        }
        state.eliminate(ids, size);
    }

    // Annotations.

    private void detector(BackwardStep.Detector d) {
        walk.undo(d.step());
        if (recording) {
            budget.keep();
            emitted.add(new Emitted.Detector(state.detectors(), d.coordinates(), d.tag()));
        }
    }

    private void observable(BackwardStep.Observable o) {
        walk.undo(o.step());
        if (recording) {
            budget.keep();
            emitted.add(new Emitted.Observable(o.step().index(), o.tag()));
        }
    }

    // Loops.

    private void loop(BackwardStep.Loop loop) {
        long count = loop.count();
        if (!options.fold()) {
            for (long k = 0; k < count; k++) {
                budget.spend(1);
                undo(loop.body());
            }
            return;
        }
        long done = 0;
        long ahead = 0;
        var hare = new ErrorWalk(this);
        long spent = budget.spent();
        boolean recurs = false;
        try {
            while (ahead < count) {
                budget.spend(1 + state.qubits());
                hare.undo(loop.body());
                ahead++;
                budget.requireRecurrence(loop.count(), ahead, spent);
                if (hare.state.isShifted(state)) {
                    recurs = ahead < count;
                    break;
                }
                if (ahead % 2 == 0) {
                    undo(loop.body());
                    done++;
                    if (hare.state.isShifted(state)) {
                        recurs = ahead < count;
                        break;
                    }
                }
            }
        } catch (AnalysisFailure e) {
            // The walk itself will come to the same place and tell with what it knows then.
            if (Budget.isOver(e)) {
                throw e;
            }
        }
        if (recurs) {
            done = fold(loop, done, ahead - done, hare);
        }
        while (done < count) {
            undo(loop.body());
            done++;
        }
    }

    /**
     * Puts all whole periods but what comes before them into one repeated block.
     *
     * @param done how many iterations are undone
     * @param period after how many iterations the state recurs
     * @param hare the walk that is one period ahead
     * @return how many iterations are undone then
     */
    private long fold(BackwardStep.Loop loop, long done, long period, ErrorWalk hare) {
        long periods = (loop.count() - done) / period;
        if (periods <= 1) {
            return done;
        }
        long detectors = state.detectors() - hare.state.detectors();
        long results = state.results() - hare.state.results();
        long ticksEach = ticks - hare.ticks;
        flush();
        List<Emitted> before = emitted;
        emitted = new ArrayList<>();
        // As if all but the first of the periods were undone already.
        long skipped = periods - 1;
        state.skip(skipped * detectors, skipped * results);
        ticks -= skipped * ticksEach;
        for (long k = 0; k < period; k++) {
            undo(loop.body());
        }
        flush();
        List<Emitted> body = emitted;
        emitted = before;
        addShift(body, detectors - shiftOf(body));
        emitted.add(new Emitted.Loop(periods, body, loop.tag()));
        return done + periods * period;
    }

    private static long shiftOf(List<Emitted> emitted) {
        long shift = 0;
        for (Emitted e : emitted) {
            switch (e) {
                case Emitted.Shift s -> shift += s.detectors();
                case Emitted.Loop l -> shift += l.count() * shiftOf(l.body());
                default -> {}
            }
        }
        return shift;
    }

    /** Lets a body end with a shift; the end is where the list starts. */
    private static void addShift(List<Emitted> body, long detectors) {
        if (detectors <= 0) {
            return;
        }
        if (!body.isEmpty() && body.getFirst() instanceof Emitted.Shift s) {
            body.set(0, new Emitted.Shift(s.coordinates(), s.detectors() + detectors, s.tag()));
        } else {
            body.add(0, new Emitted.Shift(List.of(), detectors, ""));
        }
    }

    /** Emits the errors found since the last time. */
    private void flush() {
        if (!recording) {
            return;
        }
        if (options.decompose()) {
            Decomposition.apply(
                    table,
                    program.observables(),
                    state.detectorBase(),
                    !options.blockRemnants(),
                    options.ignoreFailures());
        }
        Emitted.@Nullable Errors errors = table.emit(state.detectorBase());
        if (errors != null) {
            emitted.add(errors);
        }
        table.clear();
    }
}
