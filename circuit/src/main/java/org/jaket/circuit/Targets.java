package org.jaket.circuit;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** An immutable sequence of {@link Target}s. */
public final class Targets {
    private static final Targets NONE = new Targets(new int[0]);

    private final int[] values;

    private Targets(int[] values) {
        this.values = values;
    }

    /** No targets. */
    public static Targets none() {
        return NONE;
    }

    /** The given targets; the array is copied. */
    public static Targets of(int... targets) {
        return targets.length == 0 ? NONE : new Targets(targets.clone());
    }

    /** The first {@code size} entries of an array; copied. */
    public static Targets copyOf(int[] targets, int size) {
        return size == 0 ? NONE : new Targets(Arrays.copyOf(targets, size));
    }

    /** The qubits {@code from} (included) to {@code to} (excluded). */
    public static Targets range(int from, int to) {
        return new Targets(IntStream.range(from, to).toArray());
    }

    /** How many targets there are. */
    public int size() {
        return values.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /** Target number {@code k}. */
    public int get(int k) {
        return values[k];
    }

    /** The qubit, look-back or sweep index of target {@code k}. */
    public int value(int k) {
        return Target.value(values[k]);
    }

    /** A new array of the targets. */
    public int[] toArray() {
        return values.clone();
    }

    /** Copies all targets to {@code destination} from {@code offset} on. */
    public void copyTo(int[] destination, int offset) {
        System.arraycopy(values, 0, destination, offset, values.length);
    }

    /** The targets from {@code from} (included) to {@code to} (excluded). */
    public Targets slice(int from, int to) {
        return from == 0 && to == values.length
                ? this
                : new Targets(Arrays.copyOfRange(values, from, to));
    }

    /** The targets as a stream. */
    public IntStream stream() {
        return Arrays.stream(values);
    }

    /** Every target replaced by what the function says. */
    public Targets map(IntUnaryOperator function) {
        int[] mapped = new int[values.length];
        for (int k = 0; k < mapped.length; k++) {
            mapped[k] = function.applyAsInt(values[k]);
        }
        return new Targets(mapped);
    }

    /**
     * Qubit targets (with their letters and inversions) moved to other qubits; classical targets
     * stay.
     */
    public Targets mapQubits(IntUnaryOperator qubit) {
        return map(
                t ->
                        Target.touchesQubit(t)
                                ? t & ~(Target.LIMIT - 1)
                                        | Target.qubit(qubit.applyAsInt(Target.value(t)))
                                : t);
    }

    /** These targets, then those. */
    public Targets then(Targets more) {
        int[] all = Arrays.copyOf(values, values.length + more.values.length);
        System.arraycopy(more.values, 0, all, values.length, more.values.length);
        return new Targets(all);
    }

    /** Whether one of them is a measurement result or sweep bit. */
    public boolean hasClassical() {
        for (int t : values) {
            if (Target.isClassical(t)) {
                return true;
            }
        }
        return false;
    }

    /** One more than the largest qubit, 0 when no qubit is touched. */
    public int qubitBound() {
        int bound = 0;
        for (int t : values) {
            if (Target.touchesQubit(t)) {
                bound = Math.max(bound, Target.value(t) + 1);
            }
        }
        return bound;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Targets t && Arrays.equals(values, t.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** The targets in Stim's text, separated by blanks, products joined. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text);
        return text.toString();
    }

    /** Appends the targets in Stim's text, separated by blanks, products joined. */
    public void append(StringBuilder text) {
        boolean join = true;
        for (int t : values) {
            boolean combiner = Target.isCombiner(t);
            if (!join && !combiner) {
                text.append(' ');
            }
            Target.append(text, t);
            join = combiner;
        }
    }
}
