package org.jaket.annealing.embedding;

import org.jaket.annealing.reads.Deadline;
import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many copies of a small problem on one processor, that share no qubit: one read of the processor
 * is then a read of each of them.
 *
 * <p>An embedding is looked for among the qubits that are still free, and then laid wherever it
 * fits when it is shifted by whole cells; and again, until no more is found.
 *
 * @param copies embeddings of the same problem, by the order in which they were found
 */
public record Tiling(List<Embedding> copies) {
    /** Searches that end without a new copy. */
    private static final int MOST_FAILURES = 2;

    /** Keeps the copies. */
    public Tiling {
        copies = List.copyOf(copies);
    }

    /**
     * Lays copies of a problem on a processor.
     *
     * @param most at most so many
     * @param options of each search; the limit of time is that of all of them together, after which
     *     the copies so far are returned
     * @throws NoEmbeddingException if there is not even one
     * @throws java.util.concurrent.CancellationException if the options' progress says so
     */
    public static Tiling of(
            ProblemGraph problem, HardwareGraph hardware, int most, EmbeddingOptions options) {
        if (problem.size() == 0 || most < 1) {
            throw new IllegalArgumentException(
                    "copies of %d variables, at most %d of them, make no tiling"
                            .formatted(problem.size(), most));
        }
        Deadline deadline = new Deadline(options.limit(), options.progress());
        MinorEmbedder embedder = new MinorEmbedder();
        List<Embedding> copies = new ArrayList<>();
        copies.add(embedder.embed(problem, hardware, options));
        HardwareGraph free = shifts(problem, hardware, copies, most);
        EmbeddingOptions again = options.tries(1);
        for (int failures = 0, search = 1;
                failures < MOST_FAILURES
                        && copies.size() < most
                        && free.qubits() >= problem.size()
                        && !deadline.isOver();
                search++) {
            try {
                again =
                        again.seed(new Draws(options.seed(), search).bits())
                                .limit(Duration.ofNanos(deadline.left()));
                copies.add(embedder.embed(problem, free, again));
                free = shifts(problem, free, copies, most);
                failures = 0;
            } catch (NoEmbeddingException e) {
                failures++;
            }
        }
        return new Tiling(copies);
    }

    /** Adds what the last copy becomes when it is shifted. Returns the graph of what is left. */
    private static HardwareGraph shifts(
            ProblemGraph problem, HardwareGraph free, List<Embedding> copies, int most) {
        Embedding last = copies.getLast();
        boolean[] used = new boolean[free.indices()];
        mark(last, used);
        if (free.topology().isPresent()) {
            Topology topology = free.topology().get();
            for (int dy = 1 - topology.cellRows(); dy < topology.cellRows(); dy++) {
                for (int dx = 1 - topology.cellColumns();
                        dx < topology.cellColumns() && copies.size() < most;
                        dx++) {
                    List<int[]> chains = shifted(last, topology, dx, dy, free, used);
                    if (!chains.isEmpty()) {
                        Embedding copy = Embedding.of(chains);
                        if (copy.faults(problem, free).isEmpty()) {
                            copies.add(copy);
                            mark(copy, used);
                        }
                    }
                }
            }
        }
        int[] taken = new int[used.length];
        int count = 0;
        for (int q = 0; q < used.length; q++) {
            if (used[q]) {
                taken[count++] = q;
            }
        }
        return free.without(Arrays.copyOf(taken, count));
    }

    private static void mark(Embedding embedding, boolean[] used) {
        for (int qubit : embedding.qubits()) {
            used[qubit] = true;
        }
    }

    /** The shifted chains; none if they need a qubit that is not there or in use. */
    private static List<int[]> shifted(
            Embedding embedding,
            Topology topology,
            int columns,
            int rows,
            HardwareGraph free,
            boolean[] used) {
        List<int[]> chains = new ArrayList<>();
        for (int[] chain : embedding.chains()) {
            for (int k = 0; k < chain.length; k++) {
                int qubit = topology.shifted(chain[k], columns, rows);
                if (qubit < 0 || !free.has(qubit) || used[qubit]) {
                    return List.of();
                }
                chain[k] = qubit;
            }
            chains.add(chain);
        }
        return chains;
    }

    /**
     * All copies as one embedding: variable v of copy c is variable {@code c n + v} of n variables
     * a copy.
     */
    public Embedding joined() {
        return Embedding.of(copies.stream().flatMap(c -> c.chains().stream()).toList());
    }
}
