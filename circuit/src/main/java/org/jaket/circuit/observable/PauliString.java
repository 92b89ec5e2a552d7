package org.jaket.circuit.observable;

import org.jaket.circuit.Pauli;

import java.util.Arrays;

/**
 * A Pauli operator on n qubits with a phase: {@code i^k} times one letter a qubit.
 *
 * <p>Letters are written highest qubit first ({@code ZZII} acts on qubits 3 and 2), as bit strings
 * for people are. {@link #stim} and {@link #toStim} use Stim's order, qubit 0 first.
 */
public final class PauliString {
    private final int qubits;
    private final long[] x;
    private final long[] z;

    /** The phase is i to this power, with each Y counted as the letter Y itself. */
    private final int phase;

    private PauliString(int qubits, long[] x, long[] z, int phase) {
        this.qubits = qubits;
        this.x = x;
        this.z = z;
        this.phase = phase & 3;
    }

    /** The identity. */
    public static PauliString identity(int qubits) {
        if (qubits < 0) {
            throw new IllegalArgumentException(
                    "a Pauli string has no negative number of qubits: " + qubits);
        }
        int words = (qubits + 63) >> 6;
        return new PauliString(qubits, new long[words], new long[words], 0);
    }

    /** One letter on one of n qubits. */
    public static PauliString single(int qubits, int qubit, Pauli letter) {
        if (qubit < 0 || qubit >= qubits) {
            throw new IllegalArgumentException(
                    "qubit " + qubit + " is out of range: 0 to " + (qubits - 1));
        }
        PauliString p = identity(qubits);
        p.set(qubit, letter);
        return p;
    }

    /**
     * The string of given bits.
     *
     * @param qubits how many qubits
     * @param xBits bit k of the words is set where qubit k carries X or Y; as many words as {@link
     *     #xBits}
     * @param zBits the same for Z or Y
     * @param phase power of i in front, any whole number
     * @throws IllegalArgumentException if there are too few or too many words, or bits beyond the
     *     last qubit
     */
    public static PauliString ofBits(int qubits, long[] xBits, long[] zBits, int phase) {
        PauliString p = identity(qubits);
        if (xBits.length != p.x.length || zBits.length != p.z.length) {
            throw new IllegalArgumentException(
                    qubits
                            + " qubits take "
                            + p.x.length
                            + " words, not "
                            + xBits.length
                            + " and "
                            + zBits.length);
        }
        int used = qubits & 63;
        if (used != 0 && (xBits[xBits.length - 1] | zBits[zBits.length - 1]) >>> used != 0) {
            throw new IllegalArgumentException("bits are set beyond qubit " + (qubits - 1));
        }
        return new PauliString(qubits, xBits.clone(), zBits.clone(), phase);
    }

    private void set(int qubit, Pauli letter) {
        long bit = 1L << qubit;
        x[qubit >> 6] = letter.hasX() ? x[qubit >> 6] | bit : x[qubit >> 6] & ~bit;
        z[qubit >> 6] = letter.hasZ() ? z[qubit >> 6] | bit : z[qubit >> 6] & ~bit;
    }

    /**
     * Reads letters, highest qubit first, with an optional phase in front: {@code ZZII}, {@code
     * -XY}, {@code +iZ}; {@code _} is I.
     *
     * @throws IllegalArgumentException naming the character that is not a Pauli letter
     */
    public static PauliString of(String text) {
        return parse(text, true);
    }

    /** Reads letters in Stim's order, qubit 0 first. */
    public static PauliString stim(String text) {
        return parse(text, false);
    }

    private static PauliString parse(String text, boolean highestFirst) {
        int start = 0;
        int phase = 0;
        if (start < text.length() && (text.charAt(start) == '+' || text.charAt(start) == '-')) {
            phase = text.charAt(start) == '-' ? 2 : 0;
            start++;
        }
        if (start < text.length() && text.charAt(start) == 'i') {
            phase++;
            start++;
        }
        int n = text.length() - start;
        PauliString p = identity(n);
        for (int k = 0; k < n; k++) {
            char c = text.charAt(start + k);
            Pauli letter =
                    switch (c) {
                        case 'I', '_' -> Pauli.I;
                        case 'X' -> Pauli.X;
                        case 'Y' -> Pauli.Y;
                        case 'Z' -> Pauli.Z;
                        default ->
                                throw new IllegalArgumentException(
                                        "\""
                                                + text
                                                + "\" is not a Pauli string: '"
                                                + c
                                                + "' at character "
                                                + (start + k + 1)
                                                + " is not one of I, X, Y, Z, _");
                    };
            p.set(highestFirst ? n - 1 - k : k, letter);
        }
        return new PauliString(n, p.x, p.z, phase);
    }

    /** How many qubits there are. */
    public int qubits() {
        return qubits;
    }

    /** The letter on one qubit. */
    public Pauli get(int qubit) {
        return Pauli.of((x[qubit >> 6] >>> qubit & 1) != 0, (z[qubit >> 6] >>> qubit & 1) != 0);
    }

    /** The phase as a power of i, 0 to 3. */
    public int phase() {
        return phase;
    }

    /** The X bits (set for X and Y), 64 qubits a word, as a new array. */
    public long[] xBits() {
        return x.clone();
    }

    /** The Z bits (set for Z and Y), 64 qubits a word, as a new array. */
    public long[] zBits() {
        return z.clone();
    }

    /** How many letters are not I. */
    public int weight() {
        int weight = 0;
        for (int w = 0; w < x.length; w++) {
            weight += Long.bitCount(x[w] | z[w]);
        }
        return weight;
    }

    /** Whether the operator is Hermitian: its phase is +1 or -1. */
    public boolean isHermitian() {
        return (phase & 1) == 0;
    }

    /** Whether both operators commute. */
    public boolean commutesWith(PauliString other) {
        requireSameSize(other);
        int anti = 0;
        for (int w = 0; w < x.length; w++) {
            anti ^= Long.bitCount(x[w] & other.z[w]) ^ Long.bitCount(z[w] & other.x[w]);
        }
        return (anti & 1) == 0;
    }

    /** Whether both operators commute qubit by qubit, so that one-qubit measurements give both. */
    public boolean commutesQubitwise(PauliString other) {
        requireSameSize(other);
        for (int w = 0; w < x.length; w++) {
            if (((x[w] & other.z[w]) ^ (z[w] & other.x[w])) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The operator product {@code this * right}. */
    public PauliString times(PauliString right) {
        requireSameSize(right);
        long[] px = new long[x.length];
        long[] pz = new long[x.length];
        int turns = phase + right.phase;
        for (int w = 0; w < x.length; w++) {
            px[w] = x[w] ^ right.x[w];
            pz[w] = z[w] ^ right.z[w];
            // With Y = iXZ: count the i of each Y in and out, and -1 for each Z that passes an X.
            turns +=
                    Long.bitCount(x[w] & z[w])
                            + Long.bitCount(right.x[w] & right.z[w])
                            - Long.bitCount(px[w] & pz[w]);
            turns += 2 * Long.bitCount(z[w] & right.x[w]);
        }
        return new PauliString(qubits, px, pz, turns);
    }

    /** The operator with the opposite sign. */
    public PauliString negate() {
        return new PauliString(qubits, x, z, phase + 2);
    }

    /** The letters with phase +1. */
    public PauliString abs() {
        return new PauliString(qubits, x, z, 0);
    }

    private void requireSameSize(PauliString other) {
        if (qubits != other.qubits) {
            throw new IllegalArgumentException(
                    "Pauli strings of "
                            + qubits
                            + " and "
                            + other.qubits
                            + " qubits do not go together");
        }
    }

    private String phaseText() {
        return switch (phase) {
            case 0 -> "+";
            case 1 -> "+i";
            case 2 -> "-";
            default -> "-i";
        };
    }

    /** Stim's text: phase, then qubit 0 first, I as {@code _}. */
    public String toStim() {
        var text = new StringBuilder(phaseText());
        for (int q = 0; q < qubits; q++) {
            Pauli letter = get(q);
            text.append(letter == Pauli.I ? "_" : letter.name());
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PauliString p
                && qubits == p.qubits
                && phase == p.phase
                && Arrays.equals(x, p.x)
                && Arrays.equals(z, p.z);
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(x) * 31 + Arrays.hashCode(z)) * 31 + phase;
    }

    /** Phase, then letters, highest qubit first; reads back with {@link #of}. */
    @Override
    public String toString() {
        var text = new StringBuilder(phaseText());
        for (int q = qubits - 1; q >= 0; q--) {
            text.append(get(q));
        }
        return text.toString();
    }
}
