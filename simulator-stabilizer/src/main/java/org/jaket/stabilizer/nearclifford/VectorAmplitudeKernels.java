package org.jaket.stabilizer.nearclifford;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API, with four amplitudes a vector on every machine, so that sums are
 * the same everywhere. A string acts on the two lowest bits of an index by exchanging lanes and
 * signs of lanes, and on the others as in {@link PlainAmplitudeKernels}; strings whose highest bit
 * is one of these two are left to that.
 *
 * <p>Loaded only after the module {@code jdk.incubator.vector} has been found.
 */
final class VectorAmplitudeKernels implements AmplitudeKernels {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_256;

    /** The signs {@code (-1)^|z & lane|} for each z of two bits. */
    private static final DoubleVector[] SIGN = new DoubleVector[LANES];

    /** The lanes where that is -1, and the lanes where it is not. */
    private static final MaskPair[] ODD = new MaskPair[LANES];

    /** Lane {@code l} from lane {@code l ^ x}, for each x of two bits. */
    private static final ShuffleOf[] MOVE = new ShuffleOf[LANES];

    private record MaskPair(VectorMask<Double> odd, VectorMask<Double> even) {
        VectorMask<Double> where(boolean negated) {
            return negated ? even : odd;
        }
    }

    private record ShuffleOf(VectorShuffle<Double> lanes) {}

    static {
        for (int bits = 0; bits < LANES; bits++) {
            int b = bits;
            double[] signs = new double[LANES];
            boolean[] odd = new boolean[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                odd[lane] = isOdd(lane & bits);
                signs[lane] = odd[lane] ? -1 : 1;
            }
            SIGN[bits] = DoubleVector.fromArray(SPECIES, signs, 0);
            VectorMask<Double> mask = VectorMask.fromArray(SPECIES, odd, 0);
            ODD[bits] = new MaskPair(mask, mask.not());
            MOVE[bits] = new ShuffleOf(VectorShuffle.fromOp(SPECIES, lane -> lane ^ b));
        }
    }

    private final AmplitudeKernels plain = AmplitudeKernels.plain();

    /** Whether the processor has vectors of that width. */
    static boolean isSupported() {
        return DoubleVector.SPECIES_PREFERRED.length() >= LANES;
    }

    private static boolean isOdd(int bits) {
        return (Integer.bitCount(bits) & 1) != 0;
    }

    private static DoubleVector load(double[] from, int at) {
        return DoubleVector.fromArray(SPECIES, from, at);
    }

    /** The signs of the lanes {@code (l ^ x)}, times a factor. */
    private static DoubleVector signs(int x, int z, double factor) {
        int lanes = LANES - 1;
        return SIGN[z & lanes].mul(isOdd(x & z & lanes) ? -factor : factor);
    }

    /**
     * The amplitude at j becomes {@code cos a + (-i sin) i^y (-1)^|z & j'| a'} with j' the partner
     * {@code j ^ x}, and {@code -i i^y} is a power of i.
     */
    @Override
    public void rotate(double[] re, double[] im, int size, int x, int z, double cos, double sin) {
        if (size < LANES) {
            plain.rotate(re, im, size, x, z, cos, sin);
            return;
        }
        int power = Integer.bitCount(x & z) + 3 & 3;
        DoubleVector signs = signs(x, z, (power & 2) == 0 ? sin : -sin);
        boolean imaginary = (power & 1) != 0;
        if (x < LANES) {
            rotateInside(re, im, size, x, z & -LANES, cos, signs, imaginary);
        } else if (imaginary) {
            rotateImaginary(re, im, size, x, z & -LANES, cos, signs);
        } else {
            rotateReal(re, im, size, x, z & -LANES, cos, signs);
        }
    }

    /** Partners are in the same vector. */
    private static void rotateInside(
            double[] re,
            double[] im,
            int size,
            int x,
            int high,
            double cos,
            DoubleVector signs,
            boolean imaginary) {
        VectorShuffle<Double> move = MOVE[x].lanes;
        for (int j = 0; j < size; j += LANES) {
            DoubleVector a = load(re, j);
            DoubleVector b = load(im, j);
            DoubleVector c = a.rearrange(move);
            DoubleVector d = b.rearrange(move);
            DoubleVector s = isOdd(j & high) ? signs.neg() : signs;
            if (imaginary) {
                a.mul(cos).sub(s.mul(d)).intoArray(re, j);
                b.mul(cos).add(s.mul(c)).intoArray(im, j);
            } else {
                a.mul(cos).add(s.mul(c)).intoArray(re, j);
                b.mul(cos).add(s.mul(d)).intoArray(im, j);
            }
        }
    }

    private static void rotateImaginary(
            double[] re, double[] im, int size, int x, int high, double cos, DoubleVector signs) {
        VectorShuffle<Double> move = MOVE[x & LANES - 1].lanes;
        int low = Integer.highestOneBit(x);
        boolean differ = isOdd(x & high);
        for (int block = 0; block < size; block += 2 * low) {
            for (int j = block; j < block + low; j += LANES) {
                int p = j ^ x & -LANES;
                DoubleVector a = load(re, j);
                DoubleVector b = load(im, j);
                DoubleVector c = load(re, p);
                DoubleVector d = load(im, p);
                boolean odd = isOdd(j & high);
                DoubleVector atPartner = odd ? signs.neg() : signs;
                DoubleVector here = odd != differ ? signs.neg() : signs;
                a.mul(cos).sub(here.mul(d.rearrange(move))).intoArray(re, j);
                b.mul(cos).add(here.mul(c.rearrange(move))).intoArray(im, j);
                c.mul(cos).sub(atPartner.mul(b.rearrange(move))).intoArray(re, p);
                d.mul(cos).add(atPartner.mul(a.rearrange(move))).intoArray(im, p);
            }
        }
    }

    private static void rotateReal(
            double[] re, double[] im, int size, int x, int high, double cos, DoubleVector signs) {
        VectorShuffle<Double> move = MOVE[x & LANES - 1].lanes;
        int low = Integer.highestOneBit(x);
        boolean differ = isOdd(x & high);
        for (int block = 0; block < size; block += 2 * low) {
            for (int j = block; j < block + low; j += LANES) {
                int p = j ^ x & -LANES;
                DoubleVector a = load(re, j);
                DoubleVector b = load(im, j);
                DoubleVector c = load(re, p);
                DoubleVector d = load(im, p);
                boolean odd = isOdd(j & high);
                DoubleVector atPartner = odd ? signs.neg() : signs;
                DoubleVector here = odd != differ ? signs.neg() : signs;
                a.mul(cos).add(here.mul(c.rearrange(move))).intoArray(re, j);
                b.mul(cos).add(here.mul(d.rearrange(move))).intoArray(im, j);
                c.mul(cos).add(atPartner.mul(a.rearrange(move))).intoArray(re, p);
                d.mul(cos).add(atPartner.mul(b.rearrange(move))).intoArray(im, p);
            }
        }
    }

    @Override
    public void weights(double[] re, double[] im, int size, int x, int z, double[] sums) {
        if (size < LANES || x != 0 && x < LANES) {
            plain.weights(re, im, size, x, z, sums);
        } else if (x == 0) {
            parityWeights(re, im, size, z, sums);
        } else {
            pairWeights(re, im, size, x, z, sums);
        }
    }

    private static void parityWeights(double[] re, double[] im, int size, int z, double[] sums) {
        MaskPair masks = ODD[z & LANES - 1];
        DoubleVector plus = DoubleVector.zero(SPECIES);
        DoubleVector minus = DoubleVector.zero(SPECIES);
        for (int j = 0; j < size; j += LANES) {
            DoubleVector a = load(re, j);
            DoubleVector b = load(im, j);
            DoubleVector w = a.mul(a).add(b.mul(b));
            boolean odd = isOdd(j & z & -LANES);
            plus = plus.add(w, masks.where(!odd));
            minus = minus.add(w, masks.where(odd));
        }
        plus.intoArray(sums, 0);
        minus.intoArray(sums, LANES);
    }

    private static void pairWeights(
            double[] re, double[] im, int size, int x, int z, double[] sums) {
        VectorShuffle<Double> move = MOVE[x & LANES - 1].lanes;
        int y = Integer.bitCount(x & z) & 3;
        boolean turned = (y & 1) != 0;
        DoubleVector signsRe = signs(x, z, y == 1 || y == 2 ? -1 : 1);
        DoubleVector signsIm = signs(x, z, y >= 2 ? -1 : 1);
        DoubleVector plus = DoubleVector.zero(SPECIES);
        DoubleVector minus = DoubleVector.zero(SPECIES);
        int low = Integer.highestOneBit(x);
        for (int block = 0; block < size; block += 2 * low) {
            for (int j = block; j < block + low; j += LANES) {
                int p = j ^ x & -LANES;
                boolean odd = isOdd(p & z & -LANES);
                DoubleVector c = load(turned ? im : re, p).rearrange(move);
                DoubleVector d = load(turned ? re : im, p).rearrange(move);
                c = c.mul(odd ? signsRe.neg() : signsRe);
                d = d.mul(odd ? signsIm.neg() : signsIm);
                DoubleVector a = load(re, j);
                DoubleVector b = load(im, j);
                plus = plus.add(square(a.add(c)).add(square(b.add(d))));
                minus = minus.add(square(a.sub(c)).add(square(b.sub(d))));
            }
        }
        plus.intoArray(sums, 0);
        minus.intoArray(sums, LANES);
    }

    private static DoubleVector square(DoubleVector v) {
        return v.mul(v);
    }

    @Override
    public void project(
            double[] re, double[] im, int size, int x, int z, boolean minus, double[] sums) {
        int highest = Integer.highestOneBit(x != 0 ? x : z);
        if (highest < LANES) {
            plain.project(re, im, size, x, z, minus, sums);
        } else if (x == 0) {
            projectParity(re, im, size, z, minus, sums);
        } else {
            projectPairs(re, im, size, x, z, minus, sums);
        }
    }

    private static void projectParity(
            double[] re, double[] im, int size, int z, boolean minus, double[] sums) {
        MaskPair masks = ODD[z & LANES - 1];
        DoubleVector norm = DoubleVector.zero(SPECIES);
        int low = Integer.highestOneBit(z);
        for (int to = 0; to < size / 2; to += LANES) {
            int from = (to & -low) << 1 | to & low - 1;
            VectorMask<Double> upper = masks.where(isOdd(from & z & -LANES) != minus);
            DoubleVector a = load(re, from).blend(load(re, from | low), upper);
            DoubleVector b = load(im, from).blend(load(im, from | low), upper);
            a.intoArray(re, to);
            b.intoArray(im, to);
            norm = norm.add(square(a).add(square(b)));
        }
        norm.intoArray(sums, 0);
    }

    private static void projectPairs(
            double[] re, double[] im, int size, int x, int z, boolean minus, double[] sums) {
        VectorShuffle<Double> move = MOVE[x & LANES - 1].lanes;
        int y = Integer.bitCount(x & z) + (minus ? 2 : 0) & 3;
        boolean turned = (y & 1) != 0;
        DoubleVector signsRe = signs(x, z, y == 1 || y == 2 ? -1 : 1);
        DoubleVector signsIm = signs(x, z, y >= 2 ? -1 : 1);
        DoubleVector norm = DoubleVector.zero(SPECIES);
        int low = Integer.highestOneBit(x);
        for (int to = 0; to < size / 2; to += LANES) {
            int from = (to & -low) << 1 | to & low - 1;
            int p = from ^ x & -LANES;
            boolean odd = isOdd(p & z & -LANES);
            DoubleVector c = load(turned ? im : re, p).rearrange(move);
            DoubleVector d = load(turned ? re : im, p).rearrange(move);
            DoubleVector a = load(re, from).add(c.mul(odd ? signsRe.neg() : signsRe));
            DoubleVector b = load(im, from).add(d.mul(odd ? signsIm.neg() : signsIm));
            a.intoArray(re, to);
            b.intoArray(im, to);
            norm = norm.add(square(a).add(square(b)));
        }
        norm.intoArray(sums, 0);
    }
}
