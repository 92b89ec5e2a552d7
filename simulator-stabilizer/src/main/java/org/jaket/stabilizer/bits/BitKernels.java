package org.jaket.stabilizer.bits;

/**
 * The few loops over packed bits in which a simulation spends its time.
 *
 * <p>Two implementations exist, {@link PlainBitKernels} in plain Java and {@link VectorBitKernels}
 * on the Vector API. They give the same bits for the same input, so a result never depends on which
 * one a machine runs. {@link Kernels#chosen()} is the one this process uses.
 *
 * <p>Rows handed to these methods are whole multiples of {@link #GROUP} words long.
 */
public interface BitKernels {
    /** Words in a group: 512 bits, the widest vector of today's processors. */
    int GROUP = 8;

    /** The most rows of a tile that {@link #transposeTile} takes. */
    int TILE_ROWS = 512;

    /** Words of scratch room that {@link #transposeTile} needs. */
    int TILE_SCRATCH = TILE_ROWS * GROUP;

    /** Words of generator state: four xoshiro256 words for each of the {@link #GROUP} lanes. */
    int STATE_WORDS = 4 * GROUP;

    /** Returns a short name for logs, such as {@code "vector-512"}. */
    String name();

    /**
     * Advances eight interleaved xoshiro256++ generators and writes their output.
     *
     * @param state {@link #STATE_WORDS} words; word {@code j} of lane {@code l} is at {@code 8j +
     *     l}
     * @param target receives lane {@code l}'s outputs at {@code offset + l}, {@code offset + 8 +
     *     l}, ...
     * @param offset first word written
     * @param words how many words, a multiple of {@link #GROUP}
     */
    void fillRandom(long[] state, long[] target, int offset, int words);

    /**
     * Writes independent bits that are one with probability {@code threshold / 2^64}.
     *
     * <p>Compares, bit by bit from the top, a uniform 64-bit fraction per output bit with the
     * threshold and stops as soon as all 512 comparisons of a group are decided, so a group costs
     * about ten random groups whatever the probability.
     *
     * @param state generator state as in {@link #fillRandom}
     * @param target receives the bits
     * @param offset first word written
     * @param words how many words, a multiple of {@link #GROUP}
     * @param threshold the probability as an unsigned 64-bit fraction
     */
    void fillBernoulli(long[] state, long[] target, int offset, int words, long threshold);

    /**
     * Adds rows to rows over GF(2), in order: {@code row[pairs[i]] ^= row[pairs[i + 1]]}.
     *
     * @param table rows of {@code 1 << shift} words; row {@code r} starts at {@code r << shift}
     * @param shift base-two logarithm of the words in a row, at least 3
     * @param pairs target and source row numbers, alternating
     * @param from first element of {@code pairs} used
     * @param to one past the last element used
     */
    void xorRows(long[] table, int shift, int[] pairs, int from, int to);

    /** Copies {@code words} words. */
    void copy(long[] source, int sourceOffset, long[] target, int targetOffset, int words);

    /** Adds {@code words} words of the source to the target over GF(2). */
    void xor(long[] source, int sourceOffset, long[] target, int targetOffset, int words);

    /**
     * Transposes a tile of up to {@link #TILE_ROWS} rows of bits.
     *
     * <p>Bit {@code c} of input row {@code r} becomes bit {@code r & 63} of the word at {@code
     * targetOffset + c * stride + (r >> 6)}. All of the {@code (count + 63) / 64} words of an
     * output row are written, in one store where eight of them make up a cache line.
     *
     * @param rows input rows, row {@code r} at {@code offset + r * rowWords}
     * @param offset first word of row 0
     * @param rowWords words per input row, a multiple of {@link #GROUP}
     * @param count number of input rows
     * @param target receives the words
     * @param targetOffset where word 0 of output row 0 goes
     * @param stride distance between output rows
     * @param columns how many output rows are wanted, at most {@code 64 * rowWords}
     * @param scratch room for {@link #TILE_SCRATCH} words
     */
    void transposeTile(
            long[] rows,
            int offset,
            int rowWords,
            int count,
            long[] target,
            int targetOffset,
            int stride,
            int columns,
            long[] scratch);

    /**
     * Multiplies one Pauli string by another in place, {@code P1 <- P1 * P2}, and returns the power
     * of {@code i} that comes out.
     *
     * <p>Strings are held as X bits and Z bits; a qubit with both is the Hermitian {@code Y}. The
     * counting of powers is bit-sliced: two bits for each of the 64 positions of a word.
     *
     * @param table both strings' words
     * @param x1 offset of the first string's X bits
     * @param z1 offset of the first string's Z bits
     * @param x2 offset of the second string's X bits
     * @param z2 offset of the second string's Z bits
     * @param words words per part, a multiple of {@link #GROUP}
     * @return {@code k} modulo 4 where the product is {@code i^k} times the string left in place
     */
    int multiply(long[] table, int x1, int z1, int x2, int z2, int words);
}
