package org.jaket.stabilizer.mechanisms;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.random.Poisson;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples detectors and observables as sums of error symptoms. */
public final class MechanismSource implements BatchSource {
    /** Rows of a batch are kept below this many bytes, so that they stay in a core's cache. */
    private static final long BATCH_BYTES = 384 << 10;

    private static final int MOST_SHOTS = 1 << 11;
    private static final int LEAST_SHOTS = 1 << 5;

    private static final double NANOS_PER_HIT = 4;
    private static final double NANOS_PER_HIT_AND_ERROR = 0.0004;
    private static final double NANOS_PER_BIT = 0.02;

    /** The stream of a seed that mechanisms draw from. */
    private static final long STREAM = 2;

    private final List<Stretch> stretches;
    private final RecordLayout layout;
    private final double meanHits;

    /** The bit of a shot that is the first error, or -1 if errors are not told. */
    private final int firstError;

    private final int bits;
    private final SweepSymptoms.Table sweeps;

    private MechanismSource(
            List<Errors> errors, SweepSymptoms.Table sweeps, RecordLayout layout, int told) {
        this.sweeps = sweeps;
        List<Stretch> all = new ArrayList<>();
        for (Errors part : errors) {
            all.addAll(Stretch.of(part, layout.detectors()));
        }
        this.stretches = List.copyOf(all);
        this.layout = layout;
        this.meanHits = stretches.stream().mapToDouble(Stretch::mean).sum();
        this.firstError = told > 0 ? layout.bits() : -1;
        this.bits = layout.bits() + told;
    }

    /**
     * A source for the errors of a model.
     *
     * @param tellsErrors whether the errors that happened stand behind detectors and observables
     * @throws UnsupportedCircuitException if the model is too large
     */
    public static MechanismSource of(DetectorErrorModel model, boolean tellsErrors) {
        ModelCompiler compiler = ModelCompiler.of(model);
        return new MechanismSource(
                compiler.errors(),
                new SweepSymptoms().table(0),
                compiler.layout(),
                tellsErrors ? compiler.count() : 0);
    }

    /**
     * A source for steps without branches, while loops and assignments, or null if they have
     * detectors that are random without errors or too many errors to list.
     *
     * @param measurements number of results of the circuit
     * @param layout the detectors and observables of the circuit
     */
    public static @Nullable MechanismSource of(
            List<Step> steps, int qubits, int measurements, RecordLayout layout) {
        try {
            MechanismCompiler.Compiled compiled =
                    MechanismCompiler.compile(steps, qubits, measurements, layout.detectors());
            return new MechanismSource(compiled.errors(), compiled.sweeps(), layout, 0);
        } catch (FramesNeededException e) {
            return null;
        }
    }

    /** Expected hits per shot. */
    public double meanHits() {
        return meanHits;
    }

    /**
     * Roughly what a shot costs on a processor of 2025: hits, dearer where the tables do not fit
     * the caches, and clearing its row.
     */
    public double meanNanos() {
        int largest = 0;
        for (Stretch stretch : stretches) {
            largest = Math.max(largest, stretch.errors());
        }
        return (NANOS_PER_HIT + NANOS_PER_HIT_AND_ERROR * largest) * meanHits
                + NANOS_PER_BIT * layout.bits();
    }

    @Override
    public RecordLayout layout() {
        return layout;
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public int batchShots(long shots) {
        long rowBytes = Math.max(8, layout.bits() / 8);
        int size = LEAST_SHOTS;
        while (size < MOST_SHOTS && size < shots && 2L * size * rowBytes <= BATCH_BYTES) {
            size *= 2;
        }
        return size;
    }

    @Override
    public Worker worker(int batchShots) {
        return new MechanismWorker(batchShots);
    }

    private final class MechanismWorker implements Worker {
        private final int shots;
        private final Poisson[][] laws;
        private final BitSource source = BitSource.of(Kernels.plain(), 0, STREAM, 0);
        private final PoissonTable.Room room = new PoissonTable.Room();

        MechanismWorker(int shots) {
            this.shots = shots;
            this.laws =
                    stretches.stream()
                            .map(Stretch::independent)
                            .map(t -> t == null ? new Poisson[0] : t.hits(shots))
                            .toArray(Poisson[][]::new);
        }

        @Override
        public void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch swept,
                Progress progress) {
            fill(seed, block, batch, progress);
            if (swept != null) {
                sweeps.addTo(batch, swept);
            }
        }

        @Override
        public void fill(long seed, long block, ShotBatch batch, Progress progress) {
            source.restart(seed, STREAM, block);
            long[] rows = batch.words();
            int stride = batch.stride();
            Arrays.fill(rows, 0);
            for (int k = 0; k < laws.length; k++) {
                Stretch stretch = stretches.get(k);
                PoissonTable table = stretch.independent();
                for (int run = 0; run < stretch.words().length; run++) {
                    progress.checkCancelled();
                    int base = stretch.words()[run];
                    int error = firstError < 0 ? -1 : firstError + stretch.firstErrors()[run];
                    if (table != null) {
                        table.scatter(laws[k], rows, stride, shots, base, error, source, room);
                    }
                    for (DisjointTable channels : stretch.disjoint()) {
                        channels.scatter(rows, stride, shots, base, error, source);
                    }
                }
            }
        }
    }
}
