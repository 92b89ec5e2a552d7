package org.jaket.stabilizer.tableau;

import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.Kernels;

import java.util.Arrays;

/**
 * The images of the generators {@code X_0, Z_0, X_1, Z_1, ...} under a Clifford operation, as
 * packed rows with signs.
 *
 * <p>Generator {@code g} is {@code X} of qubit {@code g / 2} for even {@code g} and {@code Z} for
 * odd ones. Its image is a Hermitian Pauli string: X bits, Z bits (both mean the letter Y) and a
 * sign. Rows are addressed through an index, so exchanging two of them moves no bits.
 */
public final class PauliRows {
    /** The most qubits of a tableau: its table is one array. */
    static final int MAX_QUBITS = 150_000;

    final int qubits;

    /** Words of one part of a row: the qubits' bits, padded to whole groups. */
    final int words;

    /** Row {@code r}'s X bits start at {@code 2 * words * r}, its Z bits {@code words} later. */
    final long[] table;

    /** The row of each generator. */
    final int[] rowOf;

    /** Whether each row carries a minus sign. */
    final boolean[] negative;

    private final BitKernels kernels;

    /** Rows in use beyond the generators': room for images under construction. */
    private static final int SPARE = 4;

    private PauliRows(int qubits, int words, long[] table, int[] rowOf, boolean[] negative) {
        this.qubits = qubits;
        this.words = words;
        this.table = table;
        this.rowOf = rowOf;
        this.negative = negative;
        this.kernels = Kernels.forRowsOf(words);
    }

    /** The identity operation. */
    public static PauliRows identity(int qubits) {
        if (qubits < 0 || qubits > MAX_QUBITS) {
            throw new IllegalArgumentException(
                    "A tableau of %d qubits is not possible; from 0 to %d are."
                            .formatted(qubits, MAX_QUBITS));
        }
        int words = Math.max(1, (qubits + 511) >>> 9) << 3;
        int rows = 2 * qubits + SPARE;
        long size = 2L * words * rows;
        requireMemory(qubits, 8 * size);
        PauliRows result =
                new PauliRows(
                        qubits,
                        words,
                        new long[Math.toIntExact(size)],
                        new int[rows],
                        new boolean[rows]);
        for (int g = 0; g < rows; g++) {
            result.rowOf[g] = g;
        }
        for (int g = 0; g < 2 * qubits; g++) {
            int q = g >> 1;
            result.table[2 * words * g + (g & 1) * words + (q >> 6)] = 1L << q;
        }
        return result;
    }

    private static void requireMemory(int qubits, long bytes) {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new IllegalArgumentException(
                    "A tableau of %d qubits takes %d MiB and the heap has at most %d MiB. Maybe give it more with -Xmx?"
                            .formatted(qubits, bytes >> 20, most >> 20));
        }
    }

    /** Returns the number of qubits. */
    public int qubits() {
        return qubits;
    }

    /** Returns an independent copy. */
    public PauliRows copy() {
        return new PauliRows(qubits, words, table.clone(), rowOf.clone(), negative.clone());
    }

    /** Offset of a generator's X bits; its Z bits are {@link #words} later. */
    int at(int generator) {
        return 2 * words * rowOf[generator];
    }

    boolean isNegative(int generator) {
        return negative[rowOf[generator]];
    }

    void flip(int generator) {
        negative[rowOf[generator]] ^= true;
    }

    /** Whether the image of a generator has X (or Z) on a qubit. */
    public boolean bit(int generator, boolean ofZ, int qubit) {
        return (table[at(generator) + (ofZ ? words : 0) + (qubit >> 6)] >>> qubit & 1) != 0;
    }

    /**
     * Multiplies the image of one generator by that of another from the right.
     *
     * @return the power of i that the product has besides the sign kept with the row
     */
    private int multiply(int target, int source) {
        int a = at(target);
        int b = at(source);
        int power = kernels.multiply(table, a, a + words, b, b + words, words);
        if (negative[rowOf[source]]) {
            power += 2;
        }
        return power;
    }

    private void addPower(int generator, int power) {
        if ((power & 1) != 0) {
            throw new AssertionError("the image of a generator is not Hermitian");
        }
        if ((power & 2) != 0) {
            flip(generator);
        }
    }

    /**
     * Puts an operation in front: afterwards generator P has the image that the operation's image
     * of P had before.
     *
     * @param action the operation put in front
     * @param targets the qubits it acts on, starting at {@code from}
     */
    public void prepend(CliffordAction action, int[] targets, int from) {
        int generators = 2 * action.qubits();
        int changed = 0;
        for (int g = 0; g < generators; g++) {
            changed |= isItself(action, g) ? 0 : 1 << g;
        }
        if (changed != 0 && !permute(action, changed, targets, from)) {
            combine(action, changed, targets, from);
        }
        // Signs of rows that stay come last, when nothing is multiplied by them any more.
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) == 0 && action.negative(g >> 1, (g & 1) != 0)) {
                flip(2 * targets[from + (g >> 1)] + (g & 1));
            }
        }
    }

    private void combine(CliffordAction action, int changed, int[] targets, int from) {
        int generators = 2 * action.qubits();
        int spare = 2 * qubits;
        // New rows first: they need the old ones, which the changes in place then overwrite.
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) != 0 && !isInPlace(action, g, changed)) {
                build(action, g, targets, from, spare + g);
            }
        }
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) == 0) {
                continue;
            }
            int here = 2 * targets[from + (g >> 1)] + (g & 1);
            if (isInPlace(action, g, changed)) {
                multiplyInPlace(action, g, here, targets, from);
            } else {
                int row = rowOf[here];
                rowOf[here] = rowOf[spare + g];
                rowOf[spare + g] = row;
            }
        }
    }

    /** Handles actions that only exchange generators, up to sign: no bits move. */
    private boolean permute(CliffordAction action, int changed, int[] targets, int from) {
        int generators = 2 * action.qubits();
        int[] source = new int[generators];
        for (int g = 0; g < generators; g++) {
            int factors = factors(action, g);
            if ((factors & factors - 1) != 0) {
                return false;
            }
            int f = Integer.numberOfTrailingZeros(factors);
            source[g] = rowOf[2 * targets[from + (f >> 1)] + (f & 1)];
        }
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) != 0) {
                rowOf[2 * targets[from + (g >> 1)] + (g & 1)] = source[g];
                negative[source[g]] ^= action.negative(g >> 1, (g & 1) != 0);
            }
        }
        return true;
    }

    private static int mask(CliffordAction action, int g, boolean zPart) {
        boolean ofZ = (g & 1) != 0;
        return zPart ? action.z(g >> 1, ofZ) : action.x(g >> 1, ofZ);
    }

    /** The generators whose product, up to phase, is the image of generator {@code g}. */
    private static int factors(CliffordAction action, int g) {
        int result = 0;
        for (int q = 0; q < action.qubits(); q++) {
            result |= (mask(action, g, false) >> q & 1) << 2 * q;
            result |= (mask(action, g, true) >> q & 1) << 2 * q + 1;
        }
        return result;
    }

    private static boolean isItself(CliffordAction action, int g) {
        return factors(action, g) == 1 << g;
    }

    /** Whether the image is the generator times others that do not change. */
    private static boolean isInPlace(CliffordAction action, int g, int changed) {
        int factors = factors(action, g);
        return (factors >> g & 1) != 0 && (factors & changed) == 1 << g;
    }

    private void multiplyInPlace(CliffordAction action, int g, int here, int[] targets, int from) {
        int factors = factors(action, g);
        int power = action.negative(g >> 1, (g & 1) != 0) ? 2 : 0;
        for (int f = 0; f < 2 * action.qubits(); f++) {
            if (f == g || (factors >> f & 1) == 0) {
                continue;
            }
            power += multiply(here, 2 * targets[from + (f >> 1)] + (f & 1));
            if ((f ^ 1) == g) {
                // Y = i X Z = -i Z X, and the generator stands on the left.
                power += (g & 1) == 0 ? 1 : 3;
            } else if ((f & 1) != 0 && (factors >> f - 1 & 1) != 0) {
                power += 1;
            }
        }
        addPower(here, power);
    }

    private void build(CliffordAction action, int g, int[] targets, int from, int spare) {
        int at = at(spare);
        Arrays.fill(table, at, at + 2 * words, 0);
        negative[rowOf[spare]] = false;
        int factors = factors(action, g);
        int power = action.negative(g >> 1, (g & 1) != 0) ? 2 : 0;
        for (int f = 0; f < 2 * action.qubits(); f++) {
            if ((factors >> f & 1) == 0) {
                continue;
            }
            power += multiply(spare, 2 * targets[from + (f >> 1)] + (f & 1));
            if ((f & 1) != 0 && (factors >> f - 1 & 1) != 0) {
                power += 1;
            }
        }
        addPower(spare, power);
    }

    /** The image of a Pauli string. */
    public PauliString image(PauliString pauli) {
        int spare = 2 * qubits;
        int at = at(spare);
        Arrays.fill(table, at, at + 2 * words, 0);
        negative[rowOf[spare]] = false;
        int power = pauli.phase();
        long[] xs = pauli.xBits();
        long[] zs = pauli.zBits();
        for (int q = 0; q < qubits; q++) {
            boolean x = (xs[q >> 6] >>> q & 1) != 0;
            boolean z = (zs[q >> 6] >>> q & 1) != 0;
            if (x) {
                power += multiply(spare, 2 * q);
            }
            if (z) {
                power += multiply(spare, 2 * q + 1);
            }
            if (x && z) {
                power += 1;
            }
        }
        return string(at, power);
    }

    /**
     * The string whose image is the given one. It contains {@code X_b} ({@code Z_b}) where the
     * given string anticommutes with the image of {@code Z_b} ({@code X_b}).
     */
    public PauliString inverseImage(PauliString pauli) {
        int rowWords = (qubits + 63) >>> 6;
        long[] px = pauli.xBits();
        long[] pz = pauli.zBits();
        long[] xs = new long[rowWords];
        long[] zs = new long[rowWords];
        for (int b = 0; b < qubits; b++) {
            if (anticommutes(2 * b + 1, px, pz)) {
                xs[b >> 6] |= 1L << b;
            }
            if (anticommutes(2 * b, px, pz)) {
                zs[b >> 6] |= 1L << b;
            }
        }
        PauliString candidate = PauliString.ofBits(qubits, xs, zs, 0);
        return candidate.timesPhase(pauli.phase() - image(candidate).phase());
    }

    private boolean anticommutes(int generator, long[] px, long[] pz) {
        int at = at(generator);
        long sum = 0;
        for (int w = 0; w < px.length; w++) {
            sum ^= table[at + w] & pz[w] ^ table[at + words + w] & px[w];
        }
        return (Long.bitCount(sum) & 1) != 0;
    }

    /** The operation on more or fewer qubits; those it loses must be left alone by it. */
    public PauliRows resized(int newQubits) {
        PauliRows result = identity(newQubits);
        for (int g = 0; g < 2 * Math.min(qubits, newQubits); g++) {
            PauliString image = get(g);
            long[] xs = Arrays.copyOf(image.xBits(), (newQubits + 63) >>> 6);
            long[] zs = Arrays.copyOf(image.zBits(), (newQubits + 63) >>> 6);
            result.set(g, xs, zs, image.phase() == 2);
        }
        return result;
    }

    private PauliString string(int at, int power) {
        int rowWords = (qubits + 63) >>> 6;
        return PauliString.ofBits(
                qubits,
                Arrays.copyOfRange(table, at, at + rowWords),
                Arrays.copyOfRange(table, at + words, at + words + rowWords),
                power);
    }

    /** The image of a generator. */
    public PauliString get(int generator) {
        return string(at(generator), isNegative(generator) ? 2 : 0);
    }

    /** Overwrites the image of a generator. */
    public void set(int generator, long[] xs, long[] zs, boolean isNegative) {
        int at = at(generator);
        Arrays.fill(table, at, at + 2 * words, 0);
        System.arraycopy(xs, 0, table, at, xs.length);
        System.arraycopy(zs, 0, table, at + words, zs.length);
        negative[rowOf[generator]] = isNegative;
    }

    /** Overwrites the sign of the image of a generator. */
    public void setSign(int generator, boolean isNegative) {
        negative[rowOf[generator]] = isNegative;
    }

    /** Moves rows so that generator {@code g} is in row {@code g}. */
    void straighten() {
        int[] generatorAt = new int[rowOf.length];
        for (int g = 0; g < rowOf.length; g++) {
            generatorAt[rowOf[g]] = g;
        }
        for (int g = 0; g < rowOf.length; g++) {
            int row = rowOf[g];
            if (row != g) {
                int evicted = generatorAt[g];
                swapRows(g, row);
                rowOf[g] = g;
                generatorAt[g] = g;
                rowOf[evicted] = row;
                generatorAt[row] = evicted;
            }
        }
    }

    private void swapRows(int a, int b) {
        int at = 2 * words * a;
        int bt = 2 * words * b;
        for (int i = 0; i < 2 * words; i++) {
            long t = table[at + i];
            table[at + i] = table[bt + i];
            table[bt + i] = t;
        }
        boolean t = negative[a];
        negative[a] = negative[b];
        negative[b] = t;
    }

    /** Whether all images are the same. */
    public boolean sameAs(PauliRows other) {
        if (qubits != other.qubits) {
            return false;
        }
        for (int g = 0; g < 2 * qubits; g++) {
            int a = at(g);
            int b = other.at(g);
            if (isNegative(g) != other.isNegative(g)
                    || !Arrays.equals(table, a, a + 2 * words, other.table, b, b + 2 * words)) {
                return false;
            }
        }
        return true;
    }

    /** A hash of all images. */
    public int hash() {
        int hash = qubits;
        for (int g = 0; g < 2 * qubits; g++) {
            int at = at(g);
            hash = 31 * hash + (isNegative(g) ? 1 : 0);
            for (int i = at; i < at + 2 * words; i++) {
                hash = 31 * hash + Long.hashCode(table[i]);
            }
        }
        return hash;
    }
}
