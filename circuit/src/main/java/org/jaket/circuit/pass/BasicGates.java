package org.jaket.circuit.pass;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
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
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites Clifford circuits with H, S, CX, M and R alone, besides noise, annotations and
 * constants. Gates get a shortest sequence, found by going through the Clifford group from the
 * identity.
 */
public final class BasicGates {
    /** One of the gates of a sequence, on qubits 0 and 1 of the gate it stands for. */
    private record Letter(StandardGate gate, int a, int b) {
        PauliString after(PauliString p) {
            return b < 0 ? p.after(gate, a) : p.after(gate, a, b);
        }
    }

    private static final Letter[] ONE = {
        new Letter(StandardGate.H, 0, -1), new Letter(StandardGate.S, 0, -1)
    };

    private static final Letter[] TWO = {
        new Letter(StandardGate.H, 0, -1),
        new Letter(StandardGate.H, 1, -1),
        new Letter(StandardGate.S, 0, -1),
        new Letter(StandardGate.S, 1, -1),
        new Letter(StandardGate.CX, 0, 1),
        new Letter(StandardGate.CX, 1, 0)
    };

    private final Map<List<PauliString>, List<Letter>> known = new HashMap<>();

    private BasicGates() {}

    /**
     * The circuit with basic gates; measurements keep their flip probabilities and order.
     *
     * @throws CircuitException naming the first operation that is not Clifford, is a gate on more
     *     than two qubits, or makes qubits leave
     */
    public static Circuit of(Circuit circuit) {
        return circuit.withBody(new BasicGates().block(circuit.body()));
    }

    private Block block(Block block) {
        var out = new BlockBuilder();
        block.operations().forEach(o -> add(o, out));
        return out.build();
    }

    /** What folding wrote is itself made of basic gates. */
    private void addAll(BlockBuilder written, BlockBuilder out) {
        written.build().operations().forEach(o -> add(o, out));
    }

    private void add(Operation operation, BlockBuilder out) {
        switch (operation) {
            case GateOperation g -> gate(g, out);
            case PauliPhase p -> {
                for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
                    boolean dagger = p.dagger() != product.negative();
                    StandardGate root = dagger ? StandardGate.S_DAG : StandardGate.S;
                    var folded = new BlockBuilder();
                    ProductFolding.folded(
                            folded,
                            product.letters(),
                            q -> folded.append(GateOperation.of(root, q)));
                    addAll(folded, out);
                }
            }
            case PauliRotation p -> {
                for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
                    Expression angle = product.negative() ? p.angle().negate() : p.angle();
                    var folded = new BlockBuilder();
                    ProductFolding.folded(
                            folded,
                            product.letters(),
                            q ->
                                    folded.append(
                                            new GateOperation(
                                                    StandardGate.RZ,
                                                    List.of(angle),
                                                    Targets.of(q),
                                                    p.tag())));
                    addAll(folded, out);
                }
            }
            case Reset r when r.basis() != Pauli.Z -> {
                for (int k = 0; k < r.targets().size(); k++) {
                    out.append(new Reset(Pauli.Z, r.targets().slice(k, k + 1), r.tag()));
                    var turn = new BlockBuilder();
                    ProductFolding.turn(turn, r.basis(), r.targets().value(k));
                    addAll(turn, out);
                }
            }
            case Measurement m -> measurement(m, out);
            case NoiseOperation n when n.noise().movesQubits() ->
                    throw new CircuitException(
                            n,
                            "makes its mark through later gates and products, which would be others. Maybe remove the noise first");
            case Repeat r -> out.append(new Repeat(r.count(), block(r.body()), r.tag()));
            case Conditional c ->
                    out.append(
                            new Conditional(
                                    c.condition(), block(c.then()), block(c.otherwise()), c.tag()));
            case While w -> out.append(new While(w.condition(), block(w.body()), w.tag()));
            default -> out.append(operation);
        }
    }

    private void measurement(Measurement m, BlockBuilder out) {
        if (m.kind() == MeasurementKind.M
                || m.kind() == MeasurementKind.MABSENT
                || m.kind() == MeasurementKind.MPAD) {
            out.append(m);
            return;
        }
        int result = 0;
        for (PauliProduct product : m.products()) {
            int number = result++;
            Targets bit = m.bits().isEmpty() ? m.bits() : m.bits().slice(number, number + 1);
            if (product.letters().isEmpty()) {
                Targets constant = Targets.of(product.negative() ? 1 : 0);
                out.append(
                        new Measurement(MeasurementKind.MPAD, 0, constant, bit, m.tag())
                                .withErrors(m.falseOne(), m.falseZero()));
                continue;
            }
            var folded = new BlockBuilder();
            ProductFolding.folded(
                    folded,
                    product.letters(),
                    q -> {
                        int target = product.negative() ? Target.inverted(q) : q;
                        folded.append(
                                new Measurement(
                                                MeasurementKind.M,
                                                0,
                                                Targets.of(target),
                                                bit,
                                                m.tag())
                                        .withErrors(m.falseOne(), m.falseZero()));
                        if (m.kind().resets()) {
                            folded.append(new Reset(Pauli.Z, Targets.of(q), m.tag()));
                        }
                    });
            addAll(folded, out);
        }
    }

    private void gate(GateOperation g, BlockBuilder out) {
        int arity = g.gate().qubits();
        if (arity == 0) {
            return;
        }
        if (g.gate() == StandardGate.H || g.gate() == StandardGate.S) {
            out.append(g);
            return;
        }
        if (arity > 2) {
            throw new CircuitException(g, "acts on more than two qubits. Maybe expand it first");
        }
        for (int k = 0; k < g.targets().size(); k += arity) {
            Targets group = g.targets().slice(k, k + arity);
            if (group.hasClassical()) {
                feedback(g, group, out);
                continue;
            }
            for (Letter letter : sequence(g, arity)) {
                int a = group.get(letter.a());
                out.append(
                        letter.b() < 0
                                ? GateOperation.of(letter.gate(), a)
                                : GateOperation.of(letter.gate(), a, group.get(letter.b())));
            }
        }
    }

    /** A controlled Pauli whose control is a bit: CX in another frame. */
    private void feedback(GateOperation g, Targets pair, BlockBuilder out) {
        boolean first = Target.isClassical(pair.get(0));
        int bit = pair.get(first ? 0 : 1);
        int q = pair.get(first ? 1 : 0);
        if (Target.isClassical(q)) {
            // A phase that nobody sees.
            return;
        }
        StandardGate frame =
                switch ((StandardGate) g.gate()) {
                    case CX, XCZ -> StandardGate.I;
                    case CY, YCZ -> StandardGate.S_DAG;
                    default -> StandardGate.H;
                };
        gate(GateOperation.of(frame, q), out);
        out.append(new GateOperation(StandardGate.CX, List.of(), Targets.of(bit, q), g.tag()));
        gate(GateOperation.of((StandardGate) frame.inverse(), q), out);
    }

    private List<Letter> sequence(GateOperation g, int arity) {
        GateOperation plain = g.withTargets(Targets.range(0, arity));
        List<PauliString> wanted = new ArrayList<>();
        List<PauliString> generators = generators(arity);
        generators.forEach(p -> wanted.add(p.after(plain)));
        return known.computeIfAbsent(wanted, images -> search(generators, images, arity));
    }

    private static List<PauliString> generators(int arity) {
        List<PauliString> generators = new ArrayList<>();
        for (int q = 0; q < arity; q++) {
            generators.add(PauliString.single(arity, q, Pauli.X));
            generators.add(PauliString.single(arity, q, Pauli.Z));
        }
        return generators;
    }

    /** Breadth first: the group has 24 elements on one qubit and 11,520 on two. */
    private static List<Letter> search(
            List<PauliString> start, List<PauliString> wanted, int arity) {
        Map<List<PauliString>, List<Letter>> seen = new HashMap<>();
        ArrayDeque<List<PauliString>> queue = new ArrayDeque<>();
        seen.put(start, List.of());
        queue.add(start);
        while (!seen.containsKey(wanted)) {
            List<PauliString> here = queue.remove();
            for (Letter letter : arity == 1 ? ONE : TWO) {
                List<PauliString> next = here.stream().map(letter::after).toList();
                if (!seen.containsKey(next)) {
                    List<Letter> word = new ArrayList<>(seen.getOrDefault(here, List.of()));
                    word.add(letter);
                    seen.put(next, word);
                    queue.add(next);
                }
            }
        }
        return seen.getOrDefault(wanted, List.of());
    }
}
