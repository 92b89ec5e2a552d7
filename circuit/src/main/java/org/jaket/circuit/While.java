package org.jaket.circuit;

import org.jaket.circuit.expression.Expression;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A block executed as long as a classical condition holds.
 *
 * @param condition read before each execution
 * @param body what is executed
 * @param tag free text
 */
public record While(Expression condition, Block body, String tag) implements Operation {
    @Override
    public List<Block> blocks() {
        return List.of(body);
    }

    @Override
    public While mapExpressions(UnaryOperator<Expression> replace) {
        return new While(replace.apply(condition), body.mapExpressions(replace), tag);
    }

    @Override
    public While withTargets(Targets newTargets) {
        return this;
    }

    @Override
    public String describe() {
        return "while (" + Operation.abbreviated(condition.toString()) + ")";
    }
}
