package org.jaket.statevector;

/**
 * The bytes that work on states of one size takes: a forecast, and an upper bound of what is
 * allocated.
 *
 * @param amplitudes those of all states
 * @param support the notes of where the states may be other than zero, on the heap
 * @param tiles what the threads copy tiles into, on the heap
 */
record Footprint(double amplitudes, double support, double tiles) {
    /**
     * Of some states in the work of one run.
     *
     * @param tileBits qubits of the largest tiles of passes
     */
    static Footprint of(int states, int qubits, Precision precision, int tileBits, int threads) {
        double pass = Amplitudes.bytes(tileBits, precision);
        double block = Amplitudes.bytes(Math.min(qubits, Amplitudes.BLOCK_BITS), precision);
        // Where two states, or two places of one, are read together, there are two of each.
        return new Footprint(
                states * Amplitudes.bytes(qubits, precision),
                states * Support.bytes(qubits),
                2 * (pass + block) * threads);
    }

    /** With the tiles that nearly all circuits have. */
    static Footprint of(int states, int qubits, Precision precision, int threads) {
        return of(states, qubits, precision, Math.min(qubits, Schedule.TILE_BITS), threads);
    }

    double total() {
        return amplitudes + support + tiles;
    }
}
