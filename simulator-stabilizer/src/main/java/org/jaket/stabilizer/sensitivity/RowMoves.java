package org.jaket.stabilizer.sensitivity;

import org.jaket.circuit.gate.CliffordAction;

import java.util.IdentityHashMap;

/**
 * Clifford gates as a few additions and exchanges of sensitivity rows. A gate of n qubits has 2n
 * rows: row 2k holds what an X error on qubit k flips, row 2k + 1 what a Z error flips.
 *
 * <p>An error before the gate acts like its image behind the gate. So going backwards, each row
 * becomes the sum of the rows that make up the image of its Pauli operator.
 */
final class RowMoves {
    private static final int EXCHANGE = 1 << 8;

    private final IdentityHashMap<CliffordAction, int[]> known = new IdentityHashMap<>();

    /** The moves of a gate, to be read with the methods below; none for Pauli gates. */
    int[] of(CliffordAction action) {
        return known.computeIfAbsent(action, RowMoves::compute);
    }

    static boolean isExchange(int move) {
        return (move & EXCHANGE) != 0;
    }

    static int to(int move) {
        return move >> 4 & 15;
    }

    static int from(int move) {
        return move & 15;
    }

    /**
     * Takes the map apart by elimination: the steps that turn it into the identity, read from the
     * last to the first, build it up.
     */
    private static int[] compute(CliffordAction action) {
        int n = 2 * action.qubits();
        int[] map = new int[n];
        for (int row = 0; row < n; row++) {
            int x = action.x(row >> 1, (row & 1) != 0);
            int z = action.z(row >> 1, (row & 1) != 0);
            for (int q = 0; q < action.qubits(); q++) {
                map[row] |= (x >> q & 1) << 2 * q | (z >> q & 1) << 2 * q + 1;
            }
        }
        int[] moves = new int[n * n + n];
        int count = 0;
        for (int column = 0; column < n; column++) {
            if ((map[column] >> column & 1) == 0) {
                int other = column + 1;
                while ((map[other] >> column & 1) == 0) {
                    other++;
                }
                int row = map[column];
                map[column] = map[other];
                map[other] = row;
                moves[count++] = EXCHANGE | column << 4 | other;
            }
            for (int row = 0; row < n; row++) {
                if (row != column && (map[row] >> column & 1) != 0) {
                    map[row] ^= map[column];
                    moves[count++] = row << 4 | column;
                }
            }
        }
        int[] result = new int[count];
        for (int k = 0; k < count; k++) {
            result[k] = moves[count - 1 - k];
        }
        return result;
    }
}
