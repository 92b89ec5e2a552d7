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
import org.jaket.execution.Progress;
import org.jaket.statevector.OpenGates.Arrangement;

import java.util.ArrayList;
import java.util.List;

/**
 * Compiles a circuit to a {@link Program}.
 *
 * <p>A measurement waits until something needs its qubit or its result: what commutes with it goes
 * before. So measurements that follow each other, with gates on other qubits in between, become one
 * joint measurement, and one that ends the circuit in effect ends the program too.
 */
final class Lowering {
    private final OpenGates gates;
    private final Progress progress;
    private final int qubits;
    private final List<Instruction> out = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long waitingQubits;
    private boolean shows;
    private int loops;
    private int chains;

    private record Waiting(int qubit, boolean inverted, Measurement source, int bit) {}

    private Lowering(OpenGates gates, Progress progress) {
        this.qubits = gates.frame().position().length;
        this.gates = gates;
        this.progress = progress;
    }

    /** Gates ready to run, and where they leave the qubits. */
    record Stretch(List<Pass> passes, Frame frame) {}

    /** The passes of gates with known angles on amplitudes that lie in a frame. */
    static Stretch stretch(List<? extends Operation> operations, Frame frame, Progress progress) {
        var gates = new OpenGates(frame, Arrangement.IN_MEMORY, false, progress);
        Lowering lowering = new Lowering(gates, progress);
        operations.forEach(lowering::lower);
        Instruction instruction = gates.take(false);
        List<Pass> passes = instruction instanceof Instruction.Apply a ? a.passes() : List.of();
        return new Stretch(passes, gates.frame());
    }

    static Program compile(Circuit circuit) {
        return compile(circuit, Progress.NONE);
    }

    /** The same with a listener that may cancel. */
    static Program compile(Circuit circuit, Progress progress) {
        return compile(circuit, Arrangement.IN_MEMORY, progress);
    }

    static Program compile(Circuit circuit, Arrangement arrangement, Progress progress) {
        return of(circuit, arrangement, progress).program(circuit);
    }

    /** The same with the state shown at every TICK and barrier. */
    static Program compileShowing(Circuit circuit, Progress progress) {
        Lowering lowering = of(circuit, Arrangement.IN_MEMORY, progress);
        lowering.shows = true;
        return lowering.program(circuit);
    }

    private static Lowering of(Circuit circuit, Arrangement arrangement, Progress progress) {
        circuit.requireBound();
        Frame frame = Frame.identity(Math.max(1, circuit.qubits()));
        boolean hasNoise = hasNoise(circuit.body());
        return new Lowering(new OpenGates(frame, arrangement, hasNoise, progress), progress);
    }

    private Program program(Circuit circuit) {
        block(circuit.body());
        flushMeasurements();
        flushGates();
        return new Program(
                circuit,
                qubits,
                out.toArray(Instruction[]::new),
                loops,
                chains,
                gates.frame(),
                BitLayout.of(circuit));
    }

    /** The passes of a single gate operation on identity frames, for run-time angles. */
    static List<Pass> gate(GateOperation operation, int qubits) {
        return Schedule.of(ops(operation, qubits), qubits);
    }

    /** The same, not yet arranged. */
    static List<Op> ops(GateOperation operation, int qubits) {
        Gathering gates = new Gathering(qubits);
        new GateLowering(gates).apply(operation);
        gates.settleFrame();
        return gates.finish();
    }

    private static boolean hasNoise(Block block) {
        for (Operation operation : block.operations()) {
            boolean inside = operation.blocks().stream().anyMatch(Lowering::hasNoise);
            if (inside
                    || operation instanceof NoiseOperation
                    || operation instanceof ChannelOperation) {
                return true;
            }
        }
        return false;
    }

    private void block(Block block) {
        for (Operation operation : block.operations()) {
            lower(operation);
        }
    }

    private void lower(Operation operation) {
        progress.checkCancelled();
        switch (operation) {
            case GateOperation g -> gate(g);
            case PauliPhase p -> pauliPhase(p);
            case PauliRotation p -> pauliRotation(p);
            case NoiseOperation n -> noise(n);
            case ChannelOperation c -> channel(c);
            case Measurement m -> measure(m);
            case Reset r -> reset(r.basis(), r.targets());
            case Assignment a -> {
                boundary(false);
                out.add(new Instruction.Assign(a));
            }
            case Repeat r -> repeat(r);
            case Conditional c -> conditional(c.condition(), c.then(), c.otherwise());
            case While w -> loop(w);
            case Detector d -> {}
            case ObservableInclude o -> {}
            case QubitCoordinates c -> {}
            case ShiftCoordinates s -> {}
            case Tick t -> show();
            case Barrier b -> show();
            case Delay d -> {}
        }
    }

    private void show() {
        if (shows) {
            flushMeasurements();
            flushGates();
            out.add(new Instruction.Show(gates.frame()));
        }
    }

    // ---- gates ----------------------------------------------------------------------------

    private void gate(GateOperation g) {
        if (!g.isBound()) {
            boundary(true);
            out.add(new Instruction.Evaluated(g));
            return;
        }
        int arity = g.gate().qubits();
        if (g.targets().hasClassical()) {
            for (int k = 0; k < g.applications(); k++) {
                feedForward(g.withTargets(g.targets().slice(k * arity, (k + 1) * arity)));
            }
            return;
        }
        touch(g.targets());
        new GateLowering(gates.sink()).apply(g);
    }

    /** A Pauli controlled by a measurement result; sweep bits are zero here. */
    private void feedForward(GateOperation g) {
        int a = g.targets().get(0);
        int b = g.targets().get(1);
        if (!Target.isClassical(a) && !Target.isClassical(b)) {
            touch(g.targets());
            new GateLowering(gates.sink()).apply(g);
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

    private void pauliPhase(PauliPhase p) {
        touch(p.targets());
        double angle = p.dagger() ? -Math.PI / 2 : Math.PI / 2;
        for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
            if (product.letters().isEmpty()) {
                // The identity, or minus it: all or nothing is in the -1 eigenspace.
                gates.sink().phase(0, product.negative() ? angle : 0);
                continue;
            }
            int parity = Parity.gather(product, gates.sink());
            long mask = 1L << parity;
            gates.sink().phase(mask, product.negative() ? 0 : mask, angle);
            Parity.scatter(product, gates.sink());
        }
    }

    private void pauliRotation(PauliRotation p) {
        touch(p.targets());
        boolean evaluated = p.angle().constant() == null;
        for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
            Expression angle = product.negative() ? p.angle().negate() : p.angle();
            if (product.letters().isEmpty()) {
                gate(
                        new GateOperation(
                                StandardGate.GPHASE,
                                List.of(angle.dividedBy(-2)),
                                Targets.none(),
                                p.tag()));
                continue;
            }
            int parity = Parity.gather(product, gates.sink());
            var rotation =
                    new GateOperation(StandardGate.RZ, List.of(angle), Targets.of(parity), p.tag());
            if (evaluated) {
                gate(rotation);
            } else {
                new GateLowering(gates.sink()).apply(rotation);
            }
            Parity.scatter(product, gates.sink());
        }
    }

    // ---- measurement ----------------------------------------------------------------------

    private void measure(Measurement m) {
        Targets targets = m.targets();
        MeasurementKind kind = m.kind();
        switch (kind) {
            case MPAD -> {
                flushMeasurements();
                for (int k = 0; k < targets.size(); k++) {
                    int bit = bit(m, k);
                    boolean one = targets.value(k) == 1;
                    out.add(new Instruction.Constant(one, m.wrong(one), bit));
                }
            }
            case MABSENT -> {
                // Noise that makes qubits leave is refused, so all are there.
                flushMeasurements();
                for (int k = 0; k < targets.size(); k++) {
                    boolean inverted = Target.isInverted(targets.get(k));
                    out.add(new Instruction.Constant(inverted, m.wrong(inverted), bit(m, k)));
                }
            }
            case MPP -> {
                int k = 0;
                for (PauliProduct product : PauliProduct.split("MPP", targets)) {
                    product(product, m, bit(m, k++));
                }
            }
            case MXX, MYY, MZZ -> {
                for (int k = 0; k < targets.size(); k += 2) {
                    int a = Target.pauli(kind.basis(), targets.value(k));
                    int b = Target.pauli(kind.basis(), targets.value(k + 1));
                    boolean negative =
                            Target.isInverted(targets.get(k))
                                    != Target.isInverted(targets.get(k + 1));
                    product(new PauliProduct(Targets.of(a, b), negative), m, bit(m, k / 2));
                }
            }
            default -> {
                for (int k = 0; k < targets.size(); k++) {
                    int qubit = targets.value(k);
                    touch(qubit);
                    Parity.toZ(kind.basis(), qubit, gates.sink());
                    wait(qubit, Target.isInverted(targets.get(k)), m, bit(m, k));
                    if (kind.resets()) {
                        reset(kind.basis(), Targets.of(qubit));
                    } else if (kind.basis() != Pauli.Z) {
                        touch(qubit);
                        Parity.toZ(kind.basis(), qubit, gates.sink());
                    }
                }
            }
        }
    }

    private static int bit(Measurement m, int k) {
        return m.bits().isEmpty() ? -1 : m.bits().value(k);
    }

    private void product(PauliProduct product, Measurement m, int bit) {
        touch(product.letters());
        if (product.letters().isEmpty()) {
            flushMeasurements();
            boolean one = product.negative();
            out.add(new Instruction.Constant(one, m.wrong(one), bit));
            return;
        }
        int parity = Parity.gather(product, gates.sink());
        wait(parity, product.negative(), m, bit);
        flushMeasurements();
        Parity.scatter(product, gates.sink());
    }

    private void wait(int qubit, boolean inverted, Measurement m, int bit) {
        waiting.add(new Waiting(qubit, inverted, m, bit));
        waitingQubits |= 1L << qubit;
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
        if ((waitingQubits >> qubit & 1) != 0) {
            flushMeasurements();
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
        Frame frame = gates.frame();
        for (int k = 0; k < n; k++) {
            Waiting w = waiting.get(k);
            measured[k] = frame.position()[w.qubit];
            bits[k] = w.bit;
            falseOne[k] = w.source.falseOne();
            falseZero[k] = w.source.falseZero();
            boolean flipped = (frame.flipped() >> measured[k] & 1) != 0;
            if (flipped != w.inverted) {
                inverted |= 1L << measured[k];
            }
        }
        out.add(new Instruction.Measure(measured, inverted, falseOne, falseZero, bits));
        waiting.clear();
        waitingQubits = 0;
    }

    private void flushGates() {
        flushGates(false);
    }

    private void flushGates(boolean home) {
        Instruction instruction = gates.take(home);
        if (instruction != null) {
            out.add(instruction);
        }
    }

    /** Everything so far happens before what follows; with {@code home} qubits are at home then. */
    private void boundary(boolean home) {
        flushMeasurements();
        if (home) {
            flushGates(true);
        }
    }

    private void reset(Pauli basis, Targets targets) {
        for (int k = 0; k < targets.size(); k++) {
            int qubit = targets.value(k);
            touch(qubit);
            flushMeasurements();
            Parity.toZ(basis, qubit, gates.sink());
            flushGates();
            Frame frame = gates.frame();
            int place = frame.position()[qubit];
            out.add(new Instruction.Reset(place, (frame.flipped() >> place & 1) != 0));
            Parity.toZ(basis, qubit, gates.sink());
        }
    }

    // ---- noise ----------------------------------------------------------------------------

    private void channel(ChannelOperation c) {
        touch(c.targets());
        int arity = c.channel().qubits();
        for (int k = 0; k < c.targets().size(); k += arity) {
            int[] group = c.targets().slice(k, k + arity).toArray();
            chance(ChancePoint.of(c.channel(), group));
        }
    }

    private void noise(NoiseOperation n) {
        NoiseLowering.Channel channel = NoiseLowering.channel(n);
        if (channel == null) {
            return;
        }
        touch(n.targets());
        if (channel.chained()) {
            boundary(true);
            if (channel.first()) {
                out.add(new Instruction.BeginChain(chains++));
            }
            int chain = Math.max(0, chains - 1);
            chains = Math.max(1, chains);
            for (int[] group : channel.groups()) {
                out.add(NoiseLowering.choose(channel, group, chain, qubits));
            }
            return;
        }
        if (channel.herald() != null) {
            // The record keeps its order.
            flushMeasurements();
        }
        for (int[] group : channel.groups()) {
            chance(
                    new ChancePoint.PauliError(
                            channel.probabilities(), channel.herald(), group, channel.letters()));
        }
    }

    private void chance(ChancePoint point) {
        if (gates.isLongBeforeNoise()) {
            flushGates();
        }
        if (gates.add(point)) {
            flushGates();
        }
    }

    // ---- control flow ---------------------------------------------------------------------

    private void conditional(Expression condition, Block then, Block otherwise) {
        boundary(true);
        int test = out.size();
        out.add(new Instruction.Jump(0));
        block(then);
        boundary(true);
        int end = out.size();
        out.add(new Instruction.Jump(0));
        out.set(test, new Instruction.JumpUnless(condition, out.size()));
        block(otherwise);
        boundary(true);
        out.set(end, new Instruction.Jump(out.size()));
    }

    private void loop(While w) {
        boundary(true);
        int loop = loops++;
        out.add(new Instruction.Begin(loop, 0));
        int test = out.size();
        out.add(new Instruction.Jump(0));
        out.add(new Instruction.Turn(loop));
        block(w.body());
        boundary(true);
        out.add(new Instruction.Jump(test));
        out.set(test, new Instruction.JumpUnless(w.condition(), out.size()));
    }

    private void repeat(Repeat r) {
        boundary(true);
        int loop = loops++;
        out.add(new Instruction.Begin(loop, r.count()));
        int start = out.size();
        block(r.body());
        boundary(true);
        out.add(new Instruction.Next(loop, start));
    }
}
