package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.Arrays;

/** The errors of a model, loops unfolded and detectors absolute. */
final class FlatErrors {
    /** How many errors are unfolded. */
    static final int MAX_ERRORS = 100_000_000;

    /** Takes errors one after the other. */
    interface Consumer {
        /**
         * One error.
         *
         * @param targets as in {@link DemTargets}, detectors absolute, with separators
         */
        void accept(double probability, long[] targets);
    }

    private final Consumer consumer;
    private long shift;
    private long loops;

    private FlatErrors(Consumer consumer) {
        this.consumer = consumer;
    }

    /**
     * Hands on all errors in order.
     *
     * @throws CircuitException if there are more than {@link #MAX_ERRORS}
     */
    static void forEach(DetectorErrorModel model, Consumer consumer) {
        if (model.errors() > MAX_ERRORS) {
            throw new CircuitException(
                    "the model has %d errors; up to %d can be taken one by one."
                            .formatted(model.errors(), MAX_ERRORS));
        }
        new FlatErrors(consumer).walk(model);
    }

    private void walk(DetectorErrorModel model) {
        for (DemInstruction instruction : model.instructions()) {
            switch (instruction) {
                case DemInstruction.ErrorMechanism e -> {
                    long[] targets = e.targets().stream().toArray();
                    for (int k = 0; k < targets.length; k++) {
                        if (DemTargets.isDetector(targets[k])) {
                            targets[k] += shift;
                        }
                    }
                    consumer.accept(e.probability(), targets);
                }
                case DemInstruction.ShiftDetectors s -> shift += s.detectors();
                case DemInstruction.RepeatBlock r -> {
                    if (r.body().errors() == 0) {
                        shift += r.count() * r.body().detectorShift();
                        continue;
                    }
                    for (long k = 0; k < r.count(); k++) {
                        if (++loops > MAX_ERRORS) {
                            throw new CircuitException("the model's loops are too long to unfold.");
                        }
                        walk(r.body());
                    }
                }
                case DemInstruction.DetectorDeclaration d -> {}
                case DemInstruction.ObservableDeclaration o -> {}
            }
        }
    }

    /** The sum of an error's targets over GF(2), sorted, without separators. */
    static long[] sum(long[] targets) {
        long[] sorted = new long[targets.length];
        int count = 0;
        for (long target : targets) {
            if (target != DemTargets.SEPARATOR) {
                sorted[count++] = target ^ Long.MIN_VALUE;
            }
        }
        // Flipping the top bit lets signed order be the order of targets: detectors, observables.
        Arrays.sort(sorted, 0, count);
        int kept = 0;
        for (int k = 0; k < count; k++) {
            if (kept > 0 && sorted[kept - 1] == sorted[k]) {
                kept--;
            } else {
                sorted[kept++] = sorted[k];
            }
        }
        long[] sum = new long[kept];
        for (int k = 0; k < kept; k++) {
            sum[k] = sorted[k] ^ Long.MIN_VALUE;
        }
        return sum;
    }
}
