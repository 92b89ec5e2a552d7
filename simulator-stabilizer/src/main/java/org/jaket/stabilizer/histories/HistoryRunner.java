package org.jaket.stabilizer.histories;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.Expression;
import org.jaket.execution.Progress;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FlipFrames;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.tableau.ShotRunner;
import org.jaket.stabilizer.tableau.StabilizerState;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Runs a batch of shots, one history after the other. Where a condition holds in some shots of a
 * history and not in others, the history parts in two; the smaller part is run first, so that not
 * more of them wait than the batch's size has binary digits. A shot whose history is its alone goes
 * on with a tableau of its own.
 */
final class HistoryRunner {
    /** Results after which shots are no longer followed together, for memory's sake. */
    private static final int MOST_RESULTS = 1 << 22;

    /** Takes the values of shots that are through. */
    interface Sink {
        /** Takes the shots of a history. */
        void accept(History history);

        /** Takes one shot. */
        void accept(int shot, ClassicalMemory values);
    }

    private final BitSource random;
    private final Progress progress;
    private final @Nullable ShotBatch sweeps;
    private final Sink sink;
    private final Deque<History> waiting = new ArrayDeque<>();
    private int steps;

    /**
     * Makes a runner for one batch.
     *
     * @param random decides everything
     * @param sweeps the shots' sweep bits, or null for zeros
     */
    HistoryRunner(BitSource random, Progress progress, @Nullable ShotBatch sweeps, Sink sink) {
        this.random = random;
        this.progress = progress;
        this.sweeps = sweeps;
        this.sink = sink;
    }

    /** Runs a history and all that part from it to their ends. */
    void run(History start) {
        waiting.push(start);
        while (!waiting.isEmpty()) {
            runTogether(waiting.pop());
        }
    }

    /** Runs a history until it ends or parts. */
    private void runTogether(History history) {
        Cursor at = history.cursor();
        while (at != null) {
            if ((++steps & 255) == 0) {
                progress.checkCancelled();
            }
            if (history.shots() == 1 || history.frames().results().size() > MOST_RESULTS) {
                for (int shot : Values.shots(history.mask())) {
                    runAlone(history, shot, at);
                }
                return;
            }
            if (at.isAtEnd()) {
                Step.WhileLoop loop = at.loop();
                if (loop == null) {
                    at = at.turnsLeft() > 0 ? at.again() : at.outer();
                    continue;
                }
                Cursor after = Objects.requireNonNull(at.outer());
                at =
                        chosen(
                                history,
                                loop.condition(),
                                Cursor.of(loop, at.turn() + 1, after),
                                after);
            } else {
                at = step(history, at.step(), at.advanced());
            }
            if (at == null) {
                return;
            }
        }
        sink.accept(history);
    }

    /** Takes a step; returns where to go on, or null if the history parted. */
    private @Nullable Cursor step(History history, Step step, Cursor after) {
        switch (step) {
            case Step.Loop l -> {
                return Cursor.of(l, after);
            }
            case Step.Branch b -> {
                return chosen(
                        history,
                        b.condition(),
                        Cursor.of(b.then(), after),
                        Cursor.of(b.otherwise(), after));
            }
            case Step.WhileLoop w -> {
                return chosen(history, w.condition(), Cursor.of(w, 1, after), after);
            }
            case Step.Assign a -> {
                history.values().assign(a.assignment(), history.mask());
                return after;
            }
            default -> {
                history.run(step);
                return after;
            }
        }
    }

    /** Where all shots go on, or null if they part; then both parts wait. */
    private @Nullable Cursor chosen(
            History history, Expression condition, Cursor ifTrue, Cursor ifFalse) {
        long[] mask = history.mask();
        long[] yes = history.values().where(condition, mask);
        long[] no = new long[mask.length];
        int count = 0;
        for (int w = 0; w < mask.length; w++) {
            no[w] = mask[w] & ~yes[w];
            count += Long.bitCount(yes[w]);
        }
        int all = history.shots();
        if (count == all) {
            return ifTrue;
        }
        if (count == 0) {
            return ifFalse;
        }
        boolean fewYes = 2 * count <= all;
        History few = history.fork(fewYes ? yes : no, fewYes ? ifTrue : ifFalse);
        waiting.push(history.narrowed(fewYes ? no : yes, fewYes ? ifFalse : ifTrue));
        waiting.push(few);
        return null;
    }

    /** Runs one shot of a history to its end: its frame goes into its tableau. */
    private void runAlone(History history, int shot, Cursor from) {
        StabilizerState state = history.reference().copy();
        FlipFrames frames = history.frames();
        for (int q = 0; q < frames.qubits(); q++) {
            boolean x = Values.isSet(frames.pauli(q, false), shot);
            boolean z = Values.isSet(frames.pauli(q, true), shot);
            state.applyPauli(q, Pauli.of(x, z));
        }
        ClassicalMemory memory = history.values().of(shot);
        ShotRunner runner = runner(state, memory, shot);
        runner.continueChain(Values.isSet(frames.chain(), shot));
        for (Cursor c = from; c != null; c = c.outer()) {
            runner.run(c.steps().subList(c.next(), c.steps().size()));
            for (long k = 0; k < c.turnsLeft(); k++) {
                progress.checkCancelled();
                runner.run(c.steps());
            }
            if (c.loop() != null) {
                runner.run(List.of(c.loop()));
            }
        }
        sink.accept(shot, memory);
    }

    /** Runs one shot from the start, without frames. */
    void runAlone(List<Step> program, int qubits, int bits, int shot) {
        ClassicalMemory memory = new ClassicalMemory(bits);
        runner(new StabilizerState(qubits), memory, shot).run(program);
        sink.accept(shot, memory);
    }

    private ShotRunner runner(StabilizerState state, ClassicalMemory memory, int shot) {
        ShotRunner runner = new ShotRunner(state, memory, random, progress);
        ShotBatch bits = sweeps;
        if (bits != null) {
            runner.sweeps(bit -> bits.get(shot, bit));
        }
        return runner;
    }
}
