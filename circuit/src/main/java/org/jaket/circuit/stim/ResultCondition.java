package org.jaket.circuit.stim;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.RecordBit;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The rules of blocks that run only if a sum of results is odd: an extension of Stim's language.
 *
 * <pre>{@code
 * IF rec[-1] rec[-3] {
 *     H 0
 * } ELSE {
 *     SQRT_X 0
 * }
 * }</pre>
 *
 * <p>Neither word means anything to Stim, which refuses such a text. Both blocks record equally
 * many results, so that what a look-back behind them means does not depend on the course of a shot.
 */
final class ResultCondition {
    /** The word before the results. */
    static final String IF = "IF";

    /** The word between the blocks. */
    static final String ELSE = "ELSE";

    private ResultCondition() {}

    /**
     * The sum over GF(2) of some results, as a balanced tree: it may have a million terms.
     *
     * @throws CircuitException if there are none, or some targets are no results
     */
    static Expression of(Targets targets) {
        if (targets.isEmpty() || !targets.stream().allMatch(Target::isRecord)) {
            throw new CircuitException(
                    "IF: the condition is a result such as rec[-1], or the sum of some: rec[-1] rec[-3]");
        }
        return sum(targets, 0, targets.size());
    }

    private static Expression sum(Targets targets, int from, int to) {
        if (to - from == 1) {
            return new RecordBit(targets.value(from));
        }
        int middle = (from + to + 1) / 2;
        return sum(targets, from, middle).xor(sum(targets, middle, to));
    }

    /** The results whose sum an expression is, or null if it is nothing of the kind. */
    static @Nullable Targets terms(Expression condition) {
        var terms =
                new Object() {
                    int[] targets = new int[4];
                    int count;

                    boolean collect(Expression e) {
                        return switch (e) {
                            case RecordBit r -> {
                                if (count == targets.length) {
                                    targets = Arrays.copyOf(targets, 2 * count);
                                }
                                targets[count++] = Target.record(r.lookback());
                                yield true;
                            }
                            case Binary b when b.operator() == Binary.Operator.BIT_XOR ->
                                    collect(b.left()) && collect(b.right());
                            default -> false;
                        };
                    }
                };
        return terms.collect(condition) ? Targets.copyOf(terms.targets, terms.count) : null;
    }

    /** Whether an operation may stand in such a block. */
    static boolean allows(Operation operation) {
        return switch (operation) {
            case GateOperation g -> true;
            case PauliPhase p -> true;
            case PauliRotation p -> true;
            case Reset r -> true;
            case NoiseOperation n -> true;
            case Measurement m -> true;
            case Delay d -> true;
            // What is in these is looked at on its own.
            case Repeat r -> true;
            case Conditional c -> true;
            default -> false;
        };
    }
}
