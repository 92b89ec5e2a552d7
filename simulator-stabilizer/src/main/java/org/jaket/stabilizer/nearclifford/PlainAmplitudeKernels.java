package org.jaket.stabilizer.nearclifford;

/** The kernels in plain Java. */
final class PlainAmplitudeKernels implements AmplitudeKernels {
    static final PlainAmplitudeKernels INSTANCE = new PlainAmplitudeKernels();

    private static double sign(int bits) {
        return 1 - ((Integer.bitCount(bits) & 1) << 1);
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
}
