package org.jaket.stabilizer.frames;

import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.frames.FrameProgram.Op;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Runs a {@link FrameProgram} on a batch of shots.
 *
 * <p>Holds two rows of bits per qubit, a ring of the measurement records that can still be referred
 * to, and a tile of results that is transposed into the shot-major batch whenever it is full. Not
 * safe for use by several threads; each worker has its own.
 */
final class FrameEngine {
    private final FrameProgram program;
    private final BitKernels kernels;
    private final int shift;
    private final int words;
    private final boolean recordsAreResults;

    private final long[] frame;
    private final long[] ring;
    private final int ringMask;
    private final long[] tile;
    private final long[] observables;
    private final long[] scratch;
    private final long[] chain;
    private final long[] transposeScratch = new long[BitKernels.TILE_SCRATCH];
    private final NoiseSampler noise;
    private final Leaks leaks;
    private final SweepRows sweeps;

    private BitSource source;
    private ShotBatch batch;
    private long measured;
    private int tileRows;
    private long resultRows;

    private final long[] loopLeft;
    private final int[] loopStart;

    /**
     * Creates an engine.
     *
     * @param program what to run
     * @param kernels the kernels to run it with
     * @param shift base-two logarithm of the words per row; a batch has {@code 64 << shift} lanes
     * @param recordsAreResults whether the result is the measurement flips, or the detectors and
     *     observables
     */
    FrameEngine(FrameProgram program, BitKernels kernels, int shift, boolean recordsAreResults) {
        this.program = program;
        this.kernels = kernels;
        this.shift = shift;
        this.words = 1 << shift;
        this.recordsAreResults = recordsAreResults;
        this.frame = new long[Math.multiplyExact(program.rows(), words)];
        int ringRows = ringRows(program, recordsAreResults);
        this.ring = new long[Math.multiplyExact(ringRows, words)];
        this.ringMask = ringRows - 1;
        this.tile = new long[recordsAreResults ? 0 : BitKernels.TILE_ROWS * words];
        this.observables = new long[Math.multiplyExact(program.observables(), words)];
        this.scratch = new long[words];
        this.chain = new long[words];
        this.noise = new NoiseSampler(program, kernels, shift);
        this.leaks = new Leaks(program, kernels, shift);
        this.sweeps = new SweepRows(program.sweeps(), words);
        this.loopLeft = new long[program.depth()];
        this.loopStart = new int[program.depth()];
        this.source = BitSource.of(kernels, 0, 0, 0);
        this.batch = new ShotBatch(0, 0);
    }

    /**
     * Rows of the record ring: a power of two that covers the look-back and, if need be, a tile.
     */
    static int ringRows(FrameProgram program, boolean recordsAreResults) {
        long least = Math.max(program.lookback(), recordsAreResults ? BitKernels.TILE_ROWS : 8);
        long records =
                Math.max(recordsAreResults ? BitKernels.TILE_ROWS : 8, program.measurements());
        int needed = (int) Math.min(least, records);
        return Integer.highestOneBit(Math.max(1, 2 * needed - 1));
    }

    /**
     * Runs the program once and writes the results of the batch's shots; sweep bits are zero.
     *
     * @param source the batch's randomness, positioned at its start
     * @param batch receives the results; its number of shots is at most the lanes
     * @param progress asked now and then whether to stop
     */
    void run(BitSource source, ShotBatch batch, Progress progress) {
        run(source, batch, null, progress);
    }

    /**
     * Runs the program once and writes the results of the batch's shots.
     *
     * @param source the batch's randomness, positioned at its start
     * @param batch receives the results; its number of shots is at most the lanes
     * @param sweepBits the sweep bits of the same shots; null for all zeros
     * @param progress asked now and then whether to stop
     */
    void run(BitSource source, ShotBatch batch, @Nullable ShotBatch sweepBits, Progress progress) {
        this.source = source;
        this.batch = batch;
        sweeps.load(sweepBits);
        noise.use(source);
        leaks.use(source);
        measured = 0;
        tileRows = 0;
        resultRows = 0;
        Arrays.fill(observables, 0);
        Arrays.fill(chain, 0);
        for (int q = 0; q < program.qubits(); q++) {
            Arrays.fill(frame, 2 * q << shift, (2 * q + 1) << shift, 0);
            source.fill(frame, (2 * q + 1) << shift, words);
        }
        Arrays.fill(frame, 2 * program.qubits() << shift, frame.length, 0);
        interpret(program.code(), progress);
        if (!recordsAreResults) {
            for (int i = 0; i < program.observables(); i++) {
                kernels.copy(observables, i << shift, tile, tileRows << shift, words);
                resultRow();
            }
            flush(tile, 0, tileRows);
        } else {
            int left = (int) (measured & (BitKernels.TILE_ROWS - 1));
            flush(ring, (int) ((measured - left) & ringMask) << shift, left);
        }
    }

    private void interpret(int[] code, Progress progress) {
        int level = 0;
        int at = 0;
        int turns = 0;
        while (true) {
            int n;
            switch (code[at]) {
                case Op.ADD -> {
                    n = code[at + 1];
                    kernels.xorRows(frame, shift, code, at + 2, at + 2 + n);
                    at += 2 + n;
                }
                case Op.SWAP -> {
                    n = code[at + 1];
                    swap(code, at + 2, n);
                    at += 2 + n;
                }
                case Op.RESET -> {
                    n = code[at + 1];
                    reset(code, at + 2, n);
                    at += 2 + 2 * n;
                }
                case Op.MEASURE -> {
                    n = code[at + 3];
                    measure(code, at, n);
                    at += 4 + 2 * n;
                }
                case Op.MEASURE_PRODUCT -> {
                    measureProduct(code, at);
                    at += 4 + code[at + 2] + code[at + 3];
                }
                case Op.ROTATE_PRODUCT -> {
                    rotateProduct(code, at);
                    at += 3 + code[at + 1] + code[at + 2];
                }
                case Op.PAD -> {
                    pad(code[at + 1], code[at + 2]);
                    at += 3;
                }
                case Op.DETECTORS -> {
                    n = code[at + 1];
                    detectors(code, at + 2, at + 2 + n);
                    at += 2 + n;
                }
                case Op.OBSERVABLE -> {
                    observable(code, at);
                    at += 4 + code[at + 2] + code[at + 3];
                }
                case Op.FEEDBACK -> {
                    n = code[at + 1];
                    for (int i = at + 2; i < at + 2 + 2 * n; i += 2) {
                        kernels.xor(ring, record(code[i]), frame, code[i + 1] << shift, words);
                    }
                    at += 2 + 2 * n;
                }
                case Op.SWEEP -> {
                    n = code[at + 1];
                    sweeps.add(kernels, frame, shift, code, at + 2, n);
                    at += 2 + 2 * n;
                }
                case Op.NOISE -> {
                    n = code[at + 2];
                    noise.apply(code[at + 1], frame, code, at + 3, n);
                    at += 3 + n * program.channels()[code[at + 1]].kind().rows;
                }
                case Op.HERALD -> {
                    n = code[at + 2];
                    herald(code, at, n);
                    at += 3 + 2 * n;
                }
                case Op.CORRELATED -> {
                    n = code[at + 3];
                    if (code[at + 1] != 0) {
                        Arrays.fill(chain, 0);
                    }
                    noise.correlated(code[at + 2], chain, frame, code, at + 4, n);
                    at += 4 + n;
                }
                case Op.LEAK -> {
                    n = code[at + 3];
                    leak(code, at, n);
                    at += 4 + 3 * n;
                }
                case Op.SEEP -> {
                    n = code[at + 2];
                    leaks.seep(code[at + 1], frame, code, at + 3, n);
                    at += 3 + n;
                }
                case Op.SCRAMBLE -> {
                    leaks.scramble(frame, code, at);
                    at += 3 + code[at + 1] + code[at + 2];
                }
                case Op.CLEAR -> {
                    n = code[at + 1];
                    for (int i = at + 2; i < at + 2 + n; i++) {
                        int row = code[i] << shift;
                        Arrays.fill(frame, row, row + words, 0);
                    }
                    at += 2 + n;
                }
                case Op.RECORD -> {
                    n = code[at + 2];
                    record(code, at, n);
                    at += 3 + n;
                }
                case Op.LOOP -> {
                    loopLeft[level] = (long) code[at + 1] << 32 | code[at + 2] & 0xFFFF_FFFFL;
                    at += 3;
                    loopStart[level++] = at;
                }
                case Op.END -> {
                    if ((++turns & 255) == 0) {
                        progress.checkCancelled();
                    }
                    if (--loopLeft[level - 1] > 0) {
                        at = loopStart[level - 1];
                    } else {
                        level--;
                        at++;
                    }
                }
                case Op.HALT -> {
                    return;
                }
                default -> throw new AssertionError(code[at]);
            }
        }
    }

    /** Offset of the record that lies {@code back} before the next one. */
    private int record(int back) {
        return (int) ((measured - back) & ringMask) << shift;
    }

    private void swap(int[] code, int from, int n) {
        for (int i = from; i < from + n; i += 2) {
            int a = code[i] << shift;
            int b = code[i + 1] << shift;
            kernels.copy(frame, a, scratch, 0, words);
            kernels.copy(frame, b, frame, a, words);
            kernels.copy(scratch, 0, frame, b, words);
        }
    }

    private void reset(int[] code, int from, int n) {
        for (int i = from; i < from + 2 * n; i += 2) {
            int row = code[i] << shift;
            Arrays.fill(frame, row, row + words, 0);
            source.fill(frame, code[i + 1] << shift, words);
        }
    }

    private void measure(int[] code, int at, int n) {
        boolean clear = code[at + 2] != 0;
        int i = at + 4;
        while (n > 0) {
            int chunk = recordRoom(n);
            int end = i + 2 * chunk;
            measureRows(code, i, end, clear);
            i = end;
            recorded(code[at + 1], chunk);
            n -= chunk;
        }
    }

    private void measureRows(int[] code, int from, int to, boolean clear) {
        kernels.moveRows(frame, shift, code, from, to, ring, ringMask, measured, clear);
        for (int i = from; i < to; i += 2) {
            source.fill(frame, code[i + 1] << shift, words);
        }
        measured += to - from >> 1;
    }

    /** How many of {@code n} records fit before the ring must be emptied into results. */
    private int recordRoom(int n) {
        int rows = recordsAreResults ? BitKernels.TILE_ROWS : ringMask + 1;
        return Math.min(n, rows - (int) (measured & (rows - 1)));
    }

    /** Adds noise to the last records, and passes a full tile of them on. */
    private void recorded(int channel, int count) {
        if (channel >= 0) {
            noise.flipRows(channel, ring, record(count), count);
        }
        if (recordsAreResults && (measured & (BitKernels.TILE_ROWS - 1)) == 0) {
            flush(ring, record(BitKernels.TILE_ROWS), BitKernels.TILE_ROWS);
        }
    }

    private void measureProduct(int[] code, int at) {
        int rows = at + 4;
        int product = rows + code[at + 2];
        int slot = record(0);
        Arrays.fill(ring, slot, slot + words, 0);
        for (int i = rows; i < product; i++) {
            kernels.xor(frame, code[i] << shift, ring, slot, words);
        }
        source.fill(scratch, 0, words);
        addScratch(code, product, code[at + 3]);
        measured++;
        recorded(code[at + 1], 1);
    }

    private void rotateProduct(int[] code, int at) {
        int rows = at + 3;
        int product = rows + code[at + 1];
        Arrays.fill(scratch, 0);
        for (int i = rows; i < product; i++) {
            kernels.xor(frame, code[i] << shift, scratch, 0, words);
        }
        addScratch(code, product, code[at + 2]);
    }

    private void addScratch(int[] code, int from, int n) {
        for (int i = from; i < from + n; i++) {
            kernels.xor(scratch, 0, frame, code[i] << shift, words);
        }
    }

    private void pad(int channel, int n) {
        while (n > 0) {
            int chunk = recordRoom(n);
            for (int i = 0; i < chunk; i++) {
                int slot = record(0);
                Arrays.fill(ring, slot, slot + words, 0);
                measured++;
            }
            recorded(channel, chunk);
            n -= chunk;
        }
    }

    private void herald(int[] code, int at, int n) {
        int i = at + 3;
        while (n > 0) {
            int chunk = recordRoom(n);
            int slot = record(0);
            Arrays.fill(ring, slot, slot + chunk * words, 0);
            noise.herald(code[at + 1], ring, slot, frame, code, i, chunk);
            measured += chunk;
            recorded(-1, chunk);
            i += 2 * chunk;
            n -= chunk;
        }
    }

    private void leak(int[] code, int at, int n) {
        if (code[at + 2] == 0) {
            leaks.leak(code[at + 1], frame, code, at + 4, n, null, 0);
            return;
        }
        int i = at + 4;
        while (n > 0) {
            int chunk = recordRoom(n);
            int slot = record(0);
            Arrays.fill(ring, slot, slot + chunk * words, 0);
            leaks.leak(code[at + 1], frame, code, i, chunk, ring, slot);
            measured += chunk;
            recorded(-1, chunk);
            i += 3 * chunk;
            n -= chunk;
        }
    }

    private void record(int[] code, int at, int n) {
        int i = at + 3;
        while (n > 0) {
            int chunk = recordRoom(n);
            for (int k = 0; k < chunk; k++) {
                int slot = record(0);
                int row = code[i++];
                if (row < 0) {
                    Arrays.fill(ring, slot, slot + words, 0);
                } else {
                    kernels.copy(frame, row << shift, ring, slot, words);
                }
                measured++;
            }
            recorded(code[at + 1], chunk);
            n -= chunk;
        }
    }

    private void detectors(int[] code, int from, int to) {
        int at = from;
        while (at < to) {
            int count = 0;
            int end = at;
            while (end < to && tileRows + count < BitKernels.TILE_ROWS) {
                end += 1 + code[end];
                count++;
            }
            kernels.sumRows(ring, ringMask, measured, shift, code, at, tile, tileRows, count);
            tileRows += count;
            at = end;
            if (tileRows == BitKernels.TILE_ROWS) {
                flush(tile, 0, BitKernels.TILE_ROWS);
                tileRows = 0;
            }
        }
    }

    private void observable(int[] code, int at) {
        int row = code[at + 1] << shift;
        int i = at + 4;
        for (int end = i + code[at + 2]; i < end; i++) {
            kernels.xor(ring, record(code[i]), observables, row, words);
        }
        for (int end = i + code[at + 3]; i < end; i++) {
            kernels.xor(frame, code[i] << shift, observables, row, words);
        }
    }

    private void resultRow() {
        if (++tileRows == BitKernels.TILE_ROWS) {
            flush(tile, 0, BitKernels.TILE_ROWS);
            tileRows = 0;
        }
    }

    /** Transposes finished rows into the batch. */
    private void flush(long[] rows, int offset, int count) {
        kernels.transposeTile(
                rows,
                offset,
                words,
                count,
                batch.words(),
                (int) (resultRows >>> 6),
                batch.stride(),
                batch.shots(),
                transposeScratch);
        resultRows += count;
    }
}
