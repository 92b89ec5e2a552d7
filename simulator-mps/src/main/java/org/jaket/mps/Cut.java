package org.jaket.mps;

/**
 * A matrix cut in two at a bond, small singular values dropped: left times right is close to the
 * matrix, scaled to the weight it had.
 *
 * @param left orthonormal columns
 * @param values the singular values that were kept, scaled up to the weight of all
 * @param right orthonormal rows
 * @param discarded the share of the weight that was dropped
 */
record Cut(ComplexArray left, double[] values, ComplexArray right, double discarded) {
    /** Cuts a matrix. */
    static Cut of(ComplexArray matrix, MpsOptions options) {
        ComplexSvd svd = ComplexSvd.of(matrix);
        double total = 0;
        for (double value : svd.values) {
            total += value * value;
        }
        int kept = svd.values.length;
        double dropped = 0;
        while (kept > 1) {
            double next = svd.values[kept - 1] * svd.values[kept - 1];
            if (kept <= options.maxBond() && dropped + next > options.threshold() * total) {
                break;
            }
            dropped += next;
            kept--;
        }
        double[] values = new double[kept];
        double scale = total == 0 ? 1 : Math.sqrt(total / (total - dropped));
        for (int k = 0; k < kept; k++) {
            values[k] = svd.values[k] * scale;
        }
        double share = total == 0 ? 0 : dropped / total;
        return new Cut(columns(svd.u, kept), values, rows(svd.vh, kept), share);
    }

    private static ComplexArray columns(ComplexArray a, int kept) {
        if (kept == a.columns) {
            return a;
        }
        ComplexArray c = new ComplexArray(a.rows, kept);
        for (int i = 0; i < a.rows; i++) {
            System.arraycopy(a.re, i * a.columns, c.re, i * kept, kept);
            System.arraycopy(a.im, i * a.columns, c.im, i * kept, kept);
        }
        return c;
    }

    private static ComplexArray rows(ComplexArray a, int kept) {
        return kept == a.rows
                ? a
                : new ComplexArray(
                        kept,
                        a.columns,
                        java.util.Arrays.copyOf(a.re, kept * a.columns),
                        java.util.Arrays.copyOf(a.im, kept * a.columns));
    }

    /** The singular values times the right factor. */
    ComplexArray weightedRight() {
        ComplexArray w = new ComplexArray(right.rows, right.columns);
        for (int i = 0; i < w.rows; i++) {
            for (int j = i * w.columns; j < (i + 1) * w.columns; j++) {
                w.re[j] = values[i] * right.re[j];
                w.im[j] = values[i] * right.im[j];
            }
        }
        return w;
    }

    /** The left factor times the singular values. */
    ComplexArray weightedLeft() {
        ComplexArray w = new ComplexArray(left.rows, left.columns);
        for (int i = 0; i < w.rows; i++) {
            for (int j = 0; j < w.columns; j++) {
                w.re[i * w.columns + j] = values[j] * left.re[i * w.columns + j];
                w.im[i * w.columns + j] = values[j] * left.im[i * w.columns + j];
            }
        }
        return w;
    }
}
