package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Target;
import org.jaket.stabilizer.diagram.Timeline.Loop;
import org.jaket.stabilizer.diagram.Timeline.Mark;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A circuit in space: qubits where their coordinates are, time away from the viewer. Loops are
 * drawn once.
 */
final class TimelineScene implements Timeline.Viewer {
    private static final double SIZE = 0.55;

    private final Scene scene = new Scene();
    private final Timeline timeline;
    private final Plane plane;
    private final TreeSet<Long> qubits = new TreeSet<>();
    private final BitSet busy = new BitSet();
    private int moment;

    private TimelineScene(Circuit circuit) {
        this.timeline = new Timeline(circuit, false, this);
        int count = Timeline.qubits(circuit.body());
        Map<Long, List<Double>> coordinates = new TreeMap<>();
        new Coordinates()
                .ofQubits(circuit.body())
                .forEach((q, there) -> coordinates.put((long) q, there));
        TreeSet<Long> all = new TreeSet<>(coordinates.keySet());
        if (all.isEmpty()) {
            for (long q = 0; q < count; q++) {
                all.add(q);
            }
        }
        this.plane = new Plane(all, coordinates);
    }

    static String of(Circuit circuit) {
        TimelineScene drawing = new TimelineScene(circuit);
        drawing.timeline.walk(circuit.body());
        double end = drawing.z() - 1;
        for (long q : drawing.qubits) {
            drawing.scene.line(
                    "#8a8d99",
                    drawing.x((int) q),
                    drawing.y((int) q),
                    1,
                    drawing.x((int) q),
                    drawing.y((int) q),
                    end);
        }
        return drawing.scene.gltf();
    }

    private double x(int qubit) {
        return plane.x(qubit) / Plane.PITCH;
    }

    private double y(int qubit) {
        return -plane.y(qubit) / Plane.PITCH;
    }

    private double z() {
        return -moment;
    }

    @Override
    public void mark(Mark mark) {
        if (mark.shape() == Timeline.Shape.COORDINATES) {
            return;
        }
        int[] touched =
                switch (mark.shape()) {
                    case DETECTOR, OBSERVABLE -> new int[] {mark.anchor()};
                    default ->
                            mark.targets().stream()
                                    .filter(Target::touchesQubit)
                                    .map(Target::value)
                                    .toArray();
                };
        for (int q : touched) {
            if (busy.get(q)) {
                next();
                break;
            }
        }
        String detail = Details.of(mark, timeline);
        String name =
                mark.name()
                        + (mark.arguments().isEmpty()
                                ? ""
                                : "(" + ShortNumber.join(mark.arguments(), ",") + ")")
                        + " "
                        + mark.targets()
                        + (detail.isEmpty() ? "" : " " + detail);
        PairEnds ends = PairEnds.of(mark.name());
        for (int k = 0; k < touched.length; k++) {
            int q = touched[k];
            busy.set(q);
            qubits.add((long) q);
            String end =
                    mark.shape() == Timeline.Shape.PAIR
                            ? k == 0 ? ends.first() : ends.second()
                            : mark.name();
            boolean isControl = mark.shape() == Timeline.Shape.PAIR && end.equals("Z");
            scene.box(
                    isControl ? Colors.INK : Colors.ofOperation(end),
                    x(q),
                    y(q),
                    z(),
                    isControl ? SIZE / 2 : SIZE,
                    name);
            if (k > 0) {
                scene.line(
                        Colors.isNoise(mark.name()) ? Colors.NOISE : Colors.INK,
                        x(touched[k - 1]),
                        y(touched[k - 1]),
                        z(),
                        x(q),
                        y(q),
                        z());
            }
        }
    }

    private void next() {
        moment++;
        busy.clear();
    }

    @Override
    public void tick() {
        next();
    }

    @Override
    public void beginLoop(Loop loop) {
        frame("repeat " + loop.count());
    }

    @Override
    public void endLoop(Loop loop) {
        frame("end of repeat");
    }

    /** A rectangle around all qubits. */
    private void frame(String name) {
        next();
        double right = plane.width() / Plane.PITCH;
        double bottom = -plane.height() / Plane.PITCH;
        double[][] corners = {{0, 0}, {right, 0}, {right, bottom}, {0, bottom}};
        for (int k = 0; k < 4; k++) {
            double[] a = corners[k];
            double[] b = corners[(k + 1) % 4];
            scene.line("#b06000", a[0], a[1], z(), b[0], b[1], z());
        }
        scene.box("#b06000", 0, 0, z(), SIZE / 3, name);
        next();
    }
}
