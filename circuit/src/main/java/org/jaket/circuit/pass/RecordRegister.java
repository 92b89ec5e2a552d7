package org.jaket.circuit.pass;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.gate.StandardGate;

import java.util.List;

/**
 * Rewrites circuits of Stim's language for languages that measure single qubits in the
 * computational basis into classical bits, such as OpenQASM: the measurement record becomes a
 * register {@code rec}, other bases and products become gates around plain measurements, feedback
 * becomes conditionals. Detectors, observables and coordinates are left out; ticks become barriers.
 */
public final class RecordRegister {
    /** The name of the register that takes the record. */
    public static final String NAME = "rec";

    /** The most operations that one loop is unfolded to. */
    private static final long MAX_UNFOLDED = 20_000_000;

    private final int qubits;
    private final BlockBuilder out = new BlockBuilder();
    private int results;

    private RecordRegister(int qubits) {
        this.qubits = qubits;
    }

    /**
     * The circuit with a register of as many bits as there are results, repeats unfolded.
     *
     * @throws CircuitException if it already has classical registers, has noise (see {@link
     *     NoiseRemoval}) or sweep bits, or is too long to be unfolded (see {@link Flattening})
     */
    public static Circuit of(Circuit circuit) {
        if (!circuit.classicalRegisters().isEmpty()) {
            throw new CircuitException(
                    "the circuit already has the classical register "
                            + circuit.classicalRegisters().getFirst().name());
        }
        Circuit flat = Flattening.of(circuit);
        var rewriting = new RecordRegister(circuit.qubits());
        flat.operations().forEach(rewriting::add);
        List<ClassicalRegister> registers =
                rewriting.results == 0
                        ? List.of()
                        : List.of(new ClassicalRegister(NAME, null, 0, rewriting.results));
        return Circuit.of(circuit.qubitRegisters(), registers, rewriting.out.build());
    }

    private void add(Operation operation) {
        switch (operation) {
            case GateOperation g -> gate(g);
            case PauliPhase p -> {
                for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
                    boolean dagger = p.dagger() != product.negative();
                    ProductFolding.folded(
                            out,
                            product.letters(),
                            q -> apply(dagger ? StandardGate.S_DAG : StandardGate.S, q));
                }
            }
            case PauliRotation p -> {
                for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
                    Expression angle = product.negative() ? p.angle().negate() : p.angle();
                    ProductFolding.folded(
                            out,
                            product.letters(),
                            q ->
                                    out.append(
                                            new GateOperation(
                                                    StandardGate.RZ,
                                                    List.of(angle),
                                                    Targets.of(q),
                                                    p.tag())));
                }
            }
            case Reset r when r.basis() == Pauli.Z -> out.append(r);
            case Reset r -> {
                for (int k = 0; k < r.targets().size(); k++) {
                    out.append(new Reset(Pauli.Z, r.targets().slice(k, k + 1), r.tag()));
                    ProductFolding.turn(out, r.basis(), r.targets().value(k));
                }
            }
            case Measurement m -> measurement(m);
            case org.jaket.circuit.Tick t -> out.append(new Barrier(Targets.range(0, qubits), ""));
            case org.jaket.circuit.Detector d -> {}
            case org.jaket.circuit.ObservableInclude o -> {}
            case org.jaket.circuit.QubitCoordinates q -> {}
            case Conditional c -> conditional(c);
            case Repeat r -> repeat(r);
            case Barrier b -> out.append(b);
            case org.jaket.circuit.Delay d -> out.append(d);
            case org.jaket.circuit.NoiseOperation n
                    when n.results() == 0 && n.noise().arguments() < 0 -> {}
            default ->
                    throw new CircuitException(
                            operation, "has no such form. Maybe remove the noise first");
        }
    }

    private Expression inRegister(Conditional operation, Expression leaf) {
        if (!(leaf instanceof RecordBit r)) {
            return leaf;
        }
        if (r.lookback() > results) {
            throw new CircuitException(operation, "refers to a measurement before the first one");
        }
        return new Bit(results - r.lookback());
    }

    private void conditional(Conditional c) {
        if (!c.recordsEvenly()) {
            throw new CircuitException(
                    c,
                    "its blocks record different numbers of results, which have no common place");
        }
        out.append(
                new Conditional(
                        c.condition().substitute(leaf -> inRegister(c, leaf)),
                        block(c.then()),
                        block(c.otherwise()),
                        c.tag()));
        results = Math.toIntExact(results + c.results());
    }

    /** A block of its own, whose results go where they would go outside. */
    private Block block(Block block) {
        var inner = new RecordRegister(qubits);
        inner.results = results;
        block.operations().forEach(inner::add);
        return inner.out.build();
    }

    /** A loop inside a block; with results it is unfolded, as each has a bit of its own. */
    private void repeat(Repeat r) {
        if (r.results() == 0) {
            out.append(new Repeat(r.count(), block(r.body()), r.tag()));
            return;
        }
        if ((double) r.count() * r.body().operationCount() > MAX_UNFOLDED) {
            throw new CircuitException(
                    r,
                    "records results in a block that depends on results, and is unfolded there up to %d operations"
                            .formatted(MAX_UNFOLDED));
        }
        for (long turn = 0; turn < r.count(); turn++) {
            r.body().operations().forEach(this::add);
        }
    }

    private void apply(StandardGate gate, int... qubits) {
        out.append(GateOperation.of(gate, qubits));
    }

    private void gate(GateOperation g) {
        if (g.targets().stream().noneMatch(Target::isClassical)) {
            out.append(g);
            return;
        }
        for (int k = 0; k < g.targets().size(); k += 2) {
            Targets pair = g.targets().slice(k, k + 2);
            if (pair.stream().anyMatch(Target::isSweep)) {
                throw new CircuitException(g, "has sweep bits, which are given from outside");
            }
            boolean first = Target.isRecord(pair.get(0));
            if (!first && !Target.isRecord(pair.get(1))) {
                out.append(g.withTargets(pair));
            } else if (Target.isQubit(pair.get(first ? 1 : 0))) {
                feedback(g, pair.value(first ? 0 : 1), pair.value(first ? 1 : 0));
            }
        }
    }

    private void feedback(GateOperation g, int lookback, int q) {
        if (lookback > results) {
            throw new CircuitException(g, "refers to a measurement before the first one");
        }
        StandardGate pauli =
                switch ((StandardGate) g.gate()) {
                    case CX, XCZ -> StandardGate.X;
                    case CY, YCZ -> StandardGate.Y;
                    default -> StandardGate.Z;
                };
        out.append(
                new Conditional(
                        new Bit(results - lookback),
                        Block.of(List.of(GateOperation.of(pauli, q))),
                        Block.empty(),
                        g.tag()));
    }

    private void measurement(Measurement m) {
        if (m.isNoisy()) {
            throw new CircuitException(m, "is noisy. Maybe remove the noise first");
        }
        for (PauliProduct product : m.products()) {
            Bit bit = new Bit(results++);
            if (product.letters().isEmpty()) {
                // Bits start as 0.
                if (product.negative()) {
                    out.append(new Assignment(bit, Expression.of(true), m.tag()));
                }
                continue;
            }
            ProductFolding.folded(
                    out,
                    product.letters(),
                    q -> {
                        if (product.negative()) {
                            apply(StandardGate.X, q);
                        }
                        out.append(
                                new Measurement(
                                        MeasurementKind.M,
                                        0,
                                        Targets.of(q),
                                        Targets.of(bit.index()),
                                        m.tag()));
                        if (m.kind().resets()) {
                            out.append(new Reset(Pauli.Z, Targets.of(q), m.tag()));
                        } else if (product.negative()) {
                            apply(StandardGate.X, q);
                        }
                    });
        }
    }
}
