package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.stabilizer.bits.Kernels;
import org.junit.jupiter.api.Test;

import java.io.IOException;

class SeedsTest {
    @Test
    void vectorKernelsGiveTheSameShots() throws IOException {
        assertThat(Kernels.chosen().name()).startsWith("vector");
        for (int k = 0; k < 3; k++) {
            assertThat(Golden.detectors(ShotSampler.Method.FRAMES)).isEqualTo(Golden.FRAMES);
            assertThat(Golden.detectors(ShotSampler.Method.MECHANISMS))
                    .isEqualTo(Golden.MECHANISMS);
            assertThat(Golden.measurements(ShotSampler.Method.FRAMES))
                    .isEqualTo(Golden.MEASUREMENTS_BY_FRAMES);
            assertThat(Golden.measurements(ShotSampler.Method.MECHANISMS))
                    .isEqualTo(Golden.MEASUREMENTS_BY_MECHANISMS);
        }
    }
}
