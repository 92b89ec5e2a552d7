package org.jaket.statevector;

/**
 * A tile of a state to work on: a copy in the thread's scratch memory, or the very amplitudes,
 * where the state is a tile itself.
 */
final class View implements AutoCloseable {
    private final Amplitudes state;
    private final long outer;
    private final long local;
    private final Scratch scratch;
    private final Tile tile;
    private final boolean isCopy;

    private View(Amplitudes state, long outer, long local) {
        this.state = state;
        this.outer = outer;
        this.local = local;
        Tile whole = state.resident();
        int bits = Long.bitCount(local);
        boolean contiguous = (local & local + 1) == 0;
        if (whole != null && contiguous) {
            isCopy = false;
            scratch = Scratch.take(state.precision(), 0);
            tile = whole.part((int) outer, bits);
        } else {
            isCopy = true;
            scratch = Scratch.take(state.precision(), bits);
            tile = scratch.tile;
            state.kernels().gather(tile, state.re(), state.im(), outer, local);
        }
    }

    /**
     * Looks at a tile.
     *
     * @param outer the index bits of the tile
     * @param local the mask of the qubits inside it
     */
    static View of(Amplitudes state, long outer, long local) {
        return new View(state, outer, local);
    }

    Tile tile() {
        return tile;
    }

    /** Room for the tables of diagonals. */
    PhaseTables tables() {
        return scratch.tables;
    }

    /** Puts what has become of the tile into the state. */
    void store() {
        if (isCopy) {
            state.kernels().scatter(tile, state.re(), state.im(), outer, local);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
