package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Unary;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Gradient;
import org.jaket.execution.ParameterShift;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Derivatives of expectation values against differences of expectation values. */
class GradientTest {
    private final StateVectorSimulator simulator = StateVectorSimulator.create();

    /** d/dt <Z> behind RX(t) is -sin t. */
    @Test
    void oneRotation() {
        Parameter t = Parameter.of("t");
        Circuit circuit = Circuit.of(1, c -> c.rx(t, 0));
        Gradient g = simulator.gradient(circuit, PauliSum.of("Z"), Map.of("t", 0.4));
        assertThat(g.value().value()).isCloseTo(Math.cos(0.4), within(1e-14));
        assertThat(g.by(t)).isCloseTo(-Math.sin(0.4), within(1e-14));
    }

    /** A fourth-order central difference; its error here is some 1e-11. */
    private void compare(Circuit circuit, PauliSum observable, Map<String, Double> values) {
        compare(circuit, observable, values, simulator.gradient(circuit, observable, values));
        compare(circuit, observable, values, ofItsOwnProgram(circuit, observable, values));
    }

    /** What large circuits get. */
    static Gradient ofItsOwnProgram(
            Circuit circuit, PauliSum observable, Map<String, Double> values) {
        Kernels kernels = KernelChoice.of(Precision.DOUBLE, circuit.qubits());
        Workers workers = Workers.of(1);
        return new AdjointGradient(circuit, observable, values, kernels, workers, Progress.NONE)
                .compute(Lowering.compile(circuit.bind(values), Progress.NONE));
    }

    private void compare(
            Circuit circuit, PauliSum observable, Map<String, Double> values, Gradient g) {
        assertThat(g.value().value())
                .isCloseTo(
                        simulator.expect(circuit.bind(values), observable).value(), within(1e-12));
        Gradient shifted = ParameterShift.gradient(simulator, circuit, observable, values);
        circuit.parameters()
                .forEach(p -> assertThat(shifted.by(p)).isCloseTo(g.by(p), within(1e-10)));
        double h = 1e-3;
        for (Parameter p : circuit.parameters()) {
            double difference = 0;
            for (int k : new int[] {-2, -1, 1, 2}) {
                Map<String, Double> moved = new LinkedHashMap<>(values);
                moved.merge(p.name(), k * h, Double::sum);
                double weight = Math.abs(k) == 1 ? 8 * k : -k / 2;
                difference += weight * simulator.expect(circuit.bind(moved), observable).value();
            }
            assertThat(g.by(p)).as("%s", p).isCloseTo(difference / (12 * h), within(1e-9));
        }
    }

    private static PauliSum observable(int qubits, Random random) {
        List<PauliSum.Term> terms = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            terms.add(
                    new PauliSum.Term(
                            random.nextGaussian(), PauliString.random(qubits, random).abs()));
        }
        return new PauliSum(terms);
    }

    @ParameterizedTest
    @EnumSource(StandardGate.class)
    void everyGateWithAngles(StandardGate gate) {
        if (gate.parameters() == 0) {
            return;
        }
        Random random = new Random(gate.ordinal());
        int n = Math.max(2, gate.qubits() + 1);
        List<Expression> angles = new ArrayList<>();
        Map<String, Double> values = new LinkedHashMap<>();
        for (int k = 0; k < gate.parameters(); k++) {
            Parameter p = Parameter.of("p" + k);
            values.put(p.name(), random.nextDouble(-3, 3));
            // Each parameter twice, once inside a function.
            angles.add(p.plus(Unary.of(Unary.Operator.SIN, p).times(0.5)));
        }
        Circuit around =
                Circuit.of(
                        n,
                        c -> {
                            for (int q = 0; q < n; q++) {
                                c.u(
                                        random.nextDouble(6),
                                        random.nextDouble(6),
                                        random.nextDouble(6),
                                        q);
                            }
                            for (int q = 0; q + 1 < n; q++) {
                                c.cx(q, q + 1);
                            }
                        });
        List<Operation> operations = new ArrayList<>(around.body().operations());
        int[] targets = new int[gate.qubits()];
        for (int k = 0; k < targets.length; k++) {
            targets[k] = n - 1 - k;
        }
        operations.add(new GateOperation(gate, angles, Targets.of(targets), ""));
        operations.addAll(around.body().operations());
        Circuit circuit = around.withBody(Block.of(operations));
        compare(circuit, observable(n, random), values);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomAnsatz(int seed) {
        Random random = new Random(seed);
        int n = 3 + random.nextInt(4);
        Map<String, Double> values = new LinkedHashMap<>();
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int k = 0; k < 25; k++) {
                                Parameter p = Parameter.of("t" + k % 10);
                                values.put(p.name(), random.nextDouble(-3, 3));
                                int a = random.nextInt(n);
                                int b = (a + 1 + random.nextInt(n - 1)) % n;
                                switch (random.nextInt(9)) {
                                    case 0 -> c.rx(p, a);
                                    case 1 -> c.ry(p.times(2), a);
                                    case 2 -> c.rz(p.negate(), a);
                                    case 3 -> c.gate(StandardGate.RZZ, List.of(p), a, b);
                                    case 4 -> c.gate(StandardGate.CRY, List.of(p), a, b);
                                    case 5 -> c.swap(a, b);
                                    case 6 -> c.x(a);
                                    case 7 ->
                                            c.append(
                                                    new PauliRotation(
                                                            p,
                                                            Targets.of(
                                                                    Target.pauli(Pauli.X, a),
                                                                    Target.COMBINER,
                                                                    Target.inverted(
                                                                            Target.pauli(
                                                                                    Pauli.Y, b))),
                                                            ""));
                                    default -> c.h(a).cx(a, b).t(b);
                                }
                            }
                        });
        values.keySet().retainAll(circuit.parameters().stream().map(Parameter::name).toList());
        compare(circuit, observable(n, random), values);
    }

    /** Tiles of 2^15: 17 qubits have tiles, gathered ones included; threads change no bit. */
    @Test
    void manyQubits() {
        int n = 17;
        List<Parameter> theta = Parameter.list("t", 2 * n);
        Map<String, Double> values = new LinkedHashMap<>();
        Random random = new Random(3);
        theta.forEach(p -> values.put(p.name(), random.nextDouble(-1, 1)));
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int q = 0; q < n; q++) {
                                c.ry(theta.get(q), q);
                            }
                            for (int q = 0; q < n; q++) {
                                c.cx(q, (q + 1) % n);
                            }
                            for (int q = 0; q < n; q++) {
                                c.rx(theta.get(n + q), q);
                            }
                        });
        List<PauliSum.Term> terms = new ArrayList<>();
        for (int q = 0; q + 1 < n; q++) {
            terms.add(
                    new PauliSum.Term(
                            1, PauliString.identity(n).with(q, Pauli.Z).with(q + 1, Pauli.Z)));
            terms.add(
                    new PauliSum.Term(
                            0.5,
                            PauliString.identity(n).with(q, Pauli.X).with((q + 5) % n, Pauli.Y)));
        }
        PauliSum observable = new PauliSum(terms);
        Gradient one = simulator.gradient(circuit, observable, values, 1, Progress.NONE);
        Gradient three = simulator.gradient(circuit, observable, values, 3, Progress.NONE);
        assertThat(three).isEqualTo(one);
        for (Parameter p : List.of(theta.get(0), theta.get(16), theta.get(17), theta.get(33))) {
            double shift = 0;
            for (int sign : new int[] {1, -1}) {
                Map<String, Double> moved = new LinkedHashMap<>(values);
                moved.merge(p.name(), sign * Math.PI / 2, Double::sum);
                shift += sign * simulator.expect(circuit.bind(moved), observable).value() / 2;
            }
            assertThat(one.by(p)).isCloseTo(shift, within(1e-12));
        }
    }

    @Test
    void manyBindingsAreAsManyExpectationValues() {
        List<Parameter> t = Parameter.list("t", 3);
        Circuit circuit =
                Circuit.of(
                        3,
                        c ->
                                c.rx(t.get(2), 0)
                                        .cx(0, 1)
                                        .ry(t.get(0), 2)
                                        .cx(1, 2)
                                        .rz(t.get(1), 2)
                                        .h(2));
        PauliSum observable = PauliSum.of("ZZI + 0.5*XIX - YYZ");
        Random random = new Random(4);
        List<double[]> bindings = new ArrayList<>();
        for (int k = 0; k < 23; k++) {
            bindings.add(random.doubles(3, -3, 3).toArray());
        }
        double[] values = simulator.expectations(circuit, observable, bindings, 3, Progress.NONE);
        for (int k = 0; k < values.length; k++) {
            Circuit bound = circuit.bind(bindings.get(k));
            assertThat(values[k])
                    .isCloseTo(simulator.expect(bound, observable).value(), within(1e-14));
        }
        assertThat(simulator.expectations(circuit, observable, List.of())).isEmpty();
    }

    @Test
    void whatCannotBeUndone() {
        Parameter t = Parameter.of("t");
        Circuit circuit = Circuit.of(1, c -> c.rx(t, 0).measureAll());
        assertThatThrownBy(() -> simulator.gradient(circuit, PauliSum.of("Z"), Map.of("t", 0.1)))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("ParameterShift");
        assertThatThrownBy(
                        () ->
                                simulator.gradient(
                                        Circuit.of(1, c -> c.rx(t, 0)), PauliSum.of("Z"), Map.of()))
                .hasMessageContaining("t");
    }
}
