package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.redfx.strange.Complex;
import org.redfx.strange.Gate;
import org.redfx.strange.Program;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Add;
import org.redfx.strange.gate.AddInteger;
import org.redfx.strange.gate.AddIntegerModulus;
import org.redfx.strange.gate.AddModulus;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Cr;
import org.redfx.strange.gate.Cz;
import org.redfx.strange.gate.Fourier;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.Identity;
import org.redfx.strange.gate.InvFourier;
import org.redfx.strange.gate.Measurement;
import org.redfx.strange.gate.Mul;
import org.redfx.strange.gate.MulModulus;
import org.redfx.strange.gate.Oracle;
import org.redfx.strange.gate.PermutationGate;
import org.redfx.strange.gate.ProbabilitiesGate;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.Rotation;
import org.redfx.strange.gate.RotationX;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.gate.RotationZ;
import org.redfx.strange.gate.SingleQubitMatrixGate;
import org.redfx.strange.gate.Swap;
import org.redfx.strange.gate.Toffoli;
import org.redfx.strange.gate.X;
import org.redfx.strange.gate.Y;
import org.redfx.strange.gate.Z;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.jar.JarFile;

/**
 * Every gate class that Strange has, on every basis state, against its definition written out: an
 * image and a phase for permutations, a formula for the others.
 */
class GatesTest {
    /** The amplitude of one basis state after the gate acted on another. */
    private interface Entry {
        double[] of(int output, int input);
    }

    private record Case(String name, int qubits, Supplier<Gate> gate, Entry entry, int inputs) {}

    private static final List<Case> CASES = new ArrayList<>();

    private static final double THETA = 0.7;

    static {
        double c = Math.cos(THETA / 2);
        double s = Math.sin(THETA / 2);
        double h = Math.sqrt(0.5);
        one("Identity", () -> new Identity(0), 1, 0, 0, 0, 0, 0, 1, 0);
        one("Measurement", () -> new Measurement(0), 1, 0, 0, 0, 0, 0, 1, 0);
        one("ProbabilitiesGate", () -> new ProbabilitiesGate(0), 1, 0, 0, 0, 0, 0, 1, 0);
        one("X", () -> new X(0), 0, 0, 1, 0, 1, 0, 0, 0);
        one("Y", () -> new Y(0), 0, 0, 0, -1, 0, 1, 0, 0);
        one("Z", () -> new Z(0), 1, 0, 0, 0, 0, 0, -1, 0);
        one("Hadamard", () -> new Hadamard(0), h, 0, h, 0, h, 0, -h, 0);
        double phase = Math.cos(THETA);
        double quarter = Math.sin(THETA);
        one("R", () -> new R(THETA, 0), 1, 0, 0, 0, 0, 0, phase, quarter);
        one("R", () -> inverse(new R(THETA, 0)), 1, 0, 0, 0, 0, 0, phase, -quarter);
        one("R", () -> new R(2, 3, 0), 1, 0, 0, 0, 0, 0, h, h);
        one("RotationX", () -> new RotationX(THETA, 0), c, 0, 0, -s, 0, -s, c, 0);
        one("RotationX", () -> inverse(new RotationX(THETA, 0)), c, 0, 0, s, 0, s, c, 0);
        one("RotationY", () -> new RotationY(THETA, 0), c, 0, -s, 0, s, 0, c, 0);
        one("RotationY", () -> inverse(new RotationY(THETA, 0)), c, 0, s, 0, -s, 0, c, 0);
        one("RotationZ", () -> new RotationZ(THETA, 0), c, -s, 0, 0, 0, 0, c, s);
        one("RotationZ", () -> inverse(new RotationZ(-THETA, 0)), c, -s, 0, 0, 0, 0, c, s);
        Rotation.Axes z = Rotation.Axes.ZAxis;
        one("Rotation", () -> new Rotation(THETA, z, 0), c, -s, 0, 0, 0, 0, c, s);
        Rotation.Axes y = Rotation.Axes.YAxis;
        one("Rotation", () -> new Rotation(-THETA, y, 0), c, 0, s, 0, -s, 0, c, 0);
        Complex[][] matrix = {
            {new Complex(0.6), new Complex(0, 0.8)}, {new Complex(0, 0.8), new Complex(0.6)}
        };
        one(
                "SingleQubitMatrixGate",
                () -> new SingleQubitMatrixGate(0, matrix),
                0.6,
                0,
                0,
                0.8,
                0,
                0.8,
                0.6,
                0);
        one("Oracle", () -> new Oracle(matrix), 0.6, 0, 0, 0.8, 0, 0.8, 0.6, 0);

        // Every order of operands, with a qubit between them.
        map("Cnot", 3, () -> new Cnot(0, 2), x -> x ^ (x & 1) << 2);
        map("Cnot", 3, () -> new Cnot(2, 0), x -> x ^ x >> 2 & 1);
        map("Swap", 3, () -> new Swap(0, 2), x -> x & 2 | x >> 2 | (x & 1) << 2);
        map("PermutationGate", 2, () -> new PermutationGate(0, 1, 2), x -> x >> 1 | (x & 1) << 1);
        map("Toffoli", 3, () -> new Toffoli(0, 2, 1), x -> (x & 5) == 5 ? x ^ 2 : x);
        diagonal("Cz", 3, () -> new Cz(2, 0), 5, Math.PI);
        diagonal("Cr", 3, () -> new Cr(0, 2, THETA), 5, THETA);
        diagonal("Cr", 2, () -> new Cr(1, 0, 2, 3), 3, Math.PI / 4);
        diagonal("Cr", 2, () -> inverse(new Cr(1, 0, 2, 3)), 3, -Math.PI / 4);

        fourier("Fourier", () -> new Fourier(3, 0), 1);
        fourier("Fourier", () -> new Fourier(3, 0).inverse(), -1);
        fourier("InvFourier", () -> new InvFourier(3, 0), -1);
        fourier("InvFourier", () -> new InvFourier(3, 0).inverse(), 1);

        // x in qubits 0 and 1, y in qubits 2 and 3.
        map("Add", 4, () -> new Add(0, 1, 2, 3), x -> x & 12 | x + (x >> 2) & 3);
        map("Add", 4, () -> new Add(0, 1, 2, 3).inverse(), x -> x & 12 | x - (x >> 2) & 3);
        map("AddInteger", 3, () -> new AddInteger(0, 2, 5), x -> x + 5 & 7);
        map("AddInteger", 3, () -> new AddInteger(1, 2, 3), x -> x & 1 | (x >> 1) + 3 << 1 & 6);
        // Numbers below the modulus, a 0 above them, and an auxiliary qubit that is 0.
        CASES.add(
                permutation(
                        "AddIntegerModulus",
                        4,
                        () -> new AddIntegerModulus(0, 2, 2, 3),
                        x -> (x + 2) % 3,
                        3));
        CASES.add(
                permutation(
                        "AddModulus",
                        5,
                        () -> new AddModulus(0, 1, 2, 3, 2),
                        x -> (x % 2 + x / 4) % 2 | x & 12,
                        2));
        // y (qubits 2 and 3) to 3 y modulo 4, where x is 0 (the inputs 0, 4, 8, 12).
        Entry times3 =
                (output, input) -> new double[] {output == (input / 4 * 3 % 4) * 4 ? 1 : 0, 0};
        CASES.add(
                new Case(
                        "Mul",
                        4,
                        () -> new Mul(0, 1, 3),
                        (output, input) -> input % 4 == 0 ? times3.of(output, input) : anything(),
                        16));
        CASES.add(
                permutation("MulModulus", 6, () -> new MulModulus(0, 1, 2, 3), x -> 2 * x % 3, 3));
    }

    /** No claim about this entry. */
    private static double[] anything() {
        return new double[0];
    }

    private static Gate inverse(Gate gate) {
        gate.setInverse(true);
        return gate;
    }

    private static void one(String name, Supplier<Gate> gate, double... m) {
        CASES.add(
                new Case(
                        name,
                        1,
                        gate,
                        (o, i) -> new double[] {m[4 * o + 2 * i], m[4 * o + 2 * i + 1]},
                        2));
    }

    private static Case permutation(
            String name, int qubits, Supplier<Gate> gate, IntUnaryOperator image, int inputs) {
        Entry entry = (o, i) -> new double[] {o == image.applyAsInt(i) ? 1 : 0, 0};
        return new Case(name, qubits, gate, entry, inputs);
    }

    private static void map(String name, int qubits, Supplier<Gate> gate, IntUnaryOperator image) {
        CASES.add(permutation(name, qubits, gate, image, 1 << qubits));
    }

    /** A phase where all bits of a mask are set. */
    private static void diagonal(
            String name, int qubits, Supplier<Gate> gate, int mask, double angle) {
        Entry entry =
                (o, i) ->
                        o != i
                                ? new double[2]
                                : (i & mask) == mask
                                        ? new double[] {Math.cos(angle), Math.sin(angle)}
                                        : new double[] {1, 0};
        CASES.add(new Case(name, qubits, gate, entry, 1 << qubits));
    }

    private static void fourier(String name, Supplier<Gate> gate, int sign) {
        Entry entry =
                (o, i) -> {
                    double angle = sign * 2 * Math.PI * o * i / 8;
                    return new double[] {
                        Math.cos(angle) / Math.sqrt(8), Math.sin(angle) / Math.sqrt(8)
                    };
                };
        CASES.add(new Case(name, 3, gate, entry, 8));
    }

    @TestFactory
    List<DynamicTest> gatesAreTheirDefinitions() {
        var tests = new ArrayList<DynamicTest>();
        for (Case c : CASES) {
            tests.add(DynamicTest.dynamicTest(c.name() + " " + tests.size(), () -> check(c)));
        }
        return tests;
    }

    private static void check(Case c) {
        for (int input = 0; input < c.inputs(); input++) {
            var program = new Program(c.qubits());
            for (int q = 0; q < c.qubits(); q++) {
                program.initializeQubit(q, 1 - (input >> q & 1));
            }
            program.addStep(new Step(c.gate().get()));
            Complex[] actual =
                    new JaketExecutionEnvironment(1).runProgram(program).getProbability();
            for (int output = 0; output < actual.length; output++) {
                double[] expected = c.entry().of(output, input);
                if (expected.length > 0) {
                    AmplitudeAssertions.assertClose(
                            actual[output], expected[0], expected[1], 1e-7, output);
                }
            }
        }
    }

    /** The jar's list of classes is the measure; blocks are tested elsewhere. */
    @Test
    void noGateClassIsLeftOut() throws IOException, URISyntaxException, ClassNotFoundException {
        Set<String> classes = new TreeSet<>();
        var place = new File(X.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var jar = new JarFile(place)) {
            for (var entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith("org/redfx/strange/gate/") && name.endsWith(".class")) {
                    Class<?> type = Class.forName(name.replace(".class", "").replace('/', '.'));
                    if (Gate.class.isAssignableFrom(type)
                            && !Modifier.isAbstract(type.getModifiers())) {
                        classes.add(type.getSimpleName());
                    }
                }
            }
        }
        assertThat(classes).hasSizeGreaterThan(25);
        assertThat(CASES).extracting(Case::name).containsAll(classes);
    }
}
