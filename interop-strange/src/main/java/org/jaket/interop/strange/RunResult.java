package org.jaket.interop.strange;

import org.jspecify.annotations.Nullable;
import org.redfx.strange.Complex;
import org.redfx.strange.Qubit;
import org.redfx.strange.Result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A result as Strange's callers know it. States between steps are computed when they are asked for,
 * and then kept: most callers want the last one only, which alone Strange would pay for with 2^n
 * objects a step.
 */
final class RunResult extends Result {
    private final ProgramRun run;
    private final Complex[] amplitudes;
    private final Qubit[] qubits;
    private final Complex[] @Nullable [] between;
    private @Nullable Map<Integer, Qubit[]> betweenQubits;
    private int basisState;

    private RunResult(
            ProgramRun run, Complex[] amplitudes, Qubit[] qubits, Complex[] @Nullable [] between) {
        super(run.qubits(), run.steps());
        this.run = run;
        this.amplitudes = amplitudes;
        this.qubits = qubits;
        this.between = between;
        measureSystem();
    }

    /**
     * Runs to the end.
     *
     * @param shown the steps after which somebody will want to see the amplitudes
     */
    static RunResult of(ProgramRun run, IntPredicate shown) {
        int last = run.steps() - 1;
        Complex[] @Nullable [] between = new Complex[Math.max(1, run.steps())] @Nullable [];
        var end = new ArrayList<StepState>();
        run.follow(
                run.steps(),
                step -> step == last || shown.test(step),
                (step, state) -> {
                    between[Math.max(0, step)] = state.amplitudes();
                    if (step == last) {
                        end.add(state);
                    }
                });
        StepState state = end.getFirst();
        return new RunResult(run, state.amplitudes(), state.qubits(), between);
    }

    @Override
    public Qubit[] getQubits() {
        return qubits;
    }

    @Override
    public Complex[] getProbability() {
        return amplitudes;
    }

    @Override
    public synchronized Complex[] getIntermediateProbability(int step) {
        if (step < 0 || step >= between.length) {
            throw new IndexOutOfBoundsException(
                    "Step " + step + " of a program of " + run.steps() + " steps");
        }
        Complex[] known = between[step];
        if (known != null) {
            return known;
        }
        List<StepState> found = new ArrayList<>();
        run.follow(step + 1, s -> s == step, (s, state) -> found.add(state));
        between[step] = found.getFirst().amplitudes();
        return found.getFirst().amplitudes();
    }

    /** Replaces what is told of a step; the result itself stays what it is. */
    @Override
    public synchronized void setIntermediateProbability(int step, Complex[] p) {
        between[step] = p;
    }

    @Override
    public synchronized Map<Integer, Qubit[]> getIntermediateQubits() {
        Map<Integer, Qubit[]> known = betweenQubits;
        if (known == null) {
            Map<Integer, Qubit[]> all = new TreeMap<>();
            // Strange starts with the initial state at 0, which the first step replaces.
            run.follow(
                    run.steps(),
                    step -> step == -1 || !run.isEmpty(step),
                    (step, state) -> all.put(Math.max(0, step), state.qubits()));
            known = all;
            betweenQubits = known;
        }
        return known;
    }

    /**
     * Draws the values of the qubits that were not measured, or whose measurement could wait, anew.
     * Values from measurements on the way belong to this run and stay.
     */
    @Override
    public synchronized void measureSystem() {
        SplittableRandom random = run.random();
        double total = 0;
        for (Complex amplitude : amplitudes) {
            total += amplitude.abssqr();
        }
        // A fraction of what is there, so that rounding cannot lead past the end.
        double left = random.nextDouble() * total;
        int drawn = -1;
        for (int i = 0; i < amplitudes.length && (drawn < 0 || left >= 0); i++) {
            double weight = amplitudes[i].abssqr();
            if (weight > 0) {
                drawn = i;
                left -= weight;
            }
        }
        basisState = drawn;
        @Nullable Boolean[] recorded = run.recorded();
        for (int q = 0; q < qubits.length; q++) {
            Boolean value = recorded[q];
            qubits[q].setMeasuredValue(value == null ? (basisState >> q & 1) == 1 : value);
        }
    }

    /** The index of the basis state that was drawn last, qubit 0 least significant. */
    @Override
    public int getMeasuredProbability() {
        return basisState;
    }

    @Override
    public void printInfo() {
        System.out.println("Info about Quantum Result");
        System.out.println("==========================");
        System.out.println(
                "Number of qubits = " + run.qubits() + ", number of steps = " + run.steps());
        for (int i = 0; i < amplitudes.length; i++) {
            System.out.println("Probability on " + i + ":" + amplitudes[i].abssqr());
        }
        System.out.println("==========================");
    }
}
