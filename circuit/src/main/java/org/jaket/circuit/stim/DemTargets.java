package org.jaket.circuit.stim;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What an error mechanism flips: detectors, logical observables, and the separators ({@code ^})
 * between the parts of its suggested decomposition. Each target is one long: a detector's relative
 * index, an observable's index with the top bit set, or -1 for a separator.
 */
public final class DemTargets {
    /** The separator between the parts of a decomposition. */
    public static final long SEPARATOR = -1;

    /** One more than the largest detector index. */
    public static final long DETECTOR_LIMIT = 1L << 60;

    /** One more than the largest observable index. */
    public static final long OBSERVABLE_LIMIT = 1L << 32;

    private static final long OBSERVABLE = Long.MIN_VALUE;

    private final long[] values;

    private DemTargets(long[] values) {
        this.values = values;
    }

    /** The given targets; the array is copied. */
    public static DemTargets of(long... targets) {
        return new DemTargets(targets.clone());
    }

    /** A detector, relative to the shift at its place. */
    public static long detector(long index) {
        if (index < 0 || index >= DETECTOR_LIMIT) {
            throw new IllegalArgumentException("detector " + index + " is out of range");
        }
        return index;
    }

    /** A logical observable. */
    public static long observable(long index) {
        if (index < 0 || index >= OBSERVABLE_LIMIT) {
            throw new IllegalArgumentException("observable " + index + " is out of range");
        }
        return index | OBSERVABLE;
    }

    /** Whether the target is an observable. */
    public static boolean isObservable(long target) {
        return target < 0 && target != SEPARATOR;
    }

    /** Whether the target is a detector. */
    public static boolean isDetector(long target) {
        return target >= 0;
    }

    /** The index of a detector or observable. */
    public static long index(long target) {
        return target & ~OBSERVABLE;
    }

    /** How many targets there are. */
    public int size() {
        return values.length;
    }

    /** Target number {@code k}. */
    public long get(int k) {
        return values[k];
    }

    /** The targets as a stream. */
    public LongStream stream() {
        return Arrays.stream(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DemTargets t && Arrays.equals(values, t.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Text such as {@code D0 D3 ^ D5 L1}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text);
        return text.toString().stripLeading();
    }

    /** Appends the targets, each with a blank before it. */
    void append(StringBuilder text) {
        for (long t : values) {
            if (t == SEPARATOR) {
                text.append(" ^");
            } else {
                text.append(t < 0 ? " L" : " D").append(index(t));
            }
        }
    }
}
