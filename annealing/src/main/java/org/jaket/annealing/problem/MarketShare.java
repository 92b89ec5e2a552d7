package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Retailers for one of two divisions of a company, so that its share of the market of each product
 * is as it should be: binary x with A x = b, or as nearly as possible. An answer is the set of
 * retailers. G. Cornuéjols, M. Dawande, A class of hard small 0-1 programs (1998).
 *
 * <p>The model is the sum of the squares of A x - b. Every state is feasible, there are no
 * penalties; the energy is 0 if and only if the shares are exact.
 */
public final class MarketShare implements Problem<BitSet> {
    private final int[][] demand;
    private final long[] share;

    /**
     * An instance.
     *
     * @param demand a row for each product, an entry for each retailer
     * @param share what the chosen retailers' demand should be, one for each product
     */
    public MarketShare(int[][] demand, long[] share) {
        this.demand = Arrays.stream(demand).map(int[]::clone).toArray(int[][]::new);
        this.share = share.clone();
        if (demand.length == 0 || demand.length != share.length) {
            throw new IllegalArgumentException(
                    "%d rows for %d shares".formatted(demand.length, share.length));
        }
        for (int[] row : demand) {
            if (row.length != demand[0].length) {
                throw new IllegalArgumentException(
                        "a row has %d entries, not %d".formatted(row.length, demand[0].length));
            }
        }
    }

    /**
     * An instance as Cornuéjols and Dawande make them: {@code 10 (products - 1)} retailers, demands
     * uniformly from 0 to 99, and shares of one half, rounded down.
     *
     * @param products at least 2; 5 are hard, 8 hopeless
     * @param seed decides the demands
     */
    public static MarketShare random(int products, long seed) {
        if (products < 2 || products > 1000) {
            throw new IllegalArgumentException("there are 2 to 1000 products, not " + products);
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[][] demand = new int[products][10 * (products - 1)];
        long[] share = new long[products];
        for (int p = 0; p < products; p++) {
            for (int r = 0; r < demand[p].length; r++) {
                demand[p][r] = random.nextInt(100);
                share[p] += demand[p][r];
            }
            share[p] /= 2;
        }
        return new MarketShare(demand, share);
    }

    /** How many retailers there are. */
    public int retailers() {
        return demand[0].length;
    }

    @Override
    public BinaryQuadraticModel model() {
        Squares.limit((long) retailers() * retailers() / 2 * demand.length, "the market");
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        Squares sum = new Squares();
        for (int p = 0; p < demand.length; p++) {
            for (int r = 0; r < retailers(); r++) {
                sum.add(r, demand[p][r]);
            }
            sum.addTo(builder, -(double) share[p], 1);
        }
        return builder.build();
    }

    @Override
    public Optional<BitSet> decode(byte[] state) {
        Answers.length(state, retailers());
        return Optional.of(Answers.set(state, retailers()));
    }

    @Override
    public byte[] encode(BitSet answer) {
        Answers.require(this, answer);
        return Answers.state(answer, retailers(), 0);
    }

    @Override
    public Optional<String> violation(BitSet answer) {
        return Answers.within(answer, retailers(), "retailer");
    }

    /** The sum of the squares of the differences, as in the model. */
    @Override
    public double value(BitSet answer) {
        Answers.require(this, answer);
        double sum = 0;
        for (int p = 0; p < demand.length; p++) {
            double difference = (double) difference(p, answer);
            sum += difference * difference;
        }
        return sum;
    }

    /** The sum of the differences' sizes, which is how the literature counts. */
    public long slack(BitSet answer) {
        Answers.require(this, answer);
        long sum = 0;
        for (int p = 0; p < demand.length; p++) {
            sum += Math.abs(difference(p, answer));
        }
        return sum;
    }

    private long difference(int product, BitSet answer) {
        return answer.stream().mapToLong(r -> demand[product][r]).sum() - share[product];
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
