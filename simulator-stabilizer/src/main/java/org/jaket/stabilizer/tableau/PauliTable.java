package org.jaket.stabilizer.tableau;

import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.Kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list of Hermitian Pauli strings on the same qubits, packed, for elimination: rows are
 * multiplied into each other 64 qubits at a time and exchanged without moving bits.
 */
public final class PauliTable {
    private final int qubits;
    private final int words;
    private final long[] table;
    private final int[] rowOf;
    private final boolean[] negative;
    private final BitKernels kernels;

    private PauliTable(int qubits, int rows) {
        this.qubits = qubits;
        this.words = Math.max(1, (qubits + 511) >>> 9) << 3;
        this.table = new long[Math.toIntExact(2L * words * rows)];
        this.rowOf = new int[rows];
        this.negative = new boolean[rows];
        this.kernels = Kernels.forRowsOf(words);
        for (int r = 0; r < rows; r++) {
            rowOf[r] = r;
        }
    }

    /**
     * Packs strings.
     *
     * @throws IllegalArgumentException if one has another number of qubits or is not Hermitian
     */
    public static PauliTable of(int qubits, List<PauliString> strings) {
        PauliTable result = new PauliTable(qubits, strings.size());
        for (int r = 0; r < strings.size(); r++) {
            PauliString string = strings.get(r);
            if (string.qubits() != qubits || !string.isHermitian()) {
                throw new IllegalArgumentException(
                        "%s is not a Hermitian Pauli string on %d qubits."
                                .formatted(string.toStim(), qubits));
            }
            long[] xs = string.xBits();
            int at = 2 * result.words * r;
            System.arraycopy(xs, 0, result.table, at, xs.length);
            System.arraycopy(string.zBits(), 0, result.table, at + result.words, xs.length);
            result.negative[r] = string.phase() == 2;
        }
        return result;
    }

    /** Returns the number of rows. */
    public int rows() {
        return rowOf.length;
    }

    /** Whether a row has X (or Z; Y has both) on a qubit. */
    public boolean bit(int row, boolean ofZ, int qubit) {
        int at = 2 * words * rowOf[row] + (ofZ ? words : 0);
        return (table[at + (qubit >> 6)] >>> qubit & 1) != 0;
    }

    /**
     * Multiplies a row by another that commutes with it.
     *
     * @throws IllegalArgumentException if the two anticommute
     */
    public void multiply(int row, int by) {
        int a = 2 * words * rowOf[row];
        int b = 2 * words * rowOf[by];
        int power = kernels.multiply(table, a, a + words, b, b + words, words);
        if ((power & 1) != 0) {
            throw new IllegalArgumentException("Two rows of a stabiliser table anticommute.");
        }
        negative[rowOf[row]] ^= negative[rowOf[by]] ^ (power & 2) != 0;
    }

    /** Exchanges two rows. */
    public void exchange(int a, int b) {
        int t = rowOf[a];
        rowOf[a] = rowOf[b];
        rowOf[b] = t;
    }

    /** Whether a row carries a minus sign. */
    public boolean isNegative(int row) {
        return negative[rowOf[row]];
    }

    /** Returns a row. */
    public PauliString get(int row) {
        int at = 2 * words * rowOf[row];
        int used = (qubits + 63) >>> 6;
        return PauliString.ofBits(
                qubits,
                Arrays.copyOfRange(table, at, at + used),
                Arrays.copyOfRange(table, at + words, at + words + used),
                isNegative(row) ? 2 : 0);
    }

    /** Returns all rows. */
    public List<PauliString> toList() {
        List<PauliString> result = new ArrayList<>(rows());
        for (int r = 0; r < rows(); r++) {
            result.add(get(r));
        }
        return result;
    }

    /**
     * Clears one column from all rows but one, which becomes row number {@code done}.
     *
     * @return whether some row from {@code done} on had the bit
     */
    boolean pivot(int done, boolean ofZ, int qubit) {
        int pivot = done;
        while (pivot < rows() && !bit(pivot, ofZ, qubit)) {
            pivot++;
        }
        if (pivot == rows()) {
            return false;
        }
        for (int r = 0; r < rows(); r++) {
            if (r != pivot && bit(r, ofZ, qubit)) {
                multiply(r, pivot);
            }
        }
        exchange(done, pivot);
        return true;
    }

    /**
     * Brings commuting rows to reduced echelon form, columns in the order X of qubit 0, Z of qubit
     * 0, X of qubit 1 and so on, so that equal groups give equal rows.
     *
     * @return the rank: rows from there on are the identity
     */
    public int reduce() {
        int done = 0;
        for (int q = 0; q < qubits; q++) {
            for (int part = 0; part < 2; part++) {
                if (pivot(done, part == 1, q)) {
                    done++;
                }
            }
        }
        return done;
    }
}
