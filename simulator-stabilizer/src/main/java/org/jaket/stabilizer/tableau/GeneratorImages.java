package org.jaket.stabilizer.tableau;

import org.jaket.circuit.gate.CliffordAction;

/**
 * The images of the generators {@code X_0, Z_0, X_1, Z_1, ...} under a Clifford operation, as rows
 * with signs; subclasses keep the letters.
 *
 * <p>Generator {@code g} is {@code X} of qubit {@code g / 2} for even {@code g} and {@code Z} for
 * odd ones. Its image is a Hermitian Pauli string. Rows are addressed through an index, so
 * exchanging two of them moves no letters.
 */
abstract sealed class GeneratorImages permits PauliRows, SparseRows {
    /** Rows in use beyond the generators': room for images under construction. */
    static final int SPARE = 4;

    final int qubits;

    /** The row of each generator. */
    final int[] rowOf;

    /** Whether each row carries a minus sign. */
    final boolean[] negative;

    GeneratorImages(int qubits, int[] rowOf, boolean[] negative) {
        this.qubits = qubits;
        this.rowOf = rowOf;
        this.negative = negative;
    }

    /** Returns the number of qubits. */
    public final int qubits() {
        return qubits;
    }

    /**
     * Multiplies one row by another from the right, signs aside.
     *
     * @return the power of i that comes out
     */
    abstract int multiplyRows(int target, int source);

    /** Makes a row the identity, sign aside. */
    abstract void clearRow(int row);

    final boolean isNegative(int generator) {
        return negative[rowOf[generator]];
    }

    final void flip(int generator) {
        negative[rowOf[generator]] ^= true;
    }

    /**
     * Multiplies the image of one generator by that of another from the right.
     *
     * @return the power of i that the product has besides the sign kept with the row
     */
    final int multiply(int target, int source) {
        int power = multiplyRows(rowOf[target], rowOf[source]);
        return negative[rowOf[source]] ? power + 2 : power;
    }

    private void addPower(int generator, int power) {
        if ((power & 1) != 0) {
            throw new AssertionError("the image of a generator is not Hermitian");
        }
        if ((power & 2) != 0) {
            flip(generator);
        }
    }

    /**
     * Puts an operation in front: afterwards generator P has the image that the operation's image
     * of P had before.
     *
     * @param action the operation put in front
     * @param targets the qubits it acts on, starting at {@code from}
     */
    public final void prepend(CliffordAction action, int[] targets, int from) {
        int generators = 2 * action.qubits();
        int changed = 0;
        for (int g = 0; g < generators; g++) {
            changed |= isItself(action, g) ? 0 : 1 << g;
        }
        if (changed != 0 && !permute(action, changed, targets, from)) {
            combine(action, changed, targets, from);
        }
        // Signs of rows that stay come last, when nothing is multiplied by them any more.
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) == 0 && action.negative(g >> 1, (g & 1) != 0)) {
                flip(2 * targets[from + (g >> 1)] + (g & 1));
            }
        }
    }

    private void combine(CliffordAction action, int changed, int[] targets, int from) {
        int generators = 2 * action.qubits();
        int spare = 2 * qubits;
        // New rows first: they need the old ones, which the changes in place then overwrite.
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) != 0 && !isInPlace(action, g, changed)) {
                build(action, g, targets, from, spare + g);
            }
        }
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) == 0) {
                continue;
            }
            int here = 2 * targets[from + (g >> 1)] + (g & 1);
            if (isInPlace(action, g, changed)) {
                multiplyInPlace(action, g, here, targets, from);
            } else {
                int row = rowOf[here];
                rowOf[here] = rowOf[spare + g];
                rowOf[spare + g] = row;
            }
        }
    }

    /** Handles actions that only exchange generators, up to sign: no bits move. */
    private boolean permute(CliffordAction action, int changed, int[] targets, int from) {
        int generators = 2 * action.qubits();
        int[] source = new int[generators];
        for (int g = 0; g < generators; g++) {
            int factors = factors(action, g);
            if ((factors & factors - 1) != 0) {
                return false;
            }
            int f = Integer.numberOfTrailingZeros(factors);
            source[g] = rowOf[2 * targets[from + (f >> 1)] + (f & 1)];
        }
        for (int g = 0; g < generators; g++) {
            if ((changed >> g & 1) != 0) {
                rowOf[2 * targets[from + (g >> 1)] + (g & 1)] = source[g];
                negative[source[g]] ^= action.negative(g >> 1, (g & 1) != 0);
            }
        }
        return true;
    }

    private static int mask(CliffordAction action, int g, boolean zPart) {
        boolean ofZ = (g & 1) != 0;
        return zPart ? action.z(g >> 1, ofZ) : action.x(g >> 1, ofZ);
    }

    /** The generators whose product, up to phase, is the image of generator {@code g}. */
    private static int factors(CliffordAction action, int g) {
        int result = 0;
        for (int q = 0; q < action.qubits(); q++) {
            result |= (mask(action, g, false) >> q & 1) << 2 * q;
            result |= (mask(action, g, true) >> q & 1) << 2 * q + 1;
        }
        return result;
    }

    private static boolean isItself(CliffordAction action, int g) {
        return factors(action, g) == 1 << g;
    }

    /** Whether the image is the generator times others that do not change. */
    private static boolean isInPlace(CliffordAction action, int g, int changed) {
        int factors = factors(action, g);
        return (factors >> g & 1) != 0 && (factors & changed) == 1 << g;
    }

    private void multiplyInPlace(CliffordAction action, int g, int here, int[] targets, int from) {
        int factors = factors(action, g);
        int power = action.negative(g >> 1, (g & 1) != 0) ? 2 : 0;
        for (int f = 0; f < 2 * action.qubits(); f++) {
            if (f == g || (factors >> f & 1) == 0) {
                continue;
            }
            power += multiply(here, 2 * targets[from + (f >> 1)] + (f & 1));
            if ((f ^ 1) == g) {
                // Y = i X Z = -i Z X, and the generator stands on the left.
                power += (g & 1) == 0 ? 1 : 3;
            } else if ((f & 1) != 0 && (factors >> f - 1 & 1) != 0) {
                power += 1;
            }
        }
        addPower(here, power);
    }

    private void build(CliffordAction action, int g, int[] targets, int from, int spare) {
        clearRow(rowOf[spare]);
        negative[rowOf[spare]] = false;
        int factors = factors(action, g);
        int power = action.negative(g >> 1, (g & 1) != 0) ? 2 : 0;
        for (int f = 0; f < 2 * action.qubits(); f++) {
            if ((factors >> f & 1) == 0) {
                continue;
            }
            power += multiply(spare, 2 * targets[from + (f >> 1)] + (f & 1));
            if ((f & 1) != 0 && (factors >> f - 1 & 1) != 0) {
                power += 1;
            }
        }
        addPower(spare, power);
    }
}
