package org.jaket.circuit.noise;

import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.HermitianEigen;

import java.util.ArrayList;
import java.util.List;

/**
 * The forms that a channel on n qubits has besides Kraus operators, with d = 2<sup>n</sup>. See C.
 * J. Wood, J. D. Biamonte and D. G. Cory, "Tensor networks and graphical calculus for open quantum
 * systems", 2015. Vectors of matrices stack columns: entry (i, j) is at i + d j.
 *
 * <ul>
 *   <li>superoperator S, d<sup>2</sup> x d<sup>2</sup>: vec(E(rho)) = S vec(rho);
 *   <li>Choi matrix C, d<sup>2</sup> x d<sup>2</sup>, not normalised: the sum of {@code |i><j| (x)
 *       E(|i><j|)}, with the output on the low index; its trace is d;
 *   <li>Pauli transfer matrix R, real: R<sub>ij</sub> = tr(P<sub>i</sub> E(P<sub>j</sub>)) / d,
 *       where digit k of an index in base 4 is the letter (I, X, Y, Z) on qubit k.
 * </ul>
 */
final class ChannelForms {
    private ChannelForms() {}

    static ComplexMatrix superoperator(List<ComplexMatrix> kraus) {
        int d = kraus.getFirst().rows();
        ComplexMatrix sum = ComplexMatrix.identity(d * d).scale(0, 0);
        for (ComplexMatrix k : kraus) {
            sum = sum.plus(k.below(conjugate(k)));
        }
        return sum;
    }

    private static ComplexMatrix conjugate(ComplexMatrix m) {
        double[] im = m.imaginaryParts();
        for (int i = 0; i < im.length; i++) {
            im[i] = -im[i];
        }
        return ComplexMatrix.of(m.rows(), m.columns(), m.realParts(), im);
    }

    /**
     * Exchanges superoperator and Choi matrix: S<sub>(i + d j), (a + d b)</sub> = {@code
     * <i|E(|a><b|)|j>} = C<sub>(i + d a), (j + d b)</sub>.
     */
    static ComplexMatrix reshuffled(ComplexMatrix m) {
        int d = (int) Math.round(Math.sqrt(m.rows()));
        int n = d * d;
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int a = 0; a < d; a++) {
                    for (int b = 0; b < d; b++) {
                        int to = (i + d * a) * n + j + d * b;
                        re[to] = m.re(i + d * j, a + d * b);
                        im[to] = m.im(i + d * j, a + d * b);
                    }
                }
            }
        }
        return ComplexMatrix.of(n, n, re, im);
    }

    /**
     * Kraus operators of a Choi matrix: its eigenvectors, as matrices, times the roots of its
     * eigenvalues.
     *
     * @throws IllegalArgumentException if it is not Hermitian or not positive
     */
    static List<ComplexMatrix> kraus(String label, ComplexMatrix choi) {
        int d = dimension(label, "Choi matrix", choi);
        double skew = choi.distance(choi.adjoint());
        if (skew > KrausChannel.COMPLETENESS_TOLERANCE) {
            throw new IllegalArgumentException(
                    "channel "
                            + label
                            + " does not keep density matrices Hermitian: its Choi matrix differs"
                            + " from its adjoint by "
                            + skew);
        }
        HermitianEigen eigen = HermitianEigen.of(choi);
        List<ComplexMatrix> operators = new ArrayList<>();
        for (int k = 0; k < d * d; k++) {
            double value = eigen.values()[k];
            if (value < -KrausChannel.COMPLETENESS_TOLERANCE) {
                throw new IllegalArgumentException(
                        "channel "
                                + label
                                + " is not completely positive: its Choi matrix has the eigenvalue "
                                + value);
            }
            // What rounding leaves of a zero; the trace of all together is d.
            if (value <= 1e-15 * d) {
                continue;
            }
            double[] re = new double[d * d];
            double[] im = new double[d * d];
            for (int i = 0; i < d; i++) {
                for (int a = 0; a < d; a++) {
                    re[i * d + a] = Math.sqrt(value) * eigen.vectors().re(i + d * a, k);
                    im[i * d + a] = Math.sqrt(value) * eigen.vectors().im(i + d * a, k);
                }
            }
            operators.add(ComplexMatrix.of(d, d, re, im));
        }
        if (operators.isEmpty()) {
            throw new IllegalArgumentException("channel " + label + " is zero");
        }
        return operators;
    }

    /** The dimension d of a d<sup>2</sup> x d<sup>2</sup> matrix over whole qubits. */
    static int dimension(String label, String what, ComplexMatrix m) {
        int n = m.rows();
        int bits = Integer.numberOfTrailingZeros(n);
        if (n != m.columns() || Integer.bitCount(n) != 1 || bits == 0 || bits % 2 != 0) {
            throw new IllegalArgumentException(
                    "the "
                            + what
                            + " of channel "
                            + label
                            + " needs 4^n rows and columns for n qubits, got "
                            + n
                            + " x "
                            + m.columns());
        }
        return 1 << bits / 2;
    }

    static ComplexMatrix pauliTransfer(ComplexMatrix superoperator) {
        ComplexMatrix paulis = paulis(superoperator.rows());
        double scale = 1 / Math.sqrt(superoperator.rows());
        return paulis.adjoint().times(superoperator).times(paulis).scale(scale, 0);
    }

    static ComplexMatrix superoperatorOfPauliTransfer(ComplexMatrix transfer) {
        ComplexMatrix paulis = paulis(transfer.rows());
        double scale = 1 / Math.sqrt(transfer.rows());
        return paulis.times(transfer).times(paulis.adjoint()).scale(scale, 0);
    }

    /** The vectors of all Pauli products, as columns. */
    private static ComplexMatrix paulis(int size) {
        int qubits = Integer.numberOfTrailingZeros(size) / 2;
        int d = 1 << qubits;
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        for (int p = 0; p < size; p++) {
            ComplexMatrix m = pauli(qubits, p);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    re[(i + d * j) * size + p] = m.re(i, j);
                    im[(i + d * j) * size + p] = m.im(i, j);
                }
            }
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    /** The Pauli product whose letter on qubit k is digit k of the index in base 4. */
    static ComplexMatrix pauli(int qubits, int index) {
        ComplexMatrix product = ComplexMatrix.identity(1);
        for (int q = 0; q < qubits; q++) {
            product =
                    product.below(
                            switch (index >> 2 * q & 3) {
                                case 0 -> ComplexMatrix.identity(2);
                                case 1 -> ComplexMatrix.real(0, 1, 1, 0);
                                case 2 ->
                                        ComplexMatrix.of(
                                                2, 2, new double[4], new double[] {0, -1, 1, 0});
                                default -> ComplexMatrix.real(1, 0, 0, -1);
                            });
        }
        return product;
    }
}
