package org.jaket.statevector;

import static org.jaket.statevector.DoublePlane.get;
import static org.jaket.statevector.DoublePlane.set;

import java.lang.foreign.MemorySegment;

/**
 * Double-precision kernels in plain Java, for a JVM without the Vector API and for states smaller
 * than a few registers. The single-precision class is this one with the element type exchanged; a
 * test holds the two texts side by side.
 */
final class PlainDoubleKernels implements Kernels {

    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public int laneBits() {
        return 0;
    }

    @Override
    public void shear(Tile tile, int[] qubits, double[] tangents, long flip) {
        for (int k = 0; k < qubits.length; k++) {
            boolean flipped = (flip >> qubits[k] & 1) != 0;
            shear(tile.re(), tile, qubits[k], tangents[k], flipped);
            shear(tile.im(), tile, qubits[k], tangents[k], flipped);
        }
    }

    private static void shear(MemorySegment s, Tile tile, int qubit, double t, boolean flip) {
        long o = 1L << qubit;
        long end = tile.first() + tile.length();
        for (long block = tile.first(); block < end; block += 2 * o) {
            for (long i = block; i < block + o; i++) {
                double a = get(s, flip ? i + o : i);
                double b = get(s, flip ? i : i + o);
                set(s, i, a - t * b);
                set(s, i + o, b + t * a);
            }
        }
    }

    @Override
    public void diagonal(Tile tile, PhaseTables tables) {
        int high = 1 << (tile.qubits() - tables.lowBits);
        int low = 1 << tables.lowBits;
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        for (int h = 0; h < high; h++) {
            long begin = tile.first() + ((long) h << tables.lowBits);
            double hr = tables.highRe[h];
            double hi = tables.highIm[h];
            int variant = tables.variant[h];
            if (variant < 0 && hr == 1 && hi == 0) {
                continue;
            }
            for (int l = 0; l < low; l++) {
                double fr = hr;
                double fi = hi;
                if (variant >= 0) {
                    double lr = tables.lowReDouble[variant + l];
                    double li = tables.lowImDouble[variant + l];
                    fr = lr * hr - li * hi;
                    fi = lr * hi + li * hr;
                }
                double x = get(re, begin + l);
                double y = get(im, begin + l);
                set(re, begin + l, x * fr - y * fi);
                set(im, begin + l, x * fi + y * fr);
            }
        }
    }

    @Override
    public void phase(Tile tile, long mask, long value, double re, double im) {
        long count = tile.length() >> Long.bitCount(mask);
        long i = 0;
        for (long k = 0; k < count; k++) {
            long p = tile.first() + (i | value);
            double x = get(tile.re(), p);
            double y = get(tile.im(), p);
            set(tile.re(), p, x * re - y * im);
            set(tile.im(), p, x * im + y * re);
            i = ((i | mask) + 1) & ~mask;
        }
    }

    @Override
    public void dense1(Tile tile, int qubit, long mask, long value, double[] m) {
        long o = 1L << qubit;
        long fixed = mask | o;
        long count = tile.length() >> Long.bitCount(fixed);
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        long i = 0;
        for (long k = 0; k < count; k++) {
            long p = tile.first() + (i | value);
            double ar = get(re, p);
            double ai = get(im, p);
            double br = get(re, p + o);
            double bi = get(im, p + o);
            set(re, p, m[0] * ar - m[1] * ai + m[2] * br - m[3] * bi);
            set(im, p, m[0] * ai + m[1] * ar + m[2] * bi + m[3] * br);
            set(re, p + o, m[4] * ar - m[5] * ai + m[6] * br - m[7] * bi);
            set(im, p + o, m[4] * ai + m[5] * ar + m[6] * bi + m[7] * br);
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
        long[] offsets = plan.offsets();
        long fixed = plan.fixed();
        long count = tile.length() >> Long.bitCount(fixed);
        long i = 0;
        for (long k = 0; k < count; k++) {
            long p = tile.first() + (i | plan.base());
            for (int c = 0; c < n; c++) {
                vr[c] = get(tile.re(), p + offsets[c]);
                vi[c] = get(tile.im(), p + offsets[c]);
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
                set(tile.re(), p + offsets[r], x);
                set(tile.im(), p + offsets[r], y);
            }
            i = ((i | fixed) + 1) & ~fixed;
        }
    }

    @Override
    public void flip(Tile tile, int qubit, long mask, long value) {
        exchange(tile, 0, 1L << qubit, mask, value);
    }

    @Override
    public void swap(Tile tile, int a, int b, long mask, long value) {
        exchange(tile, 1L << a, 1L << b, mask, value);
    }

    /** Exchanges the amplitudes at offsets a and b of every selected group. */
    private static void exchange(Tile tile, long a, long b, long mask, long value) {
        long fixed = mask | a | b;
        long count = tile.length() >> Long.bitCount(fixed);
        MemorySegment re = tile.re();
        MemorySegment im = tile.im();
        long i = 0;
        for (long k = 0; k < count; k++) {
            long p = tile.first() + (i | value) + a;
            long q = tile.first() + (i | value) + b;
            double xr = get(re, p);
            double xi = get(im, p);
            set(re, p, get(re, q));
            set(im, p, get(im, q));
            set(re, q, xr);
            set(im, q, xi);
            i = ((i | fixed) + 1) & ~fixed;
        }
    }

    @Override
    public void project(Tile tile, long mask, long value, double factor) {
        for (long i = 0; i < tile.length(); i++) {
            long p = tile.first() + i;
            double f = (i & mask) == value ? factor : 0;
            set(tile.re(), p, f == 0 ? 0 : f * get(tile.re(), p));
            set(tile.im(), p, f == 0 ? 0 : f * get(tile.im(), p));
        }
    }

    @Override
    public double weight(Tile tile, long mask, long value) {
        long count = tile.length() >> Long.bitCount(mask);
        double total = 0;
        long i = 0;
        for (long k = 0; k < count; k++) {
            long p = tile.first() + (i | value);
            double x = get(tile.re(), p);
            double y = get(tile.im(), p);
            total += x * x + y * y;
            i = ((i | mask) + 1) & ~mask;
        }
        return total;
    }

    @Override
    public void product(Tile bra, Tile ket, long x, long z, double[] sum, int at) {
        double re = 0;
        double im = 0;
        for (long i = 0; i < ket.length(); i++) {
            double kr = get(ket.re(), ket.first() + i);
            double ki = get(ket.im(), ket.first() + i);
            double br = get(bra.re(), bra.first() + (i ^ x));
            double bi = get(bra.im(), bra.first() + (i ^ x));
            double sign = 1 - 2 * (Long.bitCount(i & z) & 1);
            re += sign * (br * kr + bi * ki);
            im += sign * (br * ki - bi * kr);
        }
        sum[at] = re;
        sum[at + 1] = im;
    }
}
