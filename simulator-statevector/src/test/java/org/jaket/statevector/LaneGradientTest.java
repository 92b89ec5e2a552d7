package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.jaket.statevector.LanesTest.A;
import static org.jaket.statevector.LanesTest.B;
import static org.jaket.statevector.LanesTest.C;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Unary;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Gradient;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.execution.VectorKernels;
import org.jaket.statevector.lanes.LaneExpectation;
import org.jaket.statevector.lanes.LaneGradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** Slopes of compiled circuits against differences of values from matrices applied one by one. */
class LaneGradientTest {
    static Stream<Boolean> kernels() {
        return VectorKernels.arePresent() ? Stream.of(false, true) : Stream.of(false);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyGate(boolean vector) {
        Random random = new Random(1);
        for (StandardGate gate : StandardGate.values()) {
            for (int n = Math.max(1, gate.qubits()); n <= 5; n++) {
                List<Operation> operations = new ArrayList<>(LanesTest.spread(n));
                operations.add(LanesTest.operation(gate, n, random));
                operations.addAll(LanesTest.spread(n));
                check(vector, n, operations, random);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void randomCircuits(boolean vector) {
        Random random = new Random(2);
        StandardGate[] table = StandardGate.values();
        for (int round = 0; round < 60; round++) {
            int n = 1 + random.nextInt(7);
            List<Operation> operations = new ArrayList<>(LanesTest.spread(n));
            for (int g = 0; g < 40; g++) {
                Gate gate = table[random.nextInt(table.length)];
                switch (random.nextInt(10)) {
                    case 0, 1 -> {
                        int controls = 1 + random.nextInt(4);
                        gate = gate.controlled(controls, random.nextLong(1L << controls));
                    }
                    case 2 ->
                            gate = gate.power(gate.parameters() == 0 ? random.nextInt(-3, 4) : -1);
                    case 3 -> {
                        int k = 1 + random.nextInt(3);
                        gate = new MatrixGate("haar", GatesAgainstMatricesTest.unitary(k, random));
                    }
                    default -> {}
                }
                if (gate.qubits() <= n) {
                    operations.add(LanesTest.operation(gate, n, random));
                }
            }
            check(vector, n, operations, random);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void rotationsAboutPauliStrings(boolean vector) {
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            int n = 1 + random.nextInt(7);
            List<Operation> operations = new ArrayList<>(LanesTest.spread(n));
            for (int g = 0; g < 12; g++) {
                var product = LanesTest.product(n, random);
                operations.add(
                        random.nextInt(4) == 0
                                ? new PauliPhase(random.nextBoolean(), product, "")
                                : new PauliRotation(LanesTest.expression(random), product, ""));
                Gate gate = StandardGate.values()[random.nextInt(20)];
                operations.add(LanesTest.operation(gate, n, random));
            }
            check(vector, n, operations, random);
        }
    }

    /** Every layer of a hardware-efficient ansatz on 13 qubits, against a program of its own. */
    @ParameterizedTest
    @MethodSource("kernels")
    void manyQubits(boolean vector) {
        int n = 13;
        List<Parameter> theta = Parameter.list("t", 6 * n);
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            for (int layer = 0; layer < 3; layer++) {
                                for (int q = 0; q < n; q++) {
                                    c.ry(theta.get(2 * (layer * n + q)), q);
                                    c.rz(theta.get(2 * (layer * n + q) + 1), q);
                                }
                                for (int q = 0; q < n; q++) {
                                    c.cx(q, (q + 1) % n);
                                }
                            }
                        });
        Random random = new Random(4);
        PauliSum observable = LanesTest.observable(n, random);
        double[] binding = random.doubles(theta.size(), -3, 3).toArray();
        Map<String, Double> values = new HashMap<>();
        for (int k = 0; k < binding.length; k++) {
            values.put(theta.get(k).name(), binding[k]);
        }
        double[] slopes = new double[binding.length];
        double value = compile(circuit, observable, vector).compute(binding, slopes);
        Gradient own = GradientTest.ofItsOwnProgram(circuit, observable, values);
        assertThat(value).isCloseTo(own.value().value(), within(1e-12));
        assertThat(slopes).containsExactly(own.toArray(), within(1e-12));
        Gradient asked =
                StateVectorSimulator.create().compile(circuit, observable).gradient(binding);
        assertThat(asked.toArray()).containsExactly(own.toArray(), within(1e-12));
    }

    @Test
    void aGradientDoesNotDependOnTheOthersOrTheThreads() {
        Circuit circuit = Circuit.of(3, c -> c.ry(A, 0).cx(0, 1).rx(B, 1).cx(1, 2).rz(C, 2).h(2));
        PauliSum observable = PauliSum.of("ZZZ + XXI - 0.5*IYY");
        var function = StateVectorSimulator.create().compile(circuit, observable);
        List<double[]> bindings = LanesTest.bindings(3, 50, new Random(5));
        List<Gradient> all = function.gradients(bindings, 3, Progress.NONE);
        assertThat(function.gradients(bindings, 1, Progress.NONE)).isEqualTo(all);
        assertThat(function.gradient(bindings.get(7))).isEqualTo(all.get(7));
        assertThat(function.gradients(List.of(), 2, Progress.NONE)).isEmpty();
        assertThat(all.get(7).derivatives().keySet()).containsExactly(A, B, C);
    }

    /** The matrix of a power with open parameters has no series; its program is its own. */
    @Test
    void othersAreDoneOneByOne() {
        Gate cube = StandardGate.RY.power(3);
        Circuit circuit =
                Circuit.of(2, c -> c.gate(cube, List.of(A), 0).cx(0, 1).rx(A.times(2), 1));
        PauliSum observable = PauliSum.of("ZI + 0.3*XX");
        var function = StateVectorSimulator.create().compile(circuit, observable);
        assertThat(LaneGradient.of(lanes(circuit, observable), false)).isNull();
        double[] at = {0.7};
        for (Gradient g :
                List.of(
                        function.gradient(at),
                        function.gradients(List.of(at), 2, Progress.NONE).getFirst())) {
            assertThat(g.by(A)).isCloseTo(difference(circuit, observable, at, 0), within(1e-9));
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        StateVectorSimulator simulator = StateVectorSimulator.create();
        PauliSum z = PauliSum.of("Z");
        var function = simulator.compile(Circuit.of(1, c -> c.rx(A, 0)), z);
        assertThatThrownBy(function::gradient)
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("1 parameters, got 0");
        assertThatThrownBy(() -> function.gradient(Double.NaN))
                .hasMessageContaining("a cannot be NaN");
        var root =
                simulator.compile(Circuit.of(1, c -> c.rx(Unary.of(Unary.Operator.SQRT, A), 0)), z);
        assertThatThrownBy(() -> root.gradient(-1))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("not a finite number");
        var measured = simulator.compile(Circuit.of(1, c -> c.rx(A, 0).measureAll()), z);
        assertThatThrownBy(() -> measured.gradient(0.1))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("ParameterShift");
        Gate power = StandardGate.RY.power(0.5);
        var powers = simulator.compile(Circuit.of(1, c -> c.gate(power, List.of(A), 0)), z);
        assertThatThrownBy(() -> powers.gradient(0.1))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("multiply the angles");
        Expression steps = Unary.of(Unary.Operator.FLOOR, A);
        var stairs = simulator.compile(Circuit.of(1, c -> c.rx(steps, 0)), z);
        assertThatThrownBy(() -> stairs.gradient(0.1)).isInstanceOf(ArithmeticException.class);
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(() -> function.gradients(List.of(new double[1]), 1, cancelled))
                .isInstanceOf(CancellationException.class);
    }

    private static LaneExpectation lanes(Circuit circuit, PauliSum observable) {
        return Objects.requireNonNull(
                LaneExpectation.compile(
                        circuit, observable, LaneExpectation.Arithmetic.PLAIN_DOUBLE));
    }

    private static LaneGradient compile(Circuit circuit, PauliSum observable, boolean vector) {
        return Objects.requireNonNull(LaneGradient.of(lanes(circuit, observable), vector));
    }

    private static void check(boolean vector, int n, List<Operation> operations, Random random) {
        Circuit circuit = Circuit.of(n, c -> operations.forEach(c::append));
        PauliSum observable = LanesTest.observable(n, random);
        LaneGradient gradient = compile(circuit, observable, vector);
        // Twice: nothing may be left of the first.
        for (double[] at : LanesTest.bindings(circuit.parameters().size(), 2, random)) {
            double[] slopes = new double[at.length];
            double value = gradient.compute(at, slopes);
            assertThat(value)
                    .as(circuit::toString)
                    .isCloseTo(LanesTest.expected(circuit.bind(at), observable), within(1e-11));
            for (int k = 0; k < at.length; k++) {
                assertThat(slopes[k])
                        .as("%d of %s", k, circuit)
                        .isCloseTo(difference(circuit, observable, at, k), within(1e-7));
            }
        }
    }

    /** A central difference of sixth order. */
    private static double difference(Circuit circuit, PauliSum observable, double[] at, int k) {
        double h = 4e-3;
        double[] weights = {45, -9, 1};
        double sum = 0;
        for (int step = 1; step <= 3; step++) {
            for (int sign : new int[] {1, -1}) {
                double[] moved = at.clone();
                moved[k] += sign * step * h;
                sum +=
                        sign
                                * weights[step - 1]
                                * LanesTest.expected(circuit.bind(moved), observable);
            }
        }
        return sum / (60 * h);
    }
}
