package org.jaket.stabilizer;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.PauliSets;
import org.jaket.stabilizer.clifford.Step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Detectors and observables as parities of results and sweep bits.
 *
 * <p>Row {@code r} is result {@code r}, or sweep bit {@code r - measurements}. Output {@code k}
 * (detectors, then observables) is the parity of the rows {@code rows[starts[k]]} up to {@code
 * rows[starts[k + 1]]} (exclusive), turned over if {@code inverted[k]}.
 *
 * @param measurements results in a record
 * @param starts where the outputs' rows start, one more than there are outputs
 * @param rows the rows of all outputs
 * @param inverted which outputs are one when the parity is even
 */
record DetectionParities(int measurements, int[] starts, int[] rows, boolean[] inverted) {
    /** The most terms that all outputs together may have. */
    static final int MAX_TERMS = 1 << 27;

    /** The most operations that are followed one by one, loops unrolled where they matter. */
    static final long MAX_OPERATIONS = 1L << 29;

    int outputs() {
        return inverted.length;
    }

    /**
     * Derives the parities.
     *
     * @param steps a lowered circuit without branches, while loops and assignments
     * @param qubits its number of qubits
     * @param measurements its number of results
     * @param sweepFrom the first qubit that stands for a sweep bit: it is in the frame from the
     *     start
     * @param inlinesFeedback whether results are those of the circuit without its feedback
     * @param reference results without noise
     * @param detectors its number of detectors
     * @param observables its number of observables
     */
    static DetectionParities of(
            List<Step> steps,
            int qubits,
            int measurements,
            int sweepFrom,
            boolean inlinesFeedback,
            long[] reference,
            int detectors,
            int observables) {
        boolean follows = follows(steps, qubits, sweepFrom, inlinesFeedback);
        requireFeasible(steps, qubits, sweepFrom, inlinesFeedback);
        var compiler =
                new Compiler(
                        qubits, measurements, follows, inlinesFeedback, detectors, observables);
        for (int q = sweepFrom; q < qubits; q++) {
            compiler.frame.multiply(q, Pauli.X, new long[] {measurements + q - sweepFrom});
        }
        compiler.run(steps);
        return compiler.finish(reference);
    }

    private static boolean follows(
            List<Step> steps, int qubits, int sweepFrom, boolean inlinesFeedback) {
        return sweepFrom < qubits
                || inlinesFeedback && Features.any(steps, s -> s instanceof Step.Feedback);
    }

    /**
     * Refuses circuits that are too long for {@link #of}.
     *
     * @throws CircuitException naming the longest loop
     */
    static void requireFeasible(
            List<Step> steps, int qubits, int sweepFrom, boolean inlinesFeedback) {
        boolean follows = follows(steps, qubits, sweepFrom, inlinesFeedback);
        double all = operations(steps, follows);
        if (all > MAX_OPERATIONS) {
            String message =
                    "the circuit has %.3g operations to follow, loops unrolled; at most %d are. Maybe repeat less often?"
                            .formatted(all, MAX_OPERATIONS);
            Repeat source = null;
            double most = 0;
            for (Step step : steps) {
                if (step instanceof Step.Loop l && operations(List.of(l), follows) > most) {
                    most = operations(List.of(l), follows);
                    source = l.source();
                }
            }
            throw source == null
                    ? new CircuitException(message)
                    : new CircuitException(source, message);
        }
    }

    /** How many operations are followed one by one. */
    private static double operations(List<Step> steps, boolean follows) {
        double sum = 0;
        for (Step step : steps) {
            sum++;
            if (step instanceof Step.Loop l) {
                sum += operations(l.body(), follows) * (onlyMeasures(l, follows) ? 1 : l.count());
            }
        }
        return sum;
    }

    /** Whether all turns of a loop but the first only add results. */
    private static boolean onlyMeasures(Step.Loop loop, boolean follows) {
        return !follows
                && !Features.any(
                        loop.body(),
                        s -> s instanceof Step.Detector || s instanceof Step.Observable);
    }

    private static final class Compiler {
        final PauliSets frame;
        private final int measurements;
        private final boolean follows;
        private final boolean inlinesFeedback;
        private final int detectors;

        /** For each result the bits that flip it, when the frame is followed. */
        private final long[][] flips;

        private final int[] starts;
        private final List<RowList> observables = new ArrayList<>();
        private final RowList rows = new RowList(false);
        private final RowList scratch = new RowList(true);
        private int measured;
        private int detected;

        Compiler(
                int qubits,
                int measurements,
                boolean follows,
                boolean inlinesFeedback,
                int detectors,
                int observables) {
            this.frame = new PauliSets(follows ? qubits : 0);
            this.measurements = measurements;
            this.follows = follows;
            this.inlinesFeedback = inlinesFeedback;
            this.detectors = detectors;
            this.flips = new long[follows ? measurements : 0][];
            this.starts = new int[detectors + observables + 1];
            for (int k = 0; k < observables; k++) {
                this.observables.add(new RowList(true));
            }
        }

        void run(List<Step> steps) {
            for (Step step : steps) {
                run(step);
            }
        }

        private void run(Step step) {
            switch (step) {
                case Step.Measure m -> {
                    for (int q : m.qubits()) {
                        record(follows ? frame.against(q, m.basis()) : PauliSets.EMPTY);
                        if (follows && m.resets()) {
                            frame.reset(q, m.basis());
                        }
                    }
                }
                case Step.MeasureProduct m ->
                        record(follows ? frame.against(m.product()) : PauliSets.EMPTY);
                case Step.MeasureAbsence m -> skip(m.qubits().length);
                case Step.Pad p -> skip(p.values().length);
                case Step.PauliNoise n -> skip(n.noise().isHeralded() ? n.targets().length : 0);
                case Step.Detector d -> {
                    add(d.lookbacks(), scratch);
                    scratch.appendReducedTo(rows);
                    starts[++detected] = rows.size;
                }
                case Step.Observable o -> {
                    RowList list = observables.get(o.index());
                    add(o.lookbacks(), list);
                    if (follows) {
                        list.add(frame.against(o.paulis()));
                    }
                }
                case Step.Loop l -> loop(l);
                case Step.Unitary u -> {
                    if (follows) {
                        frame.apply(u);
                    }
                }
                case Step.Rotate r -> {
                    if (follows) {
                        frame.rotate(r.product());
                    }
                }
                case Step.Reset r -> {
                    if (follows) {
                        for (int q : r.qubits()) {
                            frame.reset(q, r.basis());
                        }
                    }
                }
                case Step.Feedback f -> {
                    int result = result(f.lookback());
                    if (follows) {
                        frame.multiply(f.qubit(), f.pauli(), flipsOf(result));
                    }
                }
                case Step.SweepPauli s -> {}
                case Step.Correlated c -> {}
                // The frame is not followed where these are.
                case Step.Branch b -> measured += (int) Features.results(b.then());
                case Step.WhileLoop w -> {}
                case Step.Assign a -> {}
            }
        }

        private void loop(Step.Loop loop) {
            int before = measured;
            run(loop.body());
            if (onlyMeasures(loop, follows)) {
                measured += (int) ((loop.count() - 1) * (measured - before));
                return;
            }
            for (long turn = 1; turn < loop.count(); turn++) {
                run(loop.body());
            }
        }

        private void skip(int results) {
            if (follows) {
                Arrays.fill(flips, measured, measured + results, PauliSets.EMPTY);
            }
            measured += results;
        }

        private void record(long[] flippedBy) {
            if (follows) {
                flips[measured] = flippedBy;
            }
            measured++;
        }

        private int result(int lookback) {
            if (lookback > measured) {
                throw new IllegalArgumentException(
                        "rec[-%d] refers to a measurement before the first one; there are %d so far."
                                .formatted(lookback, measured));
            }
            return measured - lookback;
        }

        /** The bits that an operation controlled by a result depends on. */
        private long[] flipsOf(int result) {
            return inlinesFeedback
                    ? PauliSets.sum(flips[result], new long[] {result})
                    : flips[result];
        }

        private void add(int[] lookbacks, RowList list) {
            for (int lookback : lookbacks) {
                int result = result(lookback);
                list.add(result);
                if (follows) {
                    list.add(flips[result]);
                }
            }
        }

        DetectionParities finish(long[] reference) {
            for (int k = 0; k < observables.size(); k++) {
                observables.get(k).appendReducedTo(rows);
                starts[detectors + k + 1] = rows.size;
            }
            boolean[] inverted = new boolean[starts.length - 1];
            for (int k = 0; k < inverted.length; k++) {
                for (int i = starts[k]; i < starts[k + 1]; i++) {
                    int row = rows.values[i];
                    if (row < measurements) {
                        inverted[k] ^= (reference[row >> 6] >>> row & 1) != 0;
                    }
                }
            }
            return new DetectionParities(
                    measurements, starts, Arrays.copyOf(rows.values, rows.size), inverted);
        }
    }

    /** A growing list of rows, or a set in which rows that come twice cancel. */
    private static final class RowList {
        private final boolean isSet;
        int[] values = new int[16];
        int size;

        RowList(boolean isSet) {
            this.isSet = isSet;
        }

        void add(int row) {
            if (size == values.length) {
                reduce();
                if (size > values.length / 2) {
                    if (size >= MAX_TERMS) {
                        throw new IllegalArgumentException(
                                "The detectors and observables together look at more than %d results."
                                        .formatted(MAX_TERMS));
                    }
                    values = Arrays.copyOf(values, 2 * values.length);
                }
            }
            values[size++] = row;
        }

        void add(long[] more) {
            for (long row : more) {
                add((int) row);
            }
        }

        /** Leaves the rows that occur an odd number of times, sorted. */
        private void reduce() {
            if (!isSet) {
                return;
            }
            Arrays.sort(values, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (i + 1 < size && values[i] == values[i + 1]) {
                    i++;
                } else {
                    values[kept++] = values[i];
                }
            }
            size = kept;
        }

        /** Appends what is left of a set to a list, and empties the set. */
        void appendReducedTo(RowList target) {
            reduce();
            for (int i = 0; i < size; i++) {
                target.add(values[i]);
            }
            size = 0;
        }
    }
}
