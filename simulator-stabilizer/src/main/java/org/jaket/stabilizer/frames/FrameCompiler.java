package org.jaket.stabilizer.frames;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.noise.Noise;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FrameProgramBuilder.Basis;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compiles lowered circuits to frame programs. */
final class FrameCompiler {
    private static final int[] NONE = {};

    private final FrameProgramBuilder out;
    private final Map<CliffordAction, RowPlan> plans = new HashMap<>();

    private FrameCompiler(FrameProgramBuilder out) {
        this.out = out;
    }

    /**
     * Compiles steps without branches, while loops and assignments. No qubit is lost: the program
     * is of the shots in which none is.
     *
     * @param qubits number of qubits
     * @param wantDetectors whether detectors and observables are wanted
     */
    static FrameProgram compile(List<Step> steps, int qubits, boolean wantDetectors) {
        FrameProgramBuilder builder =
                new FrameProgramBuilder(qubits, leaking(steps), wantDetectors);
        new FrameCompiler(builder).block(steps);
        return builder.build();
    }

    /** The qubits that may leak at some time. */
    private static BitSet leaking(List<Step> steps) {
        BitSet leaking = new BitSet();
        for (Step step : steps) {
            switch (step) {
                case Step.PauliNoise n
                        when n.noise() == Noise.LEAKAGE_ERROR
                                || n.noise() == Noise.HERALDED_LEAKAGE_ERROR ->
                        Arrays.stream(n.targets()).forEach(leaking::set);
                case Step.Loop l -> leaking.or(leaking(l.body()));
                default -> {}
            }
        }
        return leaking;
    }

    private void block(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Unitary u -> unitary(u);
                case Step.Feedback f ->
                        out.feedback(f.lookback(), f.qubit(), f.pauli().hasX(), f.pauli().hasZ());
                case Step.SweepPauli s ->
                        out.sweep(s.bit(), s.qubit(), s.pauli().hasX(), s.pauli().hasZ());
                case Step.Reset r -> out.reset(basis(r.basis()), r.qubits());
                case Step.Measure m ->
                        out.measure(basis(m.basis()), m.resets(), m.flip(), m.qubits());
                case Step.MeasureProduct m ->
                        out.measureProduct(m.flip(), m.product().xs(), m.product().zs());
                case Step.Rotate r -> out.rotateProduct(r.product().xs(), r.product().zs());
                case Step.MeasureAbsence m -> out.measureAbsence(m.flip(), m.qubits());
                case Step.Pad p -> out.pad(p.flip(), p.values().length);
                case Step.PauliNoise n -> noise(n);
                case Step.Correlated c ->
                        out.correlated(
                                c.starts(), c.probability(), c.product().xs(), c.product().zs());
                case Step.Detector d -> out.detector(d.lookbacks());
                case Step.Observable o ->
                        out.observable(o.index(), o.lookbacks(), o.paulis().xs(), o.paulis().zs());
                case Step.Loop l -> {
                    out.beginLoop(l.count());
                    block(l.body());
                    out.endLoop();
                }
                case Step.Branch b -> throw new AssertionError(b);
                case Step.WhileLoop w -> throw new AssertionError(w);
                case Step.Assign a -> throw new AssertionError(a);
            }
        }
    }

    private static Basis basis(Pauli pauli) {
        return switch (pauli) {
            case X -> Basis.X;
            case Y -> Basis.Y;
            case Z -> Basis.Z;
            case I -> throw new AssertionError(pauli);
        };
    }

    private void unitary(Step.Unitary u) {
        RowPlan plan = plans.computeIfAbsent(u.forward(), FrameCompiler::plan);
        int[] targets = u.targets();
        if (u.forward().qubits() == 1) {
            for (int q : targets) {
                out.linear1(plan, q);
            }
        } else {
            for (int k = 0; k < targets.length; k += 2) {
                out.linear2(plan, targets[k], targets[k + 1]);
            }
        }
    }

    /** The linear map of rows (x of 0, z of 0, x of 1, z of 1): a frame goes to its image. */
    static RowPlan plan(CliffordAction action) {
        int map = action.qubits() == 1 ? RowPlan.IDENTITY & 0xFF00 : 0;
        for (int from = 0; from < 2 * action.qubits(); from++) {
            boolean ofZ = (from & 1) != 0;
            int x = action.x(from >> 1, ofZ);
            int z = action.z(from >> 1, ofZ);
            for (int q = 0; q < action.qubits(); q++) {
                map |= (x >> q & 1) << 8 * q + from;
                map |= (z >> q & 1) << 8 * q + 4 + from;
            }
        }
        return RowPlan.of(map);
    }

    private void noise(Step.PauliNoise n) {
        double p = n.arguments()[0];
        int[] targets = n.targets();
        switch (n.noise()) {
            case X_ERROR -> out.flip(p, true, false, targets);
            case Y_ERROR -> out.flip(p, true, true, targets);
            case Z_ERROR -> out.flip(p, false, true, targets);
            case DEPOLARIZE1 -> out.noise1(Channel.depolarize1(p), p > 0 ? targets : NONE);
            case DEPOLARIZE2 -> out.noise2(Channel.depolarize2(p), p > 0 ? targets : NONE);
            case PAULI_CHANNEL_1 ->
                    out.noise1(Channel.paulis(Channel.Kind.PAULI1, n.arguments()), targets);
            case PAULI_CHANNEL_2 ->
                    out.noise2(Channel.paulis(Channel.Kind.PAULI2, n.arguments()), targets);
            case HERALDED_ERASE ->
                    out.herald(
                            Channel.heralded(new double[] {p / 4, p / 4, p / 4, p / 4}), targets);
            case HERALDED_PAULI_CHANNEL_1 -> out.herald(Channel.heralded(n.arguments()), targets);
            case LEAKAGE_ERROR -> out.leak(p, false, targets);
            case HERALDED_LEAKAGE_ERROR -> out.leak(p, true, targets);
            case SEEPAGE_ERROR -> out.seep(p, targets);
            case LOSS_ERROR -> {}
            case HERALDED_LOSS_ERROR -> out.pad(0, targets.length);
            case CORRELATED_ERROR, ELSE_CORRELATED_ERROR, I_ERROR, II_ERROR ->
                    throw new AssertionError(n);
        }
    }
}
