package org.jaket.mps;

/**
 * The factorisation A P = Q R of a complex matrix with as many columns of Q as A has rank: Q has
 * orthonormal columns, P permutes columns so that the diagonal of R decreases. By Householder
 * reflections with column pivoting (Golub and Van Loan, Matrix Computations, 5.4.2), O(m n rank).
 */
final class ComplexQr {
    /** What is left of a matrix when its Frobenius norm has fallen by this factor is rounding. */
    private static final double ROUNDING = 1e-15;

    /** Rows. */
    final int m;

    /** Columns. */
    final int n;

    /** The columns of Q and the rows of R: at least 1. */
    final int rank;

    /** Column j of A P is column {@code order[j]} of A. */
    final int[] order;

    /** Column by column: R above the diagonal, reflectors from the diagonal on. */
    private final double[][] re;

    private final double[][] im;
    private final double[] diagonalRe;
    private final double[] diagonalIm;

    /** Factorises a matrix that is not modified. */
    ComplexQr(ComplexArray a) {
        m = a.rows;
        n = a.columns;
        re = new double[n][m];
        im = new double[n][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                re[j][i] = a.re[i * n + j];
                im[j][i] = a.im[i * n + j];
            }
        }
        order = new int[n];
        double[] norms = new double[n];
        double total = 0;
        for (int j = 0; j < n; j++) {
            order[j] = j;
            norms[j] = norm(j, 0);
            total += norms[j];
        }
        int most = Math.min(m, n);
        diagonalRe = new double[most];
        diagonalIm = new double[most];
        int k = 0;
        while (k < most) {
            int pivot = k;
            double left = 0;
            for (int j = k; j < n; j++) {
                left += norms[j];
                pivot = norms[j] > norms[pivot] ? j : pivot;
            }
            if (k > 0 && left <= ROUNDING * ROUNDING * total) {
                break;
            }
            exchange(k, pivot, norms);
            reflect(k);
            for (int j = k + 1; j < n; j++) {
                norms[j] = norm(j, k + 1);
            }
            k++;
        }
        rank = Math.max(1, k);
    }

    private double norm(int column, int from) {
        double[] x = re[column];
        double[] y = im[column];
        double sum = 0;
        for (int i = from; i < m; i++) {
            sum += x[i] * x[i] + y[i] * y[i];
        }
        return sum;
    }

    private void exchange(int a, int b, double[] norms) {
        double[] x = re[a];
        re[a] = re[b];
        re[b] = x;
        double[] y = im[a];
        im[a] = im[b];
        im[b] = y;
        int o = order[a];
        order[a] = order[b];
        order[b] = o;
        double w = norms[a];
        norms[a] = norms[b];
        norms[b] = w;
    }

    /** Makes column k zero below the diagonal and carries the reflection to the columns behind. */
    private void reflect(int k) {
        double[] x = re[k];
        double[] y = im[k];
        double length = Math.sqrt(norm(k, k));
        if (length == 0) {
            return;
        }
        // v = a + phase(a_k) |a| e_k, so that a is reflected to -phase(a_k) |a| e_k.
        double first = Math.hypot(x[k], y[k]);
        double c = first == 0 ? 1 : x[k] / first;
        double s = first == 0 ? 0 : y[k] / first;
        diagonalRe[k] = -c * length;
        diagonalIm[k] = -s * length;
        x[k] += c * length;
        y[k] += s * length;
        double scale = 1 / Math.sqrt(norm(k, k));
        for (int i = k; i < m; i++) {
            x[i] *= scale;
            y[i] *= scale;
        }
        for (int j = k + 1; j < n; j++) {
            apply(k, re[j], im[j]);
        }
    }

    /** One reflection 1 - 2 v v^H. */
    private void apply(int k, double[] a, double[] b) {
        double[] x = re[k];
        double[] y = im[k];
        double c = 0;
        double s = 0;
        for (int i = k; i < m; i++) {
            c += x[i] * a[i] + y[i] * b[i];
            s += x[i] * b[i] - y[i] * a[i];
        }
        c *= 2;
        s *= 2;
        for (int i = k; i < m; i++) {
            a[i] -= c * x[i] - s * y[i];
            b[i] -= c * y[i] + s * x[i];
        }
    }

    /** Replaces a column of length m, zero from row {@code rank} on, by Q times it. */
    void timesQ(double[] a, double[] b) {
        for (int k = Math.min(rank, diagonalRe.length) - 1; k >= 0; k--) {
            if (diagonalRe[k] != 0 || diagonalIm[k] != 0) {
                apply(k, a, b);
            }
        }
    }

    /** An entry of R, row i and column j of A P. */
    double rRe(int i, int j) {
        return i == j ? diagonalRe[i] : i < j ? re[j][i] : 0;
    }

    /** An entry of R, row i and column j of A P. */
    double rIm(int i, int j) {
        return i == j ? diagonalIm[i] : i < j ? im[j][i] : 0;
    }

    /** Q, m x rank. */
    ComplexArray q() {
        ComplexArray q = new ComplexArray(m, rank);
        double[] a = new double[m];
        double[] b = new double[m];
        for (int j = 0; j < rank; j++) {
            java.util.Arrays.fill(a, 0);
            java.util.Arrays.fill(b, 0);
            a[j] = 1;
            timesQ(a, b);
            q.setColumn(j, a, b);
        }
        return q;
    }

    /** R with its columns in the order of A, rank x n. */
    ComplexArray r() {
        ComplexArray r = new ComplexArray(rank, n);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < Math.min(rank, j + 1); i++) {
                r.re[i * n + order[j]] = rRe(i, j);
                r.im[i * n + order[j]] = rIm(i, j);
            }
        }
        return r;
    }
}
