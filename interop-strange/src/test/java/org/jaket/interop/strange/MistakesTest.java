package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.redfx.strange.Block;
import org.redfx.strange.BlockGate;
import org.redfx.strange.Complex;
import org.redfx.strange.Gate;
import org.redfx.strange.Program;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.InformalGate;
import org.redfx.strange.gate.Measurement;
import org.redfx.strange.gate.Oracle;
import org.redfx.strange.gate.SingleQubitMatrixGate;
import org.redfx.strange.gate.X;

/** Programs that cannot be run: one error, which names the step and the class of the gate. */
class MistakesTest {
    private static void refused(Gate gate, String message) {
        var program = new Program(2, new Step(new X(0)));
        program.addStep(new Step(gate));
        String whole = "Step 1, gate " + gate.getClass().getName() + ": " + message;
        assertThatThrownBy(() -> new JaketExecutionEnvironment().runProgram(program))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(whole);
        assertThatThrownBy(() -> StrangePrograms.toCircuit(program))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(whole);
    }

    private static Complex[][] ones(int size) {
        Complex[][] matrix = new Complex[size][size];
        for (Complex[] row : matrix) {
            java.util.Arrays.setAll(row, k -> Complex.ONE);
        }
        return matrix;
    }

    @Test
    void qubitsThatAreNotThere() {
        refused(new X(2), "it acts on qubit 2, but the program has qubits 0 to 1");
        refused(new X(-1), "");
        refused(new Cnot(0, 7), "it acts on qubit 7");
        refused(new Cnot(1, 1), "CX 1 1: qubit 1 appears twice");
        refused(new BlockGate<>(new Block("b", 3), 0), "it acts on qubit 2");
    }

    @Test
    void matricesThatAreNone() {
        refused(new Oracle(0), "it has no matrix");
        refused(new Oracle(ones(2)), "its matrix is not unitary: U^dagger U differs");
        refused(new SingleQubitMatrixGate(0, ones(4)), "its matrix is not 2 x 2");
        refused(
                new SingleQubitMatrixGate(
                        0,
                        new Complex[][] {
                            {new Complex(Double.NaN), Complex.ZERO}, {Complex.ZERO, Complex.ONE}
                        }),
                "matrix entry (0, 0) is not finite");
        var ragged = new Complex[][] {{Complex.ONE, Complex.ZERO}, {Complex.ONE}};
        refused(new SingleQubitMatrixGate(0, ragged), "its matrix is not 2 x 2");
        var displaced = new Oracle(Complex.identityMatrix(2));
        displaced.setAdditionalQubit(1, 1);
        refused(displaced, "its matrix of 2 rows does not fit the qubits [0, 1]");
    }

    @Test
    void gatesThatAreNone() {
        var note =
                new InformalGate(0) {
                    @Override
                    public String getCaption() {
                        return "note";
                    }

                    @Override
                    public String getName() {
                        return "note";
                    }

                    @Override
                    public int getSize() {
                        return 1;
                    }

                    @Override
                    public void setInverse(boolean inverse) {}
                };
        refused(note, "it is no gate that acts on qubits");

        var measuring = new Block("measuring", 1);
        measuring.addStep(new Step(new Measurement(0)));
        refused(
                new BlockGate<>(measuring, 0),
                "inside, gate org.redfx.strange.gate.Measurement: a measurement cannot be part of"
                        + " a gate");

        var endless = new Block("endless", 1);
        endless.addStep(new Step(new BlockGate<>(endless, 0)));
        assertThatThrownBy(
                        () ->
                                new JaketExecutionEnvironment()
                                        .runProgram(
                                                new Program(
                                                        1, new Step(new BlockGate<>(endless, 0)))))
                .hasMessage(
                        "Step 0, gate org.redfx.strange.BlockGate: inside, gate"
                                + " org.redfx.strange.BlockGate: blocks lie in blocks more than 200"
                                + " deep");
    }

    @Test
    void initialAmplitudesThatAreNone() {
        var program = new Program(2, new Step(new Hadamard(0)));
        program.initializeQubit(1, 1.5);
        assertThatThrownBy(() -> new JaketExecutionEnvironment().runProgram(program))
                .hasMessage(
                        "The initial amplitude of qubit 1 must be a number from -1 to 1, not 1.5");
    }

    @Test
    void resultsThatDoNotFit() {
        for (int qubits : new int[] {30, 31, 60}) {
            var program = new Program(qubits, new Step(new Hadamard(0)));
            assertThatThrownBy(() -> new JaketExecutionEnvironment().runProgram(program))
                    .hasMessageContaining("The result of a program of " + qubits + " qubits");
        }
    }

    @Test
    void stepsThatAreNotThere() {
        var result =
                new JaketExecutionEnvironment(1)
                        .runProgram(new Program(1, new Step(new Hadamard(0))));
        assertThatThrownBy(() -> result.getIntermediateProbability(1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Step 1 of a program of 1 steps");
    }
}
