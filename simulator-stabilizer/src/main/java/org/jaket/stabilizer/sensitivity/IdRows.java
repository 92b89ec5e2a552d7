package org.jaket.stabilizer.sensitivity;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Rows of sorted sets of {@link Ids}, whose arrays are used over and over: a sum is written to a
 * spare array, and the old one is the next spare one.
 */
abstract sealed class IdRows permits Sensitivities {
    static final int[] NONE = {};

    private int[][] rows;
    private int[] sizes;
    private int rowCount;
    private int[] spare = new int[16];

    /** Rows that were taken and are free again, as a stack. */
    private int[] freeRows = new int[16];

    private int freeCount;
    private long work;
    private long effort;

    /** Some empty rows. */
    IdRows(int count) {
        rowCount = count;
        rows = new int[rowCount + 32][];
        sizes = new int[rowCount + 32];
        Arrays.fill(rows, NONE);
    }

    IdRows(IdRows other) {
        rowCount = other.rowCount;
        rows = new int[other.rows.length][];
        Arrays.fill(rows, NONE);
        for (int k = 0; k < rowCount; k++) {
            if (other.sizes[k] > 0) {
                rows[k] = Arrays.copyOf(other.rows[k], other.sizes[k]);
            }
        }
        sizes = other.sizes.clone();
        freeRows = other.freeRows.clone();
        freeCount = other.freeCount;
    }

    /** How many ids a row has. */
    public final int size(int row) {
        return sizes[row];
    }

    /** The ids of a row, sorted; only the first {@link #size} entries count. Not to be changed. */
    public final int[] row(int row) {
        return rows[row];
    }

    /** Whether an id is in a row. */
    public final boolean contains(int row, int id) {
        return Arrays.binarySearch(rows[row], 0, sizes[row], id) >= 0;
    }

    /** Takes one more row, empty. */
    final int take() {
        if (freeCount == 0) {
            return newRow();
        }
        int row = freeRows[--freeCount];
        sizes[row] = 0;
        return row;
    }

    private int newRow() {
        if (rowCount == rows.length) {
            rows = Arrays.copyOf(rows, 2 * rowCount);
            Arrays.fill(rows, rowCount, rows.length, NONE);
            sizes = Arrays.copyOf(sizes, 2 * rowCount);
        }
        return rowCount++;
    }

    /** Gives a row back that was taken; it keeps its ids until the next change. */
    final void free(int row) {
        if (freeCount == freeRows.length) {
            freeRows = Arrays.copyOf(freeRows, 2 * freeCount);
        }
        freeRows[freeCount++] = row;
    }

    /** Empties a row. */
    public final void clear(int row) {
        sizes[row] = 0;
    }

    final void exchange(int a, int b) {
        int[] ids = rows[a];
        rows[a] = rows[b];
        rows[b] = ids;
        int size = sizes[a];
        sizes[a] = sizes[b];
        sizes[b] = size;
    }

    /** How many ids were gone through since the last call: sets that grow make walks slow. */
    public final long takeWork() {
        long done = work;
        work = 0;
        return done;
    }

    /**
     * How many ids were ever gone through, to change rows or to compare them: the time that a walk
     * takes beside what it takes for its targets.
     */
    public final long effort() {
        return effort;
    }

    /** Adds one row to another over GF(2). */
    public final void add(int to, int from) {
        add(to, rows[from], sizes[from]);
    }

    /** Adds sorted ids to a row over GF(2). */
    final void add(int to, int[] ids, int count) {
        if (count == 0) {
            return;
        }
        int had = sizes[to];
        work += had + count;
        effort += had + count;
        int[] old = rows[to];
        int[] sum = spare;
        if (sum.length < had + count) {
            sum = new int[Math.max(16, 2 * (had + count))];
        }
        sizes[to] = sum(old, had, ids, count, sum, 0);
        rows[to] = sum;
        spare = old.length == 0 ? new int[16] : old;
    }

    /** Writes the sum of two sorted sets over GF(2) and returns where it ends. */
    public static int sum(int[] a, int countA, int[] b, int countB, int[] out, int at) {
        int i = 0;
        int j = 0;
        int end = at;
        while (i < countA && j < countB) {
            int x = a[i];
            int y = b[j];
            if (x < y) {
                out[end++] = x;
                i++;
            } else if (y < x) {
                out[end++] = y;
                j++;
            } else {
                i++;
                j++;
            }
        }
        while (i < countA) {
            out[end++] = a[i++];
        }
        while (j < countB) {
            out[end++] = b[j++];
        }
        return end;
    }

    /** Adds one id to a row over GF(2). */
    public final void toggle(int row, int id) {
        int[] one = {id};
        add(row, one, 1);
    }

    /** Takes sorted ids out of a row. */
    final void remove(int row, int[] ids) {
        int kept = 0;
        for (int k = 0; k < sizes[row]; k++) {
            int id = rows[row][k];
            if (Arrays.binarySearch(ids, id) < 0) {
                rows[row][kept++] = id;
            }
        }
        sizes[row] = kept;
    }

    final void forEachId(int row, IntConsumer consumer) {
        for (int k = 0; k < sizes[row]; k++) {
            consumer.accept(rows[row][k]);
        }
    }

    /** A hash of a row, detectors counted back from one. */
    final int relativeHash(int row, int detector) {
        int hash = 1;
        effort += sizes[row];
        for (int k = 0; k < sizes[row]; k++) {
            int id = rows[row][k];
            hash = hash * 0x0100_0193 + (Ids.isDetector(id) ? id - detector : id);
        }
        return hash;
    }

    /** Whether a row is one of the others with all detectors moved. */
    final boolean sameShifted(int row, IdRows other, int otherRow, int shift) {
        int size = sizes[row];
        if (size != other.sizes[otherRow]) {
            return false;
        }
        int[] mine = rows[row];
        int[] theirs = other.rows[otherRow];
        for (int k = 0; k < size; k++) {
            int id = mine[k];
            if ((Ids.isDetector(id) ? id + shift : id) != theirs[k]) {
                return false;
            }
        }
        return true;
    }
}
