package org.jaket.stabilizer.nearclifford;

import org.jspecify.annotations.Nullable;

/**
 * A compiled part of a circuit: up to a condition where histories part, or to the end. What comes
 * after is compiled when the first shot gets there.
 */
final class Segment {
    private final Program program;
    private final int[] sources;
    private final @Nullable Parting parting;
    private volatile @Nullable Segment ifTrue;
    private volatile @Nullable Segment ifFalse;

    /**
     * Where histories part.
     *
     * @param condition decides where a shot goes on
     * @param compiler the frames there, to be copied
     * @param whenTrue what is to be done where the condition holds, null for nothing
     * @param whenFalse what is to be done where it does not
     * @param cause the condition, for messages
     */
    record Parting(
            Classical condition,
            Compiler compiler,
            @Nullable Place whenTrue,
            @Nullable Place whenFalse,
            String cause) {}

    /**
     * Makes a segment.
     *
     * @param sources what each classical bit holds at its end; see {@link Classical}
     * @param parting how it goes on, or null if it is the last
     */
    Segment(Program program, int[] sources, @Nullable Parting parting) {
        this.program = program;
        this.sources = sources;
        this.parting = parting;
    }

    Program program() {
        return program;
    }

    int[] sources() {
        return sources;
    }

    @Nullable Parting parting() {
        return parting;
    }

    /** What comes next, or null if it is not compiled yet. */
    @Nullable Segment next(boolean holds) {
        return holds ? ifTrue : ifFalse;
    }

    void setNext(boolean holds, Segment segment) {
        if (holds) {
            ifTrue = segment;
        } else {
            ifFalse = segment;
        }
    }
}
