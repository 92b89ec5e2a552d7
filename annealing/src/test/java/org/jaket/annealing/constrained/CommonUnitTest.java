package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

class CommonUnitTest {
    /** Multiples of a fraction have the fraction, times their greatest common divisor, as unit. */
    @Property(tries = 500)
    void fractionsHaveTheirUnit(
            @ForAll @Size(min = 1, max = 6)
                    List<@IntRange(min = -500, max = 500) Integer> multiples,
            @ForAll @IntRange(min = 1, max = 30) int numerator,
            @ForAll @IntRange(min = 1, max = 2000) int denominator) {
        double fraction = numerator / (double) denominator;
        long divisor = 0;
        for (int m : multiples) {
            divisor = CommonUnit.gcd(divisor, Math.abs(m));
        }
        double[] numbers = multiples.stream().mapToDouble(m -> m * fraction).toArray();
        double expected = divisor == 0 ? 1 : divisor * fraction;
        assertThat(CommonUnit.of(numbers)).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void sumsOfDecimalsKeepTheirUnit() {
        assertThat(CommonUnit.of(new double[] {0.1 + 0.2, 0.7, 1e5})).isEqualTo(0.1);
        assertThat(CommonUnit.of(new double[] {0.25, 0.1})).isEqualTo(0.05);
        assertThat(CommonUnit.of(new double[] {1e15, 2e15})).isEqualTo(1e15);
        assertThat(CommonUnit.of(new double[0])).isEqualTo(1);
    }

    @Test
    void numbersThatAreNoFractionsHaveNone() {
        assertThat(CommonUnit.of(new double[] {1, Math.sqrt(2)})).isZero();
        assertThat(CommonUnit.of(new double[] {1, Math.PI, Math.E})).isZero();
        // The denominator would be ten million.
        assertThat(CommonUnit.of(new double[] {1, 1e-7})).isZero();
    }
}
