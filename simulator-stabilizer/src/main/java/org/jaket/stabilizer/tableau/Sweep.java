package org.jaket.stabilizer.tableau;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;

import java.util.Arrays;

/**
 * Finds gates that turn Pauli strings into generators: an anticommuting pair into {@code X_k} and
 * {@code Z_k}, or one string into {@code Z_k}, touching only qubits from k on. Repeated for every
 * qubit this takes a Clifford operation apart, and with random pairs it makes a uniformly random
 * one (E. van den Berg, "A simple method for sampling random Clifford operators", 2021).
 */
final class Sweep {
    /** Takes a gate; the second target is -1 for gates of one qubit. */
    interface GateSink {
        void gate(StandardGate gate, int a, int b);
    }

    private final int qubits;
    private final GateSink sink;
    private final boolean[][] x = new boolean[2][];
    private final boolean[][] z = new boolean[2][];
    private final boolean[] negative = new boolean[2];
    private int strings;

    Sweep(int qubits, GateSink sink) {
        this.qubits = qubits;
        this.sink = sink;
        for (int s = 0; s < 2; s++) {
            x[s] = new boolean[qubits];
            z[s] = new boolean[qubits];
        }
    }

    /** Maps an anticommuting pair to {@code X_k} and {@code Z_k}. */
    void pair(PauliString toX, PauliString toZ, int k) {
        strings = 2;
        load(0, toX);
        load(1, toZ);
        toX(0, k);
        if (!isOnly(1, k)) {
            h(k);
            toX(1, k);
            h(k);
        } else if (x[1][k]) {
            // The second string is Y: turn it to Z about X.
            h(k);
            s(k);
            h(k);
        }
        fixSigns(k);
    }

    /** Maps one string to {@code Z_k}; it must be I on the qubits before. */
    void single(PauliString toZ, int k) {
        strings = 1;
        load(0, toZ);
        toX(0, k);
        h(k);
        if (negative[0]) {
            sink.gate(StandardGate.X, k, -1);
        }
    }

    private void load(int s, PauliString string) {
        negative[s] = string.phase() == 2;
        Arrays.fill(x[s], false);
        Arrays.fill(z[s], false);
        for (int q = 0; q < qubits; q++) {
            Pauli letter = string.get(q);
            x[s][q] = letter.hasX();
            z[s][q] = letter.hasZ();
        }
    }

    private boolean isOnly(int s, int k) {
        for (int q = 0; q < qubits; q++) {
            if (q != k && (x[s][q] || z[s][q])) {
                return false;
            }
        }
        return true;
    }

    /** Turns a string into plus or minus {@code X_k}. */
    private void toX(int s, int k) {
        int pivot = -1;
        for (int q = k; q < qubits; q++) {
            if (!x[s][q] && !z[s][q]) {
                continue;
            }
            if (!x[s][q]) {
                h(q);
            } else if (z[s][q]) {
                s(q);
            }
            if (pivot < 0 || q == k) {
                pivot = q;
            }
        }
        for (int q = k; q < qubits; q++) {
            if (q != pivot && x[s][q]) {
                cx(pivot, q);
            }
        }
        if (pivot != k) {
            swap(pivot, k);
        }
    }

    private void fixSigns(int k) {
        if (negative[0] || negative[1]) {
            StandardGate gate =
                    !negative[1] ? StandardGate.Z : !negative[0] ? StandardGate.X : StandardGate.Y;
            sink.gate(gate, k, -1);
        }
    }

    private void h(int q) {
        for (int s = 0; s < strings; s++) {
            boolean t = x[s][q];
            x[s][q] = z[s][q];
            z[s][q] = t;
            negative[s] ^= t && x[s][q];
        }
        sink.gate(StandardGate.H, q, -1);
    }

    private void s(int q) {
        for (int s = 0; s < strings; s++) {
            // X to Y, Y to -X.
            negative[s] ^= x[s][q] && z[s][q];
            z[s][q] ^= x[s][q];
        }
        sink.gate(StandardGate.S, q, -1);
    }

    private void cx(int c, int t) {
        for (int s = 0; s < strings; s++) {
            negative[s] ^= x[s][c] && z[s][t] && x[s][t] == z[s][c];
            x[s][t] ^= x[s][c];
            z[s][c] ^= z[s][t];
        }
        sink.gate(StandardGate.CX, c, t);
    }

    private void swap(int a, int b) {
        cx(a, b);
        cx(b, a);
        cx(a, b);
    }
}
