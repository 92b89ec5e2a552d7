package org.jaket.stabilizer;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.noise.Noise;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.tableau.ShotRunner;
import org.jaket.stabilizer.tableau.StabilizerState;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A stabiliser state to play with: gates, measurements, questions that no experiment could ask,
 * postselection, one step after the other.
 *
 * <pre>{@code
 * var state = new TableauSimulator(seed);
 * state.run(Circuit.stim("H 0\nCX 0 1"));
 * state.peek(PauliString.stim("XX"));     // 1: certain to be +1
 * state.peekZ(0);                         // 0: undecided
 * boolean result = state.measure(0);
 * state.measure(1);                       // the same
 * }</pre>
 *
 * <p>Qubits start in the zero state; using one beyond the last adds qubits. What is random is a
 * function of the seed and of the number of random operations so far, so equal programs have equal
 * results. An operation that is refused in the middle of a circuit leaves what was done before it.
 * Not safe for use by several threads.
 */
public final class TableauSimulator {
    private static final long STREAM = 0x51A7E;

    private final long seed;
    private final BitSource random;
    private StabilizerState state;
    private ClassicalMemory memory;
    private ShotRunner runner;
    private int qubits;
    private long calls;

    /** Starts without qubits. */
    public TableauSimulator(long seed) {
        this(0, seed);
    }

    /** Starts with qubits in the zero state. */
    public TableauSimulator(int qubits, long seed) {
        this(seed, new StabilizerState(qubits), new ClassicalMemory(0), qubits, 0);
    }

    private TableauSimulator(
            long seed, StabilizerState state, ClassicalMemory memory, int qubits, long calls) {
        this.seed = seed;
        this.random = BitSource.of(Kernels.chosen(), seed, STREAM, 0);
        this.state = state;
        this.memory = memory;
        this.qubits = qubits;
        this.calls = calls;
        this.runner = new ShotRunner(state, memory, random, Progress.NONE);
    }

    /** Returns an independent simulator that has the same future. */
    public TableauSimulator copy() {
        return copy(seed, calls);
    }

    /** Returns an independent simulator in the same state with a randomness of its own. */
    public TableauSimulator copy(long newSeed) {
        return copy(newSeed, 0);
    }

    private TableauSimulator copy(long newSeed, long newCalls) {
        return new TableauSimulator(newSeed, state.copy(), memory.copy(), qubits, newCalls);
    }

    /** Returns the number of qubits. */
    public int qubits() {
        return qubits;
    }

    /**
     * Adds qubits in the zero state, or takes the last ones away after measuring and resetting
     * them; the results are not recorded.
     */
    public void setQubits(int newQubits) {
        if (newQubits >= qubits) {
            ensure(newQubits);
            return;
        }
        int[] dropped = java.util.stream.IntStream.range(newQubits, qubits).toArray();
        run(List.of(new Step.Reset(Pauli.Z, dropped)));
        // The dropped qubits have their Z as stabilisers, so reduced generators of the others have
        // no letters on them.
        List<PauliString> kept =
                canonicalStabilizers().subList(0, newQubits).stream()
                        .map(s -> s.slice(0, newQubits).timesPhase(s.phase()))
                        .toList();
        setState(newQubits == 0 ? Tableau.identity(0) : Tableau.ofStabilizers(kept));
    }

    private void ensure(int needed) {
        if (needed > state.qubits()) {
            state.grow(Math.max(needed, Math.min(2 * state.qubits(), needed + 1024)));
        }
        qubits = Math.max(qubits, needed);
    }

    private void run(List<Step> steps) {
        random.restart(seed, STREAM, calls++);
        runner.restart();
        runner.run(steps);
    }

    /**
     * Runs a circuit. Results go to the end of the record, which feedback can see from the start.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if it is not a Clifford circuit with
     *     Pauli noise
     */
    public void run(Circuit circuit) {
        List<Step> steps = Lowering.of(circuit.requireBound());
        Features.requireQubitsStay(steps, "States that can be asked");
        ensure(circuit.qubits());
        if (circuit.bits() > memory.bits()) {
            ClassicalMemory larger = new ClassicalMemory(circuit.bits());
            for (long k = 0; k < memory.recorded(); k++) {
                larger.record(memory.recordedAt(k));
            }
            memory = larger;
            runner = new ShotRunner(state, memory, random, Progress.NONE);
        }
        run(steps);
    }

    /** Runs one operation, as {@link #run(Circuit)}. */
    public void run(Operation operation) {
        run(Circuit.of(Block.of(List.of(operation))));
    }

    /** Applies a gate to each group of targets. */
    public void apply(Gate gate, int... targets) {
        run(GateOperation.of(gate, targets));
    }

    /** Applies a Pauli string, letter k to qubit k. */
    public void apply(PauliString pauli) {
        ensure(pauli.qubits());
        for (int q : pauli.support()) {
            state.applyPauli(q, pauli.get(q));
        }
    }

    /**
     * Applies an operation to some of the qubits.
     *
     * @throws IllegalArgumentException if targets repeat or are of another number
     */
    public void apply(Tableau operation, int... targets) {
        for (int target : targets) {
            ensure(target + 1);
        }
        Tableau inverse = Tableau.owning(state.inverse().copy());
        setInverse(inverse.prepend(operation.inverse(), targets));
    }

    /** Applies Pauli noise to each target (pair); see {@link NoiseOperation}. */
    public void noise(Noise noise, List<Double> probabilities, int... targets) {
        run(new NoiseOperation(noise, probabilities, Targets.of(targets), ""));
    }

    /** Depolarises each qubit: one of X, Y, Z with probability p/3 each. */
    public void depolarize1(double p, int... qubits) {
        noise(Noise.DEPOLARIZE1, List.of(p), qubits);
    }

    /** Depolarises each pair of qubits: one of the 15 Pauli products with probability p/15 each. */
    public void depolarize2(double p, int... pairs) {
        noise(Noise.DEPOLARIZE2, List.of(p), pairs);
    }

    /** Resets qubits to the zero state. */
    public void reset(int... targets) {
        reset(Pauli.Z, targets);
    }

    /** Resets qubits to the +1 state of a Pauli. */
    public void reset(Pauli basis, int... targets) {
        run(new Reset(basis, Targets.of(targets), ""));
    }

    /** Measures Z of a qubit, and records and returns the result: true for -1. */
    public boolean measure(int qubit) {
        return measureMany(qubit)[0];
    }

    /** Measures Z of qubits one after the other, and records and returns the results. */
    public boolean[] measureMany(int... targets) {
        long before = memory.recorded();
        run(Measurement.of(MeasurementKind.M, targets));
        boolean[] results = new boolean[targets.length];
        for (int k = 0; k < results.length; k++) {
            results[k] = memory.recordedAt(before + k);
        }
        return results;
    }

    /**
     * Measures a Pauli string, and records and returns the result: true for -1.
     *
     * @throws IllegalArgumentException if its phase is i or -i
     */
    public boolean measure(PauliString observable) {
        return measure(observable, 0);
    }

    /**
     * Measures a Pauli string, records and returns a result that is wrong with a probability.
     *
     * @throws IllegalArgumentException if its phase is i or -i, or the probability is not from 0 to
     *     1
     */
    public boolean measure(PauliString observable, double flipProbability) {
        requireHermitian(observable);
        if (!(flipProbability >= 0 && flipProbability <= 1)) {
            throw new IllegalArgumentException(
                    "%s is not a probability.".formatted(flipProbability));
        }
        ensure(observable.qubits());
        run(List.of(new Step.MeasureProduct(flipProbability, product(observable), -1)));
        return memory.lookback(1);
    }

    private static void requireHermitian(PauliString observable) {
        if (!observable.isHermitian()) {
            throw new IllegalArgumentException(
                    "%s is not Hermitian, so it is no observable.".formatted(observable.toStim()));
        }
    }

    private static Step.Product product(PauliString pauli) {
        int[] support = pauli.support();
        return new Step.Product(
                Arrays.stream(support).filter(q -> pauli.get(q).hasX()).toArray(),
                Arrays.stream(support).filter(q -> pauli.get(q).hasZ()).toArray(),
                pauli.phase() == 2);
    }

    /**
     * What a measurement did.
     *
     * @param result true for -1
     * @param kickback a Pauli string that exchanges the states after either result, or null if the
     *     result was certain
     */
    public record Kickback(boolean result, @Nullable PauliString kickback) {}

    /**
     * Measures Z of a qubit, records the result, and tells how the states after either result
     * differ: by a stabiliser of the state before, which anticommutes with Z of the qubit.
     */
    public Kickback measureKickback(int qubit) {
        ensure(qubit + 1);
        PauliString z = state.inverse().get(2 * qubit + 1);
        PauliString kickback = null;
        for (int b = 0; b < qubits && kickback == null; b++) {
            if (z.get(b).hasX()) {
                PauliString generator = PauliString.single(state.qubits(), b, Pauli.Z);
                kickback = trimmed(state.inverse().inverseImage(generator)).abs();
            }
        }
        return new Kickback(measure(qubit), kickback);
    }

    private PauliString trimmed(PauliString string) {
        return string.slice(0, qubits).timesPhase(string.phase());
    }

    /** Returns 1 or -1 if X of a qubit is certain to be that, and 0 if it is undecided. */
    public int peekX(int qubit) {
        return peek(qubit, Pauli.X);
    }

    /** Returns 1 or -1 if Y of a qubit is certain to be that, and 0 if it is undecided. */
    public int peekY(int qubit) {
        return peek(qubit, Pauli.Y);
    }

    /** Returns 1 or -1 if Z of a qubit is certain to be that, and 0 if it is undecided. */
    public int peekZ(int qubit) {
        return peek(qubit, Pauli.Z);
    }

    private int peek(int qubit, Pauli letter) {
        ensure(qubit + 1);
        return state.expectation(PauliString.single(state.qubits(), qubit, letter));
    }

    /**
     * Returns the signed Pauli that a qubit is in the +1 state of, a string of one qubit; the
     * identity if it is entangled with others.
     */
    public PauliString peekBloch(int qubit) {
        for (Pauli letter : new Pauli[] {Pauli.X, Pauli.Y, Pauli.Z}) {
            int value = peek(qubit, letter);
            if (value != 0) {
                return PauliString.single(1, 0, letter).timesPhase(value < 0 ? 2 : 0);
            }
        }
        return PauliString.identity(1);
    }

    /**
     * Returns the expectation value of a Pauli string: 1, 0 or -1. The state stays as it is.
     *
     * @throws IllegalArgumentException if its phase is i or -i
     */
    public int peek(PauliString observable) {
        requireHermitian(observable);
        ensure(observable.qubits());
        return state.expectation(observable.padded(state.qubits()));
    }

    /**
     * Projects on an eigenspace of a Pauli string, as if it had been measured with that result;
     * nothing is recorded.
     *
     * @param value the result wanted: true for -1
     * @throws IllegalStateException if that result is impossible
     * @throws IllegalArgumentException if the string's phase is i or -i
     */
    public void postselect(PauliString observable, boolean value) {
        int now = peek(observable);
        if (now == (value ? 1 : -1)) {
            throw new IllegalStateException(
                    "%s is certain to be %+d, so it cannot be postselected to be %+d."
                            .formatted(observable.toStim(), now, -now));
        }
        Step.Product product = product(observable);
        state.measure(product, () -> value != product.negative());
    }

    /** Postselects X of qubits; see {@link #postselect}. */
    public void postselectX(boolean value, int... targets) {
        postselect(Pauli.X, value, targets);
    }

    /** Postselects Y of qubits; see {@link #postselect}. */
    public void postselectY(boolean value, int... targets) {
        postselect(Pauli.Y, value, targets);
    }

    /** Postselects Z of qubits; see {@link #postselect}. */
    public void postselectZ(boolean value, int... targets) {
        postselect(Pauli.Z, value, targets);
    }

    private void postselect(Pauli basis, boolean value, int... targets) {
        for (int target : targets) {
            postselect(PauliString.single(target + 1, target, basis), value);
        }
    }

    /** Returns the results so far, earliest first: true for -1. */
    public boolean[] record() {
        boolean[] results = new boolean[Math.toIntExact(memory.recorded())];
        for (int k = 0; k < results.length; k++) {
            results[k] = memory.recordedAt(k);
        }
        return results;
    }

    /**
     * Returns one result: true for -1.
     *
     * @param index from 0 for the first, or from -1 backwards for the latest
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public boolean result(long index) {
        long position = index < 0 ? memory.recorded() + index : index;
        return memory.recordedAt(Objects.checkIndex(position, memory.recorded()));
    }

    /** Returns the inverse of an operation that makes the state from the zero state. */
    public Tableau inverseTableau() {
        return Tableau.owning(state.inverse().resized(qubits));
    }

    /** Returns generators of the state's stabilisers in reduced form; equal for equal states. */
    public List<PauliString> canonicalStabilizers() {
        return inverseTableau().inverse().canonicalStabilizers();
    }

    /**
     * Returns the state, a column of 2^n amplitudes, qubit 0 the least significant bit of an index;
     * the first amplitude that is not zero is positive.
     *
     * @throws IllegalArgumentException beyond 24 qubits
     */
    public ComplexMatrix stateVector() {
        return inverseTableau().inverse().toStateVector();
    }

    /** Puts the qubits, as many as the operation has, into the state it makes of the zero state. */
    public void setState(Tableau preparation) {
        qubits = preparation.qubits();
        setInverse(preparation.inverse());
    }

    private void setInverse(Tableau inverse) {
        state = new StabilizerState(inverse.rows().copy());
        runner = new ShotRunner(state, memory, random, Progress.NONE);
    }

    /**
     * Puts the qubits into the state with the given stabilisers.
     *
     * @throws IllegalArgumentException as {@link Tableau#ofStabilizers}
     */
    public void setState(List<PauliString> stabilizers, Tableau.Allow... allow) {
        setState(Tableau.ofStabilizers(stabilizers, allow));
    }

    /**
     * Puts the qubits into a state given by amplitudes.
     *
     * @throws IllegalArgumentException if it is not a stabiliser state
     */
    public void setStateVector(ComplexMatrix amplitudes) {
        setState(Tableau.ofStateVector(amplitudes));
    }
}
