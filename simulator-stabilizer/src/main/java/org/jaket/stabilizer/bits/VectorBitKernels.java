package org.jaket.stabilizer.bits;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API.
 *
 * <p>Loaded only after {@link Kernels} has found the module {@code jdk.incubator.vector}. The width
 * is fixed when this class is initialised, because a species must be a constant for the compiler.
 */
final class VectorBitKernels implements BitKernels {
    /** The one place where the width is decided. */
    private static final VectorSpecies<Long> SPECIES = speciesOfWidth(Kernels.wantedWidth());

    private static final int LANES = SPECIES.length();

    /** Rows of this many words and more are handled four vectors at a time. */
    private static final int UNROLLED = 4 * LANES;

    private final PlainBitKernels plain = new PlainBitKernels();

    /** The species of a width in bits, or for 0 the preferred one but at most one group. */
    private static VectorSpecies<Long> speciesOfWidth(int bits) {
        return switch (bits) {
            case 128 -> LongVector.SPECIES_128;
            case 256 -> LongVector.SPECIES_256;
            case 512 -> LongVector.SPECIES_512;
            default ->
                    LongVector.SPECIES_PREFERRED.length() <= GROUP
                            ? LongVector.SPECIES_PREFERRED
                            : LongVector.SPECIES_512;
        };
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public void fillRandom(long[] state, long[] target, int offset, int words) {
        for (int lane = 0; lane < GROUP; lane += LANES) {
            LongVector s0 = LongVector.fromArray(SPECIES, state, lane);
            LongVector s1 = LongVector.fromArray(SPECIES, state, GROUP + lane);
            LongVector s2 = LongVector.fromArray(SPECIES, state, 2 * GROUP + lane);
            LongVector s3 = LongVector.fromArray(SPECIES, state, 3 * GROUP + lane);
            for (int i = offset + lane; i < offset + words; i += GROUP) {
                s0.add(s3).lanewise(VectorOperators.ROL, 23).add(s0).intoArray(target, i);
                LongVector t = s1.lanewise(VectorOperators.LSHL, 17);
                s2 = s2.lanewise(VectorOperators.XOR, s0);
                s3 = s3.lanewise(VectorOperators.XOR, s1);
                s1 = s1.lanewise(VectorOperators.XOR, s2);
                s0 = s0.lanewise(VectorOperators.XOR, s3);
                s2 = s2.lanewise(VectorOperators.XOR, t);
                s3 = s3.lanewise(VectorOperators.ROL, 45);
            }
            s0.intoArray(state, lane);
            s1.intoArray(state, GROUP + lane);
            s2.intoArray(state, 2 * GROUP + lane);
            s3.intoArray(state, 3 * GROUP + lane);
        }
    }

    @Override
    public void fillBernoulli(long[] state, long[] target, int offset, int words, long threshold) {
        if (LANES != GROUP) {
            // A group is decided as a whole, so only a vector of a whole group follows the same
            // stream of random words without extra bookkeeping.
            plain.fillBernoulli(state, target, offset, words, threshold);
            return;
        }
        int lowest = threshold == 0 ? 64 : Long.numberOfTrailingZeros(threshold);
        LongVector s0 = LongVector.fromArray(SPECIES, state, 0);
        LongVector s1 = LongVector.fromArray(SPECIES, state, GROUP);
        LongVector s2 = LongVector.fromArray(SPECIES, state, 2 * GROUP);
        LongVector s3 = LongVector.fromArray(SPECIES, state, 3 * GROUP);
        for (int base = offset; base < offset + words; base += GROUP) {
            LongVector result = LongVector.zero(SPECIES);
            LongVector undecided = LongVector.broadcast(SPECIES, -1L);
            for (int bit = 63; bit >= lowest; bit--) {
                LongVector r = s0.add(s3).lanewise(VectorOperators.ROL, 23).add(s0);
                LongVector t = s1.lanewise(VectorOperators.LSHL, 17);
                s2 = s2.lanewise(VectorOperators.XOR, s0);
                s3 = s3.lanewise(VectorOperators.XOR, s1);
                s1 = s1.lanewise(VectorOperators.XOR, s2);
                s0 = s0.lanewise(VectorOperators.XOR, s3);
                s2 = s2.lanewise(VectorOperators.XOR, t);
                s3 = s3.lanewise(VectorOperators.ROL, 45);
                // At a one of the threshold a smaller fraction is decided as success, at a zero a
                // larger one as failure; the mask turns the two cases into the same arithmetic.
                LongVector one = LongVector.broadcast(SPECIES, -(threshold >>> bit & 1));
                LongVector equal = r.lanewise(VectorOperators.XOR, one);
                LongVector decided = undecided.lanewise(VectorOperators.AND, equal);
                result =
                        result.lanewise(
                                VectorOperators.OR, decided.lanewise(VectorOperators.AND, one));
                undecided = undecided.lanewise(VectorOperators.XOR, decided);
                if (undecided.compare(VectorOperators.NE, 0).toLong() == 0) {
                    break;
                }
            }
            result.intoArray(target, base);
        }
        s0.intoArray(state, 0);
        s1.intoArray(state, GROUP);
        s2.intoArray(state, 2 * GROUP);
        s3.intoArray(state, 3 * GROUP);
    }

    @Override
    public void xorRows(long[] table, int shift, int[] pairs, int from, int to) {
        int words = 1 << shift;
        if (words == LANES) {
            for (int i = from; i < to; i += 2) {
                xorOne(table, pairs[i] << shift, pairs[i + 1] << shift);
            }
        } else if (words == 2 * LANES) {
            for (int i = from; i < to; i += 2) {
                int d = pairs[i] << shift;
                int s = pairs[i + 1] << shift;
                xorOne(table, d, s);
                xorOne(table, d + LANES, s + LANES);
            }
        } else {
            for (int i = from; i < to; i += 2) {
                int d = pairs[i] << shift;
                int s = pairs[i + 1] << shift;
                for (int end = d + words; d < end; d += UNROLLED, s += UNROLLED) {
                    xorOne(table, d, s);
                    xorOne(table, d + LANES, s + LANES);
                    xorOne(table, d + 2 * LANES, s + 2 * LANES);
                    xorOne(table, d + 3 * LANES, s + 3 * LANES);
                }
            }
        }
    }

    private static void xorOne(long[] table, int d, int s) {
        LongVector.fromArray(SPECIES, table, d)
                .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, table, s))
                .intoArray(table, d);
    }

    @Override
    public void copy(long[] source, int sourceOffset, long[] target, int targetOffset, int words) {
        for (int i = 0; i < words; i += LANES) {
            LongVector.fromArray(SPECIES, source, sourceOffset + i)
                    .intoArray(target, targetOffset + i);
        }
    }

    @Override
    public void xor(long[] source, int sourceOffset, long[] target, int targetOffset, int words) {
        for (int i = 0; i < words; i += LANES) {
            LongVector.fromArray(SPECIES, target, targetOffset + i)
                    .lanewise(
                            VectorOperators.XOR,
                            LongVector.fromArray(SPECIES, source, sourceOffset + i))
                    .intoArray(target, targetOffset + i);
        }
    }

    @Override
    public void transpose64(
            long[] rows,
            int offset,
            int rowWords,
            int count,
            long[] target,
            int targetOffset,
            int stride,
            int columns) {
        if (count < 64) {
            plain.transpose64(
                    rows, offset, rowWords, count, target, targetOffset, stride, columns);
            return;
        }
        // LANES blocks of 64 by 64 bits side by side: the quadrant swaps of PlainBitKernels on
        // whole vectors, the first three sizes and then the last three with rows in registers.
        long[] block = new long[64 * LANES];
        for (int word = 0; word << 6 < columns; word += LANES) {
            for (int r = 0; r < 8; r++) {
                coarseSwaps(rows, offset + r * rowWords + word, rowWords, block, r);
            }
            for (int r = 0; r < 64; r += 8) {
                fineSwaps(block, r * LANES);
            }
            for (int lane = 0; lane < LANES; lane++) {
                int first = (word + lane) << 6;
                int end = Math.min(64, columns - first);
                int to = targetOffset + first * stride;
                for (int c = 0; c < end; c++, to += stride) {
                    target[to] = block[c * LANES + lane];
                }
            }
        }
    }

    private static void coarseSwaps(long[] rows, int at, int rowWords, long[] block, int r) {
        int step = 8 * rowWords;
        LongVector a = LongVector.fromArray(SPECIES, rows, at);
        LongVector b = LongVector.fromArray(SPECIES, rows, at + step);
        LongVector c = LongVector.fromArray(SPECIES, rows, at + 2 * step);
        LongVector d = LongVector.fromArray(SPECIES, rows, at + 3 * step);
        LongVector e = LongVector.fromArray(SPECIES, rows, at + 4 * step);
        LongVector f = LongVector.fromArray(SPECIES, rows, at + 5 * step);
        LongVector g = LongVector.fromArray(SPECIES, rows, at + 6 * step);
        LongVector h = LongVector.fromArray(SPECIES, rows, at + 7 * step);
        LongVector t;
        t = difference(a, e, 32, 0x0000_0000_FFFF_FFFFL);
        a = spread(a, t, 32);
        e = e.lanewise(VectorOperators.XOR, t);
        t = difference(b, f, 32, 0x0000_0000_FFFF_FFFFL);
        b = spread(b, t, 32);
        f = f.lanewise(VectorOperators.XOR, t);
        t = difference(c, g, 32, 0x0000_0000_FFFF_FFFFL);
        c = spread(c, t, 32);
        g = g.lanewise(VectorOperators.XOR, t);
        t = difference(d, h, 32, 0x0000_0000_FFFF_FFFFL);
        d = spread(d, t, 32);
        h = h.lanewise(VectorOperators.XOR, t);
        t = difference(a, c, 16, 0x0000_FFFF_0000_FFFFL);
        a = spread(a, t, 16);
        c = c.lanewise(VectorOperators.XOR, t);
        t = difference(b, d, 16, 0x0000_FFFF_0000_FFFFL);
        b = spread(b, t, 16);
        d = d.lanewise(VectorOperators.XOR, t);
        t = difference(e, g, 16, 0x0000_FFFF_0000_FFFFL);
        e = spread(e, t, 16);
        g = g.lanewise(VectorOperators.XOR, t);
        t = difference(f, h, 16, 0x0000_FFFF_0000_FFFFL);
        f = spread(f, t, 16);
        h = h.lanewise(VectorOperators.XOR, t);
        t = difference(a, b, 8, 0x00FF_00FF_00FF_00FFL);
        spread(a, t, 8).intoArray(block, r * LANES);
        b.lanewise(VectorOperators.XOR, t).intoArray(block, (r + 8) * LANES);
        t = difference(c, d, 8, 0x00FF_00FF_00FF_00FFL);
        spread(c, t, 8).intoArray(block, (r + 16) * LANES);
        d.lanewise(VectorOperators.XOR, t).intoArray(block, (r + 24) * LANES);
        t = difference(e, f, 8, 0x00FF_00FF_00FF_00FFL);
        spread(e, t, 8).intoArray(block, (r + 32) * LANES);
        f.lanewise(VectorOperators.XOR, t).intoArray(block, (r + 40) * LANES);
        t = difference(g, h, 8, 0x00FF_00FF_00FF_00FFL);
        spread(g, t, 8).intoArray(block, (r + 48) * LANES);
        h.lanewise(VectorOperators.XOR, t).intoArray(block, (r + 56) * LANES);
    }

    private static void fineSwaps(long[] block, int at) {
        LongVector a = LongVector.fromArray(SPECIES, block, at);
        LongVector b = LongVector.fromArray(SPECIES, block, at + LANES);
        LongVector c = LongVector.fromArray(SPECIES, block, at + 2 * LANES);
        LongVector d = LongVector.fromArray(SPECIES, block, at + 3 * LANES);
        LongVector e = LongVector.fromArray(SPECIES, block, at + 4 * LANES);
        LongVector f = LongVector.fromArray(SPECIES, block, at + 5 * LANES);
        LongVector g = LongVector.fromArray(SPECIES, block, at + 6 * LANES);
        LongVector h = LongVector.fromArray(SPECIES, block, at + 7 * LANES);
        LongVector t;
        t = difference(a, e, 4, 0x0F0F_0F0F_0F0F_0F0FL);
        a = spread(a, t, 4);
        e = e.lanewise(VectorOperators.XOR, t);
        t = difference(b, f, 4, 0x0F0F_0F0F_0F0F_0F0FL);
        b = spread(b, t, 4);
        f = f.lanewise(VectorOperators.XOR, t);
        t = difference(c, g, 4, 0x0F0F_0F0F_0F0F_0F0FL);
        c = spread(c, t, 4);
        g = g.lanewise(VectorOperators.XOR, t);
        t = difference(d, h, 4, 0x0F0F_0F0F_0F0F_0F0FL);
        d = spread(d, t, 4);
        h = h.lanewise(VectorOperators.XOR, t);
        t = difference(a, c, 2, 0x3333_3333_3333_3333L);
        a = spread(a, t, 2);
        c = c.lanewise(VectorOperators.XOR, t);
        t = difference(b, d, 2, 0x3333_3333_3333_3333L);
        b = spread(b, t, 2);
        d = d.lanewise(VectorOperators.XOR, t);
        t = difference(e, g, 2, 0x3333_3333_3333_3333L);
        e = spread(e, t, 2);
        g = g.lanewise(VectorOperators.XOR, t);
        t = difference(f, h, 2, 0x3333_3333_3333_3333L);
        f = spread(f, t, 2);
        h = h.lanewise(VectorOperators.XOR, t);
        t = difference(a, b, 1, 0x5555_5555_5555_5555L);
        spread(a, t, 1).intoArray(block, at);
        b.lanewise(VectorOperators.XOR, t).intoArray(block, at + LANES);
        t = difference(c, d, 1, 0x5555_5555_5555_5555L);
        spread(c, t, 1).intoArray(block, at + 2 * LANES);
        d.lanewise(VectorOperators.XOR, t).intoArray(block, at + 3 * LANES);
        t = difference(e, f, 1, 0x5555_5555_5555_5555L);
        spread(e, t, 1).intoArray(block, at + 4 * LANES);
        f.lanewise(VectorOperators.XOR, t).intoArray(block, at + 5 * LANES);
        t = difference(g, h, 1, 0x5555_5555_5555_5555L);
        spread(g, t, 1).intoArray(block, at + 6 * LANES);
        h.lanewise(VectorOperators.XOR, t).intoArray(block, at + 7 * LANES);
    }

    /** The bits in which the high half of {@code upper} and the low half of {@code lower} differ. */
    private static LongVector difference(LongVector upper, LongVector lower, int j, long mask) {
        return upper.lanewise(VectorOperators.LSHR, j)
                .lanewise(VectorOperators.XOR, lower)
                .lanewise(VectorOperators.AND, mask);
    }

    private static LongVector spread(LongVector upper, LongVector t, int j) {
        return upper.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, j));
    }

    @Override
    public int multiply(long[] table, int x1, int z1, int x2, int z2, int words) {
        LongVector low = LongVector.zero(SPECIES);
        LongVector high = LongVector.zero(SPECIES);
        for (int i = 0; i < words; i += LANES) {
            LongVector ax = LongVector.fromArray(SPECIES, table, x1 + i);
            LongVector az = LongVector.fromArray(SPECIES, table, z1 + i);
            LongVector bx = LongVector.fromArray(SPECIES, table, x2 + i);
            LongVector bz = LongVector.fromArray(SPECIES, table, z2 + i);
            LongVector x = ax.lanewise(VectorOperators.XOR, bx);
            LongVector z = az.lanewise(VectorOperators.XOR, bz);
            x.intoArray(table, x1 + i);
            z.intoArray(table, z1 + i);
            LongVector crossed = ax.lanewise(VectorOperators.AND, bz);
            LongVector anti =
                    bx.lanewise(VectorOperators.AND, az).lanewise(VectorOperators.XOR, crossed);
            LongVector turn =
                    low.lanewise(VectorOperators.XOR, x)
                            .lanewise(VectorOperators.XOR, z)
                            .lanewise(VectorOperators.XOR, crossed)
                            .lanewise(VectorOperators.AND, anti);
            high = high.lanewise(VectorOperators.XOR, turn);
            low = low.lanewise(VectorOperators.XOR, anti);
        }
        long ones = low.lanewise(VectorOperators.BIT_COUNT).reduceLanes(VectorOperators.ADD);
        long twos = high.lanewise(VectorOperators.BIT_COUNT).reduceLanes(VectorOperators.ADD);
        return (int) (ones + 2 * twos) & 3;
    }
}
