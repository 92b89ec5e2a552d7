package org.jaket.stabilizer.frames;

import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.clifford.Unfolding;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** Samples measurements, or detectors and observables, with Pauli frames. */
public final class FrameSource implements BatchSource {
    /** Frames are kept below this many bytes, so that they stay in a core's second-level cache. */
    private static final long FRAME_BYTES = 384 << 10;

    /** Bytes of records and results that a worker may hold, if even one row more is possible. */
    private static final long WORKER_BYTES = 256 << 20;

    private static final double NANOS_PER_WORD = 0.002;
    private static final double NANOS_PER_HIT = 4.7;

    /** What adding a result to its reference costs. */
    private static final double NANOS_PER_RESULT = 0.03;

    private static final int LEAST_SHIFT = 3;
    private static final int GREATEST_SHIFT = 6;

    /** The stream of a seed that frames draw from. */
    private static final long STREAM = 1;

    private final List<Step> steps;
    private final FrameProgram program;
    private final RecordLayout layout;
    private final long @Nullable [] reference;

    /** Bits of a record of sweep bits, those that are not looked at included. */
    private final long sweepBound;

    private FrameSource(
            List<Step> steps,
            FrameProgram program,
            RecordLayout layout,
            long @Nullable [] reference) {
        this.steps = steps;
        this.program = program;
        this.layout = layout;
        this.reference = reference;
        this.sweepBound = Arrays.stream(program.sweeps()).max().orElse(-1) + 1L;
        requireMemory();
    }

    /** Refuses programs whose rows do not fit the heap even at the shortest row length. */
    private void requireMemory() {
        long rows =
                (long) program.rows()
                        + FrameEngine.ringRows(program, reference != null)
                        + program.observables()
                        + program.sweeps().length
                        + BitKernels.TILE_ROWS;
        long bytes = (rows << LEAST_SHIFT + 3) + layout.bits() / 8;
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new UnsupportedCircuitException(
                    "Frames of %d qubits, %d observables and a look-back of %d measurements take %d MiB; the heap has at most %d MiB. Maybe give it more with -Xmx?"
                            .formatted(
                                    program.qubits(),
                                    program.observables(),
                                    program.lookback(),
                                    bytes >> 20,
                                    most >> 20));
        }
    }

    /**
     * Samples detectors and observables.
     *
     * @throws UnsupportedCircuitException if a shot has too many bits to hold
     */
    public static FrameSource detectors(List<Step> steps, int qubits) {
        FrameProgram program = FrameCompiler.compile(steps, qubits, true);
        int detectors = checkedCount(program.detectors(), "detectors");
        return new FrameSource(
                steps, program, RecordLayout.ofDetectors(detectors, program.observables()), null);
    }

    /**
     * Samples measurements.
     *
     * @param reference the noiseless results, packed, that the sampled flips are added to
     * @throws UnsupportedCircuitException if a shot has too many bits to hold
     */
    public static FrameSource measurements(List<Step> steps, int qubits, long[] reference) {
        FrameProgram program = FrameCompiler.compile(steps, qubits, false);
        int measurements = checkedCount(program.measurements(), "measurements");
        return new FrameSource(
                steps, program, RecordLayout.ofMeasurements(measurements), reference);
    }

    /**
     * Words of a packed record of so many measurements, at least one.
     *
     * @throws UnsupportedCircuitException if they are too many to hold
     */
    public static int rowWords(long measurements) {
        return Math.max(1, (checkedCount(measurements, "measurements") + 63) >>> 6);
    }

    private static int checkedCount(long count, String what) {
        if (count > Integer.MAX_VALUE / 2) {
            throw new UnsupportedCircuitException(
                    "A shot of this circuit has %d %s; at most %d can be held."
                            .formatted(count, what, Integer.MAX_VALUE / 2));
        }
        return (int) count;
    }

    /**
     * Roughly what a shot costs on a processor of 2025: row additions, hits and results.
     *
     * @param hits expected errors per shot
     */
    public double meanNanos(double hits) {
        return NANOS_PER_WORD * program.work()
                + NANOS_PER_HIT * hits
                + NANOS_PER_RESULT * layout.measurements();
    }

    @Override
    public RecordLayout layout() {
        return layout;
    }

    /** Base-two logarithm of the words per row for batches of this many shots at most. */
    private int shift(long shots) {
        int shift = GREATEST_SHIFT;
        while (shift > LEAST_SHIFT && !fits(shift, shots)) {
            shift--;
        }
        return shift;
    }

    private boolean fits(int shift, long shots) {
        long rowBytes = 8L << shift;
        long ring = FrameEngine.ringRows(program, reference != null);
        long rows = ring + program.observables() + program.sweeps().length + layout.bits();
        return program.rows() * rowBytes <= FRAME_BYTES
                && rows * rowBytes <= WORKER_BYTES
                && 32L << shift < shots;
    }

    /**
     * @throws org.jaket.circuit.CircuitException if shots would have too many turns of loops to be
     *     followed through
     */
    @Override
    public int batchShots(long shots) {
        Unfolding.requireFeasible(steps, "Maybe repeat less often?");
        long lanes = 64L << shift(shots);
        long held = Math.max(1, WORKER_BYTES * 8 / Math.max(64, layout.bits() + sweepBound));
        return (int) Math.max(1, Math.min(lanes, Math.min(shots, held)));
    }

    @Override
    public Worker worker(int batchShots) {
        return new FrameWorker(shift(batchShots));
    }

    private final class FrameWorker implements Worker {
        private final int shift;
        private BitKernels kernels;
        private FrameEngine engine;
        private BitSource random;

        FrameWorker(int shift) {
            this.shift = shift;
            this.kernels = WarmUp.kernels();
            this.engine = new FrameEngine(program, kernels, shift, reference != null);
            this.random = BitSource.of(kernels, 0, STREAM, 0);
        }

        @Override
        public void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch sweeps,
                Progress progress) {
            BitKernels wanted = WarmUp.kernels();
            if (wanted.isVector() != kernels.isVector()) {
                kernels = wanted;
                engine = new FrameEngine(program, kernels, shift, reference != null);
                random = BitSource.of(kernels, seed, STREAM, block);
            }
            long start = System.nanoTime();
            random.restart(seed, STREAM, block);
            engine.run(random, batch, sweeps, progress);
            if (!kernels.isVector()) {
                long nanos = System.nanoTime() - start;
                WarmUp.spent(nanos, program, shift, reference != null, layout.bits());
            }
            if (reference != null) {
                addReference(reference, batch);
            }
        }

        private static void addReference(long[] reference, ShotBatch batch) {
            long[] words = batch.words();
            int rowWords = (batch.bits() + 63) >>> 6;
            for (int shot = 0; shot < batch.shots(); shot++) {
                int at = shot * batch.stride();
                for (int w = 0; w < rowWords; w++) {
                    words[at + w] ^= reference[w];
                }
            }
        }
    }
}
