package org.jaket.circuit.gate;

import java.util.Arrays;

/**
 * An immutable dense complex matrix, stored row by row with separate real and imaginary parts.
 *
 * <p>Gate matrices are 2<sup>n</sup> x 2<sup>n</sup> and little-endian: the first target of a gate
 * is bit 0 of a row or column index. The type holds small matrices (gates, channels, reduced
 * states), so it favours plain code; it is not a linear algebra library.
 */
public final class ComplexMatrix {
    private final int rows;
    private final int columns;
    private final double[] real;
    private final double[] imaginary;

    private ComplexMatrix(int rows, int columns, double[] real, double[] imaginary) {
        this.rows = rows;
        this.columns = columns;
        this.real = real;
        this.imaginary = imaginary;
    }

    /**
     * A matrix from its parts, row by row.
     *
     * @param real rows x columns values; copied
     * @param imaginary rows x columns values; copied
     * @throws IllegalArgumentException if a length is not rows x columns or a value is not finite
     */
    public static ComplexMatrix of(int rows, int columns, double[] real, double[] imaginary) {
        if (rows < 1
                || columns < 1
                || real.length != rows * columns
                || imaginary.length != rows * columns) {
            throw new IllegalArgumentException(
                    "a "
                            + rows
                            + " x "
                            + columns
                            + " matrix needs "
                            + (long) rows * columns
                            + " real and imaginary values, got "
                            + real.length
                            + " and "
                            + imaginary.length);
        }
        for (int i = 0; i < real.length; i++) {
            if (!Double.isFinite(real[i]) || !Double.isFinite(imaginary[i])) {
                throw new IllegalArgumentException(
                        "matrix entry ("
                                + i / columns
                                + ", "
                                + i % columns
                                + ") is not finite: "
                                + real[i]
                                + " + "
                                + imaginary[i]
                                + "i");
            }
        }
        return new ComplexMatrix(rows, columns, real.clone(), imaginary.clone());
    }

    /** A square real matrix, row by row. */
    public static ComplexMatrix real(double... entries) {
        int n = (int) Math.round(Math.sqrt(entries.length));
        return of(n, n, entries, new double[entries.length]);
    }

    /** The identity of the given size. */
    public static ComplexMatrix identity(int size) {
        double[] re = new double[size * size];
        for (int i = 0; i < size; i++) {
            re[i * size + i] = 1;
        }
        return new ComplexMatrix(size, size, re, new double[size * size]);
    }

    /** A diagonal matrix. */
    public static ComplexMatrix diagonal(double[] real, double[] imaginary) {
        int n = real.length;
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int i = 0; i < n; i++) {
            re[i * n + i] = real[i];
            im[i * n + i] = imaginary[i];
        }
        return of(n, n, re, im);
    }

    /**
     * A square matrix from short text: entries separated by blanks, each a sum of terms such as
     * {@code 1}, {@code -i}, {@code s}, {@code h-hi}, where {@code s} is the square root of one
     * half and {@code h} is one half.
     */
    static ComplexMatrix parse(String text) {
        String[] entries = text.trim().split("\\s+");
        int n = (int) Math.round(Math.sqrt(entries.length));
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            double sign = 1;
            double value = 1;
            String entry = entries[i];
            for (int k = 0; k <= entry.length(); k++) {
                char c = k < entry.length() ? entry.charAt(k) : '+';
                boolean imaginaryTerm = c == 'i';
                if (k > 0 && (c == '+' || c == '-') && entry.charAt(k - 1) != 'i') {
                    re[i] += sign * value;
                } else if (imaginaryTerm) {
                    im[i] += sign * value;
                }
                switch (c) {
                    case '+' -> sign = 1;
                    case '-' -> sign = -1;
                    case '0' -> value = 0;
                    case '1' -> value = 1;
                    case 's' -> value = Math.sqrt(0.5);
                    case 'h' -> value = 0.5;
                    default -> {}
                }
                if (c == '+' || c == '-' || imaginaryTerm) {
                    value = 1;
                }
            }
        }
        return new ComplexMatrix(n, n, re, im);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** Real part of one entry. */
    public double re(int row, int column) {
        return real[row * columns + column];
    }

    /** Imaginary part of one entry. */
    public double im(int row, int column) {
        return imaginary[row * columns + column];
    }

    /** The entries row by row, each as real and imaginary part, as a new array. */
    public double[] interleaved() {
        double[] entries = new double[2 * real.length];
        for (int k = 0; k < real.length; k++) {
            entries[2 * k] = real[k];
            entries[2 * k + 1] = imaginary[k];
        }
        return entries;
    }

    /** The real parts, row by row, as a new array. */
    public double[] realParts() {
        return real.clone();
    }

    /** The imaginary parts, row by row, as a new array. */
    public double[] imaginaryParts() {
        return imaginary.clone();
    }

    /** The matrix product {@code this * right}. */
    public ComplexMatrix times(ComplexMatrix right) {
        if (columns != right.rows) {
            throw new IllegalArgumentException(
                    "cannot multiply "
                            + rows
                            + " x "
                            + columns
                            + " by "
                            + right.rows
                            + " x "
                            + right.columns);
        }
        int n = right.columns;
        double[] re = new double[rows * n];
        double[] im = new double[rows * n];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                double a = real[i * columns + k];
                double b = imaginary[i * columns + k];
                if (a == 0 && b == 0) {
                    continue;
                }
                for (int j = 0; j < n; j++) {
                    double c = right.real[k * n + j];
                    double d = right.imaginary[k * n + j];
                    re[i * n + j] += a * c - b * d;
                    im[i * n + j] += a * d + b * c;
                }
            }
        }
        return new ComplexMatrix(rows, n, re, im);
    }

    /** The entrywise sum. */
    public ComplexMatrix plus(ComplexMatrix other) {
        if (rows != other.rows || columns != other.columns) {
            throw new IllegalArgumentException("cannot add matrices of different shapes");
        }
        double[] re = real.clone();
        double[] im = imaginary.clone();
        for (int i = 0; i < re.length; i++) {
            re[i] += other.real[i];
            im[i] += other.imaginary[i];
        }
        return new ComplexMatrix(rows, columns, re, im);
    }

    /** The matrix times a complex number. */
    public ComplexMatrix scale(double re, double im) {
        double[] a = new double[real.length];
        double[] b = new double[real.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = real[i] * re - imaginary[i] * im;
            b[i] = real[i] * im + imaginary[i] * re;
        }
        return new ComplexMatrix(rows, columns, a, b);
    }

    /** The conjugate transpose. */
    public ComplexMatrix adjoint() {
        double[] re = new double[real.length];
        double[] im = new double[real.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                re[j * rows + i] = real[i * columns + j];
                im[j * rows + i] = -imaginary[i * columns + j];
            }
        }
        // The shape is turned around as well.
        int turnedRows = columns;
        int turnedColumns = rows;
        return new ComplexMatrix(turnedRows, turnedColumns, re, im);
    }

    /**
     * The Kronecker product with {@code this} on the low qubits and {@code high} on the high
     * qubits, that is {@code high (x) this} in the usual left-is-high notation.
     */
    public ComplexMatrix below(ComplexMatrix high) {
        int r = rows * high.rows;
        int c = columns * high.columns;
        double[] re = new double[r * c];
        double[] im = new double[r * c];
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < c; j++) {
                double a = re(i % rows, j % columns);
                double b = im(i % rows, j % columns);
                double x = high.re(i / rows, j / columns);
                double y = high.im(i / rows, j / columns);
                re[i * c + j] = a * x - b * y;
                im[i * c + j] = a * y + b * x;
            }
        }
        return new ComplexMatrix(r, c, re, im);
    }

    /** The trace of a square matrix: its real and imaginary parts. */
    public double[] trace() {
        double re = 0;
        double im = 0;
        for (int i = 0; i < Math.min(rows, columns); i++) {
            re += re(i, i);
            im += im(i, i);
        }
        return new double[] {re, im};
    }

    /** The largest absolute difference between two entries; infinite when the shapes differ. */
    public double distance(ComplexMatrix other) {
        if (rows != other.rows || columns != other.columns) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < real.length; i++) {
            worst =
                    Math.max(
                            worst,
                            Math.hypot(real[i] - other.real[i], imaginary[i] - other.imaginary[i]));
        }
        return worst;
    }

    /** Whether {@code U U^dagger} is the identity to the given entrywise tolerance. */
    public boolean isUnitary(double tolerance) {
        return rows == columns && times(adjoint()).distance(identity(rows)) <= tolerance;
    }

    /** Whether every entry off the diagonal is exactly zero. */
    public boolean isDiagonal() {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (i != j && (re(i, j) != 0 || im(i, j) != 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ComplexMatrix m
                && rows == m.rows
                && columns == m.columns
                && Arrays.equals(real, m.real)
                && Arrays.equals(imaginary, m.imaginary);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(real) + Arrays.hashCode(imaginary);
    }

    /** One line a row, entries as {@code a+bi} with six digits. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                text.append(j == 0 ? "" : "  ")
                        .append(
                                String.format(
                                        java.util.Locale.ROOT, "%.6g%+.6gi", re(i, j), im(i, j)));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
