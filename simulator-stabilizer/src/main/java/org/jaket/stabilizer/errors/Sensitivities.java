package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;

import java.util.Arrays;

/**
 * Which detectors and observables an error would flip at the current place of a walk from the end
 * of a circuit to its start: one sorted set of {@link Ids} for an X and one for a Z error on each
 * qubit, and one for each earlier result that something still to come depends on.
 */
final class Sensitivities {
    private static final int[] NONE = {};
    private static final int FREE = -1;

    private final int qubits;
    private int[][] rows;
    private int[] sizes;
    private int rowCount;
    private int[] spare = new int[16];

    /** Free rows of results, as a stack. */
    private int[] freeRows = new int[16];

    private int freeCount;

    /** Open addressing from results to their rows. */
    private int[] keys = new int[32];

    private int[] rowOf = new int[32];
    private int records;
    private long work;

    /** What an id of a detector or a result must be added to, to give its index in the circuit. */
    long detectorBase;

    long resultBase;

    /** Ids of the first detector and result that are not in the past. */
    int detector = Ids.OBSERVABLES;

    int result = Ids.OBSERVABLES;

    Sensitivities(int qubits, long detectors, long results) {
        this.qubits = qubits;
        rowCount = 2 * qubits + 1;
        rows = new int[rowCount + 32][];
        sizes = new int[rowCount + 32];
        Arrays.fill(rows, NONE);
        Arrays.fill(keys, FREE);
        detectorBase = detectors - detector;
        resultBase = results - result;
    }

    Sensitivities(Sensitivities other) {
        qubits = other.qubits;
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
        keys = other.keys.clone();
        rowOf = other.rowOf.clone();
        records = other.records;
        detectorBase = other.detectorBase;
        resultBase = other.resultBase;
        detector = other.detector;
        result = other.result;
    }

    int qubits() {
        return qubits;
    }

    /** The row of what an X error on a qubit flips. */
    static int byX(int qubit) {
        return 2 * qubit;
    }

    /** The row of what a Z error on a qubit flips. */
    static int byZ(int qubit) {
        return 2 * qubit + 1;
    }

    /** A row for intermediate sums. */
    int scratchRow() {
        return 2 * qubits;
    }

    int size(int row) {
        return sizes[row];
    }

    /** The ids of a row, sorted; only the first {@link #size} entries count. */
    int[] row(int row) {
        return rows[row];
    }

    void clear(int row) {
        sizes[row] = 0;
    }

    void exchange(int a, int b) {
        int[] ids = rows[a];
        rows[a] = rows[b];
        rows[b] = ids;
        int size = sizes[a];
        sizes[a] = sizes[b];
        sizes[b] = size;
    }

    /** How many ids were gone through since the last call: sets that grow make walks slow. */
    long takeWork() {
        long done = work;
        work = 0;
        return done;
    }

    /** Adds one row to another over GF(2). */
    void add(int to, int from) {
        add(to, rows[from], sizes[from]);
    }

    /** Adds sorted ids to a row over GF(2). */
    void add(int to, int[] ids, int count) {
        if (count == 0) {
            return;
        }
        int had = sizes[to];
        work += had + count;
        int[] old = rows[to];
        int[] sum = spare;
        if (sum.length < had + count) {
            sum = new int[Math.max(16, 2 * (had + count))];
        }
        sizes[to] = sum(old, had, ids, count, sum, 0);
        rows[to] = sum;
        spare = old.length == 0 ? new int[16] : old;
    }

    /** Writes the sum of two sorted sets and returns where it ends. */
    static int sum(int[] a, int countA, int[] b, int countB, int[] out, int at) {
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

    void toggle(int row, int id) {
        int[] one = {id};
        add(row, one, 1);
    }

    boolean contains(int row, int id) {
        return Arrays.binarySearch(rows[row], 0, sizes[row], id) >= 0;
    }

    /** The row of a result, made when it is not there. */
    int resultRow(int lookback) {
        long index = resultBase + result - lookback;
        if (index < 0) {
            throw new CircuitException(
                    "rec[-%d] refers to a result before the start of the circuit, where there are only %d."
                            .formatted(lookback, resultBase + result));
        }
        int key = result - lookback;
        int slot = slot(key);
        if (keys[slot] == key) {
            return rowOf[slot];
        }
        if (2 * (records + 1) > keys.length) {
            grow();
            slot = slot(key);
        }
        keys[slot] = key;
        int row = freeCount > 0 ? freeRows[--freeCount] : newRow();
        sizes[row] = 0;
        rowOf[slot] = row;
        records++;
        return row;
    }

    /**
     * Steps back over a result: its row, or -1 when nothing depends on it. The row is free
     * afterwards, but keeps its ids until the next change.
     */
    int popResult() {
        result--;
        if (result < 1) {
            throw new CircuitException(
                    "more than 2^30 results would have to be followed one by one. Maybe fold loops?");
        }
        int slot = slot(result);
        if (keys[slot] != result) {
            return -1;
        }
        int row = rowOf[slot];
        release(slot);
        return row;
    }

    /** Forgets a result that nothing depends on any more. */
    void dropIfEmpty(int lookback) {
        int slot = slot(result - lookback);
        if (sizes[rowOf[slot]] == 0) {
            release(slot);
        }
    }

    private int newRow() {
        if (rowCount == rows.length) {
            rows = Arrays.copyOf(rows, 2 * rowCount);
            Arrays.fill(rows, rowCount, rows.length, NONE);
            sizes = Arrays.copyOf(sizes, 2 * rowCount);
        }
        return rowCount++;
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = key * 0x9E3779B1 >>> 7 & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void release(int slot) {
        if (freeCount == freeRows.length) {
            freeRows = Arrays.copyOf(freeRows, 2 * freeCount);
        }
        freeRows[freeCount++] = rowOf[slot];
        records--;
        // Entries behind the gap move up when that is nearer to their home.
        int mask = keys.length - 1;
        int gap = slot;
        int at = slot;
        while (true) {
            at = at + 1 & mask;
            if (keys[at] == FREE) {
                break;
            }
            int home = keys[at] * 0x9E3779B1 >>> 7 & mask;
            if ((at - home & mask) >= (at - gap & mask)) {
                keys[gap] = keys[at];
                rowOf[gap] = rowOf[at];
                gap = at;
            }
        }
        keys[gap] = FREE;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldRows = rowOf;
        keys = new int[2 * oldKeys.length];
        rowOf = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int k = 0; k < oldKeys.length; k++) {
            if (oldKeys[k] != FREE) {
                int slot = slot(oldKeys[k]);
                keys[slot] = oldKeys[k];
                rowOf[slot] = oldRows[k];
            }
        }
    }

    /** Replaces the last of dependent detectors by the sum of the others, everywhere on qubits. */
    void eliminate(int[] ids, int count) {
        int last = ids[count - 1];
        for (int row = 0; row < 2 * qubits; row++) {
            if (sizes[row] > 0 && contains(row, last)) {
                add(row, ids, count);
            }
        }
    }

    /** Whether this state is the other one with all detectors and results moved by a distance. */
    boolean isShifted(Sensitivities other) {
        if (records != other.records) {
            return false;
        }
        int shift = other.detector - detector;
        for (int row = 0; row < 2 * qubits; row++) {
            if (!sameShifted(row, other, row, shift)) {
                return false;
            }
        }
        int resultShift = other.result - result;
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] == FREE) {
                continue;
            }
            int there = other.slot(keys[slot] + resultShift);
            if (other.keys[there] == FREE
                    || !sameShifted(rowOf[slot], other, other.rowOf[there], shift)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameShifted(int row, Sensitivities other, int otherRow, int shift) {
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
