package org.jaket.mps;

/**
 * The matrices of one site: entry (l, s, r) for left bond l, qubit value s and right bond r, at
 * ({@code (l * 2 + s) * right + r}). Not modified once it is in a chain, so chains share them.
 */
final class Tensor {
    /** The left bond dimension. */
    final int left;

    /** The right bond dimension. */
    final int right;

    /** The entries as a matrix of 2 left rows and right columns. */
    final ComplexArray entries;

    Tensor(int left, int right, ComplexArray entries) {
        this.left = left;
        this.right = right;
        this.entries = entries.shaped(2 * left, right);
    }

    /** A qubit in 0, not entangled. */
    static Tensor zero() {
        return new Tensor(1, 1, new ComplexArray(2, 1, new double[] {1, 0}, new double[2]));
    }

    /** As left rows and 2 right columns. */
    ComplexArray wide() {
        return entries.shaped(left, 2 * right);
    }

    /** A one-qubit matrix, interleaved, on the qubit. */
    Tensor apply(double[] m) {
        ComplexArray out = new ComplexArray(2 * left, right);
        double[] re = entries.re;
        double[] im = entries.im;
        for (int l = 0; l < left; l++) {
            int zero = 2 * l * right;
            int one = zero + right;
            for (int r = 0; r < right; r++) {
                double a = re[zero + r];
                double b = im[zero + r];
                double c = re[one + r];
                double d = im[one + r];
                out.re[zero + r] = m[0] * a - m[1] * b + m[2] * c - m[3] * d;
                out.im[zero + r] = m[0] * b + m[1] * a + m[2] * d + m[3] * c;
                out.re[one + r] = m[4] * a - m[5] * b + m[6] * c - m[7] * d;
                out.im[one + r] = m[4] * b + m[5] * a + m[6] * d + m[7] * c;
            }
        }
        return new Tensor(left, right, out);
    }

    /** The squared moduli of the entries in which the qubit has a value. */
    double weight(int value) {
        double sum = 0;
        for (int l = 0; l < left; l++) {
            int from = (2 * l + value) * right;
            for (int r = from; r < from + right; r++) {
                sum += entries.re[r] * entries.re[r] + entries.im[r] * entries.im[r];
            }
        }
        return sum;
    }

    /** The tensor with a matrix multiplied to its left bond. */
    Tensor after(ComplexArray m) {
        return new Tensor(m.rows, right, m.times(wide()));
    }

    /** The tensor with a matrix multiplied to its right bond. */
    Tensor before(ComplexArray m) {
        return new Tensor(left, m.columns, entries.times(m));
    }

    /** All entries times a number. */
    Tensor scaled(double factor) {
        return new Tensor(left, right, entries.scaled(factor));
    }

    /** How many entries there are. */
    long size() {
        return 2L * left * right;
    }
}
