package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A complex matrix on several local qubits of a tile, under controls, with the coefficient layout
 * that vector kernels want.
 *
 * <p>Bit j of a row or column number belongs to {@code qubits[j]}.
 */
final class DenseMatrix {
    final int[] qubits;
    final int mask;
    final int value;

    /** Row-major, real and imaginary parts interleaved, {@code 2 * 4^k} numbers. */
    final double[] entries;

    private volatile @Nullable Lanes lanes;

    DenseMatrix(int[] qubits, int mask, int value, double[] entries) {
        this.qubits = qubits;
        this.mask = mask;
        this.value = value;
        this.entries = entries;
    }

    int dimension() {
        return 1 << qubits.length;
    }

    /** The layout for registers of {@code 2^laneBits} amplitudes; computed once. */
    Lanes lanes(int laneBits) {
        Lanes known = lanes;
        if (known == null || known.laneBits != laneBits) {
            known = layOut(laneBits);
            lanes = known;
        }
        return known;
    }

    /**
     * Coefficients per register. The group of amplitudes that the matrix mixes lies in {@code
     * registers} registers, at {@code offsets} from the group's base; output register r is the sum
     * over columns c of coefficient register {@code r * columns + c} times column c, where column
     * {@code s * permutations + e} is input register s with its lanes exchanged by {@code
     * exchanges[e]}.
     *
     * @param laneBits base-two logarithm of a register's length
     * @param registers number of registers in a group
     * @param columns registers times in-lane permutations
     * @param offsets index offsets of the group's registers (two entries at least; a single
     *     register is listed twice)
     * @param exchanges lane exchange masks
     * @param fixed index bits that a group fixes
     * @param base index of the first group (control bits)
     */
    record Lanes(
            int laneBits,
            int registers,
            int columns,
            int[] offsets,
            int[] exchanges,
            int fixed,
            int base,
            double[] reDouble,
            double[] imDouble,
            float[] reFloat,
            float[] imFloat) {}

    private Lanes layOut(int laneBits) {
        int length = 1 << laneBits;
        int laneMask = length - 1;
        int[] outer = targets(laneBits, false);
        int[] inner = targets(laneBits, true);
        int registers = 1 << outer.length;
        int permutations = 1 << inner.length;
        int columns = registers * permutations;
        int rows = Math.max(2, registers);
        int[] offsets = new int[rows];
        int fixed = mask & ~laneMask;
        for (int j = 0; j < outer.length; j++) {
            fixed |= 1 << qubits[outer[j]];
        }
        for (int r = 0; r < registers; r++) {
            offsets[r] = spread(r, outer);
        }
        int[] exchanges = new int[permutations];
        for (int e = 0; e < permutations; e++) {
            exchanges[e] = spread(e, inner);
        }
        double[] re = new double[rows * columns * length];
        double[] im = new double[rows * columns * length];
        int laneControls = mask & laneMask;
        int dimension = dimension();
        for (int r = 0; r < rows; r++) {
            int out = r % registers;
            for (int c = 0; c < columns; c++) {
                int in = c / permutations;
                int exchange = exchanges[c % permutations];
                for (int lane = 0; lane < length; lane++) {
                    int at = (r * columns + c) * length + lane;
                    if ((lane & laneControls) != (value & laneControls)) {
                        re[at] = in == out && exchange == 0 ? 1 : 0;
                        continue;
                    }
                    int row = collect(offsets[out] | lane);
                    int column = collect(offsets[in] | (lane ^ exchange));
                    re[at] = entries[2 * (row * dimension + column)];
                    im[at] = entries[2 * (row * dimension + column) + 1];
                }
            }
        }
        float[] reFloat = new float[re.length];
        float[] imFloat = new float[im.length];
        for (int i = 0; i < re.length; i++) {
            reFloat[i] = (float) re[i];
            imFloat[i] = (float) im[i];
        }
        return new Lanes(
                laneBits,
                registers,
                columns,
                offsets,
                exchanges,
                fixed,
                value & ~laneMask,
                re,
                im,
                reFloat,
                imFloat);
    }

    /** Positions in {@code qubits} of the targets below or from {@code laneBits} on. */
    private int[] targets(int laneBits, boolean below) {
        int[] found = new int[qubits.length];
        int n = 0;
        for (int j = 0; j < qubits.length; j++) {
            if (qubits[j] < laneBits == below) {
                found[n++] = j;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** The index with bit j of {@code bits} at the qubit {@code qubits[positions[j]]}. */
    private int spread(int bits, int[] positions) {
        int index = 0;
        for (int j = 0; j < positions.length; j++) {
            index |= (bits >> j & 1) << qubits[positions[j]];
        }
        return index;
    }

    /** The row number of an index: its bits at the targets. */
    int collect(int index) {
        int row = 0;
        for (int j = 0; j < qubits.length; j++) {
            row |= (index >> qubits[j] & 1) << j;
        }
        return row;
    }
}
