package org.jaket.stabilizer.flow;

import java.util.Arrays;
import java.util.List;

/**
 * Detectors or observables whose regions are wanted.
 *
 * @param isObservable whether observables are meant
 * @param index the one that is meant, or -1 for all
 * @param coordinates what the coordinates of a detector, shifts included, begin with; none for any
 */
public record RegionTarget(boolean isObservable, int index, List<Double> coordinates) {
    /** Copies the coordinates. */
    public RegionTarget {
        coordinates = List.copyOf(coordinates);
        if (index < -1) {
            throw new IllegalArgumentException("an index is not negative: " + index);
        }
        if (!coordinates.isEmpty() && (isObservable || index >= 0)) {
            throw new IllegalArgumentException("coordinates choose among all detectors");
        }
    }

    /** All detectors. */
    public static RegionTarget detectors() {
        return new RegionTarget(false, -1, List.of());
    }

    /** All observables. */
    public static RegionTarget observables() {
        return new RegionTarget(true, -1, List.of());
    }

    /** One detector. */
    public static RegionTarget detector(int index) {
        return new RegionTarget(false, index, List.of());
    }

    /** One observable. */
    public static RegionTarget observable(int index) {
        return new RegionTarget(true, index, List.of());
    }

    /** The detectors whose coordinates begin with the given ones. */
    public static RegionTarget at(double... coordinates) {
        return new RegionTarget(false, -1, Arrays.stream(coordinates).boxed().toList());
    }

    /**
     * Reads what Stim takes for a target: {@code D} or {@code L} for all, {@code D5}, {@code L0}.
     *
     * @throws IllegalArgumentException if it is another text
     */
    public static RegionTarget parse(String text) {
        if (!text.matches("[DL](\\d{1,9})?")) {
            throw new IllegalArgumentException(
                    "'%s' is none of D, L, a detector such as D5, an observable such as L0"
                            .formatted(text));
        }
        int index = text.length() == 1 ? -1 : Integer.parseInt(text, 1, text.length(), 10);
        return new RegionTarget(text.charAt(0) == 'L', index, List.of());
    }

    /** Whether a detector is meant. */
    boolean hasDetector(int detector, List<Double> there) {
        return !isObservable
                && (index < 0 || index == detector)
                && coordinates.size() <= there.size()
                && coordinates.equals(there.subList(0, coordinates.size()));
    }

    /** Whether an observable is meant. */
    boolean hasObservable(int observable) {
        return isObservable && (index < 0 || index == observable);
    }
}
