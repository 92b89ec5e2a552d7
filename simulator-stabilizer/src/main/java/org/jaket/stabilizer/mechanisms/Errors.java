package org.jaket.stabilizer.mechanisms;

/**
 * The errors of a stretch of a circuit or model and where the stretch recurs.
 *
 * @param independent symptoms of the errors that hit independently
 * @param means their expected hits per shot
 * @param numbers which errors of the stretch they are; empty if errors are not told apart
 * @param disjoint channels of which at most one error happens, grouped by their probabilities
 * @param random what is flipped as a whole with probability one half
 * @param runs each time the stretch is run
 */
record Errors(
        int[][] independent,
        double[] means,
        int[] numbers,
        Exclusive[] disjoint,
        int[][] random,
        Run[] runs) {
    /**
     * Channels with the same probabilities.
     *
     * @param probabilities of the errors
     * @param symptoms by channel and error
     * @param numbers which error of the stretch each channel is; empty if they are not told apart
     */
    record Exclusive(double[] probabilities, int[][][] symptoms, int[] numbers) {}

    /**
     * A run of a stretch.
     *
     * @param base the detector that symptoms are counted from
     * @param firstError the number of its first error
     */
    record Run(int base, int firstError) {
        Run moved(long detectors, long errors) {
            return new Run((int) (base + detectors), (int) (firstError + errors));
        }
    }

    /** The same errors with every run repeated, each time moved further. */
    Errors repeated(long count, long detectors, long errors) {
        Run[] all = new Run[Math.toIntExact(count * runs.length)];
        int at = 0;
        for (Run run : runs) {
            for (long k = 0; k < count; k++) {
                all[at++] = run.moved(k * detectors, k * errors);
            }
        }
        return new Errors(independent, means, numbers, disjoint, random, all);
    }

    /** The same errors with every run moved. */
    Errors moved(long detectors, long errors) {
        Run[] all = new Run[runs.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = runs[k].moved(detectors, errors);
        }
        return new Errors(independent, means, numbers, disjoint, random, all);
    }
}
