package org.jaket.stabilizer.tableau;

import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.random.BitSource;

/** Uniformly random Clifford operations, up to global phase. */
public final class RandomClifford {
    private RandomClifford() {}

    /**
     * Draws one: for each qubit a uniform anticommuting pair of strings on the qubits that are left
     * is swept to X and Z, and the gates that did it, undone, are the operation. Costs {@code O(n^3
     * / 64)}.
     */
    public static PauliRows draw(int qubits, BitSource random) {
        PauliRows rows = PauliRows.identity(qubits);
        Gates gates = new Gates(rows);
        Sweep sweep = new Sweep(qubits, gates::prependInverse);
        for (int k = 0; k < qubits; k++) {
            PauliString first;
            do {
                first = string(qubits, k, random);
            } while (first.weight() == 0);
            PauliString second;
            do {
                second = string(qubits, k, random);
            } while (first.commutesWith(second));
            sweep.pair(first, second, k);
        }
        return rows;
    }

    /** A uniform string with sign on the qubits from k on. */
    private static PauliString string(int qubits, int k, BitSource random) {
        long[] x = new long[(qubits + 63) >>> 6];
        long[] z = new long[x.length];
        for (int w = k >> 6; w < x.length; w++) {
            long used = w == qubits >> 6 ? (1L << qubits) - 1 : -1;
            if (w == k >> 6) {
                used &= -1L << k;
            }
            x[w] = random.next() & used;
            z[w] = random.next() & used;
        }
        return PauliString.ofBits(qubits, x, z, (int) (random.next() & 2));
    }
}
