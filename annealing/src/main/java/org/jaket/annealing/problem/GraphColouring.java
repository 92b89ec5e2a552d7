package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A colour for each node of a graph, of a given number of colours, so that as few edges as possible
 * have ends of the same colour; none, if the graph can be coloured. An answer is the nodes'
 * colours, from 0.
 *
 * <p>The model has a binary variable for each node and colour, number {@code node colours +
 * colour}, and counts the bad edges. A node without a colour can have one that is the colour of at
 * most {@code degree / colours} neighbours, and a colour that is one too many can be dropped for
 * nothing; so the penalty for a node that has not exactly one is one more than that.
 */
public final class GraphColouring implements Problem<int[]> {
    private final Graph graph;
    private final int colours;

    /**
     * The problem of a graph.
     *
     * @param colours how many colours there are, at least 1
     */
    public GraphColouring(Graph graph, int colours) {
        if (colours < 1) {
            throw new IllegalArgumentException("there should be a colour, not " + colours);
        }
        this.graph = graph;
        this.colours = colours;
    }

    /**
     * Reads a graph, see {@link Graph#read(Path)}.
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static GraphColouring read(Path file, int colours) throws IOException {
        return new GraphColouring(Graph.read(file), colours);
    }

    /** The graph. */
    public Graph graph() {
        return graph;
    }

    @Override
    public BinaryQuadraticModel model() {
        int n = graph.nodes();
        Squares.limit(
                (long) graph.edges() * colours + (long) n * colours * (colours - 1) / 2,
                "the colouring");
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        Squares sum = new Squares();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < colours; k++) {
                sum.add(i * colours + k, 1);
            }
            int worst = graph.degree(i) / colours;
            sum.addTo(builder, -1, worst + 1);
        }
        graph.forEachEdge(
                (i, j) -> {
                    for (int k = 0; k < colours; k++) {
                        builder.addQuadratic(i * colours + k, j * colours + k, 1);
                    }
                });
        return builder.build();
    }

    @Override
    public Optional<int[]> decode(byte[] state) {
        Answers.length(state, graph.nodes() * colours);
        return Answers.oneHot(state, 0, graph.nodes(), colours);
    }

    @Override
    public byte[] encode(int[] answer) {
        Answers.require(this, answer);
        byte[] state = new byte[graph.nodes() * colours];
        for (int i = 0; i < answer.length; i++) {
            state[i * colours + answer[i]] = 1;
        }
        return state;
    }

    @Override
    public Optional<String> violation(int[] answer) {
        return Answers.choices(answer, graph.nodes(), colours, "colour");
    }

    /** The number of edges whose ends have the same colour. */
    @Override
    public double value(int[] answer) {
        Answers.require(this, answer);
        int[] bad = new int[1];
        graph.forEachEdge((i, j) -> bad[0] += answer[i] == answer[j] ? 1 : 0);
        return bad[0];
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
