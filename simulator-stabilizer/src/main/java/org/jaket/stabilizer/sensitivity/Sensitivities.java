package org.jaket.stabilizer.sensitivity;

import org.jaket.circuit.CircuitException;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Which detectors and observables an error would flip at the current place of a walk from the end
 * of a circuit to its start: one sorted set of {@link Ids} for an X and one for a Z error on each
 * qubit, and one for each earlier result that something still to come depends on.
 *
 * <p>The sets are rows. Row {@link #byX} is also the set of those whose Pauli operator has Z on the
 * qubit, and {@link #byZ} of those with X.
 */
public final class Sensitivities {
    private static final int[] NONE = {};

    private final int qubits;
    private int[][] rows;
    private int[] sizes;
    private int rowCount;
    private int[] spare = new int[16];

    /** Free rows of results, as a stack. */
    private int[] freeRows = new int[16];

    private int freeCount;
    private final ResultRows results;
    private long work;

    /** What an id of a detector or a result must be added to, to give its index in the circuit. */
    private long detectorBase;

    private long resultBase;

    /** Ids of the first detector and result that are not in the past. */
    private int detector = Ids.OBSERVABLES;

    private int result = Ids.OBSERVABLES;

    /**
     * The end of a circuit.
     *
     * @param qubits its number of qubits
     * @param detectors its number of detectors
     * @param results its number of results
     */
    public Sensitivities(int qubits, long detectors, long results) {
        this.qubits = qubits;
        this.results = new ResultRows();
        rowCount = 2 * qubits + 1;
        rows = new int[rowCount + 32][];
        sizes = new int[rowCount + 32];
        Arrays.fill(rows, NONE);
        detectorBase = detectors - detector;
        resultBase = results - result;
    }

    /** A copy that changes on its own. */
    public Sensitivities(Sensitivities other) {
        qubits = other.qubits;
        results = new ResultRows(other.results);
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
        detectorBase = other.detectorBase;
        resultBase = other.resultBase;
        detector = other.detector;
        result = other.result;
    }

    /** The number of qubits. */
    public int qubits() {
        return qubits;
    }

    /** How many detectors lie before this place. */
    public long detectors() {
        return detectorBase + detector;
    }

    /** How many results lie before this place. */
    public long results() {
        return resultBase + result;
    }

    /** What must be added to the id of a detector to give its index. */
    public long detectorBase() {
        return detectorBase;
    }

    // Rows.

    /** The row of what an X error on a qubit flips. */
    public static int byX(int qubit) {
        return 2 * qubit;
    }

    /** The row of what a Z error on a qubit flips. */
    public static int byZ(int qubit) {
        return 2 * qubit + 1;
    }

    /** A row for intermediate sums. */
    public int scratchRow() {
        return 2 * qubits;
    }

    /** How many ids a row has. */
    public int size(int row) {
        return sizes[row];
    }

    /** The ids of a row, sorted; only the first {@link #size} entries count. Not to be changed. */
    public int[] row(int row) {
        return rows[row];
    }

    /** Whether an id is in a row. */
    public boolean contains(int row, int id) {
        return Arrays.binarySearch(rows[row], 0, sizes[row], id) >= 0;
    }

    /** What an id stands for: {@code D5} or {@code L0}. */
    public String name(int id) {
        return Ids.isDetector(id) ? "D" + (detectorBase + id) : "L" + (id - Ids.OBSERVABLES);
    }

    /**
     * A row as a sorted array of its own: detectors are their indices, observables the complements
     * of theirs. Row -1 is empty.
     */
    public int[] symptoms(int row) {
        int size = row < 0 ? 0 : sizes[row];
        if (size == 0) {
            return NONE;
        }
        int[] ids = rows[row];
        int[] symptoms = new int[size];
        int at = 0;
        int found = size;
        while (found > 0 && !Ids.isDetector(ids[found - 1])) {
            symptoms[at++] = ~(ids[--found] - Ids.OBSERVABLES);
        }
        for (int k = 0; k < found; k++) {
            symptoms[at++] = Math.toIntExact(detectorBase + ids[k]);
        }
        return symptoms;
    }

    /** Hands on the ids of all rows, those of results too; equal ones come more than once. */
    public void forEachId(IntConsumer consumer) {
        for (int row = 0; row < scratchRow(); row++) {
            forEachId(row, consumer);
        }
        for (int place = 0; place < results.places(); place++) {
            if (results.result(place) >= 0) {
                forEachId(results.row(place), consumer);
            }
        }
    }

    private void forEachId(int row, IntConsumer consumer) {
        for (int k = 0; k < sizes[row]; k++) {
            consumer.accept(rows[row][k]);
        }
    }

    /** Empties a row. */
    public void clear(int row) {
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
    public long takeWork() {
        long done = work;
        work = 0;
        return done;
    }

    /** Adds one row to another over GF(2). */
    public void add(int to, int from) {
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
    public void toggle(int row, int id) {
        int[] one = {id};
        add(row, one, 1);
    }

    /** Replaces the last of dependent detectors by the sum of the others, everywhere on qubits. */
    public void eliminate(int[] ids, int count) {
        int last = ids[count - 1];
        for (int row = 0; row < scratchRow(); row++) {
            if (sizes[row] > 0 && contains(row, last)) {
                add(row, ids, count);
            }
        }
    }

    /** Takes ids (a sorted set) out of what errors on qubits flip. */
    public void forget(int[] ids) {
        for (int row = 0; row < scratchRow(); row++) {
            int kept = 0;
            for (int k = 0; k < sizes[row]; k++) {
                int id = rows[row][k];
                if (Arrays.binarySearch(ids, id) < 0) {
                    rows[row][kept++] = id;
                }
            }
            sizes[row] = kept;
        }
    }

    // Results and detectors.

    /**
     * The row of an earlier result, made when it is not there.
     *
     * @throws CircuitException if there is no such result
     */
    public int resultRow(int lookback) {
        if (lookback <= 0 || lookback > results()) {
            throw new CircuitException(
                    "rec[-%d] refers to a measurement before the first one; there are %d so far."
                            .formatted(lookback, results()));
        }
        int key = result - lookback;
        if (key < 1) {
            throw tooMany("results");
        }
        int row = results.find(key);
        if (row < 0) {
            row = freeCount > 0 ? freeRows[--freeCount] : newRow();
            sizes[row] = 0;
            results.put(key, row);
        }
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

    /** The row of an earlier result, or -1 when nothing depends on it. */
    public int findResult(int lookback) {
        return results.find(result - lookback);
    }

    /** Forgets a result that nothing depends on any more. */
    void dropIfEmpty(int lookback) {
        if (sizes[findResult(lookback)] == 0) {
            release(result - lookback);
        }
    }

    /**
     * Steps back over a result: its row, or -1 when nothing depends on it. The row is free
     * afterwards, but keeps its ids until the next change.
     */
    public int popResult() {
        result--;
        if (result < 1) {
            throw tooMany("results");
        }
        return release(result);
    }

    private int release(int key) {
        int row = results.remove(key);
        if (row >= 0) {
            if (freeCount == freeRows.length) {
                freeRows = Arrays.copyOf(freeRows, 2 * freeCount);
            }
            freeRows[freeCount++] = row;
        }
        return row;
    }

    /** Steps back over a detector and returns its id. */
    int popDetector() {
        if (--detector < 0) {
            throw tooMany("detectors");
        }
        return detector;
    }

    private static CircuitException tooMany(String what) {
        return new CircuitException(
                "more than 2^30 %s would have to be followed one by one. Maybe fold loops?"
                        .formatted(what));
    }

    // Repetition.

    /** Steps back over turns of a loop that leave everything as it is, all detectors moved. */
    public void skip(long skippedDetectors, long skippedResults) {
        detectorBase -= skippedDetectors;
        resultBase -= skippedResults;
    }

    /** A hash that does not depend on how many detectors and results come before. */
    int relativeHash() {
        int hash = results.size();
        for (int row = 0; row < scratchRow(); row++) {
            hash = hash * 31 + relativeHash(row);
        }
        for (int place = 0; place < results.places(); place++) {
            int key = results.result(place);
            if (key >= 0) {
                hash += (result - key) * 0x9E37_79B9 ^ relativeHash(results.row(place));
            }
        }
        return hash;
    }

    private int relativeHash(int row) {
        int hash = 1;
        for (int k = 0; k < sizes[row]; k++) {
            int id = rows[row][k];
            hash = hash * 0x0100_0193 + (Ids.isDetector(id) ? id - detector : id);
        }
        return hash;
    }

    /** Whether this state is the other one with all detectors and results moved by a distance. */
    public boolean isShifted(Sensitivities other) {
        if (results.size() != other.results.size()) {
            return false;
        }
        int shift = other.detector - detector;
        for (int row = 0; row < scratchRow(); row++) {
            if (!sameShifted(row, other, row, shift)) {
                return false;
            }
        }
        int resultShift = other.result - result;
        for (int place = 0; place < results.places(); place++) {
            int key = results.result(place);
            if (key >= 0) {
                int there = other.results.find(key + resultShift);
                if (there < 0 || !sameShifted(results.row(place), other, there, shift)) {
                    return false;
                }
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
