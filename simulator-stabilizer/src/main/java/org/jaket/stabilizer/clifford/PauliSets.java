package org.jaket.stabilizer.clifford;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;

import java.util.Arrays;

/**
 * Many Pauli operators at once, held by qubit: for each qubit the set of those that have X there,
 * and of those that have Z; both is Y. Signs are not kept.
 *
 * <p>They go forward through a circuit, as what sweep bits and results do to it; the way back is
 * {@link org.jaket.stabilizer.sensitivity.BackwardWalk}, whose sets hold what is flipped and not
 * what flips. Operators have numbers that are not negative. Sets are sorted arrays, never changed
 * once made; the sum of two is their symmetric difference. Measurements and resets do not
 * randomise, so that the sets stay what they are.
 */
public final class PauliSets {
    /** The empty set. */
    public static final long[] EMPTY = {};

    private final long[][] x;
    private final long[][] z;

    /** No operators on that many qubits. */
    public PauliSets(int qubits) {
        x = new long[qubits][];
        z = new long[qubits][];
        Arrays.fill(x, EMPTY);
        Arrays.fill(z, EMPTY);
    }

    /** The symmetric difference of two sorted sets. */
    public static long[] sum(long[] a, long[] b) {
        if (a.length == 0) {
            return b;
        }
        if (b.length == 0) {
            return a;
        }
        long[] both = new long[a.length + b.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                i++;
                j++;
            } else {
                both[size++] = a[i] < b[j] ? a[i++] : b[j++];
            }
        }
        while (i < a.length) {
            both[size++] = a[i++];
        }
        while (j < b.length) {
            both[size++] = b[j++];
        }
        return size == 0 ? EMPTY : Arrays.copyOf(both, size);
    }

    /** Multiplies the operators in a set by a Pauli on a qubit. */
    public void multiply(int qubit, Pauli pauli, long[] when) {
        if (pauli.hasX()) {
            x[qubit] = sum(x[qubit], when);
        }
        if (pauli.hasZ()) {
            z[qubit] = sum(z[qubit], when);
        }
    }

    /** Takes the operators forward through a gate, {@code P} to {@code U P U^dagger}. */
    public void apply(Step.Unitary u) {
        int size = u.forward().qubits();
        for (int k = 0; k < u.targets().length; k += size) {
            apply(u.forward(), u.targets(), k);
        }
    }

    private void apply(CliffordAction action, int[] targets, int from) {
        int size = action.qubits();
        boolean empty = true;
        for (int k = 0; k < size; k++) {
            int q = targets[from + k];
            empty &= x[q].length == 0 && z[q].length == 0;
        }
        if (empty) {
            return;
        }
        long[][] newX = new long[size][];
        long[][] newZ = new long[size][];
        Arrays.fill(newX, EMPTY);
        Arrays.fill(newZ, EMPTY);
        for (int k = 0; k < size; k++) {
            int q = targets[from + k];
            for (int ofZ = 0; ofZ < 2; ofZ++) {
                long[] when = ofZ == 0 ? x[q] : z[q];
                for (int to = 0; to < size; to++) {
                    if ((action.x(k, ofZ == 1) >> to & 1) != 0) {
                        newX[to] = sum(newX[to], when);
                    }
                    if ((action.z(k, ofZ == 1) >> to & 1) != 0) {
                        newZ[to] = sum(newZ[to], when);
                    }
                }
            }
        }
        for (int k = 0; k < size; k++) {
            x[targets[from + k]] = newX[k];
            z[targets[from + k]] = newZ[k];
        }
    }

    /** The operators that anticommute with a product. */
    public long[] against(Step.Product product) {
        long[] when = EMPTY;
        for (int q : product.xs()) {
            when = sum(when, z[q]);
        }
        for (int q : product.zs()) {
            when = sum(when, x[q]);
        }
        return when;
    }

    /** The operators that anticommute with a Pauli on a qubit. */
    public long[] against(int qubit, Pauli basis) {
        return switch (basis) {
            case X -> z[qubit];
            case Y -> sum(x[qubit], z[qubit]);
            case Z -> x[qubit];
            case I -> EMPTY;
        };
    }

    /** Takes the operators, up to signs, through a rotation by a quarter turn about a product. */
    public void rotate(Step.Product product) {
        multiply(product, against(product));
    }

    /** Leaves of every operator on a qubit what commutes with the basis and is not the basis. */
    public void reset(int qubit, Pauli basis) {
        switch (basis) {
            case X -> z[qubit] = EMPTY;
            case Y -> x[qubit] = z[qubit];
            case Z -> x[qubit] = EMPTY;
            case I -> {}
        }
    }

    /** Multiplies the operators in a set by a product. */
    public void multiply(Step.Product product, long[] when) {
        for (int q : product.xs()) {
            x[q] = sum(x[q], when);
        }
        for (int q : product.zs()) {
            z[q] = sum(z[q], when);
        }
    }
}
