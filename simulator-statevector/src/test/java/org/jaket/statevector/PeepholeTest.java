package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.assertj.core.data.Offset;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Rewritten ops against the ops as they were, applied amplitude by amplitude. */
class PeepholeTest {
    private static final int QUBITS = 5;

    @Property(tries = 3000)
    void rewrittenOpsDoTheSame(@ForAll long seed) {
        check(seed, ops -> Peephole.rewrite(ops, QUBITS, Progress.NONE));
    }

    @Property(tries = 3000)
    void fusedOpsDoTheSame(@ForAll long seed) {
        check(seed, ops -> PairFusion.fuse(ops, QUBITS, Progress.NONE));
    }

    private static void check(long seed, UnaryOperator<List<Op>> rewriting) {
        Random random = new Random(seed);
        List<Op> ops = new ArrayList<>();
        int length = 2 + random.nextInt(40);
        // Few kinds of targets at a time, so that ops meet.
        int targets = 1 + random.nextInt(3);
        for (int k = 0; k < length; k++) {
            ops.add(random(random, targets));
        }
        Reference before = Reference.random(QUBITS, seed);
        Reference after = Reference.random(QUBITS, seed);
        ops.forEach(op -> apply(op, before));
        rewriting.apply(ops).forEach(op -> apply(op, after));
        for (int i = 0; i < before.re.length; i++) {
            assertThat(after.re[i]).isCloseTo(before.re[i], within());
            assertThat(after.im[i]).isCloseTo(before.im[i], within());
        }
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-12);
    }

    private static Op random(Random random, int targets) {
        int q = random.nextInt(targets);
        long others = ((1L << QUBITS) - 1) & ~(1L << q);
        long mask = random.nextLong() & others;
        if (random.nextInt(3) > 0) {
            mask = Long.lowestOneBit(mask);
        }
        long value = random.nextInt(3) > 0 ? mask : random.nextLong() & mask;
        double angle = random.nextDouble() * 3 - 1.5;
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Op.Flip(q, mask, value);
            case 3 -> new Op.Phase(mask | 1L << q, angle);
            case 4 -> new Op.Phase(1L << q, random.nextBoolean() ? Math.PI : angle);
            case 5 -> new Op.Turn(q, 1, Math.sqrt(0.5));
            case 6 -> {
                double eighth = random.nextBoolean() ? Math.PI / 8 : -Math.PI / 8;
                double a = random.nextInt(4) == 0 ? angle / 2 : eighth;
                yield new Op.Turn(q, Math.tan(a), Math.cos(a));
            }
            default ->
                    random.nextInt(4) > 0
                            ? new Op.Phase(mask, angle)
                            : new Op.Dense1(q, mask, value, new double[] {0, 1, 0, 0, 0, 0, 1, 0});
        };
    }

    private static void apply(Op op, Reference state) {
        switch (op) {
            case Op.Phase(long mask, double angle) -> {
                for (int i = 0; i < state.re.length; i++) {
                    if ((i & mask) == mask) {
                        set(state, i, 0, 0, Math.cos(angle), Math.sin(angle), i, i);
                    }
                }
            }
            case Op.Turn(int q, double t, double c) ->
                    pairs(state, q, 0, 0, new double[] {c, 0, -c * t, 0, c * t, 0, c, 0});
            case Op.Flip(int q, long mask, long value) ->
                    pairs(state, q, mask, value, new double[] {0, 0, 1, 0, 1, 0, 0, 0});
            case Op.Dense1(int q, long mask, long value, double[] m) ->
                    pairs(state, q, mask, value, m);
            case Op.Dense d -> {
                int n = 1 << d.qubits().length;
                double[] re = new double[n * n];
                double[] im = new double[n * n];
                for (int k = 0; k < n * n; k++) {
                    re[k] = d.entries()[2 * k];
                    im[k] = d.entries()[2 * k + 1];
                }
                state.apply(ComplexMatrix.of(n, n, re, im), d.qubits());
            }
            case Op.Swap s -> throw new AssertionError(s);
        }
    }

    private static void pairs(Reference s, int q, long mask, long value, double[] m) {
        for (int i = 0; i < s.re.length; i++) {
            int j = i | 1 << q;
            if (i == j || (i & mask) != value) {
                continue;
            }
            double x = s.re[i];
            double y = s.im[i];
            set(s, i, m[2], m[3], m[0], m[1], j, i);
            double a = s.re[j];
            double b = s.im[j];
            s.re[j] = m[4] * x - m[5] * y + m[6] * a - m[7] * b;
            s.im[j] = m[4] * y + m[5] * x + m[6] * b + m[7] * a;
        }
    }

    /** s[to] becomes f s[second] + g s[to]. */
    private static void set(
            Reference s, int to, double fr, double fi, double gr, double gi, int second, int own) {
        double x = fr * s.re[second] - fi * s.im[second] + gr * s.re[own] - gi * s.im[own];
        double y = fr * s.im[second] + fi * s.re[second] + gr * s.im[own] + gi * s.re[own];
        s.re[to] = x;
        s.im[to] = y;
    }

    private static List<Op> ops(Circuit circuit) {
        Gathering gathering = new Gathering(circuit.qubits());
        GateLowering lowering = new GateLowering(gathering);
        circuit.body().operations().forEach(o -> lowering.apply((GateOperation) o));
        return gathering.finish();
    }

    private static long count(List<Op> ops, Class<? extends Op> kind) {
        return ops.stream().filter(kind::isInstance).count();
    }

    @Test
    void chainsOfCxAroundARotationArePhases() {
        List<Op> ops =
                ops(
                        Circuit.of(
                                4,
                                c ->
                                        c.cx(0, 1)
                                                .cx(1, 2)
                                                .cx(2, 3)
                                                .rz(0.7, 3)
                                                .cx(2, 3)
                                                .cx(1, 2)
                                                .cx(0, 1)));
        assertThat(ops).allMatch(op -> op instanceof Op.Phase);
        // The parity of four bits as a sum of products of bits has all 15 of them.
        assertThat(ops.stream().filter(op -> op.reads() != 0)).hasSize(15);
    }

    /** Nielsen and Chuang, figure 4.9: six CX, seven T gates, two H. */
    @Test
    void aToffoliGateInCliffordAndTGatesIsTwoRotations() {
        Circuit toffoli =
                Circuit.of(
                        3,
                        c ->
                                c.h(2).cx(1, 2)
                                        .tdg(2)
                                        .cx(0, 2)
                                        .t(2)
                                        .cx(1, 2)
                                        .tdg(2)
                                        .cx(0, 2)
                                        .tdg(1)
                                        .t(2)
                                        .cx(0, 1)
                                        .h(2)
                                        .tdg(1)
                                        .cx(0, 1)
                                        .t(0)
                                        .s(1));
        List<Op> ops = ops(toffoli);
        assertThat(count(ops, Op.Flip.class)).isZero();
        assertThat(count(ops, Op.Turn.class)).isEqualTo(2);
        List<Op> phases = ops.stream().filter(op -> op instanceof Op.Phase).toList();
        assertThat(phases).anyMatch(p -> p.reads() == 0b111);
    }

    @Test
    void flipsBetweenHadamardGatesAreSigns() {
        List<Op> ops = ops(Circuit.of(4, c -> c.h(3).cx(0, 3).cx(1, 3).cx(2, 3).h(3)));
        assertThat(ops).allMatch(op -> op instanceof Op.Phase);
        assertThat(ops.stream().map(Op::reads)).contains(0b1001L, 0b1010L, 0b1100L);
    }

    /** As in circuits that prepare W states; while its control is zero nothing may move. */
    @Test
    void aPhaseBetweenARotationAndItsInverseIsOneMatrix() {
        Op.Turn turn = new Op.Turn(0, 0.3, 1 / Math.hypot(1, 0.3));
        Op.Turn back = new Op.Turn(0, -0.3, 1 / Math.hypot(1, 0.3));
        Op.Phase phase = new Op.Phase(0b11, 1.2);
        Op.Phase z = new Op.Phase(0b01, Math.PI);
        encloses(List.of(turn, phase, back), 1);
        encloses(List.of(turn, z, phase, turn), 2);
        encloses(List.of(back, phase, z, back), 2);
        encloses(List.of(turn, z, phase, z, back), 1);
    }

    private static void encloses(List<Op> ops, int size) {
        List<Op> fewer = Peephole.rewrite(ops, 2, Progress.NONE);
        assertThat(fewer).hasSize(size).noneMatch(op -> op instanceof Op.Turn);
        Reference before = Reference.random(2, 5);
        Reference after = Reference.random(2, 5);
        ops.forEach(op -> apply(op, before));
        fewer.forEach(op -> apply(op, after));
        for (int i = 0; i < 4; i++) {
            assertThat(after.re[i]).isCloseTo(before.re[i], within());
            assertThat(after.im[i]).isCloseTo(before.im[i], within());
        }
    }
}
