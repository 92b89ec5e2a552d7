package org.jaket.circuit;

import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.RecordBit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * An immutable list of operations with the sizes that follow from it: the body of a circuit, of a
 * repeat, of a branch.
 *
 * <p>Sizes are computed once, without unfolding: a block repeated a million times is looked at
 * once.
 */
public final class Block {
    private static final Block EMPTY = new Block(List.of());

    private final List<Operation> operations;
    private final int qubitBound;
    private final int bitBound;
    private final int sweepBound;
    private final int observables;
    private final long results;
    private final long detectors;
    private final long ticks;
    private final long operationCount;
    private final int hash;

    private Block(List<Operation> operations) {
        this.operations = operations;
        int maxQubit = 0;
        int maxBit = 0;
        int maxSweep = 0;
        int maxObservable = 0;
        long resultSum = 0;
        long detectorSum = 0;
        long tickSum = 0;
        long count = 0;
        for (Operation operation : operations) {
            Targets targets = operation.targets();
            for (int k = 0; k < targets.size(); k++) {
                int t = targets.get(k);
                if (Target.touchesQubit(t) && !isConstant(operation)) {
                    maxQubit = Math.max(maxQubit, Target.value(t) + 1);
                } else if (Target.isSweep(t)) {
                    maxSweep = Math.max(maxSweep, Target.value(t) + 1);
                }
            }
            long times = operation instanceof Repeat repeat ? repeat.count() : 1;
            resultSum = sum(resultSum, operation.results(), "measurement results");
            for (Block inner : operation.blocks()) {
                maxQubit = Math.max(maxQubit, inner.qubitBound);
                maxBit = Math.max(maxBit, inner.bitBound);
                maxSweep = Math.max(maxSweep, inner.sweepBound);
                maxObservable = Math.max(maxObservable, inner.observables);
                detectorSum =
                        sum(detectorSum, times(times, inner.detectors, "detectors"), "detectors");
                tickSum = sum(tickSum, times(times, inner.ticks, "ticks"), "ticks");
                count = sum(count, times(times, inner.operationCount, "operations"), "operations");
            }
            switch (operation) {
                case Detector d -> detectorSum++;
                case ObservableInclude o ->
                        maxObservable = Math.max(maxObservable, o.observable() + 1);
                case Tick t -> tickSum++;
                case Measurement m -> {
                    for (int k = 0; k < m.bits().size(); k++) {
                        maxBit = Math.max(maxBit, m.bits().get(k) + 1);
                    }
                }
                default -> {}
            }
            maxBit = Math.max(maxBit, bitBound(operation));
            count++;
        }
        qubitBound = maxQubit;
        bitBound = maxBit;
        sweepBound = maxSweep;
        observables = maxObservable;
        results = resultSum;
        detectors = detectorSum;
        ticks = tickSum;
        operationCount = count;
        hash = operations.hashCode();
    }

    private static boolean isConstant(Operation operation) {
        return operation instanceof Measurement m && m.kind() == MeasurementKind.MPAD;
    }

    private static int bitBound(Operation operation) {
        int[] bound = {0};
        Consumer<Expression> leaf =
                e -> {
                    switch (e) {
                        case Bit bit -> bound[0] = Math.max(bound[0], bit.index() + 1);
                        case Bits bits ->
                                bits.bits()
                                        .forEach(b -> bound[0] = Math.max(bound[0], b.index() + 1));
                        case ClassicalRegister r ->
                                bound[0] = Math.max(bound[0], r.first() + r.size());
                        default -> {}
                    }
                };
        forEachExpression(
                operation,
                e ->
                        e.substitute(
                                x -> {
                                    leaf.accept(x);
                                    return x;
                                }));
        return bound[0];
    }

    /**
     * The expressions that an operation itself carries: angles, condition, value and destination.
     */
    static void forEachExpression(Operation operation, Consumer<Expression> action) {
        switch (operation) {
            case GateOperation g -> g.parameters().forEach(action);
            case PauliRotation p -> action.accept(p.angle());
            case Conditional c -> action.accept(c.condition());
            case While w -> action.accept(w.condition());
            case Assignment a -> {
                action.accept(a.destination());
                action.accept(a.value());
            }
            default -> {}
        }
    }

    static long sum(long a, long b, String what) {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException e) {
            throw new CircuitException("the circuit has more than 2^63 " + what);
        }
    }

    static long times(long count, long each, String what) {
        try {
            return Math.multiplyExact(count, each);
        } catch (ArithmeticException e) {
            throw new CircuitException(
                    "REPEAT " + count + ": the circuit has more than 2^63 " + what);
        }
    }

    /** No operations. */
    public static Block empty() {
        return EMPTY;
    }

    /**
     * The given operations, exactly as they are; see {@link BlockBuilder} for one that fuses
     * neighbours.
     */
    public static Block of(List<Operation> operations) {
        return operations.isEmpty() ? EMPTY : new Block(List.copyOf(operations));
    }

    static Block owning(ArrayList<Operation> operations) {
        operations.trimToSize();
        return operations.isEmpty() ? EMPTY : new Block(Collections.unmodifiableList(operations));
    }

    /** The operations, unmodifiable. */
    public List<Operation> operations() {
        return operations;
    }

    /** Whether there are no operations. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** One more than the largest qubit used. */
    public int qubitBound() {
        return qubitBound;
    }

    /** One more than the largest classical bit used. */
    public int bitBound() {
        return bitBound;
    }

    /** One more than the largest sweep bit used. */
    public int sweepBound() {
        return sweepBound;
    }

    /** One more than the largest observable index used. */
    public int observables() {
        return observables;
    }

    /**
     * How many results one execution adds to the measurement record, conditionals and while loops
     * not counted (what they measure goes to classical bits and to the record only as it happens).
     */
    public long results() {
        return results;
    }

    /** How many detectors there are, repeats unfolded. */
    public long detectors() {
        return detectors;
    }

    /** How many ticks there are, repeats unfolded. */
    public long ticks() {
        return ticks;
    }

    /** How many operations there are, repeats unfolded and counted themselves once. */
    public long operationCount() {
        return operationCount;
    }

    /** Every expression replaced, in nested blocks too. */
    public Block mapExpressions(UnaryOperator<Expression> replace) {
        var mapped = new BlockBuilder();
        operations.forEach(o -> mapped.append(o.mapExpressions(replace)));
        return mapped.build();
    }

    /** All qubits moved, in nested blocks too. */
    public Block mapQubits(IntUnaryOperator qubit) {
        var mapped = new BlockBuilder();
        for (Operation operation : operations) {
            mapped.append(
                    switch (operation) {
                        case Repeat r -> new Repeat(r.count(), r.body().mapQubits(qubit), r.tag());
                        case Conditional c ->
                                new Conditional(
                                        c.condition(),
                                        c.then().mapQubits(qubit),
                                        c.otherwise().mapQubits(qubit),
                                        c.tag());
                        case While w ->
                                new While(w.condition(), w.body().mapQubits(qubit), w.tag());
                        case Measurement m when m.kind() == MeasurementKind.MPAD -> m;
                        default -> operation.withTargets(operation.targets().mapQubits(qubit));
                    });
        }
        return mapped.build();
    }

    /** All classical bits moved, in nested blocks and expressions too. */
    public Block mapBits(IntUnaryOperator bit) {
        UnaryOperator<Expression> replace = e -> e.substitute(leaf -> moved(leaf, bit));
        var mapped = new BlockBuilder();
        for (Operation operation : operations) {
            mapped.append(
                    switch (operation) {
                        case Measurement m -> m.with(m.targets(), m.bits().map(bit));
                        case Assignment a ->
                                new Assignment(
                                        moved(a.destination(), bit),
                                        replace.apply(a.value()),
                                        a.tag());
                        case Repeat r -> new Repeat(r.count(), r.body().mapBits(bit), r.tag());
                        case Conditional c ->
                                new Conditional(
                                        replace.apply(c.condition()),
                                        c.then().mapBits(bit),
                                        c.otherwise().mapBits(bit),
                                        c.tag());
                        case While w ->
                                new While(
                                        replace.apply(w.condition()),
                                        w.body().mapBits(bit),
                                        w.tag());
                        default -> operation.mapExpressions(replace);
                    });
        }
        return mapped.build();
    }

    private static Expression moved(Expression leaf, IntUnaryOperator bit) {
        return switch (leaf) {
            case Bit b -> new Bit(bit.applyAsInt(b.index()));
            case Bits b ->
                    new Bits(
                            b.bits().stream()
                                    .map(x -> new Bit(bit.applyAsInt(x.index())))
                                    .toList());
            case ClassicalRegister r ->
                    new ClassicalRegister(
                            r.name(), r.valueType(), bit.applyAsInt(r.first()), r.size());
            default -> leaf;
        };
    }

    /**
     * The block that undoes this one. Qubit coordinates at the start stay there.
     *
     * @throws CircuitException if it measures, resets, adds noise or depends on classical values
     */
    public Block inverse() {
        var inverse = new BlockBuilder();
        int places = 0;
        while (places < operations.size() && operations.get(places) instanceof QubitCoordinates q) {
            inverse.append(q);
            places++;
        }
        for (Operation operation : operations.subList(places, operations.size()).reversed()) {
            inverse.append(
                    switch (operation) {
                        case GateOperation g -> g.inverse();
                        case PauliPhase p ->
                                new PauliPhase(!p.dagger(), reversedProducts(p.targets()), p.tag());
                        case PauliRotation p ->
                                new PauliRotation(
                                        p.angle().negate(), reversedProducts(p.targets()), p.tag());
                        case Repeat r -> new Repeat(r.count(), r.body().inverse(), r.tag());
                        case Conditional c ->
                                new Conditional(
                                        c.condition(),
                                        c.then().inverse(),
                                        c.otherwise().inverse(),
                                        c.tag());
                        case Tick t -> t;
                        case Barrier b -> b;
                        case Delay d -> d;
                        case QubitCoordinates q -> q;
                        case NoiseOperation n -> throw notUnitary(n);
                        case ChannelOperation c -> throw notUnitary(c);
                        case Measurement m -> throw notUnitary(m);
                        case Reset r -> throw notUnitary(r);
                        case Assignment a -> throw notUnitary(a);
                        case While w -> throw notUnitary(w);
                        case Detector d -> throw notUnitary(d);
                        case ObservableInclude o -> throw notUnitary(o);
                        case ShiftCoordinates s -> throw notUnitary(s);
                    });
        }
        return inverse.build();
    }

    private static CircuitException notUnitary(Operation operation) {
        return new CircuitException(
                operation, "has no inverse. Maybe invert only the unitary part of the circuit.");
    }

    private static Targets reversedProducts(Targets targets) {
        int[] reversed = new int[targets.size()];
        for (int k = 0; k < reversed.length; k++) {
            reversed[k] = targets.get(reversed.length - 1 - k);
        }
        // Letters of one product now stand in reverse order, which for a Hermitian product is the
        // same product.
        return Targets.of(reversed);
    }

    /** Whether some expression or target reads a measurement result, sweep bit or classical bit. */
    public boolean readsClassical() {
        for (Operation operation : operations) {
            boolean[] reads = {operation instanceof Conditional || operation instanceof While};
            forEachExpression(
                    operation,
                    e ->
                            e.substitute(
                                    leaf -> {
                                        reads[0] |=
                                                leaf instanceof Bit
                                                        || leaf instanceof Bits
                                                        || leaf instanceof ClassicalRegister
                                                        || leaf instanceof RecordBit;
                                        return leaf;
                                    }));
            if (operation instanceof GateOperation g) {
                reads[0] |= g.targets().hasClassical();
            }
            if (reads[0] || operation.blocks().stream().anyMatch(Block::readsClassical)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Block b && hash == b.hash && operations.equals(b.operations);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return operations.stream().map(Operation::describe).toList().toString();
    }
}
