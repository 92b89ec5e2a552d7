package org.jaket.stabilizer.frames;

/**
 * A circuit compiled for frames: a flat list of instructions on rows of bits.
 *
 * <p>Immutable and shared by all threads; {@link FrameEngine} runs it. Repeat blocks stay folded.
 *
 * @param code instructions, see {@link Op}
 * @param channels noise channels, named by index in the code
 * @param places for each channel the number of locations it is applied to, which fixes its mean
 * @param sweeps the sweep bits that the code looks at, each named there by its place in this list
 * @param qubits number of qubits with rows
 * @param leakRows rows behind those of the qubits that tell who is leaked, one for each qubit that
 *     ever may
 * @param measurements measurement bits of a shot
 * @param detectors detectors of a shot
 * @param observables logical observables of a shot
 * @param lookback how far back the program refers to measurement records
 * @param depth deepest nesting of loops
 * @param work words of the code, loops unfolded: what a batch costs
 */
record FrameProgram(
        int[] code,
        Channel[] channels,
        int[] places,
        int[] sweeps,
        int qubits,
        int leakRows,
        long measurements,
        long detectors,
        int observables,
        int lookback,
        int depth,
        double work) {

    /** Rows of the frame: X and Z parts, and leaks. */
    int rows() {
        return Math.addExact(Math.multiplyExact(2, qubits), leakRows);
    }

    /** Instruction numbers; each is followed by its operands in the code. */
    static final class Op {
        /** n, then n elements of target and source rows: additions in order. */
        static final int ADD = 0;

        /** n, then n elements of row pairs to be exchanged. */
        static final int SWAP = 1;

        /** n, then n times (row to clear, row to randomise). */
        static final int RESET = 2;

        /**
         * channel or -1, 1 to clear the row after, n, n times (row read, row to randomise);
         * distinct.
         */
        static final int MEASURE = 3;

        /** channel or -1, a, b, then a rows read and b rows of the product. */
        static final int MEASURE_PRODUCT = 4;

        /** a, b, then a rows whose sum is added to each of b rows. */
        static final int ROTATE_PRODUCT = 5;

        /** channel or -1, n records of no flip. */
        static final int PAD = 6;

        /** elements, then for each detector k and k lookbacks. */
        static final int DETECTORS = 7;

        /** index, a, b, then a lookbacks and b rows. */
        static final int OBSERVABLE = 8;

        /** n, then n times (lookback, row). */
        static final int FEEDBACK = 9;

        /** channel, n locations, then their rows. */
        static final int NOISE = 10;

        /** channel, n locations, then their X and Z rows; one record each. */
        static final int HERALD = 11;

        /** 1 to start a chain, channel, n, then n rows to flip. */
        static final int CORRELATED = 12;

        /** high and low half of the count; the body runs to the matching END. */
        static final int LOOP = 13;

        /** ends a loop. */
        static final int END = 14;

        /** ends the program. */
        static final int HALT = 15;

        /** channel, 1 for records, n, then n times (leak row, X row, Z row). */
        static final int LEAK = 16;

        /** channel, n, then n leak rows. */
        static final int SEEP = 17;

        /** a, b, then a leak rows and b rows that are random where any of them is set. */
        static final int SCRAMBLE = 18;

        /** n, then n rows to clear. */
        static final int CLEAR = 19;

        /** channel or -1, n, then n rows to record, -1 for zeros. */
        static final int RECORD = 20;

        /** n, then n times (place of a sweep bit, row). */
        static final int SWEEP = 21;

        private Op() {}
    }
}
