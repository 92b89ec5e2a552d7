package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.stabilizer.diagram.TextCanvas.Align;
import org.jaket.stabilizer.diagram.TextCanvas.Place;
import org.jaket.stabilizer.diagram.Timeline.Loop;
import org.jaket.stabilizer.diagram.Timeline.Mark;

import java.util.List;

/**
 * A circuit as text, qubits from top to bottom and time from left to right, to the byte what Stim's
 * {@code timeline-text} is.
 *
 * <pre>
 * q0: -H-@-
 *        |
 * q1: ---X-
 * </pre>
 */
final class TimelineText implements Timeline.Viewer {
    private final TextCanvas canvas = new TextCanvas();
    private final Moments moments;
    private final Timeline timeline;
    private final int qubits;
    private final boolean hasTicks;
    private int tickStart;

    private TimelineText(Circuit circuit) {
        this.timeline = new Timeline(circuit, false, this);
        this.qubits = Timeline.qubits(circuit.body());
        this.hasTicks = circuit.body().ticks() > 0;
        this.moments = new Moments(canvas, qubits, 1);
    }

    /**
     * Draws a circuit. Loops are drawn once.
     *
     * @return lines without a line end behind the last one
     * @throws org.jaket.execution.UnsupportedCircuitException if an operation is not of Stim's
     *     language
     * @throws IllegalArgumentException if the text would have more than 2^28 characters
     */
    static String of(Circuit circuit) {
        TimelineText drawing = new TimelineText(circuit);
        drawing.timeline.walk(circuit.body());
        if (drawing.moments.isUsed()) {
            drawing.tick();
        }
        for (int q = 0; q < drawing.qubits; q++) {
            drawing.moments.wire(q, "q" + q + ": ", drawing.moments.column(), Align.START);
        }
        return drawing.canvas.render();
    }

    @Override
    public void tick() {
        if (hasTicks && moments.now() > tickStart) {
            int from = moments.columnOf(tickStart);
            int to = moments.column();
            int bottom = Moments.row(qubits);
            canvas.label(new Place(from, Align.START, 0, Align.START), "/");
            canvas.label(new Place(to, Align.END, 0, Align.START), "\\");
            canvas.label(new Place(from, Align.START, bottom - 1, Align.START), "\\");
            canvas.label(new Place(to, Align.END, bottom - 1, Align.START), "/");
            for (int row : new int[] {0, bottom - 1}) {
                canvas.line(
                        new Place(from, Align.START, row, Align.START),
                        new Place(to, Align.END, row, Align.START));
            }
        }
        moments.next();
        tickStart = moments.now();
    }

    @Override
    public void beginLoop(Loop loop) {
        if (moments.isUsed()) {
            tick();
        }
        edge(Align.START, "/REP " + loop.count(), "\\");
    }

    @Override
    public void endLoop(Loop loop) {
        if (moments.isUsed()) {
            tick();
        }
        edge(Align.MIDDLE, "\\", "/");
    }

    private void edge(Align across, String above, String below) {
        Place top = new Place(moments.column(), across, 0, Align.START);
        Place bottom = new Place(moments.column(), across, Moments.row(qubits) - 1, Align.END);
        canvas.label(top, above);
        canvas.label(new Place(bottom.column(), across, bottom.row(), Align.START), below);
        canvas.line(top, new Place(bottom.column(), across, bottom.row(), Align.START));
        moments.next();
        tickStart = moments.now();
    }

    @Override
    public void mark(Mark mark) {
        if (mark.shape() == Timeline.Shape.ERROR && moments.isUsed()) {
            moments.next();
        }
        Targets room = mark.targets();
        if (mark.shape() == Timeline.Shape.DETECTOR || mark.shape() == Timeline.Shape.OBSERVABLE) {
            room = Targets.of(mark.anchor()).then(room);
        }
        moments.reserve(room);
        switch (mark.shape()) {
            case ONE -> box(mark.targets().value(0), label(mark, mark.name()));
            case COORDINATES ->
                    box(mark.targets().value(0), mark.name() + coordinates(mark.arguments()));
            case PAIR -> pair(mark);
            case PRODUCT, ERROR -> {
                for (int k = 0; k < mark.targets().size(); k++) {
                    String letter = "[" + Target.pauli(mark.targets().get(k)) + "]";
                    box(mark.targets().value(k), label(mark, mark.name() + letter));
                }
            }
            case DETECTOR ->
                    box(
                            mark.anchor(),
                            mark.name()
                                    + (mark.arguments().isEmpty()
                                            ? ""
                                            : coordinates(mark.arguments()))
                                    + ":"
                                    + detector()
                                    + "="
                                    + (mark.targets().isEmpty() ? "1" : parity(mark.targets())));
            case OBSERVABLE -> observable(mark);
        }
    }

    private void pair(Mark mark) {
        int a = mark.targets().get(0);
        int b = mark.targets().get(1);
        PairEnds ends = PairEnds.of(mark.name());
        if (Target.isClassical(a)) {
            box(Target.value(b), ends.second() + "^" + classical(a));
        } else if (Target.isClassical(b)) {
            box(Target.value(a), ends.first() + "^" + classical(b));
        } else {
            boolean numbered = mark.name().equals("PAULI_CHANNEL_2");
            String first = ends.first().equals("Z") ? "@" : ends.first();
            String second = ends.second().equals("Z") ? "@" : ends.second();
            box(Target.value(a), label(mark, first + (numbered ? "[0]" : "")));
            // Only the first end says which result it is.
            box(
                    Target.value(b),
                    second + (numbered ? "[1]" : "") + probabilities(mark.arguments()));
        }
    }

    private void observable(Mark mark) {
        String name = "L" + ShortNumber.of(mark.arguments().getFirst()) + "*=";
        Targets targets = mark.targets();
        int paulis = 0;
        for (int k = 0; k < targets.size(); k++) {
            if (Target.isPauli(targets.get(k))) {
                box(targets.value(k), name + Target.pauli(targets.get(k)));
                paulis++;
            }
        }
        if (paulis < targets.size() || targets.isEmpty()) {
            box(
                    mark.anchor(),
                    mark.name() + ":" + name + (targets.isEmpty() ? "1" : parity(targets)));
        }
    }

    private void box(int qubit, String text) {
        moments.box(moments.column(), qubit, text);
    }

    private String label(Mark mark, String name) {
        return name
                + probabilities(mark.arguments())
                + (mark.measures() ? ":" + result(timeline.results() - 1) : "");
    }

    private static String probabilities(List<Double> arguments) {
        return arguments.isEmpty() ? "" : "(" + ShortNumber.join(arguments, ",") + ")";
    }

    private String classical(int target) {
        return Target.isSweep(target)
                ? "sweep[" + Target.value(target) + "]"
                : "rec[" + (timeline.results() - Target.value(target)) + "]";
    }

    private String parity(Targets targets) {
        var text = new StringBuilder();
        for (int k = 0; k < targets.size(); k++) {
            if (Target.isRecord(targets.get(k))) {
                text.append(text.isEmpty() ? "" : "*")
                        .append(result(timeline.results() - targets.value(k)));
            }
        }
        return text.toString();
    }

    private String result(long index) {
        var text = new StringBuilder("rec[").append(index);
        for (int k = 0; k < timeline.loops().size(); k++) {
            long each = timeline.loops().get(k).results();
            if (each != 0) {
                text.append(turn(k)).append(each == 1 ? "" : "*" + each);
            }
        }
        return text.append(']').toString();
    }

    private String detector() {
        if (timeline.loops().isEmpty()) {
            return "D" + timeline.detectors();
        }
        var text = new StringBuilder("D[").append(timeline.detectors());
        for (int k = 0; k < timeline.loops().size(); k++) {
            long each = timeline.loops().get(k).detectors();
            text.append(turn(k)).append(each == 1 ? "" : "*" + each);
        }
        return text.append(']').toString();
    }

    private String coordinates(List<Double> values) {
        var text = new StringBuilder("(");
        for (int k = 0; k < values.size(); k++) {
            text.append(k == 0 ? "" : ",").append(ShortNumber.of(values.get(k)));
            for (int l = 0; l < timeline.loops().size(); l++) {
                List<Double> shift = timeline.loops().get(l).shift();
                if (k < shift.size() && shift.get(k) != 0) {
                    text.append(turn(l))
                            .append(shift.get(k) == 1 ? "" : "*" + ShortNumber.of(shift.get(k)));
                }
            }
        }
        return text.append(')').toString();
    }

    private static String turn(int loop) {
        return "+iter" + (loop == 0 ? "" : loop + 1);
    }
}
