package org.jaket.stabilizer.mechanisms;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;
import java.util.Random;

/** Sums a word at a time against sums bit by bit. */
class RunningSumsTest {
    private static final int WORDS = 12;
    private static final int BITS = 64 * WORDS;

    @Property
    void sumsAreThoseOfSingleBits(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 200) Integer> backs,
            @ForAll @IntRange(min = 1, max = BITS / 6) int length,
            @ForAll long seed) {
        RunningSums.Builder builder = new RunningSums.Builder(10_000);
        int[] backOf = new int[BITS];
        int at = new Random(seed).nextInt(100);
        for (int back : backs) {
            for (int k = 0; k < length && at < BITS; k++, at++) {
                backOf[at] = back <= at ? back : 0;
                builder.add(at, backOf[at]);
            }
        }
        RunningSums sums = builder.build();
        long[] rows = new Random(~seed).longs(WORDS + 2).toArray();
        long[] before = rows.clone();
        boolean[] expected = new boolean[BITS];
        for (int i = 0; i < BITS; i++) {
            expected[i] = bit(before, i);
            expected[i] ^= backOf[i] > 0 && expected[i - backOf[i]];
        }
        sums.sum(rows, 1);
        for (int i = 0; i < BITS; i++) {
            assertThat(bit(rows, i)).describedAs("bit %d of %s", i, backs).isEqualTo(expected[i]);
        }
        assertThat(rows[0]).isEqualTo(before[0]);
        assertThat(rows[WORDS + 1]).isEqualTo(before[WORDS + 1]);
        sums.difference(rows, 1);
        assertThat(rows).isEqualTo(before);
    }

    @Property
    void repeatedRangesAreAddedOnes(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 9) Integer> turn,
            @ForAll @IntRange(min = 0, max = 20) int times) {
        RunningSums.Builder repeated = new RunningSums.Builder(10_000);
        RunningSums.Builder added = new RunningSums.Builder(10_000);
        for (RunningSums.Builder builder : List.of(repeated, added)) {
            for (int k = 0; k < 10; k++) {
                builder.add(k, turn.getFirst());
            }
        }
        int mark = repeated.mark();
        int at = 10;
        for (int back : turn) {
            repeated.add(at++, back);
        }
        repeated.repeat(mark, turn.size(), times);
        at = 10;
        for (int t = 0; t <= times; t++) {
            for (int back : turn) {
                added.add(at++, back);
            }
        }
        long[] rows = new Random(5).longs(4).toArray();
        long[] same = rows.clone();
        repeated.build().sum(rows, 0);
        added.build().sum(same, 0);
        assertThat(rows).isEqualTo(same);
    }

    private static boolean bit(long[] rows, int bit) {
        return (rows[1 + (bit >>> 6)] >>> bit & 1) != 0;
    }
}
