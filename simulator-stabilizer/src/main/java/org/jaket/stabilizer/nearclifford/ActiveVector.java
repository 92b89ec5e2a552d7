package org.jaket.stabilizer.nearclifford;

import java.util.Arrays;

/**
 * The amplitudes of the active virtual qubits: 2^k complex numbers, bit p of an index being the
 * p-th active qubit, with k changing as qubits become active and are measured.
 *
 * <p>Pauli strings are given by two masks and mean {@code i^y X^x Z^z} with y the number of bits
 * that both have, so that {@code A|j> = i^y (-1)^|z & j| |j ^ x>}. Each method is one pass over the
 * amplitudes and allocates nothing.
 */
final class ActiveVector {
    /** Amplitudes from which on vectors pay. */
    private static final int SHORT = 8;

    /**
     * Amplitudes to be touched, some hundredths of a second, before vectors are used: until it is
     * compiled, code on the Vector API is very slow. The bits are the same either way.
     */
    private static final long COLD = 1 << 25;

    private double[] re;
    private double[] im;
    private int size;
    private final AmplitudeKernels plain = AmplitudeKernels.plain();
    private final AmplitudeKernels fast = AmplitudeKernels.fast();
    private final double[] sums = new double[2 * AmplitudeKernels.LANES];
    private long touched;

    /** Room for so many active qubits. */
    ActiveVector(int most) {
        re = new double[1 << most];
        im = new double[1 << most];
        clear();
    }

    /** Makes room for so many active qubits, keeping the amplitudes. */
    void ensure(int most) {
        if (re.length < 1 << most) {
            re = Arrays.copyOf(re, 1 << most);
            im = Arrays.copyOf(im, 1 << most);
        }
    }

    /** No active qubit: a single amplitude of 1. */
    void clear() {
        size = 1;
        re[0] = 1;
        im[0] = 0;
    }

    void set(ActiveVector other) {
        size = other.size;
        System.arraycopy(other.re, 0, re, 0, size);
        System.arraycopy(other.im, 0, im, 0, size);
    }

    /** How many amplitudes there are. */
    int size() {
        return size;
    }

    double re(int index) {
        return re[index];
    }

    double im(int index) {
        return im[index];
    }

    /** A new highest active qubit in the state {@code cos |0> - i sin |1>}. */
    void activate(double cos, double sin) {
        int n = size;
        for (int j = 0; j < n; j++) {
            double a = re[j];
            double b = im[j];
            re[j] = cos * a;
            im[j] = cos * b;
            re[n + j] = sin * b;
            im[n + j] = -sin * a;
        }
        size = 2 * n;
    }

    /** The kernels for a pass, which is as long as there are amplitudes. */
    private AmplitudeKernels kernels() {
        touched += size;
        return size >= SHORT && touched > COLD ? fast : plain;
    }

    private double sum(int from) {
        return (sums[from] + sums[from + 1]) + (sums[from + 2] + sums[from + 3]);
    }

    /** Applies {@code cos - i sin A}: a rotation about A by an angle of which these are half. */
    void rotate(int x, int z, double cos, double sin) {
        kernels().rotate(re, im, size, x, z, cos, sin);
    }

    /** The probability of the -1 eigenspace of A, exactly 0 or 1 where the other weight is 0. */
    double probabilityOfMinus(int x, int z) {
        kernels().weights(re, im, size, x, z, sums);
        double plus = sum(0);
        double minus = sum(AmplitudeKernels.LANES);
        return minus / (plus + minus);
    }

    /**
     * Projects on an eigenspace of A, normalises, and drops the qubit of A's highest bit (in x, or
     * in z where x is zero), which the others then determine: of {@code (1 +- A) |chi>|0> / sqrt 2}
     * or of {@code |chi>} with the parity in the dropped qubit, chi stays.
     *
     * @param minus which eigenspace
     */
    void collapse(int x, int z, boolean minus) {
        kernels().project(re, im, size, x, z, minus, sums);
        size /= 2;
        double scale = 1 / Math.sqrt(sum(0));
        for (int j = 0; j < size; j++) {
            re[j] *= scale;
            im[j] *= scale;
        }
    }
}
