package org.jaket.statevector;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;

import java.util.List;

/**
 * Gathers maps of a density matrix of n qubits, which is a vector on 2n: the row index on qubits 0
 * to n - 1, the column index on qubits n to 2n - 1. A gate U is U on the rows and conj(U) on the
 * columns; a channel on k qubits is its superoperator, a matrix on 2k.
 */
final class DoubledGates implements GateSink {
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
        new GateLowering(this).apply(operation);
    }

    /** A Kraus operator, or any other matrix, from both sides: K rho K^dagger. */
    void sandwich(int[] targets, ComplexMatrix matrix) {
        double[] m = GateLowering.entries(matrix);
        if (targets.length == 1) {
            one(targets[0], m);
        } else {
            dense(targets, 0, 0, m);
        }
    }

    /** A Pauli product from both sides. */
    void pauli(int qubit, Pauli letter) {
        if (letter.hasZ()) {
            phase(1L << qubit, Math.PI);
        }
        if (letter.hasX()) {
            flip(qubit);
        }
    }

    @Override
    public void phase(long mask, long value, double angle) {
        gates.phase(mask, value, angle);
        gates.phase(mask << qubits, value << qubits, -angle);
    }

    @Override
    public void one(int qubit, double[] m) {
        gates.one(qubit, m);
        gates.one(qubit + qubits, Matrices.conjugate(m));
    }

    @Override
    public void flip(int qubit) {
        gates.flip(qubit);
        gates.flip(qubit + qubits);
    }

    @Override
    public void flip(int qubit, long mask, long value) {
        gates.flip(qubit, mask, value);
        gates.flip(qubit + qubits, mask << qubits, value << qubits);
    }

    @Override
    public void swap(int a, int b) {
        gates.swap(a, b);
        gates.swap(a + qubits, b + qubits);
    }

    @Override
    public void swap(int a, int b, long mask, long value) {
        gates.swap(a, b, mask, value);
        gates.swap(a + qubits, b + qubits, mask << qubits, value << qubits);
    }

    @Override
    public void controlled(int qubit, long mask, long value, double[] matrix) {
        gates.controlled(qubit, mask, value, matrix);
        gates.controlled(
                qubit + qubits, mask << qubits, value << qubits, Matrices.conjugate(matrix));
    }

    @Override
    public void dense(int[] targets, long mask, long value, double[] matrix) {
        gates.dense(targets, mask, value, matrix);
        gates.dense(columns(targets), mask << qubits, value << qubits, Matrices.conjugate(matrix));
    }

    private int[] columns(int[] targets) {
        int[] columns = targets.clone();
        for (int j = 0; j < columns.length; j++) {
            columns[j] += qubits;
        }
        return columns;
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

    /** The passes of everything so far; qubits are at their places again afterwards. */
    List<Pass> finish() {
        gates.settleFrame();
        return Schedule.of(gates.finish(), 2 * qubits);
    }
}
