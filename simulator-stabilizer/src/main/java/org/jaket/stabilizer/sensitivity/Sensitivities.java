package org.jaket.stabilizer.sensitivity;

import org.jaket.circuit.CircuitException;

import java.util.function.IntConsumer;

/**
 * Which detectors and observables an error would flip at the current place of a walk from the end
 * of a circuit to its start: one sorted set of {@link Ids} for an X and one for a Z error on each
 * qubit, and one for each earlier result that something still to come depends on.
 *
 * <p>The sets are rows. Row {@link #byX} is also the set of those whose Pauli operator has Z on the
 * qubit, and {@link #byZ} of those with X.
 */
public final class Sensitivities extends IdRows {
    private final int qubits;
    private final ResultRows results;

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
        super(2 * qubits + 1);
        this.qubits = qubits;
        this.results = new ResultRows();
        detectorBase = detectors - detector;
        resultBase = results - result;
    }

    /** A copy that changes on its own. */
    public Sensitivities(Sensitivities other) {
        super(other);
        qubits = other.qubits;
        results = new ResultRows(other.results);
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

    /** What an id stands for: {@code D5} or {@code L0}. */
    public String name(int id) {
        return Ids.isDetector(id) ? "D" + (detectorBase + id) : "L" + (id - Ids.OBSERVABLES);
    }

    /**
     * A row as a sorted array of its own: detectors are their indices, observables the complements
     * of theirs. Row -1 is empty.
     */
    public int[] symptoms(int row) {
        int size = row < 0 ? 0 : size(row);
        if (size == 0) {
            return NONE;
        }
        int[] ids = row(row);
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

    /** Replaces the last of dependent detectors by the sum of the others, everywhere on qubits. */
    public void eliminate(int[] ids, int count) {
        int last = ids[count - 1];
        for (int row = 0; row < scratchRow(); row++) {
            if (size(row) > 0 && contains(row, last)) {
                add(row, ids, count);
            }
        }
    }

    /** Takes ids (a sorted set) out of what errors on qubits flip. */
    public void forget(int[] ids) {
        for (int row = 0; row < scratchRow(); row++) {
            remove(row, ids);
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
            row = take();
            results.put(key, row);
        }
        return row;
    }

    /** The row of an earlier result, or -1 when nothing depends on it. */
    public int findResult(int lookback) {
        return results.find(result - lookback);
    }

    /** Forgets a result that nothing depends on any more. */
    void dropIfEmpty(int lookback) {
        if (size(findResult(lookback)) == 0) {
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
            free(row);
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
            hash = hash * 31 + relativeHash(row, detector);
        }
        for (int place = 0; place < results.places(); place++) {
            int key = results.result(place);
            if (key >= 0) {
                hash += (result - key) * 0x9E37_79B9 ^ relativeHash(results.row(place), detector);
            }
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
}
