package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.gate.CliffordAction;
import org.jaket.stabilizer.clifford.Step;

/**
 * The Clifford gates so far, U, as the strings {@code U^dagger X_q U} and {@code U^dagger Z_q U}:
 * an operator on the qubits now, as one at the start.
 *
 * <p>A gate replaces the rows of its qubits: O(n / 64) a gate.
 */
final class HeisenbergFrame {
    private final int qubits;
    private final PauliRow[] x;
    private final PauliRow[] z;

    private HeisenbergFrame(HeisenbergFrame other) {
        qubits = other.qubits;
        x = copies(other.x);
        z = copies(other.z);
    }

    HeisenbergFrame(int qubits) {
        this.qubits = qubits;
        x = new PauliRow[qubits];
        z = new PauliRow[qubits];
        for (int q = 0; q < qubits; q++) {
            x[q] = PauliRow.x(qubits, q);
            z[q] = PauliRow.z(qubits, q);
        }
    }

    /** An independent copy. */
    HeisenbergFrame copy() {
        return new HeisenbergFrame(this);
    }

    private static PauliRow[] copies(PauliRow[] rows) {
        PauliRow[] copies = new PauliRow[rows.length];
        for (int k = 0; k < copies.length; k++) {
            copies[k] = rows[k].copy();
        }
        return copies;
    }

    /** Applies a gate to each group of targets. */
    void apply(Step.Unitary u) {
        int size = u.backward().qubits();
        for (int k = 0; k < u.targets().length; k += size) {
            apply(u.backward(), u.targets(), k);
        }
    }

    /** With G the gate, {@code (G U)^dagger X (G U) = U^dagger (G^dagger X G) U}. */
    private void apply(CliffordAction backward, int[] targets, int from) {
        int size = backward.qubits();
        PauliRow[] images = new PauliRow[2 * size];
        for (int k = 0; k < size; k++) {
            for (int ofZ = 0; ofZ < 2; ofZ++) {
                int xs = backward.x(k, ofZ == 1);
                int zs = backward.z(k, ofZ == 1);
                PauliRow image = new PauliRow(qubits);
                image.turn(Integer.bitCount(xs & zs) + (backward.negative(k, ofZ == 1) ? 2 : 0));
                for (int t = 0; t < size; t++) {
                    if ((xs >>> t & 1) != 0) {
                        image.multiply(x[targets[from + t]]);
                    }
                    if ((zs >>> t & 1) != 0) {
                        image.multiply(z[targets[from + t]]);
                    }
                }
                images[2 * k + ofZ] = image;
            }
        }
        for (int k = 0; k < size; k++) {
            x[targets[from + k]] = images[2 * k];
            z[targets[from + k]] = images[2 * k + 1];
        }
    }

    /**
     * Applies {@code exp(-i turns pi/4 Q)}. With one turn, {@code G^dagger X G = i Q X} for an X
     * that anticommutes with Q; two turns are Q itself.
     */
    void rotate(Step.Product product, int turns) {
        PauliRow q = image(product);
        for (int k = 0; k < qubits; k++) {
            rotate(x, k, q, turns);
            rotate(z, k, q, turns);
        }
    }

    private static void rotate(PauliRow[] rows, int k, PauliRow q, int turns) {
        if (!rows[k].anticommutes(q)) {
            return;
        }
        if ((turns & 1) == 0) {
            rows[k].turn(turns & 2);
            return;
        }
        PauliRow turned = q.copy();
        turned.multiply(rows[k]);
        turned.turn(turns & 3);
        rows[k] = turned;
    }

    /** What a signed product on the qubits now is on those at the start; a new row. */
    PauliRow image(Step.Product product) {
        PauliRow image = new PauliRow(qubits);
        for (int q : product.xs()) {
            image.multiply(x[q]);
        }
        for (int q : product.zs()) {
            image.multiply(z[q]);
        }
        // All X's, then all Z's: where a qubit has both, the pair is XZ = -iY.
        int ys = 0;
        for (int a : product.xs()) {
            for (int b : product.zs()) {
                ys += a == b ? 1 : 0;
            }
        }
        image.turn(ys + (product.negative() ? 2 : 0));
        return image;
    }

    /** The image of X on a qubit; not to be changed. */
    PauliRow x(int qubit) {
        return x[qubit];
    }

    /** The image of Z on a qubit; not to be changed. */
    PauliRow z(int qubit) {
        return z[qubit];
    }
}
