package org.jaket.stabilizer.loss;

import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FrameSource;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jaket.stabilizer.tableau.ShotRunner;
import org.jaket.stabilizer.tableau.StabilizerState;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * Samples circuits whose qubits may be lost, exactly.
 *
 * <p>The gates that a lost qubit leaves out make a shot another circuit, so it is no Pauli frame on
 * the reference. Losses do not depend on anything else: {@link FirstLoss} draws for each shot when
 * it first loses a qubit. Shots that lose none are those of the circuit without losses, in bulk by
 * frames. The others are followed one by one on a tableau, with the first loss where it was drawn
 * and the later ones drawn on the way.
 *
 * <p>The cost of a shot is that of a frame plus, with the probability that it loses a qubit, that
 * of a tableau shot, which is thousands of times more.
 */
public final class LossSource implements BatchSource {
    /** The stream of a seed that first losses are drawn from. */
    private static final long LOSS_STREAM = 5;

    /** The stream of a seed that shots with losses draw from. */
    private static final long SHOT_STREAM = 6;

    private final FrameSource frames;
    private final List<Step> steps;
    private final int qubits;
    private final boolean wantsDetectors;
    private final long[] expected;
    private final FirstLoss firstLoss;

    private LossSource(
            FrameSource frames,
            List<Step> steps,
            int qubits,
            boolean wantsDetectors,
            long[] expected) {
        this.frames = frames;
        this.steps = steps;
        this.qubits = qubits;
        this.wantsDetectors = wantsDetectors;
        this.expected = expected;
        this.firstLoss = FirstLoss.of(steps);
    }

    /**
     * Samples measurements.
     *
     * @param frames what samples shots without losses
     * @param steps without branches, while loops and assignments
     */
    public static LossSource measurements(FrameSource frames, List<Step> steps, int qubits) {
        return new LossSource(frames, steps, qubits, false, new long[0]);
    }

    /**
     * Samples detectors and observables.
     *
     * @param frames what samples shots without losses
     * @param steps without branches, while loops and assignments
     * @param reference noiseless results, packed
     * @throws UnsupportedCircuitException if observables have Pauli terms
     */
    public static LossSource detectors(
            FrameSource frames, List<Step> steps, int qubits, long[] reference) {
        requireRecords(steps);
        long[] expected = new long[(frames.layout().bits() + 63) >> 6];
        RecordParities.add(
                steps,
                frames.layout().detectors(),
                at -> (reference[(int) (at >> 6)] >>> at & 1) != 0,
                expected);
        return new LossSource(frames, steps, qubits, true, expected);
    }

    private static void requireRecords(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Observable o
                        when o.paulis().xs().length > 0 || o.paulis().zs().length > 0 ->
                        throw new UnsupportedCircuitException(
                                "OBSERVABLE_INCLUDE(%d) has Pauli targets, which have no value where qubits may be lost. Maybe measure them?"
                                        .formatted(o.index()));
                case Step.Loop l -> requireRecords(l.body());
                default -> {}
            }
        }
    }

    @Override
    public RecordLayout layout() {
        return frames.layout();
    }

    @Override
    public int bits() {
        return frames.bits();
    }

    @Override
    public int batchShots(long shots) {
        return frames.batchShots(shots);
    }

    @Override
    public Worker worker(int batchShots) {
        return new LossWorker(frames.worker(batchShots));
    }

    private final class LossWorker implements Worker {
        private final Worker whole;
        private final BitSource when = BitSource.of(Kernels.chosen(), 0, 0, 0);
        private final BitSource random = BitSource.of(Kernels.chosen(), 0, 0, 0);
        private final ClassicalMemory memory = new ClassicalMemory(0);
        private final long[] row = new long[Math.max(1, (bits() + 63) >> 6)];

        LossWorker(Worker whole) {
            this.whole = whole;
        }

        @Override
        public void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch sweeps,
                Progress progress) {
            whole.fill(seed, block, batch, sweeps, progress);
            when.restart(seed, LOSS_STREAM, block);
            for (int shot = 0; shot < batch.shots(); shot++) {
                long first = firstLoss.draw(when);
                if (first != FirstLoss.NONE) {
                    progress.checkCancelled();
                    random.restart(seed, SHOT_STREAM, batch.firstShot() + shot);
                    memory.clear();
                    StabilizerState state = new StabilizerState(qubits);
                    ShotRunner runner = new ShotRunner(state, memory, random, progress, first);
                    if (sweeps != null) {
                        int row = shot;
                        runner.sweeps(bit -> sweeps.get(row, bit));
                    }
                    runner.run(steps);
                    store(batch, shot);
                }
            }
        }

        private void store(ShotBatch batch, int shot) {
            Arrays.fill(row, 0);
            if (wantsDetectors) {
                System.arraycopy(expected, 0, row, 0, expected.length);
                RecordParities.add(steps, layout().detectors(), memory::recordedAt, row);
            } else {
                for (int k = 0; k < layout().bits(); k++) {
                    row[k >> 6] |= memory.recordedAt(k) ? 1L << k : 0;
                }
            }
            int words = (bits() + 63) >> 6;
            System.arraycopy(row, 0, batch.words(), shot * batch.stride(), words);
        }
    }
}
