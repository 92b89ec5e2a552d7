package org.jaket.mps;

import org.jaket.execution.trajectory.OutcomeSampler;

import java.util.Arrays;

/**
 * Draws joint outcomes site by site, each from its exact distribution given those before: perfect
 * sampling (A. J. Ferris and G. Vidal, "Perfect sampling with unitary tensor networks", 2012), in
 * O(n chi^2) a draw.
 *
 * <p>The centre is the first measured site, and all tensors behind it have orthonormal rows, so the
 * norm of the product so far is the probability of what was drawn so far. Sites between the
 * measured ones are drawn and forgotten, and so is the basis state of the bond that leads to the
 * first one: the sum over what is forgotten is the distribution of the rest.
 */
final class ChainSampler implements OutcomeSampler {
    private final Tensor[] tensors;

    /** For each site from the centre on its result, or -1. */
    private final int[] result;

    private final double[] leftWeights;

    ChainSampler(Chain chain, int[] sites) {
        int first = chain.centre();
        int last = Arrays.stream(sites).max().orElseThrow();
        tensors = new Tensor[last - first + 1];
        result = new int[tensors.length];
        Arrays.fill(result, -1);
        for (int k = 0; k < tensors.length; k++) {
            tensors[k] = chain.site(first + k);
        }
        for (int j = 0; j < sites.length; j++) {
            result[sites[j] - first] = j;
        }
        Tensor centre = tensors[0];
        leftWeights = new double[centre.left];
        int row = 2 * centre.right;
        for (int l = 0; l < centre.left; l++) {
            for (int k = l * row; k < (l + 1) * row; k++) {
                leftWeights[l] +=
                        centre.entries.re[k] * centre.entries.re[k]
                                + centre.entries.im[k] * centre.entries.im[k];
            }
        }
    }

    @Override
    public int draws() {
        return tensors.length + 1;
    }

    @Override
    public void draw(double[] uniform, long[] outcome) {
        Arrays.fill(outcome, 0);
        double[] re = new double[leftWeights.length];
        double[] im = new double[leftWeights.length];
        re[choose(uniform[0])] = 1;
        for (int k = 0; k < tensors.length; k++) {
            Tensor t = tensors[k];
            double[] zeroRe = new double[t.right];
            double[] zeroIm = new double[t.right];
            double[] oneRe = new double[t.right];
            double[] oneIm = new double[t.right];
            step(t, 0, re, im, zeroRe, zeroIm);
            step(t, 1, re, im, oneRe, oneIm);
            double zero = norm(zeroRe, zeroIm);
            double one = norm(oneRe, oneIm);
            boolean isOne = uniform[k + 1] * (zero + one) < one;
            re = isOne ? oneRe : zeroRe;
            im = isOne ? oneIm : zeroIm;
            double scale = 1 / Math.sqrt(isOne ? one : zero);
            for (int r = 0; r < re.length; r++) {
                re[r] *= scale;
                im[r] *= scale;
            }
            if (isOne && result[k] >= 0) {
                outcome[result[k] >> 6] |= 1L << result[k];
            }
        }
    }

    private int choose(double uniform) {
        double left = uniform * Arrays.stream(leftWeights).sum();
        int l = 0;
        while (l < leftWeights.length - 1 && left >= leftWeights[l]) {
            left -= leftWeights[l++];
        }
        while (l > 0 && leftWeights[l] == 0) {
            l--;
        }
        return l;
    }

    /** A row vector times the matrix of one value of a qubit. */
    static void step(Tensor t, int s, double[] re, double[] im, double[] nextRe, double[] nextIm) {
        for (int l = 0; l < t.left; l++) {
            double x = re[l];
            double y = im[l];
            if (x == 0 && y == 0) {
                continue;
            }
            int from = (2 * l + s) * t.right;
            for (int r = 0; r < t.right; r++) {
                double c = t.entries.re[from + r];
                double d = t.entries.im[from + r];
                nextRe[r] += x * c - y * d;
                nextIm[r] += x * d + y * c;
            }
        }
    }

    private static double norm(double[] re, double[] im) {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            sum += re[i] * re[i] + im[i] * im[i];
        }
        return sum;
    }
}
