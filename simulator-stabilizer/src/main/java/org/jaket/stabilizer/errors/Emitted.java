package org.jaket.stabilizer.errors;

import java.util.List;

/** What an analysis has found so far, in the order of the walk: from the end of the circuit on. */
sealed interface Emitted {
    /**
     * Errors, sorted.
     *
     * @param base what ids of detectors are relative to
     * @param targets the targets of all errors
     * @param ends where each error's targets end
     * @param tags numbers of tags
     */
    record Errors(long base, int[] targets, int[] ends, double[] probabilities, int[] tags)
            implements Emitted {}

    /**
     * A detector's declaration.
     *
     * @param index absolute
     */
    record Detector(long index, List<Double> coordinates, String tag) implements Emitted {}

    /** An observable's declaration. */
    record Observable(int index, String tag) implements Emitted {}

    /** A shift of coordinates and detectors. */
    record Shift(List<Double> coordinates, long detectors, String tag) implements Emitted {}

    /** A folded loop, whose body is in the order of the walk too. */
    record Loop(long count, List<Emitted> body, String tag) implements Emitted {}
}
