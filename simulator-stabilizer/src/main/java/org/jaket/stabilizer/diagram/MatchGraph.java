package org.jaket.stabilizer.diagram;

import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The graph of a detector error model: detectors are nodes, errors that flip one or two of them are
 * edges, others are stars. Errors that flip an observable are red.
 */
final class MatchGraph {
    /** Instructions that are looked at, repeats unrolled, at most. */
    static final long MAX_INSTRUCTIONS = 1L << 22;

    private static final String PLAIN = "#3c4050";
    private static final String LOGICAL = "#e0343a";

    /** The detectors that a part of an error flips, and whether it flips an observable. */
    private record Edge(List<Long> detectors, boolean isLogical) {}

    private final Set<Edge> edges = new LinkedHashSet<>();
    private final Map<Long, List<Double>> coordinates = new HashMap<>();
    private final TreeSet<Long> detectors = new TreeSet<>();
    private List<Double> shift = List.of();
    private long first;
    private long instructions;

    MatchGraph(DetectorErrorModel model) {
        read(model);
    }

    private void read(DetectorErrorModel model) {
        for (DemInstruction instruction : model.instructions()) {
            count();
            switch (instruction) {
                case DemInstruction.ErrorMechanism e -> error(e.targets());
                case DemInstruction.DetectorDeclaration d -> {
                    detectors.add(first + d.detector());
                    coordinates.put(
                            first + d.detector(), Coordinates.shifted(d.coordinates(), shift));
                }
                case DemInstruction.ObservableDeclaration o -> {}
                case DemInstruction.ShiftDetectors s -> {
                    first += s.detectors();
                    shift = Coordinates.plus(shift, s.coordinates(), 1);
                }
                case DemInstruction.RepeatBlock r -> {
                    boolean isEmpty = r.body().instructions().isEmpty();
                    for (long turn = 0; turn < r.count() && !isEmpty; turn++) {
                        count();
                        read(r.body());
                    }
                }
            }
        }
    }

    private void count() {
        if (++instructions > MAX_INSTRUCTIONS) {
            throw new IllegalArgumentException(
                    "The model has more than %d instructions, repeats unrolled, which is too much for a drawing."
                            .formatted(MAX_INSTRUCTIONS));
        }
    }

    private void error(DemTargets targets) {
        List<Long> flipped = new ArrayList<>();
        boolean isLogical = false;
        for (int k = 0; k <= targets.size(); k++) {
            if (k == targets.size() || targets.get(k) == DemTargets.SEPARATOR) {
                edges.add(new Edge(flipped.stream().sorted().toList(), isLogical));
                flipped.clear();
                isLogical = false;
            } else if (DemTargets.isDetector(targets.get(k))) {
                long detector = first + DemTargets.index(targets.get(k));
                flipped.add(detector);
                detectors.add(detector);
            } else {
                isLogical = true;
            }
        }
    }

    String svg() {
        Plane plane = new Plane(detectors, coordinates);
        Svg svg = new Svg();
        for (Edge edge : edges) {
            String style =
                    "stroke=\""
                            + (edge.isLogical ? LOGICAL : PLAIN)
                            + "\" stroke-width=\""
                            + (edge.isLogical ? 4 : 2)
                            + "\" stroke-opacity=\"0.7\"";
            double[] middle = middle(edge, plane);
            for (long d : edge.detectors) {
                svg.line(middle[0], middle[1], plane.x(d), plane.y(d), style);
            }
        }
        for (long d : detectors) {
            List<Double> there = coordinates.getOrDefault(d, List.of());
            svg.begin("D" + d + (there.isEmpty() ? "" : "(" + ShortNumber.join(there, ",") + ")"));
            svg.circle(plane.x(d), plane.y(d), 7, "fill=\"" + PLAIN + "\"");
            svg.end();
        }
        return svg.document(plane.width(), plane.height());
    }

    /** Where the lines of an edge meet; beside the detector for errors at the boundary. */
    private static double[] middle(Edge edge, Plane plane) {
        if (edge.detectors.size() == 1) {
            long d = edge.detectors.getFirst();
            double dx = plane.x(d) - plane.width() / 2;
            double dy = plane.y(d) - plane.height() / 2;
            double length = Math.max(1e-9, Math.hypot(dx, dy));
            return new double[] {
                plane.x(d) + 24 * dx / length, plane.y(d) + (length < 1e-6 ? 24 : 24 * dy / length)
            };
        }
        return new double[] {
            edge.detectors.stream().mapToDouble(plane::x).average().orElse(0),
            edge.detectors.stream().mapToDouble(plane::y).average().orElse(0)
        };
    }

    String gltf() {
        Scene scene = new Scene();
        Map<Long, double[]> places = new HashMap<>();
        for (long d : detectors) {
            List<Double> there = coordinates.getOrDefault(d, List.of());
            double[] place = new double[3];
            if (there.isEmpty()) {
                place[0] = d;
            }
            for (int k = 0; k < there.size(); k++) {
                // Further coordinates shift the third axis a little.
                place[Math.min(2, k)] += k < 3 ? there.get(k) : there.get(k) / k;
            }
            places.put(d, place);
            scene.box(
                    PLAIN,
                    place[0],
                    -place[1],
                    -place[2],
                    0.2,
                    "D" + d + (there.isEmpty() ? "" : "(" + ShortNumber.join(there, ",") + ")"));
        }
        for (Edge edge : edges) {
            double[] middle = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                int k = axis;
                middle[axis] =
                        edge.detectors.stream()
                                .mapToDouble(d -> place(places, d)[k])
                                .average()
                                .orElse(0);
            }
            if (edge.detectors.size() == 1) {
                middle[0] -= 0.5;
            }
            for (long d : edge.detectors) {
                double[] place = place(places, d);
                scene.line(
                        edge.isLogical ? LOGICAL : PLAIN,
                        middle[0],
                        -middle[1],
                        -middle[2],
                        place[0],
                        -place[1],
                        -place[2]);
            }
        }
        return scene.gltf();
    }

    private static double[] place(Map<Long, double[]> places, long detector) {
        double[] place = places.get(detector);
        return place == null ? new double[3] : place;
    }
}
