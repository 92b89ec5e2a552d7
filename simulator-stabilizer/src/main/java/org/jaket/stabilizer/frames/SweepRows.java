package org.jaket.stabilizer.frames;

import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.PlainBitKernels;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The sweep bits of a batch of shots that a program looks at, transposed: a row of shots a bit. */
final class SweepRows {
    private final int[] bits;
    private final int words;
    private final int[] places;
    private final long[] block = new long[64];
    private long[] rows = {};
    private boolean any;

    /**
     * Makes room; none is taken before there are sweep bits that are not all zero.
     *
     * @param bits the bits that get a row, in the order of the rows
     * @param words words of a row
     */
    SweepRows(int[] bits, int words) {
        this.bits = bits;
        this.words = words;
        Integer[] order = new Integer[bits.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Integer.compare(bits[a], bits[b]));
        this.places = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /** Takes the bits of a batch, or zeros for null. */
    void load(@Nullable ShotBatch batch) {
        any = batch != null && bits.length > 0;
        if (batch == null || !any) {
            return;
        }
        if (rows.length == 0) {
            rows = new long[Math.multiplyExact(bits.length, words)];
        }
        // Bits that share a word of a shot are transposed together.
        for (int from = 0; from < places.length; ) {
            int column = bits[places[from]] >>> 6;
            int to = from + 1;
            while (to < places.length && bits[places[to]] >>> 6 == column) {
                to++;
            }
            loadColumn(batch, column, from, to);
            from = to;
        }
    }

    private void loadColumn(ShotBatch batch, int column, int from, int to) {
        for (int word = 0; word < words; word++) {
            int have = Math.clamp(batch.shots() - (word << 6), 0, 64);
            int at = (word << 6) * batch.stride() + column;
            for (int shot = 0; shot < have; shot++, at += batch.stride()) {
                block[shot] = batch.words()[at];
            }
            Arrays.fill(block, have, 64, 0);
            PlainBitKernels.transposeBlock(block);
            for (int k = from; k < to; k++) {
                rows[places[k] * words + word] = block[bits[places[k]] & 63];
            }
        }
    }

    /**
     * Adds rows to a frame.
     *
     * @param code pairs of a row of these and one of the frame
     * @param from the first element used
     * @param count number of pairs
     */
    void add(BitKernels kernels, long[] frame, int shift, int[] code, int from, int count) {
        if (!any) {
            return;
        }
        for (int i = from; i < from + 2 * count; i += 2) {
            kernels.xor(rows, code[i] << shift, frame, code[i + 1] << shift, words);
        }
    }
}
