package org.jaket.execution;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.circuit.pass.Expansion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Derivatives from expectation values of the same circuit with one angle shifted, exact and not
 * differences: what works on devices and with noise, where the adjoint method of a state-vector
 * engine does not.
 *
 * <pre>{@code
 * Gradient g = ParameterShift.gradient(estimator, circuit, observable, Map.of("theta", 0.3));
 * }</pre>
 *
 * <p>Each gate on each of its targets is shifted by itself, so a parameter may occur any number of
 * times and in any smooth expression. A rotation {@code exp(-i angle/2 P)} with P*P = 1 takes two
 * evaluations; controlled rotations take four and a few other gates eight (D. Wierichs et al.,
 * "General parameter-shift rules for quantum gradients", arXiv 2107.12390). Standard errors of the
 * estimates add up in squares.
 */
public final class ParameterShift {
    private final Estimator estimator;
    private final Circuit circuit;
    private final PauliSum observable;
    private final Map<String, Double> values;
    private final List<Parameter> parameters;
    private final double[] slopes;
    private final double[] variances;

    /** The circuit with every gate on one group of targets, loops unfolded. */
    private final List<Operation> leaves = new ArrayList<>();

    private ParameterShift(
            Estimator estimator, Circuit circuit, PauliSum observable, Map<String, Double> values) {
        this.estimator = estimator;
        this.circuit = circuit;
        this.observable = observable;
        this.values = values;
        this.parameters = List.copyOf(circuit.parameters());
        this.slopes = new double[parameters.size()];
        this.variances = new double[parameters.size()];
    }

    /**
     * The expectation value and its derivatives by all open parameters.
     *
     * @param estimator gives expectation values, exact or sampled
     * @param circuit parameters stand in gates, not in conditions
     * @param values a value for each open parameter
     * @throws CircuitException if a value is missing, or a parameter stands in a branch or an
     *     assignment
     * @throws UnsupportedCircuitException if the estimator refuses the circuit
     */
    public static Gradient gradient(
            Estimator estimator, Circuit circuit, PauliSum observable, Map<String, Double> values) {
        Circuit bound = circuit.bind(values).requireBound();
        ParameterShift shift = new ParameterShift(estimator, circuit, observable, values);
        Estimate value = estimator.expect(bound, observable);
        shift.unfold(circuit.body());
        for (int k = 0; k < shift.leaves.size(); k++) {
            shift.derive(k);
        }
        Map<Parameter, Estimate> derivatives = new LinkedHashMap<>();
        for (int p = 0; p < shift.slopes.length; p++) {
            Estimate derivative = new Estimate(shift.slopes[p], Math.sqrt(shift.variances[p]));
            derivatives.put(shift.parameters.get(p), derivative);
        }
        return new Gradient(value, derivatives);
    }

    // ---- one gate at a time ---------------------------------------------------------------

    private void unfold(Block block) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Repeat r when isOpen(r) -> {
                    for (long k = 0; k < r.count(); k++) {
                        unfold(r.body());
                    }
                }
                case GateOperation g when !g.isBound() && isOpen(g) -> unfold(g);
                case PauliRotation p when isOpen(p) -> {
                    for (PauliProduct product :
                            PauliProduct.split(PauliRotation.NAME, p.targets())) {
                        leaves.add(p.withTargets(joined(product)));
                    }
                }
                default -> {
                    boolean inside =
                            operation.blocks().stream()
                                    .flatMap(b -> b.operations().stream())
                                    .anyMatch(this::isOpen);
                    if (inside || isOpen(operation)) {
                        throw new CircuitException(
                                operation,
                                "has open parameters, which only gates can be shifted by");
                    }
                    leaves.add(operation);
                }
            }
        }
    }

    private void unfold(GateOperation g) {
        for (Operation operation : Expansion.of(g).operations()) {
            if (!(operation instanceof GateOperation gate)) {
                unfold(Block.of(List.of(operation)));
                continue;
            }
            int arity = gate.gate().qubits();
            for (int k = 0; k < gate.applications(); k++) {
                leaves.add(
                        arity == 0
                                ? gate
                                : gate.withTargets(
                                        gate.targets().slice(k * arity, (k + 1) * arity)));
            }
        }
    }

    private boolean isOpen(Operation operation) {
        return !circuit.withBody(Block.of(List.of(operation))).parameters().isEmpty();
    }

    private static Targets joined(PauliProduct product) {
        Targets letters = product.letters();
        int[] joined = new int[Math.max(0, 2 * letters.size() - 1)];
        for (int k = 0; k < letters.size(); k++) {
            int letter = letters.get(k);
            joined[2 * k] = k == 0 && product.negative() ? Target.inverted(letter) : letter;
            if (k > 0) {
                joined[2 * k - 1] = Target.COMBINER;
            }
        }
        return Targets.of(joined);
    }

    // ---- shifts ---------------------------------------------------------------------------

    private void derive(int leaf) {
        switch (leaves.get(leaf)) {
            case GateOperation g when !g.isBound() && g.gate().qubits() > 0 -> {
                for (int k = 0; k < g.parameters().size(); k++) {
                    add(g.parameters().get(k), leaf, k, spectrum(g, k));
                }
            }
            case PauliRotation p -> add(p.angle(), leaf, 0, Spectrum.ONE);
            default -> {}
        }
    }

    private void add(Expression angle, int leaf, int which, Spectrum spectrum) {
        double[] inner = new double[slopes.length];
        var memory = new ClassicalMemory(0);
        for (int p = 0; p < inner.length; p++) {
            inner[p] = angle.derivative(parameters.get(p)).bind(values).toDouble(memory);
        }
        if (Arrays.stream(inner).allMatch(s -> s == 0)) {
            return;
        }
        double slope = 0;
        double variance = 0;
        for (int node = 0; node < spectrum.nodes(); node++) {
            double weight = spectrum.weight(node);
            Estimate e = estimator.expect(shifted(leaf, which, spectrum.shift(node)), observable);
            slope += weight * e.value();
            variance += weight * weight * e.standardError() * e.standardError();
        }
        for (int p = 0; p < inner.length; p++) {
            slopes[p] += inner[p] * slope;
            variances[p] += inner[p] * inner[p] * variance;
        }
    }

    private Circuit shifted(int leaf, int which, double shift) {
        List<Operation> operations = new ArrayList<>(leaves);
        int[] at = {0};
        operations.set(
                leaf, leaves.get(leaf).mapExpressions(e -> at[0]++ == which ? e.plus(shift) : e));
        return circuit.withBody(Block.of(operations).mapExpressions(e -> e.bind(values)));
    }

    /**
     * How an expectation value depends on one angle: as a trigonometric polynomial of these
     * frequencies, which are the differences of the generator's eigenvalues.
     */
    private enum Spectrum {
        /** Rotations about Pauli strings, phases. */
        ONE(1, 1),
        /** Controlled rotations, with an eigenvalue zero between the others. */
        HALVES_TO_ONE(2, 0.5),
        /** Whatever else the named gates have. */
        HALVES_TO_TWO(4, 0.5);

        private final int frequencies;
        private final double lowest;

        Spectrum(int frequencies, double lowest) {
            this.frequencies = frequencies;
            this.lowest = lowest;
        }

        private int nodes() {
            return 2 * frequencies;
        }

        private double shift(int node) {
            return (2 * node + 1) * Math.PI / (nodes() * lowest);
        }

        private double weight(int node) {
            double sine = Math.sin(shift(node) * lowest / 2);
            double size = lowest / (2 * nodes() * sine * sine);
            return (node & 1) == 0 ? size : -size;
        }

        /** The derivative at zero of a function that has no other frequencies. */
        private double derivative(DoubleUnaryOperator f) {
            double sum = 0;
            for (int node = 0; node < nodes(); node++) {
                sum += weight(node) * f.applyAsDouble(shift(node));
            }
            return sum;
        }
    }

    /** The narrowest spectrum that explains how the gate changes, tried on arbitrary vectors. */
    private Spectrum spectrum(GateOperation g, int parameter) {
        double[] angles = new double[g.parameters().size()];
        for (int k = 0; k < angles.length; k++) {
            angles[k] = g.parameters().get(k).bind(values).toDouble(new ClassicalMemory(0));
        }
        for (Spectrum spectrum : Spectrum.values()) {
            boolean explains = true;
            for (int probe = 1; probe <= 3; probe++) {
                int number = probe;
                DoubleUnaryOperator f = shift -> probe(g.gate(), angles, parameter, shift, number);
                double exact = Spectrum.HALVES_TO_TWO.derivative(f);
                explains &= Math.abs(spectrum.derivative(f) - exact) < 1e-9;
            }
            if (explains) {
                return spectrum;
            }
        }
        return Spectrum.HALVES_TO_TWO;
    }

    /** The squared modulus of an arbitrary linear function of the shifted gate's matrix. */
    private static double probe(
            Gate gate, double[] angles, int parameter, double shift, int number) {
        double[] shifted = angles.clone();
        shifted[parameter] += shift;
        ComplexMatrix m = gate.matrix(shifted);
        double re = 0;
        double im = 0;
        int n = m.rows();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                // A product of two vectors with unrelated phases.
                double phase = number * (Math.sqrt(2 + i) + Math.sqrt(17 + j));
                double c = Math.cos(phase) / n;
                double s = Math.sin(phase) / n;
                re += m.re(i, j) * c - m.im(i, j) * s;
                im += m.re(i, j) * s + m.im(i, j) * c;
            }
        }
        return re * re + im * im;
    }
}
