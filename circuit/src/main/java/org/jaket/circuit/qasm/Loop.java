package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.ClassicalRegister;
import org.jspecify.annotations.Nullable;

/** The innermost loop. */
final class Loop {
    final @Nullable Loop outer;
    final Object site;
    final int depth;
    @Nullable ClassicalRegister breakFlag;
    @Nullable ClassicalRegister continueFlag;

    Loop(@Nullable Loop outer, Object site, int depth) {
        this.outer = outer;
        this.site = site;
        this.depth = depth;
    }
}
