package org.jaket.stabilizer.nearclifford;

/**
 * The Clifford operation W from virtual qubits to the qubits at the start, as the strings {@code W
 * X_v W^dagger} and {@code W Z_v W^dagger}.
 *
 * <p>W only ever changes to {@code W R} with an R that leaves the amplitudes alone: an operation
 * controlled by a virtual qubit that is in |0>.
 */
final class VirtualFrame {
    private final int qubits;
    private final PauliRow[] x;
    private final PauliRow[] z;

    private VirtualFrame(VirtualFrame other) {
        qubits = other.qubits;
        x = copies(other.x);
        z = copies(other.z);
    }

    VirtualFrame(int qubits) {
        this.qubits = qubits;
        x = new PauliRow[qubits];
        z = new PauliRow[qubits];
        for (int v = 0; v < qubits; v++) {
            x[v] = PauliRow.x(qubits, v);
            z[v] = PauliRow.z(qubits, v);
        }
    }

    /** An independent copy. */
    VirtualFrame copy() {
        return new VirtualFrame(this);
    }

    private static PauliRow[] copies(PauliRow[] rows) {
        PauliRow[] copies = new PauliRow[rows.length];
        for (int k = 0; k < copies.length; k++) {
            copies[k] = rows[k].copy();
        }
        return copies;
    }

    /**
     * A string in terms of virtual qubits.
     *
     * @param hasX which virtual qubits carry X or Y
     * @param hasZ which carry Z or Y
     * @param negative the sign
     * @param image the string itself with the sign taken off: {@code W Q W^dagger} for the virtual
     *     string Q of sign plus
     */
    record Pulled(boolean[] hasX, boolean[] hasZ, boolean negative, PauliRow image) {}

    /** What a string is on virtual qubits: O(n^2 / 32). */
    Pulled pull(PauliRow row) {
        boolean[] hasX = new boolean[qubits];
        boolean[] hasZ = new boolean[qubits];
        PauliRow product = new PauliRow(qubits);
        for (int v = 0; v < qubits; v++) {
            hasX[v] = row.anticommutes(z[v]);
            hasZ[v] = row.anticommutes(x[v]);
            if (hasX[v]) {
                product.multiply(x[v]);
            }
            if (hasZ[v]) {
                product.multiply(z[v]);
            }
            if (hasX[v] && hasZ[v]) {
                product.turn(1);
            }
        }
        boolean negative = (product.quarterTurns() ^ row.quarterTurns()) == 2;
        return new Pulled(hasX, hasZ, negative, product);
    }

    /** The string that a Z on a virtual qubit is; a copy. */
    PauliRow zOf(int v) {
        return z[v].copy();
    }

    /** The string that an X on a virtual qubit is; a copy. */
    PauliRow xOf(int v) {
        return x[v].copy();
    }

    /**
     * Makes the string X on the virtual qubit {@code pivot}, where it has X or Y and which is in
     * |0>. With the string X times S, R is S controlled by the pivot (with Y for X, also a phase i
     * on the pivot's |1>): a generator that anticommutes with S gets Z of the pivot.
     */
    void localize(Pulled string, int pivot) {
        for (int v = 0; v < qubits; v++) {
            if (v != pivot) {
                if (string.hasZ[v]) {
                    x[v].multiply(z[pivot]);
                }
                if (string.hasX[v]) {
                    z[v].multiply(z[pivot]);
                }
            }
        }
        x[pivot].set(string.image);
    }

    /** Exchanges X and Z of a virtual qubit. */
    void hadamard(int v) {
        PauliRow row = x[v];
        x[v] = z[v];
        z[v] = row;
    }

    /**
     * Makes a string of Z's Z on the virtual qubit {@code pivot}, which is in |0> and gets the
     * parity of the others: R is CX from each of them to the pivot.
     */
    void gather(Pulled string, int pivot) {
        for (int v = 0; v < qubits; v++) {
            if (v != pivot && string.hasZ[v]) {
                x[v].multiply(x[pivot]);
            }
        }
        z[pivot].set(string.image);
    }
}
