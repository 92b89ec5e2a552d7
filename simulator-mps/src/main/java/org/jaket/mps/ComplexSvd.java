package org.jaket.mps;

import java.util.Arrays;

/**
 * The singular values of a complex matrix, A = U diag(values) V^H, with as many as it has rank.
 *
 * <p>One-sided Jacobi rotations on the columns of R^H, where A P = Q R with pivoting: the method of
 * Z. Drmac and K. Veselic, "New fast and accurate Jacobi SVD algorithm I", SIAM J. Matrix Anal.
 * Appl. 29, 2008. It finds small singular values, which decide what a truncation may drop, to high
 * relative accuracy, and the rank of the states of structured circuits, which is far below what
 * their size allows, saves most of the work.
 */
final class ComplexSvd {
    /**
     * Columns count as orthogonal when their inner product is this small against their lengths,
     * times the root of the number of their entries: what rounding leaves of a sum of so many.
     */
    private static final double ORTHOGONAL = 4e-16;

    /** Jacobi's method converges quadratically; it has never been seen to need half as many. */
    private static final int MAX_SWEEPS = 60;

    /** The singular values, decreasing. */
    final double[] values;

    /** m x rank, orthonormal columns. */
    final ComplexArray u;

    /** rank x n, orthonormal rows: V^H. */
    final ComplexArray vh;

    private ComplexSvd(double[] values, ComplexArray u, ComplexArray vh) {
        this.values = values;
        this.u = u;
        this.vh = vh;
    }

    /** Decomposes a matrix that is not modified. */
    static ComplexSvd of(ComplexArray a) {
        if (a.rows >= a.columns) {
            return tall(a);
        }
        ComplexSvd t = tall(a.adjoint());
        return new ComplexSvd(t.values, t.vh.adjoint(), t.u.adjoint());
    }

    private static ComplexSvd tall(ComplexArray a) {
        ComplexQr qr = new ComplexQr(a);
        int k = qr.rank;
        int n = qr.n;
        // Columns of B = R^H, and of W, which collects the rotations: B W = (orthogonal columns).
        double[][] bRe = new double[k][n];
        double[][] bIm = new double[k][n];
        double[][] wRe = new double[k][k];
        double[][] wIm = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = i; j < n; j++) {
                bRe[i][j] = qr.rRe(i, j);
                bIm[i][j] = -qr.rIm(i, j);
            }
            wRe[i][i] = 1;
        }
        orthogonalise(bRe, bIm, wRe, wIm);
        double[] lengths = new double[k];
        Integer[] byLength = new Integer[k];
        for (int i = 0; i < k; i++) {
            lengths[i] = Math.sqrt(dot(bRe[i], bRe[i]) + dot(bIm[i], bIm[i]));
            byLength[i] = i;
        }
        Arrays.sort(byLength, (i, j) -> Double.compare(lengths[j], lengths[i]));
        // A P = Q R = Q W S (B W / S)^H, so U = Q W and V = P (B W / S).
        double[] values = new double[k];
        ComplexArray u = new ComplexArray(qr.m, k);
        ComplexArray vh = new ComplexArray(k, n);
        double[] x = new double[qr.m];
        double[] y = new double[qr.m];
        for (int i = 0; i < k; i++) {
            int from = byLength[i];
            values[i] = lengths[from];
            Arrays.fill(x, 0);
            Arrays.fill(y, 0);
            System.arraycopy(wRe[from], 0, x, 0, k);
            System.arraycopy(wIm[from], 0, y, 0, k);
            qr.timesQ(x, y);
            u.setColumn(i, x, y);
            double scale = values[i] == 0 ? 0 : 1 / values[i];
            for (int j = 0; j < n; j++) {
                vh.re[i * n + qr.order[j]] = scale * bRe[from][j];
                vh.im[i * n + qr.order[j]] = -scale * bIm[from][j];
            }
        }
        return new ComplexSvd(values, u, vh);
    }

    private static void orthogonalise(
            double[][] bRe, double[][] bIm, double[][] wRe, double[][] wIm) {
        int k = bRe.length;
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            boolean turned = false;
            for (int p = 0; p < k - 1; p++) {
                for (int q = p + 1; q < k; q++) {
                    turned |= turn(p, q, bRe, bIm, wRe, wIm);
                }
            }
            if (!turned) {
                return;
            }
        }
        throw new IllegalStateException("singular values did not converge");
    }

    /** Makes two columns orthogonal; returns whether they were not. */
    private static boolean turn(
            int p, int q, double[][] bRe, double[][] bIm, double[][] wRe, double[][] wIm) {
        double alpha = dot(bRe[p], bRe[p]) + dot(bIm[p], bIm[p]);
        double beta = dot(bRe[q], bRe[q]) + dot(bIm[q], bIm[q]);
        double re = dot(bRe[p], bRe[q]) + dot(bIm[p], bIm[q]);
        double im = dot(bRe[p], bIm[q]) - dot(bIm[p], bRe[q]);
        double gamma = Math.hypot(re, im);
        if (gamma <= ORTHOGONAL * Math.sqrt(bRe[p].length * alpha * beta)
                || gamma < Double.MIN_NORMAL) {
            return false;
        }
        double zeta = (beta - alpha) / (2 * gamma);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double c = 1 / Math.sqrt(1 + t * t);
        double sx = c * t * re / gamma;
        double sy = c * t * im / gamma;
        rotate(bRe[p], bIm[p], bRe[q], bIm[q], c, sx, sy);
        rotate(wRe[p], wIm[p], wRe[q], wIm[q], c, sx, sy);
        return true;
    }

    /** p becomes c p - conj(s) q, and q becomes s p + c q. */
    private static void rotate(
            double[] px, double[] py, double[] qx, double[] qy, double c, double sx, double sy) {
        for (int i = 0; i < px.length; i++) {
            double a = px[i];
            double b = py[i];
            double d = qx[i];
            double e = qy[i];
            px[i] = c * a - sx * d - sy * e;
            py[i] = c * b - sx * e + sy * d;
            qx[i] = sx * a - sy * b + c * d;
            qy[i] = sx * b + sy * a + c * e;
        }
    }

    /** An inner product in four sums, which do not wait for each other. */
    private static double dot(double[] x, double[] y) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
