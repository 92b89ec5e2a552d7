package org.jaket.stabilizer.nearclifford;

import java.util.Arrays;

/**
 * A Pauli string with its phase, {@code i^q} times the product over qubits of {@code X^x Z^z}.
 * Mutable.
 *
 * <p>It is Hermitian when q has the parity of the number of Y's; its sign is then plus if q is that
 * number modulo four, since Y = iXZ.
 */
final class PauliRow {
    private final long[] x;
    private final long[] z;
    private int quarterTurns;

    /** The identity on so many qubits. */
    PauliRow(int qubits) {
        x = new long[(qubits + 63) >>> 6];
        z = new long[x.length];
    }

    static PauliRow x(int qubits, int qubit) {
        PauliRow row = new PauliRow(qubits);
        row.x[qubit >>> 6] |= 1L << qubit;
        return row;
    }

    static PauliRow z(int qubits, int qubit) {
        PauliRow row = new PauliRow(qubits);
        row.z[qubit >>> 6] |= 1L << qubit;
        return row;
    }

    PauliRow copy() {
        PauliRow copy = new PauliRow(x.length << 6);
        copy.set(this);
        return copy;
    }

    void set(PauliRow other) {
        System.arraycopy(other.x, 0, x, 0, x.length);
        System.arraycopy(other.z, 0, z, 0, z.length);
        quarterTurns = other.quarterTurns;
    }

    void setIdentity() {
        Arrays.fill(x, 0);
        Arrays.fill(z, 0);
        quarterTurns = 0;
    }

    /** Multiplies from the right. */
    void multiply(PauliRow right) {
        int swaps = 0;
        for (int w = 0; w < x.length; w++) {
            swaps += Long.bitCount(z[w] & right.x[w]);
            x[w] ^= right.x[w];
            z[w] ^= right.z[w];
        }
        quarterTurns = quarterTurns + right.quarterTurns + 2 * swaps & 3;
    }

    /** Multiplies by a power of i. */
    void turn(int quarters) {
        quarterTurns = quarterTurns + quarters & 3;
    }

    boolean anticommutes(PauliRow other) {
        long parity = 0;
        for (int w = 0; w < x.length; w++) {
            parity ^= x[w] & other.z[w] ^ z[w] & other.x[w];
        }
        return (Long.bitCount(parity) & 1) != 0;
    }

    /** The power of i in front. */
    int quarterTurns() {
        return quarterTurns;
    }

    /** How many Y's there are. */
    int ys() {
        int count = 0;
        for (int w = 0; w < x.length; w++) {
            count += Long.bitCount(x[w] & z[w]);
        }
        return count;
    }

    int words() {
        return x.length;
    }

    long x(int word) {
        return x[word];
    }

    long z(int word) {
        return z[word];
    }
}
