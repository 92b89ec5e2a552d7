package org.jaket.stabilizer.nearclifford;

/**
 * The places of a program where independent errors can happen, in the order of time. An error draws
 * a Pauli from the site's channel and may flip a result.
 *
 * @param hazard {@code -ln(1 - p)} summed from the first site of its ERRORS operation to this one;
 *     infinite only for the last site of an operation
 * @param probability p of each site
 * @param channel the channel of each site: an index into {@code cumulative} and {@code codes}
 * @param masks four masks a site: X and Z of its first and of its second qubit
 * @param record the result that an error flips, or -1
 * @param cumulative the channels' running sums of probabilities, the last one 1
 * @param codes which of the four masks each choice takes, as bits
 */
record ErrorSites(
        double[] hazard,
        double[] probability,
        int[] channel,
        int[] masks,
        int[] record,
        double[][] cumulative,
        int[][] codes) {}
