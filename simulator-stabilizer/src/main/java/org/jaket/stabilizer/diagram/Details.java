package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.stabilizer.diagram.Timeline.Mark;

/** Says which results, detectors and observables a mark is about. */
final class Details {
    private Details() {}

    static String of(Mark mark, Timeline timeline) {
        return switch (mark.shape()) {
            case DETECTOR ->
                    "D"
                            + timeline.detectors()
                            + turns(timeline)
                            + "="
                            + parity(mark.targets(), timeline);
            case OBSERVABLE ->
                    "L"
                            + ShortNumber.of(mark.arguments().getFirst())
                            + "="
                            + parity(mark.targets(), timeline);
            case PAIR -> {
                int a = mark.targets().get(0);
                int b = mark.targets().get(1);
                if (Target.isClassical(a)) {
                    yield classical(a, timeline);
                }
                if (Target.isClassical(b)) {
                    yield classical(b, timeline);
                }
                yield measured(mark, timeline);
            }
            default -> measured(mark, timeline);
        };
    }

    private static String measured(Mark mark, Timeline timeline) {
        return mark.measures() ? result(timeline.results() - 1, timeline) : "";
    }

    private static String classical(int target, Timeline timeline) {
        return Target.isSweep(target)
                ? "sweep[" + Target.value(target) + "]"
                : result(timeline.results() - Target.value(target), timeline);
    }

    private static String result(long index, Timeline timeline) {
        return "rec[" + index + turns(timeline) + "]";
    }

    private static String turns(Timeline timeline) {
        return timeline.loops().isEmpty() ? "" : "+";
    }

    private static String parity(Targets targets, Timeline timeline) {
        var text = new StringBuilder();
        for (int k = 0; k < targets.size(); k++) {
            int t = targets.get(k);
            text.append(k == 0 ? "" : "*")
                    .append(Target.isPauli(t) ? Target.toString(t) : classical(t, timeline));
        }
        return targets.isEmpty() ? "1" : text.toString();
    }
}
