package org.jaket.statevector.lanes;

import static java.lang.Math.fma;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Double-precision kernels in plain Java, for a JVM without the Vector API. The single-precision
 * class is this one with the element type exchanged; a test holds the two texts side by side.
 *
 * <p>As in the vector kernels the outer loop is over the lanes and keeps coefficients in registers.
 */
final class PlainDoubleLaneKernels implements LaneKernels {
    /** Rows summed before a partial sum moves to a double. */
    private static final int CHAIN = 64;

    private final int lanes;
    private final int shift;
    private final int rows;
    private final double[] re;
    private final double[] im;
    private final double[] c;

    /** The operands of one group of rows of a {@link LaneStep.Dense}. */
    private final double[] inRe;

    private final double[] inIm;

    /**
     * Kernels with memory.
     *
     * @param lanes a power of two
     * @param slots how many coefficients there are
     * @param widest rows of the largest matrix
     */
    PlainDoubleLaneKernels(int qubits, int lanes, int slots, int widest) {
        this.lanes = lanes;
        shift = Integer.numberOfTrailingZeros(lanes);
        rows = 1 << qubits;
        re = new double[rows * lanes];
        im = new double[rows * lanes];
        c = new double[slots * lanes];
        inRe = new double[widest];
        inIm = new double[widest];
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public void start(double[] slots) {
        for (int k = 0; k < c.length; k++) {
            c[k] = slots[k];
        }
        Arrays.fill(re, 0);
        Arrays.fill(im, 0);
        Arrays.fill(re, 0, lanes, 1);
    }

    // ---- one qubit ------------------------------------------------------------------------

    @Override
    public void one(LaneStep.One step) {
        int bit = 1 << step.qubit() + shift;
        int fixed = step.mask() << shift | bit;
        int begin = step.value() << shift;
        int count = rows >> Integer.bitCount(fixed);
        // Where the first and the second row of the matrix go.
        int first = step.exchange() ? bit : 0;
        for (int lane = 0; lane < lanes; lane++) {
            int from = begin + lane;
            int at = step.slot() * lanes + lane;
            switch (step.shape()) {
                case REAL -> {
                    real(re, from, count, bit, fixed, first, at);
                    real(im, from, count, bit, fixed, first, at);
                }
                case HALF_REAL -> halfReal(from, count, bit, fixed, first, at);
                case COMPLEX -> complex(from, count, bit, fixed, first, at);
            }
        }
    }

    /** {@code a' = m00 a + m01 b, b' = m10 a + m11 b}. */
    private void real(double[] s, int from, int count, int bit, int fixed, int first, int at) {
        double r00 = c[at];
        double r01 = c[at + 2 * lanes];
        double r10 = c[at + 4 * lanes];
        double r11 = c[at + 6 * lanes];
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = from + i;
            double a = s[p];
            double b = s[p + bit];
            s[p + first] = fma(b, r01, a * r00);
            s[p + (bit - first)] = fma(b, r11, a * r10);
            i = ((i | fixed) + lanes) & ~fixed;
        }
    }

    /** The same with complex m10 and m11. */
    private void halfReal(int from, int count, int bit, int fixed, int first, int at) {
        double r00 = c[at];
        double r01 = c[at + 2 * lanes];
        double r10 = c[at + 4 * lanes];
        double i10 = c[at + 5 * lanes];
        double r11 = c[at + 6 * lanes];
        double i11 = c[at + 7 * lanes];
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = from + i;
            double ar = re[p];
            double ai = im[p];
            double br = re[p + bit];
            double bi = im[p + bit];
            re[p + first] = fma(br, r01, ar * r00);
            im[p + first] = fma(bi, r01, ai * r00);
            re[p + (bit - first)] = fma(-bi, i11, fma(br, r11, fma(-ai, i10, ar * r10)));
            im[p + (bit - first)] = fma(bi, r11, fma(br, i11, fma(ai, r10, ar * i10)));
            i = ((i | fixed) + lanes) & ~fixed;
        }
    }

    /** The same with all entries complex. */
    private void complex(int from, int count, int bit, int fixed, int first, int at) {
        double r00 = c[at];
        double i00 = c[at + lanes];
        double r01 = c[at + 2 * lanes];
        double i01 = c[at + 3 * lanes];
        double r10 = c[at + 4 * lanes];
        double i10 = c[at + 5 * lanes];
        double r11 = c[at + 6 * lanes];
        double i11 = c[at + 7 * lanes];
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = from + i;
            double ar = re[p];
            double ai = im[p];
            double br = re[p + bit];
            double bi = im[p + bit];
            re[p + first] = fma(-bi, i01, fma(br, r01, fma(-ai, i00, ar * r00)));
            im[p + first] = fma(bi, r01, fma(br, i01, fma(ai, r00, ar * i00)));
            re[p + (bit - first)] = fma(-bi, i11, fma(br, r11, fma(-ai, i10, ar * r10)));
            im[p + (bit - first)] = fma(bi, r11, fma(br, i11, fma(ai, r10, ar * i10)));
            i = ((i | fixed) + lanes) & ~fixed;
        }
    }

    // ---- phases and permutations ----------------------------------------------------------

    @Override
    public void phase(int mask, int value, int slot) {
        int fixed = mask << shift;
        int begin = value << shift;
        int count = rows >> Integer.bitCount(mask);
        for (int lane = 0; lane < lanes; lane++) {
            double r = c[slot * lanes + lane];
            double x = c[(slot + 1) * lanes + lane];
            int i = 0;
            for (int k = 0; k < count; k++) {
                int p = begin + lane + i;
                double ar = re[p];
                double ai = im[p];
                re[p] = fma(-ai, x, ar * r);
                im[p] = fma(ai, r, ar * x);
                i = ((i | fixed) + lanes) & ~fixed;
            }
        }
    }

    @Override
    public void exchange(int mask, int value, int x) {
        int fixed = mask << shift;
        int flip = x << shift;
        int begin = value << shift;
        int count = rows >> Integer.bitCount(mask);
        for (int lane = 0; lane < lanes; lane++) {
            int i = 0;
            for (int k = 0; k < count; k++) {
                int p = begin + lane + i;
                int q = p ^ flip;
                double ar = re[p];
                double ai = im[p];
                re[p] = re[q];
                im[p] = im[q];
                re[q] = ar;
                im[q] = ai;
                i = ((i | fixed) + lanes) & ~fixed;
            }
        }
    }

    @Override
    public void parity(int z, int slot) {
        for (int lane = 0; lane < lanes; lane++) {
            double r = c[slot * lanes + lane];
            double x = c[(slot + 1) * lanes + lane];
            for (int row = 0; row < rows; row++) {
                int p = (row << shift) + lane;
                double y = x * (1 - 2 * (Integer.bitCount(row & z) & 1));
                double ar = re[p];
                double ai = im[p];
                re[p] = fma(-ai, y, ar * r);
                im[p] = fma(ai, r, ar * y);
            }
        }
    }

    /**
     * With n = -sin(angle/2) and P's matrix element u = i^turns (-1)^(k.z) from k: {@code a' = cos
     * a + i n u b} and the other way round. i u is real where turns is odd.
     */
    @Override
    public void rotation(LaneStep.Rotation step) {
        int high = Integer.highestOneBit(step.x()) << shift;
        int flip = step.x() << shift;
        int z = step.z();
        int turns = step.turns() + 1 & 3;
        // The sign on the way from the row with the high bit, relative to the other way.
        int sign = turns >= 2 ? -1 : 1;
        int other = (Integer.bitCount(step.x() & z) & 1) == 0 ? 1 : -1;
        for (int lane = 0; lane < lanes; lane++) {
            double r = c[step.slot() * lanes + lane];
            double n = c[(step.slot() + 1) * lanes + lane];
            int i = 0;
            for (int k = 0; k < rows / 2; k++) {
                int p = lane + i;
                int q = p ^ flip;
                double u = n * (sign * (1 - 2 * (Integer.bitCount(i >> shift & z) & 1)));
                double v = u * other;
                double ar = re[p];
                double ai = im[p];
                double br = re[q];
                double bi = im[q];
                if ((turns & 1) == 0) {
                    re[p] = fma(br, v, ar * r);
                    im[p] = fma(bi, v, ai * r);
                    re[q] = fma(ar, u, br * r);
                    im[q] = fma(ai, u, bi * r);
                } else {
                    re[p] = fma(-bi, v, ar * r);
                    im[p] = fma(br, v, ai * r);
                    re[q] = fma(-ai, u, br * r);
                    im[q] = fma(ar, u, bi * r);
                }
                i = ((i | high) + lanes) & ~high;
            }
        }
    }

    // ---- several qubits -------------------------------------------------------------------

    @Override
    public void dense(LaneStep.Dense step) {
        int[] offsets = step.offsets();
        int fixed = step.fixed() << shift;
        int count = rows >> Integer.bitCount(fixed);
        for (int lane = 0; lane < lanes; lane++) {
            int begin = (step.value() << shift) + lane;
            int i = 0;
            for (int k = 0; k < count; k++) {
                int p = begin + i;
                for (int j = 0; j < offsets.length; j++) {
                    int from = p + (offsets[j] << shift);
                    inRe[j] = re[from];
                    inIm[j] = im[from];
                }
                for (int row = 0; row < step.rows().length; row++) {
                    int number = step.rows()[row];
                    int at = (step.slot() + 2 * number * offsets.length) * lanes + lane;
                    sums(step.columns()[row], at, p + (offsets[number] << shift));
                }
                i = ((i | fixed) + lanes) & ~fixed;
            }
        }
    }

    /** One entry of a product of a matrix and a vector: {@code sum over j of m[j] in[j]}. */
    private void sums(int[] columns, int at, int to) {
        double sumRe = 0;
        double sumIm = 0;
        for (int j : columns) {
            double r = c[at + 2 * j * lanes];
            double x = c[at + (2 * j + 1) * lanes];
            sumRe = fma(-inIm[j], x, fma(inRe[j], r, sumRe));
            sumIm = fma(inIm[j], r, fma(inRe[j], x, sumIm));
        }
        re[to] = sumRe;
        im[to] = sumIm;
    }

    // ---- reading --------------------------------------------------------------------------

    @Override
    public void read(int x, double[] weightRe, double @Nullable [] weightIm, double[] sums) {
        int high = Integer.highestOneBit(x) << shift;
        int flip = x << shift;
        for (int lane = 0; lane < lanes; lane++) {
            int i = 0;
            for (int from = 0; from < weightRe.length; from += CHAIN) {
                int to = Math.min(from + CHAIN, weightRe.length);
                double sum = 0;
                for (int k = from; k < to; k++) {
                    int p = i + lane;
                    int q = p ^ flip;
                    double real = fma(im[p], im[q], re[p] * re[q]);
                    sum = fma(real, weightRe[k], sum);
                    if (weightIm != null) {
                        double imaginary = fma(im[p], re[q], -re[p] * im[q]);
                        sum = fma(imaginary, weightIm[k], sum);
                    }
                    i = ((i | high) + lanes) & ~high;
                }
                sums[lane] += sum;
            }
        }
    }
}
