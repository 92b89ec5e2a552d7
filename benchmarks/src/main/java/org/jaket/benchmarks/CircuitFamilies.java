package org.jaket.benchmarks;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.circuit.pass.Expansion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The circuits that state-vector simulators are compared on. */
final class CircuitFamilies {
    /** Layers of a brick circuit. */
    private static final int DEPTH = 20;

    private CircuitFamilies() {}

    /**
     * A family by name: {@code brick} (20 layers of U with random angles on every qubit, then CZs
     * on alternate pairs), {@code qft} (with its final swaps), {@code hadamards} (H on every
     * qubit).
     */
    static Circuit named(String name, int qubits) {
        return switch (name) {
            case "brick" -> brick(qubits, 7);
            case "qft" -> qft(qubits);
            case "hadamards" ->
                    Circuit.of(
                            qubits,
                            c -> {
                                for (int q = 0; q < qubits; q++) {
                                    c.h(q);
                                }
                            });
            default ->
                    throw new IllegalArgumentException(
                            "no family " + name + ", only brick, qft, hadamards");
        };
    }

    private static Circuit brick(int qubits, long seed) {
        Random random = new Random(seed);
        double turn = 2 * Math.PI;
        return Circuit.of(
                qubits,
                c -> {
                    for (int layer = 0; layer < DEPTH; layer++) {
                        for (int q = 0; q < qubits; q++) {
                            double theta = random.nextDouble(turn);
                            double phi = random.nextDouble(turn);
                            c.u(theta, phi, random.nextDouble(turn), q);
                        }
                        for (int q = layer % 2; q + 1 < qubits; q += 2) {
                            c.cz(q, q + 1);
                        }
                    }
                });
    }

    private static Circuit qft(int qubits) {
        return Circuit.of(
                qubits,
                c -> {
                    for (int j = qubits - 1; j >= 0; j--) {
                        c.h(j);
                        for (int k = j - 1; k >= 0; k--) {
                            c.cp(Math.PI / (1L << (j - k)), k, j);
                        }
                    }
                    for (int q = 0; q < qubits / 2; q++) {
                        c.swap(q, qubits - 1 - q);
                    }
                });
    }

    /**
     * A hardware-efficient ansatz: in each layer RY and RZ on every qubit, each with a parameter of
     * its own, then CX from every qubit to the next, from the last to the first.
     */
    static Circuit ansatz(int qubits, int layers) {
        if (qubits < 2) {
            throw new IllegalArgumentException("a ring has at least 2 qubits, not " + qubits);
        }
        return Circuit.of(
                qubits,
                c -> {
                    for (int layer = 0; layer < layers; layer++) {
                        for (int q = 0; q < qubits; q++) {
                            c.ry(Parameter.of("y_" + layer + "_" + q), q);
                            c.rz(Parameter.of("z_" + layer + "_" + q), q);
                        }
                        for (int q = 0; q < qubits; q++) {
                            c.cx(q, (q + 1) % qubits);
                        }
                    }
                });
    }

    /** The energy of the transverse-field Ising chain: -Z Z on neighbours, -X/2 on every qubit. */
    static PauliSum ising(int qubits) {
        List<PauliSum.Term> terms = new ArrayList<>();
        for (int q = 0; q + 1 < qubits; q++) {
            PauliString z = PauliString.single(qubits, q, Pauli.Z);
            terms.add(new PauliSum.Term(-1, z.with(q + 1, Pauli.Z)));
        }
        for (int q = 0; q < qubits; q++) {
            terms.add(new PauliSum.Term(-0.5, PauliString.single(qubits, q, Pauli.X)));
        }
        return new PauliSum(terms);
    }

    /**
     * Reads qsim's circuit text: the number of qubits, then one gate a line as time, name, qubits.
     * Knows h, t, cz, x_1_2 and y_1_2 (which differ from SX and SY by a global phase).
     */
    static Circuit qsim(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int qubits = Integer.parseInt(lines.getFirst().strip());
        List<Operation> gates = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.strip().split("\\s+");
            if (words.length < 3) {
                continue;
            }
            int q = Integer.parseInt(words[2]);
            gates.add(
                    switch (words[1]) {
                        case "h" -> GateOperation.of(StandardGate.H, q);
                        case "t" -> GateOperation.of(StandardGate.T, q);
                        case "x_1_2" -> GateOperation.of(StandardGate.SQRT_X, q);
                        case "y_1_2" -> GateOperation.of(StandardGate.SQRT_Y, q);
                        case "cz" ->
                                GateOperation.of(StandardGate.CZ, q, Integer.parseInt(words[3]));
                        default -> throw new IllegalArgumentException("no gate: " + line);
                    });
        }
        return Circuit.of(qubits, c -> gates.forEach(c::append));
    }

    /**
     * Reads the gates of an OpenQASM program, without its measurements; gates that it defines are
     * replaced by their bodies.
     */
    static Circuit qasm(Path file) throws IOException {
        Circuit read = Circuit.qasm(Files.readString(file));
        List<Operation> gates = new ArrayList<>();
        for (Operation operation : read.operations()) {
            switch (operation) {
                case GateOperation g -> gates.addAll(Expansion.of(g).operations());
                case Measurement m -> {}
                case Barrier b -> {}
                default ->
                        throw new IllegalArgumentException(
                                file + ": " + operation + " is not a gate or a measurement");
            }
        }
        return Circuit.of(read.qubits(), c -> gates.forEach(c::append));
    }

    /**
     * The circuit's text, then one line for each term of an observable: {@code observable}, the
     * coefficient, and the Pauli letters, highest qubit first.
     */
    static String text(Circuit circuit, PauliSum observable) {
        StringBuilder text = new StringBuilder(text(circuit));
        for (PauliSum.Term term : observable.terms()) {
            // Terms have phase +1, so the sign in front of the letters says nothing.
            String letters = term.string().toString().substring(1);
            text.append("observable ").append(term.coefficient()).append(' ').append(letters);
            text.append('\n');
        }
        return text.toString();
    }

    /** The circuit in a text any peer's driver can read: one gate a line, angles before qubits. */
    static String text(Circuit circuit) {
        StringBuilder text = new StringBuilder().append(circuit.qubits()).append('\n');
        for (Operation operation : circuit.operations()) {
            GateOperation g = (GateOperation) operation;
            int arity = g.gate().qubits();
            for (int k = 0; k < g.targets().size(); k += arity) {
                text.append(g.gate().label());
                for (double value : g.values()) {
                    text.append(' ').append(value);
                }
                for (int j = 0; j < arity; j++) {
                    text.append(' ').append(g.targets().value(k + j));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }
}
