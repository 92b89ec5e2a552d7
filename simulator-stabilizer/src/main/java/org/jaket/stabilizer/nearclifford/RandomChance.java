package org.jaket.stabilizer.nearclifford;

import org.jaket.stabilizer.random.BitSource;

/**
 * Random decisions. Errors come at the events of a Poisson process along the sum of the sites'
 * hazards {@code -ln(1 - p)}: a site without an event in its stretch has no error, which has
 * probability 1 - p. One logarithm an error, whatever the number of sites.
 */
final class RandomChance implements Chance {
    private final BitSource random;
    private double left;
    private long bits;
    private int bitCount;

    RandomChance(BitSource random) {
        this.random = random;
    }

    /** Starts a shot: how far the first error is. */
    void begin() {
        left = exponential();
    }

    /** Whether the first error is further than a sum of hazards; if so, these are passed. */
    boolean skip(double hazard) {
        if (left < hazard) {
            return false;
        }
        left -= hazard;
        return true;
    }

    /** Forgets what was drawn ahead, for when the source is restarted. */
    void restart() {
        bitCount = 0;
    }

    private double exponential() {
        return -Math.log(random.nextPositiveDouble());
    }

    @Override
    public boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    @Override
    public boolean error(double probability) {
        return happens(probability);
    }

    @Override
    public boolean coin() {
        if (bitCount == 0) {
            bits = random.next();
            bitCount = 64;
        }
        boolean coin = (bits & 1) != 0;
        bits >>>= 1;
        bitCount--;
        return coin;
    }

    @Override
    public int nextError(ErrorSites sites, int start, int site, int end) {
        if (site == end) {
            return end;
        }
        double[] hazard = sites.hazard();
        double before = site == start ? 0 : hazard[site - 1];
        double last = hazard[end - 1];
        double event = before + left;
        if (event >= last) {
            left = event - last;
            return end;
        }
        int low = site;
        int high = end - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (hazard[middle] > event) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        left = exponential();
        return low;
    }

    @Override
    public int choose(double[] cumulative) {
        double u = random.nextDouble();
        int k = 0;
        while (k < cumulative.length - 1 && u >= cumulative[k]) {
            k++;
        }
        return k;
    }
}
