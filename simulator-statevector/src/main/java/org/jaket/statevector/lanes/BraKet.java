package org.jaket.statevector.lanes;

import java.util.Arrays;

/**
 * A state |ket> on which a program runs forwards, and |bra> = O |ket>, with which it runs backwards
 * while the slope of each varying coefficient is gathered. Both are in double precision, one number
 * a row; steps find their numbers at their slots. No method allocates. Not thread-safe.
 *
 * <p>With m an entry of a step's matrix, from row c to row r, <bra|O|ket> moves by {@code 2
 * Re(conj(bra[r]) dm ket[c])}, bra behind the step and ket before it. A pass over the rows takes
 * the step back on both and sums these products.
 */
sealed class BraKet permits VectorBraKet {
    final int rows;
    final double[] ketRe;
    final double[] ketIm;
    final double[] braRe;
    final double[] braIm;

    /** The numbers of the program. */
    final double[] c;

    /** The slope of the expectation value by each of them. */
    final double[] slopes;

    private final boolean[] varies;

    // The operands of one group of rows of a matrix on several qubits, ket and bra.
    private final double[] inRe;
    private final double[] inIm;
    private final double[] outRe;
    private final double[] outIm;

    BraKet(LaneProgram program) {
        rows = 1 << program.qubits();
        ketRe = new double[rows];
        ketIm = new double[rows];
        braRe = new double[rows];
        braIm = new double[rows];
        varies = program.coefficients().varying();
        c = new double[varies.length];
        slopes = new double[varies.length];
        int widest = program.widest();
        inRe = new double[widest];
        inIm = new double[widest];
        outRe = new double[widest];
        outIm = new double[widest];
    }

    /** Puts the ket into |0...0> and forgets slopes. */
    final void start() {
        Arrays.fill(ketRe, 0);
        Arrays.fill(ketIm, 0);
        Arrays.fill(slopes, 0);
        ketRe[0] = 1;
    }

    /** Carries a step out on the ket. */
    final void forwards(LaneStep step) {
        switch (step) {
            case LaneStep.One s -> one(s);
            case LaneStep.Phase s -> phase(s.mask(), s.value(), s.slot());
            case LaneStep.Exchange s -> exchange(s, ketRe, ketIm);
            case LaneStep.Parity s -> parity(s);
            case LaneStep.Rotation s -> rotation(s, ketRe, ketIm, 1);
            case LaneStep.Dense s -> dense(s);
        }
    }

    /** Takes a step back on both states. */
    final void backwards(LaneStep step) {
        switch (step) {
            case LaneStep.One s -> oneBack(s, varies(s.slot(), 8));
            case LaneStep.Phase s -> phaseBack(s.mask(), s.value(), s.slot());
            case LaneStep.Exchange s -> {
                exchange(s, ketRe, ketIm);
                exchange(s, braRe, braIm);
            }
            case LaneStep.Parity s -> parityBack(s);
            case LaneStep.Rotation s -> rotationBack(s);
            case LaneStep.Dense s -> denseBack(s);
        }
    }

    final boolean varies(int slot, int count) {
        for (int k = 0; k < count; k++) {
            if (varies[slot + k]) {
                return true;
            }
        }
        return false;
    }

    /** Adds the slope of an entry, given the sum of {@code conj(bra[r]) ket[c]}. */
    final void gather(int slot, double re, double im) {
        slopes[slot] += 2 * re;
        slopes[slot + 1] -= 2 * im;
    }

    // ---- the observable -------------------------------------------------------------------

    /** Puts the bra to zero. */
    final void clearBra() {
        Arrays.fill(braRe, 0);
        Arrays.fill(braIm, 0);
    }

    /**
     * Adds to the bra what a pass of {@link LaneObservable} makes of the ket.
     *
     * @param re what Re p counts, {@code p = conj(ket[i ^ x]) ket[i]}, for each row i that does not
     *     have the highest bit of x
     * @param im what Im p counts; empty for nothing
     */
    void weigh(int x, double[] re, double[] im) {
        if (x == 0) {
            for (int i = 0; i < rows; i++) {
                braRe[i] += re[i] * ketRe[i];
                braIm[i] += re[i] * ketIm[i];
            }
            return;
        }
        int high = Integer.highestOneBit(x);
        int p = 0;
        for (int k = 0; k < rows / 2; k++) {
            int q = p ^ x;
            double r = re[k] / 2;
            double s = im.length == 0 ? 0 : -im[k] / 2;
            braRe[q] += r * ketRe[p] - s * ketIm[p];
            braIm[q] += r * ketIm[p] + s * ketRe[p];
            braRe[p] += r * ketRe[q] + s * ketIm[q];
            braIm[p] += r * ketIm[q] - s * ketRe[q];
            p = (p | high) + 1 & ~high;
        }
    }

    /** Re of the product of both. */
    final double product() {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += braRe[i] * ketRe[i] + braIm[i] * ketIm[i];
        }
        return sum;
    }

    // ---- one qubit ------------------------------------------------------------------------

    void one(LaneStep.One step) {
        int bit = 1 << step.qubit();
        int fixed = step.mask() | bit;
        int count = rows >> Integer.bitCount(fixed);
        int first = step.exchange() ? bit : 0;
        int m = step.slot();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = i | step.value();
            int q = p | bit;
            double ar = ketRe[p];
            double ai = ketIm[p];
            double br = ketRe[q];
            double bi = ketIm[q];
            ketRe[p + first] = c[m] * ar - c[m + 1] * ai + (c[m + 2] * br - c[m + 3] * bi);
            ketIm[p + first] = c[m] * ai + c[m + 1] * ar + (c[m + 2] * bi + c[m + 3] * br);
            ketRe[q - first] = c[m + 4] * ar - c[m + 5] * ai + (c[m + 6] * br - c[m + 7] * bi);
            ketIm[q - first] = c[m + 4] * ai + c[m + 5] * ar + (c[m + 6] * bi + c[m + 7] * br);
            i = (i | fixed) + 1 & ~fixed;
        }
    }

    /**
     * Takes a 2x2 matrix back.
     *
     * @param varies whether the slopes of its entries are wanted
     */
    void oneBack(LaneStep.One step, boolean varies) {
        int bit = 1 << step.qubit();
        int fixed = step.mask() | bit;
        int count = rows >> Integer.bitCount(fixed);
        int first = step.exchange() ? bit : 0;
        int m = step.slot();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = i | step.value();
            int q = p | bit;
            double xr = braRe[p + first];
            double xi = braIm[p + first];
            double yr = braRe[q - first];
            double yi = braIm[q - first];
            unapply(ketRe, ketIm, p, q, first, m);
            if (varies) {
                double ar = ketRe[p];
                double ai = ketIm[p];
                double br = ketRe[q];
                double bi = ketIm[q];
                gather(m, xr * ar + xi * ai, xr * ai - xi * ar);
                gather(m + 2, xr * br + xi * bi, xr * bi - xi * br);
                gather(m + 4, yr * ar + yi * ai, yr * ai - yi * ar);
                gather(m + 6, yr * br + yi * bi, yr * bi - yi * br);
            }
            unapply(braRe, braIm, p, q, first, m);
            i = (i | fixed) + 1 & ~fixed;
        }
    }

    /** The adjoint of a 2x2 matrix on one pair of rows. */
    private void unapply(double[] re, double[] im, int p, int q, int first, int m) {
        double ar = re[p + first];
        double ai = im[p + first];
        double br = re[q - first];
        double bi = im[q - first];
        re[p] = c[m] * ar + c[m + 1] * ai + (c[m + 4] * br + c[m + 5] * bi);
        im[p] = c[m] * ai - c[m + 1] * ar + (c[m + 4] * bi - c[m + 5] * br);
        re[q] = c[m + 2] * ar + c[m + 3] * ai + (c[m + 6] * br + c[m + 7] * bi);
        im[q] = c[m + 2] * ai - c[m + 3] * ar + (c[m + 6] * bi - c[m + 7] * br);
    }

    // ---- phases and permutations ----------------------------------------------------------

    void phase(int mask, int value, int slot) {
        int count = rows >> Integer.bitCount(mask);
        double r = c[slot];
        double x = c[slot + 1];
        int i = 0;
        for (int k = 0; k < count; k++) {
            turn(ketRe, ketIm, i | value, r, x);
            i = (i | mask) + 1 & ~mask;
        }
    }

    void phaseBack(int mask, int value, int slot) {
        int count = rows >> Integer.bitCount(mask);
        double r = c[slot];
        double x = c[slot + 1];
        double re = 0;
        double im = 0;
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = i | value;
            turn(ketRe, ketIm, p, r, -x);
            re += braRe[p] * ketRe[p] + braIm[p] * ketIm[p];
            im += braRe[p] * ketIm[p] - braIm[p] * ketRe[p];
            turn(braRe, braIm, p, r, -x);
            i = (i | mask) + 1 & ~mask;
        }
        gather(slot, re, im);
    }

    private static void turn(double[] re, double[] im, int p, double r, double x) {
        double a = re[p];
        re[p] = r * a - x * im[p];
        im[p] = r * im[p] + x * a;
    }

    private void exchange(LaneStep.Exchange step, double[] re, double[] im) {
        int fixed = step.fixed();
        int count = rows >> Integer.bitCount(fixed);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = i | step.value();
            int q = p ^ step.x();
            double ar = re[p];
            double ai = im[p];
            re[p] = re[q];
            im[p] = im[q];
            re[q] = ar;
            im[q] = ai;
            i = (i | fixed) + 1 & ~fixed;
        }
    }

    private static int sign(int bits) {
        return 1 - 2 * (Integer.bitCount(bits) & 1);
    }

    private void parity(LaneStep.Parity step) {
        double r = c[step.slot()];
        double x = c[step.slot() + 1];
        for (int p = 0; p < rows; p++) {
            turn(ketRe, ketIm, p, r, x * sign(p & step.z()));
        }
    }

    private void parityBack(LaneStep.Parity step) {
        double r = c[step.slot()];
        double x = c[step.slot() + 1];
        double re = 0;
        double im = 0;
        for (int p = 0; p < rows; p++) {
            int sign = sign(p & step.z());
            turn(ketRe, ketIm, p, r, -x * sign);
            re += braRe[p] * ketRe[p] + braIm[p] * ketIm[p];
            im += sign * (braRe[p] * ketIm[p] - braIm[p] * ketRe[p]);
            turn(braRe, braIm, p, r, -x * sign);
        }
        gather(step.slot(), re, im);
    }

    // ---- rotations about Pauli strings ----------------------------------------------------

    /**
     * {@code a[p] = cos a[p] + i n (P a)[p]} with n = -sin(angle/2), and {@code (P a)[k ^ x] =
     * i^turns (-1)^(k.z) a[k]}.
     *
     * @param way 1 forwards, -1 backwards
     */
    private void rotation(LaneStep.Rotation step, double[] re, double[] im, int way) {
        int high = Integer.highestOneBit(step.x());
        double r = c[step.slot()];
        double n = way * c[step.slot() + 1];
        // i^(turns + 1), times n.
        double ur = unit(step.turns() + 1) * n;
        double ui = unit(step.turns()) * n;
        int p = 0;
        for (int k = 0; k < rows / 2; k++) {
            int q = p ^ step.x();
            int there = sign(p & step.z());
            int back = sign(q & step.z());
            double ar = re[p];
            double ai = im[p];
            double br = re[q];
            double bi = im[q];
            re[p] = r * ar + back * (ur * br - ui * bi);
            im[p] = r * ai + back * (ur * bi + ui * br);
            re[q] = r * br + there * (ur * ar - ui * ai);
            im[q] = r * bi + there * (ur * ai + ui * ar);
            p = (p | high) + 1 & ~high;
        }
    }

    /** The real part of i^turns. */
    private static int unit(int turns) {
        return switch (turns & 3) {
            case 0 -> 1;
            case 2 -> -1;
            default -> 0;
        };
    }

    private void rotationBack(LaneStep.Rotation step) {
        rotation(step, ketRe, ketIm, -1);
        double re = 0;
        // <bra|ket> and <bra|P|ket> over i^turns.
        double pr = 0;
        double pi = 0;
        for (int p = 0; p < rows; p++) {
            int q = p ^ step.x();
            int sign = sign(p & step.z());
            re += braRe[p] * ketRe[p] + braIm[p] * ketIm[p];
            pr += sign * (braRe[q] * ketRe[p] + braIm[q] * ketIm[p]);
            pi += sign * (braRe[q] * ketIm[p] - braIm[q] * ketRe[p]);
        }
        double im = unit(step.turns()) * pi + unit(step.turns() + 3) * pr;
        gather(step.slot(), re, im);
        rotation(step, braRe, braIm, -1);
    }

    // ---- several qubits -------------------------------------------------------------------

    private void dense(LaneStep.Dense step) {
        int fixed = step.fixed();
        int n = step.offsets().length;
        int count = rows >> Integer.bitCount(fixed);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = i | step.value();
            load(ketRe, ketIm, p, step.offsets(), inRe, inIm);
            for (int row = 0; row < step.rows().length; row++) {
                int number = step.rows()[row];
                double re = 0;
                double im = 0;
                for (int column : step.columns()[row]) {
                    int m = step.slot() + 2 * (number * n + column);
                    re += c[m] * inRe[column] - c[m + 1] * inIm[column];
                    im += c[m] * inIm[column] + c[m + 1] * inRe[column];
                }
                ketRe[p + step.offsets()[number]] = re;
                ketIm[p + step.offsets()[number]] = im;
            }
            i = (i | fixed) + 1 & ~fixed;
        }
    }

    private void denseBack(LaneStep.Dense step) {
        int fixed = step.fixed();
        int n = step.offsets().length;
        int count = rows >> Integer.bitCount(fixed);
        boolean varies = varies(step.slot(), 2 * n * n);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = i | step.value();
            unapply(step, ketRe, ketIm, p);
            if (varies) {
                load(braRe, braIm, p, step.offsets(), outRe, outIm);
                load(ketRe, ketIm, p, step.offsets(), inRe, inIm);
                for (int row = 0; row < step.rows().length; row++) {
                    int r = step.rows()[row];
                    for (int column : step.columns()[row]) {
                        gather(
                                step.slot() + 2 * (r * n + column),
                                outRe[r] * inRe[column] + outIm[r] * inIm[column],
                                outRe[r] * inIm[column] - outIm[r] * inRe[column]);
                    }
                }
            }
            unapply(step, braRe, braIm, p);
            i = (i | fixed) + 1 & ~fixed;
        }
    }

    private static void load(
            double[] re, double[] im, int p, int[] offsets, double[] toRe, double[] toIm) {
        for (int j = 0; j < offsets.length; j++) {
            toRe[j] = re[p + offsets[j]];
            toIm[j] = im[p + offsets[j]];
        }
    }

    /** The adjoint of a matrix on one group of rows. */
    private void unapply(LaneStep.Dense step, double[] re, double[] im, int p) {
        int[] offsets = step.offsets();
        load(re, im, p, offsets, inRe, inIm);
        for (int number : step.rows()) {
            re[p + offsets[number]] = 0;
            im[p + offsets[number]] = 0;
        }
        for (int row = 0; row < step.rows().length; row++) {
            int r = step.rows()[row];
            for (int column : step.columns()[row]) {
                int m = step.slot() + 2 * (r * offsets.length + column);
                int q = p + offsets[column];
                re[q] += c[m] * inRe[r] + c[m + 1] * inIm[r];
                im[q] += c[m] * inIm[r] - c[m + 1] * inRe[r];
            }
        }
    }
}
