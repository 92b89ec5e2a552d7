package org.jaket.stabilizer.tableau;

import java.util.Arrays;

/**
 * The images of the generators under a Clifford operation, as lists of their letters that are not
 * I. The stabilisers of local codes on thousands of qubits have few of them.
 *
 * <p>An entry is {@code 4 * qubit + letter}, where bit 0 of the letter is X and bit 1 is Z; entries
 * of a row ascend.
 */
final class SparseRows extends GeneratorImages {
    /** The power of i in the product of two letters, at {@code 4 * first + second}. */
    private static final byte[] POWER = {0, 0, 0, 0, 0, 0, 3, 1, 0, 1, 0, 3, 0, 3, 1, 0};

    static final int X = 1;
    static final int Z = 2;

    final int[][] letters;
    final int[] sizes;
    private int[] scratch = new int[16];

    /** Entries of all rows. */
    private long entries;

    private SparseRows(int qubits, int[] rowOf, boolean[] negative, int[][] letters, int[] sizes) {
        super(qubits, rowOf, negative);
        this.letters = letters;
        this.sizes = sizes;
        for (int size : sizes) {
            entries += size;
        }
    }

    /** Bytes of a qubit whose rows have a letter each. */
    private static final long BYTES = 80;

    /** The identity operation. */
    static SparseRows identity(int qubits) {
        PauliRows.requireMemory(qubits, BYTES * qubits);
        int rows = 2 * qubits + SPARE;
        int[] rowOf = new int[rows];
        int[][] letters = new int[rows][];
        int[] sizes = new int[rows];
        for (int g = 0; g < rows; g++) {
            rowOf[g] = g;
            letters[g] = new int[2];
            if (g < 2 * qubits) {
                letters[g][0] = 4 * (g >> 1) + ((g & 1) == 0 ? X : Z);
                sizes[g] = 1;
            }
        }
        return new SparseRows(qubits, rowOf, new boolean[rows], letters, sizes);
    }

    SparseRows copy() {
        int[][] copies = new int[letters.length][];
        for (int r = 0; r < copies.length; r++) {
            copies[r] = Arrays.copyOf(letters[r], Math.max(2, sizes[r]));
        }
        return new SparseRows(qubits, rowOf.clone(), negative.clone(), copies, sizes.clone());
    }

    /** The same operation in packed rows. */
    PauliRows dense() {
        PauliRows dense = PauliRows.identity(qubits);
        int rowWords = (qubits + 63) >>> 6;
        for (int g = 0; g < 2 * qubits; g++) {
            int row = rowOf[g];
            long[] xs = new long[rowWords];
            long[] zs = new long[rowWords];
            for (int k = 0; k < sizes[row]; k++) {
                int q = letters[row][k] >> 2;
                xs[q >> 6] |= (long) (letters[row][k] & X) << q;
                zs[q >> 6] |= (long) ((letters[row][k] & Z) >> 1) << q;
            }
            dense.set(g, xs, zs, negative[row]);
        }
        return dense;
    }

    /** Returns how many letters the rows have. */
    long entries() {
        return entries;
    }

    @Override
    int multiplyRows(int target, int source) {
        int[] a = letters[target];
        int[] b = letters[source];
        int aEnd = sizes[target];
        int bEnd = sizes[source];
        int[] out = scratch(aEnd + bEnd);
        int power = 0;
        int i = 0;
        int j = 0;
        int n = 0;
        while (i < aEnd && j < bEnd) {
            int p = a[i];
            int q = b[j];
            int order = Integer.compare(p >> 2, q >> 2);
            if (order < 0) {
                out[n++] = p;
                i++;
            } else if (order > 0) {
                out[n++] = q;
                j++;
            } else {
                power += POWER[(p & 3) << 2 | q & 3];
                out[n] = p ^ q & 3;
                n += (p ^ q) == 0 ? 0 : 1;
                i++;
                j++;
            }
        }
        System.arraycopy(a, i, out, n, aEnd - i);
        n += aEnd - i;
        System.arraycopy(b, j, out, n, bEnd - j);
        n += bEnd - j;
        take(target, n);
        return power;
    }

    /** Room for a row to be put together, taken over by {@link #take}. */
    int[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new int[size + size / 2];
        }
        return scratch;
    }

    /** Makes the first entries of the scratch room a row. */
    void take(int row, int size) {
        if (letters[row].length < size) {
            letters[row] = new int[size + size / 4 + 2];
        }
        System.arraycopy(scratch, 0, letters[row], 0, size);
        entries += size - sizes[row];
        sizes[row] = size;
    }

    /**
     * Overwrites, inserts or, if its letter is I, removes an entry.
     *
     * @param at its index, or the complement of the index where it is to be inserted
     */
    void set(int row, int at, int entry) {
        int[] list = letters[row];
        int size = sizes[row];
        if (at < 0) {
            if (size == list.length) {
                list = Arrays.copyOf(list, size + size / 4 + 2);
                letters[row] = list;
            }
            System.arraycopy(list, ~at, list, ~at + 1, size - ~at);
            list[~at] = entry;
            sizes[row]++;
            entries++;
        } else if ((entry & 3) == 0) {
            System.arraycopy(list, at + 1, list, at, size - at - 1);
            sizes[row]--;
            entries--;
        } else {
            list[at] = entry;
        }
    }

    @Override
    void clearRow(int row) {
        entries -= sizes[row];
        sizes[row] = 0;
    }

    /** Whether all images are the same. */
    boolean sameAs(SparseRows other) {
        for (int g = 0; g < 2 * qubits; g++) {
            int a = rowOf[g];
            int b = other.rowOf[g];
            if (negative[a] != other.negative[b]
                    || !Arrays.equals(
                            letters[a], 0, sizes[a], other.letters[b], 0, other.sizes[b])) {
                return false;
            }
        }
        return true;
    }
}
