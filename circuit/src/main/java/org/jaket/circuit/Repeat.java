package org.jaket.circuit;

import org.jaket.circuit.expression.Expression;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A block executed a fixed number of times. It stays folded on the whole way to the engine.
 *
 * @param count at least 1
 * @param body what is repeated
 * @param tag free text
 */
public record Repeat(long count, Block body, String tag) implements Operation {
    /** Checks the count. */
    public Repeat {
        if (count < 1) {
            throw new CircuitException("REPEAT " + count + ": a block is repeated at least once");
        }
    }

    @Override
    public long results() {
        return Block.times(count, body.results(), "measurement results");
    }

    @Override
    public List<Block> blocks() {
        return List.of(body);
    }

    @Override
    public Repeat mapExpressions(UnaryOperator<Expression> replace) {
        return new Repeat(count, body.mapExpressions(replace), tag);
    }

    @Override
    public Repeat withTargets(Targets newTargets) {
        return this;
    }

    @Override
    public String describe() {
        return "REPEAT " + count;
    }
}
