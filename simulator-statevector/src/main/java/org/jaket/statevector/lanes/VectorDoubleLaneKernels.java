package org.jaket.statevector.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Double-precision kernels on the Vector API. The single-precision class is this one with the
 * element type exchanged; a test holds the two texts side by side.
 *
 * <p>The outer loop is over the registers of a row, so that coefficients stay in registers while
 * the inner one goes through the rows. A loop over the rows whose number has certain bits fixed
 * steps with {@code i = ((i | fixed) + 1) & ~fixed}, all shifted to the offset of the row.
 *
 * <p>Accesses are written out: through helper methods the JIT stops scalarising registers.
 */
final class VectorDoubleLaneKernels implements LaneKernels {
    private static final VectorSpecies<Double> SPECIES =
            VectorWidth.species(DoubleVector.SPECIES_PREFERRED);

    /** How many lanes a register holds. */
    static final int LENGTH = SPECIES.length();

    /** Rows summed before a partial sum moves to a double. */
    private static final int CHAIN = 64;

    private final int lanes;
    private final int shift;
    private final int rows;
    private final double[] re;
    private final double[] im;
    private final double[] c;
    private final double[] part = new double[LENGTH];

    /** The operands of one group of rows of a {@link LaneStep.Dense}. */
    private final double[] inRe;

    private final double[] inIm;

    /**
     * Kernels with memory.
     *
     * @param lanes a power of two, at least the length of a register
     * @param slots how many coefficients there are
     * @param widest rows of the largest matrix
     */
    VectorDoubleLaneKernels(int qubits, int lanes, int slots, int widest) {
        this.lanes = lanes;
        shift = Integer.numberOfTrailingZeros(lanes);
        rows = 1 << qubits;
        re = new double[rows * lanes];
        im = new double[rows * lanes];
        c = new double[slots * lanes];
        inRe = new double[widest * LENGTH];
        inIm = new double[widest * LENGTH];
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
        for (int lane = 0; lane < lanes; lane += LENGTH) {
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
        DoubleVector r00 = DoubleVector.fromArray(SPECIES, c, at);
        DoubleVector r01 = DoubleVector.fromArray(SPECIES, c, at + 2 * lanes);
        DoubleVector r10 = DoubleVector.fromArray(SPECIES, c, at + 4 * lanes);
        DoubleVector r11 = DoubleVector.fromArray(SPECIES, c, at + 6 * lanes);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = from + i;
            DoubleVector a = DoubleVector.fromArray(SPECIES, s, p);
            DoubleVector b = DoubleVector.fromArray(SPECIES, s, p + bit);
            b.fma(r01, a.mul(r00)).intoArray(s, p + first);
            b.fma(r11, a.mul(r10)).intoArray(s, p + (bit - first));
            i = ((i | fixed) + lanes) & ~fixed;
        }
    }

    /** The same with complex m10 and m11. */
    private void halfReal(int from, int count, int bit, int fixed, int first, int at) {
        DoubleVector r00 = DoubleVector.fromArray(SPECIES, c, at);
        DoubleVector r01 = DoubleVector.fromArray(SPECIES, c, at + 2 * lanes);
        DoubleVector r10 = DoubleVector.fromArray(SPECIES, c, at + 4 * lanes);
        DoubleVector i10 = DoubleVector.fromArray(SPECIES, c, at + 5 * lanes);
        DoubleVector r11 = DoubleVector.fromArray(SPECIES, c, at + 6 * lanes);
        DoubleVector i11 = DoubleVector.fromArray(SPECIES, c, at + 7 * lanes);
        DoubleVector n10 = i10.neg();
        DoubleVector n11 = i11.neg();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = from + i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
            DoubleVector br = DoubleVector.fromArray(SPECIES, re, p + bit);
            DoubleVector bi = DoubleVector.fromArray(SPECIES, im, p + bit);
            br.fma(r01, ar.mul(r00)).intoArray(re, p + first);
            bi.fma(r01, ai.mul(r00)).intoArray(im, p + first);
            bi.fma(n11, br.fma(r11, ai.fma(n10, ar.mul(r10)))).intoArray(re, p + (bit - first));
            bi.fma(r11, br.fma(i11, ai.fma(r10, ar.mul(i10)))).intoArray(im, p + (bit - first));
            i = ((i | fixed) + lanes) & ~fixed;
        }
    }

    /** The same with all entries complex. */
    private void complex(int from, int count, int bit, int fixed, int first, int at) {
        DoubleVector r00 = DoubleVector.fromArray(SPECIES, c, at);
        DoubleVector i00 = DoubleVector.fromArray(SPECIES, c, at + lanes);
        DoubleVector r01 = DoubleVector.fromArray(SPECIES, c, at + 2 * lanes);
        DoubleVector i01 = DoubleVector.fromArray(SPECIES, c, at + 3 * lanes);
        DoubleVector r10 = DoubleVector.fromArray(SPECIES, c, at + 4 * lanes);
        DoubleVector i10 = DoubleVector.fromArray(SPECIES, c, at + 5 * lanes);
        DoubleVector r11 = DoubleVector.fromArray(SPECIES, c, at + 6 * lanes);
        DoubleVector i11 = DoubleVector.fromArray(SPECIES, c, at + 7 * lanes);
        DoubleVector n00 = i00.neg();
        DoubleVector n01 = i01.neg();
        DoubleVector n10 = i10.neg();
        DoubleVector n11 = i11.neg();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = from + i;
            DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
            DoubleVector br = DoubleVector.fromArray(SPECIES, re, p + bit);
            DoubleVector bi = DoubleVector.fromArray(SPECIES, im, p + bit);
            bi.fma(n01, br.fma(r01, ai.fma(n00, ar.mul(r00)))).intoArray(re, p + first);
            bi.fma(r01, br.fma(i01, ai.fma(r00, ar.mul(i00)))).intoArray(im, p + first);
            bi.fma(n11, br.fma(r11, ai.fma(n10, ar.mul(r10)))).intoArray(re, p + (bit - first));
            bi.fma(r11, br.fma(i11, ai.fma(r10, ar.mul(i10)))).intoArray(im, p + (bit - first));
            i = ((i | fixed) + lanes) & ~fixed;
        }
    }

    // ---- phases and permutations ----------------------------------------------------------

    @Override
    public void phase(int mask, int value, int slot) {
        int fixed = mask << shift;
        int begin = value << shift;
        int count = rows >> Integer.bitCount(mask);
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, c, slot * lanes + lane);
            DoubleVector x = DoubleVector.fromArray(SPECIES, c, (slot + 1) * lanes + lane);
            DoubleVector n = x.neg();
            int i = 0;
            for (int k = 0; k < count; k++) {
                int p = begin + lane + i;
                DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
                DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
                ai.fma(n, ar.mul(r)).intoArray(re, p);
                ai.fma(r, ar.mul(x)).intoArray(im, p);
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
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            int i = 0;
            for (int k = 0; k < count; k++) {
                int p = begin + lane + i;
                int q = p ^ flip;
                DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
                DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
                DoubleVector br = DoubleVector.fromArray(SPECIES, re, q);
                DoubleVector bi = DoubleVector.fromArray(SPECIES, im, q);
                br.intoArray(re, p);
                bi.intoArray(im, p);
                ar.intoArray(re, q);
                ai.intoArray(im, q);
                i = ((i | fixed) + lanes) & ~fixed;
            }
        }
    }

    @Override
    public void parity(int z, int slot) {
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, c, slot * lanes + lane);
            DoubleVector x = DoubleVector.fromArray(SPECIES, c, (slot + 1) * lanes + lane);
            for (int row = 0; row < rows; row++) {
                int p = (row << shift) + lane;
                DoubleVector y = x.mul(1 - 2 * (Integer.bitCount(row & z) & 1));
                DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
                DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
                ai.fma(y.neg(), ar.mul(r)).intoArray(re, p);
                ai.fma(r, ar.mul(y)).intoArray(im, p);
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
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, c, step.slot() * lanes + lane);
            DoubleVector n = DoubleVector.fromArray(SPECIES, c, (step.slot() + 1) * lanes + lane);
            int i = 0;
            for (int k = 0; k < rows / 2; k++) {
                int p = lane + i;
                int q = p ^ flip;
                DoubleVector u = n.mul(sign * (1 - 2 * (Integer.bitCount(i >> shift & z) & 1)));
                DoubleVector v = u.mul(other);
                DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
                DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
                DoubleVector br = DoubleVector.fromArray(SPECIES, re, q);
                DoubleVector bi = DoubleVector.fromArray(SPECIES, im, q);
                if ((turns & 1) == 0) {
                    br.fma(v, ar.mul(r)).intoArray(re, p);
                    bi.fma(v, ai.mul(r)).intoArray(im, p);
                    ar.fma(u, br.mul(r)).intoArray(re, q);
                    ai.fma(u, bi.mul(r)).intoArray(im, q);
                } else {
                    bi.fma(v.neg(), ar.mul(r)).intoArray(re, p);
                    br.fma(v, ai.mul(r)).intoArray(im, p);
                    ai.fma(u.neg(), br.mul(r)).intoArray(re, q);
                    ar.fma(u, bi.mul(r)).intoArray(im, q);
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
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            int begin = (step.value() << shift) + lane;
            int i = 0;
            for (int k = 0; k < count; k++) {
                int p = begin + i;
                for (int j = 0; j < offsets.length; j++) {
                    int from = p + (offsets[j] << shift);
                    DoubleVector.fromArray(SPECIES, re, from).intoArray(inRe, j * LENGTH);
                    DoubleVector.fromArray(SPECIES, im, from).intoArray(inIm, j * LENGTH);
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
        DoubleVector sumRe = DoubleVector.zero(SPECIES);
        DoubleVector sumIm = DoubleVector.zero(SPECIES);
        for (int j : columns) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, c, at + 2 * j * lanes);
            DoubleVector x = DoubleVector.fromArray(SPECIES, c, at + (2 * j + 1) * lanes);
            DoubleVector ar = DoubleVector.fromArray(SPECIES, inRe, j * LENGTH);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, inIm, j * LENGTH);
            sumRe = ai.fma(x.neg(), ar.fma(r, sumRe));
            sumIm = ai.fma(r, ar.fma(x, sumIm));
        }
        sumRe.intoArray(re, to);
        sumIm.intoArray(im, to);
    }

    // ---- reading --------------------------------------------------------------------------

    @Override
    public void read(int x, double[] weightRe, double @Nullable [] weightIm, double[] sums) {
        int high = Integer.highestOneBit(x) << shift;
        int flip = x << shift;
        for (int lane = 0; lane < lanes; lane += LENGTH) {
            int i = 0;
            for (int from = 0; from < weightRe.length; from += CHAIN) {
                int to = Math.min(from + CHAIN, weightRe.length);
                if (x == 0) {
                    squares(weightRe, from, to, lane);
                } else if (weightIm == null) {
                    i = products(weightRe, from, to, lane, i, high, flip);
                } else {
                    i = products(weightRe, weightIm, from, to, lane, i, high, flip);
                }
                for (int k = 0; k < LENGTH; k++) {
                    sums[lane + k] += part[k];
                }
            }
        }
    }

    private void squares(double[] weights, int from, int to, int lane) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int p = (k << shift) + lane;
            DoubleVector w = DoubleVector.broadcast(SPECIES, weights[k]);
            DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
            sum = ai.fma(ai, ar.mul(ar)).fma(w, sum);
        }
        sum.intoArray(part, 0);
    }

    /** {@code Re(conj(b) a)} with weights; returns where the next rows begin. */
    private int products(
            double[] weights, int from, int to, int lane, int begin, int high, int flip) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        int i = begin;
        for (int k = from; k < to; k++) {
            int p = i + lane;
            int q = p ^ flip;
            DoubleVector w = DoubleVector.broadcast(SPECIES, weights[k]);
            DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
            DoubleVector br = DoubleVector.fromArray(SPECIES, re, q);
            DoubleVector bi = DoubleVector.fromArray(SPECIES, im, q);
            sum = ai.fma(bi, ar.mul(br)).fma(w, sum);
            i = ((i | high) + lanes) & ~high;
        }
        sum.intoArray(part, 0);
        return i;
    }

    /** The same with {@code Im(conj(b) a)} too. */
    private int products(
            double[] weights,
            double[] weightsIm,
            int from,
            int to,
            int lane,
            int begin,
            int high,
            int flip) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        int i = begin;
        for (int k = from; k < to; k++) {
            int p = i + lane;
            int q = p ^ flip;
            DoubleVector w = DoubleVector.broadcast(SPECIES, weights[k]);
            DoubleVector v = DoubleVector.broadcast(SPECIES, weightsIm[k]);
            DoubleVector ar = DoubleVector.fromArray(SPECIES, re, p);
            DoubleVector ai = DoubleVector.fromArray(SPECIES, im, p);
            DoubleVector br = DoubleVector.fromArray(SPECIES, re, q);
            DoubleVector bi = DoubleVector.fromArray(SPECIES, im, q);
            sum = ai.fma(bi, ar.mul(br)).fma(w, sum);
            sum = ai.fma(br, ar.mul(bi).neg()).fma(v, sum);
            i = ((i | high) + lanes) & ~high;
        }
        sum.intoArray(part, 0);
        return i;
    }
}
