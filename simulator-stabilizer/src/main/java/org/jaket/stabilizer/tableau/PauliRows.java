package org.jaket.stabilizer.tableau;

import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.Kernels;

import java.util.Arrays;

/**
 * The images of the generators under a Clifford operation, as packed rows: X bits and Z bits, both
 * of which mean the letter Y.
 */
public final class PauliRows extends GeneratorImages {
    /** The most qubits of a tableau: its table is one array. */
    static final int MAX_QUBITS = 150_000;

    /** Words of one part of a row: the qubits' bits, padded to whole groups. */
    final int words;

    /** Row {@code r}'s X bits start at {@code 2 * words * r}, its Z bits {@code words} later. */
    final long[] table;

    private final BitKernels kernels;

    private PauliRows(int qubits, int words, long[] table, int[] rowOf, boolean[] negative) {
        super(qubits, rowOf, negative);
        this.words = words;
        this.table = table;
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

    static void requireMemory(int qubits, long bytes) {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new IllegalArgumentException(
                    "A tableau of %d qubits takes %d MiB and the heap has at most %d MiB. Maybe give it more with -Xmx?"
                            .formatted(qubits, bytes >> 20, most >> 20));
        }
    }

    /** Returns an independent copy. */
    public PauliRows copy() {
        return new PauliRows(qubits, words, table.clone(), rowOf.clone(), negative.clone());
    }

    /** Offset of a generator's X bits; its Z bits are {@link #words} later. */
    int at(int generator) {
        return 2 * words * rowOf[generator];
    }

    /** Whether the image of a generator has X (or Z) on a qubit. */
    public boolean bit(int generator, boolean ofZ, int qubit) {
        return (table[at(generator) + (ofZ ? words : 0) + (qubit >> 6)] >>> qubit & 1) != 0;
    }

    @Override
    int multiplyRows(int target, int source) {
        int a = 2 * words * target;
        int b = 2 * words * source;
        return kernels.multiply(table, a, a + words, b, b + words, words);
    }

    @Override
    void clearRow(int row) {
        int at = 2 * words * row;
        Arrays.fill(table, at, at + 2 * words, 0);
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
