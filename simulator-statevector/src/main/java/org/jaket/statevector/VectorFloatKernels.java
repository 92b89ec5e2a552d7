package org.jaket.statevector;

import static org.jaket.statevector.FloatLanes.BITS;
import static org.jaket.statevector.FloatLanes.LENGTH;
import static org.jaket.statevector.FloatLanes.SHIFT;
import static org.jaket.statevector.FloatLanes.SPECIES;
import static org.jaket.statevector.FloatLanes.exchange;
import static org.jaket.statevector.FloatLanes.load;
import static org.jaket.statevector.FloatLanes.select;
import static org.jaket.statevector.FloatLanes.signs;
import static org.jaket.statevector.FloatLanes.splat;
import static org.jaket.statevector.FloatLanes.store;
import static org.jaket.statevector.FloatLanes.sum;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Single-precision kernels on the Vector API. The double-precision class is this one with the
 * element type exchanged; a test holds the two texts side by side.
 *
 * <p>The lowest {@code BITS} qubits live inside a register (in lane), the others select registers.
 * A loop over the registers whose index has certain bits fixed steps with {@code i = ((i | fixed) +
 * step) & ~fixed}: the carry runs through the fixed bits. All offsets are in bytes.
 */
final class VectorFloatKernels implements Kernels {
    private static final long STEP = (long) LENGTH << SHIFT;
    private static final long LANES = LENGTH - 1;

    /** Registers summed before a partial sum moves to a double. */
    private static final int CHAIN = 64;

    private static final VectorShuffle<Float> SWAP0 = exchange(1);
    private static final VectorShuffle<Float> SWAP1 = exchange(2);
    private static final VectorShuffle<Float> SWAP2 = exchange(4);
    private static final VectorShuffle<Float> SWAP3 = exchange(8);

    @Override
    public Precision precision() {
        return Precision.SINGLE;
    }

    @Override
    public int laneBits() {
        return BITS;
    }

    // ---- real rotations -------------------------------------------------------------------

    @Override
    public void shear(Tile tile, int[] qubits, double[] tangents, long flip) {
        int n = qubits.length;
        int[] q = new int[n];
        double[] t = new double[n];
        double[] inLane = new double[BITS];
        boolean anyInLane = false;
        int count = 0;
        for (int k = 0; k < n; k++) {
            if (qubits[k] < BITS) {
                inLane[qubits[k]] = tangents[k];
                anyInLane = true;
            } else {
                q[count] = qubits[k];
                t[count++] = tangents[k];
            }
        }
        if (anyInLane) {
            shearLanes(tile.re(), tile, inLane, flip & LANES);
            shearLanes(tile.im(), tile, inLane, flip & LANES);
        }
        int k = 0;
        for (; count - k >= 3 && count - k != 4; k += 3) {
            shear3(tile.re(), tile, q, t, k, flip);
            shear3(tile.im(), tile, q, t, k, flip);
        }
        for (; count - k >= 2; k += 2) {
            shear2(tile.re(), tile, q[k], q[k + 1], t[k], t[k + 1], flip);
            shear2(tile.im(), tile, q[k], q[k + 1], t[k], t[k + 1], flip);
        }
        if (k < count) {
            shear1(tile.re(), tile, q[k], t[k], flip);
            shear1(tile.im(), tile, q[k], t[k], flip);
        }
    }

    /** All in-lane rotations in one pass: v' = stay v + move swap(v), per qubit. */
    private static void shearLanes(MemorySegment s, Tile tile, double[] tangents, long flip) {
        FloatVector one = splat(1);
        FloatVector t0 = signs(1).neg().mul(splat(tangents[0]));
        FloatVector stay0 = (flip & 1) == 0 ? one : t0;
        FloatVector move0 = (flip & 1) == 0 ? t0 : one;
        FloatVector t1 = BITS > 1 ? signs(2).neg().mul(splat(tangents[1])) : one;
        FloatVector stay1 = (flip & 2) == 0 ? one : t1;
        FloatVector move1 = (flip & 2) == 0 ? t1 : one;
        FloatVector t2 = BITS > 2 ? signs(4).neg().mul(splat(tangents[2])) : one;
        FloatVector stay2 = (flip & 4) == 0 ? one : t2;
        FloatVector move2 = (flip & 4) == 0 ? t2 : one;
        FloatVector t3 = BITS > 3 ? signs(8).neg().mul(splat(tangents[3])) : one;
        FloatVector stay3 = (flip & 8) == 0 ? one : t3;
        FloatVector move3 = (flip & 8) == 0 ? t3 : one;
        long begin = tile.first() << SHIFT;
        long end = begin + (tile.length() << SHIFT);
        for (long i = begin; i < end; i += STEP) {
            FloatVector v = load(s, i);
            v = v.rearrange(SWAP0).fma(move0, v.mul(stay0));
            if (BITS > 1) {
                v = v.rearrange(SWAP1).fma(move1, v.mul(stay1));
            }
            if (BITS > 2) {
                v = v.rearrange(SWAP2).fma(move2, v.mul(stay2));
            }
            if (BITS > 3) {
                v = v.rearrange(SWAP3).fma(move3, v.mul(stay3));
            }
            store(v, s, i);
        }
    }

    private static void shear1(MemorySegment s, Tile tile, int q, double tangent, long flip) {
        FloatVector t = splat(tangent);
        FloatVector n = splat(-tangent);
        long o = 1L << (q + SHIFT);
        long f = (flip << SHIFT) & o;
        long i = 0;
        long begin = tile.first() << SHIFT;
        int count = 1 << (tile.qubits() - BITS - 1);
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            FloatVector a = load(s, p + f);
            FloatVector b = load(s, p + (f ^ o));
            store(b.fma(n, a), s, p);
            store(a.fma(t, b), s, p + o);
            i = ((i | o) + STEP) & ~o;
        }
    }

    private static void shear2(
            MemorySegment s, Tile tile, int q0, int q1, double tangent0, double tangent1, long flip) {
        FloatVector t0 = splat(tangent0);
        FloatVector n0 = splat(-tangent0);
        FloatVector t1 = splat(tangent1);
        FloatVector n1 = splat(-tangent1);
        long o0 = 1L << (q0 + SHIFT);
        long o1 = 1L << (q1 + SHIFT);
        long fixed = o0 | o1;
        long f = (flip << SHIFT) & fixed;
        long l0 = (f & o0) == 0 ? o0 : -o0;
        long l1 = (f & o1) == 0 ? o1 : -o1;
        long i = 0;
        long begin = tile.first() << SHIFT;
        int count = 1 << (tile.qubits() - BITS - 2);
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            long r = p + f;
            FloatVector a0 = load(s, r);
            FloatVector a1 = load(s, r + l0);
            FloatVector a2 = load(s, r + l1);
            FloatVector a3 = load(s, r + l0 + l1);
            FloatVector b0 = a1.fma(n0, a0);
            FloatVector b1 = a0.fma(t0, a1);
            FloatVector b2 = a3.fma(n0, a2);
            FloatVector b3 = a2.fma(t0, a3);
            store(b2.fma(n1, b0), s, p);
            store(b3.fma(n1, b1), s, p + o0);
            store(b0.fma(t1, b2), s, p + o1);
            store(b1.fma(t1, b3), s, p + fixed);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    /**
     * Three rotations on eight registers: one load and one store for three multiply-adds. Four on
     * sixteen would need fewer passes, but with so many segment accesses the JIT stops inlining.
     */
    private static void shear3(
            MemorySegment s, Tile tile, int[] q, double[] tangents, int at, long flip) {
        FloatVector t0 = splat(tangents[at]);
        FloatVector n0 = splat(-tangents[at]);
        FloatVector t1 = splat(tangents[at + 1]);
        FloatVector n1 = splat(-tangents[at + 1]);
        FloatVector t2 = splat(tangents[at + 2]);
        FloatVector n2 = splat(-tangents[at + 2]);
        long o0 = 1L << (q[at] + SHIFT);
        long o1 = 1L << (q[at + 1] + SHIFT);
        long o2 = 1L << (q[at + 2] + SHIFT);
        long fixed = o0 | o1 | o2;
        long f = (flip << SHIFT) & fixed;
        long l0 = (f & o0) == 0 ? o0 : -o0;
        long l1 = (f & o1) == 0 ? o1 : -o1;
        long l2 = (f & o2) == 0 ? o2 : -o2;
        long i = 0;
        long begin = tile.first() << SHIFT;
        int count = 1 << (tile.qubits() - BITS - 3);
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            long r = p + f;
            long u = r + l2;
            FloatVector a0 = load(s, r);
            FloatVector a1 = load(s, r + l0);
            FloatVector a2 = load(s, r + l1);
            FloatVector a3 = load(s, r + l0 + l1);
            FloatVector a4 = load(s, u);
            FloatVector a5 = load(s, u + l0);
            FloatVector a6 = load(s, u + l1);
            FloatVector a7 = load(s, u + l0 + l1);

            FloatVector b0 = a1.fma(n0, a0);
            FloatVector b1 = a0.fma(t0, a1);
            FloatVector b2 = a3.fma(n0, a2);
            FloatVector b3 = a2.fma(t0, a3);
            FloatVector b4 = a5.fma(n0, a4);
            FloatVector b5 = a4.fma(t0, a5);
            FloatVector b6 = a7.fma(n0, a6);
            FloatVector b7 = a6.fma(t0, a7);

            a0 = b2.fma(n1, b0);
            a2 = b0.fma(t1, b2);
            a1 = b3.fma(n1, b1);
            a3 = b1.fma(t1, b3);
            a4 = b6.fma(n1, b4);
            a6 = b4.fma(t1, b6);
            a5 = b7.fma(n1, b5);
            a7 = b5.fma(t1, b7);

            u = p + o2;
            store(a4.fma(n2, a0), s, p);
            store(a5.fma(n2, a1), s, p + o0);
            store(a6.fma(n2, a2), s, p + o1);
            store(a7.fma(n2, a3), s, p + o0 + o1);
            store(a0.fma(t2, a4), s, u);
            store(a1.fma(t2, a5), s, u + o0);
            store(a2.fma(t2, a6), s, u + o1);
            store(a3.fma(t2, a7), s, u + o0 + o1);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    // ---- diagonals ------------------------------------------------------------------------

    @Override
    public void diagonal(Tile tile, PhaseTables tables) {
        int high = 1 << (tile.qubits() - tables.lowBits);
        int low = 1 << tables.lowBits;
        for (int h = 0; h < high; h++) {
            long begin = (tile.first() + ((long) h << tables.lowBits)) << SHIFT;
            double re = tables.highRe[h];
            double im = tables.highIm[h];
            int variant = tables.variant[h];
            if (variant >= 0) {
                multiplyTable(
                        tile.re(),
                        tile.im(),
                        begin,
                        low,
                        tables.lowReFloat,
                        tables.lowImFloat,
                        variant,
                        re,
                        im);
            } else if (re != 1 || im != 0) {
                multiplyConstant(tile.re(), tile.im(), begin, low, re, im);
            }
        }
    }

    private static void multiplyTable(
            MemorySegment re,
            MemorySegment im,
            long begin,
            int length,
            float[] tableRe,
            float[] tableIm,
            int at,
            double cr,
            double ci) {
        FloatVector hr = splat(cr);
        FloatVector hi = splat(ci);
        FloatVector nhi = splat(-ci);
        for (int l = 0; l < length; l += LENGTH) {
            long p = begin + ((long) l << SHIFT);
            FloatVector lr = FloatVector.fromArray(SPECIES, tableRe, at + l);
            FloatVector li = FloatVector.fromArray(SPECIES, tableIm, at + l);
            FloatVector fr = li.fma(nhi, lr.mul(hr));
            FloatVector fi = li.fma(hr, lr.mul(hi));
            FloatVector r = load(re, p);
            FloatVector i = load(im, p);
            store(r.mul(fr).sub(i.mul(fi)), re, p);
            store(r.fma(fi, i.mul(fr)), im, p);
        }
    }

    private static void multiplyConstant(
            MemorySegment re, MemorySegment im, long begin, int length, double cr, double ci) {
        FloatVector hr = splat(cr);
        FloatVector hi = splat(ci);
        FloatVector nhi = splat(-ci);
        for (int l = 0; l < length; l += LENGTH) {
            long p = begin + ((long) l << SHIFT);
            FloatVector r = load(re, p);
            FloatVector i = load(im, p);
            store(i.fma(nhi, r.mul(hr)), re, p);
            store(r.fma(hi, i.mul(hr)), im, p);
        }
    }

    @Override
    public void phase(Tile tile, long mask, long value, double re, double im) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        long fixed = (mask & ~LANES) << SHIFT;
        long begin = (tile.first() + (value & ~LANES)) << SHIFT;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(mask & ~LANES));
        FloatVector hr = splat(1).blend(splat(re), active);
        FloatVector hi = splat(0).blend(splat(im), active);
        FloatVector nhi = hi.neg();
        MemorySegment real = tile.re();
        MemorySegment imag = tile.im();
        long i = 0;
        if (im == 0) {
            for (int k = 0; k < count; k++) {
                long p = begin + i;
                store(load(real, p).mul(hr), real, p);
                store(load(imag, p).mul(hr), imag, p);
                i = ((i | fixed) + STEP) & ~fixed;
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            FloatVector x = load(real, p);
            FloatVector y = load(imag, p);
            store(y.fma(nhi, x.mul(hr)), real, p);
            store(x.fma(hi, y.mul(hr)), imag, p);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    // ---- dense matrices -------------------------------------------------------------------

    @Override
    public void dense1(Tile tile, int qubit, long mask, long value, double[] m) {
        if (qubit < BITS) {
            dense1InLane(tile, qubit, mask, value, m);
        } else if (m[1] == 0 && m[3] == 0 && m[5] == 0 && m[7] == 0) {
            real1(tile.re(), tile, qubit, mask, value, m);
            real1(tile.im(), tile, qubit, mask, value, m);
        } else {
            dense1Strided(tile, qubit, mask, value, m);
        }
    }

    private static void real1(
            MemorySegment s, Tile tile, int qubit, long mask, long value, double[] m) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        FloatVector m00 = splat(1).blend(splat(m[0]), active);
        FloatVector m01 = splat(0).blend(splat(m[2]), active);
        FloatVector m10 = splat(0).blend(splat(m[4]), active);
        FloatVector m11 = splat(1).blend(splat(m[6]), active);
        long o = 1L << (qubit + SHIFT);
        long fixed = ((mask & ~LANES) << SHIFT) | o;
        long begin = (tile.first() + (value & ~LANES)) << SHIFT;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
        long i = 0;
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            FloatVector a = load(s, p);
            FloatVector b = load(s, p + o);
            store(b.fma(m01, a.mul(m00)), s, p);
            store(b.fma(m11, a.mul(m10)), s, p + o);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    private static void dense1Strided(Tile tile, int qubit, long mask, long value, double[] m) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        FloatVector r00 = splat(1).blend(splat(m[0]), active);
        FloatVector i00 = splat(0).blend(splat(m[1]), active);
        FloatVector r01 = splat(0).blend(splat(m[2]), active);
        FloatVector i01 = splat(0).blend(splat(m[3]), active);
        FloatVector r10 = splat(0).blend(splat(m[4]), active);
        FloatVector i10 = splat(0).blend(splat(m[5]), active);
        FloatVector r11 = splat(1).blend(splat(m[6]), active);
        FloatVector i11 = splat(0).blend(splat(m[7]), active);
        FloatVector n00 = i00.neg();
        FloatVector n01 = i01.neg();
        FloatVector n10 = i10.neg();
        FloatVector n11 = i11.neg();
        long o = 1L << (qubit + SHIFT);
        long fixed = ((mask & ~LANES) << SHIFT) | o;
        long begin = (tile.first() + (value & ~LANES)) << SHIFT;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        long i = 0;
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            FloatVector ar = load(re, p);
            FloatVector ai = load(im, p);
            FloatVector br = load(re, p + o);
            FloatVector bi = load(im, p + o);
            store(bi.fma(n01, br.fma(r01, ai.fma(n00, ar.mul(r00)))), re, p);
            store(bi.fma(r01, br.fma(i01, ai.fma(r00, ar.mul(i00)))), im, p);
            store(bi.fma(n11, br.fma(r11, ai.fma(n10, ar.mul(r10)))), re, p + o);
            store(bi.fma(r11, br.fma(i11, ai.fma(r10, ar.mul(i10)))), im, p + o);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    /** v' = stay v + move swap(v), with complex coefficients per lane. */
    private static void dense1InLane(Tile tile, int qubit, long mask, long value, double[] m) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        VectorMask<Float> one = select(1L << qubit, 1L << qubit);
        FloatVector sr = splat(1).blend(splat(m[0]).blend(splat(m[6]), one), active);
        FloatVector si = splat(0).blend(splat(m[1]).blend(splat(m[7]), one), active);
        FloatVector mr = splat(0).blend(splat(m[2]).blend(splat(m[4]), one), active);
        FloatVector mi = splat(0).blend(splat(m[3]).blend(splat(m[5]), one), active);
        FloatVector nsi = si.neg();
        FloatVector nmi = mi.neg();
        VectorShuffle<Float> swap = exchange(1 << qubit);
        long fixed = (mask & ~LANES) << SHIFT;
        long begin = (tile.first() + (value & ~LANES)) << SHIFT;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        long i = 0;
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            FloatVector vr = load(re, p);
            FloatVector vi = load(im, p);
            FloatVector wr = vr.rearrange(swap);
            FloatVector wi = vi.rearrange(swap);
            store(wi.fma(nmi, wr.fma(mr, vi.fma(nsi, vr.mul(sr)))), re, p);
            store(wi.fma(mr, wr.fma(mi, vi.fma(sr, vr.mul(si)))), im, p);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    /**
     * Loads the registers of one group, writes every in-lane permutation of them to scratch, and
     * multiplies the coefficient registers into it, two output registers at a time.
     */
    @Override
    public void dense(Tile tile, DenseMatrix matrix) {
        DenseMatrix.Lanes plan = matrix.lanes(BITS);
        int registers = plan.registers();
        int columns = plan.columns();
        float[] cr = plan.reFloat();
        float[] ci = plan.imFloat();
        float[] vr = new float[columns * LENGTH];
        float[] vi = new float[columns * LENGTH];
        long[] offsets = new long[plan.offsets().length];
        for (int r = 0; r < offsets.length; r++) {
            offsets[r] = plan.offsets()[r] << SHIFT;
        }
        int permutations = columns / registers;
        int[] exchanges = plan.exchanges();
        long fixed = plan.fixed() << SHIFT;
        long begin = (tile.first() + plan.base()) << SHIFT;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        long i = 0;
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            for (int r = 0; r < registers; r++) {
                FloatVector x = load(re, p + offsets[r]);
                FloatVector y = load(im, p + offsets[r]);
                int at = r * permutations * LENGTH;
                x.intoArray(vr, at);
                y.intoArray(vi, at);
                for (int e = 1; e < permutations; e++) {
                    permute(x, exchanges[e]).intoArray(vr, at + e * LENGTH);
                    permute(y, exchanges[e]).intoArray(vi, at + e * LENGTH);
                }
            }
            for (int row = 0; row < registers; row += 2) {
                multiplyRows(
                        re, im, p + offsets[row], p + offsets[row + 1], cr, ci, row * columns
                                * LENGTH, vr, vi, columns * LENGTH);
            }
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    private static FloatVector permute(FloatVector v, int exchange) {
        if ((exchange & 1) != 0) {
            v = v.rearrange(SWAP0);
        }
        if (BITS > 1 && (exchange & 2) != 0) {
            v = v.rearrange(SWAP1);
        }
        if (BITS > 2 && (exchange & 4) != 0) {
            v = v.rearrange(SWAP2);
        }
        if (BITS > 3 && (exchange & 8) != 0) {
            v = v.rearrange(SWAP3);
        }
        return v;
    }

    private static void multiplyRows(
            MemorySegment re,
            MemorySegment im,
            long p,
            long q,
            float[] cr,
            float[] ci,
            int at,
            float[] vr,
            float[] vi,
            int length) {
        FloatVector pr = splat(0);
        FloatVector pi = splat(0);
        FloatVector qr = splat(0);
        FloatVector qi = splat(0);
        FloatVector ps = splat(0);
        FloatVector qs = splat(0);
        for (int c = 0; c < length; c += LENGTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, vr, c);
            FloatVector y = FloatVector.fromArray(SPECIES, vi, c);
            FloatVector r = FloatVector.fromArray(SPECIES, cr, at + c);
            FloatVector s = FloatVector.fromArray(SPECIES, ci, at + c);
            pr = x.fma(r, pr);
            ps = y.fma(s, ps);
            pi = y.fma(r, x.fma(s, pi));
            r = FloatVector.fromArray(SPECIES, cr, at + length + c);
            s = FloatVector.fromArray(SPECIES, ci, at + length + c);
            qr = x.fma(r, qr);
            qs = y.fma(s, qs);
            qi = y.fma(r, x.fma(s, qi));
        }
        store(pr.sub(ps), re, p);
        store(pi, im, p);
        store(qr.sub(qs), re, q);
        store(qi, im, q);
    }

    // ---- permutations ---------------------------------------------------------------------

    @Override
    public void flip(Tile tile, int qubit, long mask, long value) {
        flip(tile.re(), tile, qubit, mask, value);
        flip(tile.im(), tile, qubit, mask, value);
    }

    private static void flip(MemorySegment s, Tile tile, int qubit, long mask, long value) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        long begin = (tile.first() + (value & ~LANES)) << SHIFT;
        long i = 0;
        if (qubit < BITS) {
            VectorShuffle<Float> swap = exchange(1 << qubit);
            long fixed = (mask & ~LANES) << SHIFT;
            int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
            for (int k = 0; k < count; k++) {
                long p = begin + i;
                FloatVector v = load(s, p);
                store(v.blend(v.rearrange(swap), active), s, p);
                i = ((i | fixed) + STEP) & ~fixed;
            }
            return;
        }
        long o = 1L << (qubit + SHIFT);
        long fixed = ((mask & ~LANES) << SHIFT) | o;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            FloatVector a = load(s, p);
            FloatVector b = load(s, p + o);
            store(a.blend(b, active), s, p);
            store(b.blend(a, active), s, p + o);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    @Override
    public void swap(Tile tile, int a, int b, long mask, long value) {
        if (a < BITS || b < BITS) {
            flip(tile, a, 1L << b, 1L << b);
            flip(tile, b, mask | 1L << a, value | 1L << a);
            flip(tile, a, 1L << b, 1L << b);
            return;
        }
        swap(tile.re(), tile, a, b, mask, value);
        swap(tile.im(), tile, a, b, mask, value);
    }

    private static void swap(MemorySegment s, Tile tile, int a, int b, long mask, long value) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        long oa = 1L << (a + SHIFT);
        long ob = 1L << (b + SHIFT);
        long fixed = ((mask & ~LANES) << SHIFT) | oa | ob;
        long begin = (tile.first() + (value & ~LANES)) << SHIFT;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
        long i = 0;
        for (int k = 0; k < count; k++) {
            long p = begin + i;
            FloatVector x = load(s, p + oa);
            FloatVector y = load(s, p + ob);
            store(x.blend(y, active), s, p + oa);
            store(y.blend(x, active), s, p + ob);
            i = ((i | fixed) + STEP) & ~fixed;
        }
    }

    // ---- measurement and sums -------------------------------------------------------------

    @Override
    public void project(Tile tile, long mask, long value, double factor) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        FloatVector keep = splat(0).blend(splat(factor), active);
        FloatVector zero = splat(0);
        long high = mask & ~LANES;
        long wanted = value & ~LANES;
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        long length = tile.length();
        long begin = tile.first() << SHIFT;
        for (long i = 0; i < length; i += LENGTH) {
            long p = begin + (i << SHIFT);
            if ((i & high) == wanted) {
                store(load(re, p).mul(keep), re, p);
                store(load(im, p).mul(keep), im, p);
            } else {
                store(zero, re, p);
                store(zero, im, p);
            }
        }
    }

    @Override
    public double weight(Tile tile, long mask, long value) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        FloatVector keep = splat(0).blend(splat(1), active);
        long fixed = (mask & ~LANES) << SHIFT;
        long begin = (tile.first() + (value & ~LANES)) << SHIFT;
        int count = 1 << (tile.qubits() - BITS - Long.bitCount(fixed));
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        double total = 0;
        long i = 0;
        for (int k = 0; k < count; ) {
            FloatVector a = splat(0);
            FloatVector b = splat(0);
            int stop = Math.min(count, k + CHAIN);
            for (; k < stop; k++) {
                long p = begin + i;
                FloatVector x = load(re, p);
                FloatVector y = load(im, p);
                a = x.fma(x, a);
                b = y.fma(y, b);
                i = ((i | fixed) + STEP) & ~fixed;
            }
            total += sum(a.add(b).mul(keep));
        }
        return total;
    }

    @Override
    public void product(Tile bra, Tile ket, long x, long z, double[] sum, int at) {
        VectorShuffle<Float> swap = exchange((int) (x & LANES));
        FloatVector sign = signs(z & LANES);
        long xHigh = x & ~LANES;
        long zHigh = z & ~LANES;
        long length = ket.length();
        double re = 0;
        double im = 0;
        for (long i = 0; i < length; ) {
            FloatVector sr = splat(0);
            FloatVector si = splat(0);
            long stop = Math.min(length, i + (long) CHAIN * LENGTH);
            for (; i < stop; i += LENGTH) {
                long p = (ket.first() + i) << SHIFT;
                long q = (bra.first() + (i ^ xHigh)) << SHIFT;
                FloatVector kr = load(ket.re(), p);
                FloatVector ki = load(ket.im(), p);
                FloatVector br = load(bra.re(), q).rearrange(swap);
                FloatVector bi = load(bra.im(), q).rearrange(swap);
                FloatVector f = splat(1 - 2 * (Long.bitCount(i & zHigh) & 1));
                sr = bi.fma(ki, br.mul(kr)).fma(f, sr);
                si = br.mul(ki).sub(bi.mul(kr)).fma(f, si);
            }
            re += sum(sr.mul(sign));
            im += sum(si.mul(sign));
        }
        sum[at] = re;
        sum[at + 1] = im;
    }
}
