package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Target;
import org.jaket.stabilizer.diagram.Timeline.Loop;
import org.jaket.stabilizer.diagram.Timeline.Mark;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Moments of a circuit side by side, qubits where their coordinates are: the operations between two
 * ticks, what detectors watch there, or both.
 */
final class SlicePicture implements Timeline.Viewer {
    /** Moments that are drawn at most. */
    static final int MAX_MOMENTS = 1 << 12;

    /** Operations that are drawn at most. */
    static final int MAX_MARKS = 1 << 20;

    private record Drawn(Mark mark, String detail) {}

    private final TickRange ticks;
    private final boolean hasOperations;
    private final Timeline timeline;
    private final TreeMap<Long, List<Drawn>> marks = new TreeMap<>();
    private final TreeSet<Long> qubits = new TreeSet<>();
    private final @Nullable DetectorSlices slices;
    private final Plane plane;
    private long tick;
    private int count;

    private SlicePicture(
            Circuit circuit,
            TickRange ticks,
            @Nullable DetectorSlices slices,
            boolean hasOperations) {
        long most = circuit.body().ticks() + 1 - ticks.first();
        this.ticks = new TickRange(ticks.first(), Math.max(1, Math.min(ticks.count(), most)));
        if (this.ticks.count() > MAX_MOMENTS) {
            throw new IllegalArgumentException(
                    "Up to %d moments are drawn, not %d. Maybe name a range of ticks?"
                            .formatted(MAX_MOMENTS, this.ticks.count()));
        }
        this.slices = slices;
        this.hasOperations = hasOperations;
        this.timeline = new Timeline(circuit, true, this);
        if (hasOperations) {
            timeline.walk(circuit.body());
        }
        if (slices != null) {
            slices.usedQubits().forEach(q -> qubits.add((long) q));
            slices.slices()
                    .values()
                    .forEach(s -> s.forEach(t -> qubits.add((long) Target.value(t))));
        }
        Map<Long, List<Double>> coordinates = new TreeMap<>();
        new Coordinates()
                .ofQubits(circuit.body())
                .forEach((q, there) -> coordinates.put((long) q, there));
        qubits.addAll(coordinates.keySet());
        this.plane = new Plane(qubits, coordinates);
    }

    /** The operations of some moments. */
    static SlicePicture ofOperations(Circuit circuit, TickRange ticks) {
        return new SlicePicture(circuit, ticks, null, true);
    }

    /** What detectors watch at some ticks. */
    static SlicePicture ofDetectors(
            Circuit circuit, TickRange ticks, List<CoordinateFilter> filters) {
        return new SlicePicture(circuit, ticks, DetectorSlices.of(circuit, ticks, filters), false);
    }

    /** The operations of some moments, and what detectors watch behind them. */
    static SlicePicture ofBoth(Circuit circuit, TickRange ticks, List<CoordinateFilter> filters) {
        long count = ticks.count() == Long.MAX_VALUE ? ticks.count() : ticks.count() + 1;
        TickRange behind = new TickRange(ticks.first(), count);
        return new SlicePicture(circuit, ticks, DetectorSlices.of(circuit, behind, filters), true);
    }

    @Override
    public void mark(Mark mark) {
        if (!ticks.has(tick)) {
            return;
        }
        if (++count > MAX_MARKS) {
            throw new IllegalArgumentException(
                    "More than %d operations would be drawn. Maybe name a range of ticks?"
                            .formatted(MAX_MARKS));
        }
        for (int k = 0; k < mark.targets().size(); k++) {
            if (Target.touchesQubit(mark.targets().get(k))) {
                qubits.add((long) mark.targets().value(k));
            }
        }
        marks.computeIfAbsent(tick, t -> new ArrayList<>())
                .add(new Drawn(mark, Details.of(mark, timeline)));
    }

    @Override
    public void tick() {
        tick++;
    }

    @Override
    public long turnsToSkip(Loop loop, long turns) {
        long skipped =
                loop.ticks() == 0
                        ? ticks.has(tick) ? 0 : turns
                        : Math.clamp((ticks.first() - tick) / loop.ticks(), 0, turns);
        tick += skipped * loop.ticks();
        return skipped;
    }

    @Override
    public boolean isDone() {
        return tick >= ticks.first() && !ticks.has(tick);
    }

    /** All moments in one picture. */
    String svg() {
        int moments = (int) ticks.count();
        int columns = (int) Math.ceil(Math.sqrt(moments));
        double width = plane.width() + 16;
        double height = plane.height() + 32;
        Svg svg = new Svg();
        for (int k = 0; k < moments; k++) {
            int row = k / columns;
            draw(svg, ticks.first() + k, k % columns * width + 8, row * height + 24);
        }
        int rows = (moments + columns - 1) / columns;
        return svg.document(columns * width, rows * height);
    }

    /** A picture for each moment. */
    List<String> pictures() {
        List<String> pictures = new ArrayList<>();
        for (int k = 0; k < ticks.count(); k++) {
            Svg svg = new Svg();
            draw(svg, ticks.first() + k, 8, 24);
            pictures.add(svg.document(plane.width() + 16, plane.height() + 32));
        }
        return pictures;
    }

    private void draw(Svg svg, long moment, double left, double top) {
        Glyphs.Places at =
                new Glyphs.Places() {
                    @Override
                    public double x(int qubit) {
                        return left + plane.x(qubit);
                    }

                    @Override
                    public double y(int qubit) {
                        return top + plane.y(qubit);
                    }
                };
        svg.box(
                left + plane.width() / 2,
                top + plane.height() / 2,
                plane.width(),
                plane.height(),
                "fill=\"none\" stroke=\"#c4c7d2\"");
        svg.text(left + plane.width() / 2, top - 10, 13, Colors.INK, "tick " + moment);
        if (slices != null) {
            products(svg, hasOperations ? moment + 1 : moment, at);
        }
        for (long q : qubits) {
            svg.circle(at.x((int) q), at.y((int) q), 3, "fill=\"#8a8d99\"");
        }
        Glyphs glyphs = new Glyphs(svg, false);
        for (Drawn drawn : marks.getOrDefault(moment, List.of())) {
            if (drawn.mark.shape() != Timeline.Shape.COORDINATES) {
                glyphs.draw(drawn.mark, drawn.detail, at);
            }
        }
    }

    private void products(Svg svg, long moment, Glyphs.Places at) {
        DetectorSlices found = slices;
        if (found == null) {
            return;
        }
        // The large ones first, so that the small ones can be seen.
        found.slices().entrySet().stream()
                .filter(e -> e.getKey().tick() == moment)
                .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
                .forEach(e -> product(svg, e.getKey().name(), e.getValue(), at));
        found.anticommutations()
                .forEach(
                        (key, there) -> {
                            if (key.tick() == moment) {
                                svg.begin(key.name() + " is random here");
                                for (int q : there) {
                                    svg.circle(
                                            at.x(q),
                                            at.y(q),
                                            22,
                                            "fill=\"none\" stroke=\"#d000d0\" stroke-width=\"5\" stroke-dasharray=\"6 4\"");
                                }
                                svg.end();
                            }
                        });
    }

    private static void product(Svg svg, String name, List<Integer> letters, Glyphs.Places at) {
        svg.begin(
                name
                        + " watches "
                        + letters.stream().map(Target::toString).collect(Collectors.joining("*")));
        List<Pauli> kinds = letters.stream().map(Target::pauli).distinct().toList();
        String color = Colors.of(kinds.size() == 1 ? kinds.getFirst() : Pauli.I);
        List<double[]> corners =
                letters.stream()
                        .map(t -> new double[] {at.x(Target.value(t)), at.y(Target.value(t))})
                        .toList();
        String style = "fill=\"" + color + "\" fill-opacity=\"0.55\" stroke=\"" + Colors.INK + "\"";
        if (corners.size() == 1) {
            svg.circle(corners.get(0)[0], corners.get(0)[1], 20, style);
        } else {
            List<double[]> hull = hull(corners);
            svg.path(hull.size() == 2 ? lens(hull) : polygon(hull), style);
        }
        if (kinds.size() > 1) {
            for (int t : letters) {
                svg.circle(
                        at.x(Target.value(t)),
                        at.y(Target.value(t)),
                        9,
                        "fill=\"" + Colors.of(Target.pauli(t)) + "\"");
            }
        }
        svg.end();
    }

    private static String lens(List<double[]> ends) {
        double[] a = ends.get(0);
        double[] b = ends.get(1);
        double nx = (b[1] - a[1]) * 0.35;
        double ny = (a[0] - b[0]) * 0.35;
        double mx = (a[0] + b[0]) / 2;
        double my = (a[1] + b[1]) / 2;
        return "M%s Q%s %s Q%s %s Z"
                .formatted(
                        point(a[0], a[1]),
                        point(mx + nx, my + ny),
                        point(b[0], b[1]),
                        point(mx - nx, my - ny),
                        point(a[0], a[1]));
    }

    /** The convex hull, by Andrew's monotone chain (1979). */
    private static List<double[]> hull(List<double[]> points) {
        List<double[]> sorted =
                points.stream()
                        .sorted(
                                Comparator.<double[]>comparingDouble(p -> p[0])
                                        .thenComparingDouble(p -> p[1]))
                        .toList();
        List<double[]> hull = new ArrayList<>();
        for (List<double[]> side : List.of(sorted, sorted.reversed())) {
            int start = hull.size();
            for (double[] p : side) {
                while (hull.size() >= start + 2
                        && turn(hull.get(hull.size() - 2), hull.getLast(), p) <= 0) {
                    hull.removeLast();
                }
                hull.add(p);
            }
            // The last point is the first one of the other side.
            hull.removeLast();
        }
        return hull;
    }

    private static double turn(double[] a, double[] b, double[] c) {
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }

    private static String polygon(List<double[]> corners) {
        return corners.stream()
                .map(c -> point(c[0], c[1]))
                .collect(Collectors.joining(" L", "M", " Z"));
    }

    private static String point(double x, double y) {
        return Svg.number(x) + "," + Svg.number(y);
    }
}
