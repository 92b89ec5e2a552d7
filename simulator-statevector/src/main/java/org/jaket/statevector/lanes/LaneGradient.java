package org.jaket.statevector.lanes;

import org.jaket.circuit.Circuit;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The expectation value of a small circuit and its slopes by all parameters, by the adjoint method:
 * the program runs forwards on a ket, and backwards on the ket and a bra. The work is some four
 * times that of the value. Always in double precision. Safe for any number of threads.
 *
 * <p>After T. Jones and J. Gacon, "Efficient calculation of gradients in classical simulations of
 * variational quantum algorithms", arXiv 2009.02823, with the slopes taken by the entries of fused
 * matrices and carried on to the angles by the chain rule.
 */
public final class LaneGradient {
    /** What one thread at a time works with. */
    private record Memory(BraKet states, double[] scratch, double[] byAngle) {}

    private final Circuit circuit;
    private final LaneProgram program;
    private final LaneObservable observable;
    private final Slopes slopes;
    private final boolean vector;
    private final int parameters;
    private final ConcurrentLinkedQueue<Memory> idle = new ConcurrentLinkedQueue<>();

    private LaneGradient(
            Circuit circuit,
            LaneProgram program,
            LaneObservable observable,
            Slopes slopes,
            boolean vector) {
        this.circuit = circuit;
        this.program = program;
        this.observable = observable;
        this.slopes = slopes;
        this.vector = vector;
        parameters = circuit.parameters().size();
    }

    /**
     * For a circuit that is compiled already.
     *
     * @param vector whether to use the Vector API
     * @return null where an angle moves in steps or a parameter stands in a matrix that is no named
     *     gate's
     */
    public static @Nullable LaneGradient of(LaneExpectation compiled, boolean vector) {
        LaneProgram program = compiled.program();
        Slopes slopes = Slopes.of(program.coefficients());
        return slopes == null
                ? null
                : new LaneGradient(
                        compiled.circuit(), program, compiled.observable(), slopes, vector);
    }

    /**
     * Computes the value and the slopes.
     *
     * @param binding one value a parameter
     * @param to receives one slope a parameter
     * @return the value
     * @throws org.jaket.circuit.CircuitException if a value is missing or an angle is not finite
     */
    public double compute(double[] binding, double[] to) {
        LaneExpectation.check(circuit, parameters, binding);
        Memory memory = idle.poll();
        if (memory == null) {
            memory = memory();
        }
        BraKet states = memory.states;
        double[][] block = {binding};
        int broken = program.coefficients().evaluate(block, memory.scratch, states.c);
        LaneExpectation.requireFinite(circuit, block, broken);
        states.start();
        for (LaneStep step : program.steps()) {
            states.forwards(step);
        }
        observable.apply(states);
        double value = states.product();
        for (LaneStep step : program.steps().reversed()) {
            states.backwards(step);
        }
        slopes.pull(binding, memory.scratch, states.c, states.slopes, memory.byAngle, to);
        idle.add(memory);
        return value;
    }

    private Memory memory() {
        Coefficients coefficients = program.coefficients();
        BraKet states =
                vector && VectorBraKet.fits(program)
                        ? new VectorBraKet(program)
                        : new BraKet(program);
        coefficients.fill(states.c, 1);
        return new Memory(
                states, coefficients.scratch(1), new double[coefficients.angles().size()]);
    }
}
