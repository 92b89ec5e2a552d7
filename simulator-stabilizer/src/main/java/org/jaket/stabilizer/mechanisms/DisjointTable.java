package org.jaket.stabilizer.mechanisms;

import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.random.RareEvents;

/**
 * Channels with the same probabilities, of whose errors at most one happens: hits are found by the
 * gaps between them, and each hit draws which error it is. Exact, where independent errors would
 * not be.
 */
final class DisjointTable {
    private final int errors;
    private final double total;
    private final double[] cumulative;
    private final RareEvents events;

    /** The number of each channel's error in its stretch, or empty. */
    private final int[] numbers;

    /** The bits that error e of channel c flips, at {@code c * errors + e}. */
    private final int[][] flips;

    DisjointTable(Errors.Exclusive channels, int detectors) {
        numbers = channels.numbers();
        errors = channels.probabilities().length;
        cumulative = new double[errors];
        double sum = 0;
        for (int e = 0; e < errors; e++) {
            sum += channels.probabilities()[e];
            cumulative[e] = sum;
        }
        total = Math.min(1, sum);
        events = new RareEvents(total);
        flips = new int[channels.symptoms().length * errors][];
        int at = 0;
        for (int[][] channel : channels.symptoms()) {
            for (int[] error : channel) {
                flips[at++] = Symptoms.places(error, detectors);
            }
        }
    }

    /** Expected hits per shot. */
    double mean() {
        return total * flips.length / errors;
    }

    /** Flips bits of a block of shots; parameters as in {@link PoissonTable#scatter}. */
    void scatter(long[] rows, int stride, int shots, int base, int firstError, BitSource source) {
        int shift = Integer.numberOfTrailingZeros(shots);
        long trials = (long) (flips.length / errors) << shift;
        for (long s = events.next(-1, source); s < trials; s = events.next(s, source)) {
            int row = ((int) s & shots - 1) * stride;
            int channel = (int) (s >>> shift);
            int error = draw(source.nextDouble() * total);
            Symptoms.flip(flips[channel * errors + error], base, rows, row);
            if (firstError >= 0) {
                int bit = firstError + numbers[channel];
                rows[row + (bit >>> 6)] ^= 1L << bit;
            }
        }
    }

    private int draw(double u) {
        int e = 0;
        while (e < errors - 1 && u >= cumulative[e]) {
            e++;
        }
        return e;
    }
}
