package org.jaket.circuit;

/**
 * What an operation acts on, encoded in one int so that a layer of ten thousand targets is one
 * array: a qubit, a qubit with a Pauli letter, a result of the measurement record, a sweep bit, or
 * the combiner that joins Pauli letters to a product. Qubits and Pauli letters can be inverted
 * ({@code !}).
 *
 * <p>A plain qubit is its own index. The flags are those of Stim's text: value in the low 24 bits,
 * then sweep, combiner, record, Z, X, inverted.
 */
public final class Target {
    /** One more than the largest qubit, look-back or sweep index. */
    public static final int LIMIT = 1 << 24;

    private static final int VALUE = LIMIT - 1;
    private static final int SWEEP = 1 << 26;
    private static final int JOIN = 1 << 27;
    private static final int RECORD = 1 << 28;
    private static final int Z = 1 << 29;
    private static final int X = 1 << 30;
    private static final int INVERTED = 1 << 31;

    /** The {@code *} between the letters of a Pauli product. */
    public static final int COMBINER = JOIN;

    private Target() {}

    private static int checked(int value, String what) {
        if (value < 0 || value >= LIMIT) {
            throw new IllegalArgumentException(
                    what + " " + value + " is out of range: 0 to " + (LIMIT - 1));
        }
        return value;
    }

    /** A qubit. */
    public static int qubit(int index) {
        return checked(index, "qubit");
    }

    /**
     * The measurement result {@code lookback} (at least 1) before the end of the record: {@code
     * rec[-lookback]}.
     */
    public static int record(int lookback) {
        if (lookback < 1) {
            throw new IllegalArgumentException("rec[-k] needs k of at least 1, not " + lookback);
        }
        return checked(lookback, "look-back") | RECORD;
    }

    /** A bit that is given from outside for each shot: {@code sweep[index]}. */
    public static int sweep(int index) {
        return checked(index, "sweep bit") | SWEEP;
    }

    /** A Pauli letter on a qubit, such as {@code X5}; not I. */
    public static int pauli(Pauli pauli, int qubit) {
        if (pauli == Pauli.I) {
            throw new IllegalArgumentException("a Pauli target is X, Y or Z, not I");
        }
        return checked(qubit, "qubit") | (pauli.hasX() ? X : 0) | (pauli.hasZ() ? Z : 0);
    }

    /** The same target with its inversion toggled. */
    public static int inverted(int target) {
        return target ^ INVERTED;
    }

    /** The qubit, look-back or sweep index. */
    public static int value(int target) {
        return target & VALUE;
    }

    /** Whether this is a qubit without a Pauli letter (inverted or not). */
    public static boolean isQubit(int target) {
        return (target & (SWEEP | JOIN | RECORD | X | Z)) == 0;
    }

    /** Whether this is a qubit with or without a Pauli letter. */
    public static boolean touchesQubit(int target) {
        return (target & (SWEEP | JOIN | RECORD)) == 0;
    }

    /** Whether this is a Pauli letter on a qubit. */
    public static boolean isPauli(int target) {
        return (target & (X | Z)) != 0;
    }

    /** The Pauli letter, I for a plain qubit. */
    public static Pauli pauli(int target) {
        return Pauli.of((target & X) != 0, (target & Z) != 0);
    }

    /** Whether this is a measurement result. */
    public static boolean isRecord(int target) {
        return (target & RECORD) != 0;
    }

    /** Whether this is a sweep bit. */
    public static boolean isSweep(int target) {
        return (target & SWEEP) != 0;
    }

    /** Whether this is a classical bit: a measurement result or a sweep bit. */
    public static boolean isClassical(int target) {
        return (target & (RECORD | SWEEP)) != 0;
    }

    /** Whether this is the combiner. */
    public static boolean isCombiner(int target) {
        return (target & JOIN) != 0;
    }

    /** Whether the target is inverted. */
    public static boolean isInverted(int target) {
        return target < 0;
    }

    /** The target in Stim's text. */
    public static String toString(int target) {
        var text = new StringBuilder(12);
        append(text, target);
        return text.toString();
    }

    /** Appends the target in Stim's text. */
    public static void append(StringBuilder text, int target) {
        if (isCombiner(target)) {
            text.append('*');
            return;
        }
        if (isInverted(target)) {
            text.append('!');
        }
        if (isRecord(target)) {
            text.append("rec[-").append(value(target)).append(']');
        } else if (isSweep(target)) {
            text.append("sweep[").append(value(target)).append(']');
        } else {
            if (isPauli(target)) {
                text.append(pauli(target));
            }
            text.append(value(target));
        }
    }
}
