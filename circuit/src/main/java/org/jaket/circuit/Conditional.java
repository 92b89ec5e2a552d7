package org.jaket.circuit;

import org.jaket.circuit.expression.Expression;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A block executed when a classical condition holds, another one when it does not.
 *
 * @param condition read when the conditional is reached
 * @param then executed when the condition is not zero
 * @param otherwise executed when it is zero; may be empty
 * @param tag free text
 */
public record Conditional(Expression condition, Block then, Block otherwise, String tag)
        implements Operation {
    /** How many results either block records; 0 if they record different numbers of them. */
    @Override
    public long results() {
        return recordsEvenly() ? then.results() : 0;
    }

    /** Whether both blocks record equally many results, so that the record has a fixed length. */
    public boolean recordsEvenly() {
        return then.results() == otherwise.results();
    }

    @Override
    public List<Block> blocks() {
        return List.of(then, otherwise);
    }

    @Override
    public Conditional mapExpressions(UnaryOperator<Expression> replace) {
        return new Conditional(
                replace.apply(condition),
                then.mapExpressions(replace),
                otherwise.mapExpressions(replace),
                tag);
    }

    @Override
    public Conditional withTargets(Targets newTargets) {
        return this;
    }

    @Override
    public String describe() {
        return "if (" + Operation.abbreviated(condition.toString()) + ")";
    }
}
