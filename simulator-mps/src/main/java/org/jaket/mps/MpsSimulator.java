package org.jaket.mps;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Estimate;
import org.jaket.execution.Estimator;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.execution.trajectory.Branches;
import org.jaket.execution.trajectory.Program;
import org.jaket.execution.trajectory.Trajectories;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Simulates circuits as matrix product states: every gate, mid-circuit measurement, reset,
 * classical control, Pauli noise and Kraus channels (by trajectories). Cost grows with the cube of
 * the bond dimension, that is with entanglement along the chain of qubits, and not with their
 * number.
 *
 * <p>Immutable and safe for any number of threads. Results depend on the circuit, the options and
 * the seed, not on the number of threads.
 */
public final class MpsSimulator implements Simulator, Estimator {
    /** The largest matrix of a gate or channel, in qubits; controls do not count. */
    public static final int MAX_MATRIX_QUBITS = 6;

    private final MpsOptions options;

    private MpsSimulator(MpsOptions options) {
        this.options = options;
    }

    /** A simulator that loses nothing, or ends with an error. */
    public static MpsSimulator create() {
        return of(MpsOptions.exact());
    }

    /** A simulator that may truncate; {@link #sample} and {@link #state} report what was lost. */
    public static MpsSimulator of(MpsOptions options) {
        return new MpsSimulator(options);
    }

    @Override
    public String name() {
        return "mps";
    }

    /**
     * Looks at noise that moves qubits and at matrices on more than {@value #MAX_MATRIX_QUBITS}
     * qubits; how large bonds become shows in a run.
     */
    @Override
    public @Nullable String refusal(Circuit circuit) {
        GateOperation large = GateSizes.above(circuit.body(), MAX_MATRIX_QUBITS);
        if (large != null) {
            return large.describe()
                    + " has a matrix on more than "
                    + MAX_MATRIX_QUBITS
                    + " qubits, which the mps engine does not take. Maybe use the statevector"
                    + " engine, or write it as smaller gates.";
        }
        return Program.refusal(circuit, MAX_MATRIX_QUBITS);
    }

    private Program compile(Circuit circuit) {
        String refusal = refusal(circuit);
        if (refusal != null) {
            throw new UnsupportedCircuitException(refusal);
        }
        return Program.compile(circuit);
    }

    /** Makes states that collect what they lost. */
    private Supplier<ChainState> states(Program program, AtomicReference<Truncation> worst) {
        HeapBudget budget = HeapBudget.ofHeap();
        int qubits = program.circuit().qubits();
        return () ->
                new ChainState(
                        qubits, options, budget, t -> worst.accumulateAndGet(t, Truncation::worse));
    }

    private static AtomicReference<Truncation> nothingLost() {
        return new AtomicReference<>(new Truncation(0, 1, 1));
    }

    @Override
    public Shots run(Circuit circuit, RunOptions run) {
        return sample(circuit, run).shots();
    }

    /** Runs the circuit and tells what was lost. */
    public MpsResult sample(Circuit circuit, RunOptions run) {
        Program program = compile(circuit).withoutTail();
        AtomicReference<Truncation> worst = nothingLost();
        Shots shots = Trajectories.sample(program, states(program, worst), run, null);
        return new MpsResult(shots, worst.get());
    }

    /**
     * The distribution of the circuit's results, mid-circuit measurements, resets, classical
     * control and noise included: every way it can go is followed.
     *
     * @throws UnsupportedCircuitException if there are more than 2^20 ways
     */
    public Distribution probabilities(Circuit circuit) {
        return probabilities(circuit, Progress.NONE);
    }

    /** The same with a listener that may cancel. */
    public Distribution probabilities(Circuit circuit, Progress progress) {
        Program program = compile(circuit).withoutTail();
        return Branches.distribution(program, states(program, nothingLost()).get(), progress);
    }

    /**
     * The state that a circuit without measurements, resets and noise prepares from all zeros.
     *
     * @throws UnsupportedCircuitException if the circuit leads to no single state
     */
    public MatrixProductState state(Circuit circuit) {
        return state(circuit, Progress.NONE);
    }

    /** The same with a listener that may cancel. */
    public MatrixProductState state(Circuit circuit, Progress progress) {
        Program program = compile(circuit);
        if (!program.isDeterministic()) {
            throw new UnsupportedCircuitException(
                    "The circuit measures, resets or has noise, so it leads to no single state."
                            + " Maybe ask for shots, probabilities or expectation values.");
        }
        MatrixProductState[] state = new MatrixProductState[1];
        Branches.leaves(
                program,
                states(program, nothingLost()).get(),
                progress,
                (s, p) -> state[0] = new MatrixProductState(circuit.qubits(), s));
        return state[0];
    }

    /**
     * The expectation value in the state that the circuit prepares; for a circuit with
     * measurements, resets or noise, averaged over every way it can go.
     */
    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        Program program = compile(circuit);
        ChainState zero = states(program, nothingLost()).get();
        return new Estimate(Branches.expectation(program, zero, observable), 0);
    }

    /**
     * An estimate of the expectation value from trajectories, for circuits that can go too many
     * ways to follow all: exact in each trajectory, averaged over {@code run.shots()} of them.
     */
    public Estimate expect(Circuit circuit, PauliSum observable, RunOptions run) {
        Program program = compile(circuit);
        return Trajectories.expectation(program, states(program, nothingLost()), run, observable);
    }
}
