package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.RecordBit;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * A classical value of shots, and where what it reads is found.
 *
 * <p>A shot has a record of results and a memory of bits. Classical bits that results were written
 * to are copied to the memory only when they are read; from the first assignment on, a bit is in
 * memory. References {@code rec[-k]} have become bits of the memory behind those of the circuit.
 *
 * @param value the value, over bits of the memory
 * @param slots bits of the memory to fill in before the value is taken
 * @param results the result for each of them, or {@link #ZERO}
 * @param memory how many bits the memory needs
 */
record Classical(Expression value, int[] slots, int[] results, int memory) {
    /** The source of a bit that nothing was written to. */
    static final int ZERO = -1;

    /** The source of a bit that was assigned: it is in memory. */
    static final int STORED = -2;

    /** An assignment, which reads a value and stores it to bits of the memory. */
    record Store(Classical read, Assignment assignment) {}

    /**
     * Finds what a value reads.
     *
     * @param sources for each bit of the circuit the result that it holds, {@link #ZERO} or {@link
     *     #STORED}
     * @param record the position in the record of {@code rec[-k]}
     */
    static Classical of(Expression value, int[] sources, IntUnaryOperator record) {
        Ints slots = new Ints();
        Ints results = new Ints();
        int[] extra = {sources.length};
        Expression found =
                value.substitute(
                        leaf -> {
                            if (leaf instanceof RecordBit r) {
                                slots.add(extra[0]);
                                results.add(record.applyAsInt(r.lookback()));
                                return new Bit(extra[0]++);
                            }
                            return leaf;
                        });
        bits(value).stream()
                .filter(b -> sources[b] != STORED)
                .forEach(
                        b -> {
                            slots.add(b);
                            results.add(sources[b]);
                        });
        return new Classical(found, slots.toArray(), results.toArray(), extra[0]);
    }

    /** The bits of the circuit that an expression names. */
    static BitSet bits(Expression e) {
        BitSet bits = new BitSet();
        e.substitute(
                leaf -> {
                    switch (leaf) {
                        case Bit b -> bits.set(b.index());
                        case Bits b -> b.bits().forEach(x -> bits.set(x.index()));
                        case ClassicalRegister r -> bits.set(r.first(), r.first() + r.size());
                        default -> {}
                    }
                    return leaf;
                });
        return bits;
    }
}
