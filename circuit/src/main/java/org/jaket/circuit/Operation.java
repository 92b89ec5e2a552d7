package org.jaket.circuit;

import org.jaket.circuit.expression.Expression;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One step of a circuit. The family is sealed: engines, printers and passes handle every member.
 *
 * <p>An operation that takes targets is broadcast over them, in order: {@code GateOperation(CX, [0
 * 1 2 3])} is CX on (0, 1) and then on (2, 3). Operations are immutable and compare by value; their
 * constructors check everything that does not depend on the circuit around them.
 */
public sealed interface Operation
        permits GateOperation,
                PauliPhase,
                PauliRotation,
                NoiseOperation,
                ChannelOperation,
                Measurement,
                Reset,
                Detector,
                ObservableInclude,
                QubitCoordinates,
                ShiftCoordinates,
                Tick,
                Barrier,
                Delay,
                Assignment,
                Repeat,
                Conditional,
                While {
    /** What the operation acts on; none for those that carry blocks or only text. */
    default Targets targets() {
        return Targets.none();
    }

    /** A free text that travels with the operation, empty when there is none. */
    String tag();

    /**
     * How many results one execution adds to the measurement record; 0 for conditionals whose
     * blocks record different numbers of results, and for loops without end.
     */
    default long results() {
        return 0;
    }

    /** The blocks inside, for operations that have some. */
    default List<Block> blocks() {
        return List.of();
    }

    /**
     * The operation with every expression (angles, conditions, values) replaced, blocks included.
     */
    default Operation mapExpressions(UnaryOperator<Expression> replace) {
        return this;
    }

    /** The operation on other targets. */
    Operation withTargets(Targets targets);

    /** Whether {@code next}, directly behind this one, is the same operation on more targets. */
    default boolean fusesWith(Operation next) {
        return false;
    }

    /**
     * Whether {@code whole} is this operation, or this one with others fused to its end: a line of
     * a text is found again by it.
     */
    default boolean isFirstPartOf(Operation whole) {
        if (equals(whole)) {
            return true;
        }
        Targets all = whole.targets();
        Targets first = targets();
        if (first.size() == 0 || first.size() >= all.size() || !fusesWith(whole)) {
            return false;
        }
        for (int k = 0; k < first.size(); k++) {
            if (first.get(k) != all.get(k)) {
                return false;
            }
        }
        return true;
    }

    /** A short text that names the operation in messages, such as {@code CX 0 1}. */
    default String describe() {
        String text = targets().toString();
        return getClass().getSimpleName() + (text.isEmpty() ? "" : " " + abbreviated(text));
    }

    /** A text cut to a length that fits a message. */
    static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
