package org.jaket.stabilizer.nearclifford;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API, with four amplitudes a vector. A string acts on the two lowest
 * bits of an index by exchanging lanes and by signs of lanes, on the others as in {@link
 * PlainAmplitudeKernels}.
 *
 * <p>Loaded only after the module {@code jdk.incubator.vector} has been found.
 */
final class VectorAmplitudeKernels implements AmplitudeKernels {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_256;

    private static final int LANES = SPECIES.length();

    /** The signs {@code (-1)^|z & lane|} for each z of two bits. */
    private static final DoubleVector[] SIGN = new DoubleVector[LANES];

    /** Lane {@code l} from lane {@code l ^ x}, for each x of two bits. */
    private static final ShuffleOf[] MOVE = new ShuffleOf[LANES];

    private record ShuffleOf(VectorShuffle<Double> lanes) {}

    static {
        for (int bits = 0; bits < LANES; bits++) {
            int b = bits;
            double[] signs = new double[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                signs[lane] = isOdd(lane & bits) ? -1 : 1;
            }
            SIGN[bits] = DoubleVector.fromArray(SPECIES, signs, 0);
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
}
