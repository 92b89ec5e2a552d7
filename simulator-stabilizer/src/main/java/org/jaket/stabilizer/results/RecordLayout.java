package org.jaket.stabilizer.results;

/**
 * What the bits of a shot are: measurements, then detectors, then observables.
 *
 * @param measurements number of measurement bits
 * @param detectors number of detector bits
 * @param observables number of logical observable bits
 */
public record RecordLayout(int measurements, int detectors, int observables) {
    /** Checks that the counts are not negative and that their sum fits an {@code int}. */
    public RecordLayout {
        if (measurements < 0 || detectors < 0 || observables < 0) {
            throw new IllegalArgumentException(
                    "Negative number of bits: %d measurements, %d detectors, %d observables."
                            .formatted(measurements, detectors, observables));
        }
        if ((long) measurements + detectors + observables > Integer.MAX_VALUE - 63) {
            throw new IllegalArgumentException(
                    "A shot of %d bits is too long; at most %d are supported."
                            .formatted(
                                    (long) measurements + detectors + observables,
                                    Integer.MAX_VALUE - 63));
        }
    }

    /** A layout of measurements only. */
    public static RecordLayout ofMeasurements(int measurements) {
        return new RecordLayout(measurements, 0, 0);
    }

    /** A layout of detectors and observables. */
    public static RecordLayout ofDetectors(int detectors, int observables) {
        return new RecordLayout(0, detectors, observables);
    }

    /** Returns the number of bits in a shot. */
    public int bits() {
        return measurements + detectors + observables;
    }
}
