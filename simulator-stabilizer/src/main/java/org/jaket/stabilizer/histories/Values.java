package org.jaket.stabilizer.histories;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.RecordBit;
import org.jaket.circuit.expression.Unary;
import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;

/**
 * Classical values of many shots: a row of shots for each result and each bit. Rows are never
 * changed, only replaced, so that histories that part share them.
 */
final class Values {
    private final int words;
    private final long[] zeros;
    private final long[][] bits;
    private final List<long[]> results;
    private final ClassicalMemory memory;

    /**
     * Makes values that are all zero.
     *
     * @param bits number of classical bits
     * @param results the rows of results so far, which grow elsewhere
     * @param words words of a row
     */
    Values(int bits, List<long[]> results, int words) {
        this.words = words;
        this.zeros = new long[words];
        this.bits = new long[bits][];
        this.results = results;
        this.memory = new ClassicalMemory(bits);
        java.util.Arrays.fill(this.bits, zeros);
    }

    /** The same values for a history of its own, with its own rows of results. */
    Values copy(List<long[]> newResults) {
        Values copy = new Values(bits.length, newResults, words);
        System.arraycopy(bits, 0, copy.bits, 0, bits.length);
        return copy;
    }

    /** The row of a bit. */
    long[] bit(int index) {
        return bits[index];
    }

    /** Replaces the row of a bit. */
    void set(int index, long[] row) {
        bits[index] = row;
    }

    private long[] result(int lookback) {
        if (lookback > results.size()) {
            throw new CircuitException(
                    "rec[-%d] refers to a measurement before the first one; there are %d so far"
                            .formatted(lookback, results.size()));
        }
        return results.get(results.size() - lookback);
    }

    /** In which of the shots of a mask a condition holds. */
    long[] where(Expression condition, long[] mask) {
        long[] row = linear(condition);
        if (row == null) {
            row = new long[words];
            Leaves leaves = leaves(condition);
            for (int shot : shots(mask)) {
                load(leaves, shot);
                if (condition.isTrue(memory)) {
                    row[shot >> 6] |= 1L << shot;
                }
            }
            return row;
        }
        long[] masked = new long[words];
        for (int w = 0; w < words; w++) {
            masked[w] = row[w] & mask[w];
        }
        return masked;
    }

    /** The row of a sum of bits and results, or null if the expression is something else. */
    private long @Nullable [] linear(Expression e) {
        return switch (e) {
            case Bit b -> bits[b.index()];
            case RecordBit r -> result(r.lookback());
            case Unary u when u.operator() == Unary.Operator.NOT -> {
                long[] row = linear(u.operand());
                if (row != null) {
                    row = row.clone();
                    for (int w = 0; w < words; w++) {
                        row[w] = ~row[w];
                    }
                }
                yield row;
            }
            case Binary b when b.operator() == Binary.Operator.BIT_XOR -> {
                long[] left = linear(b.left());
                long[] right = left == null ? null : linear(b.right());
                if (left != null && right != null) {
                    left = left.clone();
                    for (int w = 0; w < words; w++) {
                        left[w] ^= right[w];
                    }
                    yield left;
                }
                yield null;
            }
            default -> null;
        };
    }

    /** Carries an assignment out in the shots of a mask. */
    void assign(Assignment assignment, long[] mask) {
        Leaves read = leaves(assignment.value());
        int[] written = leaves(assignment.destination()).bits().stream().toArray();
        long[][] rows = new long[written.length][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = bits[written[k]].clone();
        }
        for (int shot : shots(mask)) {
            load(read, shot);
            assignment.execute(memory);
            long bit = 1L << shot;
            for (int k = 0; k < rows.length; k++) {
                if (memory.bit(written[k])) {
                    rows[k][shot >> 6] |= bit;
                } else {
                    rows[k][shot >> 6] &= ~bit;
                }
            }
        }
        for (int k = 0; k < rows.length; k++) {
            bits[written[k]] = rows[k];
        }
    }

    /** What an expression reads: some bits, and the record back to some result. */
    private record Leaves(BitSet bits, int lookback) {}

    private Leaves leaves(Expression e) {
        BitSet read = new BitSet();
        int[] lookback = new int[1];
        e.substitute(
                leaf -> {
                    switch (leaf) {
                        case Bit b -> read.set(b.index());
                        case Bits b -> b.bits().forEach(x -> read.set(x.index()));
                        case ClassicalRegister r -> read.set(r.first(), r.first() + r.size());
                        case RecordBit r -> {
                            result(r.lookback());
                            lookback[0] = Math.max(lookback[0], r.lookback());
                        }
                        default -> {}
                    }
                    return leaf;
                });
        return new Leaves(read, lookback[0]);
    }

    private void load(Leaves leaves, int shot) {
        memory.clear();
        BitSet read = leaves.bits();
        for (int b = read.nextSetBit(0); b >= 0; b = read.nextSetBit(b + 1)) {
            memory.set(b, isSet(bits[b], shot));
        }
        for (int back = leaves.lookback(); back > 0; back--) {
            memory.record(isSet(result(back), shot));
        }
    }

    /** All values of one shot. */
    ClassicalMemory of(int shot) {
        ClassicalMemory one = new ClassicalMemory(bits.length);
        for (int b = 0; b < bits.length; b++) {
            one.set(b, isSet(bits[b], shot));
        }
        for (long[] row : results) {
            one.record(isSet(row, shot));
        }
        return one;
    }

    static boolean isSet(long[] row, int shot) {
        return (row[shot >> 6] >>> shot & 1) != 0;
    }

    /** The shots of a mask, in order. */
    static int[] shots(long[] mask) {
        return BitSet.valueOf(mask).stream().toArray();
    }
}
