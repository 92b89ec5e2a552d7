package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What an expression of the program comes to while it is translated. */
sealed interface Value {
    /**
     * A number or truth value: a constant when it is known now, otherwise computed when the circuit
     * runs.
     */
    record Scalar(Expression expression) implements Value {}

    /**
     * Classical bits in place: they can be read and stored to.
     *
     * @param whole the register, when these are all of its bits in order
     * @param single whether this is one bit, a truth value, and not a register or slice of one bit
     */
    record Stored(List<Bit> bits, @Nullable ClassicalRegister whole, boolean single)
            implements Value {
        static Stored of(ClassicalRegister register) {
            List<Bit> bits = new ArrayList<>(register.size());
            for (int k = 0; k < register.size(); k++) {
                bits.add(register.bit(k));
            }
            return new Stored(List.copyOf(bits), register, false);
        }

        /** A slice or concatenation. */
        static Stored slice(List<Bit> bits) {
            return new Stored(bits, null, false);
        }

        /** Bit {@code k} of a register as a truth value. */
        Stored bit(int k) {
            return new Stored(List.of(bits.get(k)), null, true);
        }

        /** As an expression; at most 64 bits. */
        Expression expression() {
            return whole != null ? whole : single ? bits.getFirst() : new Bits(bits);
        }
    }

    /** A bit string too long for a number, lowest bit first. */
    record LongBits(boolean[] bits) implements Value {}

    /**
     * Qubits.
     *
     * @param register whether gates broadcast over them, even over a single one
     */
    record Qubits(int[] indices, boolean register) implements Value {}

    /** Part of an array, or all of it. */
    record ArrayView(ArrayVariable array, int[] dimensions, int[] cells) implements Value {
        Type type() {
            return array.type();
        }
    }

    /** A length of time. */
    record Time(double seconds) implements Value {}

    /** A complex number that is known. */
    record Complex(double re, double im) implements Value {}

    /** What a subroutine without a result returns. */
    record Nothing() implements Value {}
}
