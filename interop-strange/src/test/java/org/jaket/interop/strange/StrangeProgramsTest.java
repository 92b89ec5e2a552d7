package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redfx.strange.Complex;
import org.redfx.strange.Program;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Add;
import org.redfx.strange.gate.Measurement;
import org.redfx.strange.local.SimpleQuantumExecutionEnvironment;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Circuits to programs, judged by Strange's own simulator (to 1e-5) and by Jaket's engine. */
class StrangeProgramsTest {
    private static Complex[] amplitudes(Circuit circuit) {
        try (StateVector state = StateVectorSimulator.create().state(circuit)) {
            Complex[] amplitudes = new Complex[1 << circuit.qubits()];
            for (int i = 0; i < amplitudes.length; i++) {
                amplitudes[i] = new Complex(state.re(i), state.im(i));
            }
            return amplitudes;
        }
    }

    private static void assertStrangeAgrees(Circuit circuit) {
        Program program = StrangePrograms.toProgram(circuit);
        Complex[] expected = amplitudes(circuit);
        // Back first: Strange's simulator writes into the program.
        AmplitudeAssertions.assertClose(
                amplitudes(StrangePrograms.toCircuit(program)), expected, 1e-6);
        AmplitudeAssertions.assertClose(
                new SimpleQuantumExecutionEnvironment().runProgram(program).getProbability(),
                expected,
                1e-5);
    }

    private static List<Expression> parameters(Random random, int count) {
        return random.doubles(count, -3, 3).mapToObj(Expression::of).toList();
    }

    private static int[] some(Random random, int n, int count) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        java.util.Collections.shuffle(all, random);
        return all.stream().limit(count).mapToInt(q -> q).toArray();
    }

    /** A state in which nothing is zero or equal, so that no gate can hide. */
    private static void stir(CircuitBuilder c, Random random) {
        for (int q = 0; q < c.qubits(); q++) {
            c.u(random.nextDouble(3), random.nextDouble(3), random.nextDouble(3), q);
            if (q > 0) {
                c.cx(q - 1, q);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StandardGate.class)
    void everyNamedGateWithAndWithoutControls(StandardGate gate) {
        var random = new Random(gate.ordinal());
        for (int turn = 0; turn < 6; turn++) {
            Gate whole =
                    turn < 3 ? gate : gate.controlled(1 + turn % 3, random.nextInt(2 << turn % 3));
            int n = Math.max(1, whole.qubits()) + (turn % 2);
            assertStrangeAgrees(
                    Circuit.of(
                            n,
                            c -> {
                                stir(c, random);
                                c.gate(
                                        whole,
                                        parameters(random, gate.parameters()),
                                        some(random, n, whole.qubits()));
                            }));
        }
    }

    @Property(tries = 200, seed = "20260103")
    void circuitsOfAllSorts(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        var random = new Random(seed);
        assertStrangeAgrees(
                Circuit.of(
                        n,
                        c -> {
                            stir(c, random);
                            for (int k = 0; k < 6; k++) {
                                operation(c, random);
                            }
                        }));
    }

    private static void operation(CircuitBuilder c, Random random) {
        int n = c.qubits();
        switch (random.nextInt(6)) {
            case 0 -> {
                int size = 1 + random.nextInt(Math.min(3, n));
                c.unitary(unitary(random, size), some(random, n, size));
            }
            case 1 -> {
                int size = 1 + random.nextInt(n);
                Gate fourier = GateReader.fourier(size);
                c.gate(random.nextBoolean() ? fourier : fourier.inverse(), some(random, n, size));
            }
            case 2 -> c.append(new PauliPhase(random.nextBoolean(), product(random, n), ""));
            case 3 ->
                    c.append(
                            new PauliRotation(
                                    Expression.of(random.nextDouble(3)), product(random, n), ""));
            case 4 -> {
                int controls = random.nextInt(n);
                if (controls > 0) {
                    Gate base = random.nextBoolean() ? StandardGate.H : StandardGate.S.power(0.3);
                    c.gate(
                            base.controlled(controls, random.nextLong(1L << controls)),
                            some(random, n, controls + 1));
                }
            }
            default -> c.repeat(3, r -> r.rx(0.3, random.nextInt(n)).tick().barrier());
        }
    }

    private static ComplexMatrix unitary(Random random, int size) {
        return StrangeMatrices.unitary(
                new RandomPrograms(random.nextLong(), size).unitary(size), size);
    }

    /** A signed product of letters such as !X2*Y0. */
    private static Targets product(Random random, int n) {
        var targets = new ArrayList<Integer>();
        for (int q : some(random, n, 1 + random.nextInt(n))) {
            var letter = org.jaket.circuit.Pauli.values()[1 + random.nextInt(3)];
            int target = Target.pauli(letter, q);
            if (!targets.isEmpty()) {
                targets.add(Target.COMBINER);
            }
            targets.add(random.nextBoolean() ? target : Target.inverted(target));
        }
        return Targets.of(targets.stream().mapToInt(t -> t).toArray());
    }

    @Test
    void measurementsGoToTheBitsOfTheirQubits() {
        Program program = new Program(3, new Step(new org.redfx.strange.gate.X(2)));
        program.addStep(new Step(new Measurement(2), new Measurement(0)));
        Circuit circuit = StrangePrograms.toCircuit(program);
        assertThat(circuit.register("c").size()).isEqualTo(3);
        assertThat(StateVectorSimulator.create().probabilities(circuit).get("100")).isEqualTo(1);

        Program back = StrangePrograms.toProgram(Circuit.of(3, c -> c.x(1).measureAll()));
        var qubits = new JaketExecutionEnvironment(1).runProgram(back).getQubits();
        assertThat(qubits).extracting(q -> q.measure()).containsExactly(0, 1, 0);
    }

    /** What a block is made of can be read by others: 3 + 2 = 5 by way of OpenQASM. */
    @Test
    void blocksSurviveOpenQasm() {
        Program program = new Program(6);
        program.initializeQubit(0, 0);
        program.initializeQubit(1, 0);
        program.initializeQubit(4, 0);
        program.addStep(new Step(new Add(0, 2, 3, 5)));
        program.addStep(new Step(new Measurement(0), new Measurement(1), new Measurement(2)));
        Circuit read = Circuit.qasm(StrangePrograms.toCircuit(program).toQasm3());
        assertThat(StateVectorSimulator.create().probabilities(read).get("000101"))
                .isCloseTo(1, within(1e-9));
    }

    private static void refused(String message, Consumer<CircuitBuilder> build) {
        Circuit circuit = Circuit.of(3, build);
        assertThatThrownBy(() -> StrangePrograms.toProgram(circuit))
                .isInstanceOf(CircuitException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatStrangeHasNoMeansForIsNamed() {
        refused("DEPOLARIZE1(0.1) 1: Strange has no noise", c -> c.depolarize1(0.1, 1));
        refused("R 2: Strange has no resets", c -> c.reset(2));
        refused(
                "if (bit 0): Strange has no classical control",
                c -> c.when(c.measure(0), t -> t.x(1)));
        refused(
                "bit 0 = true: Strange has no classical bits",
                c -> c.assign(c.register("a", 1).bit(0), Expression.of(true)));
        refused("delay[1.0E-6 s] 0: Strange has no delays", c -> c.delay(1e-6, 0));
        refused("MX 0: Strange measures in the", c -> c.record(MeasurementKind.MX, 0));
        refused("MR 0: Strange measures in the", c -> c.record(MeasurementKind.MR, 0));
        refused("M !0: Strange", c -> c.record(MeasurementKind.M, Target.inverted(0)));
        refused(
                "CX rec[-1] 1: Strange has no classical control",
                c -> c.record(MeasurementKind.M, 0).gate(StandardGate.CX, Target.record(1), 1));
        refused(
                "X 0: changes a qubit after its measurement",
                c -> c.record(MeasurementKind.M, 0).x(0));
        refused(
                "M 0: the qubit is swapped away later",
                c -> c.record(MeasurementKind.M, 0).swap(0, 1));
        refused(
                "RX(theta) 0: parameter theta has no value yet",
                c -> c.rx(Parameter.of("theta"), 0));
        refused(
                "DETECTOR rec[-1]: Strange has no detectors",
                c -> c.record(MeasurementKind.M, 0).detector(List.of(), 1));
        refused(
                "the circuit needs more than 100000 steps in Strange",
                c -> c.repeat(1_000_000_000_000L, r -> r.x(0)));
    }

    /** Controls and phases leave a measured qubit as it is. */
    @Test
    void gatesThatCommuteMayFollowAMeasurement() {
        Circuit circuit =
                Circuit.of(3, c -> c.h(0).record(MeasurementKind.M, 0).t(0).cx(0, 1).ccz(0, 1, 2));
        Program program = StrangePrograms.toProgram(circuit);
        var result = new JaketExecutionEnvironment(5).runProgram(program);
        assertThat(result.getQubits()[0].measure()).isEqualTo(result.getQubits()[1].measure());
        AmplitudeAssertions.assertReal(
                new Complex[] {result.getProbability()[0]}, 1e-7, Math.sqrt(0.5));
        // CCZ comes with swaps around it, which bring the measured qubit back.
        Program again = StrangePrograms.toProgram(StrangePrograms.toCircuit(program));
        AmplitudeAssertions.assertClose(
                new JaketExecutionEnvironment(6).runProgram(again).getProbability(),
                result.getProbability(),
                1e-6);
    }
}
