package org.jaket.statevector.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** Against fdlibm, as StrictMath has it. */
class SineCosineTest {
    @Test
    void sinesAndCosinesAreThoseOfFdlibmToAnUnitInTheLastPlace() {
        Random random = new Random(1);
        for (int k = 0; k < 200_000; k++) {
            double x = random.nextDouble(-1, 1) * Math.pow(10, random.nextDouble(-8, 7));
            assertThat(SineCosine.sin(x)).isCloseTo(StrictMath.sin(x), within(0x1p-52));
            assertThat(SineCosine.cos(x)).isCloseTo(StrictMath.cos(x), within(0x1p-52));
        }
    }

    @Test
    void quarterTurnsAreAsCloseAsTheirAnglesAre() {
        for (int k = -20; k <= 20; k++) {
            double x = k * (Math.PI / 2);
            assertThat(SineCosine.sin(x)).isCloseTo(StrictMath.sin(x), within(0x1p-60));
            assertThat(SineCosine.cos(x)).isCloseTo(StrictMath.cos(x), within(0x1p-60));
        }
        assertThat(SineCosine.sin(Double.POSITIVE_INFINITY)).isNaN();
        assertThat(SineCosine.cos(Double.NaN)).isNaN();
    }
}
