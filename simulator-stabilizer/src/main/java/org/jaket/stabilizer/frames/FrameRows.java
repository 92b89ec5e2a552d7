package org.jaket.stabilizer.frames;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which row of the frames holds the X part and the Z part of each qubit, and which tells where it
 * is leaked. Exchanges of rows (a Hadamard, a swap) cost nothing when the program runs: only what
 * is said here changes.
 */
final class FrameRows {
    private static final int NONE = -1;

    private final int[] rowOf;

    /** The leak row of each qubit that may leak, -1 for the others. */
    private final int[] leakRowOf;

    private final int leakRows;

    FrameRows(int qubits, BitSet leaking) {
        rowOf = new int[Math.multiplyExact(2, qubits)];
        Arrays.setAll(rowOf, i -> i);
        leakRowOf = new int[qubits];
        Arrays.fill(leakRowOf, NONE);
        int row = 2 * qubits;
        for (int q = leaking.nextSetBit(0); q >= 0; q = leaking.nextSetBit(q + 1)) {
            leakRowOf[q] = row++;
        }
        leakRows = row - 2 * qubits;
    }

    int x(int qubit) {
        return rowOf[2 * qubit];
    }

    int z(int qubit) {
        return rowOf[2 * qubit + 1];
    }

    /** Puts the parts of some qubits (x and z of the first, x and z of the second) into rows. */
    void place(int[] rows, int[] order, int... qubits) {
        for (int k = 0; k < qubits.length; k++) {
            rowOf[2 * qubits[k]] = rows[order[2 * k]];
            rowOf[2 * qubits[k] + 1] = rows[order[2 * k + 1]];
        }
    }

    int leak(int qubit) {
        return leakRowOf[qubit];
    }

    /** The leak rows of those of some qubits that have one. */
    int[] leaks(int... group) {
        return leakRows == 0
                ? new int[0]
                : Arrays.stream(group).map(q -> leakRowOf[q]).filter(r -> r != NONE).toArray();
    }

    int leakRows() {
        return leakRows;
    }

    /** Where all parts are now. */
    int[] places() {
        return rowOf.clone();
    }

    /** Writes exchanges of rows until every part is where it was. */
    void restore(int[] wanted, ProgramCode code) {
        int[] partAt = new int[rowOf.length];
        for (int part = 0; part < rowOf.length; part++) {
            partAt[rowOf[part]] = part;
        }
        for (int part = 0; part < rowOf.length; part++) {
            int here = rowOf[part];
            int there = wanted[part];
            if (here != there) {
                code.openCounted(FrameProgram.Op.SWAP);
                code.emitCounted(here);
                code.emitCounted(there);
                int other = partAt[there];
                rowOf[part] = there;
                rowOf[other] = here;
                partAt[there] = part;
                partAt[here] = other;
            }
        }
    }
}
