package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThat;

import org.redfx.strange.Complex;

/** Compares amplitudes entry by entry, global phase included. */
final class AmplitudeAssertions {
    private AmplitudeAssertions() {}

    static void assertClose(Complex[] actual, Complex[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertClose(actual[i], expected[i].r, expected[i].i, tolerance, i);
        }
    }

    /** Against real numbers. */
    static void assertReal(Complex[] actual, double tolerance, double... expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < actual.length; i++) {
            assertClose(actual[i], expected[i], 0, tolerance, i);
        }
    }

    static void assertClose(Complex actual, double re, double im, double tolerance, int index) {
        assertThat(Math.hypot(actual.r - re, actual.i - im))
                .as("distance of amplitude %d: %s from %s + %si", index, actual, re, im)
                .isLessThan(tolerance);
    }
}
