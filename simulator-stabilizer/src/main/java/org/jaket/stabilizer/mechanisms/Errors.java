package org.jaket.stabilizer.mechanisms;

/**
 * The errors of a stretch of a circuit and where the stretch recurs.
 *
 * @param independent the errors that hit independently
 * @param means their expected hits per shot
 * @param disjoint channels of which at most one error happens, grouped by their probabilities
 * @param bases the detector numbers that symptoms are counted from, one for each time the stretch
 *     is run
 */
record Errors(int[][] independent, double[] means, Exclusive[] disjoint, int[] bases) {
    /**
     * Channels with the same probabilities.
     *
     * @param probabilities of the errors
     * @param symptoms by channel and error
     */
    record Exclusive(double[] probabilities, int[][][] symptoms) {}
}
