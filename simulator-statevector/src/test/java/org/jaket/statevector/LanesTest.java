package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Select;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.expression.Unary;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.execution.VectorKernels;
import org.jaket.statevector.lanes.LaneExpectation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many bindings of one circuit, against one binding at a time, gate by gate. */
class LanesTest {
    static final Parameter A = Parameter.of("a");
    static final Parameter B = Parameter.of("b");
    static final Parameter C = Parameter.of("c");

    private final StateVectorSimulator simulator = StateVectorSimulator.create();

    record Setting(Precision precision, boolean vector, int threads) {
        double tolerance() {
            return precision == Precision.DOUBLE ? 1e-12 : 1e-5;
        }

        CompiledExpectation compile(Circuit circuit, PauliSum observable) {
            var arithmetic = KernelChoice.lanes(precision, vector);
            LaneExpectation lanes = LaneExpectation.compile(circuit, observable, arithmetic);
            // What lanes cannot do has tests elsewhere: here they must do it all.
            return new CompiledExpectation(
                    StateVectorSimulator.of(precision),
                    circuit,
                    observable,
                    Objects.requireNonNull(lanes));
        }

        double[] values(Circuit circuit, PauliSum observable, List<double[]> bindings) {
            return compile(circuit, observable).values(bindings, threads, Progress.NONE);
        }
    }

    static Stream<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        for (Precision p : Precision.values()) {
            for (boolean vector : new boolean[] {false, true}) {
                for (int threads = 1;
                        threads <= 3 && (!vector || VectorKernels.arePresent());
                        threads++) {
                    all.add(new Setting(p, vector, threads));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyGateIsItsMatrix(Setting setting) {
        Random random = new Random(1);
        for (StandardGate gate : StandardGate.values()) {
            for (int n = Math.max(1, gate.qubits()); n <= 5; n++) {
                List<Operation> operations = new ArrayList<>(spread(n));
                operations.add(operation(gate, n, random));
                operations.addAll(spread(n));
                check(setting, n, operations, 5, random);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void randomCircuitsAreTheirMatrices(Setting setting) {
        Random random = new Random(2);
        StandardGate[] table = StandardGate.values();
        for (int round = 0; round < 60; round++) {
            int n = 1 + random.nextInt(8);
            List<Operation> operations = new ArrayList<>(spread(n));
            for (int g = 0; g < 50; g++) {
                Gate gate = table[random.nextInt(table.length)];
                switch (random.nextInt(10)) {
                    case 0, 1 -> {
                        int controls = 1 + random.nextInt(5);
                        gate = gate.controlled(controls, random.nextLong(1L << controls));
                    }
                    case 2 -> gate = gate.power(random.nextInt(-3, 4));
                    case 3 -> gate = gate.qubits() <= 2 ? gate.power(random.nextDouble()) : gate;
                    case 4 -> gate = gate.power(0.5).controlled(1, 0);
                    case 5 -> {
                        int k = 1 + random.nextInt(3);
                        gate = new MatrixGate("haar", GatesAgainstMatricesTest.unitary(k, random));
                    }
                    default -> {}
                }
                if (gate.qubits() <= n) {
                    operations.add(operation(gate, n, random));
                }
            }
            check(setting, n, operations, 1 + random.nextInt(20), random);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rotationsAboutPauliStringsAreTheirMatrices(Setting setting) {
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            int n = 1 + random.nextInt(7);
            List<Operation> operations = new ArrayList<>(spread(n));
            for (int g = 0; g < 12; g++) {
                Targets product = product(n, random);
                operations.add(
                        random.nextInt(4) == 0
                                ? new PauliPhase(random.nextBoolean(), product, "")
                                : new PauliRotation(expression(random), product, ""));
                operations.add(operation(StandardGate.values()[random.nextInt(20)], n, random));
            }
            check(setting, n, operations, 9, random);
        }
    }

    @Test
    void definedGatesAndLoopsShareTheirParameters() {
        Circuit body =
                Circuit.of(3, c -> c.rx(A, 0).cp(A.times(B), 0, 2).ry(B.plus(0.5), 1).cx(1, 2));
        Gate gate = body.toGate("block");
        Circuit circuit =
                Circuit.of(
                        4,
                        c -> {
                            c.h(0, 1, 2, 3);
                            c.gate(gate, List.of(C, A.minus(C)), 3, 1, 0);
                            c.repeat(
                                    5,
                                    r ->
                                            r.gate(gate.controlled(), List.of(A, C), 2, 0, 1, 3)
                                                    .rz(A, 2)
                                                    .swap(0, 3));
                            c.gate(gate.power(-2), List.of(B, B), 0, 1, 2);
                        });
        compare(circuit, PauliSum.of("ZZXI + 0.5*YIYX - XXXX + 2*IIII"));
    }

    @Test
    void anyExpressionIsAnAngle() {
        Expression folded =
                Select.of(
                        A.isLessThan(B),
                        Unary.of(Unary.Operator.SIN, A.times(B)),
                        Binary.of(Binary.Operator.POWER, C, Expression.of(2)));
        Expression steps = Cast.of(Type.angle(5), A.plus(C));
        Circuit circuit =
                Circuit.of(
                        2,
                        c ->
                                c.ry(A.times(2).minus(B.dividedBy(3)).plus(1), 0)
                                        .rx(folded, 1)
                                        .cx(0, 1)
                                        .rz(steps, 1)
                                        .u(C.negate(), A.times(C), B.minus(B), 0)
                                        .ry(
                                                Expression.of(3L).times(C).minus(Expression.of(1L)),
                                                1));
        compare(circuit, PauliSum.of("ZZ + XY - 0.25*IX"));
    }

    @Test
    void aValueDoesNotDependOnItsBlockOrTheThreads() {
        Circuit circuit = Circuit.of(3, c -> c.ry(A, 0).cx(0, 1).rx(B, 1).cx(1, 2).rz(C, 2).h(2));
        PauliSum observable = PauliSum.of("ZZZ + XXI - 0.5*IYY");
        CompiledExpectation function = simulator.compile(circuit, observable);
        List<double[]> bindings = bindings(3, 200, new Random(4));
        double[] all = function.values(bindings, 1, Progress.NONE);
        assertThat(function.values(bindings, 3, Progress.NONE)).isEqualTo(all);
        assertThat(simulator.expectations(circuit, observable, bindings)).isEqualTo(all);
        for (int k = 0; k < all.length; k += 7) {
            assertThat(function.value(bindings.get(k))).isEqualTo(all[k]);
        }
        assertThat(function.values(bindings.subList(13, 90)))
                .isEqualTo(Arrays.copyOfRange(all, 13, 90));
        assertThat(function.circuit()).isEqualTo(circuit);
        assertThat(function.observable()).isEqualTo(observable);
        assertThat(function.values(List.of())).isEmpty();
    }

    @Test
    void circuitsWithoutParametersHaveEmptyBindings() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1));
        List<double[]> bindings = Collections.nCopies(5, new double[0]);
        assertThat(simulator.expectations(bell, PauliSum.of("XX - YY + ZZ"), bindings))
                .containsExactly(new double[] {3, 3, 3, 3, 3}, within(1e-14));
    }

    @Test
    void whatIsNoGateIsSaid() {
        List<double[]> one = List.of(new double[] {0.3});
        PauliSum z = PauliSum.of("Z");
        Circuit measured = Circuit.of(1, c -> c.rx(A, 0).measureAll());
        assertThatThrownBy(() -> simulator.expectations(measured, z, one))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("measures");
        Circuit circuit = Circuit.of(1, c -> c.rx(A, 0));
        assertThatThrownBy(() -> simulator.expectations(circuit, z, List.of(new double[2])))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("1 parameters, got 2");
        assertThatThrownBy(
                        () ->
                                simulator.expectations(
                                        circuit, z, List.of(new double[] {Double.NaN})))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("a cannot be NaN");
        Circuit root = Circuit.of(1, c -> c.rx(Unary.of(Unary.Operator.SQRT, A), 0));
        assertThatThrownBy(() -> simulator.expectations(root, z, List.of(new double[] {-1})))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("not a finite number");
        assertThatThrownBy(() -> simulator.compile(circuit, PauliSum.of("ZZ")))
                .hasMessageContaining("2 qubits, the circuit 1");
    }

    /** Annotations of results are no gates, but the circuit leads to one state. */
    @Test
    void circuitsThatAreMoreThanGatesAreRunOneByOne() {
        Circuit circuit = Circuit.of(2, c -> c.ry(A, 0).cx(0, 1).observable(0));
        double value = simulator.compile(circuit, PauliSum.of("IZ")).value(0.4);
        assertThat(value).isCloseTo(Math.cos(0.4), within(1e-14));
    }

    @Test
    void aRunCanBeCancelled() {
        Circuit circuit = Circuit.of(2, c -> c.ry(A, 0).cx(0, 1));
        List<double[]> bindings = Collections.nCopies(100_000, new double[] {0.1});
        for (int threads = 1; threads <= 2; threads++) {
            int[] asked = {0};
            Progress progress =
                    new Progress() {
                        @Override
                        public void report(long done, long total) {}

                        @Override
                        public synchronized boolean isCancelled() {
                            return ++asked[0] > 3;
                        }
                    };
            int now = threads;
            assertThatThrownBy(
                            () ->
                                    simulator.expectations(
                                            circuit, PauliSum.of("ZZ"), bindings, now, progress))
                    .isInstanceOf(CancellationException.class);
            assertThat(asked[0]).isLessThan(10);
        }
    }

    // ---- random circuits ------------------------------------------------------------------

    /** Against matrices applied entry by entry. */
    private static void check(
            Setting setting, int n, List<Operation> operations, int count, Random random) {
        Circuit circuit = Circuit.of(n, c -> operations.forEach(c::append));
        PauliSum observable = observable(n, random);
        List<double[]> bindings = bindings(circuit.parameters().size(), count, random);
        double[] values = setting.values(circuit, observable, bindings);
        assertThat(values).hasSize(count);
        for (int k = 0; k < count; k++) {
            assertThat(values[k])
                    .as(() -> circuit.toString())
                    .isCloseTo(
                            expected(circuit.bind(bindings.get(k)), observable),
                            within(setting.tolerance() * observable.terms().size()));
        }
    }

    private void compare(Circuit circuit, PauliSum observable) {
        List<double[]> bindings = bindings(3, 21, new Random(5));
        double[] values =
                new Setting(Precision.DOUBLE, false, 1).values(circuit, observable, bindings);
        for (int k = 0; k < values.length; k++) {
            Circuit bound = circuit.bind(bindings.get(k));
            assertThat(values[k])
                    .isCloseTo(simulator.expect(bound, observable).value(), within(1e-12));
        }
    }

    static double expected(Circuit bound, PauliSum observable) {
        Reference state = new Reference(bound.qubits());
        for (Operation operation : bound.body().operations()) {
            switch (operation) {
                case GateOperation g -> {
                    int arity = g.gate().qubits();
                    for (int k = 0; k < g.applications(); k++) {
                        int[] targets = g.targets().slice(k * arity, (k + 1) * arity).toArray();
                        state.apply(g.gate().matrix(g.values()), targets);
                    }
                }
                case PauliRotation p -> rotate(state, p.targets(), p.value());
                case PauliPhase p ->
                        rotate(state, p.targets(), p.dagger() ? -Math.PI / 2 : Math.PI / 2);
                default -> throw new AssertionError(operation);
            }
        }
        double sum = 0;
        for (PauliSum.Term term : observable.terms()) {
            Reference image = copy(state);
            for (int q = 0; q < bound.qubits(); q++) {
                image.apply(pauli(term.string().get(q)), q);
            }
            for (int i = 0; i < state.re.length; i++) {
                sum += term.coefficient() * (state.re[i] * image.re[i] + state.im[i] * image.im[i]);
            }
        }
        return sum;
    }

    /** cos(angle/2) - i sin(angle/2) P. */
    private static void rotate(Reference state, Targets targets, double angle) {
        for (PauliProduct product : PauliProduct.split("test", targets)) {
            Reference image = copy(state);
            for (int k = 0; k < product.letters().size(); k++) {
                int letter = product.letters().get(k);
                image.apply(pauli(Target.pauli(letter)), Target.value(letter));
            }
            double c = Math.cos(angle / 2);
            double s = Math.sin(product.negative() ? -angle / 2 : angle / 2);
            for (int i = 0; i < state.re.length; i++) {
                double re = c * state.re[i] + s * image.im[i];
                state.im[i] = c * state.im[i] - s * image.re[i];
                state.re[i] = re;
            }
        }
    }

    private static Reference copy(Reference state) {
        Reference copy = new Reference(state.qubits);
        copy.re = state.re.clone();
        copy.im = state.im.clone();
        return copy;
    }

    private static ComplexMatrix pauli(Pauli letter) {
        return switch (letter) {
            case I -> StandardGate.I.matrix();
            case X -> StandardGate.X.matrix();
            case Y -> StandardGate.Y.matrix();
            case Z -> StandardGate.Z.matrix();
        };
    }

    /** Gates after which no amplitude is zero and all differ. */
    static List<Operation> spread(int n) {
        List<Operation> gates = new ArrayList<>();
        for (int q = 0; q < n; q++) {
            Gate u = StandardGate.U;
            var angles =
                    List.of(Expression.of(0.4 + q), Expression.of(0.3 * q), Expression.of(0.7));
            gates.add(new GateOperation(u, angles, Targets.of(q), ""));
        }
        for (int q = 0; q + 1 < n; q++) {
            gates.add(GateOperation.of(StandardGate.CX, q, q + 1));
        }
        return gates;
    }

    static Operation operation(Gate gate, int n, Random random) {
        List<Expression> parameters = new ArrayList<>();
        for (int k = 0; k < gate.parameters(); k++) {
            parameters.add(expression(random));
        }
        List<Integer> qubits = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(qubits, random);
        int[] targets = new int[Math.min(gate.qubits(), n)];
        Arrays.setAll(targets, qubits::get);
        return gate.qubits() > n
                ? GateOperation.of(StandardGate.H, 0)
                : new GateOperation(gate, parameters, Targets.of(targets), "");
    }

    static Expression expression(Random random) {
        Parameter p = List.of(A, B, C).get(random.nextInt(3));
        return switch (random.nextInt(5)) {
            case 0 -> Expression.of(random.nextDouble(-7, 7));
            case 1 -> p;
            case 2 -> p.times(random.nextDouble(-2, 2)).plus(1);
            case 3 -> A.minus(B.dividedBy(2)).negate();
            default -> p.times(B).plus(Unary.of(Unary.Operator.COS, C));
        };
    }

    static Targets product(int n, Random random) {
        List<Integer> targets = new ArrayList<>();
        for (int q = 0; q < n; q++) {
            Pauli letter = Pauli.values()[random.nextInt(4)];
            if (letter == Pauli.I && (q + 1 < n || !targets.isEmpty())) {
                continue;
            }
            if (!targets.isEmpty()) {
                targets.add(Target.COMBINER);
            }
            int target = Target.pauli(letter == Pauli.I ? Pauli.Z : letter, q);
            targets.add(random.nextInt(4) == 0 ? Target.inverted(target) : target);
        }
        return Targets.of(targets.stream().mapToInt(t -> t).toArray());
    }

    static PauliSum observable(int n, Random random) {
        List<PauliSum.Term> terms = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            PauliString string = PauliString.identity(n);
            for (int q = 0; q < n; q++) {
                string = string.with(q, Pauli.values()[random.nextInt(4)]);
            }
            terms.add(new PauliSum.Term(random.nextDouble(-1, 1), string));
        }
        return new PauliSum(terms);
    }

    static List<double[]> bindings(int parameters, int count, Random random) {
        List<double[]> bindings = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            bindings.add(random.doubles(parameters, -4, 4).toArray());
        }
        return bindings;
    }
}
