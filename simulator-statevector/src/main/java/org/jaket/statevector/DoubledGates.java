package org.jaket.statevector;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;

import java.util.List;

/**
 * Gathers maps of a density matrix of n qubits, which is a vector on 2n: the row index on qubits 0
 * to n - 1, the column index on qubits n to 2n - 1. A gate U is U on the rows and conj(U) on the
 * columns; a channel on k qubits is its superoperator, a matrix on 2k.
 */
final class DoubledGates {
    /** Reset to |0>: both populations go to it. Rows and columns are row + 2 column. */
    private static final double[] TO_ZERO = new double[32];

    static {
        TO_ZERO[0] = 1;
        TO_ZERO[2 * 3] = 1;
    }

    private final int qubits;
    private final Gathering gates;

    /** For a density matrix of some qubits, which are at their places. */
    DoubledGates(int qubits) {
        this.qubits = qubits;
        this.gates = new Gathering(2 * qubits);
    }

    void gate(GateOperation operation) {
        new GateLowering(gates).apply(operation);
        new GateLowering(gates, qubits, true).apply(operation);
    }

    /** A Kraus operator, or any other matrix, from both sides: K rho K^dagger. */
    void sandwich(int[] targets, ComplexMatrix matrix) {
        double[] m = GateLowering.entries(matrix);
        int[] columns = targets.clone();
        for (int j = 0; j < columns.length; j++) {
            columns[j] += qubits;
        }
        if (targets.length == 1) {
            gates.one(targets[0], m);
            gates.one(columns[0], Matrices.conjugate(m));
        } else {
            gates.dense(targets, 0, 0, m);
            gates.dense(columns, 0, 0, Matrices.conjugate(m));
        }
    }

    /** A Pauli product from both sides. */
    void pauli(int qubit, Pauli letter) {
        if (letter.hasZ()) {
            phase(1L << qubit, 1L << qubit, Math.PI);
        }
        if (letter.hasX()) {
            gates.flip(qubit);
            gates.flip(qubit + qubits);
        }
    }

    /** {@code exp(i angle)} where the qubits of {@code mask} read {@code value}. */
    void phase(long mask, long value, double angle) {
        gates.phase(mask, value, angle);
        gates.phase(mask << qubits, value << qubits, -angle);
    }

    /**
     * A superoperator.
     *
     * @param entries row-major, interleaved; bit j of a row is that of target j in the density
     *     matrix's row index, bit k + j that in its column index
     */
    void channel(int[] targets, double[] entries) {
        int k = targets.length;
        int[] both = new int[2 * k];
        for (int j = 0; j < k; j++) {
            both[j] = targets[j];
            both[k + j] = targets[j] + qubits;
        }
        gates.dense(both, 0, 0, entries);
    }

    void reset(int qubit) {
        channel(new int[] {qubit}, TO_ZERO);
    }

    /** Keeps populations of a qubit, times a factor each, and clears its coherences. */
    void weigh(int qubit, double zero, double one) {
        double[] m = new double[32];
        m[0] = zero;
        m[2 * 15] = one;
        channel(new int[] {qubit}, m);
    }

    /** Rotates a product to Z on one qubit, which it returns. */
    int gatherParity(PauliProduct product) {
        Targets letters = product.letters();
        for (int k = 0; k < letters.size(); k++) {
            toZ(Target.pauli(letters.get(k)), letters.value(k));
        }
        return parity(letters);
    }

    void scatterParity(PauliProduct product) {
        Targets letters = product.letters();
        parity(letters);
        for (int k = 0; k < letters.size(); k++) {
            toZ(Target.pauli(letters.get(k)), letters.value(k));
        }
    }

    private int parity(Targets letters) {
        int first = letters.value(0);
        for (int k = 1; k < letters.size(); k++) {
            gate(GateOperation.of(StandardGate.CX, letters.value(k), first));
        }
        return first;
    }

    /** The self-inverse Clifford gate that exchanges a Pauli with Z. */
    void toZ(Pauli pauli, int qubit) {
        switch (pauli) {
            case X -> gate(GateOperation.of(StandardGate.H, qubit));
            case Y -> gate(GateOperation.of(StandardGate.H_YZ, qubit));
            case Z, I -> {}
        }
    }

    /** The passes of everything so far; qubits are at their places again afterwards. */
    List<Pass> finish() {
        gates.settleFrame();
        return Schedule.of(gates.finish(), 2 * qubits);
    }
}
