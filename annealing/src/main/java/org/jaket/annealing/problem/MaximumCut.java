package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.file.ModelFile;
import org.jaket.annealing.file.ModelFormat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * The largest cut of a weighted graph: nodes on two sides, so that the weights of the edges between
 * them have the largest sum. An answer is the set of nodes on one side.
 *
 * <p>The model has a spin for each node and the weights as interactions: the sum of all weights
 * less twice the cut. Every state is feasible, there are no penalties.
 */
public final class MaximumCut implements Problem<BitSet> {
    private final BinaryQuadraticModel graph;

    /**
     * The problem of a graph whose edges are the interactions of a model.
     *
     * @param graph spins, without linear coefficients
     */
    public MaximumCut(BinaryQuadraticModel graph) {
        if (graph.vartype() != Vartype.SPIN) {
            throw new IllegalArgumentException("a graph is given as a model of spins");
        }
        for (int i = 0; i < graph.size(); i++) {
            if (graph.linear(i) != 0) {
                throw new IllegalArgumentException(
                        "a graph has no linear coefficients; spin %s has one"
                                .formatted(graph.variables().get(i)));
            }
        }
        this.graph = graph;
    }

    /** The problem of a graph whose edges all have the weight 1. */
    public static MaximumCut of(Graph graph) {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < graph.nodes(); i++) {
            builder.addLinear(i, 0);
        }
        graph.forEachEdge((i, j) -> builder.addQuadratic(i, j, 1));
        return new MaximumCut(builder.build());
    }

    /**
     * Reads a graph of Gset, rudy or MQLib ({@link ModelFormat#MAX_CUT}).
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static MaximumCut read(Path file) throws IOException {
        return InstanceText.read(file, MaximumCut::read);
    }

    /**
     * Reads a graph from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static MaximumCut read(InputStream in, String source) throws IOException {
        return new MaximumCut(ModelFile.read(in, source, ModelFormat.MAX_CUT).model());
    }

    @Override
    public BinaryQuadraticModel model() {
        return graph;
    }

    @Override
    public Optional<BitSet> decode(byte[] state) {
        Answers.length(state, graph.size());
        return Optional.of(Answers.set(state, graph.size()));
    }

    @Override
    public byte[] encode(BitSet side) {
        Answers.require(this, side);
        return Answers.state(side, graph.size(), -1);
    }

    @Override
    public Optional<String> violation(BitSet side) {
        return Answers.within(side, graph.size(), "node");
    }

    /** The weight of the edges between the set and the other nodes. */
    @Override
    public double value(BitSet side) {
        Answers.require(this, side);
        double[] cut = new double[1];
        graph.forEachInteraction((i, j, w) -> cut[0] += side.get(i) != side.get(j) ? w : 0);
        return cut[0];
    }

    @Override
    public boolean isMaximum() {
        return true;
    }
}
