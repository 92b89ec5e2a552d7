package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** States of one size for reuse, as many as memory holds; closing frees them all. */
final class StatePool implements AutoCloseable {
    /** Enough for every branch that a depth-first walk keeps open, see {@link Trajectories}. */
    private static final int MOST = 64;

    private final int qubits;
    private final Kernels kernels;
    private final Workers workers;
    private final ArrayDeque<Amplitudes> free = new ArrayDeque<>();
    private final ArrayDeque<Amplitudes> all = new ArrayDeque<>();
    private final int limit;

    /**
     * A pool that may take a share of the memory that is left.
     *
     * @param share how many pools share it
     */
    StatePool(int qubits, Kernels kernels, Workers workers, int share) {
        this(kernels, workers, qubits, limit(qubits, kernels, workers.threads(), share));
    }

    private StatePool(Kernels kernels, Workers workers, int qubits, int limit) {
        this.qubits = qubits;
        this.kernels = kernels;
        this.workers = workers;
        this.limit = limit;
    }

    private static int limit(int qubits, Kernels kernels, int threads, int share) {
        Footprint one = Footprint.of(1, qubits, kernels.precision(), threads);
        double each = one.amplitudes() + one.support();
        boolean small = each * MOST * share <= Memory.UNASKED;
        double room = small ? MOST : (Memory.available() - one.tiles() * share) / each / share;
        return (int) Math.max(1, Math.min(MOST, room));
    }

    /** A state with undefined amplitudes, or null where memory holds no more. */
    @Nullable Amplitudes take() {
        Amplitudes state = free.poll();
        if (state == null && all.size() < limit) {
            state = Amplitudes.allocate(qubits, kernels, workers);
            all.add(state);
        }
        return state;
    }

    /** A pool of one state and no more, which is not the pool's to close. */
    static StatePool only(Amplitudes state, Workers workers) {
        StatePool pool = new StatePool(state.kernels(), workers, state.qubits(), 0);
        pool.free.add(state);
        return pool;
    }

    /** The first state, which there must be room for. */
    Amplitudes first() {
        Amplitudes state = take();
        if (state == null) {
            throw new IllegalStateException("The pool's first state has been taken already");
        }
        return state;
    }

    void give(Amplitudes state) {
        free.add(state);
    }

    @Override
    public void close() {
        all.forEach(Amplitudes::close);
        all.clear();
        free.clear();
    }
}
