package org.jaket.mps;

import org.jaket.circuit.Pauli;

/** Expectation values by a sweep along the chain, in O(n chi^3). */
final class Environment {
    private static final double[] X = {0, 0, 1, 0, 1, 0, 0, 0};
    private static final double[] Y = {0, 0, 0, -1, 0, 1, 0, 0};
    private static final double[] Z = {1, 0, 0, 0, 0, 0, -1, 0};

    private Environment() {}

    /**
     * The expectation value of Pauli letters, against the norm. All sites left of {@code first}
     * must have orthonormal columns, all right of {@code last} orthonormal rows.
     */
    static double expectation(Chain chain, int first, int last, Pauli[] letters) {
        ComplexArray e = identity(chain.site(first).left);
        ComplexArray one = e;
        for (int at = first; at <= last; at++) {
            Tensor bra = chain.site(at);
            Tensor ket =
                    switch (letters[at]) {
                        case I -> bra;
                        case X -> bra.apply(X);
                        case Y -> bra.apply(Y);
                        case Z -> bra.apply(Z);
                    };
            e = step(e, bra, ket);
            one = step(one, bra, bra);
        }
        return trace(e) / trace(one);
    }

    private static ComplexArray identity(int n) {
        ComplexArray e = new ComplexArray(n, n);
        for (int i = 0; i < n; i++) {
            e.re[i * n + i] = 1;
        }
        return e;
    }

    /** Rows belong to the conjugated chain, columns to the other. */
    private static ComplexArray step(ComplexArray e, Tensor bra, Tensor ket) {
        ComplexArray half = e.times(ket.wide()).shaped(2 * bra.left, ket.right);
        return bra.entries.adjoint().times(half);
    }

    private static double trace(ComplexArray e) {
        double sum = 0;
        for (int i = 0; i < e.rows; i++) {
            sum += e.re[i * e.columns + i];
        }
        return sum;
    }
}
