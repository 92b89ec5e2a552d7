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
                    rows, offset, rowWords, count, target, targetOffset, stride, columns, scratch);
            return;
        }
        for (int word = 0; word << 6 < columns; word += GROUP) {
            for (int group = 0; group < 8; group++) {
                int from = offset + (group << 6) * rowWords + word;
                transposeGroup(rows, from, rowWords, scratch, group * 64 * GROUP);
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
        return LANES == GROUP ? LongVector.fromArray(SPECIES, lanes, 0) : LongVector.zero(SPECIES);
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

    /** The sizes of quadrants that are swapped in each of three passes, two a pass. */
    private static final int[] SIZES = {32, 16, 8, 4, 2, 1};

    private static final long[] MASKS = {
        0x0000_0000_FFFF_FFFFL,
        0x0000_FFFF_0000_FFFFL,
        0x00FF_00FF_00FF_00FFL,
        0x0F0F_0F0F_0F0F_0F0FL,
        0x3333_3333_3333_3333L,
        0x5555_5555_5555_5555L
    };

    /**
     * Transposes eight blocks of 64 by 64 bits that lie side by side, by the quadrant swaps of
     * {@link PlainBitKernels} on whole vectors.
     *
     * <p>One loop runs all passes, because the compiler stops inlining vector operations when a
     * method has too many of them, and boxes what is left.
     */
    private static void transposeGroup(long[] rows, int from, int rowWords, long[] block, int at) {
        for (int pass = 0; pass < 3; pass++) {
            long[] source = pass == 0 ? rows : block;
            int base = pass == 0 ? from : at;
            int width = pass == 0 ? rowWords : GROUP;
            int large = SIZES[2 * pass];
            int small = SIZES[2 * pass + 1];
            long largeMask = MASKS[2 * pass];
            long smallMask = MASKS[2 * pass + 1];
            for (int k = 0; k < 16; k++) {
                int r = (k / small) * 4 * small + k % small;
                int in = base + r * width;
                int step = small * width;
                LongVector a = LongVector.fromArray(SPECIES, source, in);
                LongVector b = LongVector.fromArray(SPECIES, source, in + step);
                LongVector c = LongVector.fromArray(SPECIES, source, in + 2 * step);
                LongVector d = LongVector.fromArray(SPECIES, source, in + 3 * step);
                LongVector t = difference(a, c, large, largeMask);
                a = spread(a, t, large);
                c = c.lanewise(VectorOperators.XOR, t);
                t = difference(b, d, large, largeMask);
                b = spread(b, t, large);
                d = d.lanewise(VectorOperators.XOR, t);
                int out = at + r * GROUP;
                t = difference(a, b, small, smallMask);
                spread(a, t, small).intoArray(block, out);
                b.lanewise(VectorOperators.XOR, t).intoArray(block, out + small * GROUP);
                t = difference(c, d, small, smallMask);
                spread(c, t, small).intoArray(block, out + 2 * small * GROUP);
                d.lanewise(VectorOperators.XOR, t).intoArray(block, out + 3 * small * GROUP);
            }
        }
    }

    /**
     * The bits in which the high half of {@code upper} and the low half of {@code lower} differ.
     */
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
