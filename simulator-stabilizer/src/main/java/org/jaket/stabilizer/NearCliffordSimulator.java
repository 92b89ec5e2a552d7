package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.execution.BitLayout;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.nearclifford.NearCliffordSource;
import org.jaket.stabilizer.sampling.BatchRunner;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Runs Clifford circuits with Pauli noise in which some gates are not Clifford, exactly: T, Pauli
 * rotations by any angle, one-qubit gates, controlled and diagonal gates.
 *
 * <p>The cost of a shot goes with 2^k for the k virtual qubits that are active, not with the number
 * of qubits: a rotation that is not Clifford makes at most one more active, a measurement makes one
 * fewer. How k goes is known before the first shot. At most 2^30 amplitudes are held, and no more
 * than the heap has room for.
 *
 * <p>Pauli feedback on results is followed; branches and loops on results are not. Loops are
 * unrolled, up to 2^24 steps.
 */
public final class NearCliffordSimulator implements Simulator {
    /** Creates the simulator; it has no state. */
    public NearCliffordSimulator() {}

    @Override
    public String name() {
        return "nearclifford";
    }

    /**
     * Says why a circuit cannot be run, which costs as much as compiling it.
     *
     * @return the reason, or null if it can
     */
    @Override
    public @Nullable String refusal(Circuit circuit) {
        try {
            compile(circuit, Progress.NONE);
            return null;
        } catch (UnsupportedCircuitException e) {
            return e.getMessage();
        }
    }

    private static NearCliffordSource compile(Circuit circuit, Progress progress) {
        return NearCliffordSource.measurements(circuit.requireBound(), progress);
    }

    /**
     * What runs of a circuit cost.
     *
     * @param activeQubits the largest number k of virtual qubits that are active at once: the state
     *     has 2^k amplitudes
     * @param once about how many numbers are touched once, whatever the number of shots
     * @param perShot about how many numbers each shot touches
     */
    public record Forecast(int activeQubits, double once, double perShot) {
        /** About how many numbers a run of so many shots touches. */
        public double work(long shots) {
            return once + perShot * shots;
        }
    }

    /**
     * Says what runs of a circuit cost; costs as much as compiling it.
     *
     * @throws UnsupportedCircuitException if the circuit cannot be run
     */
    public Forecast forecast(Circuit circuit) {
        NearCliffordSource source = compile(circuit, Progress.NONE);
        return new Forecast(source.mostActive(), source.workOnce(), source.workPerShot());
    }

    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        BitLayout layout = BitLayout.of(circuit.requireBound());
        long[] words = StabilizerSimulator.room(layout, options.shots());
        NearCliffordSource source = compile(circuit, options.progress());
        int[] columns = columns(circuit, source);
        try {
            BatchRunner.run(
                    source,
                    options,
                    batch -> StabilizerSimulator.store(batch, columns, layout.words(), words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Shots(layout, options.seed(), (int) options.shots(), words);
    }

    /**
     * The exact distribution of the results, noise included, by following every way a shot can go.
     * Costs a run of the circuit for each of the at most 2^20 ways; what is less probable than
     * 1e-18 is left out and counted in the distribution's {@code lost}.
     *
     * @throws UnsupportedCircuitException if the circuit cannot be run, or there are more ways
     * @throws CircuitException if parameters are open
     */
    public Distribution probabilities(Circuit circuit) {
        BitLayout layout = BitLayout.of(circuit.requireBound());
        NearCliffordSource source = compile(circuit, Progress.NONE);
        return source.distribution(layout, columns(circuit, source), Progress.NONE);
    }

    /** The record position of each result bit, -1 for those that stay zero. */
    private static int[] columns(Circuit circuit, NearCliffordSource source) {
        if (circuit.classicalRegisters().isEmpty()) {
            int[] all = new int[source.layout().bits()];
            for (int k = 0; k < all.length; k++) {
                all[k] = k;
            }
            return all;
        }
        int[] results = source.bitResults();
        int width = circuit.resultRegisters().stream().mapToInt(ClassicalRegister::size).sum();
        int[] columns = new int[width];
        int bit = 0;
        for (ClassicalRegister register : circuit.resultRegisters()) {
            for (int k = 0; k < register.size(); k++) {
                columns[bit++] = results[register.first() + k];
            }
        }
        return columns;
    }
}
