package org.jaket.automatic;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Estimate;
import org.jaket.execution.Estimator;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.mps.MpsSimulator;
import org.jaket.stabilizer.NearCliffordSimulator;
import org.jaket.stabilizer.StabilizerSimulator;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVectorSimulator;
import org.jaket.statevector.sparse.SparseSimulator;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Simulates a circuit by the method that costs least: tableaux for Clifford circuits, near-Clifford
 * frames, all amplitudes, those that are not zero, matrix product states or density matrices.
 *
 * <p>Answers are exact up to rounding. A matrix product state that would have to drop more than
 * rounding leaves is given up where its estimated fidelity falls below 1 - 1e-9, see {@link
 * org.jaket.mps.MpsOptions#exact}.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class AutomaticSimulator implements Simulator, Estimator {
    private final Precision precision;
    private final StateVectorSimulator stateVector;

    private AutomaticSimulator(Precision precision, StateVectorSimulator stateVector) {
        this.precision = precision;
        this.stateVector = stateVector;
    }

    /** A simulator in double precision. */
    public static AutomaticSimulator create() {
        return of(Precision.DOUBLE);
    }

    /** A simulator whose state vectors and density matrices have the given precision. */
    public static AutomaticSimulator of(Precision precision) {
        return new AutomaticSimulator(precision, StateVectorSimulator.of(precision));
    }

    /** The same for a process that runs one circuit, see {@link StateVectorSimulator#forOneRun}. */
    public AutomaticSimulator forOneRun() {
        return new AutomaticSimulator(precision, stateVector.forOneRun());
    }

    @Override
    public String name() {
        return "automatic";
    }

    /** What shows without a run; a run may find that no method has the memory. */
    @Override
    public @Nullable String refusal(Circuit circuit) {
        for (Simulator one :
                new Simulator[] {
                    new StabilizerSimulator(),
                    stateVector,
                    SparseSimulator.create(),
                    MpsSimulator.create(),
                    new NearCliffordSimulator()
                }) {
            if (one.refusal(circuit) == null) {
                return null;
            }
        }
        return stateVector.refusal(circuit);
    }

    /**
     * No choice: the method that was asked for, so that every method has one interface.
     *
     * @throws UnsupportedCircuitException if it does not take the circuit
     * @throws org.jaket.circuit.CircuitException if parameters are open
     */
    public Plan using(Method method, Circuit circuit, Progress progress) {
        circuit.requireBound();
        return new Plan(
                List.of(Candidates.only(method, circuit, stateVector, precision, progress)));
    }

    /**
     * Chooses for shots.
     *
     * @param shots how many will be asked for
     * @throws UnsupportedCircuitException if no method takes the circuit
     * @throws org.jaket.circuit.CircuitException if parameters are open
     */
    public Plan forShots(Circuit circuit, long shots, Progress progress) {
        circuit.requireBound();
        return new Plan(Candidates.forShots(circuit, shots, stateVector, precision, progress));
    }

    /**
     * Chooses for exact distributions and expectation values.
     *
     * @throws UnsupportedCircuitException if no method takes the circuit
     * @throws org.jaket.circuit.CircuitException if parameters are open
     */
    public Plan forExactness(Circuit circuit) {
        circuit.requireBound();
        return new Plan(Candidates.forExactness(circuit, stateVector, precision));
    }

    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        return sample(circuit, options).value();
    }

    /** Runs the circuit and tells how. */
    public Answer<Shots> sample(Circuit circuit, RunOptions options) {
        return forShots(circuit, options.shots(), options.progress()).run(options);
    }

    /** The exact distribution of the circuit's results, and how it was found. */
    public Answer<Distribution> probabilities(Circuit circuit) {
        int threads = Runtime.getRuntime().availableProcessors();
        return forExactness(circuit).probabilities(threads, Progress.NONE);
    }

    /** The exact expectation value, averaged over every way that the circuit can go. */
    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        return forExactness(circuit).expectation(observable).value();
    }
}
