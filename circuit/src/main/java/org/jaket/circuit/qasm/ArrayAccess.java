package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.Expression;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Indexing and filling of arrays. */
final class ArrayAccess {
    private ArrayAccess() {}

    /**
     * The part of an array that indices select, one item a dimension; further brackets go on from
     * there.
     */
    static Value select(Evaluator evaluator, Value.ArrayView view, Node.Index index) {
        if (index.items().size() > view.dimensions().length) {
            throw evaluator.error(
                    index.at(),
                    index.items().size()
                            + " indices for "
                            + view.dimensions().length
                            + " dimensions");
        }
        int[] cells = view.cells();
        int[] kept = new int[view.dimensions().length];
        int keptCount = 0;
        // Cells are laid out row by row. Walk the dimensions from the left, keeping blocks of what
        // is right of them.
        int outer = 1;
        int inner = cells.length;
        for (int d = 0; d < view.dimensions().length; d++) {
            int size = view.dimensions()[d];
            inner /= Math.max(1, size);
            if (d >= index.items().size()) {
                kept[keptCount++] = size;
                outer *= size;
                continue;
            }
            Indexing.Selection s = evaluator.selection(index, d, size);
            int[] next = new int[outer * s.indices().length * inner];
            int at = 0;
            for (int o = 0; o < outer; o++) {
                for (int chosen : s.indices()) {
                    System.arraycopy(cells, (o * size + chosen) * inner, next, at, inner);
                    at += inner;
                }
            }
            cells = next;
            outer *= s.indices().length;
            if (!s.single()) {
                kept[keptCount++] = s.indices().length;
            }
        }
        return new Value.ArrayView(view.array(), Arrays.copyOf(kept, keptCount), cells);
    }

    /** The cells that a literal in braces, another array or (for a single cell) a number gives. */
    static Expression[] contents(Evaluator evaluator, Value.ArrayView target, Node node) {
        var values = new Expression[target.cells().length];
        int filled = fill(evaluator, target, node, 0, values, 0);
        if (filled != values.length) {
            throw evaluator.error(
                    node.at(), "expected " + values.length + " elements, got " + filled);
        }
        return values;
    }

    private static int fill(
            Evaluator evaluator,
            Value.ArrayView target,
            Node node,
            int dimension,
            @Nullable Expression[] values,
            int at) {
        if (node instanceof Node.Braces braces && dimension < target.dimensions().length) {
            if (braces.items().size() != target.dimensions()[dimension]) {
                throw evaluator.error(
                        node.at(),
                        "expected "
                                + target.dimensions()[dimension]
                                + " elements, got "
                                + braces.items().size());
            }
            int next = at;
            for (Node item : braces.items()) {
                next = fill(evaluator, target, item, dimension + 1, values, next);
            }
            return next;
        }
        Value value = evaluator.value(node);
        if (value instanceof Value.ArrayView from && from.dimensions().length > 0) {
            int[] expected =
                    Arrays.copyOfRange(target.dimensions(), dimension, target.dimensions().length);
            if (!Arrays.equals(expected, from.dimensions())) {
                throw evaluator.error(node.at(), "the shapes of these arrays differ");
            }
            for (int k = 0; k < from.cells().length; k++) {
                values[at + k] = Cast.of(target.type(), from.array().get(from.cells()[k]));
            }
            return at + from.cells().length;
        }
        if (dimension != target.dimensions().length) {
            throw evaluator.error(
                    node.at(),
                    "expected an array of " + target.dimensions()[dimension] + " elements");
        }
        values[at] = Cast.of(target.type(), evaluator.scalar(node.at(), value));
        return at + 1;
    }
}
