package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The results whose parity each detector and each observable is, loops unrolled.
 *
 * @param detectors records of each detector
 * @param observables records of each observable
 */
record Parities(int[][] detectors, int[][] observables) {
    int count() {
        return detectors.length + observables.length;
    }

    /** The parity of a detector, or of an observable behind the detectors, in a record. */
    boolean parity(long[] record, int index) {
        int[] results =
                index < detectors.length ? detectors[index] : observables[index - detectors.length];
        long parity = 0;
        for (int result : results) {
            parity ^= record[result >>> 6] >>> result;
        }
        return (parity & 1) != 0;
    }

    /**
     * Finds them in a circuit whose branches hold none and record evenly.
     *
     * @throws UnsupportedCircuitException if an observable has Pauli targets
     * @throws IllegalArgumentException if one looks back past the first measurement
     */
    static Parities of(List<Move> moves, Progress progress) {
        Walk walk = new Walk(progress);
        walk.run(moves);
        int count = walk.observables.isEmpty() ? 0 : walk.observables.lastKey() + 1;
        int[][] sums = new int[count][];
        Arrays.fill(sums, new int[0]);
        walk.observables.forEach((index, records) -> sums[index] = records.toArray());
        return new Parities(walk.detectors.toArray(int[][]::new), sums);
    }

    /** The position of {@code rec[-lookback]} in a record of some results. */
    static int record(int lookback, int results) {
        if (lookback > results) {
            throw new IllegalArgumentException(
                    "rec[-%d] refers to a measurement before the first one; there are %d so far."
                            .formatted(lookback, results));
        }
        return results - lookback;
    }

    private static final class Walk {
        private final Progress progress;
        private final List<int[]> detectors = new ArrayList<>();
        private final TreeMap<Integer, Ints> observables = new TreeMap<>();
        private int results;

        Walk(Progress progress) {
            this.progress = progress;
        }

        private void run(List<Move> moves) {
            for (Move move : moves) {
                switch (move) {
                    case Move.Loop l -> {
                        for (long k = 0; k < l.count(); k++) {
                            progress.checkCancelled();
                            run(l.body());
                        }
                    }
                    case Move.Clifford c -> step(c.step());
                    case Move.Rotation r -> {}
                    case Move.HalfTurn h -> {}
                    case Move.Branch b -> results += (int) Unrolling.results(b.then());
                    case Move.WhileLoop w -> {}
                }
            }
        }

        private void step(Step step) {
            switch (step) {
                case Step.Detector d -> detectors.add(records(d.lookbacks()));
                case Step.Observable o -> {
                    if (o.paulis().xs().length + o.paulis().zs().length > 0) {
                        throw new UnsupportedCircuitException(
                                "OBSERVABLE_INCLUDE(%d) has Pauli targets, which have a meaning in Clifford circuits only. Maybe measure the product with MPP?"
                                        .formatted(o.index()));
                    }
                    observables
                            .computeIfAbsent(o.index(), k -> new Ints())
                            .addAll(records(o.lookbacks()));
                }
                default -> results += Features.results(step);
            }
        }

        private int[] records(int[] lookbacks) {
            int[] records = new int[lookbacks.length];
            for (int k = 0; k < records.length; k++) {
                records[k] = record(lookbacks[k], results);
            }
            return records;
        }
    }
}
