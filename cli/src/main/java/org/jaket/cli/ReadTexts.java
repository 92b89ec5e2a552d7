package org.jaket.cli;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The texts that a command has read circuits from, so that a refusal of an operation can say where
 * it stands. Circuits carry no positions: a text is read a second time when something failed, and
 * the place told is that of the first operation equal to the refused one.
 */
final class ReadTexts {
    private static final ScopedValue<ReadTexts> CURRENT = ScopedValue.newInstance();

    /** A text that can be read again. */
    interface Text {
        /**
         * The error at the place of an operation, or null if the text does not have it.
         *
         * @throws IOException if the text cannot be read any more
         */
        @Nullable ParseException errorAt(Operation operation, String problem) throws IOException;
    }

    private final List<Text> texts = new ArrayList<>();

    private ReadTexts() {}

    /** Runs a command, whose texts are remembered until it ends. */
    static <T> T during(Callable<T> command) throws Exception {
        return ScopedValue.where(CURRENT, new ReadTexts()).call(command::call);
    }

    /** Remembers a text of the command that runs. */
    static void add(Text text) {
        if (CURRENT.isBound()) {
            CURRENT.get().texts.add(text);
        }
    }

    /**
     * What to say of a failure: its message, with file, line and column if it is about an operation
     * of a text that was read.
     */
    static @Nullable String message(Exception failure) {
        Operation operation =
                switch (failure) {
                    case CircuitException e -> e.operation();
                    case UnsupportedCircuitException e -> e.operation();
                    default -> null;
                };
        String message = failure.getMessage();
        if (operation == null || message == null || !CURRENT.isBound()) {
            return message;
        }
        for (Text text : CURRENT.get().texts) {
            ParseException located = located(text, operation, message);
            if (located != null) {
                return located.getMessage();
            }
        }
        return message;
    }

    private static @Nullable ParseException located(
            Text text, Operation operation, String message) {
        try {
            return text.errorAt(operation, message);
        } catch (IOException | IllegalArgumentException e) {
            // The text has changed since: then nothing is known of where the operation stood.
            return null;
        }
    }
}
