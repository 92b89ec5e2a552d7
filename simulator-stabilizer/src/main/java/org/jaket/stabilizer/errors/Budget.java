package org.jaket.stabilizer.errors;

import org.jaket.circuit.Block;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.stabilizer.clifford.Places;
import org.jaket.stabilizer.clifford.Unfolding;

/** Keeps analyses of circuits that are small in text and huge in effect from running for ever. */
final class Budget {
    private static final String TOO_LONG =
            "the circuit is too long to be followed step by step: more than %d targets of operations"
                    .formatted(ErrorAnalysis.MAX_TARGETS);

    private static final String ADVICE = ". Maybe fold loops, or shorten them?";

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
            throw new CircuitException(TOO_LONG + ADVICE);
        }
    }

    /** How much was counted so far. */
    long spent() {
        return ErrorAnalysis.MAX_TARGETS - left;
    }

    /**
     * Says at once when a loop has not come to repeat itself, and following all of its turns would
     * take more than there is.
     *
     * @param ahead how many turns were followed
     * @param before what was counted before the first of them
     * @throws CircuitException if it would
     */
    void requireRecurrence(long count, long ahead, long before) {
        long work = spent() - before;
        if (work > Unfolding.PATIENCE
                && work * ((double) count / ahead) > ErrorAnalysis.MAX_TARGETS) {
            throw new CircuitException(
                    TOO_LONG
                            + ", and its loops do not come to repeat themselves within %d turns"
                                    .formatted(ahead)
                            + ADVICE);
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

    /**
     * Says at once when a circuit is too long to be unfolded.
     *
     * @throws CircuitException if it is
     */
    static void checkUnfolded(Block body) {
        if (targets(body) > ErrorAnalysis.MAX_TARGETS) {
            CircuitException failure = new CircuitException(TOO_LONG + ADVICE);
            Repeat longest = Places.longest(body);
            throw longest == null ? failure : failure.at(longest);
        }
    }

    /** How many targets there are with loops unfolded, at least one an operation. */
    private static double targets(Block block) {
        double sum = 1;
        for (Operation operation : block.operations()) {
            sum += Math.max(1, operation.targets().size());
            for (Block inner : operation.blocks()) {
                sum += targets(inner) * (operation instanceof Repeat r ? (double) r.count() : 1);
            }
        }
        return sum;
    }

    /** How many errors or instructions the memory can take. */
    static int mostKept() {
        return (int) Math.min(1 << 27, Runtime.getRuntime().maxMemory() / BYTES_EACH);
    }

    static boolean isOver(AnalysisFailure e) {
        return String.valueOf(e.getMessage()).startsWith(TOO_LONG);
    }
}
