package org.jaket.annealing.embedding;

import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Topology;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Embeddings of problems in which everything interacts, made from the regular structure of a
 * processor: complete graphs and complete bipartite graphs, also where some qubits and couplers are
 * missing. They are found in milliseconds to seconds, are the same every time, and have chains of
 * almost equal length. A clique serves every smaller problem.
 *
 * <pre>{@code
 * NativeEmbedder embedder = new NativeEmbedder(hardware);
 * Embedding forAnyModelOf100Variables = embedder.clique(100);
 * }</pre>
 *
 * <p>Safe for any number of threads.
 */
public final class NativeEmbedder {
    private final HardwareGraph hardware;
    private final WireGrids grids;

    /**
     * An embedder for a processor.
     *
     * @throws IllegalArgumentException if its topology is not known
     */
    public NativeEmbedder(HardwareGraph hardware) {
        Topology topology =
                hardware.topology()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the processor has no known topology; make its graph"
                                                        + " with one, or use a MinorEmbedder"));
        this.hardware = hardware;
        this.grids = new WireGrids(hardware, topology);
    }

    /**
     * An embedding of so many variables that all interact, with the longest chain as short as the
     * construction allows.
     *
     * @throws NoEmbeddingException if the processor has no clique that large
     */
    public Embedding clique(int size) {
        checkSize(size);
        CliqueSearch.@Nullable Clique clique = grids.clique(size);
        if (clique == null) {
            throw new NoEmbeddingException(
                    "%s: there is no native clique of %d variables, the largest has %d"
                            .formatted(hardware, size, largestClique()));
        }
        return trimmed(ProblemGraph.complete(size), clique.chains());
    }

    /**
     * An embedding of two groups of variables, each of which interacts with all of the other group:
     * first the left variables, then the right ones.
     *
     * @throws NoEmbeddingException if the processor has no biclique that large
     */
    public Embedding biclique(int left, int right) {
        checkSize(left);
        checkSize(right);
        List<int[]> chains = grids.biclique(left, right);
        if (chains == null) {
            throw new NoEmbeddingException(
                    "%s: there is no native biclique of %d and %d variables"
                            .formatted(hardware, left, right));
        }
        return trimmed(ProblemGraph.bipartite(left, right), chains);
    }

    /** How many variables {@link #clique} can take at most. Takes up to some seconds. */
    public int largestClique() {
        return grids.largestClique();
    }

    private static void checkSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "the number of variables is at least 1, not " + size);
        }
    }

    /** Without qubits that couplers of other kinds make needless. */
    private Embedding trimmed(ProblemGraph problem, List<int[]> found) {
        Chains chains = new Chains(problem, hardware);
        chains.set(Embedding.of(found));
        ChainTrim trim = new ChainTrim(chains);
        for (int v = problem.size() - 1; v >= 0; v--) {
            trim.trim(v);
        }
        return chains.embedding().requireValid(problem, hardware);
    }
}
