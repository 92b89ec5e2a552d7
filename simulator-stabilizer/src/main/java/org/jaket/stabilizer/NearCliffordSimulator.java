package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.execution.BitLayout;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

/**
 * Runs Clifford circuits with Pauli noise in which some gates are not Clifford, exactly: T, Pauli
 * rotations by any angle, one-qubit gates, controlled and diagonal gates.
 *
 * <p>The cost of a shot goes with 2^k for the k virtual qubits that are active, not with the number
 * of qubits: a rotation that is not Clifford makes at most one more active, a measurement makes one
 * fewer. How k goes is known before the first shot. At most 2^30 amplitudes are held, and no more
 * than the heap has room for.
 *
 * <p>Branches and loops on results are followed. Those of Paulis, and of phase gates and rotations
 * that need no more active qubits, cost nothing beyond their operations; behind others each history
 * of conditions that occurs is compiled on its own, into at most 2^14 segments, fewer where the
 * heap has no room for their frames. What a circuit with several histories costs, and whether it
 * can be run, is known from some shots only: a rare history may still be refused during a run.
 *
 * <p>Loops are unrolled, up to 2^24 steps: about 10 to 100 bytes for each target of an error or a
 * measurement. Sweep bits are zero here; {@link ShotSampler} takes them.
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

    /**
     * Compiles a circuit, to ask for its cost before it is run, or to run it more than once.
     *
     * @param progress asked whether to stop
     * @throws UnsupportedCircuitException if the circuit cannot be run
     * @throws CircuitException if parameters are open
     */
    public CompiledNearClifford compile(Circuit circuit, Progress progress) {
        return new CompiledNearClifford(circuit, progress);
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
     * @see #compile
     */
    public Forecast forecast(Circuit circuit) {
        return compile(circuit, Progress.NONE).forecast();
    }

    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        // Asked first: too many shots are refused before the circuit is compiled.
        StabilizerSimulator.requireRoom(BitLayout.of(circuit.requireBound()), options.shots());
        return compile(circuit, options.progress()).run(options);
    }

    /**
     * The exact distribution of the results, noise included, by following every way a shot can go.
     * Costs a run of the circuit for each of the at most 2^20 ways; what is less probable than
     * 1e-18 is left out and counted in the distribution's {@code lost}. Sweep bits are zero.
     *
     * @throws UnsupportedCircuitException if the circuit cannot be run, or there are more ways
     * @throws CircuitException if parameters are open
     */
    public Distribution probabilities(Circuit circuit) {
        return compile(circuit, Progress.NONE).probabilities(Progress.NONE);
    }
}
