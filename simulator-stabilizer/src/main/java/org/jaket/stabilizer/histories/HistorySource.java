package org.jaket.stabilizer.histories;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.clifford.Unfolding;
import org.jaket.stabilizer.frames.FlipFrames;
import org.jaket.stabilizer.frames.FrameSource;
import org.jaket.stabilizer.frames.ShotRows;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jaket.stabilizer.tableau.ReferenceSample;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples circuits whose course depends on results. The part before the first condition is
 * simulated once; from there on, shots with the same history share a reference state, and a Pauli
 * frame for each shot says how it differs. With few histories a shot costs as much as frames do;
 * with as many histories as shots, as much as a tableau of its own.
 */
public final class HistorySource implements BatchSource {
    /** The stream of a seed that histories draw from. */
    private static final long STREAM = 4;

    private static final int BATCH_SHOTS = 512;

    /** Results of a circuit from which on shots are run one by one, for memory's sake. */
    private static final long MOST_RESULTS = 1 << 22;

    private final Circuit circuit;
    private final List<Step> steps;
    private final List<Step> prefix;
    private final List<Step> rest;
    private final ReferenceSample.Prefix reference;
    private final boolean givesRegisters;

    /** Whether qubits leave or return, which shots with a common history do not share. */
    private final boolean qubitsMove;

    private final RecordLayout layout;

    private HistorySource(
            Circuit circuit, List<Step> steps, boolean givesRegisters, Progress progress) {
        Unfolding.requireFeasible(steps, "Maybe repeat less often?");
        this.circuit = circuit;
        this.steps = withoutDetectors(steps);
        this.givesRegisters = givesRegisters;
        this.qubitsMove = Features.firstMove(steps) != null;
        int start = 0;
        while (start < this.steps.size()
                && !Features.needsSingleShots(this.steps.subList(start, start + 1))) {
            start++;
        }
        this.prefix = this.steps.subList(0, start);
        this.rest = this.steps.subList(start, this.steps.size());
        int bits;
        if (givesRegisters) {
            bits = circuit.resultRegisters().stream().mapToInt(ClassicalRegister::size).sum();
        } else {
            // Asked first: a record that is too long to hold is refused.
            FrameSource.rowWords(circuit.results());
            bits = (int) circuit.results();
        }
        this.layout = RecordLayout.ofMeasurements(bits);
        this.reference = ReferenceSample.prefix(prefix, circuit.qubits(), progress);
    }

    /**
     * Samples the measurement record.
     *
     * @throws UnsupportedCircuitException if branches measure, so that the record has no fixed
     *     length
     */
    public static HistorySource record(Circuit circuit, List<Step> steps, Progress progress) {
        if (Features.recordsUnevenly(steps)) {
            throw new UnsupportedCircuitException(
                    "How many results a shot records depends on results. Maybe give the measurements classical bits?");
        }
        return new HistorySource(circuit, steps, false, progress);
    }

    /** Samples the circuit's result registers. */
    public static HistorySource registers(Circuit circuit, List<Step> steps, Progress progress) {
        return new HistorySource(circuit, steps, true, progress);
    }

    private static List<Step> withoutDetectors(List<Step> steps) {
        List<Step> kept = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Detector d -> {}
                case Step.Observable o -> {}
                case Step.Loop l -> kept.add(l.withBody(withoutDetectors(l.body())));
                default -> kept.add(step);
            }
        }
        return List.copyOf(kept);
    }

    @Override
    public RecordLayout layout() {
        return layout;
    }

    @Override
    public int batchShots(long shots) {
        return circuit.results() > MOST_RESULTS ? 1 : (int) Math.min(BATCH_SHOTS, shots);
    }

    @Override
    public Worker worker(int batchShots) {
        return new HistoryWorker();
    }

    private final class HistoryWorker implements Worker {
        private final BitSource random = BitSource.of(Kernels.chosen(), 0, 0, 0);

        @Override
        public void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch sweeps,
                Progress progress) {
            random.restart(seed, STREAM, block);
            Arrays.fill(batch.words(), 0);
            HistoryRunner runner =
                    new HistoryRunner(random, progress, sweeps, new BatchSink(batch));
            if (batch.shots() == 1 || qubitsMove) {
                for (int shot = 0; shot < batch.shots(); shot++) {
                    runner.runAlone(steps, circuit.qubits(), circuit.bits(), shot);
                }
                return;
            }
            FlipFrames frames = new FlipFrames(batch.shots(), true, random);
            if (sweeps != null) {
                frames.sweeps(ShotRows.of(sweeps, frames.words()));
            }
            frames.ensure(circuit.qubits());
            frames.run(prefix);
            runner.run(start(frames, batch.shots()));
        }
    }

    /** All shots behind the prefix, results and bits being what they are. */
    private History start(FlipFrames frames, int shots) {
        List<long[]> rows = frames.results();
        long[] expected = reference.results();
        for (int k = 0; k < rows.size(); k++) {
            if ((expected[k >> 6] >>> k & 1) != 0) {
                long[] row = rows.get(k);
                for (int w = 0; w < row.length; w++) {
                    row[w] = ~row[w];
                }
            }
        }
        Values values = new Values(circuit.bits(), rows, frames.words());
        long[] last = Features.lastResults(prefix, circuit.bits());
        for (int bit = 0; bit < last.length; bit++) {
            if (last[bit] >= 0) {
                values.set(bit, rows.get((int) last[bit]));
            }
        }
        long[] mask = ShotRows.first(shots, frames.words());
        return new History(reference.state().copy(), frames, values, mask, Cursor.of(rest, null));
    }

    /** Writes results or registers to a batch. */
    private final class BatchSink implements HistoryRunner.Sink {
        private final ShotBatch batch;

        BatchSink(ShotBatch batch) {
            this.batch = batch;
        }

        @Override
        public void accept(int shot, ClassicalMemory values) {
            if (!givesRegisters) {
                for (int k = 0; k < layout.bits(); k++) {
                    batch.set(shot, k, values.recordedAt(k));
                }
                return;
            }
            int bit = 0;
            for (ClassicalRegister register : circuit.resultRegisters()) {
                for (int k = 0; k < register.size(); k++) {
                    batch.set(shot, bit++, values.bit(register.first() + k));
                }
            }
        }

        @Override
        public void accept(History history) {
            List<long[]> rows = history.frames().results();
            if (givesRegisters) {
                rows = new ArrayList<>();
                for (ClassicalRegister register : circuit.resultRegisters()) {
                    for (int k = 0; k < register.size(); k++) {
                        rows.add(history.values().bit(register.first() + k));
                    }
                }
            }
            ShotRows.store(rows, history.mask(), batch);
        }
    }
}
