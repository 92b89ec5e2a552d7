package org.jaket.statevector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

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

    @Override
    public void gather(Tile tile, MemorySegment re, MemorySegment im, long outer, long local) {
        long i = 0;
        for (int k = 0; k < tile.length(); k++) {
            tile.reFloat()[k] = re.getAtIndex(JAVA_FLOAT, outer | i);
            tile.imFloat()[k] = im.getAtIndex(JAVA_FLOAT, outer | i);
            i = ((i | ~local) + 1) & local;
        }
    }

    @Override
    public void scatter(Tile tile, MemorySegment re, MemorySegment im, long outer, long local) {
        long i = 0;
        for (int k = 0; k < tile.length(); k++) {
            re.setAtIndex(JAVA_FLOAT, outer | i, tile.reFloat()[k]);
            im.setAtIndex(JAVA_FLOAT, outer | i, tile.imFloat()[k]);
            i = ((i | ~local) + 1) & local;
        }
    }

    @Override
    public void shear(Tile tile, int[] qubits, double[] tangents) {
        for (int k = 0; k < qubits.length; k++) {
            shear(tile.reFloat(), tile, qubits[k], tangents[k]);
            shear(tile.imFloat(), tile, qubits[k], tangents[k]);
        }
    }

    private static void shear(float[] s, Tile tile, int qubit, double t) {
        int o = 1 << qubit;
        int end = tile.first() + tile.length();
        for (int block = tile.first(); block < end; block += 2 * o) {
            for (int i = block; i < block + o; i++) {
                double a = s[i];
                double b = s[i + o];
                s[i] = (float) (a - t * b);
                s[i + o] = (float) (b + t * a);
            }
        }
    }

    @Override
    public void diagonal(Tile tile, PhaseTables tables, int first) {
        int high = 1 << (tile.qubits() - tables.lowBits);
        int low = 1 << tables.lowBits;
        float[] re = tile.reFloat();
        float[] im = tile.imFloat();
        for (int h = 0; h < high; h++) {
            int begin = tile.first() + (h << tables.lowBits);
            double hr = tables.highRe[first + h];
            double hi = tables.highIm[first + h];
            int variant = tables.variant[first + h];
            if (variant < 0 && hr == 1 && hi == 0) {
                continue;
            }
            for (int l = 0; l < low; l++) {
                double fr = hr;
                double fi = hi;
                if (variant >= 0) {
                    double lr = tables.lowReFloat[variant + l];
                    double li = tables.lowImFloat[variant + l];
                    fr = lr * hr - li * hi;
                    fi = lr * hi + li * hr;
                }
                double x = re[begin + l];
                double y = im[begin + l];
                re[begin + l] = (float) (x * fr - y * fi);
                im[begin + l] = (float) (x * fi + y * fr);
            }
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
}
