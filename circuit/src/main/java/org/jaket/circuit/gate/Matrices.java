package org.jaket.circuit.gate;

/** The formulas behind the table of gates. */
final class Matrices {
    private Matrices() {}

    /** diag(exp(i a_0), exp(i a_1), ...). */
    static ComplexMatrix phases(double... angles) {
        double[] re = new double[angles.length];
        double[] im = new double[angles.length];
        for (int k = 0; k < angles.length; k++) {
            re[k] = angles[k] == 0 ? 1 : Math.cos(angles[k]);
            im[k] = angles[k] == 0 ? 0 : angles[k] == Math.PI ? 0 : Math.sin(angles[k]);
        }
        return ComplexMatrix.diagonal(re, im);
    }

    /** The permutation that sends basis state k to {@code image[k]}. */
    static ComplexMatrix permutation(int... image) {
        int n = image.length;
        double[] re = new double[n * n];
        for (int k = 0; k < n; k++) {
            re[image[k] * n + k] = 1;
        }
        return ComplexMatrix.of(n, n, re, new double[n * n]);
    }

    /** exp(-i theta P / 2) for a product of Paulis, first letter on the first qubit. */
    static ComplexMatrix rotation(double theta, char... paulis) {
        int n = paulis.length;
        int x = 0;
        int z = 0;
        for (int k = 0; k < n; k++) {
            x |= paulis[k] == 'X' || paulis[k] == 'Y' ? 1 << k : 0;
            z |= paulis[k] == 'Z' || paulis[k] == 'Y' ? 1 << k : 0;
        }
        int size = 1 << n;
        double c = Math.cos(theta / 2);
        double s = Math.sin(theta / 2);
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        for (int column = 0; column < size; column++) {
            re[column * size + column] = c;
            int at = (column ^ x) * size + column;
            // -i s times the entry of the product there: i for each Y, -1 for each Z on a one.
            int quarterTurns = 3 + Integer.bitCount(x & z) + 2 * Integer.bitCount(z & column);
            switch (quarterTurns & 3) {
                case 0 -> re[at] += s;
                case 1 -> im[at] += s;
                case 2 -> re[at] -= s;
                default -> im[at] -= s;
            }
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    /** exp(i phase) U(theta, phi, lambda) with U's first entry real. */
    static ComplexMatrix u(double phase, double theta, double phi, double lambda) {
        double c = Math.cos(theta / 2);
        double s = Math.sin(theta / 2);
        return ComplexMatrix.of(
                2,
                2,
                new double[] {
                    c * Math.cos(phase),
                    -s * Math.cos(phase + lambda),
                    s * Math.cos(phase + phi),
                    c * Math.cos(phase + phi + lambda)
                },
                new double[] {
                    c * Math.sin(phase),
                    -s * Math.sin(phase + lambda),
                    s * Math.sin(phase + phi),
                    c * Math.sin(phase + phi + lambda)
                });
    }

    /** The gate with one control in front. */
    static ComplexMatrix controlled(ComplexMatrix gate) {
        int n = 2 * gate.rows();
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int row = 0; row < n; row++) {
            if ((row & 1) == 0) {
                re[row * n + row] = 1;
                continue;
            }
            for (int column = 1; column < n; column += 2) {
                re[row * n + column] = gate.re(row >> 1, column >> 1);
                im[row * n + column] = gate.im(row >> 1, column >> 1);
            }
        }
        return ComplexMatrix.of(n, n, re, im);
    }

    /**
     * A weighted sum of two-qubit Paulis: groups of (re, im, letter on the first qubit, letter on
     * the second).
     */
    static ComplexMatrix paulis(Object... terms) {
        ComplexMatrix sum = ComplexMatrix.identity(4).scale(0, 0);
        for (int k = 0; k < terms.length; k += 4) {
            ComplexMatrix product = pauli((char) terms[k + 2]).below(pauli((char) terms[k + 3]));
            sum =
                    sum.plus(
                            product.scale(
                                    ((Number) terms[k]).doubleValue(),
                                    ((Number) terms[k + 1]).doubleValue()));
        }
        return sum;
    }

    private static ComplexMatrix pauli(char letter) {
        return CliffordAction.pauli(
                1, letter == 'X' || letter == 'Y' ? 1 : 0, letter == 'Z' || letter == 'Y' ? 1 : 0);
    }

    /** The simplified Toffoli of Margolus: |101> gains -1, |011> and |111> exchange as under Y. */
    static ComplexMatrix margolus() {
        double[] re = new double[64];
        double[] im = new double[64];
        for (int k : new int[] {0, 1, 2, 4, 6}) {
            re[k * 8 + k] = 1;
        }
        re[5 * 8 + 5] = -1;
        im[3 * 8 + 7] = -1;
        im[7 * 8 + 3] = 1;
        return ComplexMatrix.of(8, 8, re, im);
    }
}
