package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Variable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * As many nodes of a graph as possible, no two of them neighbours.
 *
 * <p>The model has a binary variable for each node: minus their sum, plus a penalty for each edge
 * with both ends chosen. Taking an end of such an edge away costs 1 and saves the penalty at least,
 * so that with any penalty above 1 all minima are independent sets. {@value #PENALTY} leaves the
 * walls between them low.
 */
public final class MaximumIndependentSet implements Problem<BitSet> {
    /** What two chosen neighbours cost. */
    public static final double PENALTY = 1.25;

    private final Graph graph;

    /** The problem of a graph. */
    public MaximumIndependentSet(Graph graph) {
        this.graph = graph;
    }

    /**
     * Reads a graph, see {@link Graph#read(Path)}.
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static MaximumIndependentSet read(Path file) throws IOException {
        return new MaximumIndependentSet(Graph.read(file));
    }

    /** The graph. */
    public Graph graph() {
        return graph;
    }

    @Override
    public BinaryQuadraticModel model() {
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        for (int i = 0; i < graph.nodes(); i++) {
            builder.addLinear(i, -1);
        }
        graph.forEachEdge((i, j) -> builder.addQuadratic(i, j, PENALTY));
        return builder.build();
    }

    /**
     * The independent set without penalties: variable i (label i) is 1 if node i is chosen,
     * energies are minus the number of nodes, and each edge (label {@code "i-j"}) allows one of its
     * ends.
     */
    public ConstrainedModel constrainedModel() {
        List<Variable> chosen = Variable.binaries(graph.nodes());
        var builder = ConstrainedModel.builder();
        chosen.forEach(builder::variable);
        builder.maximize(Expression.sum(chosen));
        graph.forEachEdge(
                (i, j) ->
                        builder.subjectTo(
                                i + "-" + j, chosen.get(i).plus(chosen.get(j)).atMost(1)));
        return builder.build();
    }

    @Override
    public Optional<BitSet> decode(byte[] state) {
        Answers.length(state, graph.nodes());
        return Optional.of(Answers.set(state, graph.nodes())).filter(this::isFeasible);
    }

    @Override
    public byte[] encode(BitSet set) {
        Answers.require(this, set);
        return Answers.state(set, graph.nodes(), 0);
    }

    @Override
    public Optional<String> violation(BitSet set) {
        Optional<String> beyond = Answers.within(set, graph.nodes(), "node");
        if (beyond.isPresent()) {
            return beyond;
        }
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            for (int k = 0; k < graph.degree(i); k++) {
                if (set.get(graph.neighbour(i, k))) {
                    return Optional.of(
                            "nodes %d and %d are neighbours".formatted(i, graph.neighbour(i, k)));
                }
            }
        }
        return Optional.empty();
    }

    /** The number of nodes. */
    @Override
    public double value(BitSet set) {
        Answers.require(this, set);
        return set.cardinality();
    }

    @Override
    public boolean isMaximum() {
        return true;
    }
}
