package org.jaket.circuit.qasm;

import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;

/** A text and the name that messages call it by. */
record Source(String name, String text) {
    ParseException error(int offset, String problem, @Nullable String hint) {
        return ParseException.at(name, text, offset, problem, hint);
    }

    ParseException error(int offset, String problem) {
        return error(offset, problem, null);
    }
}
