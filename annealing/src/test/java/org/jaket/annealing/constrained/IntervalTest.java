package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Random;

class IntervalTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static Interval random(Random random) {
        double a = random.nextInt(-9, 10) / 10.0;
        double b = random.nextInt(4) == 0 ? a : a + random.nextInt(9) / 7.0;
        return new Interval(
                random.nextInt(9) == 0 ? -INFINITY : a, random.nextInt(9) == 0 ? INFINITY : b);
    }

    private static double in(Interval i, Random random) {
        double low = Math.max(i.low(), Math.min(i.high(), 0) - 5);
        double high = Math.min(i.high(), Math.max(i.low(), 0) + 5);
        return Math.max(low, Math.min(high, low + random.nextInt(5) / 4.0 * (high - low)));
    }

    private static void assertHolds(Interval i, BigDecimal number) {
        if (Double.isFinite(i.low())) {
            assertThat(new BigDecimal(i.low())).isLessThanOrEqualTo(number);
        }
        if (Double.isFinite(i.high())) {
            assertThat(new BigDecimal(i.high())).isGreaterThanOrEqualTo(number);
        }
    }

    /** Results of numbers in intervals, without any rounding, are in the results of intervals. */
    @Test
    void resultsHoldAllExactResults() {
        Random random = new Random(1);
        for (int k = 0; k < 50_000; k++) {
            Interval i = random(random);
            Interval j = random(random);
            double x = in(i, random);
            double y = in(j, random);
            BigDecimal a = new BigDecimal(x);
            BigDecimal b = new BigDecimal(y);
            assertHolds(i.plus(j), a.add(b));
            assertHolds(i.minus(j), a.subtract(b));
            assertHolds(i.times(j), a.multiply(b));
            assertHolds(i.squared(), a.multiply(a));
            assertHolds(i.squared().roots(), a);
            assertHolds(i.times(j).dividedBy(j), a);
        }
    }

    @Test
    void exactBoundsStayAsTheyAre() {
        Interval three = Interval.of(3);
        assertThat(three.plus(Interval.of(4))).isEqualTo(Interval.of(7));
        assertThat(three.squared().roots()).isEqualTo(new Interval(-3, 3));
        assertThat(Interval.of(0.1).plus(Interval.of(0.2)).isOne()).isFalse();
        assertThat(new Interval(1, 6).dividedBy(new Interval(0, 3)))
                .isEqualTo(new Interval(1 / 3.0, INFINITY));
        assertThat(new Interval(-1, 6).dividedBy(new Interval(0, 3))).isEqualTo(Interval.ALL);
        assertThat(three.dividedBy(Interval.of(0)).isEmpty()).isTrue();
        assertThat(Interval.ALL.times(Interval.of(0))).isEqualTo(Interval.of(0));
        double most = Double.MAX_VALUE;
        assertThat(Interval.of(most).plus(Interval.of(most)))
                .isEqualTo(new Interval(most, INFINITY));
    }
}
