package org.jaket.execution;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.expression.ClassicalRegister;

import java.util.ArrayList;
import java.util.List;

/**
 * What the bits of one shot mean.
 *
 * @param fields named runs of bits, in order of declaration; the first one has bit 0
 * @param isRecord whether the bits are a measurement record, which prints in record order, first
 *     result leftmost
 */
public record BitLayout(List<Field> fields, boolean isRecord) {
    /** The most results of one shot that are kept in memory together. */
    public static final int MAX_WIDTH = 1 << 30;

    /**
     * A named run of bits.
     *
     * @param name the register's name
     * @param first its lowest bit in the shot
     * @param size how many bits
     */
    public record Field(String name, int first, int size) {}

    /** Copies the list. */
    public BitLayout {
        fields = List.copyOf(fields);
    }

    /**
     * The layout of a circuit's results: the bits of its result registers, or its measurement
     * record when it declares no registers.
     *
     * @throws CircuitException if the record has more than {@link #MAX_WIDTH} results
     */
    public static BitLayout of(Circuit circuit) {
        if (circuit.classicalRegisters().isEmpty()) {
            if (circuit.results() > MAX_WIDTH) {
                throw new CircuitException(
                        "one shot has "
                                + circuit.results()
                                + " measurement results, more than "
                                + MAX_WIDTH
                                + ". Maybe stream them instead.");
            }
            return new BitLayout(List.of(new Field("rec", 0, (int) circuit.results())), true);
        }
        List<Field> fields = new ArrayList<>();
        int first = 0;
        for (ClassicalRegister register : circuit.resultRegisters()) {
            fields.add(new Field(register.name(), first, register.size()));
            first += register.size();
        }
        return new BitLayout(fields, false);
    }

    /** How many bits one shot has. */
    public int width() {
        return fields.isEmpty() ? 0 : fields.getLast().first() + fields.getLast().size();
    }

    /** How many longs hold one shot. */
    public int words() {
        return (width() + 63) >> 6;
    }

    /**
     * The field of the given name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Field field(String name) {
        return fields.stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no register "
                                                + name
                                                + ", only "
                                                + fields.stream().map(Field::name).toList()));
    }

    /** One shot as people read it: highest bit first, or in record order. */
    public String format(long[] words, int offset) {
        return format(words, offset, 0, width());
    }

    /** Some bits of one shot as people read them. */
    String format(long[] words, int offset, int first, int size) {
        char[] text = new char[size];
        for (int k = 0; k < size; k++) {
            int bit = first + k;
            boolean one = (words[offset + (bit >> 6)] >>> bit & 1) != 0;
            text[isRecord ? k : size - 1 - k] = one ? '1' : '0';
        }
        return new String(text);
    }
}
