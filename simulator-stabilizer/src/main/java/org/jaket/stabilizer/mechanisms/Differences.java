package org.jaket.stabilizer.mechanisms;

import org.jaket.circuit.Pauli;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.Ids;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a circuit as differences: each result plus the one before it of the same
 * measurement. An error that flips the results of a check from some time on flips one difference,
 * so differences have few symptoms where results have many, and loops fold.
 *
 * <p>{@link #steps} has a detector for each result, in the order of the record: inside loops the
 * difference, outside an empty one, and the difference is an observable of the same number. So what
 * is flipped outside a loop has a fixed place, and inside it moves with the turn. {@link #sums}
 * makes results of differences again.
 */
final class Differences {
    /** Ranges of the record at most. */
    private static final int MOST_RANGES = 1 << 20;

    /** Steps and targets at most; the first turn of each loop counts twice. */
    private static final long MOST_WALKED = 2_000_000;

    /** What is measured. */
    private record Measured(List<Integer> xs, List<Integer> zs) {
        static Measured of(Pauli basis, int qubit) {
            List<Integer> one = List.of(qubit);
            return new Measured(basis.hasX() ? one : List.of(), basis.hasZ() ? one : List.of());
        }

        static Measured of(Step.Product product) {
            return new Measured(sorted(product.xs()), sorted(product.zs()));
        }

        private static List<Integer> sorted(int[] qubits) {
            return Arrays.stream(qubits).sorted().boxed().toList();
        }
    }

    private final RunningSums.Builder sums = new RunningSums.Builder(MOST_RANGES);
    private final List<Step> steps;
    private long record;
    private long walked;

    private Differences(List<Step> circuit) {
        steps = block(circuit, new HashMap<>(), false);
    }

    /**
     * The differences of a circuit.
     *
     * @param circuit steps without branches, while loops and assignments
     * @throws FramesNeededException if the record has too many pieces
     */
    static Differences of(List<Step> circuit) {
        return new Differences(circuit);
    }

    List<Step> steps() {
        return steps;
    }

    RunningSums sums() {
        return sums.build();
    }

    /**
     * Rewrites steps.
     *
     * @param last where in the record things were measured last; changed
     */
    private List<Step> block(List<Step> block, Map<Measured, Long> last, boolean inLoop) {
        List<Step> out = new ArrayList<>();
        for (Step step : block) {
            walk(1);
            switch (step) {
                case Step.Detector d -> {}
                case Step.Observable o -> {}
                case Step.Measure m -> {
                    out.add(m);
                    long[] back = new long[m.qubits().length];
                    for (int k = 0; k < back.length; k++) {
                        back[k] = look(Measured.of(m.basis(), m.qubits()[k]), record + k, last);
                    }
                    note(back, inLoop, out);
                }
                case Step.MeasureProduct m -> {
                    out.add(m);
                    note(new long[] {look(Measured.of(m.product()), record, last)}, inLoop, out);
                }
                case Step.Loop l -> loop(l, last, inLoop, out);
                default -> {
                    out.add(step);
                    note(new long[Features.results(step)], inLoop, out);
                }
            }
        }
        return List.copyOf(out);
    }

    /** How far back the same was measured, or 0; notes that it is measured now. */
    private static long look(Measured measured, long at, Map<Measured, Long> last) {
        Long before = last.put(measured, at);
        return before == null ? 0 : at - before;
    }

    private void walk(int targets) {
        walked += targets;
        if (walked > MOST_WALKED) {
            throw new FramesNeededException("The circuit is too long.");
        }
    }

    private void note(long[] back, boolean inLoop, List<Step> out) {
        int count = back.length;
        walk(count);
        for (int k = 0; k < count; k++) {
            int[] lookbacks =
                    back[k] == 0
                            ? new int[] {count - k}
                            : new int[] {count - k, Math.toIntExact(count - k + back[k])};
            if (inLoop) {
                out.add(new Step.Detector(lookbacks));
            } else {
                out.add(new Step.Detector(new int[0]));
                if (record + k >= Ids.MAX_OBSERVABLES) {
                    throw new FramesNeededException("The record is too long.");
                }
                out.add(
                        new Step.Observable(
                                (int) (record + k),
                                lookbacks,
                                new Step.Product(new int[0], new int[0], false)));
            }
            sums.add(record + k, back[k]);
        }
        record += count;
    }

    /**
     * A loop. Its first turn stands in front of it, so that in the others every measurement has one
     * in the turn before.
     */
    private void loop(Step.Loop l, Map<Measured, Long> last, boolean inLoop, List<Step> out) {
        out.addAll(block(l.body(), last, inLoop));
        if (l.count() == 1) {
            return;
        }
        long start = record;
        int mark = sums.mark();
        List<Step> body = block(l.body(), last, true);
        long turn = record - start;
        out.add(new Step.Loop(l.count() - 1, body));
        sums.repeat(mark, turn, l.count() - 2);
        record += turn * (l.count() - 2);
        long skipped = record - start - turn;
        last.replaceAll((measured, at) -> at >= start ? at + skipped : at);
    }
}
