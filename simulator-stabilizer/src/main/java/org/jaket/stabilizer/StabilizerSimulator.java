package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.BitLayout;
import org.jaket.execution.Estimate;
import org.jaket.execution.Estimator;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.tableau.Expectation;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Runs Clifford circuits with Pauli noise on thousands of qubits.
 *
 * <p>Circuits with at most Pauli feedback are sampled in bulk with Pauli frames; circuits with
 * branches, loops on results and classical arithmetic by histories: shots that take the same
 * branches are followed together.
 */
public final class StabilizerSimulator implements Simulator, Estimator {
    /** Creates the simulator; it has no state. */
    public StabilizerSimulator() {}

    @Override
    public String name() {
        return "stabilizer";
    }

    @Override
    public @Nullable String refusal(Circuit circuit) {
        try {
            Lowering.of(circuit.requireBound());
            return null;
        } catch (UnsupportedCircuitException e) {
            return e.getMessage();
        }
    }

    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        BitLayout layout = BitLayout.of(circuit.requireBound());
        long[] words = room(layout, options.shots());
        int[] columns = columns(circuit);
        ShotSampler sampler =
                Features.needsSingleShots(Lowering.of(circuit))
                        ? ShotSampler.registers(circuit, options.progress())
                        : ShotSampler.measurements(
                                circuit,
                                ShotSampler.Reference.FOLDED,
                                ShotSampler.Method.AUTOMATIC,
                                options.progress());
        int perShot = layout.words();
        try {
            sampler.sample(options, batch -> store(batch, columns, perShot, words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Shots(layout, options.seed(), (int) options.shots(), words);
    }

    /**
     * For circuits with registers that are sampled as records: the record position of each result
     * bit, -1 for those that stay zero. Empty when sampled bits are results as they are.
     */
    private static int[] columns(Circuit circuit) {
        List<Step> steps = Lowering.of(circuit);
        if (circuit.classicalRegisters().isEmpty() || Features.needsSingleShots(steps)) {
            return new int[0];
        }
        long[] last = Features.lastResults(steps, circuit.bits());
        int width = circuit.resultRegisters().stream().mapToInt(ClassicalRegister::size).sum();
        int[] columns = new int[width];
        int bit = 0;
        for (ClassicalRegister register : circuit.resultRegisters()) {
            for (int k = 0; k < register.size(); k++) {
                columns[bit++] = (int) last[register.first() + k];
            }
        }
        return columns;
    }

    /**
     * Words for all results of some shots.
     *
     * @throws CircuitException if they are too many for one array
     */
    static long[] room(BitLayout layout, long shots) {
        requireRoom(layout, shots);
        return new long[(int) shots * layout.words()];
    }

    /** Refuses more shots than an array holds. */
    static void requireRoom(BitLayout layout, long shots) {
        long size = shots * Math.max(1, layout.words());
        if (shots > Integer.MAX_VALUE - 8 || size > Integer.MAX_VALUE - 8) {
            throw new CircuitException(
                    "%d shots of %d bits are too many to hold in memory. Maybe stream them with ShotSampler?"
                            .formatted(shots, layout.width()));
        }
    }

    /** Copies the result bits of a batch; {@code columns} as given by the engine, empty for all. */
    static void store(ShotBatch batch, int[] columns, int perShot, long[] words) {
        for (int shot = 0; shot < batch.shots(); shot++) {
            int to = (int) (batch.firstShot() + shot) * perShot;
            if (columns.length == 0) {
                System.arraycopy(batch.words(), shot * batch.stride(), words, to, perShot);
                continue;
            }
            for (int k = 0; k < columns.length; k++) {
                if (columns[k] >= 0 && batch.get(shot, columns[k])) {
                    words[to + (k >> 6)] |= 1L << k;
                }
            }
        }
    }

    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        if (observable.qubits() != circuit.qubits()) {
            throw new IllegalArgumentException(
                    "An observable of %d qubits does not fit a circuit of %d."
                            .formatted(observable.qubits(), circuit.qubits()));
        }
        List<Step> steps = Lowering.of(circuit.requireBound());
        return new Estimate(Expectation.of(steps, circuit.qubits(), observable), 0);
    }
}
