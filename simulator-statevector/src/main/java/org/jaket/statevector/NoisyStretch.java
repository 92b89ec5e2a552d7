package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gates with points of chance between them, as they come from noise. What happens at the points is
 * decided before the gates are compiled: errors are then gates like the others, merge with them,
 * and a shot costs about what it would without noise. Compiling after every point instead would
 * leave nothing to merge.
 *
 * <p>Gates of segment k come before point k; the last segment comes after all points. Qubits are at
 * home where a stretch is left in its middle.
 */
final class NoisyStretch {
    /** A stretch ends when shots will be surprised so often, if it has gates enough. */
    private static final double SURPRISES = 0.15;

    /**
     * Ways that are kept for the next shot, beside the usual one and those from a point to the
     * next, of which there are few.
     */
    private static final int KEPT = 64;

    private final List<RecordedGates> segments;
    private final List<ChancePoint> points;
    private final Frame start;
    private final Frame end;
    private final Map<Way, List<Pass>> known = new ConcurrentHashMap<>();
    private final List<Pass> usual;
    private final boolean losesNorm;

    /**
     * A way through a part of a stretch.
     *
     * @param from the point where it begins, with what happens there; -1 for the start of the
     *     stretch
     * @param to the point before which it ends, the number of points for the end of the stretch
     * @param outcomes point and outcome by turns, in order, where the outcome is not 0
     */
    record Way(int from, int to, List<Integer> outcomes) {
        /** The outcome at a point. */
        int outcome(int point) {
            for (int k = 0; k < outcomes.size(); k += 2) {
                if (outcomes.get(k) == point) {
                    return outcomes.get(k + 1);
                }
            }
            return 0;
        }

        /** From one point to the next. */
        static Way across(int point, int outcome) {
            return new Way(point, point + 1, outcome == 0 ? List.of() : List.of(point, outcome));
        }
    }

    private NoisyStretch(
            List<RecordedGates> segments,
            List<ChancePoint> points,
            Frame start,
            @Nullable Frame end,
            Progress progress) {
        this.segments = List.copyOf(segments);
        this.points = List.copyOf(points);
        this.start = start;
        Gathering gates = new Gathering(start, progress);
        replay(new Way(-1, points.size(), List.of()), gates);
        if (end != null) {
            gates.settleFrame(end);
        }
        this.usual = Schedule.of(gates.finish(), start.position().length, progress);
        this.end = gates.frame();
        this.losesNorm = points.stream().anyMatch(p -> p instanceof ChancePoint.Kraus);
    }

    /** Collects a stretch. */
    static final class Builder {
        private final int leastGates;
        private final List<RecordedGates> segments = new ArrayList<>();
        private final List<ChancePoint> points = new ArrayList<>();
        private RecordedGates open = new RecordedGates();
        private int gates;
        private double surprises;

        Builder(int qubits) {
            // Passes over large states want more gates to share them.
            leastGates = qubits <= Schedule.TILE_BITS ? 2 * qubits : 8 * qubits;
        }

        /** Where the next gates go. */
        GateSink gates() {
            return open;
        }

        boolean hasPoints() {
            return !points.isEmpty();
        }

        /** Whether the gates so far are worth a pass of their own. */
        boolean isLong() {
            return gates + open.size() >= leastGates;
        }

        /** Whether the stretch had better end here. */
        boolean isFull() {
            return surprises >= SURPRISES && gates >= leastGates;
        }

        void add(ChancePoint point) {
            gates += open.size();
            segments.add(open);
            open = new RecordedGates();
            points.add(point);
            surprises += point.surprise();
        }

        /** Hands over the gates of a stretch without points. */
        void replay(GateSink to) {
            open.replay(to);
        }

        /**
         * The stretch.
         *
         * @param start where the qubits lie before it
         * @param end where they shall lie after it, or null for where the gates leave them
         */
        NoisyStretch build(Frame start, @Nullable Frame end, Progress progress) {
            segments.add(open);
            return new NoisyStretch(segments, points, start, end, progress);
        }
    }

    List<ChancePoint> points() {
        return points;
    }

    /** Where the qubits lie after it. */
    Frame end() {
        return end;
    }

    /** Whether operators on the way change the norm of the state. */
    boolean losesNorm() {
        return losesNorm;
    }

    /** The passes where every point has outcome 0. */
    List<Pass> usual() {
        return usual;
    }

    /** The passes of a way. */
    List<Pass> passes(Way way) {
        boolean whole = way.from < 0 && way.to == points.size();
        if (whole && way.outcomes.isEmpty()) {
            return usual;
        }
        List<Pass> passes = known.get(way);
        if (passes == null) {
            passes = compile(way);
            if (way.to - way.from == 1 || known.size() < KEPT) {
                known.put(way, passes);
            }
        }
        return passes;
    }

    /** The passes of a way, not kept. */
    List<Pass> compile(Way way) {
        int qubits = start.position().length;
        Gathering gates = new Gathering(way.from < 0 ? start : Frame.identity(qubits));
        replay(way, gates);
        gates.settleFrame(way.to == points.size() ? end : Frame.identity(qubits));
        return Schedule.of(gates.finish(), qubits);
    }

    private void replay(Way way, GateSink gates) {
        for (int k = way.from; k < way.to; k++) {
            if (k >= 0) {
                points.get(k).apply(way.outcome(k), gates);
            }
            segments.get(k + 1).replay(gates);
        }
    }
}
