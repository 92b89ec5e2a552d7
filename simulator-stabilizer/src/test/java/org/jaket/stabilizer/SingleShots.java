package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
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
 * Samples shots one by one with a tableau each: nothing is shared that could go wrong. The bits of
 * a shot are those of the result registers, or the record where there are no registers.
 */
final class SingleShots implements BatchSource {
    /** The stream of a seed that single shots draw from. */
    private static final long STREAM = 2;

    private static final int BATCH_SHOTS = 64;

    private final Circuit circuit;
    private final List<Step> steps;
    private final RecordLayout layout;

    private SingleShots(Circuit circuit, List<Step> steps, int bits) {
        this.circuit = circuit;
        this.steps = steps;
        this.layout = RecordLayout.ofMeasurements(bits);
    }

    /**
     * Samples a circuit's results.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if it is not Clifford
     */
    static SingleShots of(Circuit circuit) {
        int bits;
        if (circuit.classicalRegisters().isEmpty()) {
            bits = Math.toIntExact(circuit.results());
        } else {
            bits = circuit.resultRegisters().stream().mapToInt(ClassicalRegister::size).sum();
        }
        return new SingleShots(circuit, Lowering.of(circuit), bits);
    }

    @Override
    public RecordLayout layout() {
        return layout;
    }

    @Override
    public int batchShots(long shots) {
        return (int) Math.min(BATCH_SHOTS, shots);
    }

    @Override
    public Worker worker(int batchShots) {
        return new OneByOne();
    }

    private final class OneByOne implements Worker {
        private final BitSource random = BitSource.of(Kernels.chosen(), 0, 0, 0);
        private final ClassicalMemory memory = new ClassicalMemory(circuit.bits());

        @Override
        public void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch sweeps,
                Progress progress) {
            for (int shot = 0; shot < batch.shots(); shot++) {
                progress.checkCancelled();
                random.restart(seed, STREAM, batch.firstShot() + shot);
                memory.clear();
                StabilizerState state = new StabilizerState(circuit.qubits());
                ShotRunner runner = new ShotRunner(state, memory, random, progress);
                int row = shot;
                if (sweeps != null) {
                    runner.sweeps(bit -> sweeps.get(row, bit));
                }
                runner.run(steps);
                int from = shot * batch.stride();
                Arrays.fill(batch.words(), from, from + batch.stride(), 0);
                copyResult(batch, shot);
            }
        }

        private void copyResult(ShotBatch batch, int shot) {
            if (circuit.classicalRegisters().isEmpty()) {
                if (memory.recorded() != layout.bits()) {
                    throw new CircuitException(
                            "A shot recorded %d results where the circuit promises %d. Maybe give measurements inside branches classical bits?"
                                    .formatted(memory.recorded(), layout.bits()));
                }
                for (int k = 0; k < layout.bits(); k++) {
                    batch.set(shot, k, memory.recordedAt(k));
                }
                return;
            }
            int bit = 0;
            for (ClassicalRegister register : circuit.resultRegisters()) {
                for (int k = 0; k < register.size(); k++) {
                    batch.set(shot, bit++, memory.bit(register.first() + k));
                }
            }
        }
    }
}
