package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.circuit.Circuit;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;
import org.redfx.strange.Complex;
import org.redfx.strange.Program;
import org.redfx.strange.Qubit;
import org.redfx.strange.Result;
import org.redfx.strange.local.SimpleQuantumExecutionEnvironment;

import java.util.Objects;

/**
 * Random programs of every gate class against Strange's own simulator, where that is right. It
 * computes in single precision, hence 1e-5.
 */
class StrangeOracleTest {
    private static final double TOLERANCE = 1e-5;

    @Property(tries = 400, seed = "20260101")
    void everythingAResultTellsIsWhatStrangeTells(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int qubits) {
        Program program = new RandomPrograms(seed, qubits).program(12);
        // Ours first: Strange's writes into the program's steps and gates.
        Result actual = new JaketExecutionEnvironment(1).runProgram(program);
        Result expected = new SimpleQuantumExecutionEnvironment().runProgram(program);
        AmplitudeAssertions.assertClose(
                actual.getProbability(), expected.getProbability(), TOLERANCE);
        for (int s = 0; s < program.getSteps().size(); s++) {
            AmplitudeAssertions.assertClose(
                    actual.getIntermediateProbability(s),
                    expected.getIntermediateProbability(s),
                    TOLERANCE);
        }
        assertThat(actual.getQubits()).hasSize(qubits);
        for (int q = 0; q < qubits; q++) {
            assertThat(actual.getQubits()[q].getProbability())
                    .isCloseTo(expected.getQubits()[q].getProbability(), within(TOLERANCE));
            for (int s = 0; s < program.getSteps().size(); s++) {
                assertThat(between(actual, s)[q].getProbability())
                        .isCloseTo(between(expected, s)[q].getProbability(), within(TOLERANCE));
            }
        }
    }

    private static Qubit[] between(Result result, int step) {
        return Objects.requireNonNull(result.getIntermediateQubits().get(step));
    }

    /** The way back: circuits from programs, programs from these circuits. */
    @Property(tries = 200, seed = "20260102")
    void programsSurviveTheWayThroughACircuit(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int qubits) {
        Program program = new RandomPrograms(seed, qubits).program(8);
        Circuit circuit = StrangePrograms.toCircuit(program);
        Complex[] expected =
                new SimpleQuantumExecutionEnvironment().runProgram(program).getProbability();
        try (StateVector state = StateVectorSimulator.create().state(circuit)) {
            for (int i = 0; i < expected.length; i++) {
                AmplitudeAssertions.assertClose(
                        new Complex(state.re(i), state.im(i)),
                        expected[i].r,
                        expected[i].i,
                        TOLERANCE,
                        i);
            }
        }
        Program back = StrangePrograms.toProgram(circuit);
        AmplitudeAssertions.assertClose(
                new SimpleQuantumExecutionEnvironment().runProgram(back).getProbability(),
                expected,
                TOLERANCE);
    }
}
