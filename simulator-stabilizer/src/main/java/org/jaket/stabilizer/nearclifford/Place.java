package org.jaket.stabilizer.nearclifford;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A place in a circuit of nested blocks: what is left to do. Immutable, so that histories that part
 * share it.
 *
 * @param moves the block
 * @param next the move that comes next
 * @param turnsLeft how often the block is run again once it is through
 * @param loop the loop on a condition whose body the block is, or null
 * @param outer what comes after, or null for nothing
 */
record Place(
        List<Move> moves,
        int next,
        long turnsLeft,
        Move.@Nullable WhileLoop loop,
        @Nullable Place outer) {
    /** A block that is run once. */
    static Place of(List<Move> moves, @Nullable Place outer) {
        return new Place(moves, 0, 0, null, outer);
    }

    /** The body of a loop with a known number of turns, at least one. */
    static Place of(Move.Loop loop, Place outer) {
        return new Place(loop.body(), 0, loop.count() - 1, null, outer);
    }

    /** A turn of a loop on a condition. */
    static Place of(Move.WhileLoop loop, @Nullable Place outer) {
        return new Place(loop.body(), 0, 0, loop, outer);
    }

    /** Whether the block is through. */
    boolean isAtEnd() {
        return next == moves.size();
    }

    Move move() {
        return moves.get(next);
    }

    /** Behind the next move. */
    Place advanced() {
        return new Place(moves, next + 1, turnsLeft, loop, outer);
    }

    /** At the start of the next of the turns that are left. */
    Place again() {
        return new Place(moves, 0, turnsLeft - 1, loop, outer);
    }
}
