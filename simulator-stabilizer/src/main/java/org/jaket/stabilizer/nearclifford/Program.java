package org.jaket.stabilizer.nearclifford;

/**
 * A compiled near-Clifford circuit, or the part of one up to where histories part.
 *
 * <p>The Pauli frame of a shot is {@code 2 * words} longs, X bits and then Z bits, over the qubits
 * at the start. A mask is a list of words to combine with it; mask {@code m} has the entries {@code
 * maskStart[m]} to {@code maskStart[m + 1]}.
 *
 * @param code operations, an opcode and its operands each; see {@link Op}
 * @param numbers cosine and sine of half the angle of each different rotation, and probabilities
 * @param words longs of half a Pauli frame
 * @param maskStart where masks start
 * @param maskWord which word of the frame an entry belongs to
 * @param maskBits its bits
 * @param sites the places where errors happen
 * @param results bits of a record at the end
 * @param mostActive the largest number of active qubits
 * @param prefix the operations before this one draw nothing at random but errors
 * @param prefixHazard the hazards of the errors among them, summed
 * @param work roughly how many numbers a shot touches
 * @param prefixWork that of the operations before {@code prefix}
 * @param prefixSwept whether sweep bits control any of these
 * @param conditions what {@link Op#UNLESS} asks
 * @param assignments what {@link Op#ASSIGN} carries out
 * @param memory how many classical bits a shot's memory needs
 */
record Program(
        int[] code,
        double[] numbers,
        int words,
        int[] maskStart,
        int[] maskWord,
        long[] maskBits,
        ErrorSites sites,
        int results,
        int mostActive,
        int prefix,
        double prefixHazard,
        double work,
        double prefixWork,
        boolean prefixSwept,
        Classical[] conditions,
        Classical.Store[] assignments,
        int memory) {

    /**
     * The operations, with their operands. A record operand of -1 means that nothing is recorded.
     */
    static final class Op {
        /** Errors: first site, site behind the last. */
        static final int ERRORS = 0;

        /** A result that the Pauli frame decides: test, negative, record, inverted, correction. */
        static final int FIXED = 1;

        /** A fair coin: test, negative, record, inverted, correction, kick. */
        static final int COIN = 2;

        /** A measurement of active qubits: as COIN, then x and z masks. */
        static final int COLLAPSE = 3;

        /** A rotation of active qubits: test, negative, index of the cosine, x mask, z mask. */
        static final int ROTATE = 4;

        /**
         * A rotation of a dormant qubit, which becomes active: test, negative, index of the cosine.
         */
        static final int ACTIVATE = 5;

        /** A Pauli where a result is one: record, mask. */
        static final int FEEDBACK = 6;

        /** A constant result: record, value. */
        static final int CONSTANT = 7;

        /** An error of a chain: starts, index of the probability, mask. */
        static final int CORRELATED = 8;

        /** A Pauli where a sweep bit is one: bit, mask. */
        static final int SWEEP = 9;

        /** A Pauli: mask. */
        static final int FLIP = 10;

        /** Goes on elsewhere unless a condition holds: condition, place in the code. */
        static final int UNLESS = 11;

        /** Goes on elsewhere: place in the code. */
        static final int JUMP = 12;

        /** An assignment: its index. */
        static final int ASSIGN = 13;

        /** Puts a result into memory: bit, result or -1 for zero. */
        static final int STORE = 14;

        private static final int[] LENGTH = {3, 6, 7, 9, 6, 4, 3, 3, 4, 3, 2, 3, 2, 2, 3};

        private Op() {}

        /** Ints of an operation, the opcode included. */
        static int length(int opcode) {
            return LENGTH[opcode];
        }
    }
}
