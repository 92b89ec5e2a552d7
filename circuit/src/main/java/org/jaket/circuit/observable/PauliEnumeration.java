package org.jaket.circuit.observable;

import org.jaket.circuit.Pauli;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Goes through the Pauli strings of given weights and letters: by weight, then by support in
 * lexicographic order, then by letters with the last qubit's changing fastest.
 */
final class PauliEnumeration implements Iterator<PauliString> {
    private final int qubits;
    private final int maxWeight;
    private final Pauli[] letters;

    /** The qubits of the current string, increasing. */
    private int[] support;

    /** Which of the letters each of them has. */
    private int[] choice;

    private boolean ended;

    PauliEnumeration(int qubits, int minWeight, int maxWeight, Pauli[] letters) {
        this.qubits = qubits;
        this.maxWeight = letters.length == 0 ? 0 : Math.min(maxWeight, qubits);
        this.letters = letters;
        this.support = new int[0];
        this.choice = support;
        start(minWeight);
    }

    private void start(int weight) {
        ended = weight > maxWeight;
        if (!ended) {
            support = new int[weight];
            choice = new int[weight];
            for (int k = 0; k < weight; k++) {
                support[k] = k;
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public PauliString next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        long[] x = new long[qubits + 63 >> 6];
        long[] z = new long[x.length];
        for (int k = 0; k < support.length; k++) {
            int q = support[k];
            x[q >> 6] |= letters[choice[k]].hasX() ? 1L << q : 0;
            z[q >> 6] |= letters[choice[k]].hasZ() ? 1L << q : 0;
        }
        if (!nextLetters() && !nextSupport()) {
            start(support.length + 1);
        }
        return PauliString.ofBits(qubits, x, z, 0);
    }

    private boolean nextLetters() {
        for (int k = choice.length - 1; k >= 0; k--) {
            if (++choice[k] < letters.length) {
                return true;
            }
            choice[k] = 0;
        }
        return false;
    }

    private boolean nextSupport() {
        int weight = support.length;
        for (int k = weight - 1; k >= 0; k--) {
            if (support[k] < qubits - weight + k) {
                support[k]++;
                for (int j = k + 1; j < weight; j++) {
                    support[j] = support[j - 1] + 1;
                }
                return true;
            }
        }
        return false;
    }
}
