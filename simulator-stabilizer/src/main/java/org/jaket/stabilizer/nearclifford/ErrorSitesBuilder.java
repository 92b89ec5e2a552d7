package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.noise.Noise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the error sites of a program, with equal channels shared. */
final class ErrorSitesBuilder {
    /** The masks of a site that are I, X, Y and Z of a qubit, as bits. */
    private static final int[] PAULI = {0, 1, 3, 2};

    /**
     * What an error does.
     *
     * @param probability of any error at all
     * @param cumulative running sums of the choices, given that there is one
     * @param codes which of the site's four masks each choice takes
     */
    record Law(double probability, double[] cumulative, int[] codes) {
        private static Law of(double[] probabilities, int[] codes) {
            double all = Math.min(1, Arrays.stream(probabilities).sum());
            double[] sums = new double[probabilities.length];
            double sum = 0;
            for (int k = 0; k < sums.length; k++) {
                sum += probabilities[k];
                sums[k] = sum / all;
            }
            sums[sums.length - 1] = 1;
            return new Law(all, sums, codes);
        }

        private static Law uniform(double probability, int[] codes) {
            double[] each = new double[codes.length];
            Arrays.fill(each, probability / codes.length);
            Law law = of(each, codes);
            return new Law(probability, law.cumulative, codes);
        }

        /** A flip of a result with no Pauli. */
        static Law flip(double probability) {
            return uniform(probability, new int[] {0});
        }

        /** An error that is the first of a site's four masks. */
        static Law single(double probability) {
            return uniform(probability, new int[] {1});
        }

        /** A channel of the noise table that is no chain. */
        static Law of(Noise noise, double[] arguments) {
            int[] three = {PAULI[1], PAULI[2], PAULI[3]};
            return switch (noise) {
                case X_ERROR -> uniform(arguments[0], new int[] {PAULI[1]});
                case Y_ERROR -> uniform(arguments[0], new int[] {PAULI[2]});
                case Z_ERROR -> uniform(arguments[0], new int[] {PAULI[3]});
                case DEPOLARIZE1 -> uniform(arguments[0], three);
                case DEPOLARIZE2 -> uniform(arguments[0], pairs());
                case PAULI_CHANNEL_1 -> of(arguments, three);
                case PAULI_CHANNEL_2 -> of(arguments, pairs());
                case HERALDED_ERASE -> uniform(arguments[0], PAULI);
                case HERALDED_PAULI_CHANNEL_1 -> of(arguments, PAULI);
                default -> throw new AssertionError(noise);
            };
        }

        /** IX, IY, IZ, XI, ..., ZZ, the first letter on the first qubit. */
        private static int[] pairs() {
            int[] codes = new int[15];
            for (int k = 1; k < 16; k++) {
                codes[k - 1] = PAULI[k >> 2] | PAULI[k & 3] << 2;
            }
            return codes;
        }

        /** Which masks are ever taken. */
        int used() {
            int used = 0;
            for (int code : codes) {
                used |= code;
            }
            return used;
        }
    }

    private double[] hazard = new double[64];
    private double[] probability = new double[64];
    private final Ints channel = new Ints();
    private final Ints masks = new Ints();
    private final Ints record = new Ints();
    private final Map<List<Object>, Integer> channels = new HashMap<>();
    private final List<double[]> cumulative = new ArrayList<>();
    private final List<int[]> codes = new ArrayList<>();

    int size() {
        return channel.size();
    }

    /** The hazards of an operation's sites, when this is its last. */
    double hazard(int site) {
        return hazard[site];
    }

    /** Whether no site may follow in the same operation: its error is certain. */
    boolean closes(int site) {
        return Double.isInfinite(hazard[site]);
    }

    /**
     * Adds a site of positive probability.
     *
     * @param first whether it is the first of its operation
     * @param fourMasks the masks that the law uses, anything for others
     * @param result the result that an error flips, or -1
     */
    void add(Law law, boolean first, int[] fourMasks, int result) {
        int site = size();
        if (site == hazard.length) {
            hazard = Arrays.copyOf(hazard, 2 * site);
            probability = Arrays.copyOf(probability, 2 * site);
        }
        double before = first ? 0 : hazard[site - 1];
        hazard[site] = before - Math.log1p(-law.probability);
        probability[site] = law.probability;
        channel.add(channelOf(law));
        masks.addAll(fourMasks);
        record.add(result);
    }

    private int channelOf(Law law) {
        List<Object> key = new ArrayList<>();
        for (double c : law.cumulative) {
            key.add(c);
        }
        for (int code : law.codes) {
            key.add(code);
        }
        return channels.computeIfAbsent(
                key,
                k -> {
                    cumulative.add(law.cumulative);
                    codes.add(law.codes);
                    return codes.size() - 1;
                });
    }

    ErrorSites build() {
        return new ErrorSites(
                Arrays.copyOf(hazard, size()),
                Arrays.copyOf(probability, size()),
                channel.toArray(),
                masks.toArray(),
                record.toArray(),
                cumulative.toArray(double[][]::new),
                codes.toArray(int[][]::new));
    }
}
