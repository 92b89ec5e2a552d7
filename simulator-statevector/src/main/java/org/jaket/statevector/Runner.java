package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.LongPredicate;

/**
 * Applies passes to amplitudes and sums over them: hands tiles to the workers, each copied into its
 * worker's buffer and back. Not for use by two threads at once.
 */
final class Runner {
    private final Workers workers;
    private final Watch watch;

    /** Whether the loop under way was interrupted. */
    private volatile boolean isStopped;

    /** Told how far a loop over tiles is, on the thread that started it. */
    @FunctionalInterface
    interface Watch {
        /** Called before a tile; an exception ends the loop and leaves the state half done. */
        void at(int tile, int tiles);
    }

    /** What is done with one tile of a state. */
    @FunctionalInterface
    interface Visit {
        /**
         * Visits a tile.
         *
         * @param tile the amplitudes
         * @param outer their common index bits outside the tile
         * @param task the tile's number
         */
        void visit(Tile tile, long outer, int task);
    }

    /** What is done with a pair of tiles. */
    @FunctionalInterface
    interface Pair {
        void visit(Tile bra, Tile ket, long outer, int task);
    }

    /** A runner whose loops cannot be interrupted. */
    Runner(Workers workers) {
        this(workers, (tile, tiles) -> {});
    }

    Runner(Workers workers, Watch watch) {
        this.watch = watch;
        this.workers = workers;
    }

    Workers workers() {
        return workers;
    }

    /** A parallel loop that can be interrupted between its tasks. */
    void loop(int tiles, Workers.Task task) {
        isStopped = false;
        workers.run(
                tiles,
                (t, worker) -> {
                    if (worker == 0) {
                        at(t, tiles);
                    }
                    task.run(t, worker);
                });
    }

    private void at(int tile, int tiles) {
        try {
            watch.at(tile, tiles);
        } catch (RuntimeException | Error e) {
            isStopped = true;
            throw e;
        }
    }

    /**
     * Makes sure that a tile can be written to without waiting for memory.
     *
     * @return false if the loop was interrupted meanwhile, on another thread
     */
    private boolean touch(
            Amplitudes state, long outer, long local, int task, int tasks, int worker) {
        FreshPages fresh = state.fresh();
        return fresh == null
                || fresh.touch(
                        state,
                        outer,
                        local,
                        () -> {
                            if (worker == 0) {
                                at(task, tasks);
                            }
                            return isStopped;
                        });
    }

    /** Tells the watch how far a loop on this thread is. */
    void check(long done, long all) {
        watch.at((int) (done >> 20), (int) Math.max(1, all >> 20));
    }

    void apply(List<Pass> passes, Amplitudes state) {
        for (Pass pass : passes) {
            apply(pass, state);
        }
    }

    void apply(Pass pass, Amplitudes state) {
        Kernels kernels = state.kernels();
        long local = pass.local();
        int tileBits = Long.bitCount(local);
        long outerMask = (state.length() - 1) & ~local;
        if (!Support.divides(local)) {
            state.fill();
        }
        Support support = state.support();
        int tiles = 1 << (state.qubits() - tileBits);
        loop(
                tiles,
                (t, worker) -> {
                    long outer = Long.expand(t, outerMask);
                    if (support != null && !support.meets(outer, local)
                            || !touch(state, outer, local, t, tiles, worker)) {
                        return;
                    }
                    try (View view = View.of(state, outer, local)) {
                        for (Step step : pass.steps()) {
                            step.apply(view.tile(), outer, kernels, view.tables());
                        }
                        view.store();
                        if (support != null) {
                            support.note(view.tile(), outer, local);
                        }
                    }
                });
        if (support != null && support.isWide()) {
            state.fill();
        }
    }

    /**
     * Does what {@link #apply} does on some tiles of a smaller state, for {@link Rehearsal}: the
     * numbers that come out mean nothing.
     *
     * @param where the qubits of the smaller state that stand for those of the pass
     * @param qubits of the real state, from whose tiles the outer bits are taken evenly
     */
    void rehearse(Pass pass, long where, Amplitudes state, int tiles, int qubits) {
        state.fill();
        Kernels kernels = state.kernels();
        int tileBits = Long.bitCount(pass.local());
        long smallOuter = (state.length() - 1) & ~where;
        long realOuter = ((1L << qubits) - 1) & ~pass.local();
        long all = 1L << (qubits - tileBits);
        loop(
                tiles,
                (t, worker) -> {
                    long from = Long.expand(t, smallOuter);
                    // An odd stride meets all values of the outer bits alike.
                    long outer = Long.expand((all / tiles | 1) * t & (all - 1), realOuter);
                    try (View view = View.of(state, from, where)) {
                        for (Step step : pass.steps()) {
                            step.apply(view.tile(), outer, kernels, view.tables());
                        }
                        view.store();
                    }
                });
    }

    /** Reads a state block by block, in parallel; blocks that are zero are passed over. */
    void read(Amplitudes state, Visit visit) {
        read(state, state.blockMask(), visit);
    }

    /**
     * Reads a state in tiles of the given qubits, in parallel. Tiles that are zero are passed over:
     * they add nothing to a sum.
     */
    void read(Amplitudes state, long local, Visit visit) {
        read(state, local, 0, visit);
    }

    /**
     * The same with 2^{@code bits} tiles a task, which has their common number and visits them in
     * order: for sums that need much memory each.
     */
    void read(Amplitudes state, long local, int bits, Visit visit) {
        views(state, local, bits, (view, outer, t) -> visit.visit(view.tile(), outer, t));
    }

    /** What is done with a view of a tile. */
    @FunctionalInterface
    private interface Look {
        void at(View view, long outer, int task);
    }

    private void views(Amplitudes state, long local, int bits, Look look) {
        int tileBits = Long.bitCount(local);
        long outerMask = (state.length() - 1) & ~local;
        Support support = supportOf(state, local);
        int tasks = 1 << (state.qubits() - tileBits - bits);
        loop(
                tasks,
                (task, worker) -> {
                    int first = task << bits;
                    for (int t = first; t < first + (1 << bits); t++) {
                        if (t > first && worker == 0) {
                            at(task, tasks);
                        }
                        if (isStopped) {
                            return;
                        }
                        long outer = Long.expand(t, outerMask);
                        if (support != null && !support.meets(outer, local)) {
                            continue;
                        }
                        try (View view = View.of(state, outer, local)) {
                            look.at(view, outer, task);
                        }
                    }
                });
    }

    /** Where tiles of these qubits may be passed over; null for nowhere. */
    private static @Nullable Support supportOf(Amplitudes state, long local) {
        return Support.divides(local) ? state.support() : null;
    }

    /** Changes a state block by block, in parallel. */
    void write(Amplitudes state, Visit visit) {
        state.fill();
        change(state, visit);
    }

    /** The same with a change that leaves zeros as they are: blocks of zeros are passed over. */
    void scale(Amplitudes state, Visit visit) {
        change(state, visit);
    }

    private void change(Amplitudes state, Visit visit) {
        long local = state.blockMask();
        Support support = supportOf(state, local);
        views(
                state,
                local,
                0,
                (view, outer, t) -> {
                    visit.visit(view.tile(), outer, t);
                    view.store();
                    if (support != null) {
                        support.note(view.tile(), outer, local);
                    }
                });
    }

    /**
     * Reads blocks of {@code ket} with the blocks of {@code bra} whose index differs by a mask.
     * Pairs in which one is zero are passed over.
     */
    void readPairs(Amplitudes bra, Amplitudes ket, long difference, Pair pair) {
        readPairs(bra, ket, ket.blockMask(), difference, pair);
    }

    /**
     * Reads tiles of {@code ket} with the tiles of {@code bra} whose outer index differs by a mask.
     * Pairs in which one is zero are passed over.
     *
     * @param local the qubits of a tile
     */
    void readPairs(Amplitudes bra, Amplitudes ket, long local, long difference, Pair pair) {
        Support left = supportOf(bra, local);
        Support right = supportOf(ket, local);
        visitPairs(
                bra,
                ket,
                local,
                difference,
                outer ->
                        (left == null || left.meets(outer ^ difference, local))
                                && (right == null || right.meets(outer, local)),
                false,
                pair);
    }

    private void visitPairs(
            Amplitudes bra,
            Amplitudes ket,
            long local,
            long difference,
            LongPredicate which,
            boolean writes,
            Pair pair) {
        int tileBits = Long.bitCount(local);
        long outerMask = (ket.length() - 1) & ~local;
        int tiles = 1 << (ket.qubits() - tileBits);
        loop(
                tiles,
                (t, worker) -> {
                    long outer = Long.expand(t, outerMask);
                    if (!which.test(outer)
                            || writes && !touch(bra, outer ^ difference, local, t, tiles, worker)) {
                        return;
                    }
                    try (View right = View.of(ket, outer, local)) {
                        if (bra == ket && difference == 0) {
                            pair.visit(right.tile(), right.tile(), outer, t);
                            return;
                        }
                        try (View left = View.of(bra, outer ^ difference, local)) {
                            pair.visit(left.tile(), right.tile(), outer, t);
                            if (writes) {
                                left.store();
                            }
                        }
                    }
                });
    }

    /** The same with two different states, the first of which is changed. */
    void writePairs(Amplitudes bra, Amplitudes ket, long local, long difference, Pair pair) {
        bra.fill();
        visitPairs(bra, ket, local, difference, outer -> true, true, pair);
    }
}
