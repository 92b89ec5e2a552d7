package org.jaket.statevector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Single-precision kernels in plain Java, for a JVM without the Vector API and for states smaller
 * than a few registers. The double-precision class is this one with the element type exchanged; a
 * test holds the two texts side by side.
 */
final class PlainFloatKernels implements Kernels {

    @Override
    public Precision precision() {
        return Precision.SINGLE;
    }

    @Override
    public int laneBits() {
        return 0;
    }

    // The lowest local qubits are contiguous in the state: a tile is made of runs.

    @Override
    public void gather(Tile tile, MemorySegment re, MemorySegment im, long outer, long local) {
        int run = run(local);
        long i = 0;
        for (int k = 0; k < tile.length(); k += run) {
            long at = (outer | i) * Float.BYTES;
            MemorySegment.copy(re, JAVA_FLOAT, at, tile.reFloat(), k, run);
            MemorySegment.copy(im, JAVA_FLOAT, at, tile.imFloat(), k, run);
            i = ((i | ~local) + run) & local;
        }
    }

    @Override
    public void scatter(Tile tile, MemorySegment re, MemorySegment im, long outer, long local) {
        int run = run(local);
        long i = 0;
        for (int k = 0; k < tile.length(); k += run) {
            long at = (outer | i) * Float.BYTES;
            MemorySegment.copy(tile.reFloat(), k, re, JAVA_FLOAT, at, run);
            MemorySegment.copy(tile.imFloat(), k, im, JAVA_FLOAT, at, run);
            i = ((i | ~local) + run) & local;
        }
    }

    private static int run(long local) {
        return 1 << Long.numberOfTrailingZeros(~local);
    }

    /**
     * Three rotations on eight amplitudes at a time: one load and one store for three
     * multiply-adds. The JIT does not vectorise these loops, because it cannot know that {@code
     * s[i]} and {@code s[i + o]} never meet, so what counts is the traffic between cache and
     * registers.
     */
    @Override
    public void shear(Tile tile, int[] qubits, double[] tangents) {
        int k = 0;
        for (; k + 3 <= qubits.length; k += 3) {
            int[] q = Arrays.copyOfRange(qubits, k, k + 3);
            Arrays.sort(q);
            double t0 = tangent(qubits, tangents, k, q[0]);
            double t1 = tangent(qubits, tangents, k, q[1]);
            double t2 = tangent(qubits, tangents, k, q[2]);
            shear(tile.reFloat(), tile, q, t0, t1, t2);
            shear(tile.imFloat(), tile, q, t0, t1, t2);
        }
        for (; k < qubits.length; k++) {
            shear(tile.reFloat(), tile, qubits[k], tangents[k]);
            shear(tile.imFloat(), tile, qubits[k], tangents[k]);
        }
    }

    private static double tangent(int[] qubits, double[] tangents, int from, int qubit) {
        int k = from;
        while (qubits[k] != qubit) {
            k++;
        }
        return tangents[k];
    }

    private static void shear(float[] s, Tile tile, int qubit, double tangent) {
        float t = (float) tangent;
        int o = 1 << qubit;
        int end = tile.first() + tile.length();
        for (int block = tile.first(); block < end; block += 2 * o) {
            for (int i = block; i < block + o; i++) {
                float a = s[i];
                float b = s[i + o];
                s[i] = Math.fma(-t, b, a);
                s[i + o] = Math.fma(t, a, b);
            }
        }
    }

    /** Rotations on qubits {@code q[0] < q[1] < q[2]}. */
    private static void shear(
            float[] s, Tile tile, int[] q, double tangent0, double tangent1, double tangent2) {
        float t0 = (float) tangent0;
        float t1 = (float) tangent1;
        float t2 = (float) tangent2;
        int end = tile.first() + tile.length();
        if (q[2] == 2) {
            shearLowest(s, tile.first(), end, t0, t1, t2);
            return;
        }
        int o0 = 1 << q[0];
        int o1 = 1 << q[1];
        int o2 = 1 << q[2];
        for (int i2 = tile.first(); i2 < end; i2 += 2 * o2) {
            for (int i1 = i2; i1 < i2 + o2; i1 += 2 * o1) {
                for (int i0 = i1; i0 < i1 + o1; i0 += 2 * o0) {
                    shearRun(s, i0, o0, o1, o2, t0, t1, t2);
                }
            }
        }
    }

    /** Qubits 0, 1 and 2: eight neighbours. */
    private static void shearLowest(float[] s, int begin, int end, float t0, float t1, float t2) {
        for (int i = begin; i < end; i += 8) {
            float a0 = s[i];
            float a1 = s[i + 1];
            float a2 = s[i + 2];
            float a3 = s[i + 3];
            float a4 = s[i + 4];
            float a5 = s[i + 5];
            float a6 = s[i + 6];
            float a7 = s[i + 7];

            float b0 = Math.fma(-t0, a1, a0);
            float b1 = Math.fma(t0, a0, a1);
            float b2 = Math.fma(-t0, a3, a2);
            float b3 = Math.fma(t0, a2, a3);
            float b4 = Math.fma(-t0, a5, a4);
            float b5 = Math.fma(t0, a4, a5);
            float b6 = Math.fma(-t0, a7, a6);
            float b7 = Math.fma(t0, a6, a7);

            a0 = Math.fma(-t1, b2, b0);
            a1 = Math.fma(-t1, b3, b1);
            a2 = Math.fma(t1, b0, b2);
            a3 = Math.fma(t1, b1, b3);
            a4 = Math.fma(-t1, b6, b4);
            a5 = Math.fma(-t1, b7, b5);
            a6 = Math.fma(t1, b4, b6);
            a7 = Math.fma(t1, b5, b7);

            s[i] = Math.fma(-t2, a4, a0);
            s[i + 1] = Math.fma(-t2, a5, a1);
            s[i + 2] = Math.fma(-t2, a6, a2);
            s[i + 3] = Math.fma(-t2, a7, a3);
            s[i + 4] = Math.fma(t2, a0, a4);
            s[i + 5] = Math.fma(t2, a1, a5);
            s[i + 6] = Math.fma(t2, a2, a6);
            s[i + 7] = Math.fma(t2, a3, a7);
        }
    }

    private static void shearRun(
            float[] s, int begin, int o0, int o1, int o2, float t0, float t1, float t2) {
        for (int i = begin; i < begin + o0; i++) {
            float a0 = s[i];
            float a1 = s[i + o0];
            float a2 = s[i + o1];
            float a3 = s[i + o0 + o1];
            float a4 = s[i + o2];
            float a5 = s[i + o0 + o2];
            float a6 = s[i + o1 + o2];
            float a7 = s[i + o0 + o1 + o2];

            float b0 = Math.fma(-t0, a1, a0);
            float b1 = Math.fma(t0, a0, a1);
            float b2 = Math.fma(-t0, a3, a2);
            float b3 = Math.fma(t0, a2, a3);
            float b4 = Math.fma(-t0, a5, a4);
            float b5 = Math.fma(t0, a4, a5);
            float b6 = Math.fma(-t0, a7, a6);
            float b7 = Math.fma(t0, a6, a7);

            a0 = Math.fma(-t1, b2, b0);
            a1 = Math.fma(-t1, b3, b1);
            a2 = Math.fma(t1, b0, b2);
            a3 = Math.fma(t1, b1, b3);
            a4 = Math.fma(-t1, b6, b4);
            a5 = Math.fma(-t1, b7, b5);
            a6 = Math.fma(t1, b4, b6);
            a7 = Math.fma(t1, b5, b7);

            s[i] = Math.fma(-t2, a4, a0);
            s[i + o0] = Math.fma(-t2, a5, a1);
            s[i + o1] = Math.fma(-t2, a6, a2);
            s[i + o0 + o1] = Math.fma(-t2, a7, a3);
            s[i + o2] = Math.fma(t2, a0, a4);
            s[i + o0 + o2] = Math.fma(t2, a1, a5);
            s[i + o1 + o2] = Math.fma(t2, a2, a6);
            s[i + o0 + o1 + o2] = Math.fma(t2, a3, a7);
        }
    }

    @Override
    public void diagonal(Tile tile, PhaseTables tables, int first) {
        int high = 1 << (tile.qubits() - tables.lowBits);
        int low = 1 << tables.lowBits;
        for (int h = 0; h < high; h++) {
            int begin = tile.first() + (h << tables.lowBits);
            float re = (float) tables.highRe[first + h];
            float im = (float) tables.highIm[first + h];
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
            float cr,
            float ci) {
        for (int l = 0; l < length; l++) {
            float lr = tableRe[at + l];
            float li = tableIm[at + l];
            float fr = lr * cr - li * ci;
            float fi = lr * ci + li * cr;
            float x = re[begin + l];
            float y = im[begin + l];
            re[begin + l] = x * fr - y * fi;
            im[begin + l] = x * fi + y * fr;
        }
    }

    private static void multiplyConstant(
            float[] re, float[] im, int begin, int length, float cr, float ci) {
        for (int p = begin; p < begin + length; p++) {
            float x = re[p];
            float y = im[p];
            re[p] = x * cr - y * ci;
            im[p] = x * ci + y * cr;
        }
    }

    @Override
    public void phase(Tile tile, int mask, int value, double re, double im) {
        int count = tile.length() >> Integer.bitCount(mask);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = tile.first() + (i | value);
            double x = tile.reFloat()[p];
            double y = tile.imFloat()[p];
            tile.reFloat()[p] = (float) (x * re - y * im);
            tile.imFloat()[p] = (float) (x * im + y * re);
            i = ((i | mask) + 1) & ~mask;
        }
    }

    @Override
    public void dense1(Tile tile, int qubit, int mask, int value, double[] m) {
        int o = 1 << qubit;
        int fixed = mask | o;
        int count = tile.length() >> Integer.bitCount(fixed);
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = tile.first() + (i | value);
            double ar = re[p];
            double ai = im[p];
            double br = re[p + o];
            double bi = im[p + o];
            re[p] = (float) (m[0] * ar - m[1] * ai + m[2] * br - m[3] * bi);
            im[p] = (float) (m[0] * ai + m[1] * ar + m[2] * bi + m[3] * br);
            re[p + o] = (float) (m[4] * ar - m[5] * ai + m[6] * br - m[7] * bi);
            im[p + o] = (float) (m[4] * ai + m[5] * ar + m[6] * bi + m[7] * br);
            i = ((i | fixed) + 1) & ~fixed;
        }
    }

    @Override
    public void dense(Tile tile, DenseMatrix matrix) {
        DenseMatrix.Lanes plan = matrix.lanes(0);
        int n = matrix.dimension();
        double[] m = matrix.entries;
        double[] vr = new double[n];
        double[] vi = new double[n];
        int[] offsets = plan.offsets();
        int fixed = plan.fixed();
        int count = tile.length() >> Integer.bitCount(fixed);
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = tile.first() + (i | plan.base());
            for (int c = 0; c < n; c++) {
                vr[c] = tile.reFloat()[p + offsets[c]];
                vi[c] = tile.imFloat()[p + offsets[c]];
            }
            for (int r = 0; r < n; r++) {
                double x = 0;
                double y = 0;
                for (int c = 0; c < n; c++) {
                    double cr = m[2 * (r * n + c)];
                    double ci = m[2 * (r * n + c) + 1];
                    x += cr * vr[c] - ci * vi[c];
                    y += cr * vi[c] + ci * vr[c];
                }
                tile.reFloat()[p + offsets[r]] = (float) x;
                tile.imFloat()[p + offsets[r]] = (float) y;
            }
            i = ((i | fixed) + 1) & ~fixed;
        }
    }

    @Override
    public void flip(Tile tile, int qubit, int mask, int value) {
        exchange(tile, 0, 1 << qubit, mask, value);
    }

    @Override
    public void swap(Tile tile, int a, int b, int mask, int value) {
        exchange(tile, 1 << a, 1 << b, mask, value);
    }

    /** Exchanges the amplitudes at offsets a and b of every selected group. */
    private static void exchange(Tile tile, int a, int b, int mask, int value) {
        int fixed = mask | a | b;
        int count = tile.length() >> Integer.bitCount(fixed);
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = tile.first() + (i | value) + a;
            int q = tile.first() + (i | value) + b;
            double xr = re[p];
            double xi = im[p];
            re[p] = re[q];
            im[p] = im[q];
            re[q] = (float) xr;
            im[q] = (float) xi;
            i = ((i | fixed) + 1) & ~fixed;
        }
    }

    @Override
    public void project(Tile tile, int mask, int value, double factor) {
        for (int i = 0; i < tile.length(); i++) {
            int p = tile.first() + i;
            double f = (i & mask) == value ? factor : 0;
            tile.reFloat()[p] = (float) (f == 0 ? 0 : f * tile.reFloat()[p]);
            tile.imFloat()[p] = (float) (f == 0 ? 0 : f * tile.imFloat()[p]);
        }
    }

    @Override
    public double weight(Tile tile, int mask, int value) {
        int count = tile.length() >> Integer.bitCount(mask);
        double total = 0;
        int i = 0;
        for (int k = 0; k < count; k++) {
            int p = tile.first() + (i | value);
            double x = tile.reFloat()[p];
            double y = tile.imFloat()[p];
            total += x * x + y * y;
            i = ((i | mask) + 1) & ~mask;
        }
        return total;
    }

    @Override
    public void product(Tile bra, Tile ket, int x, int z, double[] sum, int at) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < ket.length(); i++) {
            double kr = ket.reFloat()[ket.first() + i];
            double ki = ket.imFloat()[ket.first() + i];
            double br = bra.reFloat()[bra.first() + (i ^ x)];
            double bi = bra.imFloat()[bra.first() + (i ^ x)];
            double sign = 1 - 2 * (Integer.bitCount(i & z) & 1);
            re += sign * (br * kr + bi * ki);
            im += sign * (br * ki - bi * kr);
        }
        sum[at] = re;
        sum[at + 1] = im;
    }

    @Override
    public void addPauli(Tile target, Tile source, int x, int z, double re, double im) {
        float fr = (float) re;
        float fi = (float) im;
        for (int i = 0; i < source.length(); i++) {
            int sign = 1 - 2 * (Integer.bitCount(i & z) & 1);
            float sr = sign * source.reFloat()[source.first() + i];
            float si = sign * source.imFloat()[source.first() + i];
            int at = target.first() + (i ^ x);
            target.reFloat()[at] += fr * sr - fi * si;
            target.imFloat()[at] += fr * si + fi * sr;
        }
    }
}
