package org.jaket.statevector;

import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;

import java.util.Arrays;

/**
 * The density matrix of n qubits, off heap. Qubit k is bit k of a row or column index. Close it to
 * free its memory at once.
 *
 * <p>Not for use by two threads at once; large ones work on several threads inside.
 */
public final class DensityMatrix implements AutoCloseable {
    /** The largest reduced density matrix, in qubits. */
    public static final int MAX_REDUCED_QUBITS = 10;

    private final int qubits;
    private final Amplitudes entries;
    private final Runner runner;
    private final DensityMechanics mechanics;

    DensityMatrix(int qubits, Amplitudes entries, Runner runner) {
        this.qubits = qubits;
        this.entries = entries;
        this.runner = runner;
        this.mechanics = new DensityMechanics(qubits, runner, Progress.NONE);
    }

    /** The number of qubits. */
    public int qubits() {
        return qubits;
    }

    /** The format of the entries. */
    public Precision precision() {
        return entries.precision();
    }

    /** The real part of an entry. */
    public double re(long row, long column) {
        return entries.re(place(row, column));
    }

    /** The imaginary part of an entry. */
    public double im(long row, long column) {
        return entries.im(place(row, column));
    }

    private long place(long row, long column) {
        long size = 1L << qubits;
        if (row < 0 || row >= size || column < 0 || column >= size) {
            throw new IndexOutOfBoundsException(
                    "Entry (%d, %d) of a density matrix of %d qubits"
                            .formatted(row, column, qubits));
        }
        return row | column << qubits;
    }

    /** The probability of a basis state. */
    public double probability(long index) {
        return re(index, index);
    }

    /**
     * The probabilities of the values of some qubits.
     *
     * @param some distinct qubits; bit j of an index of the result belongs to the j-th of them
     */
    public double[] probabilities(int... some) {
        check(some, qubits);
        return mechanics.populations(entries, some);
    }

    /** The sum of the diagonal: 1 up to rounding. */
    public double trace() {
        return mechanics.trace(entries);
    }

    /** The trace of the square: 1 for pure states, 2<sup>-n</sup> for the completely mixed one. */
    public double purity() {
        // Hermitian: the sum of the squared moduli of all entries.
        return Sums.norm(entries, runner);
    }

    /**
     * The expectation value of a Pauli string.
     *
     * @throws IllegalArgumentException if it is not Hermitian or has another number of qubits
     */
    public double expectation(PauliString string) {
        if (!string.isHermitian() || string.qubits() != qubits) {
            throw new IllegalArgumentException(
                    string + " is not an observable on " + qubits + " qubits");
        }
        return expectation(entries, qubits, string);
    }

    /** The expectation value of a sum of Pauli strings. */
    public double expectation(PauliSum observable) {
        double sum = 0;
        for (PauliSum.Term term : observable.terms()) {
            sum += term.coefficient() * expectation(term.string());
        }
        return sum;
    }

    /** tr(rho P), the sum over k of {@code <k|rho P|k>}. */
    static double expectation(Amplitudes rho, int qubits, PauliString p) {
        long x = p.qubits() == 0 ? 0 : p.xBits()[0];
        long z = p.qubits() == 0 ? 0 : p.zBits()[0];
        double re = 0;
        double im = 0;
        // P|k> = i^(number of Y + phase) (-1)^(k.z) |k ^ x>.
        for (long k = 0; k < 1L << qubits; k++) {
            long at = k | (k ^ x) << qubits;
            boolean negative = (Long.bitCount(k & z) & 1) != 0;
            re += negative ? -rho.re(at) : rho.re(at);
            im += negative ? -rho.im(at) : rho.im(at);
        }
        return switch (p.phase() + Long.bitCount(x & z) & 3) {
            case 0 -> re;
            case 1 -> -im;
            case 2 -> -re;
            default -> im;
        };
    }

    /**
     * The fidelity {@code <psi|rho|psi>} with a pure state.
     *
     * @throws IllegalArgumentException if it has another number of qubits
     */
    public double fidelity(StateVector psi) {
        if (psi.qubits() != qubits) {
            throw new IllegalArgumentException(
                    "The state has " + psi.qubits() + " qubits, the density matrix " + qubits);
        }
        double sum = 0;
        for (long c = 0; c < 1L << qubits; c++) {
            double re = 0;
            double im = 0;
            for (long r = 0; r < 1L << qubits; r++) {
                // conj(psi_r) rho_rc
                long at = r | c << qubits;
                re += psi.re(r) * entries.re(at) + psi.im(r) * entries.im(at);
                im += psi.re(r) * entries.im(at) - psi.im(r) * entries.re(at);
            }
            sum += re * psi.re(c) - im * psi.im(c);
        }
        return sum;
    }

    /**
     * The reduced density matrix of some qubits: the others traced out.
     *
     * @param some at most {@value #MAX_REDUCED_QUBITS} distinct qubits; bit j of a row or column of
     *     the result belongs to the j-th of them
     */
    public ComplexMatrix reduced(int... some) {
        check(some, MAX_REDUCED_QUBITS);
        int n = 1 << some.length;
        long kept = 0;
        long[] spread = new long[n];
        for (int j = 0; j < some.length; j++) {
            kept |= 1L << some[j];
            for (int v = 0; v < n; v++) {
                spread[v] |= (long) (v >> j & 1) << some[j];
            }
        }
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        long others = (1L << qubits) - 1 & ~kept;
        for (long k = 0; k < 1L << qubits - some.length; k++) {
            long rest = Long.expand(k, others);
            for (int row = 0; row < n; row++) {
                for (int column = 0; column < n; column++) {
                    long at = rest | spread[row] | (rest | spread[column]) << qubits;
                    re[row * n + column] += entries.re(at);
                    im[row * n + column] += entries.im(at);
                }
            }
        }
        return ComplexMatrix.of(n, n, re, im);
    }

    private void check(int[] some, int most) {
        long seen = 0;
        for (int q : some) {
            if (q < 0 || q >= qubits || (seen >> q & 1) != 0 || some.length > most) {
                throw new IllegalArgumentException(
                        "Needs at most "
                                + most
                                + " distinct qubits from 0 to "
                                + (qubits - 1)
                                + ", got "
                                + Arrays.toString(some));
            }
            seen |= 1L << q;
        }
    }

    /** Frees the memory; the matrix must not be used afterwards. */
    @Override
    public void close() {
        entries.close();
    }
}
