package org.jaket.stabilizer;

import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.bits.PlainBitKernels;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Sums {@link DetectionParities} over batches of shots: transposed, so that a row is a result or
 * sweep bit and a word of it 64 shots. The tables of one thread.
 */
final class ParitySums {
    /** Shots that are converted together at least: a row of a transposed table is 8 words. */
    private static final int MIN_SHOTS = 64 * BitKernels.GROUP;

    /** And at most. */
    static final int MAX_SHOTS = 8 * MIN_SHOTS;

    /** Words that a transposed table should have at most, for the cache: 2 MiB. */
    private static final int GOOD_WORDS = 1 << 18;

    /** Words of the largest table; longer shots are converted one by one. */
    private static final int MAX_WORDS = 1 << 25;

    private final DetectionParities parities;
    private final BitKernels kernels = Kernels.chosen();
    private final int shotsAtOnce;
    private final int words;
    private final long[] in;
    private final long[] outTable;
    private final long[] block = new long[64];

    ParitySums(DetectionParities parities, int sweepBits) {
        this.parities = parities;
        int rows = parities.measurements() + sweepBits;
        shotsAtOnce = shotsAtOnce(rows + (long) parities.outputs());
        words = shotsAtOnce / 64;
        in = new long[rows * words];
        outTable = new long[parities.outputs() * words];
    }

    private static int shotsAtOnce(long rows) {
        int shots = MAX_SHOTS;
        while (shots > MIN_SHOTS && rows * (shots / 64) > GOOD_WORDS) {
            shots /= 2;
        }
        return rows * (shots / 64) > MAX_WORDS ? 1 : shots;
    }

    /**
     * Converts a batch.
     *
     * @param results the measurement records
     * @param sweeps the sweep bits of the same shots; null for all zeros
     * @param out takes detectors and observables
     */
    void convert(ShotBatch results, @Nullable ShotBatch sweeps, ShotBatch out) {
        out.setShots(results.firstShot(), results.shots());
        if (words == 0) {
            for (int shot = 0; shot < results.shots(); shot++) {
                convertOne(results, sweeps, out, shot);
            }
            return;
        }
        for (int from = 0; from < results.shots(); from += shotsAtOnce) {
            int count = Math.min(shotsAtOnce, results.shots() - from);
            load(results, from, count, 0);
            if (sweeps != null) {
                load(sweeps, from, count, parities.measurements());
            }
            sum();
            store(out, from, count);
        }
    }

    /** Transposes some shots into the rows from {@code firstRow} on. */
    private void load(ShotBatch batch, int from, int count, int firstRow) {
        for (int bit = 0; bit < batch.bits(); bit += 64) {
            int rows = Math.min(64, batch.bits() - bit);
            for (int word = 0; word << 6 < count; word++) {
                int have = Math.min(64, count - (word << 6));
                int at = (from + (word << 6)) * batch.stride() + (bit >>> 6);
                for (int shot = 0; shot < have; shot++, at += batch.stride()) {
                    block[shot] = batch.words()[at];
                }
                Arrays.fill(block, have, 64, 0);
                PlainBitKernels.transposeBlock(block);
                int to = (firstRow + bit) * words + word;
                for (int row = 0; row < rows; row++, to += words) {
                    in[to] = block[row];
                }
            }
        }
    }

    private void sum() {
        int[] starts = parities.starts();
        int[] rows = parities.rows();
        for (int k = 0; k < parities.outputs(); k++) {
            int to = k * words;
            Arrays.fill(outTable, to, to + words, parities.inverted()[k] ? -1 : 0);
            for (int i = starts[k]; i < starts[k + 1]; i++) {
                kernels.xor(in, rows[i] * words, outTable, to, words);
            }
        }
    }

    private void store(ShotBatch out, int from, int count) {
        for (int bit = 0; bit < out.bits(); bit += 64) {
            int rows = Math.min(64, out.bits() - bit);
            for (int word = 0; word << 6 < count; word++) {
                int have = Math.min(64, count - (word << 6));
                for (int row = 0; row < rows; row++) {
                    block[row] = outTable[(bit + row) * words + word];
                }
                Arrays.fill(block, rows, 64, 0);
                PlainBitKernels.transposeBlock(block);
                int at = (from + (word << 6)) * out.stride() + (bit >>> 6);
                for (int shot = 0; shot < have; shot++, at += out.stride()) {
                    out.words()[at] = block[shot];
                }
            }
        }
    }

    private void convertOne(
            ShotBatch results, @Nullable ShotBatch sweeps, ShotBatch out, int shot) {
        for (int k = 0; k < parities.outputs(); k++) {
            boolean parity = parities.inverted()[k];
            for (int i = parities.starts()[k]; i < parities.starts()[k + 1]; i++) {
                int row = parities.rows()[i];
                if (row < parities.measurements()) {
                    parity ^= results.get(shot, row);
                } else if (sweeps != null) {
                    parity ^= sweeps.get(shot, row - parities.measurements());
                }
            }
            out.set(shot, k, parity);
        }
    }
}
