package org.jaket.stabilizer.frames;

import org.jaket.stabilizer.bits.PlainBitKernels;
import org.jaket.stabilizer.results.ShotBatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Between rows of shots, one a bit, and batches, which have a row of bits for each shot. */
public final class ShotRows {
    private ShotRows() {}

    /** The bits of a batch as rows of the given number of words. */
    public static List<long[]> of(ShotBatch batch, int words) {
        List<long[]> rows = new ArrayList<>(batch.bits());
        for (int bit = 0; bit < batch.bits(); bit++) {
            rows.add(new long[words]);
        }
        long[] block = new long[64];
        for (int column = 0; column << 6 < batch.bits(); column++) {
            int count = Math.min(64, batch.bits() - (column << 6));
            for (int w = 0; w << 6 < batch.shots(); w++) {
                int have = Math.min(64, batch.shots() - (w << 6));
                for (int shot = 0; shot < have; shot++) {
                    block[shot] = batch.words()[((w << 6) + shot) * batch.stride() + column];
                }
                Arrays.fill(block, have, 64, 0);
                PlainBitKernels.transposeBlock(block);
                for (int k = 0; k < count; k++) {
                    rows.get((column << 6) + k)[w] = block[k];
                }
            }
        }
        return rows;
    }

    /**
     * Stores rows as the bits of some shots of a batch, from its first bit on.
     *
     * @param rows as many as the batch has bits
     * @param shots a mask of the shots that are stored, within those of the batch
     */
    public static void store(List<long[]> rows, long[] shots, ShotBatch batch) {
        long[] block = new long[64];
        for (int column = 0; column << 6 < rows.size(); column++) {
            int count = Math.min(64, rows.size() - (column << 6));
            for (int w = 0; w < shots.length; w++) {
                if (shots[w] == 0) {
                    continue;
                }
                for (int k = 0; k < count; k++) {
                    block[k] = rows.get((column << 6) + k)[w];
                }
                Arrays.fill(block, count, 64, 0);
                PlainBitKernels.transposeBlock(block);
                for (long rest = shots[w]; rest != 0; rest &= rest - 1) {
                    int shot = Long.numberOfTrailingZeros(rest);
                    batch.words()[((w << 6) + shot) * batch.stride() + column] = block[shot];
                }
            }
        }
    }

    /** A mask of the first shots. */
    public static long[] first(int shots, int words) {
        long[] mask = new long[words];
        Arrays.fill(mask, 0, shots >> 6, -1);
        if ((shots & 63) != 0) {
            mask[shots >> 6] = (1L << shots) - 1;
        }
        return mask;
    }
}
