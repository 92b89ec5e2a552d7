package org.jaket.circuit.gate;

/**
 * Eigenvalues and orthonormal eigenvectors of a Hermitian matrix by cyclic complex Jacobi rotations
 * (G. H. Golub and C. F. Van Loan, "Matrix Computations", section 8.5), which find small
 * eigenvalues as accurately as large ones relative to the norm. Cost: a few times n<sup>3</sup>.
 *
 * @param values the eigenvalues, in no particular order
 * @param vectors the eigenvectors; column k belongs to {@code values[k]}
 */
public record HermitianEigen(double[] values, ComplexMatrix vectors) {
    private static final int SWEEPS = 60;
    private static final double SMALL = 1e-14;

    /**
     * Diagonalises a matrix, of which only the Hermitian part counts.
     *
     * @throws IllegalArgumentException if it is not square
     */
    public static HermitianEigen of(ComplexMatrix matrix) {
        if (matrix.rows() != matrix.columns()) {
            throw new IllegalArgumentException(
                    "a "
                            + matrix.rows()
                            + " x "
                            + matrix.columns()
                            + " matrix has no eigenvalues: it is not square");
        }
        ComplexMatrix h = matrix.plus(matrix.adjoint()).scale(0.5, 0);
        int n = h.rows();
        double[] re = h.realParts();
        double[] im = h.imaginaryParts();
        double scale = 0;
        for (int i = 0; i < n * n; i++) {
            scale = Math.max(scale, Math.hypot(re[i], im[i]));
        }
        double[] vr = ComplexMatrix.identity(n).realParts();
        double[] vi = new double[n * n];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = 0;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    double magnitude = Math.hypot(re[p * n + q], im[p * n + q]);
                    off += magnitude;
                    if (magnitude > 1e-300) {
                        rotate(n, re, im, vr, vi, p, q, magnitude);
                    }
                }
            }
            if (off <= SMALL * n * scale) {
                break;
            }
        }
        double[] values = new double[n];
        for (int k = 0; k < n; k++) {
            values[k] = re[k * n + k];
        }
        return new HermitianEigen(values, ComplexMatrix.of(n, n, vr, vi));
    }

    /**
     * One Jacobi rotation that clears entry (p, q) of the Hermitian matrix and updates the vectors.
     */
    private static void rotate(
            int n,
            double[] re,
            double[] im,
            double[] vr,
            double[] vi,
            int p,
            int q,
            double magnitude) {
        double phaseRe = re[p * n + q] / magnitude;
        double phaseIm = im[p * n + q] / magnitude;
        double theta = 0.5 * Math.atan2(2 * magnitude, re[q * n + q] - re[p * n + p]);
        double c = Math.cos(theta);
        double s = Math.sin(theta);
        // Columns: p' = c p - s e^{-i phase} q, q' = s e^{i phase} p + c q; then the rows by the
        // adjoint.
        columns(n, re, im, p, q, c, s, phaseRe, phaseIm);
        columns(n, vr, vi, p, q, c, s, phaseRe, phaseIm);
        for (int j = 0; j < n; j++) {
            double pr = re[p * n + j];
            double pi = im[p * n + j];
            double qr = re[q * n + j];
            double qi = im[q * n + j];
            re[p * n + j] = c * pr - s * (phaseRe * qr - phaseIm * qi);
            im[p * n + j] = c * pi - s * (phaseRe * qi + phaseIm * qr);
            re[q * n + j] = s * (phaseRe * pr + phaseIm * pi) + c * qr;
            im[q * n + j] = s * (phaseRe * pi - phaseIm * pr) + c * qi;
        }
    }

    private static void columns(
            int n,
            double[] re,
            double[] im,
            int p,
            int q,
            double c,
            double s,
            double phaseRe,
            double phaseIm) {
        for (int i = 0; i < n; i++) {
            double pr = re[i * n + p];
            double pi = im[i * n + p];
            double qr = re[i * n + q];
            double qi = im[i * n + q];
            re[i * n + p] = c * pr - s * (phaseRe * qr + phaseIm * qi);
            im[i * n + p] = c * pi - s * (phaseRe * qi - phaseIm * qr);
            re[i * n + q] = s * (phaseRe * pr - phaseIm * pi) + c * qr;
            im[i * n + q] = s * (phaseRe * pi + phaseIm * pr) + c * qi;
        }
    }
}
