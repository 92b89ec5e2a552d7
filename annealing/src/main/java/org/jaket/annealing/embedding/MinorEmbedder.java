package org.jaket.annealing.embedding;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;
import org.jaket.annealing.topology.HardwareGraph;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds embeddings of any problem on any processor, by the heuristic of Cai, Macready and Roy ("A
 * practical heuristic for finding graph minors", arXiv 1406.2741).
 *
 * <p>Variables get chains one after the other, along shortest paths to the chains of their
 * neighbours. Chains may overlap at first, at a price that rises exponentially with their number on
 * a qubit; in rounds each is taken out and placed anew, and the price goes up, until none overlap.
 * Then chains are made shorter.
 *
 * <p>Where most variables interact, chains of a native clique or biclique (see {@link
 * NativeEmbedder}) are the better start, and are taken where the topology is known. They are also
 * the last resort.
 *
 * <p>The same graphs, options and seed give the same embedding, as long as no time limit ends the
 * search early. Takes a fraction of a second for a hundred variables of few neighbours; a step
 * takes time in proportion to a variable's neighbours times the part of the processor around them.
 */
public final class MinorEmbedder {
    /**
     * How much dearer a qubit is for each chain that uses it: at first, how that grows by round,
     * and where it ends. Slow growth takes more rounds and finds embeddings of larger problems; the
     * end leaves room below the largest weight for what a search remembers of earlier rounds.
     */
    private static final double FIRST_BASE = 2;

    private static final double GROWTH = 1.03;
    private static final double LAST_BASE = 30;

    /** From this share of all pairs on, native cliques are tried first. */
    private static final double DENSE = 0.4;

    private static final int MOST_ROUNDS = 400;
    private static final int MOST_IDLE_ROUNDS = 25;

    /** An embedder; there is nothing to choose but the options of each search. */
    public MinorEmbedder() {}

    /**
     * Finds an embedding.
     *
     * @return a valid one
     * @throws NoEmbeddingException if none was found within the tries and the time
     * @throws java.util.concurrent.CancellationException if the options' progress says so
     */
    public Embedding embed(ProblemGraph problem, HardwareGraph hardware, EmbeddingOptions options) {
        if (problem.size() > hardware.qubits()) {
            throw new NoEmbeddingException(
                    "%d variables need as many qubits, but the processor has %d"
                            .formatted(problem.size(), hardware.qubits()));
        }
        Deadline deadline = new Deadline(options.limit(), options.progress());
        Chains chains = new Chains(problem, hardware);
        Embedding best = null;
        boolean dense =
                2L * problem.interactions() >= DENSE * problem.size() * (problem.size() - 1);
        if (dense) {
            best = fromNative(problem, hardware, chains, options, deadline);
        }
        if (best == null) {
            best = fromNothing(chains, options, deadline);
        }
        if (best == null && !dense && !deadline.isOver()) {
            best = fromNative(problem, hardware, chains, options, deadline);
        }
        options.progress().report(options.tries(), options.tries());
        if (best == null) {
            throw new NoEmbeddingException(
                    ("no embedding of %s into %s was found in %d tries and %s; more tries, more time"
                                    + " or a larger processor may help")
                            .formatted(
                                    problem,
                                    hardware,
                                    options.tries(),
                                    options.limit().equals(SamplingOptions.UNLIMITED)
                                            ? "any time"
                                            : "at most " + options.limit().toSeconds() + " s"));
        }
        return best.requireValid(problem, hardware);
    }

    /** From the first of several starts that leads to an embedding. */
    private static @Nullable Embedding fromNothing(
            Chains chains, EmbeddingOptions options, Deadline deadline) {
        for (int attempt = 0; attempt < options.tries() && !deadline.isOver(); attempt++) {
            options.progress().report(attempt, options.tries());
            Draws draws = new Draws(options.seed(), attempt);
            ChainSearch search = new ChainSearch(chains, draws);
            if (new Attempt(chains, search, draws, deadline).run()) {
                shorten(chains, draws, options, deadline);
                return chains.embedding();
            }
        }
        return null;
    }

    /** From a native clique or biclique of as many variables, if there is one. */
    private static @Nullable Embedding fromNative(
            ProblemGraph problem,
            HardwareGraph hardware,
            Chains chains,
            EmbeddingOptions options,
            Deadline deadline) {
        if (problem.size() == 0 || hardware.topology().isEmpty()) {
            return null;
        }
        WireGrids grids = new WireGrids(hardware, hardware.topology().get());
        List<int[]> start = fromBiclique(problem, grids);
        if (start == null) {
            CliqueSearch.@Nullable Clique clique = grids.clique(problem.size());
            if (clique == null) {
                return null;
            }
            start = clique.chains();
        }
        chains.clearAll();
        chains.set(Embedding.of(start));
        Draws draws = new Draws(options.seed(), -1);
        shorten(chains, draws, options, deadline);
        return chains.embedding();
    }

    /** Chains of a native biclique if the problem has two sides without interactions in them. */
    private static @Nullable List<int[]> fromBiclique(ProblemGraph problem, WireGrids grids) {
        int n = problem.size();
        int[] side = new int[n];
        int[] queue = new int[n];
        int waiting = 0;
        for (int first = 0, done = 0; first < n; first++) {
            if (side[first] == 0) {
                side[first] = 1;
                queue[waiting++] = first;
            }
            for (; done < waiting; done++) {
                int v = queue[done];
                for (int k = 0; k < problem.degree(v); k++) {
                    int other = problem.neighbour(v, k);
                    if (side[other] == side[v]) {
                        return null;
                    }
                    if (side[other] == 0) {
                        side[other] = -side[v];
                        queue[waiting++] = other;
                    }
                }
            }
        }
        int left = (int) Arrays.stream(side).filter(s -> s == 1).count();
        List<int[]> found = left == n ? null : grids.biclique(left, n - left);
        if (found == null) {
            return null;
        }
        List<int[]> chains = new ArrayList<>();
        for (int v = 0, atLeft = 0, atRight = left; v < n; v++) {
            chains.add(found.get(side[v] == 1 ? atLeft++ : atRight++));
        }
        return chains;
    }

    private static void shorten(
            Chains chains, Draws draws, EmbeddingOptions options, Deadline deadline) {
        if (chains.variables > 0) {
            long patience = (long) Math.ceil(options.effort() * (600 + 10L * chains.variables));
            long budget = (long) (options.effort() * (2e7 + 1e5 * chains.variables));
            new ChainShortening(chains, draws, deadline).run(patience, budget);
        }
    }

    /** One start from nothing. */
    private static final class Attempt {
        private final Chains chains;
        private final ChainSearch search;
        private final Draws draws;
        private final Deadline deadline;

        Attempt(Chains chains, ChainSearch search, Draws draws, Deadline deadline) {
            this.chains = chains;
            this.search = search;
            this.draws = draws;
            this.deadline = deadline;
        }

        /** Whether chains that do not overlap were found. */
        boolean run() {
            chains.clearAll();
            double base = FIRST_BASE;
            search.allowOverlaps(base);
            int[] order = initialOrder();
            for (int v : order) {
                if (deadline.isOver() || !search.place(v)) {
                    return false;
                }
            }
            int best = chains.overlaps;
            int idle = 0;
            for (int round = 0; round < MOST_ROUNDS && chains.overlaps > 0; round++) {
                base = Math.min(LAST_BASE, base * GROWTH);
                search.remember();
                search.allowOverlaps(base);
                draws.shuffle(order, order.length);
                for (int v : order) {
                    if (deadline.isOver()) {
                        return false;
                    }
                    chains.clear(v);
                    if (!search.place(v)) {
                        return false;
                    }
                }
                idle = chains.overlaps < best ? 0 : idle + 1;
                best = Math.min(best, chains.overlaps);
                if (idle > MOST_IDLE_ROUNDS) {
                    break;
                }
            }
            return chains.overlaps == 0;
        }

        /** Always next: the variable with the most neighbours that have their turn before it. */
        private int[] initialOrder() {
            int n = chains.variables;
            int[] order = new int[n];
            int[] rank = new int[n];
            for (int k = 0; k < n; k++) {
                rank[k] = k;
            }
            draws.shuffle(rank, n);
            int[] before = new int[n];
            boolean[] done = new boolean[n];
            for (int k = 0; k < n; k++) {
                int best = -1;
                for (int v : rank) {
                    if (!done[v] && (best < 0 || before[v] > before[best])) {
                        best = v;
                    }
                }
                done[best] = true;
                order[k] = best;
                for (int at = chains.problemStart[best]; at < chains.problemStart[best + 1]; at++) {
                    before[chains.problemNeighbour[at]]++;
                }
            }
            return order;
        }
    }
}
