package org.jaket.statevector.sparse;

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
import org.jaket.execution.trajectory.Branches;
import org.jaket.execution.trajectory.Program;
import org.jaket.execution.trajectory.Trajectories;
import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * Simulates circuits of up to {@value #MAX_QUBITS} qubits by those amplitudes that are not zero:
 * every gate, mid-circuit measurement, reset, classical control, Pauli noise and Kraus channels (by
 * trajectories).
 *
 * <p>A gate costs time and memory in proportion to the amplitudes there are, and no qubit costs
 * anything by itself. How many there will be is known only by running; a run that needs more than
 * three quarters of the Java heap, or than the limit given, ends with an {@link
 * UnsupportedCircuitException} that says at which gate.
 *
 * <p>Immutable and safe for any number of threads. Results depend on the circuit and the seed, not
 * on the number of threads.
 */
public final class SparseSimulator implements Simulator, Estimator {
    /** Basis states are longs with the two highest bits clear. */
    public static final int MAX_QUBITS = 62;

    /** The largest channel, in qubits: its density matrix has 4^8 entries. */
    private static final int CHANNEL_QUBITS = 8;

    private final long limit;

    private SparseSimulator(long limit) {
        this.limit = limit;
    }

    /** A simulator that is limited by memory alone. */
    public static SparseSimulator create() {
        return new SparseSimulator(Long.MAX_VALUE);
    }

    /** A simulator that gives up at a state of more than {@code limit} amplitudes. */
    public static SparseSimulator limitedTo(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a state has at least one amplitude, not " + limit);
        }
        return new SparseSimulator(limit);
    }

    @Override
    public String name() {
        return "sparse";
    }

    /**
     * Looks at the number of qubits and at the channels; the number of amplitudes shows in a run.
     */
    @Override
    public @Nullable String refusal(Circuit circuit) {
        if (circuit.qubits() > MAX_QUBITS) {
            return "The circuit has "
                    + circuit.qubits()
                    + " qubits, and the sparse engine takes up to "
                    + MAX_QUBITS
                    + ". Maybe use the mps engine, or the stabilizer engine for Clifford gates.";
        }
        return Program.refusal(circuit, CHANNEL_QUBITS);
    }

    /**
     * A bound on how many amplitudes there can be, as a power of two: the targets of gates that may
     * branch, repeats unfolded, but no more than there are qubits. Cheap: gates are judged by their
     * own matrices, bodies of defined gates by those in them.
     */
    public static int growthBound(Circuit circuit) {
        return (int) Math.min(circuit.qubits(), Growth.of(circuit.body()));
    }

    private Program compile(Circuit circuit) {
        String refusal = refusal(circuit);
        if (refusal != null) {
            throw new UnsupportedCircuitException(refusal);
        }
        return Program.compile(circuit);
    }

    private Supplier<SparseAmplitudes> states(int parts) {
        ThreadLocal<HeapBudget> budgets = ThreadLocal.withInitial(() -> HeapBudget.share(parts));
        return () -> new SparseAmplitudes(budgets.get(), limit);
    }

    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        Program program = compile(circuit).withoutTail();
        int parts = Trajectories.parts(program, options);
        return Trajectories.sample(program, states(parts), options, null);
    }

    /**
     * The exact distribution of the circuit's results, mid-circuit measurements, resets, classical
     * control and noise included: every way it can go is followed.
     *
     * @throws UnsupportedCircuitException if there are more than 2^20 ways, or too many amplitudes
     */
    public Distribution probabilities(Circuit circuit) {
        return probabilities(circuit, Progress.NONE);
    }

    /** The same with a listener that may cancel. */
    public Distribution probabilities(Circuit circuit, Progress progress) {
        Program program = compile(circuit).withoutTail();
        return Branches.distribution(program, states(1).get(), progress);
    }

    /**
     * The state that a circuit without measurements, resets and noise prepares from all zeros.
     *
     * @throws UnsupportedCircuitException if the circuit leads to no single state, or there are too
     *     many amplitudes
     */
    public SparseState state(Circuit circuit) {
        return state(circuit, Progress.NONE);
    }

    /** The same with a listener that may cancel. */
    public SparseState state(Circuit circuit, Progress progress) {
        Program program = compile(circuit);
        if (!program.isDeterministic()) {
            throw new UnsupportedCircuitException(
                    "The circuit measures, resets or has noise, so it leads to no single state."
                            + " Maybe ask for shots, probabilities or expectation values.");
        }
        SparseState[] state = new SparseState[1];
        Branches.leaves(
                program,
                states(1).get(),
                progress,
                (s, p) -> state[0] = new SparseState(circuit.qubits(), s));
        return state[0];
    }

    /**
     * The exact expectation value in the state that the circuit prepares; for a circuit with
     * measurements, resets or noise, averaged over every way it can go.
     */
    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        double value = Branches.expectation(compile(circuit), states(1).get(), observable);
        return new Estimate(value, 0);
    }

    /**
     * An estimate of the expectation value from trajectories, for circuits that can go too many
     * ways to follow all: exact in each trajectory, averaged over {@code options.shots()} of them.
     */
    public Estimate expect(Circuit circuit, PauliSum observable, RunOptions options) {
        Program program = compile(circuit);
        int parts = Trajectories.parts(program, options);
        return Trajectories.expectation(program, states(parts), options, observable);
    }
}
