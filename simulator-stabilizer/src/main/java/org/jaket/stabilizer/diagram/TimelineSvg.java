package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.stabilizer.diagram.Timeline.Loop;
import org.jaket.stabilizer.diagram.Timeline.Mark;
import org.jaket.stabilizer.diagram.Timeline.Shape;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A circuit as a picture: qubits from top to bottom, time from left to right. Loops are drawn once,
 * unless a range of ticks is asked for.
 */
final class TimelineSvg implements Timeline.Viewer {
    private static final double PITCH = 64;
    private static final double LEFT = 72;
    private static final double TOP = 44;

    private final Svg svg = new Svg();
    private final Glyphs glyphs = new Glyphs(svg, true);
    private final List<Runnable> drawing = new ArrayList<>();
    private final Timeline timeline;
    private final TickRange ticks;
    private final boolean unrolls;
    private final int qubits;
    private final BitSet used = new BitSet();
    private int moment;
    private boolean isUsed;
    private int tickStart;
    private long tick;

    private TimelineSvg(Circuit circuit, TickRange ticks) {
        this.ticks = ticks;
        this.unrolls = !ticks.equals(TickRange.ALL);
        this.timeline = new Timeline(circuit, unrolls, this);
        this.qubits = Timeline.qubits(circuit.body());
    }

    static String of(Circuit circuit, TickRange ticks) {
        TimelineSvg picture = new TimelineSvg(circuit, ticks);
        picture.timeline.walk(circuit.body());
        picture.closeTick();
        return picture.document();
    }

    private String document() {
        double right = x(moment) + (isUsed ? PITCH : 0);
        for (int q = 0; q < qubits; q++) {
            svg.line(LEFT - 24, y(q), right, y(q), "stroke=\"#8a8d99\"");
            svg.text(LEFT - 44, y(q), 14, Colors.INK, "q" + q);
        }
        drawing.forEach(Runnable::run);
        return svg.document(right + 16, y(qubits) + 8);
    }

    private double x(int column) {
        return LEFT + (column + 0.5) * PITCH;
    }

    private double y(int qubit) {
        return TOP + (qubit + 0.5) * PITCH;
    }

    private void next() {
        moment++;
        isUsed = false;
        used.clear();
    }

    private void reserve(Targets targets, int anchor) {
        int min = Integer.MAX_VALUE;
        int max = -1;
        for (int k = 0; k < targets.size(); k++) {
            if (Target.touchesQubit(targets.get(k))) {
                min = Math.min(min, targets.value(k));
                max = Math.max(max, targets.value(k));
            }
        }
        if (anchor >= 0) {
            min = Math.min(min, anchor);
            max = Math.max(max, anchor);
        }
        if (max < 0) {
            return;
        }
        int next = used.nextSetBit(min);
        if (next >= 0 && next <= max) {
            next();
        }
        used.set(min, max + 1);
        isUsed = true;
    }

    @Override
    public void mark(Mark mark) {
        if (unrolls && !ticks.has(tick)) {
            return;
        }
        boolean hasAnchor = mark.shape() == Shape.DETECTOR || mark.shape() == Shape.OBSERVABLE;
        reserve(mark.targets(), hasAnchor ? mark.anchor() : -1);
        double x = x(moment);
        String detail = Details.of(mark, timeline);
        Glyphs.Places at =
                new Glyphs.Places() {
                    @Override
                    public double x(int qubit) {
                        return x;
                    }

                    @Override
                    public double y(int qubit) {
                        return TimelineSvg.this.y(qubit);
                    }
                };
        drawing.add(() -> glyphs.draw(mark, detail, at));
    }

    @Override
    public void tick() {
        closeTick();
        tick++;
    }

    private void closeTick() {
        if (isUsed || moment > tickStart) {
            if (moment > tickStart || isUsed) {
                bracket("tick " + tick, tickStart, moment, 26, "#8a8d99");
            }
            next();
        }
        tickStart = moment;
    }

    private void bracket(String name, int from, int to, double y, String color) {
        double left = x(from) - PITCH / 2 + 4;
        double right = x(to) + PITCH / 2 - 4;
        String style = "fill=\"none\" stroke=\"" + color + "\"";
        drawing.add(
                () -> {
                    svg.path(
                            "M%s,%s V%s H%s V%s"
                                    .formatted(
                                            Svg.number(left),
                                            Svg.number(y + 8),
                                            Svg.number(y),
                                            Svg.number(right),
                                            Svg.number(y + 8)),
                            style);
                    svg.text((left + right) / 2, y - 8, 11, color, name);
                });
    }

    @Override
    public void beginLoop(Loop loop) {
        closeTick();
        edge("\u00d7" + loop.count());
    }

    @Override
    public void endLoop(Loop loop) {
        closeTick();
        edge("");
    }

    private void edge(String name) {
        double x = x(moment);
        double bottom = y(qubits) - PITCH / 2;
        drawing.add(
                () -> {
                    svg.line(x, TOP, x, bottom, "stroke=\"" + Colors.INK + "\" stroke-width=\"3\"");
                    svg.text(
                            x, TOP - 10, 15, Colors.INK, name.isEmpty() ? "end" : "repeat " + name);
                });
        next();
        tickStart = moment;
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
        return unrolls && tick >= ticks.first() && !ticks.has(tick);
    }
}
