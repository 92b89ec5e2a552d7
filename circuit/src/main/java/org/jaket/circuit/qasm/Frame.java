package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Type;
import org.jspecify.annotations.Nullable;

/** The subroutine, or the program, that is being executed. */
final class Frame {
    final Object site;
    final int depth;
    final @Nullable Type resultType;
    final boolean program;
    @Nullable ClassicalRegister exitFlag;
    @Nullable ClassicalRegister result;
    @Nullable Value known;

    Frame(Object site, int depth, @Nullable Type resultType, boolean program) {
        this.site = site;
        this.depth = depth;
        this.resultType = resultType;
        this.program = program;
    }
}
