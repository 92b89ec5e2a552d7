package org.jaket.annealing.problem;

import org.jaket.annealing.file.ModelFileException;
import org.jaket.annealing.file.TextScanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** An undirected graph without loops and multiple edges; nodes are numbered from 0. */
public final class Graph {
    /** Files may announce so many nodes. */
    public static final int MAX_NODES = 1 << 24;

    private final int nodes;
    private final int[][] neighbours;
    private final int edges;

    private Graph(int nodes, int[][] neighbours, int edges) {
        this.nodes = nodes;
        this.neighbours = neighbours;
        this.edges = edges;
    }

    /**
     * A graph of given edges; those that are there twice count once.
     *
     * @param nodes how many nodes there are
     * @param edges pairs of different nodes
     */
    public static Graph of(int nodes, int[]... edges) {
        Builder builder = new Builder(nodes);
        for (int[] edge : edges) {
            if (edge.length != 2 || edge[0] == edge[1]) {
                throw new IllegalArgumentException(
                        "an edge is two different nodes, not " + Arrays.toString(edge));
            }
            for (int node : edge) {
                if (node < 0 || node >= nodes) {
                    throw new IllegalArgumentException(
                            "there is no node %d: there are %d".formatted(node, nodes));
                }
            }
            builder.add(edge[0], edge[1]);
        }
        return builder.build();
    }

    /**
     * A uniformly random graph with exactly {@code floor(density n^2 / 2)} edges, as in the set of
     * maximum independent set instances for Loihi (Intel's lava-optimization).
     *
     * @param nodes how many nodes there are
     * @param density from 0 to {@code (n-1)/n}
     * @param seed decides the edges
     */
    public static Graph random(int nodes, double density, long seed) {
        double wanted = Math.floor(0.5 * density * nodes * (double) nodes);
        double possible = nodes * (nodes - 1.0) / 2;
        if (!(wanted >= 0 && wanted <= possible) || possible > Integer.MAX_VALUE / 8.0) {
            throw new IllegalArgumentException(
                    "a graph of %d nodes cannot have %s edges".formatted(nodes, wanted));
        }
        SplittableRandom random = new SplittableRandom(seed);
        Set<Long> chosen = HashSet.newHashSet((int) wanted);
        Builder builder = new Builder(nodes);
        // Floyd's way to choose k of n: each subset is equally likely.
        for (long k = (long) (possible - wanted); k < (long) possible; k++) {
            long pair = random.nextLong(k + 1);
            pair = chosen.add(pair) ? pair : k;
            chosen.add(pair);
            int row = (int) ((1 + Math.sqrt(1 + 8.0 * pair)) / 2);
            row -= (long) row * (row - 1) / 2 > pair ? 1 : 0;
            row += (long) row * (row + 1) / 2 <= pair ? 1 : 0;
            builder.add(row, (int) (pair - (long) row * (row - 1) / 2));
        }
        return builder.build();
    }

    /**
     * Reads a graph: DIMACS ({@code p edge n m} or {@code p col n m}, then {@code e i j} with nodes
     * from 1, comments {@code c}), or a symmetric matrix of zeros and ones, a line for each node.
     *
     * @throws ModelFileException if it is neither
     */
    public static Graph read(Path file) throws IOException {
        return InstanceText.read(file, Graph::read);
    }

    /**
     * Reads a graph from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static Graph read(InputStream in, String source) throws IOException {
        TextScanner scanner = new TextScanner(source, in);
        if (!scanner.nextRow('c', null)) {
            throw scanner.error("the file has no graph");
        }
        String word = scanner.word("\"p\"");
        return word.equals("p") ? dimacs(scanner) : matrix(scanner, word);
    }

    private static Graph dimacs(TextScanner scanner) throws IOException {
        String kind = scanner.word("\"edge\"");
        if (!kind.equals("edge") && !kind.equals("col") && !kind.equals("edges")) {
            throw scanner.error("after \"p\" there should be \"edge\" or \"col\"");
        }
        int nodes = scanner.integer("the number of nodes", 0, MAX_NODES);
        int announced = scanner.integer("the number of edges", 0, Integer.MAX_VALUE);
        scanner.endRow();
        Builder builder = new Builder(nodes);
        int lines = 0;
        while (scanner.nextRow('c', null)) {
            String word = scanner.word("\"e\"");
            if (!word.equals("e")) {
                throw scanner.error("a line should begin with \"e\"");
            }
            int i = scanner.integer("a node", 1, nodes);
            int j = scanner.integer("a node", 1, nodes);
            if (i == j) {
                throw scanner.error("node %d cannot be its own neighbour".formatted(i));
            }
            scanner.endRow();
            builder.add(i - 1, j - 1);
            lines++;
        }
        // Some files count every edge twice.
        if (lines != announced && 2L * lines != announced && lines != 2L * announced) {
            throw scanner.error(
                    "there are %d edges, and the line \"p\" announces %d; the file may be cut off"
                            .formatted(lines, announced));
        }
        return builder.build();
    }

    private static Graph matrix(TextScanner scanner, String first) throws IOException {
        List<byte[]> rows = new ArrayList<>();
        byte[] row = new byte[64];
        int columns = 0;
        row[columns++] = bit(scanner, first);
        do {
            while (scanner.hasMore()) {
                if (columns == row.length) {
                    row = Arrays.copyOf(row, 2 * columns);
                }
                row[columns++] = bit(scanner, scanner.word("0 or 1"));
            }
            if (!rows.isEmpty() && rows.getFirst().length != columns) {
                throw scanner.error(
                        "a line of the matrix should have %d entries, not %d"
                                .formatted(rows.getFirst().length, columns));
            }
            rows.add(Arrays.copyOf(row, columns));
            columns = 0;
        } while (scanner.nextRow((char) 0, null));
        int nodes = rows.size();
        if (nodes != rows.getFirst().length) {
            throw scanner.error(
                    "the matrix should be square, not %d by %d"
                            .formatted(nodes, rows.getFirst().length));
        }
        Builder builder = new Builder(nodes);
        for (int i = 0; i < nodes; i++) {
            for (int j = 0; j <= i; j++) {
                if (rows.get(i)[j] != rows.get(j)[i] || i == j && rows.get(i)[i] != 0) {
                    throw scanner.error(
                            "the matrix should be symmetric without ones on its diagonal; see row %d, column %d"
                                    .formatted(i + 1, j + 1));
                }
                if (rows.get(i)[j] != 0) {
                    builder.add(i, j);
                }
            }
        }
        return builder.build();
    }

    private static byte bit(TextScanner scanner, String word) {
        return switch (word) {
            case "0" -> 0;
            case "1" -> 1;
            default ->
                    throw scanner.error(
                            "there should be \"p edge\", or a matrix of zeros and ones");
        };
    }

    /** How many nodes there are. */
    public int nodes() {
        return nodes;
    }

    /** How many edges there are. */
    public int edges() {
        return edges;
    }

    /** With how many others a node is connected. */
    public int degree(int node) {
        return neighbours[node].length;
    }

    /**
     * A neighbour.
     *
     * @param k which one, below {@link #degree}; they ascend
     */
    public int neighbour(int node, int k) {
        return neighbours[node][k];
    }

    /** Whether two nodes are connected. */
    public boolean hasEdge(int i, int j) {
        return Arrays.binarySearch(neighbours[i], j) >= 0;
    }

    /** What is told of each edge. */
    @FunctionalInterface
    public interface Edges {
        /** One edge, {@code i < j}. */
        void accept(int i, int j);
    }

    /** Tells every edge once, by rising i, then j. */
    public void forEachEdge(Edges consumer) {
        for (int i = 0; i < nodes; i++) {
            for (int j : neighbours[i]) {
                if (i < j) {
                    consumer.accept(i, j);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "%d nodes, %d edges".formatted(nodes, edges);
    }

    private static final class Builder {
        private final int nodes;
        private long[] edge = new long[64];
        private int size;

        Builder(int nodes) {
            this.nodes = nodes;
        }

        void add(int i, int j) {
            if (size == edge.length) {
                edge = Arrays.copyOf(edge, 2 * size);
            }
            edge[size++] = (long) Math.min(i, j) << 32 | Math.max(i, j);
        }

        Graph build() {
            Arrays.sort(edge, 0, size);
            int[] degree = new int[nodes];
            int kept = 0;
            for (int e = 0; e < size; e++) {
                if (kept == 0 || edge[e] != edge[kept - 1]) {
                    edge[kept++] = edge[e];
                    degree[(int) (edge[e] >> 32)]++;
                    degree[(int) edge[e]]++;
                }
            }
            int[][] neighbours = new int[nodes][];
            for (int i = 0; i < nodes; i++) {
                neighbours[i] = new int[degree[i]];
                degree[i] = 0;
            }
            // Sorted by the smaller node, then the larger one: both ends see ascending nodes.
            for (int e = 0; e < kept; e++) {
                int i = (int) (edge[e] >> 32);
                int j = (int) edge[e];
                neighbours[j][degree[j]++] = i;
            }
            for (int e = 0; e < kept; e++) {
                int i = (int) (edge[e] >> 32);
                neighbours[i][degree[i]++] = (int) edge[e];
            }
            return new Graph(nodes, neighbours, kept);
        }
    }
}
