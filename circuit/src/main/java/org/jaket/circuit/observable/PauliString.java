package org.jaket.circuit.observable;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
        return PauliText.dense(text, true);
    }

    /**
     * Reads Stim's text: letters with qubit 0 first ({@code -XY_Z}), or a product that names the
     * qubits ({@code -X5*Z7}, on as many qubits as it names).
     *
     * @throws IllegalArgumentException naming the character that is wrong
     */
    public static PauliString stim(String text) {
        return PauliText.isSparse(text) ? PauliText.sparse(text, -1) : PauliText.dense(text, false);
    }

    /**
     * Reads a product that names the qubits, such as {@code -X5*Z7}; a qubit that comes twice has
     * the product of its letters.
     *
     * @throws IllegalArgumentException naming the character that is wrong, or a qubit that there is
     *     not
     */
    public static PauliString sparse(int qubits, String text) {
        return PauliText.sparse(text, qubits);
    }

    /**
     * A string of independent uniform letters with sign + or -.
     *
     * @param random the source of bits; the same bits give the same string
     */
    public static PauliString random(int qubits, RandomGenerator random) {
        PauliString p = identity(qubits);
        for (int w = 0; w < p.x.length; w++) {
            long used = w < qubits >> 6 ? -1L : (1L << qubits) - 1;
            p.x[w] = random.nextLong() & used;
            p.z[w] = random.nextLong() & used;
        }
        return new PauliString(qubits, p.x, p.z, random.nextBoolean() ? 2 : 0);
    }

    /** {@link #random(int, RandomGenerator)} with the bits that a seed gives. */
    public static PauliString random(int qubits, long seed) {
        return random(qubits, new SplittableRandom(seed));
    }

    /**
     * All strings with sign + whose weight is in a range: by weight, then by support, then by
     * letters in the order given, the highest qubit's changing fastest.
     *
     * @param letters the letters other than I that may appear; none stands for X, Y, Z
     */
    public static Stream<PauliString> all(
            int qubits, int minWeight, int maxWeight, Pauli... letters) {
        Pauli[] allowed =
                letters.length == 0
                        ? new Pauli[] {Pauli.X, Pauli.Y, Pauli.Z}
                        : Arrays.stream(letters)
                                .filter(p -> p != Pauli.I)
                                .distinct()
                                .toArray(Pauli[]::new);
        Iterator<PauliString> strings =
                new PauliEnumeration(
                        identity(qubits).qubits, Math.max(0, minWeight), maxWeight, allowed);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        strings, Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL),
                false);
    }

    /** All {@code 4^n} strings with sign +. */
    public static Stream<PauliString> all(int qubits) {
        return all(qubits, 0, qubits);
    }

    /**
     * The string that a matrix is.
     *
     * @param matrix 2<sup>n</sup> x 2<sup>n</sup>, qubit 0 the least significant bit of an index
     * @throws IllegalArgumentException if it is not a Pauli string with a phase 1, i, -1 or -i, to
     *     1e-6 an entry
     */
    public static PauliString ofMatrix(ComplexMatrix matrix) {
        return PauliMatrix.parse(matrix);
    }

    /**
     * The matrix, 2<sup>n</sup> x 2<sup>n</sup>, qubit 0 the least significant bit of an index.
     *
     * @throws IllegalArgumentException beyond {@link Gate#MAX_MATRIX_QUBITS} qubits
     */
    public ComplexMatrix toMatrix() {
        return PauliMatrix.of(this);
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

    /** The operator times {@code i^power}. */
    public PauliString timesPhase(int power) {
        return new PauliString(qubits, x, z, phase + power);
    }

    /** The tensor product: the qubits of {@code other} come after those of this one. */
    public PauliString tensor(PauliString other) {
        PauliString p = identity(Math.addExact(qubits, other.qubits));
        System.arraycopy(x, 0, p.x, 0, x.length);
        System.arraycopy(z, 0, p.z, 0, z.length);
        for (int q = 0; q < other.qubits; q++) {
            p.set(qubits + q, other.get(q));
        }
        return new PauliString(p.qubits, p.x, p.z, phase + other.phase);
    }

    /** This string {@code times} times side by side, the phase multiplied as often. */
    public PauliString repeated(int times) {
        PauliString p = identity(Math.multiplyExact(qubits, times));
        for (int q = 0; q < p.qubits; q++) {
            p.set(q, get(q % qubits));
        }
        return new PauliString(p.qubits, p.x, p.z, phase * (times & 3));
    }

    /**
     * The letters of the qubits {@code from} (included) to {@code to} (excluded), with phase +1.
     */
    public PauliString slice(int from, int to) {
        Objects.checkFromToIndex(from, to, qubits);
        PauliString p = identity(to - from);
        for (int q = from; q < to; q++) {
            p.set(q - from, get(q));
        }
        return p;
    }

    /** The same operator on more qubits, which carry I. */
    public PauliString padded(int newQubits) {
        if (newQubits < qubits) {
            throw new IllegalArgumentException(
                    "a Pauli string of " + qubits + " qubits cannot be padded to " + newQubits);
        }
        int words = (newQubits + 63) >> 6;
        return new PauliString(newQubits, Arrays.copyOf(x, words), Arrays.copyOf(z, words), phase);
    }

    /** The same string with another letter on one qubit. */
    public PauliString with(int qubit, Pauli letter) {
        Objects.checkIndex(qubit, qubits);
        PauliString p = new PauliString(qubits, x.clone(), z.clone(), phase);
        p.set(qubit, letter);
        return p;
    }

    /** The qubits whose letter is not I, increasing. */
    public int[] support() {
        return IntStream.range(0, qubits).filter(q -> get(q) != Pauli.I).toArray();
    }

    /** The qubits with a given letter, increasing. */
    public int[] indices(Pauli letter) {
        return IntStream.range(0, qubits).filter(q -> get(q) == letter).toArray();
    }

    /**
     * What the operator becomes after a circuit: {@code U P U^dagger}. Measurements that commute
     * with it and resets of qubits where it is I leave it alone.
     *
     * @throws CircuitException naming the operation that the string has no definite form behind
     *     (noise, gates that are not Clifford, anticommuting measurements, feedback)
     */
    public PauliString after(Circuit circuit) {
        var p = new Propagation(this);
        p.block(circuit.body(), false);
        return p.result();
    }

    /** What the operator becomes after one operation, as {@link #after(Circuit)}. */
    public PauliString after(Operation operation) {
        var p = new Propagation(this);
        p.operation(operation, false);
        return p.result();
    }

    /** What the operator becomes after a gate on each group of targets. */
    public PauliString after(Gate gate, int... targets) {
        return after(GateOperation.of(gate, targets));
    }

    /**
     * The operator before a circuit that becomes this one after it: {@code U^dagger P U}. Resets
     * turn their own basis into I.
     *
     * @throws CircuitException as {@link #after(Circuit)}
     */
    public PauliString before(Circuit circuit) {
        var p = new Propagation(this);
        p.block(circuit.body(), true);
        return p.result();
    }

    /** What the operator was before one operation, as {@link #before(Circuit)}. */
    public PauliString before(Operation operation) {
        var p = new Propagation(this);
        p.operation(operation, true);
        return p.result();
    }

    /** What the operator was before a gate on each group of targets. */
    public PauliString before(Gate gate, int... targets) {
        return before(GateOperation.of(gate, targets));
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

    /** The product of its letters with qubits named, such as {@code -X5*Z7}; {@code +I} alone. */
    public String toSparse() {
        var text = new StringBuilder(phaseText());
        String join = "";
        for (int q : support()) {
            text.append(join).append(get(q)).append(q);
            join = "*";
        }
        return join.isEmpty() ? text.append('I').toString() : text.toString();
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
