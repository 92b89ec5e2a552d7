package org.jaket.execution.trajectory;

import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.execution.BitLayout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Compiles a circuit to a {@link Program}.
 *
 * <p>A measurement waits until something needs its qubit or its result: what commutes with it goes
 * before. So measurements that follow each other, with gates on other qubits in between, become one
 * joint measurement, and one that ends the circuit in effect ends the program too.
 */
final class Lowering {
    private final List<Step> out = new ArrayList<>();
    private List<ElementaryGate> gates = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final BitSet waitingQubits = new BitSet();
    private int loops;
    private int chains;

    private record Waiting(int qubit, boolean inverted, double flipProbability, int bit) {}

    private Lowering() {}

    static Program compile(Circuit circuit) {
        circuit.requireBound();
        Lowering lowering = new Lowering();
        lowering.block(circuit.body());
        lowering.boundary();
        return new Program(
                circuit,
                lowering.out.toArray(Step[]::new),
                lowering.loops,
                lowering.chains,
                BitLayout.of(circuit));
    }

    private void block(Block block) {
        block.operations().forEach(this::lower);
    }

    private void lower(Operation operation) {
        switch (operation) {
            case GateOperation g -> gate(g);
            case PauliPhase p -> phase(p);
            case PauliRotation p -> rotation(p);
            case NoiseOperation n -> noise(n);
            case ChannelOperation c -> channel(c);
            case Measurement m -> measure(m);
            case org.jaket.circuit.Reset r -> reset(r.basis(), r.targets());
            case org.jaket.circuit.Assignment a -> {
                boundary();
                out.add(new Step.Assign(a));
            }
            case Repeat r -> repeat(r);
            case Conditional c -> conditional(c.condition(), c.then(), c.otherwise());
            case While w -> loop(w);
            case org.jaket.circuit.Detector d -> {}
            case org.jaket.circuit.ObservableInclude o -> {}
            case org.jaket.circuit.QubitCoordinates c -> {}
            case org.jaket.circuit.ShiftCoordinates s -> {}
            case org.jaket.circuit.Tick t -> {}
            case org.jaket.circuit.Barrier b -> {}
            case org.jaket.circuit.Delay d -> {}
        }
    }

    // ---- gates ----------------------------------------------------------------------------

    private void gate(GateOperation g) {
        if (!g.isBound() && g.parameters().stream().anyMatch(p -> p.constant() == null)) {
            boundary();
            out.add(new Step.Evaluated(g));
            return;
        }
        if (g.targets().hasClassical()) {
            int arity = g.gate().qubits();
            for (int k = 0; k < g.applications(); k++) {
                feedForward(g.withTargets(g.targets().slice(k * arity, (k + 1) * arity)));
            }
            return;
        }
        touch(g.targets());
        ElementaryGate.forEach(g, gates::add);
    }

    private void named(StandardGate gate, int... targets) {
        gates.add(ElementaryGate.of(gate, targets));
    }

    /** A Pauli controlled by a measurement result; sweep bits are zero here. */
    private void feedForward(GateOperation g) {
        int a = g.targets().get(0);
        int b = g.targets().get(1);
        if (!g.targets().hasClassical()) {
            gate(g);
            return;
        }
        if (Target.isSweep(a)
                || Target.isSweep(b)
                || Target.isClassical(a) && Target.isClassical(b)) {
            return;
        }
        int record = Target.isRecord(a) ? a : b;
        int qubit = Target.isRecord(a) ? b : a;
        StandardGate pauli =
                switch ((StandardGate) g.gate()) {
                    case CX, XCZ -> StandardGate.X;
                    case CY, YCZ -> StandardGate.Y;
                    default -> StandardGate.Z;
                };
        Block then = Block.of(List.of(GateOperation.of(pauli, qubit)));
        conditional(new RecordBit(Target.value(record)), then, Block.empty());
    }

    private void phase(PauliPhase p) {
        double angle = p.dagger() ? -Math.PI / 2 : Math.PI / 2;
        for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
            // SPP is the rotation by the angle, up to the phase exp(i angle / 2).
            rotate(product, Expression.of(product.negative() ? -angle : angle), p.tag());
            gate(
                    new GateOperation(
                            StandardGate.GPHASE,
                            List.of(Expression.of(angle / 2)),
                            Targets.none(),
                            p.tag()));
        }
    }

    private void rotation(PauliRotation p) {
        for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
            rotate(product, product.negative() ? p.angle().negate() : p.angle(), p.tag());
        }
    }

    /** The rotation exp(-i angle/2 P) about the letters of a product, its sign aside. */
    private void rotate(PauliProduct product, Expression angle, String tag) {
        touch(product.letters());
        if (product.letters().isEmpty()) {
            gate(
                    new GateOperation(
                            StandardGate.GPHASE,
                            List.of(angle.dividedBy(-2)),
                            Targets.none(),
                            tag));
            return;
        }
        int parity = gatherParity(product);
        gate(new GateOperation(StandardGate.RZ, List.of(angle), Targets.of(parity), tag));
        scatterParity(product);
    }

    /**
     * Rotates a product to Z on one qubit, which it returns. Only one gate of these branches, an H:
     * the letters other than Z are made X and collected on one qubit, and those that are Z too.
     */
    private int gatherParity(PauliProduct product) {
        List<Conjugation> steps = conjugations(product.letters());
        steps.forEach(c -> named(c.gate, c.qubits));
        return parityQubit(product.letters());
    }

    private void scatterParity(PauliProduct product) {
        List<Conjugation> steps = conjugations(product.letters());
        steps.reversed().forEach(c -> named((StandardGate) c.gate.inverse(), c.qubits));
    }

    private record Conjugation(StandardGate gate, int... qubits) {}

    private static int parityQubit(Targets letters) {
        for (int k = 0; k < letters.size(); k++) {
            if (Target.pauli(letters.get(k)).hasX()) {
                return letters.value(k);
            }
        }
        return letters.value(0);
    }

    private static List<Conjugation> conjugations(Targets letters) {
        List<Conjugation> steps = new ArrayList<>();
        int home = parityQubit(letters);
        boolean branches = false;
        for (int k = 0; k < letters.size(); k++) {
            Pauli letter = Target.pauli(letters.get(k));
            branches |= letter.hasX();
            if (letter == Pauli.Y) {
                steps.add(new Conjugation(StandardGate.S_DAG, letters.value(k)));
            }
        }
        for (int k = 0; k < letters.size(); k++) {
            int q = letters.value(k);
            if (q == home) {
                continue;
            }
            // X X, X Z and Z Z become X I, X I and Z I.
            if (!branches) {
                steps.add(new Conjugation(StandardGate.CX, q, home));
            } else if (Target.pauli(letters.get(k)).hasX()) {
                steps.add(new Conjugation(StandardGate.CX, home, q));
            } else {
                steps.add(new Conjugation(StandardGate.CZ, home, q));
            }
        }
        if (branches) {
            steps.add(new Conjugation(StandardGate.H, home));
        }
        return steps;
    }

    /** The self-inverse Clifford gate that exchanges a Pauli with Z. */
    private void toZ(Pauli pauli, int qubit) {
        switch (pauli) {
            case X -> named(StandardGate.H, qubit);
            case Y -> named(StandardGate.H_YZ, qubit);
            case Z, I -> {}
        }
    }

    // ---- measurement ----------------------------------------------------------------------

    private void measure(Measurement m) {
        Targets targets = m.targets();
        MeasurementKind kind = m.kind();
        double flip = m.flipProbability();
        switch (kind) {
            case MPAD, MABSENT -> {
                // Noise that makes qubits leave is refused, so all are there.
                boundary();
                for (int k = 0; k < targets.size(); k++) {
                    boolean one =
                            kind == MeasurementKind.MPAD
                                    ? targets.value(k) == 1
                                    : Target.isInverted(targets.get(k));
                    out.add(new Step.Constant(one, flip, bit(m, k)));
                }
            }
            case MPP, MXX, MYY, MZZ -> {
                int k = 0;
                for (PauliProduct product : m.products()) {
                    product(product, flip, bit(m, k++));
                }
            }
            default -> {
                for (int k = 0; k < targets.size(); k++) {
                    int qubit = targets.value(k);
                    touch(qubit);
                    toZ(kind.basis(), qubit);
                    wait(qubit, Target.isInverted(targets.get(k)), flip, bit(m, k));
                    if (kind.resets()) {
                        reset(kind.basis(), Targets.of(qubit));
                    } else if (kind.basis() != Pauli.Z) {
                        touch(qubit);
                        toZ(kind.basis(), qubit);
                    }
                }
            }
        }
    }

    private static int bit(Measurement m, int k) {
        return m.bits().isEmpty() ? -1 : m.bits().value(k);
    }

    private void product(PauliProduct product, double flip, int bit) {
        touch(product.letters());
        if (product.letters().isEmpty()) {
            boundary();
            out.add(new Step.Constant(product.negative(), flip, bit));
            return;
        }
        wait(gatherParity(product), product.negative(), flip, bit);
        boundary();
        scatterParity(product);
    }

    private void wait(int qubit, boolean inverted, double flip, int bit) {
        waiting.add(new Waiting(qubit, inverted, flip, bit));
        waitingQubits.set(qubit);
    }

    /** Something is about to act on these qubits. */
    private void touch(Targets targets) {
        for (int k = 0; k < targets.size(); k++) {
            if (Target.touchesQubit(targets.get(k))) {
                touch(targets.value(k));
            }
        }
    }

    private void touch(int qubit) {
        if (waitingQubits.get(qubit)) {
            boundary();
        }
    }

    /** Everything so far happens before what follows. */
    private void boundary() {
        if (!gates.isEmpty()) {
            out.add(new Step.Gates(List.copyOf(gates)));
            gates = new ArrayList<>();
        }
        if (waiting.isEmpty()) {
            return;
        }
        int n = waiting.size();
        int[] qubits = new int[n];
        boolean[] inverted = new boolean[n];
        double[] flips = new double[n];
        int[] bits = new int[n];
        for (int k = 0; k < n; k++) {
            Waiting w = waiting.get(k);
            qubits[k] = w.qubit;
            inverted[k] = w.inverted;
            flips[k] = w.flipProbability;
            bits[k] = w.bit;
        }
        out.add(new Step.Measure(qubits, inverted, flips, bits));
        waiting.clear();
        waitingQubits.clear();
    }

    private void reset(Pauli basis, Targets targets) {
        for (int k = 0; k < targets.size(); k++) {
            int qubit = targets.value(k);
            touch(qubit);
            toZ(basis, qubit);
            boundary();
            out.add(new Step.Reset(qubit));
            toZ(basis, qubit);
        }
    }

    // ---- noise ----------------------------------------------------------------------------

    private void channel(ChannelOperation c) {
        boundary();
        int arity = c.channel().qubits();
        List<double[]> operators = new ArrayList<>();
        for (ComplexMatrix k : c.channel().operators()) {
            operators.add(ElementaryGate.entries(k));
        }
        for (int k = 0; k < c.targets().size(); k += arity) {
            int[] group = c.targets().slice(k, k + arity).toArray();
            out.add(new Step.Kraus(group, operators));
        }
    }

    private void noise(NoiseOperation n) {
        PauliChannel channel = PauliChannel.of(n);
        if (channel == null) {
            return;
        }
        boundary();
        int chain = -1;
        if (channel.chained()) {
            if (channel.first()) {
                out.add(new Step.BeginChain(chains++));
            }
            chain = Math.max(0, chains - 1);
            chains = Math.max(1, chains);
        }
        for (int[] group : channel.groups()) {
            out.add(channel.choose(group, chain));
        }
    }

    // ---- control flow ---------------------------------------------------------------------

    private void conditional(Expression condition, Block then, Block otherwise) {
        boundary();
        int test = out.size();
        out.add(new Step.Jump(0));
        block(then);
        boundary();
        int end = out.size();
        out.add(new Step.Jump(0));
        out.set(test, new Step.JumpUnless(condition, out.size()));
        block(otherwise);
        boundary();
        out.set(end, new Step.Jump(out.size()));
    }

    private void loop(While w) {
        boundary();
        int loop = loops++;
        out.add(new Step.Begin(loop, 0));
        int test = out.size();
        out.add(new Step.Jump(0));
        out.add(new Step.Turn(loop));
        block(w.body());
        boundary();
        out.add(new Step.Jump(test));
        out.set(test, new Step.JumpUnless(w.condition(), out.size()));
    }

    private void repeat(Repeat r) {
        boundary();
        int loop = loops++;
        out.add(new Step.Begin(loop, r.count()));
        int start = out.size();
        block(r.body());
        boundary();
        out.add(new Step.Next(loop, start));
    }
}
