package org.jaket.stabilizer.clifford;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Block;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Detector;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.While;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

/** Finds the operation of a circuit that a failure is about. */
public final class Places {
    private Places() {}

    /**
     * The refusal of a circuit because its course depends on results, naming where it first does.
     */
    public static UnsupportedCircuitException dependent(Block block, String message) {
        return of(block, Places::isDependent, message);
    }

    /** A refusal that names the first operation of a kind, if there is one. */
    public static UnsupportedCircuitException of(
            Block block, Predicate<Operation> kind, String message) {
        UnsupportedCircuitException refusal = new UnsupportedCircuitException(message);
        Operation first = first(block, kind);
        return first == null ? refusal : refusal.at(first);
    }

    /** Whether what an operation does depends on results in more than Pauli feedback. */
    public static boolean isDependent(Operation operation) {
        return operation instanceof Conditional
                || operation instanceof While
                || operation instanceof Assignment;
    }

    /** The first operation of a kind, blocks inside included, or null. */
    public static @Nullable Operation first(Block block, Predicate<Operation> kind) {
        for (Operation operation : block.operations()) {
            if (kind.test(operation)) {
                return operation;
            }
            for (Block inner : operation.blocks()) {
                Operation found = first(inner, kind);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The repeat at the top of a block that is longest unfolded, or null. */
    public static @Nullable Repeat longest(Block block) {
        Repeat longest = null;
        double most = 0;
        for (Operation operation : block.operations()) {
            if (operation instanceof Repeat r) {
                double length = (double) r.count() * Math.max(1, r.body().operationCount());
                if (length > most) {
                    longest = r;
                    most = length;
                }
            }
        }
        return longest;
    }

    /**
     * Refuses a circuit that looks back past its first result. Behind blocks that may or may not
     * record results nothing is known, and nothing is refused.
     *
     * @param annotations whether detectors and observables are looked at too
     * @throws CircuitException of the first operation that does
     */
    public static void requireResults(Block block, boolean annotations) {
        requireResults(block, annotations, 0);
    }

    /** Returns how many results there are behind the block, or a negative number if unknown. */
    private static long requireResults(Block block, boolean annotations, long before) {
        long results = before;
        for (Operation operation : block.operations()) {
            if (results < 0) {
                return results;
            }
            boolean isAnnotation =
                    operation instanceof Detector || operation instanceof ObservableInclude;
            if (annotations || !isAnnotation) {
                for (int k = 0; k < operation.targets().size(); k++) {
                    int target = operation.targets().get(k);
                    if (Target.isRecord(target) && Target.value(target) > results) {
                        throw new CircuitException(
                                operation,
                                "rec[-%d] refers to a measurement before the first one; there are %d so far."
                                        .formatted(Target.value(target), results));
                    }
                }
            }
            if (operation instanceof Repeat r) {
                // Later turns have more results behind them.
                if (requireResults(r.body(), annotations, results) < 0) {
                    return -1;
                }
            } else if (operation instanceof While w && w.body().results() > 0
                    || operation instanceof Conditional c && !c.recordsEvenly()) {
                return -1;
            } else {
                for (Block inner : operation.blocks()) {
                    if (requireResults(inner, annotations, results) < 0) {
                        return -1;
                    }
                }
            }
            results += operation.results();
        }
        return results;
    }
}
