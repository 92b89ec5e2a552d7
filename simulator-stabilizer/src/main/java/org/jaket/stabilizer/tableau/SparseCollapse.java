package org.jaket.stabilizer.tableau;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Makes the results of Z measurements certain, as {@link Collapse} does, on rows of letters.
 *
 * <p>Which rows have X or Z on a qubit of the preparation is looked up in lists made once for all
 * uncertain targets of an operation. X of row P on qubit k says that the k-th stabiliser of the
 * state anticommutes with P, so the list of X tells the stabiliser's weight. The lightest one that
 * anticommutes with the measured Pauli is multiplied onto the others, and the measured Pauli takes
 * its place: stabilisers with few letters stay such.
 */
final class SparseCollapse {
    private static final int X = SparseRows.X;
    private static final int Z = SparseRows.Z;
    private static final int[] NONE = {};

    private final SparseRows rows;
    private Columns xs;
    private Columns zs;

    /** Rows that the current step has seen. */
    private final int[] seen;

    private int stamp;
    private int[] touched = new int[16];
    private int touchedCount;

    SparseCollapse(SparseRows rows) {
        this.rows = rows;
        this.seen = new int[rows.letters.length];
        this.xs = new Columns(0);
        this.zs = new Columns(0);
    }

    /**
     * For each qubit of the preparation the rows with a part of a letter on it; and maybe others,
     * that had it once, and repeats.
     */
    private static final class Columns {
        private final int[][] lists;
        private final int[] sizes;

        Columns(int qubits) {
            lists = new int[qubits][];
            sizes = new int[qubits];
            Arrays.fill(lists, NONE);
        }

        void add(int qubit, int row) {
            int size = sizes[qubit]++;
            if (size == lists[qubit].length) {
                lists[qubit] = Arrays.copyOf(lists[qubit], size + size / 2 + 4);
            }
            lists[qubit][size] = row;
        }

        void clear(int qubit) {
            sizes[qubit] = 0;
        }
    }

    /**
     * Collapses the state so that Z of each of the qubits has a certain value.
     *
     * @param outcomes asked for each result that is not determined by those before it
     */
    void run(int[] qubits, BooleanSupplier outcomes) {
        boolean listed = false;
        for (int q : qubits) {
            int[] support = with(rows.rowOf[2 * q + 1], X);
            if (support.length > 0) {
                if (!listed) {
                    list();
                    listed = true;
                }
                collapse(q, support, outcomes.getAsBoolean());
            }
        }
        xs = new Columns(0);
        zs = new Columns(0);
    }

    /** The qubits on which a row has X (or Z) in its letter. */
    private int[] with(int row, int part) {
        int[] letters = rows.letters[row];
        int[] result = new int[rows.sizes[row]];
        int count = 0;
        for (int k = 0; k < rows.sizes[row]; k++) {
            if ((letters[k] & part) != 0) {
                result[count++] = letters[k] >> 2;
            }
        }
        return Arrays.copyOf(result, count);
    }

    private void list() {
        xs = new Columns(rows.qubits);
        zs = new Columns(rows.qubits);
        for (int g = 0; g < 2 * rows.qubits; g++) {
            int row = rows.rowOf[g];
            int[] letters = rows.letters[row];
            for (int k = 0; k < rows.sizes[row]; k++) {
                note(letters[k] >> 2, row, letters[k] & 3);
            }
        }
    }

    private void note(int qubit, int row, int letter) {
        if ((letter & X) != 0) {
            xs.add(qubit, row);
        }
        if ((letter & Z) != 0) {
            zs.add(qubit, row);
        }
    }

    /**
     * Puts V in front of the preparation, gates that leave {@code |0>} alone but for one Hadamard:
     * CX from the pivot to the others take X off them; S, if the letter left is Y; H; and CX to the
     * pivot from the qubits on which there is Z. The measured row is then Z of the pivot.
     *
     * <p>A row without X on the pivot before V has no Z there behind it, and its other letters and
     * its sign are not changed: only rows with X, as many as the pivot's stabiliser has letters,
     * have to be worked out. And of the generators only X of the measured qubit anticommutes with
     * what is measured, so behind V only its row has X on the pivot.
     */
    private void collapse(int qubit, int[] support, boolean outcome) {
        int measured = rows.rowOf[2 * qubit + 1];
        int pivot = support[0];
        for (int q : support) {
            if (xs.sizes[q] < xs.sizes[pivot]) {
                pivot = q;
            }
        }
        int[] others = without(support, pivot);
        touch(xs, pivot);
        keepThoseWithX(pivot);
        for (int k = 0; k < touchedCount; k++) {
            fan(touched[k], pivot, others, X);
        }
        boolean isY = letter(measured, pivot) == (X | Z);
        for (int k = 0; k < touchedCount; k++) {
            exchange(touched[k], pivot, isY);
        }
        int[] rest = without(with(measured, Z), pivot);
        for (int k = 0; k < touchedCount; k++) {
            fan(touched[k], pivot, rest, Z);
        }
        if (rows.negative[measured] != outcome) {
            for (int k = 0; k < touchedCount; k++) {
                rows.negative[touched[k]] ^= true;
            }
        }
        clearOthers(pivot);
        int partner = rows.rowOf[2 * qubit];
        if (seen[partner] != stamp) {
            rows.set(partner, find(partner, pivot), 4 * pivot + X);
            note(pivot, partner, X);
        }
    }

    /** Drops touched rows without X on the pivot. */
    private void keepThoseWithX(int pivot) {
        int kept = 0;
        for (int k = 0; k < touchedCount; k++) {
            if ((letter(touched[k], pivot) & X) != 0) {
                touched[kept++] = touched[k];
            }
        }
        touchedCount = kept;
    }

    /** Takes Z off the pivot in all rows but the touched ones. */
    private void clearOthers(int pivot) {
        stamp++;
        for (int k = 0; k < touchedCount; k++) {
            seen[touched[k]] = stamp;
        }
        for (int k = 0; k < zs.sizes[pivot]; k++) {
            int row = zs.lists[pivot][k];
            int at = seen[row] == stamp ? -1 : find(row, pivot);
            if (at >= 0) {
                rows.set(row, at, 4 * pivot);
            }
        }
        xs.clear(pivot);
        zs.clear(pivot);
        for (int k = 0; k < touchedCount; k++) {
            note(pivot, touched[k], letter(touched[k], pivot));
        }
    }

    private static int[] without(int[] values, int value) {
        return Arrays.stream(values).filter(v -> v != value).toArray();
    }

    /** Gathers the rows that may have a part of a letter on a qubit. */
    private void touch(Columns columns, int qubit) {
        stamp++;
        touchedCount = 0;
        int end = columns.sizes[qubit];
        if (touched.length < end) {
            touched = new int[end + end / 2];
        }
        for (int k = 0; k < end; k++) {
            int row = columns.lists[qubit][k];
            if (seen[row] != stamp) {
                seen[row] = stamp;
                touched[touchedCount++] = row;
            }
        }
    }

    /** Index of a qubit's entry in a row, or the complement of where it would be. */
    private int find(int row, int qubit) {
        int[] letters = rows.letters[row];
        int low = 0;
        int high = rows.sizes[row] - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int there = letters[middle] >> 2;
            if (there == qubit) {
                return middle;
            }
            if (there < qubit) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ~low;
    }

    private int letter(int row, int qubit) {
        int at = find(row, qubit);
        return at < 0 ? 0 : rows.letters[row][at] & 3;
    }

    /**
     * CX between the pivot and each of the others, on a row whose letter on the pivot comes to
     * them: with out = X the pivot is the control, whose X comes to the others while their Z comes
     * to the pivot; with out = Z it is the target, and X and Z change roles.
     */
    private void fan(int row, int pivot, int[] others, int out) {
        int in = X + Z - out;
        int[] letters = rows.letters[row];
        int size = rows.sizes[row];
        int here = letter(row, pivot);
        int before = here;
        boolean negative = false;
        int[] result = rows.scratch(size + others.length);
        int n = 0;
        int k = 0;
        for (int other : others) {
            while (k < size && letters[k] >> 2 < other) {
                result[n++] = letters[k++];
            }
            int there = k < size && letters[k] >> 2 == other ? letters[k++] & 3 : 0;
            if ((there & in) != 0) {
                // CX turns the signs of XZ and YY.
                negative ^= ((here & in) != 0) == ((there & out) != 0);
                here ^= in;
            }
            int letter = there ^ out;
            if (letter != 0) {
                result[n++] = 4 * other + letter;
                note(other, row, out & ~there);
            }
        }
        System.arraycopy(letters, k, result, n, size - k);
        rows.take(row, n + size - k);
        rows.negative[row] ^= negative;
        if (here != before) {
            rows.set(row, find(row, pivot), 4 * pivot + here);
        }
    }

    /** H, or for isY first the inverse of S, which turns Y to X and X to -Y. */
    private void exchange(int row, int pivot, boolean isY) {
        int at = find(row, pivot);
        int letter = rows.letters[row][at] & 3;
        if (isY && (letter & X) != 0) {
            rows.negative[row] ^= letter == X;
            letter ^= Z;
        }
        rows.negative[row] ^= letter == (X | Z);
        rows.letters[row][at] = 4 * pivot + ((letter & X) << 1 | (letter & Z) >> 1);
    }
}
