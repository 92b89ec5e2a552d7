package org.jaket.statevector;

import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that are read from amplitudes: weights, samples, expectation values, reduced density
 * matrices. Qubits and masks are stored ones. Every sum has a fixed order: within blocks by the
 * kernels, over blocks by halves.
 */
final class Sums {
    /** A marginal distribution over at most this many qubits is collected in an array. */
    private static final int ARRAY_BITS = 20;

    /** Loops on one thread look so often whether to stop: 2^20 amplitudes take milliseconds. */
    private static final int CHECKED_BITS = 20;

    /** Reduced density matrices are summed in parts of together 2^24 numbers, 128 MiB. */
    private static final int DENSITY_BITS = 24;

    private Sums() {}

    /** The sum of all squared moduli. */
    static double norm(Amplitudes state, Runner runner) {
        return halves(blockWeights(state, runner));
    }

    static double[] blockWeights(Amplitudes state, Runner runner) {
        double[] sums = new double[state.blocks()];
        runner.read(state, (tile, outer, t) -> sums[t] = state.kernels().weight(tile, 0, 0));
        return sums;
    }

    /** The weight of the amplitudes whose index has the bits {@code value} under {@code mask}. */
    static double weight(Amplitudes state, long mask, long value, Runner runner) {
        double[] sums = new double[state.blocks()];
        long inside = state.blockMask();
        runner.read(
                state,
                (tile, outer, t) -> {
                    if ((outer & mask) == (value & ~inside)) {
                        sums[t] =
                                state.kernels()
                                        .weight(
                                                tile,
                                                (int) (mask & inside),
                                                (int) (value & inside));
                    }
                });
        return halves(sums);
    }

    /** Adds by halves: rounding errors grow with the logarithm of the length. */
    static double halves(double[] a) {
        return halves(a, 0, a.length, 1);
    }

    /** The sum of every {@code stride}th number. */
    static double halves(double[] a, int from, int to, int stride) {
        int n = (to - from + stride - 1) / stride;
        if (n <= 8) {
            double sum = 0;
            for (int i = from; i < to; i += stride) {
                sum += a[i];
            }
            return sum;
        }
        int middle = from + n / 2 * stride;
        return halves(a, from, middle, stride) + halves(a, middle, to, stride);
    }

    /** Keeps the selected amplitudes, times a factor, and clears the others. */
    static void project(Amplitudes state, long mask, long value, double factor, Runner runner) {
        long inside = state.blockMask();
        runner.scale(
                state,
                (tile, outer, t) -> {
                    boolean on = (outer & mask) == (value & ~inside);
                    state.kernels()
                            .project(
                                    tile,
                                    on ? (int) (mask & inside) : 0,
                                    on ? (int) (value & inside) : 0,
                                    on ? factor : 0);
                });
    }

    /**
     * Draws stored indices with probabilities proportional to their weights.
     *
     * @param uniform a number in [0, 1) for each sample; the same number gives the same index
     */
    static long[] sample(Amplitudes state, double[] uniform, Runner runner) {
        double[] weights = blockWeights(state, runner);
        double[] before = new double[weights.length + 1];
        for (int b = 0; b < weights.length; b++) {
            before[b + 1] = before[b] + weights[b];
        }
        double total = before[weights.length];
        if (!(total > 0)) {
            throw new ArithmeticException(
                    "The state has norm " + total + ", so nothing can be sampled from it");
        }
        int n = uniform.length;
        int[] block = new int[n];
        int[] start = new int[weights.length + 1];
        for (int k = 0; k < n; k++) {
            if ((k & (1 << CHECKED_BITS) - 1) == 0) {
                runner.check(k, n);
            }
            block[k] = find(before, uniform[k] * total);
            start[block[k] + 1]++;
        }
        for (int b = 0; b < weights.length; b++) {
            start[b + 1] += start[b];
        }
        int[] order = new int[n];
        int[] next = start.clone();
        for (int k = 0; k < n; k++) {
            order[next[block[k]]++] = k;
        }
        long[] indices = new long[n];
        runner.loop(
                weights.length,
                (b, worker) -> {
                    if (start[b] < start[b + 1]) {
                        sampleBlock(state, b, before, total, uniform, order, start, indices);
                    }
                });
        return indices;
    }

    private static void sampleBlock(
            Amplitudes state,
            int block,
            double[] before,
            double total,
            double[] uniform,
            int[] order,
            int[] start,
            long[] indices) {
        int length = 1 << state.blockBits();
        long first = (long) block << state.blockBits();
        double[] cumulative = new double[length + 1];
        int last = 0;
        for (int i = 0; i < length; i++) {
            double w = state.weight(first + i);
            cumulative[i + 1] = cumulative[i] + w;
            if (w > 0) {
                last = i;
            }
        }
        for (int s = start[block]; s < start[block + 1]; s++) {
            int k = order[s];
            double rest = Math.max(0, uniform[k] * total - before[block]);
            indices[k] = first + Math.min(last, find(cumulative, rest));
        }
    }

    /** The largest i, below the last, with {@code cumulative[i] <= x < cumulative[i + 1]}. */
    static int find(double[] cumulative, double x) {
        int low = 0;
        int high = cumulative.length - 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle + 1] > x) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // Rounding can lead past the last weight above zero: step back to it.
        while (low > 0 && cumulative[low + 1] <= cumulative[low]) {
            low--;
        }
        return low;
    }

    /**
     * The weights of the values of some qubits, at their own places in the index.
     *
     * @param cut smaller weights are left out
     * @return weight by {@code index & mask}
     */
    static Map<Long, Double> marginal(Amplitudes state, long mask, double cut, Runner runner) {
        Map<Long, Double> weights = new HashMap<>();
        int bits = Long.bitCount(mask);
        if (bits <= ARRAY_BITS) {
            double[] sums = new double[1 << bits];
            visit(state, runner, (i, w) -> sums[(int) Long.compress(i, mask)] += w);
            for (int v = 0; v < sums.length; v++) {
                if (sums[v] > cut) {
                    weights.put(Long.expand(v, mask), sums[v]);
                }
            }
            return weights;
        }
        visit(
                state,
                runner,
                (i, w) -> {
                    if (w > cut) {
                        weights.merge(i & mask, w, Double::sum);
                    }
                });
        return weights;
    }

    /** Takes the weights of a state. */
    @FunctionalInterface
    private interface Weights {
        void put(long index, double weight);
    }

    /** Visits all weights in order, but runs of zeros. */
    private static void visit(Amplitudes state, Runner runner, Weights to) {
        Support support = state.support();
        int run = (int) Math.min(state.length(), 1L << Support.RUN_BITS);
        for (long from = 0; from < state.length(); from += run) {
            if ((from & (1L << CHECKED_BITS) - 1) == 0) {
                runner.check(from, state.length());
            }
            if (support != null && !support.has((int) (from >>> Support.RUN_BITS))) {
                continue;
            }
            for (long i = from; i < from + run; i++) {
                to.put(i, state.weight(i));
            }
        }
    }

    /**
     * Adds the probabilities of the values of some qubits.
     *
     * @param outer what the index has besides the state's own
     * @param qubits of the circuit; bit j of an index of the result belongs to the j-th of them
     */
    static void addMarginal(
            Amplitudes state, long outer, Frame frame, int[] qubits, double[] p, Runner runner) {
        int[] places = new int[qubits.length];
        for (int j = 0; j < places.length; j++) {
            places[j] = frame.position()[qubits[j]];
        }
        long flipped = frame.flipped();
        visit(
                state,
                runner,
                (i, weight) -> {
                    long seen = (outer | i) ^ flipped;
                    int v = 0;
                    for (int j = 0; j < places.length; j++) {
                        v |= (int) (seen >> places[j] & 1) << j;
                    }
                    p[v] += weight;
                });
    }

    /** The complex number sum of conj(bra) ket. */
    static double[] product(Amplitudes bra, Amplitudes ket, Runner runner) {
        double[] sums = new double[2 * ket.blocks()];
        runner.readPairs(
                bra, ket, 0, (b, k, outer, t) -> ket.kernels().product(b, k, 0, 0, sums, 2 * t));
        return new double[] {halves(sums, 0, sums.length, 2), halves(sums, 1, sums.length + 1, 2)};
    }

    /** The expectation value of a Hermitian Pauli string, its sign included. */
    static double expectation(Amplitudes state, Frame frame, PauliString p, Runner runner) {
        return new PauliTerms(List.of(p), frame, state.qubits()).products(state, state, runner)[0];
    }

    /** The expectation value of a sum of Pauli strings. */
    static double expectation(Amplitudes state, Frame frame, PauliSum sum, Runner runner) {
        List<PauliString> strings = sum.terms().stream().map(PauliSum.Term::string).toList();
        double[] each =
                new PauliTerms(strings, frame, state.qubits()).products(state, state, runner);
        double total = 0;
        for (int k = 0; k < strings.size(); k++) {
            total += sum.terms().get(k).coefficient() * each[2 * k];
        }
        return total;
    }

    /**
     * The reduced density matrix of some stored qubits, interleaved, row-major; bit j of a row
     * belongs to {@code qubits[j]}.
     */
    static double[] density(Amplitudes state, int[] qubits, Runner runner) {
        long targets = 0;
        for (int q : qubits) {
            targets |= 1L << q;
        }
        int tileBits = Math.max(state.blockBits(), qubits.length);
        long local = targets;
        for (int q = 0; q < state.qubits() && Long.bitCount(local) < tileBits; q++) {
            local |= 1L << q;
        }
        int k = qubits.length;
        int dimension = 1 << k;
        int[] offsets = new int[dimension];
        int fixed = (int) Long.compress(targets, local);
        for (int r = 0; r < dimension; r++) {
            long index = 0;
            for (int j = 0; j < k; j++) {
                index |= (long) (r >> j & 1) << qubits[j];
            }
            offsets[r] = (int) Long.compress(index, local);
        }
        int entries = 2 * dimension * dimension;
        int tileCountBits = state.qubits() - Long.bitCount(local);
        int together = Math.max(0, tileCountBits + 2 * k + 1 - DENSITY_BITS);
        int tasks = 1 << tileCountBits - together;
        double[] sums = new double[tasks * entries];
        runner.read(
                state,
                local,
                together,
                (tile, outer, t) -> density(tile, offsets, fixed, sums, t * entries));
        double[] rho = new double[entries];
        for (int e = 0; e < entries; e++) {
            rho[e] = halves(sums, e, tasks * entries + e, entries);
        }
        return rho;
    }

    private static void density(Tile tile, int[] offsets, int fixed, double[] sums, int at) {
        int n = offsets.length;
        double[] x = new double[n];
        double[] y = new double[n];
        int groups = tile.length() >> Integer.bitCount(fixed);
        int i = 0;
        for (int g = 0; g < groups; g++) {
            for (int r = 0; r < n; r++) {
                x[r] = tile.re(i + offsets[r]);
                y[r] = tile.im(i + offsets[r]);
            }
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    int e = at + 2 * (r * n + c);
                    sums[e] += x[r] * x[c] + y[r] * y[c];
                    sums[e + 1] += y[r] * x[c] - x[r] * y[c];
                }
            }
            i = ((i | fixed) + 1) & ~fixed;
        }
    }
}
