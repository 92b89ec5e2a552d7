package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.stabilizer.bits.Kernels;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** Runs on the class path without flags. */
class SeedsWithoutVectorApiTest {
    @Test
    void plainKernelsGiveTheSameShots() throws IOException {
        assertThat(Kernels.chosen().name()).isEqualTo("plain");
        assertThat(Golden.detectors(ShotSampler.Method.FRAMES)).isEqualTo(Golden.FRAMES);
        assertThat(Golden.detectors(ShotSampler.Method.MECHANISMS)).isEqualTo(Golden.MECHANISMS);
        assertThat(Golden.measurements(ShotSampler.Method.FRAMES))
                .isEqualTo(Golden.MEASUREMENTS_BY_FRAMES);
        assertThat(Golden.measurements(ShotSampler.Method.MECHANISMS))
                .isEqualTo(Golden.MEASUREMENTS_BY_MECHANISMS);
    }
}
