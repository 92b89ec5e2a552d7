package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Carries a failure out of nested blocks, and collects where in the circuit it was. */
final class AnalysisFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> places = new ArrayList<>();
    private final long ticks;
    private transient @Nullable Operation innermost;

    /** A failure at an operation before which there are {@code ticks} ticks. */
    AnalysisFailure(String message, long ticks) {
        super(message, null, false, false);
        this.ticks = ticks;
    }

    /** Adds the place in the next block outwards. */
    AnalysisFailure at(int index, Operation operation) {
        String what = operation instanceof Repeat r ? "REPEAT " + r.count() : operation.describe();
        if (innermost == null) {
            innermost = operation;
        }
        places.add("instruction #%d (%s)".formatted(index + 1, what));
        return this;
    }

    /** The failure for users, with where it was. */
    CircuitException located(boolean hasTicks) {
        var text = new StringBuilder(String.valueOf(getMessage()));
        if (!places.isEmpty()) {
            text.append("\nThis is at ").append(places.getFirst());
            for (String place : places.subList(1, places.size())) {
                text.append(" inside ").append(place);
            }
            if (hasTicks) {
                text.append(", after ").append(ticks).append(" ticks");
            }
            text.append('.');
        }
        CircuitException failure = new CircuitException(text.toString());
        return innermost == null ? failure : failure.at(innermost);
    }
}
