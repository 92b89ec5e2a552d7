package org.jaket.stabilizer.histories;

import org.jaket.circuit.CircuitException;
import org.jaket.stabilizer.clifford.Step;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A place in a program of nested blocks: what is left to do. Immutable, so that histories that part
 * share it.
 *
 * @param steps the block
 * @param next the step that comes next
 * @param turnsLeft how often the block is run again once it is through
 * @param loop the while loop whose body the block is, or null
 * @param turn which turn of that loop this is, counted from 1
 * @param outer what comes after, or null for nothing
 */
record Cursor(
        List<Step> steps,
        int next,
        long turnsLeft,
        Step.@Nullable WhileLoop loop,
        long turn,
        @Nullable Cursor outer) {
    /** The most turns that one while loop may take: an endless loop ends in a clear error. */
    private static final long MAX_WHILE_TURNS = 100_000_000;

    /** A block that is run once. */
    static Cursor of(List<Step> steps, @Nullable Cursor outer) {
        return new Cursor(steps, 0, 0, null, 0, outer);
    }

    /** The body of a loop with a known number of turns. */
    static Cursor of(Step.Loop loop, Cursor outer) {
        return new Cursor(loop.body(), 0, loop.count() - 1, null, 0, outer);
    }

    /** A turn of a while loop. */
    static Cursor of(Step.WhileLoop loop, long turn, @Nullable Cursor outer) {
        if (turn > MAX_WHILE_TURNS) {
            throw new CircuitException(
                    "while (%s) has not ended after %d turns."
                            .formatted(loop.condition(), MAX_WHILE_TURNS));
        }
        return new Cursor(loop.body(), 0, 0, loop, turn, outer);
    }

    /** Whether the block is through. */
    boolean isAtEnd() {
        return next == steps.size();
    }

    Step step() {
        return steps.get(next);
    }

    /** Behind the next step. */
    Cursor advanced() {
        return new Cursor(steps, next + 1, turnsLeft, loop, turn, outer);
    }

    /** At the start of the next of the turns that are left. */
    Cursor again() {
        return new Cursor(steps, 0, turnsLeft - 1, loop, turn, outer);
    }
}
