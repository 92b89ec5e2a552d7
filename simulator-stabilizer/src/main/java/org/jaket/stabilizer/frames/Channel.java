package org.jaket.stabilizer.frames;

import org.jaket.stabilizer.random.RareEvents;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

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
 * @param cumulative running sums of the categories' probabilities (list); the chances to keep a
 *     place, which is a category, of the alias method (scattered Paulis)
 * @param codes the categories' Pauli bits: bit {@code i} flips row {@code i} of the location
 *     (list); the categories that places stand for otherwise (scattered Paulis)
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

    /** Channels nearer to erasing a bit than this are listed, lest rates be inexact. */
    private static final double SMALLEST_EIGENVALUE = 1e-3;

    /** Rates this far below zero are zero but for rounding. */
    private static final double ROUNDING = 1e-16;

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
            Arrays.fill(each, p / 15);
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
    static Channel paulis(Kind kind, double[] probabilities) {
        Channel walk = walk(kind, probabilities);
        return walk == null ? list(kind, probabilities) : walk;
    }

    /**
     * The channel as a random walk: Poisson numbers of each Pauli error whose product has the law
     * of the channel. The Walsh transform of the errors' law is the exponential of that of their
     * rates; null where a rate comes out negative, as no such walk exists then.
     */
    private static @Nullable Channel walk(Kind kind, double[] probabilities) {
        int size = probabilities.length + 1;
        double[] law = new double[size];
        double rest = 1;
        for (int i = 1; i < size; i++) {
            law[code(kind, i)] = probabilities[i - 1];
            rest -= probabilities[i - 1];
        }
        law[0] = rest;
        walsh(law);
        double[] rates = new double[size];
        for (int i = 0; i < size; i++) {
            if (!(law[i] > SMALLEST_EIGENVALUE)) {
                return null;
            }
            rates[i] = StrictMath.log(law[i]) / size;
        }
        walsh(rates);
        double mean = 0;
        rates[0] = 0;
        for (int i = 1; i < size; i++) {
            if (rates[i] < -ROUNDING) {
                return null;
            }
            rates[i] = Math.max(0, rates[i]);
            mean += rates[i];
        }
        return mean == 0 ? list(kind, probabilities) : aliased(kind, mean, rates);
    }

    /** Walker's alias method: a uniform place is kept with some chance, or stands for another. */
    private static Channel aliased(Kind kind, double mean, double[] rates) {
        int size = rates.length;
        double[] keep = new double[size];
        int[] other = new int[size];
        double[] share = Arrays.stream(rates).map(r -> r / mean * size).toArray();
        for (int i = 0; i < size; i++) {
            keep[i] = 1;
            other[i] = i;
        }
        boolean[] done = new boolean[size];
        for (int turn = 0; turn < size - 1; turn++) {
            int least = -1;
            int most = -1;
            for (int i = 0; i < size; i++) {
                least = !done[i] && (least < 0 || share[i] < share[least]) ? i : least;
                most = !done[i] && (most < 0 || share[i] >= share[most]) ? i : most;
            }
            keep[least] = share[least];
            other[least] = most;
            share[most] -= 1 - share[least];
            done[least] = true;
        }
        return new Channel(kind, Method.SCATTER, 0, mean, null, keep, other);
    }

    /** Draws one of the errors of a random walk. */
    int drawStep(long random) {
        int place = (int) random & codes.length - 1;
        return (random >>> 11) * 0x1p-53 < cumulative[place] ? place : codes[place];
    }

    /** The sums of a list with the signs of all characters of the group of bit strings. */
    private static void walsh(double[] a) {
        for (int bit = 1; bit < a.length; bit <<= 1) {
            for (int i = 0; i < a.length; i++) {
                if ((i & bit) == 0) {
                    double x = a[i];
                    double y = a[i | bit];
                    a[i] = x + y;
                    a[i | bit] = x - y;
                }
            }
        }
    }

    /** The flip bits of error number {@code i} in the order of the operation's arguments. */
    private static int code(Kind kind, int i) {
        return kind == Kind.PAULI2 ? bits(i >> 2) | bits(i & 3) << 2 : bits(i);
    }

    private static Channel list(Kind kind, double[] probabilities) {
        int count = probabilities.length;
        double[] cumulative = new double[count];
        int[] codes = new int[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += probabilities[i];
            cumulative[i] = sum;
            codes[i] = code(kind, i + 1);
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
