package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.Noise;
import org.jaket.circuit.noise.StandardChannels;
import org.jaket.execution.Counts;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Noise that is decided before gates are compiled. */
class NoisyStretchTest {
    private static final Workers ALONE = Workers.of(1);

    private static void gates(CircuitBuilder c, Random random, int qubits, int count) {
        for (int k = 0; k < count; k++) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            double angle = random.nextDouble(-4, 4);
            switch (random.nextInt(9)) {
                case 0 -> c.h(a);
                case 1 -> c.u(angle, 2 * angle, 1 - angle, a);
                case 2 -> c.rx(angle, a);
                case 3 -> c.cx(a, b);
                case 4 -> c.cz(a, b);
                case 5 -> c.swap(a, b);
                case 6 -> c.x(a);
                case 7 -> c.cry(angle, a, b);
                default -> c.rz(angle, a);
            }
        }
    }

    private static KrausChannel channel(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> StandardChannels.amplitudeDamping(random.nextDouble(0.4));
            case 1 -> StandardChannels.depolarizing(1, random.nextDouble(0.4));
            case 2 -> StandardChannels.phaseDamping(random.nextDouble(0.4));
            case 3 -> StandardChannels.depolarizing(2, random.nextDouble(0.4));
            default -> reversed(StandardChannels.amplitudeDamping(random.nextDouble(0.4)));
        };
    }

    /** The same channel with its operators in another order. */
    private static KrausChannel reversed(KrausChannel channel) {
        return new KrausChannel("reversed", channel.operators().reversed());
    }

    private static Circuit noisy(Random random, int qubits) {
        return Circuit.of(
                qubits,
                c -> {
                    for (int part = 0; part < 12; part++) {
                        gates(c, random, qubits, random.nextInt(8));
                        int a = random.nextInt(qubits);
                        int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
                        switch (random.nextInt(3)) {
                            case 0 -> c.depolarize1(0.3, a);
                            case 1 -> c.depolarize2(0.3, a, b);
                            default -> {
                                KrausChannel channel = channel(random);
                                c.channel(
                                        channel,
                                        channel.qubits() == 1 ? new int[] {a} : new int[] {a, b});
                            }
                        }
                    }
                    gates(c, random, qubits, 5);
                });
    }

    /** One compilation of many gates and errors against one for each of them. */
    @Test
    void aWayIsWhatItsPiecesDoInTurn() {
        Random random = new Random(41);
        int several = 0;
        for (int round = 0; round < 200; round++) {
            int qubits = 2 + random.nextInt(4);
            Program program = Lowering.compile(noisy(random, qubits));
            Kernels kernels = KernelChoice.of(Precision.DOUBLE, qubits);
            Mechanics mechanics =
                    new Mechanics(program, ALONE, Precision.DOUBLE, Progress.NONE, null);
            try (Amplitudes whole = Amplitudes.allocate(qubits, kernels, ALONE);
                    Amplitudes pieces = Amplitudes.allocate(qubits, kernels, ALONE)) {
                whole.setBasis(0, mechanics.runner());
                pieces.setBasis(0, mechanics.runner());
                for (Instruction i : program.instructions()) {
                    switch (i) {
                        case Instruction.Apply a -> {
                            mechanics.apply(a.passes(), whole);
                            mechanics.apply(a.passes(), pieces);
                        }
                        case Instruction.Noisy n -> {
                            List<Integer> outcomes =
                                    inPieces(n.stretch(), random, mechanics, pieces);
                            int end = n.stretch().points().size();
                            several += outcomes.size() > 2 ? 1 : 0;
                            mechanics.follow(
                                    n.stretch(), new NoisyStretch.Way(-1, end, outcomes), whole);
                        }
                        default -> throw new AssertionError(i);
                    }
                }
                for (int k = 0; k < 1 << qubits; k++) {
                    assertThat(whole.re(k)).isCloseTo(pieces.re(k), within(1e-12));
                    assertThat(whole.im(k)).isCloseTo(pieces.im(k), within(1e-12));
                }
            }
        }
        assertThat(several).isGreaterThan(100);
    }

    private static List<Integer> inPieces(
            NoisyStretch stretch, Random random, Mechanics mechanics, Amplitudes state) {
        List<Integer> outcomes = new ArrayList<>();
        mechanics.follow(stretch, new NoisyStretch.Way(-1, 0, List.of()), state);
        for (int k = 0; k < stretch.points().size(); k++) {
            double[] p = mechanics.probabilities(state, stretch.points().get(k));
            int outcome = ChancePoint.pick(p, random.nextDouble());
            mechanics.follow(stretch, NoisyStretch.Way.across(k, outcome), state);
            if (outcome > 0) {
                outcomes.add(k);
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    /** The gate that an error is, written as a gate. */
    @Test
    void certainErrorsAreGates() {
        Random random = new Random(42);
        for (int round = 0; round < 50; round++) {
            int qubits = 2 + random.nextInt(4);
            long seed = random.nextLong();
            Circuit errors = certain(new Random(seed), qubits, true);
            Circuit gates = certain(new Random(seed), qubits, false);
            Distribution a = StateVectorSimulator.create().probabilities(errors);
            Distribution b = StateVectorSimulator.create().probabilities(gates);
            Counts counts =
                    StateVectorSimulator.create()
                            .run(errors, RunOptions.shots(100).seed(3))
                            .counts();
            Counts same =
                    StateVectorSimulator.create()
                            .run(gates, RunOptions.shots(100).seed(3))
                            .counts();
            assertThat(counts.total()).isEqualTo(same.total());
            for (Map.Entry<String, Double> e : b.probabilities().entrySet()) {
                assertThat(a.get(e.getKey())).isCloseTo(e.getValue(), within(1e-12));
            }
            counts.counts().keySet().forEach(bits -> assertThat(b.get(bits)).isPositive());
        }
    }

    private static Circuit certain(Random random, int qubits, boolean errors) {
        return Circuit.of(
                qubits,
                c -> {
                    for (int part = 0; part < 10; part++) {
                        gates(c, random, qubits, 4);
                        int q = random.nextInt(qubits);
                        int kind = random.nextInt(3);
                        if (errors) {
                            StandardGate pauli =
                                    switch (kind) {
                                        case 0 -> StandardGate.X;
                                        case 1 -> StandardGate.Y;
                                        default -> StandardGate.Z;
                                    };
                            if (random.nextBoolean()) {
                                c.channel(new KrausChannel("certain", List.of(pauli.matrix())), q);
                            } else {
                                double[] p = new double[3];
                                p[kind] = 1;
                                c.noise(Noise.PAULI_CHANNEL_1, p, q);
                            }
                        } else {
                            random.nextBoolean();
                            switch (kind) {
                                case 0 -> c.x(q);
                                case 1 -> c.y(q);
                                default -> c.z(q);
                            }
                        }
                    }
                    c.measureAll();
                });
    }

    /**
     * 20,000 shots against the density matrix, which follows noise in another way: chi-square over
     * results that are expected five times or more, with a chance of 1e-4 for a false alarm.
     */
    @Test
    void shotsFollowTheDensityMatrix() {
        Random random = new Random(43);
        for (int round = 0; round < 20; round++) {
            int qubits = 2 + random.nextInt(3);
            Circuit noise = noisy(random, qubits);
            Circuit circuit =
                    Circuit.of(
                            qubits,
                            c -> {
                                noise.operations().forEach(c::append);
                                c.measureAll();
                            });
            Distribution exact = DensityMatrixSimulator.create().probabilities(circuit);
            int shots = 20_000;
            Counts counts =
                    StateVectorSimulator.create()
                            .run(circuit, RunOptions.shots(shots).seed(round))
                            .counts();
            double chi = 0;
            int cells = 0;
            for (Map.Entry<String, Double> e : exact.probabilities().entrySet()) {
                double expected = e.getValue() * shots;
                if (expected >= 5) {
                    double off = counts.get(e.getKey()) - expected;
                    chi += off * off / expected;
                    cells++;
                }
            }
            assertThat(chi).as("round " + round).isLessThan(quantile(Math.max(1, cells - 1)));
        }
    }

    /** The 99.99% quantile of chi-square, by Wilson and Hilferty's approximation. */
    private static double quantile(int k) {
        double c = 2.0 / (9 * k);
        return k * Math.pow(1 - c + 3.719 * Math.sqrt(c), 3);
    }

    @Test
    void gatesBeforeTheFirstErrorAreDoneOnceForAllShots() {
        Circuit circuit =
                Circuit.of(
                        4,
                        c -> {
                            gates(c, new Random(1), 4, 40);
                            c.depolarize1(0.1, 0).measureAll();
                        });
        Instruction[] instructions = Lowering.compile(circuit).instructions();
        assertThat(instructions[0]).isInstanceOf(Instruction.Apply.class);
        assertThat(instructions[1]).isInstanceOf(Instruction.Noisy.class);
    }
}
