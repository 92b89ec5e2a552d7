package org.jaket.annealing.sampler;

import org.jgrapht.alg.matching.blossom.v5.KolmogorovWeightedPerfectMatching;
import org.jgrapht.graph.AsWeightedGraph;
import org.jgrapht.graph.Pseudograph;

import java.util.Arrays;

/**
 * Cuts of a drawn graph as perfect matchings. A set of edges is a cut exactly if every face has an
 * even number of them. So each face becomes a city: a node for each of its sides, all joined to
 * each other by streets of weight 0; the two nodes of an edge are joined by a road of its weight.
 * Where roads are matched, an even number of the city's nodes must be left for its streets: roads
 * that are not matched are a cut. A face of many sides is a row of cities, each joined to the next
 * by a road of weight 0, as if the face were divided by new edges.
 */
final class KasteleynCities {
    /**
     * The most nodes of a city: their number grows with the sides, that of streets with squares.
     */
    private static final int LARGEST = 4;

    private final SignedGraph graph;

    /** Edges below the number of the graph's edges are roads, others streets. */
    private final Pseudograph<Integer, Integer> map = new Pseudograph<>(null, null, false);

    private int nodes;
    private int streets;

    private KasteleynCities(SignedGraph graph, PlaneDrawing drawing) {
        this.graph = graph;
        streets = graph.edges();
        int[] place = new int[2 * graph.edges()];
        for (int[] face : drawing.faces()) {
            addFace(face, place);
        }
        for (int e = 0; e < graph.edges(); e++) {
            map.addEdge(place[2 * e], place[2 * e + 1], e);
        }
    }

    private void addFace(int[] face, int[] place) {
        int done = 0;
        boolean joined = false;
        while (true) {
            int from = nodes;
            int left = face.length - done;
            boolean last = left <= LARGEST - (joined ? 1 : 0);
            int taken = last ? left : LARGEST - (joined ? 2 : 1);
            if (joined) {
                addNode();
                street(from - 1, from);
            }
            for (int k = 0; k < taken; k++) {
                place[face[done++]] = addNode();
            }
            if (!last) {
                addNode();
            }
            for (int a = from; a < nodes; a++) {
                for (int b = a + 1; b < nodes; b++) {
                    street(a, b);
                }
            }
            if (last) {
                return;
            }
            joined = true;
        }
    }

    private int addNode() {
        map.addVertex(nodes);
        return nodes++;
    }

    private void street(int a, int b) {
        map.addEdge(a, b, streets++);
    }

    /**
     * Which edges are cut where the weight of those that are not is the smallest.
     *
     * @throws IllegalStateException if the matching is not what its own proof says
     */
    static boolean[] cheapestCut(SignedGraph graph, PlaneDrawing drawing) {
        return graph.edges() == 0
                ? new boolean[0]
                : new KasteleynCities(graph, drawing).cheapestCut();
    }

    private boolean[] cheapestCut() {
        double[] weight = Arrays.copyOf(graph.weight(), streets);
        var matching =
                new KolmogorovWeightedPerfectMatching<>(
                        new AsWeightedGraph<>(map, e -> weight[e], false, false));
        boolean[] cut = new boolean[graph.edges()];
        Arrays.fill(cut, true);
        for (int e : matching.getMatching().getEdges()) {
            if (e < cut.length) {
                cut[e] = false;
            }
        }
        if (!matching.testOptimality()) {
            throw new IllegalStateException("the matching is not the cheapest one");
        }
        return cut;
    }
}
