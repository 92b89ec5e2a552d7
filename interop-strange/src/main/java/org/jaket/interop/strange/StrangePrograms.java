package org.jaket.interop.strange;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.redfx.strange.Program;

import java.util.List;

/**
 * Strange's programs as circuits, and circuits as programs.
 *
 * <p>Both sides have qubit k as bit k of an amplitude's index. Inside a gate they differ: the first
 * qubit of a two- or three-qubit gate of Strange's is the most significant one of its matrix, the
 * first target of a gate of Jaket's the least significant one. Both directions turn matrices
 * accordingly, so that amplitudes stay what they are, global phase included.
 */
public final class StrangePrograms {
    private StrangePrograms() {}

    /**
     * The circuit that does what a program says.
     *
     * <p>Initial amplitudes become rotations from |0>. Gates of Strange's become the named gates
     * that they are; blocks become defined gates, oracles and gates of other classes matrices. If
     * the program measures, the circuit has one register {@code c} of as many bits as qubits, and
     * qubit k is measured into bit k. Steps leave no trace; {@code ProbabilitiesGate}s, which do
     * nothing, are left out.
     *
     * @throws IllegalArgumentException naming the step and the class of the gate that has no
     *     matrix, or one that is not unitary to 1e-4, or acts on qubits that are not there
     */
    public static Circuit toCircuit(Program program) {
        ReadProgram read = ReadProgram.of(program);
        return Circuit.of(
                read.qubits(),
                c -> {
                    if (read.measures()) {
                        c.register("c", read.qubits());
                    }
                    read.preparation().forEach(c::append);
                    for (List<Operation> step : read.steps()) {
                        step.forEach(c::append);
                    }
                });
    }

    /**
     * A program that does what a circuit says, made of Strange's own classes only, one gate a step.
     * It avoids what Strange's own simulator gets wrong, so that it can run there too.
     *
     * <p>Gates that Strange does not have become {@code SingleQubitMatrixGate}s, or blocks with an
     * {@code Oracle} inside, surrounded by swaps that bring their qubits together; controls become
     * {@code ControlledBlockGate}s. The result of measuring qubit k is Strange's qubit k, whatever
     * bit the circuit measures it into. Ticks, barriers and coordinates, which change nothing, are
     * left out.
     *
     * @throws CircuitException naming the operation that Strange has no means for: noise, resets,
     *     classical bits and what depends on them, detectors, delays; measurements in another
     *     basis, with flips or followed by a gate that changes the measured qubit; parameters
     *     without values; gates that are known by a matrix of more than 10 qubits; more than 10^5
     *     steps
     */
    public static Program toProgram(Circuit circuit) {
        return new ProgramWriter(circuit.qubits()).write(circuit.body());
    }
}
