package org.jaket.annealing.sampler;

import org.jgrapht.alg.planar.BoyerMyrvoldPlanarityInspector;
import org.jgrapht.graph.SimpleGraph;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The faces of a graph that is drawn in the plane, each connected part by itself: every side of an
 * edge belongs to one face, that to its left, whose sides follow each other.
 */
final class PlaneDrawing {
    private final List<int[]> faces;

    private PlaneDrawing(List<int[]> faces) {
        this.faces = faces;
    }

    /** Draws a graph; null if every drawing has crossings. */
    static @Nullable PlaneDrawing of(SignedGraph graph) {
        int[][] sides = graph.sides();
        var library = new SimpleGraph<Integer, Integer>(null, null, false);
        for (int v = 0; v < sides.length; v++) {
            if (sides[v].length > 0) {
                library.addVertex(v);
            }
        }
        int vertices = library.vertexSet().size();
        if (graph.edges() > Math.max(1, 3L * vertices - 6)) {
            // Euler: a face has at least three sides.
            return null;
        }
        for (int e = 0; e < graph.edges(); e++) {
            library.addEdge(graph.first()[e], graph.second()[e], e);
        }
        var inspector = new BoyerMyrvoldPlanarityInspector<>(library);
        if (!inspector.isPlanar()) {
            return null;
        }
        var embedding = inspector.getEmbedding();
        int[] next = new int[2 * graph.edges()];
        for (int v = 0; v < sides.length; v++) {
            if (sides[v].length > 0) {
                turn(graph, v, embedding.getEdgesAround(v), next);
            }
        }
        return new PlaneDrawing(faces(next));
    }

    /** Who arrives at a vertex leaves by the edge that is next around it. */
    private static void turn(SignedGraph graph, int v, List<Integer> around, int[] next) {
        int last = around.getLast();
        for (int e : around) {
            int arriving = graph.first()[last] == v ? 2 * last + 1 : 2 * last;
            next[arriving] = graph.first()[e] == v ? 2 * e : 2 * e + 1;
            last = e;
        }
    }

    private static List<int[]> faces(int[] next) {
        List<int[]> faces = new ArrayList<>();
        boolean[] seen = new boolean[next.length];
        int[] face = new int[next.length];
        for (int begin = 0; begin < next.length; begin++) {
            int size = 0;
            for (int side = begin; !seen[side]; side = next[side]) {
                seen[side] = true;
                face[size++] = side;
            }
            if (size > 0) {
                faces.add(Arrays.copyOf(face, size));
            }
        }
        return faces;
    }

    /** The sides of each face in their order. */
    List<int[]> faces() {
        return faces;
    }
}
