package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * A given number of assets, with a small risk and a large return: the smallest {@code aversion x'Cx
 * - r'x}. An answer is the set of assets.
 *
 * <p>The model has a binary variable for each asset. Taking in or leaving out one asset changes the
 * objective by at most its return and {@code aversion} times its row of covariances, by absolute
 * values; the square of how many are missing or too many is at least that number. So a penalty
 * above the largest such change is enough; it is larger by a 64th.
 */
public final class PortfolioSelection implements Problem<BitSet> {
    private final double[] returns;
    private final double[][] covariance;
    private final double aversion;
    private final int chosen;

    /**
     * An instance.
     *
     * @param returns expected, of each asset
     * @param covariance of the returns, symmetric
     * @param aversion to risk, at least 0
     * @param chosen how many assets to choose
     */
    public PortfolioSelection(
            double[] returns, double[][] covariance, double aversion, int chosen) {
        this.returns = returns.clone();
        this.covariance = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
        this.aversion = aversion;
        this.chosen = chosen;
        int n = returns.length;
        if (chosen < 0 || chosen > n) {
            throw new IllegalArgumentException(
                    "%d of %d assets cannot be chosen".formatted(chosen, n));
        }
        if (!(aversion >= 0 && aversion < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the aversion cannot be " + aversion);
        }
        for (int i = 0; i < n; i++) {
            if (covariance.length != n || covariance[i].length != n) {
                throw new IllegalArgumentException(
                        "the covariances should be a matrix of %d by %d".formatted(n, n));
            }
            for (int j = 0; j <= i; j++) {
                if (!Double.isFinite(covariance[i][j]) || covariance[i][j] != covariance[j][i]) {
                    throw new IllegalArgumentException(
                            "the covariance of %d and %d is %s one way and %s the other"
                                    .formatted(i, j, covariance[i][j], covariance[j][i]));
                }
            }
            if (!Double.isFinite(returns[i])) {
                throw new IllegalArgumentException("a return cannot be " + returns[i]);
            }
        }
    }

    /** How many assets there are. */
    public int assets() {
        return returns.length;
    }

    @Override
    public BinaryQuadraticModel model() {
        int n = assets();
        Squares.limit((long) n * n / 2, "the portfolio");
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        Squares sum = new Squares();
        double most = 0;
        for (int i = 0; i < n; i++) {
            double change = Math.abs(aversion * covariance[i][i] - returns[i]);
            builder.addLinear(i, aversion * covariance[i][i] - returns[i]);
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    change += 2 * aversion * Math.abs(covariance[i][j]);
                }
                if (j < i) {
                    builder.addQuadratic(i, j, 2 * aversion * covariance[i][j]);
                }
            }
            most = Math.max(most, change);
            sum.add(i, 1);
        }
        sum.addTo(builder, -chosen, most == 0 ? 1 : most * (1 + 1.0 / 64));
        return builder.build();
    }

    @Override
    public Optional<BitSet> decode(byte[] state) {
        Answers.length(state, assets());
        return Optional.of(Answers.set(state, assets())).filter(this::isFeasible);
    }

    @Override
    public byte[] encode(BitSet answer) {
        Answers.require(this, answer);
        return Answers.state(answer, assets(), 0);
    }

    @Override
    public Optional<String> violation(BitSet answer) {
        Optional<String> beyond = Answers.within(answer, assets(), "asset");
        return beyond.isPresent() || answer.cardinality() == chosen
                ? beyond
                : Optional.of(
                        "there are %d assets, not %d".formatted(answer.cardinality(), chosen));
    }

    /** The aversion times the variance, less the return. */
    @Override
    public double value(BitSet answer) {
        Answers.require(this, answer);
        double sum = 0;
        for (int i = answer.nextSetBit(0); i >= 0; i = answer.nextSetBit(i + 1)) {
            sum -= returns[i];
            for (int j = answer.nextSetBit(0); j >= 0; j = answer.nextSetBit(j + 1)) {
                sum += aversion * covariance[i][j];
            }
        }
        return sum;
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
