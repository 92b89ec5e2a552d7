package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redfx.strange.Block;
import org.redfx.strange.BlockGate;
import org.redfx.strange.Complex;
import org.redfx.strange.ControlledBlockGate;
import org.redfx.strange.Gate;
import org.redfx.strange.Program;
import org.redfx.strange.Qubit;
import org.redfx.strange.Result;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Fourier;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.Measurement;
import org.redfx.strange.gate.Oracle;
import org.redfx.strange.gate.PermutationGate;
import org.redfx.strange.gate.ProbabilitiesGate;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.RotationX;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.gate.RotationZ;
import org.redfx.strange.gate.SingleQubitGate;
import org.redfx.strange.gate.Toffoli;
import org.redfx.strange.gate.X;

/** What Strange 0.1.3 gets wrong, as package-info numbers it, and what is right. */
class DefectsTest {
    /** One rounding to single precision. */
    private static final double ROUNDED = 6e-8;

    private static Complex[] amplitudes(Program program) {
        return new JaketExecutionEnvironment(1).runProgram(program).getProbability();
    }

    private static Program program(int qubits, Gate... gates) {
        var program = new Program(qubits);
        for (Gate gate : gates) {
            program.addStep(new Step(gate));
        }
        return program;
    }

    /**
     * 1. The angles add up: cos and sin of half their sum. Strange is off by more than 1e-6 here.
     */
    @Test
    void roundingErrorsDoNotAddUp() {
        var program = new Program(1);
        double sum = 0;
        for (int k = 0; k < 2_000; k++) {
            double angle = 0.01 * (k % 7 + 1);
            program.addStep(new Step(new RotationX(angle, 0)));
            sum += angle;
        }
        Complex[] actual = amplitudes(program);
        AmplitudeAssertions.assertClose(actual[0], Math.cos(sum / 2), 0, ROUNDED, 0);
        AmplitudeAssertions.assertClose(actual[1], 0, -Math.sin(sum / 2), ROUNDED, 1);
    }

    /** 2. RZ(pi) = diag(-i, i), and H diag(-i, i) H |0> = -i |1>. */
    @Test
    void rotationsAboutZTurn() {
        Complex[] actual =
                amplitudes(program(1, new Hadamard(0), new RotationZ(Math.PI, 0), new Hadamard(0)));
        AmplitudeAssertions.assertClose(actual[0], 0, 0, ROUNDED, 0);
        AmplitudeAssertions.assertClose(actual[1], 0, -1, ROUNDED, 1);
    }

    /** 3. The truth table in every order of operands. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void toffoliFlipsItsTargetInEveryOrder(int n) {
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                for (int c = 0; c < n; c++) {
                    if (a == b || b == c || a == c) {
                        continue;
                    }
                    for (int input = 0; input < 1 << n; input++) {
                        var program = new Program(n, basis(n, input));
                        program.addStep(new Step(new Toffoli(a, b, c)));
                        int output = (input >> a & input >> b & 1) == 1 ? input ^ 1 << c : input;
                        assertThat(amplitudes(program)[output].r).isEqualTo(1f);
                    }
                }
            }
        }
    }

    private static Step basis(int qubits, int index) {
        var step = new Step();
        for (int q = 0; q < qubits; q++) {
            if ((index >> q & 1) == 1) {
                step.addGate(new X(q));
            }
        }
        return step;
    }

    /** 4. X on 1 beside CNOT on (0, 2), on |001>: |111>. */
    @Test
    void gatesOfOneStepActWhereTheySay() {
        var program = new Program(3, new Step(new X(0)));
        program.addStep(new Step(new X(1), new Cnot(0, 2)));
        assertThat(amplitudes(program)[7].r).isEqualTo(1f);

        var oracle = new Oracle(new Complex[][] {{Complex.ZERO, Complex.ONE}, {Complex.ONE, null}});
        var beside = new Program(2, new Step(oracle, new X(1)));
        assertThat(amplitudes(beside)[3].r).isEqualTo(1f);
    }

    /** 5. A gate that gets its qubits from setters does something: CNOT |01> = |11>. */
    @Test
    void gatesWithoutConstructorArgumentsAct() {
        var cnot = new Cnot();
        cnot.setMainQubitIndex(0);
        cnot.setAdditionalQubit(1, 1);
        assertThat(amplitudes(program(2, new X(0), cnot))[3].r).isEqualTo(1f);
    }

    /** 6. Qubit 0 starts in 0.6 |0> + 0.8 |1>, qubit 2 in |1>: indices 4 and 5. */
    @Test
    void initialAmplitudesBelongToTheirQubits() {
        var program = new Program(3, new Step(new X(1)), new Step(new X(1)));
        program.initializeQubit(0, 0.6);
        program.initializeQubit(2, 0);
        AmplitudeAssertions.assertReal(amplitudes(program), ROUNDED, 0, 0, 0, 0, 0.6, 0.8, 0, 0);
    }

    /** 7. No steps: the initial state. */
    @Test
    void programsWithoutStepsHaveResults() {
        var program = new Program(1);
        program.initializeQubit(0, -0.6);
        Result result = new JaketExecutionEnvironment(1).runProgram(program);
        AmplitudeAssertions.assertReal(result.getProbability(), ROUNDED, -0.6, 0.8);
        AmplitudeAssertions.assertReal(result.getIntermediateProbability(0), ROUNDED, -0.6, 0.8);
        assertThat(result.getQubits()).hasSize(1);
    }

    /** 8. Without the collapse the second turn would undo the first, and qubit 0 be 0 for sure. */
    @Test
    void measurementsOnTheWayCollapse() {
        var environment = new JaketExecutionEnvironment(8);
        int ones = 0;
        for (int k = 0; k < 2_000; k++) {
            Result result =
                    environment.runProgram(
                            program(
                                    1,
                                    new RotationY(Math.PI / 2, 0),
                                    new Measurement(0),
                                    new RotationY(-Math.PI / 2, 0)));
            int value = result.getQubits()[0].measure();
            ones += value;
            // RY(-pi/2) |0> = (|0> - |1>) / sqrt 2, RY(-pi/2) |1> = (|0> + |1>) / sqrt 2
            AmplitudeAssertions.assertReal(
                    result.getProbability(),
                    ROUNDED,
                    Math.sqrt(0.5),
                    value == 0 ? -Math.sqrt(0.5) : Math.sqrt(0.5));
        }
        // Six standard deviations of 2000 fair coins: a false alarm in 5e8.
        assertThat(ones).isBetween(1_000 - 134, 1_000 + 134);
    }

    /** 8. X behind a measurement flips the qubit, not what was measured. */
    @Test
    void whatWasMeasuredStaysWhatItWas() {
        var environment = new JaketExecutionEnvironment(9);
        for (int k = 0; k < 50; k++) {
            Result result =
                    environment.runProgram(
                            program(2, new Hadamard(0), new Measurement(0), new X(0)));
            int measured = result.getQubits()[0].measure();
            for (int again = 0; again < 5; again++) {
                assertThat(result.getQubits()[0].measure()).isEqualTo(measured);
                assertThat(result.getMeasuredProbability()).isEqualTo(1 - measured);
                result.measureSystem();
            }
        }
    }

    /**
     * 9. The draw is a fraction of the weight that is there; Strange runs past the end of its array
     * when rounding has left less than it draws.
     */
    @Test
    void drawsFollowTheWeights() {
        var program = new Program(2, new Step(new X(1)));
        program.initializeQubit(0, 0.6);
        Result result = new JaketExecutionEnvironment(3).runProgram(program);
        for (Complex amplitude : result.getProbability()) {
            amplitude.r *= 0.9f;
        }
        int ones = 0;
        for (int k = 0; k < 10_000; k++) {
            result.measureSystem();
            assertThat(result.getMeasuredProbability()).isIn(2, 3);
            assertThat(result.getQubits()[1].measure()).isEqualTo(1);
            ones += result.getQubits()[0].measure();
        }
        // 0.64 of them, within six standard deviations of 48.
        assertThat(ones).isBetween(6_400 - 288, 6_400 + 288);
    }

    /** 10. The inverse of R(1/2) R(1/2) is R(-1), though both are one object. */
    @Test
    void blocksThatRepeatAGateHaveInverses() {
        var block = new Block("twice", 1);
        var step = new Step(new R(0.5, 0));
        block.addStep(step);
        block.addStep(step);
        Complex[] actual =
                amplitudes(program(1, new Hadamard(0), new BlockGate<>(block, 0).inverse()));
        double s = Math.sqrt(0.5);
        AmplitudeAssertions.assertClose(actual[1], s * Math.cos(1), -s * Math.sin(1), ROUNDED, 1);
    }

    private static final class SGate extends SingleQubitGate {
        SGate(int qubit) {
            super(qubit);
        }

        @Override
        public Complex[][] getMatrix() {
            return new Complex[][] {{Complex.ONE, Complex.ZERO}, {Complex.ZERO, Complex.I}};
        }
    }

    /** 10. The inverse of diag(1, i) is diag(1, -i), for gates of a user's class as well. */
    @Test
    void blocksOfUsersGatesHaveInverses() {
        var block = new Block("s", 1);
        block.addStep(new Step(new SGate(0)));
        Complex[] actual =
                amplitudes(program(1, new Hadamard(0), new BlockGate<>(block, 0).inverse()));
        AmplitudeAssertions.assertClose(actual[1], 0, -Math.sqrt(0.5), ROUNDED, 1);
    }

    /** 11. A CNOT that comes to a step after the first run: |001> to |101>. */
    @Test
    void changesToStepsAreSeen() {
        var program = new Program(3, new Step(new X(0)), new Step());
        assertThat(amplitudes(program)[1].r).isEqualTo(1f);
        program.getSteps().get(1).addGate(new Cnot(0, 2));
        assertThat(amplitudes(program)[5].r).isEqualTo(1f);
    }

    /** 12. Exchanging qubits 0 and 2 takes |001> to |100>. */
    @Test
    void permutationsAreGatesToo() {
        assertThat(amplitudes(program(3, new X(0), new PermutationGate(0, 2, 3)))[4].r)
                .isEqualTo(1f);
    }

    /** 13. What shows the probabilities leaves the gates beside it alone. */
    @Test
    void gatesBesideProbabilitiesAct() {
        var shown = new ProbabilitiesGate(1);
        var program = new Program(2, new Step(shown, new X(0)), new Step(new X(1)));
        AmplitudeAssertions.assertReal(amplitudes(program), ROUNDED, 0, 0, 0, 1);
        AmplitudeAssertions.assertReal(shown.getProbabilities(), ROUNDED, 0, 1, 0, 0);
    }

    /** 14. A program that cannot run fails where it is started. */
    @Test
    void mistakesInAsynchronousRunsAreTold() {
        var program = program(2, new Oracle(0));
        assertThatThrownBy(() -> new JaketExecutionEnvironment().runProgram(program, result -> {}))
                .hasMessage("Step 0, gate org.redfx.strange.gate.Oracle: it has no matrix");
    }

    /** 15. |1> to exp(2 pi i k / 2^16) / 2^8 |k>; as a matrix it would have 2^32 entries. */
    @Test
    void fourierTransformsTakeNoMatrix() {
        Complex[] actual = amplitudes(program(16, new X(0), new Fourier(16, 0)));
        for (int k = 0; k < actual.length; k += 77) {
            double angle = 2 * Math.PI * k / actual.length;
            AmplitudeAssertions.assertClose(
                    actual[k], Math.cos(angle) / 256, Math.sin(angle) / 256, 1e-9, k);
        }
    }

    /** 16. Strange would do nothing at all. */
    @Test
    void controlledFourierTransformsAreRefusedOrRight() {
        var bare = program(3, new ControlledBlockGate<>(new Fourier(2, 0), 0, 2));
        assertThatThrownBy(() -> amplitudes(bare))
                .hasMessageContaining("Step 0, gate org.redfx.strange.ControlledBlockGate")
                .hasMessageContaining("which has no steps");

        var block = new Block("transform", 2);
        block.addStep(new Step(new Fourier(2, 0)));
        var wrapped = program(3, new X(2), new ControlledBlockGate<>(block, 0, 2));
        AmplitudeAssertions.assertReal(
                amplitudes(wrapped), ROUNDED, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5);
    }

    /** 11. Nor does a run leave anything in the program but its result. */
    @Test
    void programsAreOnlyRead() {
        var step = new Step(new Cnot(0, 2));
        var program = new Program(3, new Step(new X(0)), step);
        Result result = new JaketExecutionEnvironment(1).runProgram(program);
        assertThat(program.getResult()).isSameAs(result);
        assertThat(program.getDecomposedSteps()).isNull();
        assertThat(step.getComplexStep()).isEqualTo(1);
        Qubit[] qubits = result.getQubits();
        assertThat(qubits[2].measure()).isEqualTo(1);
    }
}
