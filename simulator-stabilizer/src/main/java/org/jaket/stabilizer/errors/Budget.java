package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;

/** Keeps analyses of circuits that are small in text and huge in effect from running for ever. */
final class Budget {
    private static final String TOO_LONG =
            "the circuit is too long to be followed step by step: more than %d targets of operations"
                    .formatted(ErrorAnalysis.MAX_TARGETS);

    /** What an error takes up while it is collected, sorted and made an instruction. */
    private static final int BYTES_EACH = 250;

    private static final int MOST_KEPT = mostKept();

    private int kept;
    private long left = ErrorAnalysis.MAX_TARGETS;

    /**
     * Counts work.
     *
     * @throws CircuitException when it was too much
     */
    void spend(long targets) {
        left -= targets;
        if (left < 0) {
            throw new CircuitException(TOO_LONG + ". Maybe fold loops, or shorten them?");
        }
    }

    /**
     * Counts an instruction that will be in the model.
     *
     * @throws CircuitException when there are too many for the memory
     */
    void keep() {
        if (++kept > MOST_KEPT) {
            throw new CircuitException(
                    "the model would have more than %d instructions, too many for the memory. Maybe fold loops?"
                            .formatted(MOST_KEPT));
        }
    }

    /** How many errors or instructions the memory can take. */
    static int mostKept() {
        return (int) Math.min(1 << 27, Runtime.getRuntime().maxMemory() / BYTES_EACH);
    }

    static boolean isOver(AnalysisFailure e) {
        return String.valueOf(e.getMessage()).startsWith(TOO_LONG);
    }
}
