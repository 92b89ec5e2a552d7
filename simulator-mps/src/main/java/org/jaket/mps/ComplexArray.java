package org.jaket.mps;

/** A complex matrix row by row, real and imaginary parts apart. */
final class ComplexArray {
    /** Rows. */
    final int rows;

    /** Columns. */
    final int columns;

    /** Real parts. */
    final double[] re;

    /** Imaginary parts. */
    final double[] im;

    ComplexArray(int rows, int columns) {
        this(rows, columns, new double[rows * columns], new double[rows * columns]);
    }

    ComplexArray(int rows, int columns, double[] re, double[] im) {
        this.rows = rows;
        this.columns = columns;
        this.re = re;
        this.im = im;
    }

    void setColumn(int column, double[] x, double[] y) {
        for (int i = 0; i < rows; i++) {
            re[i * columns + column] = x[i];
            im[i * columns + column] = y[i];
        }
    }

    /** The same entries in another shape. */
    ComplexArray shaped(int newRows, int newColumns) {
        return new ComplexArray(newRows, newColumns, re, im);
    }

    /** The conjugate transpose. */
    ComplexArray adjoint() {
        ComplexArray t = new ComplexArray(/* rows= */ columns, /* columns= */ rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                t.re[j * rows + i] = re[i * columns + j];
                t.im[j * rows + i] = -im[i * columns + j];
            }
        }
        return t;
    }

    /** The matrix product. */
    ComplexArray times(ComplexArray b) {
        ComplexArray c = new ComplexArray(rows, b.columns);
        int n = b.columns;
        for (int i = 0; i < rows; i++) {
            int row = i * n;
            for (int k = 0; k < columns; k++) {
                double x = re[i * columns + k];
                double y = im[i * columns + k];
                if (x == 0 && y == 0) {
                    continue;
                }
                int from = k * n;
                for (int j = 0; j < n; j++) {
                    c.re[row + j] += x * b.re[from + j] - y * b.im[from + j];
                    c.im[row + j] += x * b.im[from + j] + y * b.re[from + j];
                }
            }
        }
        return c;
    }

    /** The sum of squared moduli. */
    double norm() {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
        }
        return sum;
    }

    /** All entries times a number. */
    ComplexArray scaled(double factor) {
        ComplexArray s = new ComplexArray(rows, columns);
        for (int i = 0; i < re.length; i++) {
            s.re[i] = factor * re[i];
            s.im[i] = factor * im[i];
        }
        return s;
    }
}
