package org.jaket.statevector.lanes;

import org.jaket.circuit.gate.Gate;

import java.util.Arrays;
import java.util.List;

/**
 * A matrix whose entries may differ from lane to lane.
 *
 * @param slot of its first number; the others follow row by row, real and imaginary parts
 *     interleaved. Diagonal tables have only their diagonal.
 * @param fixed for each number its value where it is the same in all lanes, otherwise NaN
 * @param source where the numbers come from
 */
record LaneMatrix(int slot, double[] fixed, Source source) {
    /** Where the numbers come from. */
    sealed interface Source {
        /** They are all fixed. */
        record Fixed() implements Source {}

        /** A named gate at angles, given by their numbers. */
        record Named(GateSeries series, int[] angles) implements Source {}

        /** Any other gate at angles, given by their numbers. */
        record Other(Gate gate, int[] angles) implements Source {}

        /** The product of two 2x2 matrices. */
        record Product(LaneMatrix later, LaneMatrix earlier) implements Source {}

        /** A diagonal matrix without its overall phase: divided by its first entry. */
        record Relative(LaneMatrix of) implements Source {}

        /** The diagonal of a product of diagonal matrices on some qubits. */
        record Table(List<Factor> factors) implements Source {}
    }

    /**
     * A diagonal matrix in a table.
     *
     * @param entry for each entry of the table the row of the matrix, or -1 where it does not act
     */
    record Factor(LaneMatrix matrix, int[] entry) {}

    /** The number of rows of a matrix that is written out. */
    int dimension() {
        return (int) Math.sqrt(fixed.length / 2.0);
    }

    boolean isFixed() {
        return Arrays.stream(fixed).noneMatch(Double::isNaN);
    }

    /** Whether an entry, by its place in row-by-row order, is a given real number in all lanes. */
    boolean is(int entry, double real) {
        return fixed[2 * entry] == real && fixed[2 * entry + 1] == 0;
    }

    boolean isReal(int entry) {
        return fixed[2 * entry + 1] == 0;
    }

    boolean isDiagonal() {
        int n = dimension();
        for (int k = 0; k < n * n; k++) {
            if (k / n != k % n && !is(k, 0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it exchanges the two basis states of a qubit. */
    boolean isFlip() {
        return dimension() == 2 && is(0, 0) && is(1, 1) && is(2, 1) && is(3, 0);
    }

    /** Whether it exchanges two qubits. */
    boolean isSwap() {
        int n = dimension();
        int[] image = {0, 2, 1, 3};
        for (int k = 0; k < n * n; k++) {
            if (n != 4 || !is(k, image[k / n] == k % n ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    boolean isIdentityRow(int row) {
        int n = dimension();
        for (int column = 0; column < n; column++) {
            if (!is(row * n + column, row == column ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    /** What is known of a 2x2 matrix. */
    Shape shape() {
        if (isReal(0) && isReal(1)) {
            return isReal(2) && isReal(3) ? Shape.REAL : Shape.HALF_REAL;
        }
        return Shape.COMPLEX;
    }
}
