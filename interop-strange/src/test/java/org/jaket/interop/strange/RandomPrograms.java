package org.jaket.interop.strange;

import org.jspecify.annotations.Nullable;
import org.redfx.strange.Block;
import org.redfx.strange.BlockGate;
import org.redfx.strange.Complex;
import org.redfx.strange.ControlledBlockGate;
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
import org.redfx.strange.gate.Mul;
import org.redfx.strange.gate.MulModulus;
import org.redfx.strange.gate.Oracle;
import org.redfx.strange.gate.ProbabilitiesGate;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.Rotation;
import org.redfx.strange.gate.RotationX;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.gate.SingleQubitMatrixGate;
import org.redfx.strange.gate.Swap;
import org.redfx.strange.gate.Toffoli;
import org.redfx.strange.gate.X;
import org.redfx.strange.gate.Y;
import org.redfx.strange.gate.Z;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random programs that Strange's own simulator gets right: one gate a step, no RotationZ, Toffolis
 * with the target below or above both controls, qubits that start in |0>.
 */
final class RandomPrograms {
    private final Random random;
    private final int qubits;

    RandomPrograms(long seed, int qubits) {
        this.random = new Random(seed);
        this.qubits = qubits;
    }

    Program program(int length) {
        var program = new Program(qubits);
        // Without this, arithmetic would see little but zeros.
        for (int q = 0; q < qubits; q++) {
            program.addStep(new Step(new RotationY(angle(), q)));
        }
        while (program.getSteps().size() < length + qubits) {
            Gate gate = gate(qubits, 2);
            if (gate != null) {
                program.addStep(new Step(gate));
            }
        }
        return program;
    }

    private double angle() {
        return random.nextDouble(-3, 3);
    }

    /** Some gate on n qubits, or null where the one drawn does not fit. */
    @Nullable Gate gate(int n, int depth) {
        int[] q = shuffled(n);
        int kind = random.nextInt(depth > 0 ? 30 : 18);
        int needed = kind < 10 ? 1 : kind < 14 ? 2 : kind < 15 ? 3 : 1;
        if (n < needed) {
            return null;
        }
        return switch (kind) {
            case 0 -> new Hadamard(q[0]);
            case 1 -> new X(q[0]);
            case 2 -> new Y(q[0]);
            case 3 -> new Z(q[0]);
            case 4 -> new Identity(q[0]);
            case 5 -> inverted(new RotationX(angle(), q[0]));
            case 6 -> inverted(new RotationY(angle(), q[0]));
            case 7 -> inverted(new Rotation(angle(), Rotation.Axes.XAxis, q[0]));
            case 8 -> inverted(new R(angle(), q[0]));
            case 9 -> inverted(new R(2, random.nextInt(8), q[0]));
            case 10 -> new Cnot(q[0], q[1]);
            case 11 -> new Cz(q[0], q[1]);
            case 12 -> new Swap(q[0], q[1]);
            case 13 ->
                    random.nextBoolean()
                            ? inverted(new Cr(q[0], q[1], angle()))
                            : inverted(new Cr(q[0], q[1], 2, random.nextInt(6)));
            case 14 -> {
                int[] sorted = IntStream.of(q[0], q[1], q[2]).sorted().toArray();
                yield random.nextBoolean()
                        ? new Toffoli(sorted[0], sorted[1], sorted[2])
                        : new Toffoli(sorted[2], sorted[1], sorted[0]);
            }
            case 15 -> inverted(new SingleQubitMatrixGate(q[0], unitary(1)));
            case 16 -> inverted(new Oracle(unitary(1 + random.nextInt(Math.min(3, n)))));
            case 17 -> {
                int size = 1 + random.nextInt(n);
                int at = random.nextInt(n - size + 1);
                Fourier f = random.nextBoolean() ? new Fourier(size, at) : new InvFourier(size, at);
                yield random.nextBoolean() ? f.inverse() : f;
            }
            case 18, 19, 20 -> {
                Block block = block(1 + random.nextInt(n), depth);
                int at = random.nextInt(n - block.getNQubits() + 1);
                var gate = new BlockGate<>(block, at);
                yield random.nextBoolean() ? gate.inverse() : gate;
            }
            case 21, 22, 23 -> {
                if (n < 2) {
                    yield null;
                }
                Block block = block(1 + random.nextInt(n - 1), depth);
                int at = random.nextInt(n - block.getNQubits() + 1);
                int[] free =
                        IntStream.range(0, n)
                                .filter(k -> k < at || k >= at + block.getNQubits())
                                .toArray();
                var gate = new ControlledBlockGate<>(block, at, free[random.nextInt(free.length)]);
                yield random.nextBoolean() ? gate.inverse() : gate;
            }
            case 24 -> {
                int m = n / 2;
                yield m < 1 ? null : new Add(0, m - 1, m, 2 * m - 1);
            }
            case 25 -> {
                int from = random.nextInt(n);
                int to = from + random.nextInt(n - from);
                var gate = new AddInteger(from, to, random.nextInt(1 << (to - from + 1)));
                yield random.nextBoolean() ? gate.inverse() : gate;
            }
            case 26 -> n < 4 ? null : new AddIntegerModulus(0, n - 2, 1, 3);
            case 27 -> n < 5 ? null : new AddModulus(0, 1, 2, 3, 3);
            case 28 -> n < 4 ? null : new Mul(0, 1, 1 + 2 * random.nextInt(2));
            default -> n < 6 ? null : new MulModulus(0, 1, 2, 3);
        };
    }

    private <G extends Gate> G inverted(G gate) {
        if (random.nextInt(3) == 0) {
            gate.setInverse(true);
        }
        return gate;
    }

    private Block block(int size, int depth) {
        var block = new Block("part", size);
        int length = 1 + random.nextInt(4);
        while (block.getSteps().size() < length) {
            Gate gate = gate(size, depth - 1);
            if (gate != null) {
                block.addStep(new Step(gate));
            }
        }
        return block;
    }

    private int[] shuffled(int n) {
        int[] q = IntStream.range(0, n).toArray();
        for (int k = n - 1; k > 0; k--) {
            int j = random.nextInt(k + 1);
            int t = q[k];
            q[k] = q[j];
            q[j] = t;
        }
        return q;
    }

    /** A random unitary by orthonormalising random rows. */
    Complex[][] unitary(int size) {
        int n = 1 << size;
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                re[i][j] = random.nextGaussian();
                im[i][j] = random.nextGaussian();
            }
            for (int k = 0; k < i; k++) {
                double a = 0;
                double b = 0;
                for (int j = 0; j < n; j++) {
                    a += re[k][j] * re[i][j] + im[k][j] * im[i][j];
                    b += re[k][j] * im[i][j] - im[k][j] * re[i][j];
                }
                for (int j = 0; j < n; j++) {
                    re[i][j] -= a * re[k][j] - b * im[k][j];
                    im[i][j] -= a * im[k][j] + b * re[k][j];
                }
            }
            double norm = 0;
            for (int j = 0; j < n; j++) {
                norm += re[i][j] * re[i][j] + im[i][j] * im[i][j];
            }
            for (int j = 0; j < n; j++) {
                re[i][j] /= Math.sqrt(norm);
                im[i][j] /= Math.sqrt(norm);
            }
        }
        Complex[][] matrix = new Complex[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = new Complex(re[i][j], im[i][j]);
            }
        }
        return matrix;
    }

    /** A step that only shows. */
    static Step probabilities() {
        return new Step(new ProbabilitiesGate(0));
    }
}
