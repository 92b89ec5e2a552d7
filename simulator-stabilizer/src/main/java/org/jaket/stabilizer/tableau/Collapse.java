package org.jaket.stabilizer.tableau;

import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.Kernels;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Makes the results of Z measurements certain.
 *
 * <p>With {@code T} the inverse tableau of the state {@code U|0>}, a measurement of {@code Z_q} is
 * certain when {@code T(Z_q)} has no X or Y. Otherwise gates V that leave {@code |0>} alone are put
 * between {@code |0>} and U until one X or Y is left, on the pivot; a Hadamard-like gate on the
 * pivot is then the projection. V acts on columns of the tableau, so all uncertain targets of one
 * operation are done together on its transpose, where columns are contiguous (after C. Gidney,
 * "Stim: a fast stabilizer circuit simulator", 2021).
 *
 * <p>The X bits of the rows still to be done are also kept row by row, so that looking for a pivot
 * reads words and not single bits of many columns.
 */
final class Collapse {
    private final PauliRows rows;
    private final BitKernels kernels;

    private final int generatorWords;
    private final long[] columnX;
    private final long[] columnZ;
    private final long[] signs;
    private int[] targets = {};

    /** Creates the room for the transpose of a tableau; it is used again for each collapse. */
    Collapse(PauliRows rows) {
        this.rows = rows;
        this.kernels = Kernels.forRowsOf(rows.words);
        this.generatorWords = (2 * rows.qubits + 511) >>> 9 << 3;
        this.columnX = new long[Math.multiplyExact(rows.qubits, generatorWords)];
        this.columnZ = new long[Math.multiplyExact(rows.qubits, generatorWords)];
        this.signs = new long[generatorWords];
    }

    /**
     * Collapses the state so that Z of each of the qubits has a certain value.
     *
     * @param uncertain distinct qubits whose value is not certain
     * @param outcomes asked for each result that is not determined by those before it
     */
    void run(int[] uncertain, BooleanSupplier outcomes) {
        targets = uncertain;
        collapseAll(outcomes);
    }

    /** Those of the qubits whose Z has no certain value. */
    static int[] uncertain(PauliRows rows, int[] qubits) {
        int[] uncertain = new int[qubits.length];
        int count = 0;
        for (int q : qubits) {
            if (isUncertain(rows, q)) {
                uncertain[count++] = q;
            }
        }
        return Arrays.copyOf(uncertain, count);
    }

    private static boolean isUncertain(PauliRows rows, int qubit) {
        int at = rows.at(2 * qubit + 1);
        for (int i = at; i < at + rows.words; i++) {
            if (rows.table[i] != 0) {
                return true;
            }
        }
        return false;
    }

    private void collapseAll(BooleanSupplier outcomes) {
        rows.straighten();
        int rowWords = rows.words;
        long[][] pending = new long[targets.length][];
        for (int t = 0; t < targets.length; t++) {
            int at = rows.at(2 * targets[t] + 1);
            pending[t] = Arrays.copyOfRange(rows.table, at, at + rowWords);
        }
        transposeOut();
        for (int t = 0; t < targets.length; t++) {
            int pivot = firstOne(pending[t]);
            if (pivot >= 0) {
                collapse(t, pivot, pending, outcomes.getAsBoolean());
            }
        }
        transposeBack();
    }

    private static int firstOne(long[] words) {
        for (int w = 0; w < words.length; w++) {
            if (words[w] != 0) {
                return (w << 6) + Long.numberOfTrailingZeros(words[w]);
            }
        }
        return -1;
    }

    private void collapse(int t, int pivot, long[][] pending, boolean outcome) {
        long[] support = pending[t];
        int generator = 2 * targets[t] + 1;
        support[pivot >> 6] &= ~(1L << pivot);
        for (int w = pivot >> 6; w < support.length; w++) {
            for (long rest = support[w]; rest != 0; rest &= rest - 1) {
                cx(pivot, (w << 6) + Long.numberOfTrailingZeros(rest));
            }
        }
        boolean isY = bit(columnZ, pivot, generator);
        if (isY) {
            exchangeYz(pivot);
        } else {
            exchangeXz(pivot);
        }
        if ((signs[generator >> 6] >>> generator & 1) != 0 != outcome) {
            flipX(pivot);
        }
        // The same column operations on the rows whose turn is still to come.
        for (int later = t + 1; later < targets.length; later++) {
            long[] row = pending[later];
            if ((row[pivot >> 6] >>> pivot & 1) != 0) {
                for (int w = 0; w < row.length; w++) {
                    row[w] ^= support[w];
                }
            }
            row[pivot >> 6] &= ~(1L << pivot);
            if (bit(columnX, pivot, 2 * targets[later] + 1)) {
                row[pivot >> 6] |= 1L << pivot;
            }
        }
    }

    private boolean bit(long[] columns, int qubit, int generator) {
        return (columns[qubit * generatorWords + (generator >> 6)] >>> generator & 1) != 0;
    }

    /** X on the control brings X on the target; Z on the target brings Z on the control. */
    private void cx(int control, int target) {
        int c = control * generatorWords;
        int t = target * generatorWords;
        for (int i = 0; i < generatorWords; i++) {
            long xc = columnX[c + i];
            long zc = columnZ[c + i];
            long xt = columnX[t + i];
            long zt = columnZ[t + i];
            signs[i] ^= xc & zt & ~(xt ^ zc);
            columnX[t + i] = xt ^ xc;
            columnZ[c + i] = zc ^ zt;
        }
    }

    /** H: exchanges X and Z, Y to -Y. */
    private void exchangeXz(int qubit) {
        int at = qubit * generatorWords;
        for (int i = 0; i < generatorWords; i++) {
            long x = columnX[at + i];
            long z = columnZ[at + i];
            signs[i] ^= x & z;
            columnX[at + i] = z;
            columnZ[at + i] = x;
        }
    }

    /** H_YZ: exchanges Y and Z, X to -X. */
    private void exchangeYz(int qubit) {
        int at = qubit * generatorWords;
        for (int i = 0; i < generatorWords; i++) {
            long x = columnX[at + i];
            long z = columnZ[at + i];
            signs[i] ^= x & ~z;
            columnX[at + i] = x ^ z;
        }
    }

    /** X: the sign of everything with Z or Y turns. */
    private void flipX(int qubit) {
        int at = qubit * generatorWords;
        for (int i = 0; i < generatorWords; i++) {
            signs[i] ^= columnZ[at + i];
        }
    }

    private void transposeOut() {
        int generators = 2 * rows.qubits;
        long[] scratch = new long[BitKernels.TILE_SCRATCH];
        int stride = 2 * rows.words;
        for (int g = 0; g < generators; g += BitKernels.TILE_ROWS) {
            int count = Math.min(BitKernels.TILE_ROWS, generators - g);
            for (int part = 0; part < 2; part++) {
                kernels.transposeTile(
                        rows.table,
                        g * stride + part * rows.words,
                        stride,
                        count,
                        part == 0 ? columnX : columnZ,
                        g >> 6,
                        generatorWords,
                        rows.qubits,
                        scratch);
            }
        }
        Arrays.fill(signs, 0);
        for (int g = 0; g < generators; g++) {
            if (rows.negative[g]) {
                signs[g >> 6] |= 1L << g;
            }
        }
    }

    private void transposeBack() {
        int generators = 2 * rows.qubits;
        long[] scratch = new long[BitKernels.TILE_SCRATCH];
        int stride = 2 * rows.words;
        for (int q = 0; q < rows.qubits; q += BitKernels.TILE_ROWS) {
            int count = Math.min(BitKernels.TILE_ROWS, rows.qubits - q);
            for (int part = 0; part < 2; part++) {
                kernels.transposeTile(
                        part == 0 ? columnX : columnZ,
                        q * generatorWords,
                        generatorWords,
                        count,
                        rows.table,
                        part * rows.words + (q >> 6),
                        stride,
                        generators,
                        scratch);
            }
        }
        for (int g = 0; g < generators; g++) {
            rows.negative[g] = (signs[g >> 6] >>> g & 1) != 0;
        }
    }
}
