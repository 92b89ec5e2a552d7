package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.Circuit;
import org.jaket.execution.BitLayout;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Samples measurements, or detectors and observables, of a near-Clifford circuit shot by shot. */
public final class NearCliffordSource implements BatchSource {
    /** The stream of a seed that shots draw from. */
    private static final long STREAM = 4;

    private static final int MAX_BATCH_SHOTS = 1024;

    /** About how many numbers a batch may touch, so that batches come at least every second. */
    private static final double BATCH_WORK = 1e8;

    /** The most bits of a batch. */
    private static final long BATCH_BITS = 1L << 27;

    private final Program program;
    private final int[] bitResults;
    private final RecordLayout layout;
    private final @Nullable ReferenceParities reference;
    private final ShotMachine start;

    private NearCliffordSource(
            Compiler.Compiled compiled,
            RecordLayout layout,
            @Nullable ReferenceParities reference,
            Progress progress) {
        this.program = compiled.program();
        this.bitResults = compiled.bitResults();
        this.layout = layout;
        this.reference = reference;
        this.start = new ShotMachine(program);
        BitSource source = BitSource.of(Kernels.chosen(), 0, STREAM, 0);
        Chance none = new ErrorFreeChance(new RandomChance(source));
        start.run(0, program.prefix(), none, progress);
    }

    /** Whether a circuit has a gate that is not Clifford. */
    public static boolean isNeededFor(Circuit circuit) {
        return MoveLowering.hasRotations(circuit);
    }

    /**
     * Samples measurement records.
     *
     * @throws UnsupportedCircuitException if the circuit branches on results, is too long when
     *     unrolled, or needs too many amplitudes
     */
    public static NearCliffordSource measurements(Circuit circuit, Progress progress) {
        Compiler.Compiled compiled = Compiler.compile(circuit, progress);
        RecordLayout layout = RecordLayout.ofMeasurements(compiled.program().results());
        return new NearCliffordSource(compiled, layout, null, progress);
    }

    /**
     * Samples detectors and observables: which of them differ from their parity without errors, or
     * from the more frequent one where that is random.
     *
     * @throws UnsupportedCircuitException as {@link #measurements}; also if an observable has Pauli
     *     targets
     * @throws IllegalArgumentException if a detector looks back past the first measurement
     */
    public static NearCliffordSource detectors(Circuit circuit, Progress progress) {
        Compiler.Compiled compiled = Compiler.compile(circuit, progress);
        Program program = compiled.program();
        RecordLayout layout =
                RecordLayout.ofDetectors(program.detectors().length, program.observables().length);
        return new NearCliffordSource(
                compiled, layout, ReferenceParities.of(program, progress), progress);
    }

    /** The largest number of virtual qubits that are active at once: there are 2^k amplitudes. */
    public int mostActive() {
        return program.mostActive();
    }

    /** Roughly how many numbers are touched once for all shots. */
    public double workOnce() {
        return program.prefixWork();
    }

    /** Roughly how many numbers a shot touches, if no error comes before the first coin. */
    public double workPerShot() {
        return program.work() - program.prefixWork();
    }

    /** How many detectors and observables are random without errors, as far as was seen. */
    public int randomDetectors() {
        return reference == null ? 0 : reference.random();
    }

    /** The result that each classical bit of the circuit holds at the end, or -1. */
    public int[] bitResults() {
        return bitResults.clone();
    }

    /**
     * The exact distribution of the results.
     *
     * @param shown what the bits of a result are called
     * @param columns the position in the record of each bit, -1 for bits that stay zero
     * @throws UnsupportedCircuitException if shots can go too many ways
     */
    public Distribution distribution(BitLayout shown, int[] columns, Progress progress) {
        EnumeratedChance chance = new EnumeratedChance();
        ShotMachine machine = new ShotMachine(program);
        Map<String, Double> probabilities = new HashMap<>();
        long[] words = new long[Math.max(1, shown.words())];
        double sum = 0;
        while (chance.next()) {
            progress.checkCancelled();
            machine.clear();
            machine.run(0, program.code().length, chance, progress);
            Arrays.fill(words, 0);
            for (int k = 0; k < columns.length; k++) {
                int c = columns[k];
                if (c >= 0 && (machine.record()[c >>> 6] >>> c & 1) != 0) {
                    words[k >>> 6] |= 1L << k;
                }
            }
            probabilities.merge(shown.format(words, 0), chance.probability(), Double::sum);
            sum += chance.probability();
        }
        return new Distribution(probabilities, Math.max(0, 1 - sum));
    }

    @Override
    public RecordLayout layout() {
        return layout;
    }

    @Override
    public int batchShots(long shots) {
        long byWork = (long) (BATCH_WORK / Math.max(1, program.work()));
        long byBits = BATCH_BITS / Math.max(64, layout.bits());
        long most = Math.min(Math.min(byWork, byBits), Math.min(shots, MAX_BATCH_SHOTS));
        return (int) Math.max(1, most);
    }

    /** As many as have room for their amplitudes beside those that shots start with. */
    @Override
    public int maxThreads() {
        long copies = ActiveQubits.room() / ActiveQubits.bytes(program.mostActive()) - 1;
        return Math.clamp(copies, 1, Integer.MAX_VALUE);
    }

    @Override
    public Worker worker(int batchShots) {
        return new NearCliffordWorker();
    }

    private final class NearCliffordWorker implements Worker {
        private final ShotMachine machine = new ShotMachine(program);
        private final BitSource random = BitSource.of(Kernels.chosen(), 0, STREAM, 0);
        private final RandomChance chance = new RandomChance(random);

        @Override
        public void fill(long seed, long block, ShotBatch batch, Progress progress) {
            random.restart(seed, STREAM, block);
            chance.restart();
            for (int shot = 0; shot < batch.shots(); shot++) {
                if ((shot & 15) == 0) {
                    progress.checkCancelled();
                }
                chance.begin();
                if (chance.skip(program.prefixHazard())) {
                    machine.set(start);
                    machine.run(program.prefix(), program.code().length, chance, progress);
                } else {
                    machine.clear();
                    machine.run(0, program.code().length, chance, progress);
                }
                int row = shot * batch.stride();
                Arrays.fill(batch.words(), row, row + batch.stride(), 0);
                if (reference == null) {
                    System.arraycopy(
                            machine.record(), 0, batch.words(), row, machine.record().length);
                } else {
                    detections(batch.words(), row, reference.parities());
                }
            }
        }

        private void detections(long[] words, int row, boolean[] expected) {
            for (int k = 0; k < expected.length; k++) {
                if (ReferenceParities.parity(program, machine.record(), k) != expected[k]) {
                    words[row + (k >>> 6)] |= 1L << k;
                }
            }
        }
    }
}
