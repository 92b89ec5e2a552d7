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
        if (count < TILE_ROWS || LANES != GROUP) {
            plain.transposeTile(
                    rows,
                    offset,
                    rowWords,
                    count,
                    target,
                    targetOffset,
                    stride,
                    columns,
                    scratch);
            return;
        }
        for (int word = 0; word << 6 < columns; word += GROUP) {
            // Eight times eight blocks of 64 by 64 bits: the quadrant swaps of PlainBitKernels on
            // whole vectors, two sizes at a time.
            for (int group = 0; group < 8; group++) {
                int from = offset + (group << 6) * rowWords + word;
                int block = group * 64 * GROUP;
                for (int r = 0; r < 16; r++) {
                    swapLarge(rows, from + r * rowWords, 16 * rowWords, scratch, block + r * GROUP);
                }
                for (int r = 0; r < 64; r += r % 4 == 3 ? 13 : 1) {
                    swapMiddle(scratch, block + r * GROUP);
                }
                for (int r = 0; r < 64; r += 4) {
                    swapSmall(scratch, block + r * GROUP);
                }
            }
            // Then eight words of a column's line are gathered from the eight groups.
            int end = Math.min(TILE_ROWS, columns - (word << 6));
            for (int c = 0; c < 64; c++) {
                int to = targetOffset + ((word << 6) + c) * stride;
                storeLines(scratch, c * GROUP, target, to, 64 * stride, (end - c + 63) >> 6);
            }
        }
    }

    private static final LongVector EVENS = pick(0, 8, 2, 10, 4, 12, 6, 14);
    private static final LongVector ODDS = pick(1, 9, 3, 11, 5, 13, 7, 15);
    private static final LongVector EVEN_PAIRS = pick(0, 1, 8, 9, 4, 5, 12, 13);
    private static final LongVector ODD_PAIRS = pick(2, 3, 10, 11, 6, 7, 14, 15);
    private static final LongVector LOW_HALVES = pick(0, 1, 2, 3, 8, 9, 10, 11);
    private static final LongVector HIGH_HALVES = pick(4, 5, 6, 7, 12, 13, 14, 15);

    /** Indices into two vectors side by side; of no use, and so empty, at other widths. */
    private static LongVector pick(long... lanes) {
        return LANES == GROUP
                ? LongVector.fromArray(SPECIES, lanes, 0)
                : LongVector.zero(SPECIES);
    }

    /** Transposes eight vectors of eight words, one per group, and stores up to eight lines. */
    private static void storeLines(
            long[] scratch, int at, long[] target, int to, int step, int lines) {
        int group = 64 * GROUP;
        LongVector a = LongVector.fromArray(SPECIES, scratch, at);
        LongVector b = LongVector.fromArray(SPECIES, scratch, at + group);
        LongVector c = LongVector.fromArray(SPECIES, scratch, at + 2 * group);
        LongVector d = LongVector.fromArray(SPECIES, scratch, at + 3 * group);
        LongVector e = LongVector.fromArray(SPECIES, scratch, at + 4 * group);
        LongVector f = LongVector.fromArray(SPECIES, scratch, at + 5 * group);
        LongVector g = LongVector.fromArray(SPECIES, scratch, at + 6 * group);
        LongVector h = LongVector.fromArray(SPECIES, scratch, at + 7 * group);
        LongVector ab0 = EVENS.selectFrom(a, b);
        LongVector ab1 = ODDS.selectFrom(a, b);
        LongVector cd0 = EVENS.selectFrom(c, d);
        LongVector cd1 = ODDS.selectFrom(c, d);
        LongVector ef0 = EVENS.selectFrom(e, f);
        LongVector ef1 = ODDS.selectFrom(e, f);
        LongVector gh0 = EVENS.selectFrom(g, h);
        LongVector gh1 = ODDS.selectFrom(g, h);
        LongVector abcd0 = EVEN_PAIRS.selectFrom(ab0, cd0);
        LongVector abcd1 = EVEN_PAIRS.selectFrom(ab1, cd1);
        LongVector abcd2 = ODD_PAIRS.selectFrom(ab0, cd0);
        LongVector abcd3 = ODD_PAIRS.selectFrom(ab1, cd1);
        LongVector efgh0 = EVEN_PAIRS.selectFrom(ef0, gh0);
        LongVector efgh1 = EVEN_PAIRS.selectFrom(ef1, gh1);
        LongVector efgh2 = ODD_PAIRS.selectFrom(ef0, gh0);
        LongVector efgh3 = ODD_PAIRS.selectFrom(ef1, gh1);
        store(LOW_HALVES.selectFrom(abcd0, efgh0), target, to, 0 < lines);
        store(LOW_HALVES.selectFrom(abcd1, efgh1), target, to + step, 1 < lines);
        store(LOW_HALVES.selectFrom(abcd2, efgh2), target, to + 2 * step, 2 < lines);
        store(LOW_HALVES.selectFrom(abcd3, efgh3), target, to + 3 * step, 3 < lines);
        store(HIGH_HALVES.selectFrom(abcd0, efgh0), target, to + 4 * step, 4 < lines);
        store(HIGH_HALVES.selectFrom(abcd1, efgh1), target, to + 5 * step, 5 < lines);
        store(HIGH_HALVES.selectFrom(abcd2, efgh2), target, to + 6 * step, 6 < lines);
        store(HIGH_HALVES.selectFrom(abcd3, efgh3), target, to + 7 * step, 7 < lines);
    }

    private static void store(LongVector line, long[] target, int to, boolean wanted) {
        if (wanted) {
            line.intoArray(target, to);
        }
    }

    private static void swapLarge(long[] rows, int at, int step, long[] block, int to) {
        LongVector a = LongVector.fromArray(SPECIES, rows, at);
        LongVector b = LongVector.fromArray(SPECIES, rows, at + step);
        LongVector c = LongVector.fromArray(SPECIES, rows, at + 2 * step);
        LongVector d = LongVector.fromArray(SPECIES, rows, at + 3 * step);
        LongVector t = difference(a, c, 32, 0x0000_0000_FFFF_FFFFL);
        a = spread(a, t, 32);
        c = c.lanewise(VectorOperators.XOR, t);
        t = difference(b, d, 32, 0x0000_0000_FFFF_FFFFL);
        b = spread(b, t, 32);
        d = d.lanewise(VectorOperators.XOR, t);
        t = difference(a, b, 16, 0x0000_FFFF_0000_FFFFL);
        spread(a, t, 16).intoArray(block, to);
        b.lanewise(VectorOperators.XOR, t).intoArray(block, to + 16 * GROUP);
        t = difference(c, d, 16, 0x0000_FFFF_0000_FFFFL);
        spread(c, t, 16).intoArray(block, to + 32 * GROUP);
        d.lanewise(VectorOperators.XOR, t).intoArray(block, to + 48 * GROUP);
    }

    private static void swapMiddle(long[] block, int at) {
        LongVector a = LongVector.fromArray(SPECIES, block, at);
        LongVector b = LongVector.fromArray(SPECIES, block, at + 4 * GROUP);
        LongVector c = LongVector.fromArray(SPECIES, block, at + 8 * GROUP);
        LongVector d = LongVector.fromArray(SPECIES, block, at + 12 * GROUP);
        LongVector t = difference(a, c, 8, 0x00FF_00FF_00FF_00FFL);
        a = spread(a, t, 8);
        c = c.lanewise(VectorOperators.XOR, t);
        t = difference(b, d, 8, 0x00FF_00FF_00FF_00FFL);
        b = spread(b, t, 8);
        d = d.lanewise(VectorOperators.XOR, t);
        t = difference(a, b, 4, 0x0F0F_0F0F_0F0F_0F0FL);
        spread(a, t, 4).intoArray(block, at);
        b.lanewise(VectorOperators.XOR, t).intoArray(block, at + 4 * GROUP);
        t = difference(c, d, 4, 0x0F0F_0F0F_0F0F_0F0FL);
        spread(c, t, 4).intoArray(block, at + 8 * GROUP);
        d.lanewise(VectorOperators.XOR, t).intoArray(block, at + 12 * GROUP);
    }

    private static void swapSmall(long[] block, int at) {
        LongVector a = LongVector.fromArray(SPECIES, block, at);
        LongVector b = LongVector.fromArray(SPECIES, block, at + 1 * GROUP);
        LongVector c = LongVector.fromArray(SPECIES, block, at + 2 * GROUP);
        LongVector d = LongVector.fromArray(SPECIES, block, at + 3 * GROUP);
        LongVector t = difference(a, c, 2, 0x3333_3333_3333_3333L);
        a = spread(a, t, 2);
        c = c.lanewise(VectorOperators.XOR, t);
        t = difference(b, d, 2, 0x3333_3333_3333_3333L);
        b = spread(b, t, 2);
        d = d.lanewise(VectorOperators.XOR, t);
        t = difference(a, b, 1, 0x5555_5555_5555_5555L);
        spread(a, t, 1).intoArray(block, at);
        b.lanewise(VectorOperators.XOR, t).intoArray(block, at + 1 * GROUP);
        t = difference(c, d, 1, 0x5555_5555_5555_5555L);
        spread(c, t, 1).intoArray(block, at + 2 * GROUP);
        d.lanewise(VectorOperators.XOR, t).intoArray(block, at + 3 * GROUP);
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
