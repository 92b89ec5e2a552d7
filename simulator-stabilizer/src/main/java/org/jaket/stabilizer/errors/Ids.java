package org.jaket.stabilizer.errors;

/**
 * How detectors, observables and separators are numbered during an analysis: ints whose order is
 * that of the targets in a model.
 *
 * <p>Detectors are counted relative to a base that moves when periods of a loop are skipped, so
 * that circuits with 2<sup>60</sup> detectors fit into ints. Observables are numbered densely in
 * the order of their indices.
 */
final class Ids {
    /** One more than the largest detector. */
    static final int OBSERVABLES = 1 << 30;

    /** Stands between the parts of a decomposition. */
    static final int SEPARATOR = Integer.MAX_VALUE;

    private Ids() {}

    static boolean isDetector(int id) {
        return id < OBSERVABLES;
    }

    static boolean isObservable(int id) {
        return id >= OBSERVABLES && id != SEPARATOR;
    }
}
