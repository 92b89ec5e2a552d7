package org.jaket.statevector;

import java.util.List;

/**
 * Steps that are applied tile by tile, so that the state travels through the cache once.
 *
 * @param local the mask of qubits that are inside a tile; its lowest bits are contiguous, which
 *     makes a tile a set of contiguous runs of amplitudes
 * @param steps what happens in a tile
 */
record Pass(long local, List<Step> steps) {
    /** The qubits that it moves. */
    long moves() {
        int moves = 0;
        for (Step step : steps) {
            moves |= step.moves();
        }
        return Long.expand(moves, local);
    }
}
