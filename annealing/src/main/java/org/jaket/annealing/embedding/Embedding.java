package org.jaket.annealing.embedding;

import org.jaket.annealing.topology.HardwareGraph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * For each variable of a problem a chain of qubits that stands for it.
 *
 * <pre>{@code
 * ProblemGraph problem = ProblemGraph.of(model);
 * Embedding found = new MinorEmbedder().embed(problem, hardware, EmbeddingOptions.defaults());
 * found.save(Path.of("factoring.embedding.json"));
 * Embedding again = Embedding.read(Path.of("factoring.embedding.json")).requireValid(problem, hardware);
 * }</pre>
 *
 * <p>Immutable. An embedding is a list of chains and may be wrong for a problem or a processor:
 * {@link #faults} says how.
 */
public final class Embedding {
    /** Sorted, without repetitions. */
    private final int[][] chains;

    private Embedding(int[][] chains) {
        this.chains = chains;
    }

    /**
     * An embedding of chains in the order of the variables; qubits of a chain in any order.
     *
     * @throws IllegalArgumentException if a qubit is negative or twice in one chain
     */
    public static Embedding of(List<int[]> chains) {
        int[][] sorted = new int[chains.size()][];
        for (int v = 0; v < sorted.length; v++) {
            int[] chain = chains.get(v).clone();
            Arrays.sort(chain);
            for (int k = 0; k < chain.length; k++) {
                if (chain[k] < 0 || k > 0 && chain[k] == chain[k - 1]) {
                    throw new IllegalArgumentException(
                            "the chain of variable %d has qubit %d%s"
                                    .formatted(v, chain[k], chain[k] < 0 ? "" : " twice"));
                }
            }
            sorted[v] = chain;
        }
        return new Embedding(sorted);
    }

    /** How many variables there are. */
    public int size() {
        return chains.length;
    }

    /** How many qubits stand for a variable. */
    public int length(int variable) {
        return chains[variable].length;
    }

    /** A qubit of a chain: the k-th by number. */
    public int qubit(int variable, int k) {
        return chains[variable][k];
    }

    /** The qubits of a chain, ascending; a copy. */
    public int[] chain(int variable) {
        return chains[variable].clone();
    }

    /** All chains, in the order of the variables; copies. */
    public List<int[]> chains() {
        return Arrays.stream(chains).map(int[]::clone).toList();
    }

    /** All qubits in use, ascending. */
    public int[] qubits() {
        return Arrays.stream(chains).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    }

    /** How many qubits are in use, shared ones counted for each chain. */
    public int qubitsUsed() {
        return Arrays.stream(chains).mapToInt(c -> c.length).sum();
    }

    /** The length of the longest chain, 0 without variables. */
    public int longestChain() {
        return Arrays.stream(chains).mapToInt(c -> c.length).max().orElse(0);
    }

    /** The mean length of the chains, NaN without variables. */
    public double meanChain() {
        return (double) qubitsUsed() / chains.length;
    }

    /**
     * Everything that keeps this embedding from carrying a problem on a processor; empty if nothing
     * does. Takes time in proportion to qubits in use and their couplers.
     */
    public List<EmbeddingFault> faults(ProblemGraph problem, HardwareGraph hardware) {
        if (problem.size() != size()) {
            return List.of(new EmbeddingFault.WrongSize(size(), problem.size()));
        }
        List<EmbeddingFault> faults = new ArrayList<>();
        Map<Integer, Integer> owner = new HashMap<>();
        for (int v = 0; v < size(); v++) {
            if (chains[v].length == 0) {
                faults.add(new EmbeddingFault.EmptyChain(v));
            }
            for (int qubit : chains[v]) {
                if (!hardware.has(qubit)) {
                    faults.add(new EmbeddingFault.MissingQubit(v, qubit));
                }
                Integer before = owner.putIfAbsent(qubit, v);
                if (before != null) {
                    faults.add(new EmbeddingFault.Overlap(qubit, before, v));
                }
            }
            connection(v, hardware, faults);
        }
        for (int v = 0; v < size(); v++) {
            for (int k = 0; k < problem.degree(v); k++) {
                int other = problem.neighbour(v, k);
                if (other > v && !covered(v, other, hardware)) {
                    faults.add(new EmbeddingFault.Uncovered(v, other));
                }
            }
        }
        return List.copyOf(faults);
    }

    private void connection(int variable, HardwareGraph hardware, List<EmbeddingFault> faults) {
        int[] chain = chains[variable];
        int[] inside = IntStream.of(chain).filter(hardware::has).toArray();
        if (inside.length < 2 || inside.length < chain.length) {
            return;
        }
        BitSet reached = new BitSet(chain.length);
        int[] queue = new int[chain.length];
        int waiting = 1;
        reached.set(0);
        for (int done = 0; done < waiting; done++) {
            for (int k = 0; k < chain.length; k++) {
                if (!reached.get(k) && hardware.coupled(chain[queue[done]], chain[k])) {
                    reached.set(k);
                    queue[waiting++] = k;
                }
            }
        }
        if (waiting < chain.length) {
            List<Integer> with = reached.stream().map(k -> chain[k]).boxed().toList();
            List<Integer> without =
                    IntStream.of(chain).boxed().filter(q -> !with.contains(q)).toList();
            faults.add(new EmbeddingFault.BrokenApart(variable, with, without));
        }
    }

    private boolean covered(int v, int w, HardwareGraph hardware) {
        for (int a : chains[v]) {
            for (int b : chains[w]) {
                if (hardware.coupled(a, b)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * This embedding, if it carries a problem on a processor.
     *
     * @throws InvalidEmbeddingException if not, with what is wrong
     */
    public Embedding requireValid(ProblemGraph problem, HardwareGraph hardware) {
        List<EmbeddingFault> faults = faults(problem, hardware);
        if (!faults.isEmpty()) {
            throw new InvalidEmbeddingException(faults);
        }
        return this;
    }

    /**
     * Writes a JSON file, which appears under its name when it is complete and not before.
     *
     * @throws IOException if that fails; a file that was there before is then still the same
     */
    public void save(Path file) throws IOException {
        EmbeddingFile.write(this, file);
    }

    /**
     * Reads a JSON file that {@link #save} wrote.
     *
     * @throws EmbeddingFormatException if the file holds no embedding
     * @throws IOException if the file cannot be read
     */
    public static Embedding read(Path file) throws IOException {
        return EmbeddingFile.read(file);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding e && Arrays.deepEquals(chains, e.chains);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(chains);
    }

    @Override
    public String toString() {
        return "%d variables on %d qubits, longest chain %d"
                .formatted(size(), qubitsUsed(), longestChain());
    }
}
