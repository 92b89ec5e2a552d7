package org.jaket.stabilizer.nearclifford;

import java.util.Arrays;

/** The kernels in plain Java. */
final class PlainAmplitudeKernels implements AmplitudeKernels {
    static final PlainAmplitudeKernels INSTANCE = new PlainAmplitudeKernels();

    private static double sign(int bits) {
        return 1 - ((Integer.bitCount(bits) & 1) << 1);
    }

    private static double square(double value) {
        return value * value;
    }

    @Override
    public void rotate(double[] re, double[] im, int size, int x, int z, double cos, double sin) {
        if (x == 0) {
            for (int j = 0; j < size; j++) {
                double s = sin * sign(j & z);
                double a = re[j];
                double b = im[j];
                re[j] = cos * a + s * b;
                im[j] = cos * b - s * a;
            }
            return;
        }
        // A|j'> = i^y (-1)^|z & j'| |j>, and -i i^y is imaginary for even y, real for odd y.
        int y = Integer.bitCount(x & z);
        double factor = (y & 2) == 0 ? sin : -sin;
        double swapped = (y & 1) == 0 ? 1 : -1;
        int low = Integer.highestOneBit(x);
        for (int block = 0; block < size; block += 2 * low) {
            if ((y & 1) == 0) {
                for (int j = block; j < block + low; j++) {
                    int partner = j ^ x;
                    double f = factor * sign(j & z);
                    double a = re[j];
                    double b = im[j];
                    double c = re[partner];
                    double d = im[partner];
                    re[j] = cos * a + swapped * f * d;
                    im[j] = cos * b - swapped * f * c;
                    re[partner] = cos * c + f * b;
                    im[partner] = cos * d - f * a;
                }
            } else {
                for (int j = block; j < block + low; j++) {
                    int partner = j ^ x;
                    double f = factor * sign(j & z);
                    double a = re[j];
                    double b = im[j];
                    double c = re[partner];
                    double d = im[partner];
                    re[j] = cos * a + swapped * f * c;
                    im[j] = cos * b + swapped * f * d;
                    re[partner] = cos * c + f * a;
                    im[partner] = cos * d + f * b;
                }
            }
        }
    }

    @Override
    public void weights(double[] re, double[] im, int size, int x, int z, double[] sums) {
        Arrays.fill(sums, 0);
        if (x == 0) {
            for (int j = 0; j < size; j++) {
                int odd = Integer.bitCount(j & z) & 1;
                sums[LANES * odd + (j & LANES - 1)] += square(re[j]) + square(im[j]);
            }
            return;
        }
        int low = Integer.highestOneBit(x);
        int y = Integer.bitCount(x & z) & 3;
        for (int block = 0; block < size; block += 2 * low) {
            for (int j = block; j < block + low; j++) {
                int partner = j ^ x;
                double s = sign(partner & z);
                double c = turnedRe(re, im, partner, y) * s;
                double d = turnedIm(re, im, partner, y) * s;
                int lane = j & LANES - 1;
                sums[lane] += square(re[j] + c) + square(im[j] + d);
                sums[LANES + lane] += square(re[j] - c) + square(im[j] - d);
            }
        }
    }

    private static double turnedRe(double[] re, double[] im, int j, int quarters) {
        return switch (quarters) {
            case 0 -> re[j];
            case 1 -> -im[j];
            case 2 -> -re[j];
            default -> im[j];
        };
    }

    private static double turnedIm(double[] re, double[] im, int j, int quarters) {
        return switch (quarters) {
            case 0 -> im[j];
            case 1 -> re[j];
            case 2 -> -im[j];
            default -> -re[j];
        };
    }

    /**
     * In place: an amplitude is written no further right than the first one it comes from, and
     * those still to be read lie further right.
     */
    @Override
    public void project(
            double[] re, double[] im, int size, int x, int z, boolean minus, double[] sums) {
        Arrays.fill(sums, 0);
        int half = size / 2;
        if (x == 0) {
            int low = Integer.highestOneBit(z);
            for (int to = 0; to < half; to++) {
                int from = (to & -low) << 1 | to & low - 1;
                if ((Integer.bitCount(from & z) & 1) != 0 != minus) {
                    from |= low;
                }
                re[to] = re[from];
                im[to] = im[from];
                sums[to & LANES - 1] += square(re[to]) + square(im[to]);
            }
            return;
        }
        int low = Integer.highestOneBit(x);
        int y = Integer.bitCount(x & z) + (minus ? 2 : 0) & 3;
        for (int to = 0; to < half; to++) {
            int from = (to & -low) << 1 | to & low - 1;
            int partner = from ^ x;
            double s = sign(partner & z);
            double a = re[from] + turnedRe(re, im, partner, y) * s;
            double b = im[from] + turnedIm(re, im, partner, y) * s;
            re[to] = a;
            im[to] = b;
            sums[to & LANES - 1] += square(a) + square(b);
        }
    }
}
