package org.jaket.stabilizer.clifford;

import org.jaket.circuit.CircuitException;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How long circuits are with their loops unfolded, and what is too long to be followed turn by
 * turn: a text of a few lines can ask for more than a lifetime of work.
 */
public final class Unfolding {
    /**
     * The most targets of operations that are followed one by one, loops unfolded. That is some
     * minutes of work, and more than there are in a record of the longest length, if one target in
     * sixteen is measured.
     */
    public static final long MAX_TARGETS = 1L << 34;

    /**
     * After how many targets a loop that has not come to repeat itself yet is refused, if the turns
     * that are left would exceed a limit.
     */
    public static final long PATIENCE = 1L << 25;

    private Unfolding() {}

    /**
     * How many targets of operations there are with loops unfolded, each step having at least one.
     */
    public static double targets(List<Step> steps) {
        double sum = 0;
        for (Step step : steps) {
            sum += targets(step);
        }
        return sum;
    }

    /** The targets of a step; of loops of all turns, of branches those of the shorter one. */
    private static double targets(Step step) {
        return switch (step) {
            case Step.Unitary u -> u.targets().length;
            case Step.Reset r -> r.qubits().length;
            case Step.Measure m -> m.qubits().length;
            case Step.MeasureAbsence m -> m.qubits().length;
            case Step.Pad p -> p.values().length;
            case Step.PauliNoise n -> n.targets().length;
            case Step.Loop l -> (double) l.count() * Math.max(1, targets(l.body()));
            case Step.Branch b -> 1 + Math.min(targets(b.then()), targets(b.otherwise()));
            default -> 1;
        };
    }

    /** How many targets a step that is no block has, as work is counted. */
    public static long work(Step step) {
        return step instanceof Step.Loop ? 1 : (long) targets(step);
    }

    /**
     * Refuses circuits that are too long to be followed turn by turn, at once.
     *
     * @param instead what would help, a sentence
     * @throws CircuitException of the longest loop
     */
    public static void requireFeasible(List<Step> steps, String instead) {
        double all = targets(steps);
        if (all > MAX_TARGETS) {
            throw located(
                    longest(steps),
                    "the circuit has %.3g targets of operations with its loops unfolded; at most %d are followed. %s"
                            .formatted(all, MAX_TARGETS, instead));
        }
    }

    /** The innermost loop that most of the work is in. */
    private static Step.@Nullable Loop longest(List<Step> steps) {
        Step.Loop longest = null;
        double most = 0;
        for (Step step : steps) {
            if (step instanceof Step.Loop l && targets(l) > most) {
                longest = l;
                most = targets(l);
            }
        }
        if (longest != null && targets(longest.body()) > MAX_TARGETS) {
            Step.Loop inner = longest(longest.body());
            return inner == null ? longest : inner;
        }
        return longest;
    }

    /**
     * Refuses a loop that has not come to repeat itself, if what is left of it is too long.
     *
     * @param turns how many turns were followed
     * @param work how many targets that took
     * @param most how many targets may be followed
     * @throws CircuitException of the loop
     */
    public static void requireRecurrence(Step.Loop loop, long turns, long work, long most) {
        if (work > PATIENCE && work * ((double) loop.count() / turns) > most) {
            throw located(loop, notRecurring(turns, most));
        }
    }

    /** What is said of a loop that does not come to repeat itself. */
    public static String notRecurring(long turns, long most) {
        return "the loop does not come to repeat itself within %d turns, and following all of them would take more than %d targets of operations. Maybe repeat less often?"
                .formatted(turns, most);
    }

    private static CircuitException located(Step.@Nullable Loop loop, String message) {
        return loop == null || loop.source() == null
                ? new CircuitException(message)
                : new CircuitException(loop.source(), message);
    }
}
