package org.jaket.stabilizer.bits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** The two implementations of the kernels, side by side, bit for bit. */
class BitKernelsTest {
    private final BitKernels plain = new PlainBitKernels();
    private final BitKernels vector = Kernels.vector();

    private static long[] words(int count, long seed) {
        return new Random(seed).longs(count).toArray();
    }

    @Test
    void randomStreamsAreTheSame() {
        long[] stateA = words(BitKernels.STATE_WORDS, 1);
        long[] stateB = stateA.clone();
        long[] a = new long[200];
        long[] b = new long[200];
        for (int words : new int[] {8, 64, 120}) {
            plain.fillRandom(stateA, a, 3, words);
            vector.fillRandom(stateB, b, 3, words);
            assertThat(b).isEqualTo(a);
            assertThat(stateB).isEqualTo(stateA);
        }
    }

    /** Reference output of xoshiro256++ for the state 1, 2, 3, 4, from the authors' C code. */
    @Test
    void eachLaneIsXoshiro256PlusPlus() {
        long[] state = new long[BitKernels.STATE_WORDS];
        for (int lane = 0; lane < 8; lane++) {
            for (int word = 0; word < 4; word++) {
                state[8 * word + lane] = 1L + word;
            }
        }
        long[] out = new long[24];
        plain.fillRandom(state, out, 0, 24);
        for (int lane = 0; lane < 8; lane++) {
            assertThat(out[lane]).isEqualTo(41943041L);
            assertThat(out[8 + lane]).isEqualTo(58720359L);
            assertThat(out[16 + lane]).isEqualTo(3588806011781223L);
        }
    }

    @Test
    void bernoulliBitsAreTheSame() {
        for (long threshold : new long[] {0, 1, -1, 1L << 63, 0x0123_4567_89AB_CDEFL, 1L << 58}) {
            long[] stateA = words(BitKernels.STATE_WORDS, 2);
            long[] stateB = stateA.clone();
            long[] a = new long[64];
            long[] b = new long[64];
            plain.fillBernoulli(stateA, a, 8, 48, threshold);
            vector.fillBernoulli(stateB, b, 8, 48, threshold);
            assertThat(b).isEqualTo(a);
            assertThat(stateB).isEqualTo(stateA);
        }
    }

    @Test
    void rowAdditionsAreTheSame() {
        int[] pairs = {9, 9, 0, 1, 1, 2, 5, 0, 0, 5, 3, 3, 4, 1};
        for (int shift = 3; shift <= 7; shift++) {
            long[] a = words(6 << shift, shift);
            long[] b = a.clone();
            plain.xorRows(a, shift, pairs, 2, pairs.length);
            vector.xorRows(b, shift, pairs, 2, pairs.length);
            assertThat(b).isEqualTo(a);
        }
    }

    @Test
    void copiesAndAdditionsAreTheSame() {
        long[] source = words(100, 3);
        long[] a = words(100, 4);
        long[] b = a.clone();
        plain.copy(source, 5, a, 7, 32);
        vector.copy(source, 5, b, 7, 32);
        plain.xor(source, 9, a, 20, 40);
        vector.xor(source, 9, b, 20, 40);
        assertThat(b).isEqualTo(a);
    }

    @Test
    void transposesAreTheSameAndTranspose() {
        for (int count : new int[] {1, 63, 64, 65, 300, 512}) {
            for (int columns : new int[] {1, 64, 100, 512, 700, 1024}) {
                int rowWords = 16;
                int stride = 9;
                long[] rows = words(2 + count * rowWords, count + columns);
                long[] a = new long[1 + columns * stride];
                long[] b = a.clone();
                long[] scratch = new long[BitKernels.TILE_SCRATCH];
                plain.transposeTile(rows, 2, rowWords, count, a, 1, stride, columns, scratch);
                vector.transposeTile(rows, 2, rowWords, count, b, 1, stride, columns, scratch);
                assertThat(b).isEqualTo(a);
                for (int r = 0; r < count; r++) {
                    for (int c = 0; c < columns; c += 7) {
                        long in = rows[2 + r * rowWords + (c >> 6)] >>> c & 1;
                        long out = a[1 + c * stride + (r >> 6)] >>> r & 1;
                        assertThat(out).isEqualTo(in);
                    }
                }
            }
        }
    }

    @Test
    void productsOfPauliStringsAreTheSame() {
        for (int words : new int[] {8, 16, 40}) {
            long[] a = words(4 * words, words);
            long[] b = a.clone();
            int powerA = plain.multiply(a, 0, words, 2 * words, 3 * words, words);
            int powerB = vector.multiply(b, 0, words, 2 * words, 3 * words, words);
            assertThat(powerB).isEqualTo(powerA);
            assertThat(b).isEqualTo(a);
        }
    }

    /** XY = iZ and cyclic; the reverse order gives -i. */
    @Test
    void productsOfSingleLettersHaveTheirPhases() {
        int[][] bits = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
        int[][] power = {{0, 0, 0, 0}, {0, 0, 1, 3}, {0, 3, 0, 1}, {0, 1, 3, 0}};
        for (int p = 0; p < 4; p++) {
            for (int q = 0; q < 4; q++) {
                long[] table = new long[32];
                table[0] = bits[p][0];
                table[8] = bits[p][1];
                table[16] = bits[q][0];
                table[24] = bits[q][1];
                assertThat(plain.multiply(table, 0, 8, 16, 24, 8)).isEqualTo(power[p][q]);
                assertThat(table[0]).isEqualTo(bits[p][0] ^ bits[q][0]);
                assertThat(table[8]).isEqualTo(bits[p][1] ^ bits[q][1]);
            }
        }
    }
}
