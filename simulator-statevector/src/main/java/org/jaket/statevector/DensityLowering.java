package org.jaket.statevector;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.execution.BitLayout;

import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a circuit to a {@link Program} for density matrices, on twice as many qubits. Channels
 * and resets are linear maps like gates here; what is left to chance are results that are recorded:
 * measurements and heralds.
 *
 * <p>Qubits are at their places between instructions. As in {@link Lowering}, a measurement waits
 * until something needs its qubit or its result.
 */
final class DensityLowering {
    private final DoubledGates gates;
    private final DoubledNoise noise;
    private final List<Instruction> out = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private int loops;

    private record Waiting(int qubit, boolean inverted, Measurement source, int bit) {}

    private DensityLowering(Circuit circuit, int qubits) {
        this.gates = new DoubledGates(qubits);
        this.noise = new DoubledNoise(circuit, qubits, gates);
    }

    static Program compile(Circuit circuit) {
        circuit.requireBound();
        int qubits = Math.max(1, circuit.qubits());
        DensityLowering lowering = new DensityLowering(circuit, qubits);
        lowering.block(circuit.body());
        lowering.boundary();
        return new Program(
                circuit,
                2 * qubits,
                lowering.out.toArray(Instruction[]::new),
                lowering.loops,
                lowering.noise.chains(),
                Frame.identity(2 * qubits),
                BitLayout.of(circuit));
    }

    /** The passes of a single gate operation, for run-time angles. */
    static List<Pass> gate(GateOperation operation, int qubits) {
        DoubledGates gates = new DoubledGates(qubits);
        gates.gate(operation);
        return gates.finish();
    }

    private void block(Block block) {
        List<Operation> operations = block.operations();
        for (int k = 0; k < operations.size(); k++) {
            if (operations.get(k) instanceof NoiseOperation n) {
                k += noise(n, operations, k);
            } else {
                lower(operations.get(k));
            }
        }
    }

    /** Returns how many operations behind it were taken as well. */
    private int noise(NoiseOperation n, List<Operation> operations, int place) {
        touch(n.targets());
        List<NoiseOperation> chain = noise.chain(operations, place);
        for (NoiseOperation link : chain) {
            touch(link.targets());
        }
        noise.lower(n, chain, this::addNoise);
        return Math.max(0, chain.size() - 1);
    }

    private void addNoise(Instruction instruction) {
        flushMeasurements();
        flushGates();
        out.add(instruction);
    }

    private void lower(Operation operation) {
        switch (operation) {
            case GateOperation g -> gate(g);
            case PauliPhase p -> pauliPhase(p);
            case PauliRotation p -> pauliRotation(p);
            case NoiseOperation n -> throw new IllegalStateException("Lowered in its block: " + n);
            case ChannelOperation c -> channel(c);
            case Measurement m -> measure(m);
            case Reset r -> reset(r.basis(), r.targets());
            case Assignment a -> {
                boundary();
                out.add(new Instruction.Assign(a));
            }
            case Repeat r -> repeat(r);
            case Conditional c -> conditional(c.condition(), c.then(), c.otherwise());
            case While w -> loop(w);
            case Detector d -> {}
            case ObservableInclude o -> {}
            case QubitCoordinates c -> {}
            case ShiftCoordinates s -> {}
            case Tick t -> {}
            case Barrier b -> {}
            case Delay d -> {}
        }
    }

    // ---- gates ----------------------------------------------------------------------------

    private void gate(GateOperation g) {
        if (g.parameters().stream().anyMatch(p -> p.constant() == null)) {
            boundary();
            out.add(new Instruction.Evaluated(g));
            return;
        }
        int arity = g.gate().qubits();
        if (!g.targets().hasClassical()) {
            touch(g.targets());
            gates.gate(g);
            return;
        }
        for (int k = 0; k < g.applications(); k++) {
            feedForward(g.withTargets(g.targets().slice(k * arity, (k + 1) * arity)));
        }
    }

    /** A Pauli controlled by a measurement result; sweep bits are zero here. */
    private void feedForward(GateOperation g) {
        int a = g.targets().get(0);
        int b = g.targets().get(1);
        if (!g.targets().hasClassical()) {
            touch(g.targets());
            gates.gate(g);
            return;
        }
        boolean both = Target.isClassical(a) && Target.isClassical(b);
        if (both || Target.isSweep(a) || Target.isSweep(b)) {
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

    private void pauliPhase(PauliPhase p) {
        touch(p.targets());
        double angle = p.dagger() ? -Math.PI / 2 : Math.PI / 2;
        for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
            if (product.letters().isEmpty()) {
                continue; // A global phase.
            }
            long mask = 1L << Parity.gather(product, gates);
            gates.phase(mask, product.negative() ? 0 : mask, angle);
            Parity.scatter(product, gates);
        }
    }

    private void pauliRotation(PauliRotation p) {
        touch(p.targets());
        for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
            if (product.letters().isEmpty()) {
                continue; // A global phase.
            }
            Expression angle = product.negative() ? p.angle().negate() : p.angle();
            int parity = Parity.gather(product, gates);
            gate(new GateOperation(StandardGate.RZ, List.of(angle), Targets.of(parity), p.tag()));
            Parity.scatter(product, gates);
        }
    }

    private void channel(ChannelOperation c) {
        touch(c.targets());
        int arity = c.channel().qubits();
        for (int k = 0; k < c.targets().size(); k += arity) {
            int[] group = c.targets().slice(k, k + arity).toArray();
            noise.channel(c.channel(), group, this::addNoise);
        }
    }

    private void reset(Pauli basis, Targets targets) {
        touch(targets);
        for (int k = 0; k < targets.size(); k++) {
            int qubit = targets.value(k);
            Parity.toZ(basis, qubit, gates);
            gates.reset(qubit);
            Parity.toZ(basis, qubit, gates);
        }
    }

    // ---- measurement ----------------------------------------------------------------------

    private void measure(Measurement m) {
        Targets targets = m.targets();
        MeasurementKind kind = m.kind();
        if (kind == MeasurementKind.MPAD || kind == MeasurementKind.MABSENT) {
            // Noise that makes qubits leave is refused, so all are there.
            flushMeasurements();
            int k = 0;
            for (PauliProduct constant : m.products()) {
                constant(m, constant.negative(), k++);
            }
        } else if (kind == MeasurementKind.MPP || kind.qubits() == 2) {
            int k = 0;
            for (PauliProduct product : m.products()) {
                product(m, product, k++);
            }
        } else {
            for (int k = 0; k < targets.size(); k++) {
                int qubit = targets.value(k);
                touch(qubit);
                Parity.toZ(kind.basis(), qubit, gates);
                wait(qubit, Target.isInverted(targets.get(k)), m, k);
                if (kind.resets()) {
                    reset(kind.basis(), Targets.of(qubit));
                } else if (kind.basis() != Pauli.Z) {
                    touch(qubit);
                    Parity.toZ(kind.basis(), qubit, gates);
                }
            }
        }
    }

    private void product(Measurement m, PauliProduct product, int k) {
        touch(product.letters());
        if (product.letters().isEmpty()) {
            flushMeasurements();
            constant(m, product.negative(), k);
            return;
        }
        wait(Parity.gather(product, gates), product.negative(), m, k);
        flushMeasurements();
        Parity.scatter(product, gates);
    }

    private void constant(Measurement m, boolean result, int k) {
        out.add(new Instruction.Constant(result, m.wrong(result), bit(m, k)));
    }

    private static int bit(Measurement m, int k) {
        return m.bits().isEmpty() ? -1 : m.bits().value(k);
    }

    private void wait(int qubit, boolean inverted, Measurement m, int k) {
        waiting.add(new Waiting(qubit, inverted, m, bit(m, k)));
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
        for (Waiting w : waiting) {
            if (w.qubit == qubit) {
                flushMeasurements();
                return;
            }
        }
    }

    private void flushMeasurements() {
        if (waiting.isEmpty()) {
            return;
        }
        flushGates();
        int n = waiting.size();
        int[] measured = new int[n];
        int[] bits = new int[n];
        double[] falseOne = new double[n];
        double[] falseZero = new double[n];
        long inverted = 0;
        for (int k = 0; k < n; k++) {
            Waiting w = waiting.get(k);
            measured[k] = w.qubit;
            bits[k] = w.bit;
            falseOne[k] = w.source.falseOne();
            falseZero[k] = w.source.falseZero();
            inverted |= w.inverted ? 1L << w.qubit : 0;
        }
        out.add(new Instruction.Measure(measured, inverted, falseOne, falseZero, bits));
        waiting.clear();
    }

    private void flushGates() {
        List<Pass> passes = gates.finish();
        if (!passes.isEmpty()) {
            out.add(new Instruction.Apply(passes));
        }
    }

    private void boundary() {
        flushMeasurements();
        flushGates();
    }

    // ---- control flow ---------------------------------------------------------------------

    private void conditional(Expression condition, Block then, Block otherwise) {
        boundary();
        int test = out.size();
        out.add(new Instruction.Jump(0));
        block(then);
        boundary();
        int end = out.size();
        out.add(new Instruction.Jump(0));
        out.set(test, new Instruction.JumpUnless(condition, out.size()));
        block(otherwise);
        boundary();
        out.set(end, new Instruction.Jump(out.size()));
    }

    private void loop(While w) {
        boundary();
        int loop = loops++;
        out.add(new Instruction.Begin(loop, 0));
        int test = out.size();
        out.add(new Instruction.Jump(0));
        out.add(new Instruction.Turn(loop));
        block(w.body());
        boundary();
        out.add(new Instruction.Jump(test));
        out.set(test, new Instruction.JumpUnless(w.condition(), out.size()));
    }

    private void repeat(Repeat r) {
        boundary();
        int loop = loops++;
        out.add(new Instruction.Begin(loop, r.count()));
        int start = out.size();
        block(r.body());
        boundary();
        out.add(new Instruction.Next(loop, start));
    }
}
