package org.jaket.statevector;

import static org.jaket.statevector.FloatLanes.BITS;
import static org.jaket.statevector.FloatLanes.LENGTH;
import static org.jaket.statevector.FloatLanes.SPECIES;
import static org.jaket.statevector.FloatLanes.exchange;
import static org.jaket.statevector.FloatLanes.select;
import static org.jaket.statevector.FloatLanes.signs;
import static org.jaket.statevector.FloatLanes.splat;
import static org.jaket.statevector.FloatLanes.sum;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

import java.lang.foreign.MemorySegment;

/**
 * Single-precision kernels on the Vector API. The double-precision class is this one with the
 * element type exchanged; a test holds the two texts side by side.
 *
 * <p>The lowest {@code BITS} qubits live inside a register (in lane), the others select registers.
 * A loop over the registers whose index has certain bits fixed steps with {@code i = ((i | fixed) +
 * step) & ~fixed}: the carry runs through the fixed bits.
 *
 * <p>Accesses are written out as {@code fromArray} and {@code intoArray}: through a helper method
 * the JIT stops scalarising the registers of the larger kernels, which costs a factor of ten.
 */
final class VectorFloatKernels implements Kernels {
    private static final int LANES = LENGTH - 1;

    /** Registers summed before a partial sum moves to a double. */
    private static final int CHAIN = 64;

    /**
     * From this qubit on sixteen registers of a group share so few sets of the first-level cache
     * that they evict each other.
     */
    private static final int CONFLICTS = 12 - FloatLanes.SHIFT;

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
    public void shear(Tile tile, int[] qubits, double[] tangents) {
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
            shearLanes(tile.reFloat(), tile, inLane);
            shearLanes(tile.imFloat(), tile, inLane);
        }
        int k = 0;
        while (k < count) {
            int group = group(q, k, count);
            shear(tile.reFloat(), tile, q, t, k, group);
            shear(tile.imFloat(), tile, q, t, k, group);
            k += group;
        }
    }

    /** How many of the next rotations run on one set of registers. */
    private static int group(int[] q, int k, int count) {
        int left = count - k;
        if (left >= 4 && q[k] < CONFLICTS) {
            return 4;
        }
        return left == 4 ? 2 : Math.min(left, 3);
    }

    private static void shear(float[] s, Tile tile, int[] q, double[] t, int at, int group) {
        switch (group) {
            case 1 -> shear1(s, tile, q, t, at);
            case 2 -> shear2(s, tile, q, t, at);
            case 3 -> shear3(s, tile, q, t, at);
            default -> shear4(s, tile, q, t, at);
        }
    }

    /**
     * All in-lane rotations in one pass: v' = v + t swap(v), with t negative where the bit is 0.
     */
    private static void shearLanes(float[] s, Tile tile, double[] tangents) {
        FloatVector t0 = signs(1).mul(splat(-tangents[0]));
        FloatVector t1 = BITS > 1 ? signs(2).mul(splat(-tangents[1])) : t0;
        FloatVector t2 = BITS > 2 ? signs(4).mul(splat(-tangents[2])) : t0;
        FloatVector t3 = BITS > 3 ? signs(8).mul(splat(-tangents[3])) : t0;
        int end = tile.first() + tile.length();
        for (int i = tile.first(); i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, s, i);
            v = v.rearrange(SWAP0).fma(t0, v);
            if (BITS > 1) {
                v = v.rearrange(SWAP1).fma(t1, v);
            }
            if (BITS > 2) {
                v = v.rearrange(SWAP2).fma(t2, v);
            }
            if (BITS > 3) {
                v = v.rearrange(SWAP3).fma(t3, v);
            }
            v.intoArray(s, i);
        }
    }

    private static void shear1(float[] s, Tile tile, int[] q, double[] tangents, int at) {
        FloatVector t0 = splat(tangents[at]);
        FloatVector n0 = splat(-tangents[at]);
        int o0 = 1 << q[at];
        int fixed = o0;
        int i = 0;
        int count = 1 << (tile.qubits() - BITS - 1);
        for (int k = 0; k < count; k++) {
            int p = tile.first() + i;
            FloatVector a0 = FloatVector.fromArray(SPECIES, s, p);
            FloatVector a1 = FloatVector.fromArray(SPECIES, s, p + o0);

            a1.fma(n0, a0).intoArray(s, p);
            a0.fma(t0, a1).intoArray(s, p + o0);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    private static void shear2(float[] s, Tile tile, int[] q, double[] tangents, int at) {
        FloatVector t0 = splat(tangents[at]);
        FloatVector n0 = splat(-tangents[at]);
        int o0 = 1 << q[at];
        FloatVector t1 = splat(tangents[at + 1]);
        FloatVector n1 = splat(-tangents[at + 1]);
        int o1 = 1 << q[at + 1];
        int fixed = o0 | o1;
        int i = 0;
        int count = 1 << (tile.qubits() - BITS - 2);
        for (int k = 0; k < count; k++) {
            int p = tile.first() + i;
            FloatVector a0 = FloatVector.fromArray(SPECIES, s, p);
            FloatVector a1 = FloatVector.fromArray(SPECIES, s, p + o0);
            FloatVector a2 = FloatVector.fromArray(SPECIES, s, p + o1);
            FloatVector a3 = FloatVector.fromArray(SPECIES, s, p + o0 + o1);

            FloatVector b0 = a1.fma(n0, a0);
            FloatVector b1 = a0.fma(t0, a1);
            FloatVector b2 = a3.fma(n0, a2);
            FloatVector b3 = a2.fma(t0, a3);

            b2.fma(n1, b0).intoArray(s, p);
            b3.fma(n1, b1).intoArray(s, p + o0);
            b0.fma(t1, b2).intoArray(s, p + o1);
            b1.fma(t1, b3).intoArray(s, p + o0 + o1);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    /** Three rotations on eight registers: one load and one store for three multiply-adds. */
    private static void shear3(float[] s, Tile tile, int[] q, double[] tangents, int at) {
        FloatVector t0 = splat(tangents[at]);
        FloatVector n0 = splat(-tangents[at]);
        int o0 = 1 << q[at];
        FloatVector t1 = splat(tangents[at + 1]);
        FloatVector n1 = splat(-tangents[at + 1]);
        int o1 = 1 << q[at + 1];
        FloatVector t2 = splat(tangents[at + 2]);
        FloatVector n2 = splat(-tangents[at + 2]);
        int o2 = 1 << q[at + 2];
        int fixed = o0 | o1 | o2;
        int i = 0;
        int count = 1 << (tile.qubits() - BITS - 3);
        for (int k = 0; k < count; k++) {
            int p = tile.first() + i;
            FloatVector a0 = FloatVector.fromArray(SPECIES, s, p);
            FloatVector a1 = FloatVector.fromArray(SPECIES, s, p + o0);
            FloatVector a2 = FloatVector.fromArray(SPECIES, s, p + o1);
            FloatVector a3 = FloatVector.fromArray(SPECIES, s, p + o0 + o1);
            FloatVector a4 = FloatVector.fromArray(SPECIES, s, p + o2);
            FloatVector a5 = FloatVector.fromArray(SPECIES, s, p + o0 + o2);
            FloatVector a6 = FloatVector.fromArray(SPECIES, s, p + o1 + o2);
            FloatVector a7 = FloatVector.fromArray(SPECIES, s, p + o0 + o1 + o2);

            FloatVector b0 = a1.fma(n0, a0);
            FloatVector b1 = a0.fma(t0, a1);
            FloatVector b2 = a3.fma(n0, a2);
            FloatVector b3 = a2.fma(t0, a3);
            FloatVector b4 = a5.fma(n0, a4);
            FloatVector b5 = a4.fma(t0, a5);
            FloatVector b6 = a7.fma(n0, a6);
            FloatVector b7 = a6.fma(t0, a7);

            a0 = b2.fma(n1, b0);
            a1 = b3.fma(n1, b1);
            a2 = b0.fma(t1, b2);
            a3 = b1.fma(t1, b3);
            a4 = b6.fma(n1, b4);
            a5 = b7.fma(n1, b5);
            a6 = b4.fma(t1, b6);
            a7 = b5.fma(t1, b7);

            a4.fma(n2, a0).intoArray(s, p);
            a5.fma(n2, a1).intoArray(s, p + o0);
            a6.fma(n2, a2).intoArray(s, p + o1);
            a7.fma(n2, a3).intoArray(s, p + o0 + o1);
            a0.fma(t2, a4).intoArray(s, p + o2);
            a1.fma(t2, a5).intoArray(s, p + o0 + o2);
            a2.fma(t2, a6).intoArray(s, p + o1 + o2);
            a3.fma(t2, a7).intoArray(s, p + o0 + o1 + o2);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    /** Four rotations on sixteen registers. */
    private static void shear4(float[] s, Tile tile, int[] q, double[] tangents, int at) {
        FloatVector t0 = splat(tangents[at]);
        FloatVector n0 = splat(-tangents[at]);
        int o0 = 1 << q[at];
        FloatVector t1 = splat(tangents[at + 1]);
        FloatVector n1 = splat(-tangents[at + 1]);
        int o1 = 1 << q[at + 1];
        FloatVector t2 = splat(tangents[at + 2]);
        FloatVector n2 = splat(-tangents[at + 2]);
        int o2 = 1 << q[at + 2];
        FloatVector t3 = splat(tangents[at + 3]);
        FloatVector n3 = splat(-tangents[at + 3]);
        int o3 = 1 << q[at + 3];
        int fixed = o0 | o1 | o2 | o3;
        int i = 0;
        int count = 1 << (tile.qubits() - BITS - 4);
        for (int k = 0; k < count; k++) {
            int p = tile.first() + i;
            FloatVector a0 = FloatVector.fromArray(SPECIES, s, p);
            FloatVector a1 = FloatVector.fromArray(SPECIES, s, p + o0);
            FloatVector a2 = FloatVector.fromArray(SPECIES, s, p + o1);
            FloatVector a3 = FloatVector.fromArray(SPECIES, s, p + o0 + o1);
            FloatVector a4 = FloatVector.fromArray(SPECIES, s, p + o2);
            FloatVector a5 = FloatVector.fromArray(SPECIES, s, p + o0 + o2);
            FloatVector a6 = FloatVector.fromArray(SPECIES, s, p + o1 + o2);
            FloatVector a7 = FloatVector.fromArray(SPECIES, s, p + o0 + o1 + o2);
            FloatVector a8 = FloatVector.fromArray(SPECIES, s, p + o3);
            FloatVector a9 = FloatVector.fromArray(SPECIES, s, p + o0 + o3);
            FloatVector a10 = FloatVector.fromArray(SPECIES, s, p + o1 + o3);
            FloatVector a11 = FloatVector.fromArray(SPECIES, s, p + o0 + o1 + o3);
            FloatVector a12 = FloatVector.fromArray(SPECIES, s, p + o2 + o3);
            FloatVector a13 = FloatVector.fromArray(SPECIES, s, p + o0 + o2 + o3);
            FloatVector a14 = FloatVector.fromArray(SPECIES, s, p + o1 + o2 + o3);
            FloatVector a15 = FloatVector.fromArray(SPECIES, s, p + o0 + o1 + o2 + o3);

            FloatVector b0 = a1.fma(n0, a0);
            FloatVector b1 = a0.fma(t0, a1);
            FloatVector b2 = a3.fma(n0, a2);
            FloatVector b3 = a2.fma(t0, a3);
            FloatVector b4 = a5.fma(n0, a4);
            FloatVector b5 = a4.fma(t0, a5);
            FloatVector b6 = a7.fma(n0, a6);
            FloatVector b7 = a6.fma(t0, a7);
            FloatVector b8 = a9.fma(n0, a8);
            FloatVector b9 = a8.fma(t0, a9);
            FloatVector b10 = a11.fma(n0, a10);
            FloatVector b11 = a10.fma(t0, a11);
            FloatVector b12 = a13.fma(n0, a12);
            FloatVector b13 = a12.fma(t0, a13);
            FloatVector b14 = a15.fma(n0, a14);
            FloatVector b15 = a14.fma(t0, a15);

            a0 = b2.fma(n1, b0);
            a1 = b3.fma(n1, b1);
            a2 = b0.fma(t1, b2);
            a3 = b1.fma(t1, b3);
            a4 = b6.fma(n1, b4);
            a5 = b7.fma(n1, b5);
            a6 = b4.fma(t1, b6);
            a7 = b5.fma(t1, b7);
            a8 = b10.fma(n1, b8);
            a9 = b11.fma(n1, b9);
            a10 = b8.fma(t1, b10);
            a11 = b9.fma(t1, b11);
            a12 = b14.fma(n1, b12);
            a13 = b15.fma(n1, b13);
            a14 = b12.fma(t1, b14);
            a15 = b13.fma(t1, b15);

            b0 = a4.fma(n2, a0);
            b1 = a5.fma(n2, a1);
            b2 = a6.fma(n2, a2);
            b3 = a7.fma(n2, a3);
            b4 = a0.fma(t2, a4);
            b5 = a1.fma(t2, a5);
            b6 = a2.fma(t2, a6);
            b7 = a3.fma(t2, a7);
            b8 = a12.fma(n2, a8);
            b9 = a13.fma(n2, a9);
            b10 = a14.fma(n2, a10);
            b11 = a15.fma(n2, a11);
            b12 = a8.fma(t2, a12);
            b13 = a9.fma(t2, a13);
            b14 = a10.fma(t2, a14);
            b15 = a11.fma(t2, a15);

            b8.fma(n3, b0).intoArray(s, p);
            b9.fma(n3, b1).intoArray(s, p + o0);
            b10.fma(n3, b2).intoArray(s, p + o1);
            b11.fma(n3, b3).intoArray(s, p + o0 + o1);
            b12.fma(n3, b4).intoArray(s, p + o2);
            b13.fma(n3, b5).intoArray(s, p + o0 + o2);
            b14.fma(n3, b6).intoArray(s, p + o1 + o2);
            b15.fma(n3, b7).intoArray(s, p + o0 + o1 + o2);
            b0.fma(t3, b8).intoArray(s, p + o3);
            b1.fma(t3, b9).intoArray(s, p + o0 + o3);
            b2.fma(t3, b10).intoArray(s, p + o1 + o3);
            b3.fma(t3, b11).intoArray(s, p + o0 + o1 + o3);
            b4.fma(t3, b12).intoArray(s, p + o2 + o3);
            b5.fma(t3, b13).intoArray(s, p + o0 + o2 + o3);
            b6.fma(t3, b14).intoArray(s, p + o1 + o2 + o3);
            b7.fma(t3, b15).intoArray(s, p + o0 + o1 + o2 + o3);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    // ---- diagonals ------------------------------------------------------------------------

    @Override
    public void diagonal(Tile tile, PhaseTables tables, int first) {
        int high = 1 << (tile.qubits() - tables.lowBits);
        int low = 1 << tables.lowBits;
        for (int h = 0; h < high; h++) {
            int begin = (tile.first() + (h << tables.lowBits));
            double re = tables.highRe[first + h];
            double im = tables.highIm[first + h];
            int variant = tables.variant[first + h];
            if (variant >= 0) {
                multiplyTable(
                        tile.reFloat(),
                        tile.imFloat(),
                        begin,
                        low,
                        tables.lowReFloat,
                        tables.lowImFloat,
                        variant,
                        re,
                        im);
            } else if (re != 1 || im != 0) {
                multiplyConstant(tile.reFloat(), tile.imFloat(), begin, low, re, im);
            }
        }
    }

    private static void multiplyTable(
            float[] re,
            float[] im,
            int begin,
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
            int p = begin + l;
            FloatVector lr = FloatVector.fromArray(SPECIES, tableRe, at + l);
            FloatVector li = FloatVector.fromArray(SPECIES, tableIm, at + l);
            FloatVector fr = li.fma(nhi, lr.mul(hr));
            FloatVector fi = li.fma(hr, lr.mul(hi));
            FloatVector r = FloatVector.fromArray(SPECIES, re, p);
            FloatVector i = FloatVector.fromArray(SPECIES, im, p);
            r.mul(fr).sub(i.mul(fi)).intoArray(re, p);
            r.fma(fi, i.mul(fr)).intoArray(im, p);
        }
    }

    private static void multiplyConstant(
            float[] re, float[] im, int begin, int length, double cr, double ci) {
        FloatVector hr = splat(cr);
        FloatVector hi = splat(ci);
        FloatVector nhi = splat(-ci);
        for (int l = 0; l < length; l += LENGTH) {
            int p = begin + l;
            FloatVector r = FloatVector.fromArray(SPECIES, re, p);
            FloatVector i = FloatVector.fromArray(SPECIES, im, p);
            i.fma(nhi, r.mul(hr)).intoArray(re, p);
            r.fma(hi, i.mul(hr)).intoArray(im, p);
        }
    }

    @Override
    public void phase(Tile tile, int mask, int value, double re, double im) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        int fixed = (mask & ~LANES);
        int begin = (tile.first() + (value & ~LANES));
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(mask & ~LANES));
        FloatVector hr = splat(1).blend(splat(re), active);
        FloatVector hi = splat(0).blend(splat(im), active);
        FloatVector nhi = hi.neg();
        float[] real = tile.reFloat();
        float[] imag = tile.imFloat();
        int i = 0;
        if (im == 0) {
            for (int k = 0; k < count; k++) {
                int p = begin + i;
                FloatVector.fromArray(SPECIES, real, p).mul(hr).intoArray(real, p);
                FloatVector.fromArray(SPECIES, imag, p).mul(hr).intoArray(imag, p);
                i = ((i | fixed) + LENGTH) & ~fixed;
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector x = FloatVector.fromArray(SPECIES, real, p);
            FloatVector y = FloatVector.fromArray(SPECIES, imag, p);
            y.fma(nhi, x.mul(hr)).intoArray(real, p);
            x.fma(hi, y.mul(hr)).intoArray(imag, p);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    // ---- dense matrices -------------------------------------------------------------------

    @Override
    public void dense1(Tile tile, int qubit, int mask, int value, double[] m) {
        if (qubit < BITS) {
            dense1InLane(tile, qubit, mask, value, m);
        } else if (m[1] == 0 && m[3] == 0 && m[5] == 0 && m[7] == 0) {
            real1(tile.reFloat(), tile, qubit, mask, value, m);
            real1(tile.imFloat(), tile, qubit, mask, value, m);
        } else {
            dense1Strided(tile, qubit, mask, value, m);
        }
    }

    private static void real1(float[] s, Tile tile, int qubit, int mask, int value, double[] m) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        FloatVector m00 = splat(1).blend(splat(m[0]), active);
        FloatVector m01 = splat(0).blend(splat(m[2]), active);
        FloatVector m10 = splat(0).blend(splat(m[4]), active);
        FloatVector m11 = splat(1).blend(splat(m[6]), active);
        int o = 1 << qubit;
        int fixed = (mask & ~LANES) | o;
        int begin = (tile.first() + (value & ~LANES));
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector a = FloatVector.fromArray(SPECIES, s, p);
            FloatVector b = FloatVector.fromArray(SPECIES, s, p + o);
            b.fma(m01, a.mul(m00)).intoArray(s, p);
            b.fma(m11, a.mul(m10)).intoArray(s, p + o);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    private static void dense1Strided(Tile tile, int qubit, int mask, int value, double[] m) {
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
        int o = 1 << qubit;
        int fixed = (mask & ~LANES) | o;
        int begin = (tile.first() + (value & ~LANES));
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector ar = FloatVector.fromArray(SPECIES, re, p);
            FloatVector ai = FloatVector.fromArray(SPECIES, im, p);
            FloatVector br = FloatVector.fromArray(SPECIES, re, p + o);
            FloatVector bi = FloatVector.fromArray(SPECIES, im, p + o);
            bi.fma(n01, br.fma(r01, ai.fma(n00, ar.mul(r00)))).intoArray(re, p);
            bi.fma(r01, br.fma(i01, ai.fma(r00, ar.mul(i00)))).intoArray(im, p);
            bi.fma(n11, br.fma(r11, ai.fma(n10, ar.mul(r10)))).intoArray(re, p + o);
            bi.fma(r11, br.fma(i11, ai.fma(r10, ar.mul(i10)))).intoArray(im, p + o);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    /** v' = stay v + move swap(v), with complex coefficients per lane. */
    private static void dense1InLane(Tile tile, int qubit, int mask, int value, double[] m) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        VectorMask<Float> one = select(1 << qubit, 1 << qubit);
        FloatVector sr = splat(1).blend(splat(m[0]).blend(splat(m[6]), one), active);
        FloatVector si = splat(0).blend(splat(m[1]).blend(splat(m[7]), one), active);
        FloatVector mr = splat(0).blend(splat(m[2]).blend(splat(m[4]), one), active);
        FloatVector mi = splat(0).blend(splat(m[3]).blend(splat(m[5]), one), active);
        FloatVector nsi = si.neg();
        FloatVector nmi = mi.neg();
        VectorShuffle<Float> swap = exchange(1 << qubit);
        int fixed = (mask & ~LANES);
        int begin = (tile.first() + (value & ~LANES));
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector vr = FloatVector.fromArray(SPECIES, re, p);
            FloatVector vi = FloatVector.fromArray(SPECIES, im, p);
            FloatVector wr = vr.rearrange(swap);
            FloatVector wi = vi.rearrange(swap);
            wi.fma(nmi, wr.fma(mr, vi.fma(nsi, vr.mul(sr)))).intoArray(re, p);
            wi.fma(mr, wr.fma(mi, vi.fma(sr, vr.mul(si)))).intoArray(im, p);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    /**
     * Loads the registers of one group, writes every in-lane permutation of them to scratch, and
     * multiplies the coefficient registers into it, two output registers at a time.
     */
    @Override
    public void dense(Tile tile, DenseMatrix matrix) {
        DenseMatrix.Lanes plan = matrix.lanes(BITS);
        if (plan.columns() == 4) {
            switch (plan.registers()) {
                case 1 -> denseOnLanes(tile, plan);
                case 2 -> denseOnRegistersAndLanes(tile, plan);
                default -> denseOnRegisters(tile, plan);
            }
            return;
        }
        int registers = plan.registers();
        int columns = plan.columns();
        float[] cr = plan.reFloat();
        float[] ci = plan.imFloat();
        float[] vr = new float[columns * LENGTH];
        float[] vi = new float[columns * LENGTH];
        int[] offsets = new int[plan.offsets().length];
        for (int r = 0; r < offsets.length; r++) {
            offsets[r] = plan.offsets()[r];
        }
        int permutations = columns / registers;
        int[] exchanges = plan.exchanges();
        int fixed = plan.fixed();
        int begin = (tile.first() + plan.base());
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            for (int r = 0; r < registers; r++) {
                FloatVector x = FloatVector.fromArray(SPECIES, re, p + offsets[r]);
                FloatVector y = FloatVector.fromArray(SPECIES, im, p + offsets[r]);
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
                        re,
                        im,
                        p + offsets[row],
                        p + offsets[row + 1],
                        cr,
                        ci,
                        row * columns * LENGTH,
                        vr,
                        vi,
                        columns * LENGTH);
            }
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    /** Two qubits that select registers: four of them, sixteen complex multiply-adds. */
    private static void denseOnRegisters(Tile tile, DenseMatrix.Lanes plan) {
        int o1 = plan.offsets()[1];
        int o2 = plan.offsets()[2];
        int o3 = plan.offsets()[3];
        float[] cr = plan.reFloat();
        float[] ci = plan.imFloat();
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int fixed = plan.fixed();
        int begin = tile.first() + plan.base();
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector x0 = FloatVector.fromArray(SPECIES, re, p);
            FloatVector y0 = FloatVector.fromArray(SPECIES, im, p);
            FloatVector x1 = FloatVector.fromArray(SPECIES, re, p + o1);
            FloatVector y1 = FloatVector.fromArray(SPECIES, im, p + o1);
            FloatVector x2 = FloatVector.fromArray(SPECIES, re, p + o2);
            FloatVector y2 = FloatVector.fromArray(SPECIES, im, p + o2);
            FloatVector x3 = FloatVector.fromArray(SPECIES, re, p + o3);
            FloatVector y3 = FloatVector.fromArray(SPECIES, im, p + o3);
            FloatVector r = FloatVector.fromArray(SPECIES, cr, 0);
            FloatVector s = FloatVector.fromArray(SPECIES, ci, 0);
            FloatVector a = x0.mul(r);
            FloatVector b = y0.mul(s);
            FloatVector d = x0.fma(s, y0.mul(r));
            r = FloatVector.fromArray(SPECIES, cr, LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, LENGTH);
            a = x1.fma(r, a);
            b = y1.fma(s, b);
            d = x1.fma(s, y1.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 2 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 2 * LENGTH);
            a = x2.fma(r, a);
            b = y2.fma(s, b);
            d = x2.fma(s, y2.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 3 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 3 * LENGTH);
            a = x3.fma(r, a);
            b = y3.fma(s, b);
            d = x3.fma(s, y3.fma(r, d));
            a.sub(b).intoArray(re, p);
            d.intoArray(im, p);
            r = FloatVector.fromArray(SPECIES, cr, 4 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 4 * LENGTH);
            a = x0.mul(r);
            b = y0.mul(s);
            d = x0.fma(s, y0.mul(r));
            r = FloatVector.fromArray(SPECIES, cr, 5 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 5 * LENGTH);
            a = x1.fma(r, a);
            b = y1.fma(s, b);
            d = x1.fma(s, y1.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 6 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 6 * LENGTH);
            a = x2.fma(r, a);
            b = y2.fma(s, b);
            d = x2.fma(s, y2.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 7 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 7 * LENGTH);
            a = x3.fma(r, a);
            b = y3.fma(s, b);
            d = x3.fma(s, y3.fma(r, d));
            a.sub(b).intoArray(re, p + o1);
            d.intoArray(im, p + o1);
            r = FloatVector.fromArray(SPECIES, cr, 8 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 8 * LENGTH);
            a = x0.mul(r);
            b = y0.mul(s);
            d = x0.fma(s, y0.mul(r));
            r = FloatVector.fromArray(SPECIES, cr, 9 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 9 * LENGTH);
            a = x1.fma(r, a);
            b = y1.fma(s, b);
            d = x1.fma(s, y1.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 10 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 10 * LENGTH);
            a = x2.fma(r, a);
            b = y2.fma(s, b);
            d = x2.fma(s, y2.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 11 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 11 * LENGTH);
            a = x3.fma(r, a);
            b = y3.fma(s, b);
            d = x3.fma(s, y3.fma(r, d));
            a.sub(b).intoArray(re, p + o2);
            d.intoArray(im, p + o2);
            r = FloatVector.fromArray(SPECIES, cr, 12 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 12 * LENGTH);
            a = x0.mul(r);
            b = y0.mul(s);
            d = x0.fma(s, y0.mul(r));
            r = FloatVector.fromArray(SPECIES, cr, 13 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 13 * LENGTH);
            a = x1.fma(r, a);
            b = y1.fma(s, b);
            d = x1.fma(s, y1.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 14 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 14 * LENGTH);
            a = x2.fma(r, a);
            b = y2.fma(s, b);
            d = x2.fma(s, y2.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 15 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 15 * LENGTH);
            a = x3.fma(r, a);
            b = y3.fma(s, b);
            d = x3.fma(s, y3.fma(r, d));
            a.sub(b).intoArray(re, p + o3);
            d.intoArray(im, p + o3);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    /** One qubit that selects registers and one in lane. */
    private static void denseOnRegistersAndLanes(Tile tile, DenseMatrix.Lanes plan) {
        int o1 = plan.offsets()[1];
        VectorShuffle<Float> swap = exchange(plan.exchanges()[1]);
        float[] cr = plan.reFloat();
        float[] ci = plan.imFloat();
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int fixed = plan.fixed();
        int begin = tile.first() + plan.base();
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector x0 = FloatVector.fromArray(SPECIES, re, p);
            FloatVector y0 = FloatVector.fromArray(SPECIES, im, p);
            FloatVector x1 = x0.rearrange(swap);
            FloatVector y1 = y0.rearrange(swap);
            FloatVector x2 = FloatVector.fromArray(SPECIES, re, p + o1);
            FloatVector y2 = FloatVector.fromArray(SPECIES, im, p + o1);
            FloatVector x3 = x2.rearrange(swap);
            FloatVector y3 = y2.rearrange(swap);
            FloatVector r = FloatVector.fromArray(SPECIES, cr, 0);
            FloatVector s = FloatVector.fromArray(SPECIES, ci, 0);
            FloatVector a = x0.mul(r);
            FloatVector b = y0.mul(s);
            FloatVector d = x0.fma(s, y0.mul(r));
            r = FloatVector.fromArray(SPECIES, cr, LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, LENGTH);
            a = x1.fma(r, a);
            b = y1.fma(s, b);
            d = x1.fma(s, y1.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 2 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 2 * LENGTH);
            a = x2.fma(r, a);
            b = y2.fma(s, b);
            d = x2.fma(s, y2.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 3 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 3 * LENGTH);
            a = x3.fma(r, a);
            b = y3.fma(s, b);
            d = x3.fma(s, y3.fma(r, d));
            a.sub(b).intoArray(re, p);
            d.intoArray(im, p);
            r = FloatVector.fromArray(SPECIES, cr, 4 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 4 * LENGTH);
            a = x0.mul(r);
            b = y0.mul(s);
            d = x0.fma(s, y0.mul(r));
            r = FloatVector.fromArray(SPECIES, cr, 5 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 5 * LENGTH);
            a = x1.fma(r, a);
            b = y1.fma(s, b);
            d = x1.fma(s, y1.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 6 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 6 * LENGTH);
            a = x2.fma(r, a);
            b = y2.fma(s, b);
            d = x2.fma(s, y2.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 7 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 7 * LENGTH);
            a = x3.fma(r, a);
            b = y3.fma(s, b);
            d = x3.fma(s, y3.fma(r, d));
            a.sub(b).intoArray(re, p + o1);
            d.intoArray(im, p + o1);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    /** Two qubits in lane. */
    private static void denseOnLanes(Tile tile, DenseMatrix.Lanes plan) {
        VectorShuffle<Float> swap1 = exchange(plan.exchanges()[1]);
        VectorShuffle<Float> swap2 = exchange(plan.exchanges()[2]);
        VectorShuffle<Float> swap3 = exchange(plan.exchanges()[3]);
        float[] cr = plan.reFloat();
        float[] ci = plan.imFloat();
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int fixed = plan.fixed();
        int begin = tile.first() + plan.base();
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector x0 = FloatVector.fromArray(SPECIES, re, p);
            FloatVector y0 = FloatVector.fromArray(SPECIES, im, p);
            FloatVector x1 = x0.rearrange(swap1);
            FloatVector y1 = y0.rearrange(swap1);
            FloatVector x2 = x0.rearrange(swap2);
            FloatVector y2 = y0.rearrange(swap2);
            FloatVector x3 = x0.rearrange(swap3);
            FloatVector y3 = y0.rearrange(swap3);
            FloatVector r = FloatVector.fromArray(SPECIES, cr, 0);
            FloatVector s = FloatVector.fromArray(SPECIES, ci, 0);
            FloatVector a = x0.mul(r);
            FloatVector b = y0.mul(s);
            FloatVector d = x0.fma(s, y0.mul(r));
            r = FloatVector.fromArray(SPECIES, cr, LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, LENGTH);
            a = x1.fma(r, a);
            b = y1.fma(s, b);
            d = x1.fma(s, y1.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 2 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 2 * LENGTH);
            a = x2.fma(r, a);
            b = y2.fma(s, b);
            d = x2.fma(s, y2.fma(r, d));
            r = FloatVector.fromArray(SPECIES, cr, 3 * LENGTH);
            s = FloatVector.fromArray(SPECIES, ci, 3 * LENGTH);
            a = x3.fma(r, a);
            b = y3.fma(s, b);
            d = x3.fma(s, y3.fma(r, d));
            a.sub(b).intoArray(re, p);
            d.intoArray(im, p);
            i = ((i | fixed) + LENGTH) & ~fixed;
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
            float[] re,
            float[] im,
            int p,
            int q,
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
        pr.sub(ps).intoArray(re, p);
        pi.intoArray(im, p);
        qr.sub(qs).intoArray(re, q);
        qi.intoArray(im, q);
    }

    // ---- permutations ---------------------------------------------------------------------

    @Override
    public void flip(Tile tile, int qubit, int mask, int value) {
        flip(tile.reFloat(), tile, qubit, mask, value);
        flip(tile.imFloat(), tile, qubit, mask, value);
    }

    private static void flip(float[] s, Tile tile, int qubit, int mask, int value) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        int begin = (tile.first() + (value & ~LANES));
        int i = 0;
        if (qubit < BITS) {
            VectorShuffle<Float> swap = exchange(1 << qubit);
            int fixed = (mask & ~LANES);
            int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
            for (int k = 0; k < count; k++) {
                int p = begin + i;
                FloatVector v = FloatVector.fromArray(SPECIES, s, p);
                v.blend(v.rearrange(swap), active).intoArray(s, p);
                i = ((i | fixed) + LENGTH) & ~fixed;
            }
            return;
        }
        int o = 1 << qubit;
        int fixed = (mask & ~LANES) | o;
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector a = FloatVector.fromArray(SPECIES, s, p);
            FloatVector b = FloatVector.fromArray(SPECIES, s, p + o);
            a.blend(b, active).intoArray(s, p);
            b.blend(a, active).intoArray(s, p + o);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    @Override
    public void swap(Tile tile, int a, int b, int mask, int value) {
        if (a < BITS || b < BITS) {
            flip(tile, a, 1 << b, 1 << b);
            flip(tile, b, mask | 1 << a, value | 1 << a);
            flip(tile, a, 1 << b, 1 << b);
            return;
        }
        swap(tile.reFloat(), tile, a, b, mask, value);
        swap(tile.imFloat(), tile, a, b, mask, value);
    }

    private static void swap(float[] s, Tile tile, int a, int b, int mask, int value) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        int oa = 1 << a;
        int ob = 1 << b;
        int fixed = (mask & ~LANES) | oa | ob;
        int begin = (tile.first() + (value & ~LANES));
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = begin + i;
            FloatVector x = FloatVector.fromArray(SPECIES, s, p + oa);
            FloatVector y = FloatVector.fromArray(SPECIES, s, p + ob);
            x.blend(y, active).intoArray(s, p + oa);
            y.blend(x, active).intoArray(s, p + ob);
            i = ((i | fixed) + LENGTH) & ~fixed;
        }
    }

    // ---- between state and tile -----------------------------------------------------------

    @Override
    public void gather(Tile tile, MemorySegment re, MemorySegment im, long outer, long local) {
        float[] toRe = tile.reFloat();
        float[] toIm = tile.imFloat();
        long i = 0;
        int end = tile.length();
        for (int k = 0; k < end; k += LENGTH) {
            FloatLanes.load(re, outer | i).intoArray(toRe, k);
            FloatLanes.load(im, outer | i).intoArray(toIm, k);
            i = ((i | ~local) + LENGTH) & local;
        }
    }

    @Override
    public void scatter(Tile tile, MemorySegment re, MemorySegment im, long outer, long local) {
        float[] fromRe = tile.reFloat();
        float[] fromIm = tile.imFloat();
        long i = 0;
        int end = tile.length();
        for (int k = 0; k < end; k += LENGTH) {
            FloatLanes.store(FloatVector.fromArray(SPECIES, fromRe, k), re, outer | i);
            FloatLanes.store(FloatVector.fromArray(SPECIES, fromIm, k), im, outer | i);
            i = ((i | ~local) + LENGTH) & local;
        }
    }

    // ---- measurement and sums -------------------------------------------------------------

    @Override
    public void project(Tile tile, int mask, int value, double factor) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        FloatVector keep = splat(0).blend(splat(factor), active);
        FloatVector zero = splat(0);
        int high = mask & ~LANES;
        int wanted = value & ~LANES;
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int length = tile.length();
        int begin = tile.first();
        for (int i = 0; i < length; i += LENGTH) {
            int p = begin + i;
            if ((i & high) == wanted) {
                FloatVector.fromArray(SPECIES, re, p).mul(keep).intoArray(re, p);
                FloatVector.fromArray(SPECIES, im, p).mul(keep).intoArray(im, p);
            } else {
                zero.intoArray(re, p);
                zero.intoArray(im, p);
            }
        }
    }

    @Override
    public double weight(Tile tile, int mask, int value) {
        VectorMask<Float> active = select(mask & LANES, value & LANES);
        FloatVector keep = splat(0).blend(splat(1), active);
        int fixed = (mask & ~LANES);
        int begin = (tile.first() + (value & ~LANES));
        int count = 1 << (tile.qubits() - BITS - Integer.bitCount(fixed));
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        double total = 0;
        int i = 0;
        for (int k = 0; k < count; ) {
            FloatVector a = splat(0);
            FloatVector b = splat(0);
            int stop = Math.min(count, k + CHAIN);
            for (; k < stop; k++) {
                int p = begin + i;
                FloatVector x = FloatVector.fromArray(SPECIES, re, p);
                FloatVector y = FloatVector.fromArray(SPECIES, im, p);
                a = x.fma(x, a);
                b = y.fma(y, b);
                i = ((i | fixed) + LENGTH) & ~fixed;
            }
            total += sum(a.add(b).mul(keep));
        }
        return total;
    }

    @Override
    public void product(Tile bra, Tile ket, int x, int z, double[] sum, int at) {
        VectorShuffle<Float> swap = exchange(x & LANES);
        FloatVector sign = signs(z & LANES);
        int xHigh = x & ~LANES;
        int zHigh = z & ~LANES;
        int length = ket.length();
        double re = 0;
        double im = 0;
        for (int i = 0; i < length; ) {
            FloatVector sr = splat(0);
            FloatVector si = splat(0);
            int stop = Math.min(length, i + CHAIN * LENGTH);
            for (; i < stop; i += LENGTH) {
                int p = (ket.first() + i);
                int q = (bra.first() + (i ^ xHigh));
                FloatVector kr = FloatVector.fromArray(SPECIES, ket.reFloat(), p);
                FloatVector ki = FloatVector.fromArray(SPECIES, ket.imFloat(), p);
                FloatVector br = FloatVector.fromArray(SPECIES, bra.reFloat(), q).rearrange(swap);
                FloatVector bi = FloatVector.fromArray(SPECIES, bra.imFloat(), q).rearrange(swap);
                FloatVector f = splat(1 - 2 * (Integer.bitCount(i & zHigh) & 1));
                sr = bi.fma(ki, br.mul(kr)).fma(f, sr);
                si = br.mul(ki).sub(bi.mul(kr)).fma(f, si);
            }
            re += sum(sr.mul(sign));
            im += sum(si.mul(sign));
        }
        sum[at] = re;
        sum[at + 1] = im;
    }

    @Override
    public void addPauli(Tile target, Tile source, int x, int z, double re, double im) {
        VectorShuffle<Float> swap = exchange(x & LANES);
        FloatVector sign = signs(z & LANES);
        int xHigh = x & ~LANES;
        int zHigh = z & ~LANES;
        FloatVector fr = splat(re);
        FloatVector fi = splat(im);
        for (int i = 0; i < source.length(); i += LENGTH) {
            int p = (source.first() + i);
            int q = (target.first() + (i ^ xHigh));
            FloatVector f = sign.mul(splat(1 - 2 * (Integer.bitCount(i & zHigh) & 1)));
            FloatVector sr =
                    FloatVector.fromArray(SPECIES, source.reFloat(), p).mul(f).rearrange(swap);
            FloatVector si =
                    FloatVector.fromArray(SPECIES, source.imFloat(), p).mul(f).rearrange(swap);
            FloatVector tr = FloatVector.fromArray(SPECIES, target.reFloat(), q);
            FloatVector ti = FloatVector.fromArray(SPECIES, target.imFloat(), q);
            sr.fma(fr, si.fma(fi.neg(), tr)).intoArray(target.reFloat(), q);
            si.fma(fr, sr.fma(fi, ti)).intoArray(target.imFloat(), q);
        }
    }
}
