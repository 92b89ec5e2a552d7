package org.jaket.stabilizer.bits;

/** The kernels in plain Java: the reference, and the fallback where the Vector API is absent. */
public final class PlainBitKernels implements BitKernels {
    /** Creates the plain kernels. */
    public PlainBitKernels() {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void fillRandom(long[] state, long[] target, int offset, int words) {
        for (int lane = 0; lane < GROUP; lane++) {
            long s0 = state[lane];
            long s1 = state[GROUP + lane];
            long s2 = state[2 * GROUP + lane];
            long s3 = state[3 * GROUP + lane];
            for (int i = offset + lane; i < offset + words; i += GROUP) {
                target[i] = Long.rotateLeft(s0 + s3, 23) + s0;
                long t = s1 << 17;
                s2 ^= s0;
                s3 ^= s1;
                s1 ^= s2;
                s0 ^= s3;
                s2 ^= t;
                s3 = Long.rotateLeft(s3, 45);
            }
            state[lane] = s0;
            state[GROUP + lane] = s1;
            state[2 * GROUP + lane] = s2;
            state[3 * GROUP + lane] = s3;
        }
    }

    @Override
    public void fillBernoulli(long[] state, long[] target, int offset, int words, long threshold) {
        long[] random = new long[GROUP];
        long[] undecided = new long[GROUP];
        int lowest = threshold == 0 ? 64 : Long.numberOfTrailingZeros(threshold);
        for (int base = offset; base < offset + words; base += GROUP) {
            for (int lane = 0; lane < GROUP; lane++) {
                target[base + lane] = 0;
                undecided[lane] = -1;
            }
            for (int bit = 63; bit >= lowest; bit--) {
                fillRandom(state, random, 0, GROUP);
                boolean one = (threshold >>> bit & 1) != 0;
                long any = 0;
                for (int lane = 0; lane < GROUP; lane++) {
                    long u = undecided[lane];
                    if (one) {
                        target[base + lane] |= u & ~random[lane];
                        u &= random[lane];
                    } else {
                        u &= ~random[lane];
                    }
                    undecided[lane] = u;
                    any |= u;
                }
                if (any == 0) {
                    break;
                }
            }
        }
    }

    @Override
    public void xorRows(long[] table, int shift, int[] pairs, int from, int to) {
        int words = 1 << shift;
        for (int i = from; i < to; i += 2) {
            xor(table, pairs[i + 1] << shift, table, pairs[i] << shift, words);
        }
    }

    @Override
    public void copy(long[] source, int sourceOffset, long[] target, int targetOffset, int words) {
        System.arraycopy(source, sourceOffset, target, targetOffset, words);
    }

    @Override
    public void xor(long[] source, int sourceOffset, long[] target, int targetOffset, int words) {
        for (int i = 0; i < words; i++) {
            target[targetOffset + i] ^= source[sourceOffset + i];
        }
    }

    @Override
    public void transposeTile(
            long[] rows,
            int offset,
            int rowWords,
            int count,
            long[] target,
            int targetOffset,
            int stride,
            int columns,
            long[] scratch) {
        for (int group = 0; group << 6 < count; group++) {
            int have = Math.min(64, count - (group << 6));
            int from = offset + (group << 6) * rowWords;
            for (int word = 0; word << 6 < columns; word++) {
                for (int r = 0; r < 64; r++) {
                    scratch[r] = r < have ? rows[from + r * rowWords + word] : 0;
                }
                transposeBlock(scratch);
                int end = Math.min(64, columns - (word << 6));
                int to = targetOffset + (word << 6) * stride + group;
                for (int c = 0; c < end; c++, to += stride) {
                    target[to] = scratch[c];
                }
            }
        }
    }

    /**
     * Transposes a 64 by 64 bit matrix, the first 64 words, in place by swapping off-diagonal
     * quadrants of halving size (H. S. Warren, Hacker's Delight, section 7-3).
     */
    public static void transposeBlock(long[] block) {
        long mask = 0x0000_0000_FFFF_FFFFL;
        for (int j = 32; j != 0; j >>= 1, mask ^= mask << j) {
            for (int k = 0; k < 64; k = (k + j + 1) & ~j) {
                long t = (block[k] >>> j ^ block[k + j]) & mask;
                block[k] ^= t << j;
                block[k + j] ^= t;
            }
        }
    }

    @Override
    public int multiply(long[] table, int x1, int z1, int x2, int z2, int words) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < words; i++) {
            long ax = table[x1 + i];
            long az = table[z1 + i];
            long bx = table[x2 + i];
            long bz = table[z2 + i];
            long x = ax ^ bx;
            long z = az ^ bz;
            table[x1 + i] = x;
            table[z1 + i] = z;
            // Where the two anticommute the product carries i or -i; two bit planes count modulo 4.
            long crossed = ax & bz;
            long anti = bx & az ^ crossed;
            high ^= (low ^ x ^ z ^ crossed) & anti;
            low ^= anti;
        }
        return Long.bitCount(low) + 2 * Long.bitCount(high) & 3;
    }
}
