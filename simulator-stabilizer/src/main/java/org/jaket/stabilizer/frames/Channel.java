package org.jaket.stabilizer.frames;

import org.jaket.stabilizer.random.RareEvents;
import org.jspecify.annotations.Nullable;

/**
 * How one noise operation of a program draws its errors.
 *
 * <p>Three exact methods are used, whichever is cheapest:
 *
 * <ul>
 *   <li>scatter: the parity of a Bernoulli(p) has the law of the parity of a Poisson number with
 *       mean {@code -ln(1 - 2p) / 2}, so hits may fall anywhere, twice on the same place included:
 *       one Poisson number for the whole operation, then uniform places, no logarithm per hit. The
 *       same holds for depolarisation, a random walk on the Pauli group;
 *   <li>dense: a word of biased bits at a time, when hits are not rare;
 *   <li>list: geometric gaps between hits and a draw among the categories at each, for channels
 *       that are not random walks.
 * </ul>
 *
 * @param kind what a hit does
 * @param method how hits are drawn
 * @param probability of a hit at a location (list), or of each biased bit (dense)
 * @param mean expected hits per location and shot (scatter)
 * @param events the gap sampler (list)
 * @param cumulative running sums of the categories' probabilities (list)
 * @param codes the categories' Pauli bits: bit {@code i} flips row {@code i} of the location (list)
 */
record Channel(
        Kind kind,
        Method method,
        double probability,
        double mean,
        @Nullable RareEvents events,
        double[] cumulative,
        int[] codes) {

    /** What a hit does to the rows of its location. */
    enum Kind {
        /** Flips the one row. */
        FLIP(1),
        /** Flips both rows: a Y error. */
        FLIP_BOTH(2),
        /** Flips a uniformly chosen non-empty subset of two rows. */
        DEPOLARIZE1(2),
        /** Flips a uniformly chosen non-empty subset of four rows. */
        DEPOLARIZE2(4),
        /** Draws among listed Pauli errors on one qubit. */
        PAULI1(2),
        /** Draws among listed Pauli errors on two qubits. */
        PAULI2(4);

        final int rows;

        Kind(int rows) {
            this.rows = rows;
        }
    }

    /** How hits are drawn. */
    enum Method {
        /** Poisson number of uniform places. */
        SCATTER,
        /** Biased words. */
        DENSE,
        /** Geometric gaps. */
        LIST
    }

    /** Above this probability a row of biased bits costs less than its hits. */
    private static final double DENSE_FROM = 0.01;

    private static final double[] NO_SUMS = {};
    private static final int[] NO_CODES = {};

    /** A bit or bits flipped with probability {@code p}. */
    static Channel flip(double p, Kind kind) {
        if (p > DENSE_FROM) {
            return dense(kind, p);
        }
        return scatter(kind, -0.5 * StrictMath.log1p(-2 * p));
    }

    /** Uniform depolarisation of one qubit. */
    static Channel depolarize1(double p) {
        if (p > 0.75) {
            return list(Kind.PAULI1, new double[] {p / 3, p / 3, p / 3});
        }
        if (p > DENSE_FROM) {
            return dense(Kind.DEPOLARIZE1, Math.min(1, p * 4 / 3));
        }
        return scatter(Kind.DEPOLARIZE1, -0.75 * StrictMath.log1p(-p * 4 / 3));
    }

    /** Uniform depolarisation of two qubits. */
    static Channel depolarize2(double p) {
        if (p > 15.0 / 16) {
            double[] each = new double[15];
            java.util.Arrays.fill(each, p / 15);
            return list(Kind.PAULI2, each);
        }
        if (p > DENSE_FROM) {
            return dense(Kind.DEPOLARIZE2, Math.min(1, p * 16 / 15));
        }
        // Hits draw four bits, so one in sixteen of them is the identity.
        return scatter(Kind.DEPOLARIZE2, -StrictMath.log1p(-p * 16 / 15));
    }

    /**
     * Disjoint Pauli errors.
     *
     * @param kind {@link Kind#PAULI1} with the probabilities of X, Y, Z or {@link Kind#PAULI2} with
     *     those of IX, IY, IZ, XI, ... ZZ
     */
    static Channel list(Kind kind, double[] probabilities) {
        int count = probabilities.length;
        double[] cumulative = new double[count];
        int[] codes = new int[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += probabilities[i];
            cumulative[i] = sum;
            codes[i] = kind == Kind.PAULI2 ? bits(i + 1 >> 2) | bits(i + 1 & 3) << 2 : bits(i + 1);
        }
        return withCodes(kind, sum, cumulative, codes);
    }

    /** A heralded channel: probabilities of I, X, Y, Z; every hit is recorded. */
    static Channel heralded(double[] probabilities) {
        double[] cumulative = new double[4];
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += probabilities[i];
            cumulative[i] = sum;
        }
        return withCodes(Kind.PAULI1, sum, cumulative, new int[] {0, bits(1), bits(2), bits(3)});
    }

    /** An event of probability {@code p} per shot, for correlated errors. */
    static Channel event(double p) {
        return withCodes(Kind.FLIP, p, NO_SUMS, NO_CODES);
    }

    private static Channel withCodes(Kind kind, double sum, double[] cumulative, int[] codes) {
        double total = Math.min(1, sum);
        RareEvents events = total > 0 ? new RareEvents(total) : null;
        return new Channel(kind, Method.LIST, total, 0, events, cumulative, codes);
    }

    /** Flip bits (X row, Z row) of Pauli number 0 to 3 in the order I, X, Y, Z. */
    private static int bits(int pauli) {
        return pauli == 0 ? 0 : pauli == 1 ? 1 : pauli == 2 ? 3 : 2;
    }

    private static Channel dense(Kind kind, double p) {
        return new Channel(kind, Method.DENSE, p, 0, null, NO_SUMS, NO_CODES);
    }

    private static Channel scatter(Kind kind, double mean) {
        return new Channel(kind, Method.SCATTER, 0, mean, null, NO_SUMS, NO_CODES);
    }

    /** Draws one of the categories. */
    int drawCode(double uniform) {
        double u = uniform * probability;
        int i = 0;
        while (i < cumulative.length - 1 && u >= cumulative[i]) {
            i++;
        }
        return codes[i];
    }
}
