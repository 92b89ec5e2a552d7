package org.jaket.interop.strange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.Operation;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVector;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * One run of a program, which can be gone through again: the first time draws what measurements
 * give, later ones repeat it.
 *
 * <p>A measurement collapses the state if a later gate changes the qubit in another way than by
 * phases; otherwise it is put off to the end (see {@link MeasuredQubits}).
 */
final class ProgramRun {
    /** Up to this many qubits threads would take longer to wake up than to do their part. */
    private static final int ONE_THREAD = 16;

    private final ReadProgram program;
    private final SplittableRandom random;

    /** For each step and operation, whether it is a measurement that collapses the state. */
    private final boolean[][] collapses;

    /** What the collapsing measurements gave, in order, as far as they were reached. */
    private final List<Boolean> outcomes = new ArrayList<>();

    /** What is told of states, by the step behind which they are; -1 for the initial one. */
    interface Observer {
        void observe(int step, StepState state);
    }

    ProgramRun(ReadProgram program, SplittableRandom random) {
        this.program = program;
        this.random = random;
        this.collapses = new boolean[program.steps().size()][];
        var measured = new MeasuredQubits<Place>();
        for (int s = 0; s < collapses.length; s++) {
            List<Operation> operations = program.steps().get(s);
            collapses[s] = new boolean[operations.size()];
            for (int k = 0; k < operations.size(); k++) {
                if (operations.get(k) instanceof GateOperation g) {
                    measured.disturbedBy(g).forEach(this::markCollapse);
                } else {
                    measured.measure(operations.get(k).targets().value(0), new Place(s, k));
                }
            }
        }
        measured.displaced().forEach(this::markCollapse);
    }

    /** Where an operation stands. */
    private record Place(int step, int index) {}

    private void markCollapse(Place place) {
        collapses[place.step()][place.index()] = true;
    }

    int qubits() {
        return program.qubits();
    }

    int steps() {
        return collapses.length;
    }

    /** Whether there is anything in a step. */
    boolean isEmpty(int step) {
        return program.steps().get(step).isEmpty();
    }

    /** Numbers that belong to this run alone. */
    SplittableRandom random() {
        return random;
    }

    /**
     * Goes through the first steps and shows the states after those that are wanted (-1 for the
     * initial state).
     */
    void follow(int steps, IntPredicate wanted, Observer observer) {
        var pending = new ArrayList<Operation>(program.preparation());
        int outcome = 0;
        // There is no state of no qubits: such a program gets one that stays 0.
        int size = Math.max(1, qubits());
        int threads = size <= ONE_THREAD ? 1 : Runtime.getRuntime().availableProcessors();
        StateVector state = StateVector.basis(size, 0, Precision.DOUBLE, threads);
        try {
            if (wanted.test(-1)) {
                apply(pending, state);
                observer.observe(-1, StepState.of(state, qubits()));
            }
            for (int s = 0; s < steps; s++) {
                List<Operation> operations = program.steps().get(s);
                for (int k = 0; k < operations.size(); k++) {
                    Operation operation = operations.get(k);
                    if (collapses[s][k]) {
                        apply(pending, state);
                        state = collapse(state, operation.targets().value(0), outcome++);
                    } else if (!(operation instanceof Measurement)) {
                        pending.add(operation);
                    }
                }
                if (wanted.test(s)) {
                    apply(pending, state);
                    observer.observe(s, StepState.of(state, qubits()));
                }
            }
        } finally {
            state.close();
        }
    }

    private static void apply(List<Operation> pending, StateVector state) {
        if (!pending.isEmpty()) {
            state.apply(Circuit.of(state.qubits(), c -> pending.forEach(c::append)));
            pending.clear();
        }
    }

    /** The normalised part of the state in which the qubit has the value; the old one is closed. */
    private StateVector collapse(StateVector state, int qubit, int number) {
        if (number == outcomes.size()) {
            outcomes.add(random.nextDouble() < state.probabilities(qubit)[1]);
        }
        int value = outcomes.get(number) ? 1 : 0;
        int length = 1 << state.qubits();
        double[] re = new double[length];
        double[] im = new double[length];
        for (int i = 0; i < length; i++) {
            if ((i >> qubit & 1) == value) {
                re[i] = state.re(i);
                im[i] = state.im(i);
            }
        }
        StateVector collapsed = StateVector.of(re, im);
        state.close();
        return collapsed;
    }

    /**
     * What the last measurement of each qubit gave, once the run was followed to the end; null
     * where that is what the qubit is at the end, or it was not measured.
     */
    @Nullable Boolean[] recorded() {
        @Nullable Boolean[] recorded = new @Nullable Boolean[qubits()];
        int outcome = 0;
        for (int s = 0; s < collapses.length; s++) {
            List<Operation> operations = program.steps().get(s);
            for (int k = 0; k < operations.size(); k++) {
                if (operations.get(k) instanceof Measurement m) {
                    int qubit = m.targets().value(0);
                    recorded[qubit] = collapses[s][k] ? outcomes.get(outcome++) : null;
                }
            }
        }
        return recorded;
    }
}
