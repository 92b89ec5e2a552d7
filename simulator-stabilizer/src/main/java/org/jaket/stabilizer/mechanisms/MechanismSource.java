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

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Samples detectors and observables, or measurements, as sums of what errors flip. Measurements are
 * sampled as differences of results, see {@link Differences}.
 */
public final class MechanismSource implements BatchSource {
    /** Rows of a batch are kept below this many bytes, so that they stay in a core's cache. */
    private static final long BATCH_BYTES = 512 << 10;

    private static final int MOST_SHOTS = 1 << 11;
    private static final int LEAST_SHOTS = 1 << 5;

    private static final double NANOS_PER_HIT = 5.5;
    private static final double NANOS_PER_HIT_AND_ERROR = 0.00003;
    private static final double NANOS_PER_BIT = 0.016;

    /** What summing differences up costs besides. */
    private static final double NANOS_PER_SUM = 15;

    private static final double NANOS_PER_SUMMED_HIT = 1;
    private static final double NANOS_PER_SUMMED_BIT = 0.039;

    /** Bits of what is left to chance at most, all runs together. */
    private static final long MOST_RANDOM = 1 << 24;

    /** The stream of a seed that mechanisms draw from. */
    private static final long STREAM = 2;

    private final List<Stretch> stretches;
    private final RecordLayout layout;
    private final double meanHits;

    /** The bit of a shot that is the first error, or -1 if errors are not told. */
    private final int firstError;

    private final int bits;
    private final SweepSymptoms.Table sweeps;

    /** What no error, but the circuit itself leaves to chance. */
    private final @Nullable RandomTable random;

    /** Makes results of differences, for measurements. */
    private final @Nullable RunningSums sums;

    /** What shots start with: the differences of the noiseless results. */
    private final long[] start;

    private MechanismSource(
            List<Errors> errors,
            SweepSymptoms sweeps,
            RecordLayout layout,
            int told,
            @Nullable RunningSums sums,
            long[] reference) {
        this.sweeps = sweeps.table(layout.detectors());
        this.layout = layout;
        int shots = batchShots(Long.MAX_VALUE);
        this.stretches =
                errors.stream().map(e -> Stretch.of(e, layout.detectors(), shots)).toList();
        this.meanHits = stretches.stream().mapToDouble(Stretch::mean).sum();
        this.firstError = told > 0 ? layout.bits() : -1;
        this.bits = layout.bits() + told;
        this.random = random(errors, layout.detectors());
        this.sums = sums;
        this.start = reference;
    }

    /** Gathers what is left to chance, all runs together. */
    private static @Nullable RandomTable random(List<Errors> errors, int detectors) {
        Set<Mechanism> sets = new LinkedHashSet<>();
        long walked = 0;
        for (Errors part : errors) {
            for (int[] symptoms : part.random()) {
                int[] places = Symptoms.places(symptoms, detectors);
                for (Errors.Run run : part.runs()) {
                    walked += places.length;
                    if (walked > MOST_RANDOM) {
                        throw new FramesNeededException("The circuit has too many random results.");
                    }
                    sets.add(new Mechanism(Symptoms.bits(places, run.base())));
                }
            }
        }
        return sets.isEmpty()
                ? null
                : new RandomTable(sets.stream().map(Mechanism::symptoms).toList());
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
                new SweepSymptoms(),
                compiler.layout(),
                tellsErrors ? compiler.count() : 0,
                null,
                new long[0]);
    }

    /**
     * A source of measurements of steps without branches, while loops and assignments, or null if
     * they have too many errors to list.
     *
     * @param reference the noiseless results, packed, which are not changed
     * @param layout the results of the circuit
     */
    public static @Nullable MechanismSource measurements(
            List<Step> steps, int qubits, long[] reference, RecordLayout layout) {
        try {
            Differences differences = Differences.of(steps);
            RunningSums sums = differences.sums();
            int results = layout.measurements();
            MechanismCompiler.Compiled compiled =
                    MechanismCompiler.compile(differences.steps(), qubits, results, results, true);
            long[] start = reference.clone();
            sums.difference(start, 0);
            return new MechanismSource(
                    compiled.errors(), compiled.sweeps(), layout, 0, sums, start);
        } catch (FramesNeededException e) {
            return null;
        }
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
                    MechanismCompiler.compile(
                            steps, qubits, measurements, layout.detectors(), false);
            return new MechanismSource(
                    compiled.errors(), compiled.sweeps(), layout, 0, null, new long[0]);
        } catch (FramesNeededException e) {
            return null;
        }
    }

    /** Expected hits per shot. */
    public double meanHits() {
        return meanHits;
    }

    /**
     * Roughly what a shot costs on a processor of 2025: hits, dearer where the tables are large,
     * and passing over its row.
     */
    public double meanNanos() {
        int largest = 0;
        for (Stretch stretch : stretches) {
            largest = Math.max(largest, stretch.errors());
        }
        double nanos =
                (NANOS_PER_HIT + NANOS_PER_HIT_AND_ERROR * largest) * meanHits
                        + NANOS_PER_BIT * layout.bits();
        return sums == null
                ? nanos
                : nanos
                        + NANOS_PER_SUM
                        + NANOS_PER_SUMMED_HIT * meanHits
                        + NANOS_PER_SUMMED_BIT * layout.bits();
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
        private final @Nullable RandomTable coins = random == null ? null : random.copy();
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
            hit(seed, block, batch, progress);
            if (swept != null) {
                sweeps.addTo(batch, swept);
            }
            if (sums != null) {
                for (int shot = 0; shot < shots; shot++) {
                    sums.sum(batch.words(), shot * batch.stride());
                }
            }
        }

        /** Fills a batch with what errors and chance flip. */
        private void hit(long seed, long block, ShotBatch batch, Progress progress) {
            source.restart(seed, STREAM, block);
            long[] rows = batch.words();
            int stride = batch.stride();
            if (sums == null) {
                Arrays.fill(rows, 0);
            } else {
                for (int shot = 0; shot < shots; shot++) {
                    System.arraycopy(start, 0, rows, shot * stride, start.length);
                }
            }
            if (coins != null) {
                coins.scatter(rows, stride, shots, source);
            }
            for (int k = 0; k < laws.length; k++) {
                Stretch stretch = stretches.get(k);
                PoissonTable table = stretch.independent();
                for (Errors.Run run : stretch.runs()) {
                    progress.checkCancelled();
                    int base = run.base();
                    int error = firstError < 0 ? -1 : firstError + run.firstError();
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
