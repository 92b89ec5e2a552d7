package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.ClassicalRegister;
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
import java.util.List;
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

    /** Shots without errors by which the cost of circuits with several histories is known. */
    private static final int EXPLORED = 64;

    private final Circuit circuit;
    private final Histories histories;
    private final Program first;
    private final RecordLayout layout;
    private final boolean givesRegisters;
    private final @Nullable Parities parities;
    private final @Nullable ReferenceParities reference;
    private final ShotMachine start;
    private final double boundOnActive;
    private double work;
    private int mostActive;

    private NearCliffordSource(
            Circuit circuit,
            List<Move> moves,
            boolean givesRegisters,
            boolean givesDetectors,
            Progress progress) {
        this.circuit = circuit;
        this.givesRegisters = givesRegisters;
        this.histories = Histories.of(circuit, moves, progress);
        this.first = histories.root().program();
        this.boundOnActive =
                histories.isOne()
                        ? first.mostActive()
                        : Math.min(
                                Math.min(circuit.qubits(), ActiveQubits.MAX),
                                Unrolling.rotations(moves));
        Parities parities = null;
        if (!Unrolling.recordsUnevenly(moves) && !Unrolling.detectsInBranches(moves)) {
            // Also where they are not asked for, so that wrong ones are refused.
            parities = Parities.of(moves, progress);
        }
        explore(progress);
        if (givesDetectors) {
            if (parities == null) {
                throw new UnsupportedCircuitException(
                        "Branches or loops that depend on results measure differently often, or have detectors, so that shots have no common detectors.");
            }
            this.layout =
                    RecordLayout.ofDetectors(
                            parities.detectors().length, parities.observables().length);
            this.parities = parities;
            this.reference = ReferenceParities.of(histories, parities, work, progress);
        } else {
            this.layout =
                    RecordLayout.ofMeasurements(
                            givesRegisters
                                    ? registerBits(circuit)
                                    : Math.toIntExact(circuit.results()));
            this.parities = null;
            this.reference = null;
        }
        this.start = new ShotMachine(histories);
        BitSource source = BitSource.of(Kernels.chosen(), 0, STREAM, 0);
        Chance none = new ErrorFreeChance(new RandomChance(source));
        start.run(0, first.prefix(), none, progress);
    }

    private static int registerBits(Circuit circuit) {
        return circuit.resultRegisters().stream().mapToInt(ClassicalRegister::size).sum();
    }

    /** Follows some shots without errors, to know what shots cost. */
    private void explore(Progress progress) {
        mostActive = first.mostActive();
        work = first.work();
        if (histories.isOne()) {
            return;
        }
        double[] sum = {0};
        ReferenceParities.run(
                histories,
                EXPLORED,
                machine -> {
                    sum[0] += machine.work();
                    mostActive = Math.max(mostActive, machine.segment().program().mostActive());
                },
                progress);
        work = sum[0] / EXPLORED;
    }

    /** Whether a circuit has a gate that is not Clifford. */
    public static boolean isNeededFor(Circuit circuit) {
        return MoveLowering.hasRotations(circuit);
    }

    /**
     * Samples measurement records; the result registers if branches measure differently often, so
     * that the record has no fixed length.
     *
     * @throws UnsupportedCircuitException if the record has no fixed length and there are no
     *     registers, the circuit is too long when unrolled, or needs too many amplitudes
     */
    public static NearCliffordSource measurements(Circuit circuit, Progress progress) {
        List<Move> moves = MoveLowering.of(circuit);
        boolean ofNoLength = Unrolling.recordsUnevenly(moves);
        if (ofNoLength && circuit.classicalRegisters().isEmpty()) {
            throw new UnsupportedCircuitException(
                    "How many results a shot records depends on results. Maybe give the measurements classical bits?");
        }
        return new NearCliffordSource(circuit, moves, ofNoLength, false, progress);
    }

    /**
     * Samples the result registers.
     *
     * @throws UnsupportedCircuitException if the circuit is too long when unrolled, or needs too
     *     many amplitudes
     */
    public static NearCliffordSource registers(Circuit circuit, Progress progress) {
        return new NearCliffordSource(circuit, MoveLowering.of(circuit), true, false, progress);
    }

    /**
     * Samples detectors and observables: which of them differ from their parity without errors, or
     * from the more frequent one where that is random.
     *
     * @throws UnsupportedCircuitException as {@link #registers}; also if an observable has Pauli
     *     targets, or branches measure or have detectors
     * @throws IllegalArgumentException if a detector looks back past the first measurement
     */
    public static NearCliffordSource detectors(Circuit circuit, Progress progress) {
        return new NearCliffordSource(circuit, MoveLowering.of(circuit), false, true, progress);
    }

    /**
     * The largest number of virtual qubits that are active at once: there are 2^k amplitudes. With
     * several histories that of the frequent ones.
     */
    public int mostActive() {
        return mostActive;
    }

    /** Roughly how many numbers are touched once for all shots. */
    public double workOnce() {
        return first.prefixWork();
    }

    /**
     * Roughly how many numbers a shot touches, if no error comes before the first coin; with
     * several histories the mean of some shots.
     */
    public double workPerShot() {
        return work - first.prefixWork();
    }

    /** How many detectors and observables are random without errors, as far as was seen. */
    public int randomDetectors() {
        return reference == null ? 0 : reference.random();
    }

    /**
     * The exact distribution of the results.
     *
     * @param shown what the bits of a result are called
     * @throws UnsupportedCircuitException if shots can go too many ways
     */
    public Distribution distribution(BitLayout shown, Progress progress) {
        EnumeratedChance chance = new EnumeratedChance();
        ShotMachine machine = new ShotMachine(histories);
        Map<String, Double> probabilities = new HashMap<>();
        long[] words = new long[Math.max(1, (layout.bits() + 63) >>> 6)];
        double sum = 0;
        while (chance.next()) {
            progress.checkCancelled();
            machine.clear();
            if (!machine.runToEnd(0, chance, progress)) {
                continue;
            }
            Arrays.fill(words, 0);
            results(machine, words, 0);
            probabilities.merge(shown.format(words, 0), chance.probability(), Double::sum);
            sum += chance.probability();
        }
        return new Distribution(probabilities, Math.max(0, 1 - sum));
    }

    /** Writes the results of a shot that is through to zeroed words. */
    private void results(ShotMachine machine, long[] words, int from) {
        if (!givesRegisters) {
            System.arraycopy(machine.record(), 0, words, from, (layout.bits() + 63) >>> 6);
            return;
        }
        int bit = 0;
        for (ClassicalRegister register : circuit.resultRegisters()) {
            for (int k = 0; k < register.size(); k++, bit++) {
                if (machine.bit(register.first() + k)) {
                    words[from + (bit >>> 6)] |= 1L << bit;
                }
            }
        }
    }

    @Override
    public RecordLayout layout() {
        return layout;
    }

    @Override
    public int batchShots(long shots) {
        long byWork = (long) (BATCH_WORK / Math.max(1, work));
        long byBits = BATCH_BITS / Math.max(64, layout.bits());
        long most = Math.min(Math.min(byWork, byBits), Math.min(shots, MAX_BATCH_SHOTS));
        return (int) Math.max(1, most);
    }

    /**
     * As many as have room for their amplitudes beside those that shots start with. With several
     * histories, for as many amplitudes as their rotations can make.
     */
    @Override
    public int maxThreads() {
        long copies = ActiveQubits.room() / ActiveQubits.bytes((int) boundOnActive) - 1;
        return Math.clamp(copies, 1, Integer.MAX_VALUE);
    }

    @Override
    public Worker worker(int batchShots) {
        return new NearCliffordWorker();
    }

    private final class NearCliffordWorker implements Worker {
        private final ShotMachine machine = new ShotMachine(histories);
        private final BitSource random = BitSource.of(Kernels.chosen(), 0, STREAM, 0);
        private final RandomChance chance = new RandomChance(random);

        @Override
        public void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch sweeps,
                Progress progress) {
            random.restart(seed, STREAM, block);
            chance.restart();
            for (int shot = 0; shot < batch.shots(); shot++) {
                if ((shot & 15) == 0) {
                    progress.checkCancelled();
                }
                chance.begin();
                machine.sweeps(sweeps, shot);
                if (startsAsUnswept(sweeps, shot) && chance.skip(first.prefixHazard())) {
                    machine.set(start);
                    machine.runToEnd(first.prefix(), chance, progress);
                } else {
                    machine.clear();
                    machine.runToEnd(0, chance, progress);
                }
                int row = shot * batch.stride();
                Arrays.fill(batch.words(), row, row + batch.stride(), 0);
                if (reference != null && parities != null) {
                    detections(batch.words(), row, parities, reference.values());
                } else {
                    results(machine, batch.words(), row);
                }
            }
        }

        /** Whether the start that shots share is right for a shot's sweep bits. */
        private boolean startsAsUnswept(@Nullable ShotBatch sweeps, int shot) {
            if (sweeps == null || !first.prefixSwept()) {
                return true;
            }
            int row = shot * sweeps.stride();
            for (int w = 0; w < sweeps.stride(); w++) {
                if (sweeps.words()[row + w] != 0) {
                    return false;
                }
            }
            return true;
        }

        private void detections(long[] words, int row, Parities sums, boolean[] expected) {
            for (int k = 0; k < expected.length; k++) {
                if (sums.parity(machine.record(), k) != expected[k]) {
                    words[row + (k >>> 6)] |= 1L << k;
                }
            }
        }
    }
}
