package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.execution.VectorKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Every gate, on every kernel set, against its matrix applied entry by entry. */
class GatesAgainstMatricesTest {

    static Stream<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        for (Precision p : Precision.values()) {
            all.add(new Setting(KernelChoice.plain(p), 1));
            all.add(new Setting(KernelChoice.plain(p), 3));
            if (VectorKernels.arePresent()) {
                for (int threads = 1; threads <= 4; threads++) {
                    all.add(new Setting(KernelChoice.vector(p), threads));
                }
            }
        }
        return all.stream();
    }

    record Setting(Kernels kernels, int threads) {
        int smallest() {
            return kernels.laneBits() == 0 ? 1 : 6;
        }

        double tolerance() {
            return kernels.precision() == Precision.DOUBLE ? 1e-12 : 1e-5;
        }

        @Override
        public String toString() {
            return kernels.getClass().getSimpleName() + ", " + threads + " threads";
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyGateActsAsItsMatrixAtEveryPosition(Setting setting) {
        Random random = new Random(1);
        for (StandardGate gate : StandardGate.values()) {
            for (int n = Math.max(setting.smallest(), gate.qubits()); n <= 8; n++) {
                for (int position = 0; position < n; position++) {
                    int[] targets = targets(gate.qubits(), n, position, random);
                    check(setting, n, List.of(operation(gate, targets, random)), 5, 3);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void controlsOfEitherKindActAsTheMatrix(Setting setting) {
        Random random = new Random(2);
        StandardGate[] bases = {
            StandardGate.X, StandardGate.Y, StandardGate.H, StandardGate.T, StandardGate.SWAP,
            StandardGate.U, StandardGate.RXX, StandardGate.RY, StandardGate.GPHASE, StandardGate.ECR
        };
        for (StandardGate base : bases) {
            for (int controls = 1; controls <= 6; controls++) {
                long pattern = random.nextLong(1L << controls);
                Gate gate = base.controlled(controls, pattern);
                int n = Math.max(setting.smallest(), gate.qubits()) + 1;
                for (int k = 0; k < 4; k++) {
                    int[] targets = targets(gate.qubits(), n, random.nextInt(n), random);
                    check(setting, n, List.of(operation(gate, targets, random)), 5, 3);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void randomCircuitsActAsTheirMatricesWhateverTheTile(Setting setting) {
        Random random = new Random(3);
        StandardGate[] table = StandardGate.values();
        for (int round = 0; round < 60; round++) {
            int n = setting.smallest() + random.nextInt(10 - setting.smallest() + 1);
            List<Operation> operations = new ArrayList<>();
            for (int g = 0; g < 60; g++) {
                Gate gate = table[random.nextInt(table.length)];
                if (random.nextInt(8) == 0) {
                    int controls = 1 + random.nextInt(3);
                    gate = gate.controlled(controls, random.nextLong(1L << controls));
                }
                if (gate.qubits() <= n) {
                    int[] targets = targets(gate.qubits(), n, random.nextInt(n), random);
                    operations.add(operation(gate, targets, random));
                }
            }
            int tile = Math.min(n, Math.max(4, setting.kernels.laneBits() + 2) + random.nextInt(4));
            check(setting, n, operations, tile, Math.min(tile, setting.kernels.laneBits() + 1));
        }
    }

    /** Up to 14 qubits in the tiles that circuits get, and in ones that leave half of them out. */
    @ParameterizedTest
    @MethodSource("settings")
    void randomCircuitsOnManyQubitsActAsTheirMatrices(Setting setting) {
        Random random = new Random(5);
        StandardGate[] table = StandardGate.values();
        for (int n = 11; n <= 14; n++) {
            List<Operation> operations = new ArrayList<>();
            for (int g = 0; g < 120; g++) {
                Gate gate = table[random.nextInt(table.length)];
                if (random.nextInt(8) == 0) {
                    int controls = 1 + random.nextInt(4);
                    gate = gate.controlled(controls, random.nextLong(1L << controls));
                }
                int[] targets = targets(gate.qubits(), n, random.nextInt(n), random);
                operations.add(operation(gate, targets, random));
            }
            check(setting, n, operations, Schedule.TILE_BITS, Schedule.RUN_BITS);
            check(setting, n, operations, 9, setting.kernels.laneBits());
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void largeMatricesActAsTheyAre(Setting setting) {
        Random random = new Random(4);
        for (int k = 2; k <= 7; k++) {
            ComplexMatrix m = unitary(k, random);
            int n = Math.max(setting.smallest(), k) + 1;
            for (int round = 0; round < 3; round++) {
                int[] targets = targets(k, n, random.nextInt(n), random);
                Operation op = GateOperation.of(new MatrixGate("haar", m), targets);
                check(setting, n, List.of(op), n, 4);
            }
        }
    }

    // Aer gave wrong amplitudes for this circuit when fusion was on.
    @Test
    void fusionKeepsTheAmplitudesOfHCxXSX() {
        Circuit circuit = Circuit.of(15, c -> c.h(0).cx(0, 1).x(0).s(0).x(0));
        try (StateVector state = StateVectorSimulator.create().state(circuit)) {
            // h: (|0>+|1>)/sqrt 2; cx; x; s puts i where the flipped bit is 1; x back.
            double s = Math.sqrt(0.5);
            assertThat(state.im(0)).isCloseTo(s, org.assertj.core.data.Offset.offset(1e-15));
            assertThat(state.re(3)).isCloseTo(s, org.assertj.core.data.Offset.offset(1e-15));
            assertThat(state.norm()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-14));
        }
    }

    private static void check(
            Setting setting, int n, List<? extends Operation> operations, int tile, int run) {
        Reference reference = Reference.random(n, 77);
        Workers workers = Workers.of(setting.threads);
        Gathering gates = new Gathering(n);
        try (Amplitudes state = reference.load(setting.kernels, workers)) {
            for (Operation operation : operations) {
                GateOperation g = (GateOperation) operation;
                new GateLowering(gates).apply(g);
                reference.apply(g.gate().matrix(g.values()), g.targets().toArray());
            }
            int bits = Math.max(tile, setting.kernels.laneBits());
            List<Pass> passes =
                    Schedule.of(gates.finish(), n, bits, Math.max(run, setting.kernels.laneBits()));
            new Runner(workers).apply(passes, state);
            assertThat(reference.distance(state, gates.frame()))
                    .as(() -> operations.stream().map(Operation::describe).toList().toString())
                    .isLessThan(setting.tolerance());
        }
    }

    static GateOperation operation(Gate gate, int[] targets, Random random) {
        List<Expression> parameters = new ArrayList<>();
        for (int k = 0; k < gate.parameters(); k++) {
            parameters.add(Expression.of(random.nextDouble(-7, 7)));
        }
        return new GateOperation(gate, parameters, Targets.of(targets), "");
    }

    /** Distinct qubits, the first one given. */
    static int[] targets(int count, int qubits, int first, Random random) {
        int[] targets = new int[count];
        for (int k = 0; k < count; k++) {
            int q = k == 0 ? first : random.nextInt(qubits);
            while (contains(targets, k, q)) {
                q = random.nextInt(qubits);
            }
            targets[k] = q;
        }
        return targets;
    }

    private static boolean contains(int[] a, int length, int x) {
        return Arrays.stream(a).limit(length).anyMatch(y -> y == x);
    }

    /** A random unitary by Gram-Schmidt. */
    static ComplexMatrix unitary(int qubits, Random random) {
        int n = 1 << qubits;
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                re[i * n + j] = random.nextGaussian();
                im[i * n + j] = random.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < i; k++) {
                    double x = 0;
                    double y = 0;
                    for (int j = 0; j < n; j++) {
                        x += re[k * n + j] * re[i * n + j] + im[k * n + j] * im[i * n + j];
                        y += re[k * n + j] * im[i * n + j] - im[k * n + j] * re[i * n + j];
                    }
                    for (int j = 0; j < n; j++) {
                        re[i * n + j] -= x * re[k * n + j] - y * im[k * n + j];
                        im[i * n + j] -= x * im[k * n + j] + y * re[k * n + j];
                    }
                }
            }
            double norm = 0;
            for (int j = 0; j < n; j++) {
                norm += re[i * n + j] * re[i * n + j] + im[i * n + j] * im[i * n + j];
            }
            for (int j = 0; j < n; j++) {
                re[i * n + j] /= Math.sqrt(norm);
                im[i * n + j] /= Math.sqrt(norm);
            }
        }
        return ComplexMatrix.of(n, n, re, im);
    }
}
