package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.qasm.Value.Scalar;
import org.jaket.circuit.qasm.Value.Stored;

import java.util.ArrayList;
import java.util.List;

/** Brackets behind values: elements of arrays, qubits, bits of registers and of numbers. */
final class Indexing {
    private final Evaluator evaluator;

    Indexing(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** One pair of brackets behind a value. */
    Value index(Value whole, Node.Index index) {
        Stored inPlace = Evaluator.stored(whole);
        Value base = inPlace == null ? whole : inPlace;
        switch (base) {
            case Value.ArrayView a -> {
                return ArrayAccess.select(evaluator, a, index);
            }
            case Value.Qubits q -> {
                Selection s = selection(index, 0, q.indices().length);
                int[] chosen = new int[s.indices().length];
                for (int k = 0; k < chosen.length; k++) {
                    chosen[k] = q.indices()[s.indices()[k]];
                }
                requireOne(index);
                return new Value.Qubits(chosen, !s.single());
            }
            case Stored stored -> {
                requireOne(index);
                Node item = index.items().getFirst();
                if (!(item instanceof Node.Range) && !(item instanceof Node.Braces)) {
                    Expression at = evaluator.scalar(item);
                    if (!(at instanceof Constant)) {
                        return bitAt(index.at(), evaluator.scalar(index.at(), stored), at);
                    }
                }
                Selection s = selection(index, 0, stored.bits().size());
                List<Bit> bits = new ArrayList<>();
                for (int k : s.indices()) {
                    bits.add(stored.bits().get(k));
                }
                return s.single() ? new Stored(bits, null, true) : Stored.slice(bits);
            }
            default -> {
                requireOne(index);
                Expression number = evaluator.scalar(index.at(), base);
                if (number.type().isFloat()) {
                    throw evaluator.error(index.at(), "a float has no bits to index");
                }
                Node item = index.items().getFirst();
                if (item instanceof Node.Range || item instanceof Node.Braces) {
                    Selection s = selection(index, 0, number.type().width());
                    Expression value = null;
                    for (int k = 0; k < s.indices().length; k++) {
                        Expression bit =
                                Cast.of(
                                        Type.unsigned(64),
                                        bit(number, Expression.of((long) s.indices()[k])));
                        Expression placed =
                                Binary.of(Binary.Operator.SHIFT_LEFT, bit, Expression.of((long) k));
                        value =
                                value == null
                                        ? placed
                                        : Binary.of(Binary.Operator.BIT_OR, value, placed);
                    }
                    if (value == null) {
                        throw evaluator.error(index.at(), "this slice is empty");
                    }
                    return new Scalar(Cast.of(Type.bits(s.indices().length), value));
                }
                Expression at = evaluator.scalar(item);
                if (at instanceof Constant) {
                    Selection s = selection(index, 0, number.type().width());
                    return new Scalar(bit(number, Expression.of((long) s.indices()[0])));
                }
                return bitAt(index.at(), number, at);
            }
        }
    }

    private Value bitAt(int at, Expression whole, Expression position) {
        return evaluator.guarded(at, () -> bit(whole, position));
    }

    private static Expression bit(Expression whole, Expression position) {
        Expression bits = Cast.of(Type.bits(whole.type().width()), whole);
        Expression shifted = Binary.of(Binary.Operator.SHIFT_RIGHT, bits, position);
        return Cast.of(
                Type.BOOL,
                Binary.of(Binary.Operator.BIT_AND, shifted, new Constant(Type.bits(1), 1)));
    }

    private void requireOne(Node.Index index) {
        if (index.items().size() != 1) {
            throw evaluator.error(
                    index.at(), "one index is expected here, not " + index.items().size());
        }
    }

    /** The positions that an index picks, and whether it is a single one. */
    record Selection(int[] indices, boolean single) {}

    Selection selection(Node.Index index, int item, int size) {
        Node node = index.items().get(item);
        return switch (node) {
            case Node.Range r -> new Selection(range(r, size), false);
            case Node.Braces b -> {
                int[] chosen = new int[b.items().size()];
                for (int k = 0; k < chosen.length; k++) {
                    chosen[k] = position(b.items().get(k), size);
                }
                yield new Selection(chosen, false);
            }
            default -> new Selection(new int[] {position(node, size)}, true);
        };
    }

    private int position(Node node, int size) {
        long k = evaluator.whole(node, "an index");
        long wrapped = k < 0 ? k + size : k;
        if (wrapped < 0 || wrapped >= size) {
            throw evaluator.error(
                    node.at(), "index " + k + " is out of range: there are " + size + " places");
        }
        return (int) wrapped;
    }

    private int[] range(Node.Range r, int size) {
        long step = r.step() == null ? 1 : evaluator.whole(r.step(), "a range's step");
        if (step == 0) {
            throw evaluator.error(r.at(), "a range cannot have the step 0");
        }
        long first = r.first() == null ? (step > 0 ? 0 : size - 1) : position(r.first(), size);
        long last = r.last() == null ? (step > 0 ? size - 1 : 0) : position(r.last(), size);
        List<Integer> chosen = new ArrayList<>();
        for (long k = first; step > 0 ? k <= last : k >= last; k += step) {
            chosen.add((int) k);
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }
}
