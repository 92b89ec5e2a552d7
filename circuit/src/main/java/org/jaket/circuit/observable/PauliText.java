package org.jaket.circuit.observable;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;

import java.util.ArrayList;
import java.util.List;

/** Reads Pauli strings, dense ({@code -XY_Z}) and sparse ({@code -X5*Z7}). */
final class PauliText {
    /** A letter on a qubit. */
    record Letter(int qubit, Pauli pauli) {}

    private final String text;
    private int at;

    private PauliText(String text) {
        this.text = text;
    }

    static PauliString dense(String text, boolean highestFirst) {
        return new PauliText(text).readDense(highestFirst);
    }

    /**
     * Reads a sparse string.
     *
     * @param qubits how many qubits, or -1 for as many as the text names
     */
    static PauliString sparse(String text, int qubits) {
        return new PauliText(text).readSparse(qubits);
    }

    /** Whether a text has digits, which only sparse ones have. */
    static boolean isSparse(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private int phase() {
        int phase = 0;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            phase = text.charAt(at) == '-' ? 2 : 0;
            at++;
        }
        if (at < text.length() && text.charAt(at) == 'i') {
            phase++;
            at++;
        }
        return phase;
    }

    private Pauli letter() {
        char c = at < text.length() ? text.charAt(at) : ' ';
        Pauli letter =
                switch (c) {
                    case 'I', '_' -> Pauli.I;
                    case 'X' -> Pauli.X;
                    case 'Y' -> Pauli.Y;
                    case 'Z' -> Pauli.Z;
                    default -> throw wrong("one of I, X, Y, Z, _");
                };
        at++;
        return letter;
    }

    private IllegalArgumentException wrong(String wanted) {
        String found = at < text.length() ? "'" + text.charAt(at) + "' at" : "the end at";
        return new IllegalArgumentException(
                "\""
                        + text
                        + "\" is not a Pauli string: "
                        + found
                        + " character "
                        + (at + 1)
                        + " is not "
                        + wanted);
    }

    private PauliString readDense(boolean highestFirst) {
        int phase = phase();
        int n = text.length() - at;
        long[] x = new long[n + 63 >> 6];
        long[] z = new long[n + 63 >> 6];
        for (int k = 0; k < n; k++) {
            int q = highestFirst ? n - 1 - k : k;
            Pauli letter = letter();
            x[q >> 6] |= letter.hasX() ? 1L << q : 0;
            z[q >> 6] |= letter.hasZ() ? 1L << q : 0;
        }
        return PauliString.ofBits(n, x, z, phase);
    }

    private PauliString readSparse(int qubits) {
        int phase = phase();
        List<Letter> letters = new ArrayList<>();
        int bound = 0;
        // A lone "I" or "1" is how an empty product is written.
        boolean empty =
                at == text.length()
                        || text.substring(at).equals("I")
                        || text.endsWith("1") && text.length() - at == 1;
        while (!empty) {
            Pauli pauli = letter();
            int qubit = number();
            letters.add(new Letter(qubit, pauli));
            bound = Math.max(bound, qubit + 1);
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at) != '*') {
                throw wrong("a digit or *");
            }
            at++;
        }
        if (qubits >= 0 && bound > qubits) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has qubit " + (bound - 1) + ", and there are only " + qubits);
        }
        PauliString product = PauliString.identity(qubits >= 0 ? qubits : bound).timesPhase(phase);
        Propagation all = new Propagation(product);
        for (Letter letter : letters) {
            all.multiplyRight(letter.qubit(), letter.pauli());
        }
        return all.result();
    }

    private int number() {
        int from = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            if (value >= Target.LIMIT) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" has a qubit beyond " + (Target.LIMIT - 1));
            }
            at++;
        }
        if (from == at) {
            throw wrong("a qubit's number");
        }
        return (int) value;
    }
}
