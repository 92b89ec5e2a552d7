package org.jaket.stabilizer.loss;

import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;

import java.util.List;
import java.util.function.LongPredicate;

/** Detectors and observables of one record, as parities of results. */
final class RecordParities {
    private final LongPredicate record;
    private final long[] row;
    private final int detectors;
    private long recorded;
    private int detector;

    private RecordParities(LongPredicate record, long[] row, int detectors) {
        this.record = record;
        this.row = row;
        this.detectors = detectors;
    }

    /**
     * Adds a record's parities to a row of bits: detectors, then observables.
     *
     * @param steps of the circuit, without Pauli terms in observables
     * @param detectors how many detectors it has
     * @param record the results by their places
     */
    static void add(List<Step> steps, int detectors, LongPredicate record, long[] row) {
        new RecordParities(record, row, detectors).run(steps);
    }

    private void run(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Detector d -> add(d.lookbacks(), detector++);
                case Step.Observable o -> add(o.lookbacks(), detectors + o.index());
                case Step.Loop l -> {
                    for (long k = 0; k < l.count(); k++) {
                        run(l.body());
                    }
                }
                default -> recorded += Features.results(step);
            }
        }
    }

    private void add(int[] lookbacks, int bit) {
        for (int lookback : lookbacks) {
            if (record.test(recorded - lookback)) {
                row[bit >> 6] ^= 1L << bit;
            }
        }
    }
}
