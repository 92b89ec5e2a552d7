package org.jaket.annealing.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Set;
import java.util.TreeSet;

class IntegerEncodingTest {
    @Property(tries = 200)
    void validBitsAreExactlyTheNumbersOfTheRange(
            @ForAll EncodingKind kind,
            @ForAll @IntRange(min = -20, max = 20) int lower,
            @ForAll @IntRange(min = 0, max = 9) int steps) {
        IntegerEncoding e = kind.encoding(lower, lower + steps);
        assertThat(e.lower()).isEqualTo(lower);
        assertThat(e.upper()).isEqualTo(lower + steps);
        assertThat(e.kind()).isEqualTo(kind);
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY).addLinear(2, 0);
        if (e.bits() > 0) {
            builder.addLinear(2 + e.bits(), 0);
        }
        e.addPenalty(builder, 3, 2.5);
        BinaryQuadraticModel penalty = builder.build();
        Set<Long> numbers = new TreeSet<>();
        for (int code = 0; code < 1 << e.bits(); code++) {
            byte[] bits = new byte[e.bits()];
            byte[] state = new byte[Math.max(3, penalty.size())];
            long sum = lower;
            for (int k = 0; k < bits.length; k++) {
                bits[k] = (byte) (code >> k & 1);
                state[3 + k] = bits[k];
                sum += bits[k] * e.coefficient(k);
            }
            assertThat(e.decode(bits)).isBetween((long) lower, (long) lower + steps);
            if (e.isValid(bits)) {
                assertThat(e.decode(bits)).isEqualTo(sum);
                assertThat(penalty.energy(state)).isZero();
                numbers.add(sum);
            } else {
                assertThat(penalty.energy(state)).isGreaterThanOrEqualTo(2.5);
            }
        }
        assertThat(numbers).hasSize(steps + 1);
        for (long number = lower; number <= e.upper(); number++) {
            assertThat(e.isValid(e.encode(number))).isTrue();
            assertThat(e.decode(e.encode(number))).isEqualTo(number);
        }
    }

    /** 12 = 1 + 2 + 4 + 5. */
    @Test
    void theLastBinaryCoefficientMakesTheRangeExact() {
        IntegerEncoding e = EncodingKind.BINARY.encoding(3, 15);
        assertThat(e.bits()).isEqualTo(4);
        assertThat(e.coefficient(3)).isEqualTo(5);
        assertThat(EncodingKind.BINARY.encoding(0, 1L << 40).bits()).isEqualTo(41);
        IntegerEncoding large = EncodingKind.BINARY.encoding(-5, (1L << 40) + 17);
        assertThat(large.decode(large.encode(123_456_789_012L))).isEqualTo(123_456_789_012L);
    }

    /** Five steps: 3 bits in binary, 6 one-hot, 5 in the other two. */
    @Test
    void schemesNeedDifferentNumbersOfBits() {
        assertThat(EncodingKind.BINARY.encoding(0, 5).bits()).isEqualTo(3);
        assertThat(EncodingKind.ONE_HOT.encoding(0, 5).bits()).isEqualTo(6);
        assertThat(EncodingKind.ORDER.encoding(0, 5).bits()).isEqualTo(5);
        assertThat(EncodingKind.UNARY.encoding(0, 5).bits()).isEqualTo(5);
    }

    @Test
    void invalidBitsGiveANumberNearBy() {
        IntegerEncoding order = EncodingKind.ORDER.encoding(10, 14);
        assertThat(order.isValid(new byte[] {1, 0, 1, 0})).isFalse();
        assertThat(order.decode(new byte[] {1, 0, 1, 0})).isEqualTo(12);
        IntegerEncoding oneHot = EncodingKind.ONE_HOT.encoding(10, 14);
        assertThat(oneHot.decode(new byte[] {0, 1, 0, 1, 0})).isEqualTo(12);
        assertThat(oneHot.decode(new byte[5])).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(EncodingKind.class)
    void whatIsOutOfRangeIsRefused(EncodingKind kind) {
        IntegerEncoding e = kind.encoding(0, 4);
        assertThatThrownBy(() -> e.encode(5)).hasMessage("5 is not from 0 to 4");
        assertThatThrownBy(() -> e.decode(new byte[9])).hasMessageContaining("bits, not 9");
        byte[] two = new byte[e.bits()];
        two[0] = 2;
        assertThatThrownBy(() -> e.isValid(two)).hasMessage("a bit is 0 or 1, not 2");
        assertThatThrownBy(() -> kind.encoding(3, 2)).hasMessage("no number lies between 3 and 2");
        assertThatThrownBy(() -> kind.encoding(Long.MIN_VALUE, Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many to be exact");
        var model = BinaryQuadraticModel.builder(Vartype.BINARY);
        assertThatThrownBy(() -> e.addPenalty(model, 0, Double.NaN))
                .hasMessageContaining("at least 0");
    }

    @Test
    void aBitForEachNumberHasItsLimit() {
        assertThat(EncodingKind.ONE_HOT.encoding(0, 4095).bits()).isEqualTo(4096);
        assertThatThrownBy(() -> EncodingKind.ONE_HOT.encoding(0, 4096))
                .hasMessageContaining("use the binary encoding");
        assertThatThrownBy(() -> EncodingKind.ORDER.encoding(0, 1 << 20))
                .hasMessageContaining("use the binary encoding");
    }
}
