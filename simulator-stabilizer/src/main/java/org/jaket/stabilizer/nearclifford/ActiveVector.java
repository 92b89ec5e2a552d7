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
    private double[] re;
    private double[] im;
    private int size;

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

    private static double sign(int bits) {
        return 1 - ((Integer.bitCount(bits) & 1) << 1);
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

    /** Applies {@code cos - i sin A}: a rotation about A by an angle of which these are half. */
    void rotate(int x, int z, double cos, double sin) {
        if (x == 0) {
            for (int j = 0; j < size; j++) {
                double s = sin * sign(j & z);
                double a = re[j];
                double b = im[j];
                re[j] = cos * a + s * b;
                im[j] = cos * b - s * a;
            }
            return;
        }
        // A|j'> = i^y (-1)^|z & j'| |j>, and -i i^y is imaginary for even y, real for odd y.
        int y = Integer.bitCount(x & z);
        double factor = (y & 2) == 0 ? sin : -sin;
        double swapped = (y & 1) == 0 ? 1 : -1;
        int low = Integer.highestOneBit(x);
        for (int block = 0; block < size; block += 2 * low) {
            if ((y & 1) == 0) {
                for (int j = block; j < block + low; j++) {
                    int partner = j ^ x;
                    double f = factor * sign(j & z);
                    double a = re[j];
                    double b = im[j];
                    double c = re[partner];
                    double d = im[partner];
                    re[j] = cos * a + swapped * f * d;
                    im[j] = cos * b - swapped * f * c;
                    re[partner] = cos * c + f * b;
                    im[partner] = cos * d - f * a;
                }
            } else {
                for (int j = block; j < block + low; j++) {
                    int partner = j ^ x;
                    double f = factor * sign(j & z);
                    double a = re[j];
                    double b = im[j];
                    double c = re[partner];
                    double d = im[partner];
                    re[j] = cos * a + swapped * f * c;
                    im[j] = cos * b + swapped * f * d;
                    re[partner] = cos * c + f * a;
                    im[partner] = cos * d + f * b;
                }
            }
        }
    }

    /** The probability of the -1 eigenspace of A, exactly 0 or 1 where the other weight is 0. */
    double probabilityOfMinus(int x, int z) {
        double plus = 0;
        double minus = 0;
        if (x == 0) {
            for (int j = 0; j < size; j++) {
                double w = re[j] * re[j] + im[j] * im[j];
                if ((Integer.bitCount(j & z) & 1) == 0) {
                    plus += w;
                } else {
                    minus += w;
                }
            }
        } else {
            int low = Integer.highestOneBit(x);
            int y = Integer.bitCount(x & z) & 3;
            for (int block = 0; block < size; block += 2 * low) {
                for (int j = block; j < block + low; j++) {
                    int partner = j ^ x;
                    double s = sign(partner & z);
                    double c = turnedRe(partner, y) * s;
                    double d = turnedIm(partner, y) * s;
                    plus += square(re[j] + c) + square(im[j] + d);
                    minus += square(re[j] - c) + square(im[j] - d);
                }
            }
        }
        return minus / (plus + minus);
    }

    private static double square(double value) {
        return value * value;
    }

    private double turnedRe(int j, int quarters) {
        return switch (quarters) {
            case 0 -> re[j];
            case 1 -> -im[j];
            case 2 -> -re[j];
            default -> im[j];
        };
    }

    private double turnedIm(int j, int quarters) {
        return switch (quarters) {
            case 0 -> im[j];
            case 1 -> re[j];
            case 2 -> -im[j];
            default -> -re[j];
        };
    }

    /**
     * Projects on an eigenspace of A, normalises, and drops the qubit of A's highest bit (in x, or
     * in z where x is zero), which the others then determine: of {@code (1 +- A) |chi>|0> / sqrt 2}
     * or of {@code |chi>} with the parity in the dropped qubit, chi stays.
     *
     * @param minus which eigenspace
     */
    void collapse(int x, int z, boolean minus) {
        int half = size / 2;
        double norm = 0;
        // In place: an amplitude is written no further right than the first one it comes from, and
        // those still to be read lie further right.
        if (x == 0) {
            int low = Integer.highestOneBit(z);
            for (int to = 0; to < half; to++) {
                int from = (to & -low) << 1 | to & low - 1;
                if ((Integer.bitCount(from & z) & 1) != 0 != minus) {
                    from |= low;
                }
                re[to] = re[from];
                im[to] = im[from];
                norm += square(re[to]) + square(im[to]);
            }
        } else {
            int low = Integer.highestOneBit(x);
            int y = Integer.bitCount(x & z) + (minus ? 2 : 0) & 3;
            for (int to = 0; to < half; to++) {
                int from = (to & -low) << 1 | to & low - 1;
                int partner = from ^ x;
                double s = sign(partner & z);
                double a = re[from] + turnedRe(partner, y) * s;
                double b = im[from] + turnedIm(partner, y) * s;
                re[to] = a;
                im[to] = b;
                norm += square(a) + square(b);
            }
        }
        size = half;
        double scale = 1 / Math.sqrt(norm);
        for (int j = 0; j < half; j++) {
            re[j] *= scale;
            im[j] *= scale;
        }
    }
}
