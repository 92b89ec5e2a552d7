package org.jaket.stabilizer.sensitivity;

import org.jaket.circuit.CircuitException;

/**
 * How detectors, observables and separators are numbered during a walk: ints whose order is that of
 * the targets in a detector error model.
 *
 * <p>Detectors are counted relative to a base that moves when turns of a loop are skipped, so that
 * circuits with 2<sup>60</sup> detectors fit into ints.
 */
public final class Ids {
    /** One more than the largest detector; the id of observable 0. */
    public static final int OBSERVABLES = 1 << 30;

    /** Stands between the parts of a decomposition. */
    public static final int SEPARATOR = Integer.MAX_VALUE;

    /** One more than the largest observable. */
    public static final int MAX_OBSERVABLES = SEPARATOR - OBSERVABLES;

    private Ids() {}

    /** Whether an id is that of a detector. */
    public static boolean isDetector(int id) {
        return id < OBSERVABLES;
    }

    /** Whether an id is that of an observable. */
    public static boolean isObservable(int id) {
        return id >= OBSERVABLES && id != SEPARATOR;
    }

    /**
     * The id of an observable.
     *
     * @throws CircuitException if its index is 2<sup>30</sup> - 1 or more
     */
    public static int observable(int index) {
        if (index >= MAX_OBSERVABLES) {
            throw new CircuitException(
                    "observable L%d cannot be followed: indices are below %d."
                            .formatted(index, MAX_OBSERVABLES));
        }
        return OBSERVABLES + index;
    }
}
