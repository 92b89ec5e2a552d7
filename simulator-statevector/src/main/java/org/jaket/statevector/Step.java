package org.jaket.statevector;

/**
 * One map inside a {@link Pass}, on the local qubits of a tile. {@code outer} in {@link #apply} is
 * the tile's index bits outside the local qubits; controls there decide for the whole tile.
 */
sealed interface Step {
    void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch);

    /** The local qubits that it moves; on the others it is diagonal. */
    int moves();

    /** Real rotations on distinct qubits. */
    record Shears(int[] qubits, double[] tangents) implements Step {
        @Override
        public int moves() {
            return mask(qubits);
        }

        @Override
        public void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch) {
            kernels.shear(tile, qubits, tangents);
        }
    }

    /** A single phase term; costs a fraction of a whole diagonal. */
    record Phase(int mask, long outerMask, double re, double im) implements Step {
        @Override
        public int moves() {
            return 0;
        }

        @Override
        public void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch) {
            if ((outer & outerMask) == outerMask) {
                kernels.phase(tile, mask, mask, re, im);
            }
        }
    }

    /** Any number of phase terms. */
    record Diagonal(DiagonalPlan plan) implements Step {
        @Override
        public int moves() {
            return 0;
        }

        @Override
        public void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch) {
            PhaseTables tables = plan.tables(outer, scratch, kernels.precision());
            if (tables != null) {
                kernels.diagonal(tile, tables, 0);
            }
        }
    }

    /** A 2x2 matrix under local and outer controls. */
    record Dense1(int qubit, int mask, int value, long outerMask, long outerValue, double[] entries)
            implements Step {
        @Override
        public int moves() {
            return 1 << qubit;
        }

        @Override
        public void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch) {
            if ((outer & outerMask) == outerValue) {
                kernels.dense1(tile, qubit, mask, value, entries);
            }
        }
    }

    /** A matrix on several qubits, local controls inside the matrix. */
    record Dense(DenseMatrix matrix, long outerMask, long outerValue) implements Step {
        @Override
        public int moves() {
            return mask(matrix.qubits);
        }

        @Override
        public void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch) {
            if ((outer & outerMask) == outerValue) {
                kernels.dense(tile, matrix);
            }
        }
    }

    /** A bit flip under local and outer controls. */
    record Flip(int qubit, int mask, int value, long outerMask, long outerValue) implements Step {
        @Override
        public int moves() {
            return 1 << qubit;
        }

        @Override
        public void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch) {
            if ((outer & outerMask) == outerValue) {
                kernels.flip(tile, qubit, mask, value);
            }
        }
    }

    /** An exchange of two qubits under local and outer controls. */
    record Swap(int a, int b, int mask, int value, long outerMask, long outerValue)
            implements Step {
        @Override
        public int moves() {
            return 1 << a | 1 << b;
        }

        @Override
        public void apply(Tile tile, long outer, Kernels kernels, PhaseTables scratch) {
            if ((outer & outerMask) == outerValue) {
                kernels.swap(tile, a, b, mask, value);
            }
        }
    }

    private static int mask(int[] qubits) {
        int mask = 0;
        for (int q : qubits) {
            mask |= 1 << q;
        }
        return mask;
    }
}
