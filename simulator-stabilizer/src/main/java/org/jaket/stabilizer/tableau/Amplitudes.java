package org.jaket.stabilizer.tableau;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.observable.PauliString;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stabiliser states as amplitudes. Qubit 0 is the least significant bit of an index; the first
 * amplitude that is not zero is real and positive.
 */
public final class Amplitudes {
    /** The most qubits of a vector: 2^24 amplitudes take 256 MiB. */
    public static final int MAX_QUBITS = 24;

    private static final double TOLERANCE = 1e-6;

    private final int qubits;
    private final double[] re;
    private final double[] im;

    private Amplitudes(int qubits) {
        this.qubits = qubits;
        re = new double[1 << qubits];
        im = new double[1 << qubits];
    }

    /**
     * The state with the given stabilisers.
     *
     * @param stabilizers n independent commuting strings on n qubits
     * @return a column of 2^n amplitudes
     */
    public static ComplexMatrix ofStabilizers(List<PauliString> stabilizers) {
        int n = stabilizers.size();
        requireSize(n, MAX_QUBITS, "state vector");
        PauliTable table = PauliTable.of(n, stabilizers);
        int rank = 0;
        for (int q = 0; q < n; q++) {
            rank += table.pivot(rank, false, q) ? 1 : 0;
        }
        int[] pivots = new int[n - rank];
        int zRows = rank;
        for (int q = 0; q < n && zRows < n; q++) {
            if (table.pivot(zRows, true, q)) {
                pivots[zRows - rank] = q;
                zRows++;
            }
        }
        // The rows without X are parities, which one index satisfies pivot by pivot.
        int start = 0;
        for (int r = rank; r < n; r++) {
            start |= table.isNegative(r) ? 1 << pivots[r - rank] : 0;
        }
        Amplitudes state = new Amplitudes(n);
        state.re[start] = Math.pow(2, -rank / 2.0);
        for (int r = 0; r < rank; r++) {
            state.addImage(table.get(r));
        }
        state.fixPhase();
        return ComplexMatrix.of(1 << n, 1, state.re, state.im);
    }

    static void requireSize(int qubits, int most, String what) {
        if (qubits > most) {
            throw new IllegalArgumentException(
                    "The %s of %d qubits is too large to write out; at most %d qubits."
                            .formatted(what, qubits, most));
        }
    }

    /** Adds the image under a string with some X, whose X bits lead out of what is there. */
    private void addImage(PauliString pauli) {
        int x = (int) pauli.xBits()[0];
        int top = Integer.highestOneBit(x);
        for (int v = 0; v < re.length; v++) {
            if ((v & top) == 0) {
                double[] a = image(pauli, v);
                double[] b = image(pauli, v ^ x);
                re[v] += b[0];
                im[v] += b[1];
                re[v ^ x] += a[0];
                im[v ^ x] += a[1];
            }
        }
    }

    /** What the string makes of one amplitude. */
    private double[] image(PauliString pauli, int v) {
        int x = (int) pauli.xBits()[0];
        int z = (int) pauli.zBits()[0];
        int turns = pauli.phase() + Integer.bitCount(x & z) + 2 * Integer.bitCount(z & v);
        return turned(re[v], im[v], turns);
    }

    private static double[] turned(double a, double b, int turns) {
        return switch (turns & 3) {
            case 0 -> new double[] {a, b};
            case 1 -> new double[] {-b, a};
            case 2 -> new double[] {-a, -b};
            default -> new double[] {b, -a};
        };
    }

    private void fixPhase() {
        int first = 0;
        while (re[first] == 0 && im[first] == 0) {
            first++;
        }
        int turns = re[first] > 0 ? 0 : im[first] < 0 ? 1 : re[first] < 0 ? 2 : 3;
        for (int v = 0; v < re.length; v++) {
            double[] t = turned(re[v], im[v], turns);
            re[v] = t[0] + 0.0;
            im[v] = t[1] + 0.0;
        }
    }

    /**
     * The stabilisers of a state.
     *
     * @param vector a column of 2^n amplitudes of any scale and phase
     * @throws IllegalArgumentException if it is not a stabiliser state, to 1e-6 an amplitude
     */
    public static List<PauliString> stabilizers(ComplexMatrix vector) {
        int size = vector.rows();
        if (vector.columns() != 1 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "A state is a column of 2^n amplitudes, not a matrix of %d rows and %d columns."
                            .formatted(size, vector.columns()));
        }
        List<PauliString> found = candidates(vector, Integer.numberOfTrailingZeros(size));
        ComplexMatrix check = ofStabilizers(found);
        double norm = 0;
        double re = 0;
        double im = 0;
        for (int v = 0; v < size; v++) {
            norm += vector.re(v, 0) * vector.re(v, 0) + vector.im(v, 0) * vector.im(v, 0);
            re += check.re(v, 0) * vector.re(v, 0) + check.im(v, 0) * vector.im(v, 0);
            im += check.re(v, 0) * vector.im(v, 0) - check.im(v, 0) * vector.re(v, 0);
        }
        if (!(Math.abs(re * re + im * im - norm) <= TOLERANCE * norm)) {
            throw notStabilizer();
        }
        return found;
    }

    private static IllegalArgumentException notStabilizer() {
        return new IllegalArgumentException("The vector is not a stabiliser state.");
    }

    private static List<PauliString> candidates(ComplexMatrix vector, int n) {
        double largest = 0;
        for (int v = 0; v < vector.rows(); v++) {
            largest = Math.max(largest, Math.hypot(vector.re(v, 0), vector.im(v, 0)));
        }
        if (largest == 0) {
            throw notStabilizer();
        }
        // The support is an affine space: differences from its first index span it.
        int first = -1;
        int[] basis = new int[n];
        for (int v = 0; v < vector.rows(); v++) {
            if (Math.hypot(vector.re(v, 0), vector.im(v, 0)) < largest / 2) {
                continue;
            }
            if (first < 0) {
                first = v;
            }
            insert(basis, v ^ first);
        }
        List<PauliString> found = new ArrayList<>();
        for (int p = 0; p < n; p++) {
            if (basis[p] != 0) {
                found.add(shift(vector, n, first, basis, p));
            }
        }
        for (int q = 0; q < n; q++) {
            if (basis[q] == 0) {
                int z = 1 << q;
                for (int p = 0; p < n; p++) {
                    z |= (basis[p] >> q & 1) << p;
                }
                found.add(string(n, 0, z, 2 * Integer.bitCount(z & first)));
            }
        }
        return found;
    }

    private static PauliString string(int n, int x, int z, int phase) {
        return PauliString.ofBits(n, new long[] {x}, new long[] {z}, phase);
    }

    /** Keeps the basis reduced: the pivot of each element, its highest bit, is in no other. */
    private static void insert(int[] basis, int vector) {
        int rest = vector;
        for (int p = basis.length - 1; p >= 0; p--) {
            if (basis[p] != 0 && (rest >> p & 1) != 0) {
                rest ^= basis[p];
            }
        }
        if (rest == 0) {
            return;
        }
        int pivot = 31 - Integer.numberOfLeadingZeros(rest);
        for (int p = 0; p < basis.length; p++) {
            if ((basis[p] >> pivot & 1) != 0) {
                basis[p] ^= rest;
            }
        }
        basis[pivot] = rest;
    }

    /** The stabiliser whose X bits are one basis element; its Z bits are read off phase ratios. */
    private static PauliString shift(
            ComplexMatrix vector, int n, int first, int[] basis, int element) {
        int x = basis[element];
        int turns = ratio(vector, first, first ^ x);
        int z = 0;
        for (int p = 0; p < n; p++) {
            if (basis[p] != 0) {
                int there = ratio(vector, first ^ basis[p], first ^ basis[p] ^ x);
                if ((there - turns & 1) != 0) {
                    throw notStabilizer();
                }
                z |= (there - turns >> 1 & 1) << p;
            }
        }
        int phase = turns - Integer.bitCount(x & z) - 2 * Integer.bitCount(z & first) & 3;
        if ((phase & 1) != 0) {
            throw notStabilizer();
        }
        return string(n, x, z, phase);
    }

    /** How many quarter turns lead from one amplitude to another. */
    private static int ratio(ComplexMatrix vector, int from, int to) {
        double a = Math.atan2(vector.im(from, 0), vector.re(from, 0));
        double b = Math.atan2(vector.im(to, 0), vector.re(to, 0));
        return (int) Math.round((b - a) / (Math.PI / 2)) & 3;
    }

    /**
     * The matrix of an operation: the image of the zero state, and for each index its image under
     * the images of X.
     *
     * @param xs images of X of each qubit
     * @param zs images of Z of each qubit
     */
    public static ComplexMatrix matrix(List<PauliString> xs, List<PauliString> zs) {
        int n = xs.size();
        requireSize(n, org.jaket.circuit.gate.Gate.MAX_MATRIX_QUBITS, "matrix");
        int size = 1 << n;
        Amplitudes[] columns = new Amplitudes[size];
        ComplexMatrix zero = ofStabilizers(zs);
        columns[0] = new Amplitudes(n);
        for (int v = 0; v < size; v++) {
            columns[0].re[v] = zero.re(v, 0);
            columns[0].im[v] = zero.im(v, 0);
        }
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        for (int c = 0; c < size; c++) {
            if (c > 0) {
                int bit = Integer.numberOfTrailingZeros(c);
                columns[c] = columns[c & c - 1].moved(xs.get(bit));
            }
            for (int v = 0; v < size; v++) {
                re[v * size + c] = columns[c].re[v];
                im[v * size + c] = columns[c].im[v];
            }
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    private Amplitudes moved(PauliString pauli) {
        Amplitudes result = new Amplitudes(qubits);
        int x = (int) pauli.xBits()[0];
        for (int v = 0; v < re.length; v++) {
            double[] t = image(pauli, v);
            result.re[v ^ x] = t[0] + 0.0;
            result.im[v ^ x] = t[1] + 0.0;
        }
        return result;
    }

    /** The images of generators under a matrix, X0, Z0, X1 and so on. */
    public static List<PauliString> images(ComplexMatrix unitary) {
        int size = unitary.rows();
        int n = Integer.numberOfTrailingZeros(size);
        if (size != unitary.columns() || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "An operation on qubits is a square matrix of 2^n rows, not %d x %d."
                            .formatted(size, unitary.columns()));
        }
        requireSize(n, MAX_UNITARY_QUBITS, "tableau of a matrix");
        if (!unitary.isUnitary(TOLERANCE)) {
            throw new IllegalArgumentException("The matrix is not unitary.");
        }
        PauliString[] images = new PauliString[2 * n];
        Arrays.setAll(
                images,
                g -> {
                    Pauli letter = (g & 1) == 0 ? Pauli.X : Pauli.Z;
                    ComplexMatrix generator = PauliString.single(n, g >> 1, letter).toMatrix();
                    try {
                        return PauliString.ofMatrix(
                                unitary.times(generator).times(unitary.adjoint()));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(
                                "The matrix is not a Clifford operation: it does not map %s%d to a Pauli string."
                                        .formatted(letter, g >> 1),
                                e);
                    }
                });
        return List.of(images);
    }

    /** The most qubits of a matrix that is turned into a tableau, which multiplies matrices. */
    public static final int MAX_UNITARY_QUBITS = 8;
}
