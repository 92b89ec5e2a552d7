package org.jaket.statevector;

/**
 * What the compiler schedules: elementary linear maps on physical qubits. {@link #moves} is the set
 * of qubits on which a map is not diagonal, {@link #reads} the set on which it is diagonal and not
 * the identity (controls, phases).
 */
sealed interface Op {
    long moves();

    long reads();

    /** Two maps commute if neither moves a qubit that the other one moves or reads. */
    static boolean commute(long moves, long reads, long otherMoves, long otherReads) {
        return (moves & (otherMoves | otherReads)) == 0 && (otherMoves & reads) == 0;
    }

    /**
     * Multiplies the amplitudes whose index contains {@code mask} by {@code exp(i angle)}: T, S,
     * CZ, CP, CCZ; with an empty mask a global phase.
     */
    record Phase(long mask, double angle) implements Op {
        @Override
        public long moves() {
            return 0;
        }

        @Override
        public long reads() {
            return mask;
        }
    }

    /**
     * A real rotation {@code cosine [1 -t; t 1]}.
     *
     * @param cosine the factor that the kernel leaves out
     */
    record Turn(int qubit, double tangent, double cosine) implements Op {
        @Override
        public long moves() {
            return 1L << qubit;
        }

        @Override
        public long reads() {
            return 0;
        }
    }

    /** A 2x2 matrix under controls; entries row-major, interleaved. */
    record Dense1(int qubit, long mask, long value, double[] entries) implements Op {
        @Override
        public long moves() {
            return 1L << qubit;
        }

        @Override
        public long reads() {
            return mask;
        }
    }

    /** A matrix on several qubits under controls; bit j of a row belongs to {@code qubits[j]}. */
    record Dense(int[] qubits, long mask, long value, double[] entries) implements Op {
        @Override
        public long moves() {
            long moves = 0;
            for (int q : qubits) {
                moves |= 1L << q;
            }
            return moves;
        }

        @Override
        public long reads() {
            return mask;
        }
    }

    /** A bit flip under controls. */
    record Flip(int qubit, long mask, long value) implements Op {
        @Override
        public long moves() {
            return 1L << qubit;
        }

        @Override
        public long reads() {
            return mask;
        }
    }

    /** An exchange of two qubits under controls. */
    record Swap(int a, int b, long mask, long value) implements Op {
        @Override
        public long moves() {
            return 1L << a | 1L << b;
        }

        @Override
        public long reads() {
            return mask;
        }
    }
}
