package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.ClassicalRegister;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How a piece of program ends: by falling through, by a jump that is certain, or perhaps by jumps
 * that are decided when the circuit runs; these raise flags that whatever comes after must heed.
 *
 * @param jump break, continue, return or end when that is certain, otherwise null
 * @param flags flags that may be raised
 */
record Exit(@Nullable String jump, Set<ClassicalRegister> flags) {
    static final Exit NONE = new Exit(null, Set.of());

    static Exit certain(String jump) {
        return new Exit(jump, Set.of());
    }

    /** Both flags; certain only when both are, in the same way. */
    Exit or(Exit other) {
        Set<ClassicalRegister> all = new LinkedHashSet<>(flags);
        all.addAll(other.flags);
        return new Exit(jump != null && jump.equals(other.jump) ? jump : null, all);
    }

    Exit withFlags(Set<ClassicalRegister> more) {
        Set<ClassicalRegister> all = new LinkedHashSet<>(flags);
        all.addAll(more);
        return new Exit(jump, all);
    }

    Exit without(@Nullable ClassicalRegister a, @Nullable ClassicalRegister b) {
        Set<ClassicalRegister> rest = new LinkedHashSet<>(flags);
        rest.remove(a);
        rest.remove(b);
        return new Exit(jump, rest);
    }
}
