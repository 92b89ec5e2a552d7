package org.jaket.stabilizer.feedforward;

import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.frames.FlipFrames;
import org.jaket.stabilizer.frames.ShotRows;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Runs batches of shots through the stages, asking for decisions in between. */
final class StagedSource implements BatchSource {
    /** The stream of a seed that stages draw from. */
    private static final long STREAM = 5;

    private static final int MOST_SHOTS = 4096;
    private static final int LEAST_SHOTS = 512;

    /** Bytes of the rows of a batch above which it has fewer shots. */
    private static final long GOOD_BYTES = 32 << 20;

    private final StagedCircuit circuit;
    private final boolean givesRecords;
    private final Supplier<? extends Decision> decisions;

    StagedSource(
            StagedCircuit circuit, boolean givesRecords, Supplier<? extends Decision> decisions) {
        this.circuit = circuit;
        this.givesRecords = givesRecords;
        this.decisions = decisions;
        long least = rows() * (LEAST_SHOTS / 8);
        long heap = Runtime.getRuntime().maxMemory();
        if (least > heap / 2) {
            throw new UnsupportedCircuitException(
                    "Stages with %d results and detectors take %d MiB; the heap has at most %d MiB. Maybe give it more with -Xmx?"
                            .formatted(
                                    circuit.records().bits() + (long) circuit.events().bits(),
                                    least >> 20,
                                    heap >> 20));
        }
    }

    private long rows() {
        return 2L * circuit.qubits() + circuit.records().bits() + circuit.events().bits();
    }

    @Override
    public RecordLayout layout() {
        return givesRecords ? circuit.records() : circuit.events();
    }

    @Override
    public int batchShots(long shots) {
        int size = MOST_SHOTS;
        while (size > LEAST_SHOTS && (size / 2 >= shots || rows() * (size / 8) > GOOD_BYTES)) {
            size /= 2;
        }
        return (int) Math.min(size, shots);
    }

    @Override
    public Worker worker(int batchShots) {
        return new StagedWorker(decisions.get());
    }

    private final class StagedWorker implements Worker {
        private final Decision decision;
        private final BitSource random = BitSource.of(Kernels.chosen(), 0, STREAM, 0);

        StagedWorker(Decision decision) {
            this.decision = decision;
        }

        @Override
        public void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch sweeps,
                Progress progress) {
            if (sweeps != null) {
                throw new UnsupportedCircuitException("The sweep bits of stages are decided.");
            }
            random.restart(seed, STREAM, block);
            FlipFrames frames = new FlipFrames(batch.shots(), true, random);
            frames.ensure(circuit.qubits());
            StageOutcome outcome =
                    new StageOutcome(
                            batch.firstShot(),
                            batch.shots(),
                            frames.results(),
                            frames.detectors(),
                            circuit.reference());
            int last = circuit.steps().size() - 1;
            for (int stage = 0; stage <= last; stage++) {
                progress.checkCancelled();
                frames.run(circuit.steps().get(stage));
                outcome.end();
                if (stage < last) {
                    ShotBatch decided =
                            new ShotBatch(circuit.sweepBits().get(stage + 1), batch.shots());
                    decided.setShots(batch.firstShot(), batch.shots());
                    decision.decide(outcome, decided);
                    frames.sweeps(ShotRows.of(decided, frames.words()));
                }
            }
            store(givesRecords ? outcome.results() : outcome.batch(events(frames)), batch);
        }

        /** Detectors, then observables, those that come to nothing included. */
        private List<long[]> events(FlipFrames frames) {
            List<long[]> rows = new ArrayList<>(frames.detectors());
            rows.addAll(frames.observables());
            while (rows.size() < circuit.events().bits()) {
                rows.add(new long[frames.words()]);
            }
            return rows;
        }

        private static void store(ShotBatch from, ShotBatch to) {
            int used = from.shots() * from.stride();
            System.arraycopy(from.words(), 0, to.words(), 0, used);
            Arrays.fill(to.words(), used, to.words().length, 0);
        }
    }
}
