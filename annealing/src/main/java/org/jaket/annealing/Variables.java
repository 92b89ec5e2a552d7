package org.jaket.annealing;

import java.util.AbstractList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * The labels of a model's variables, in the order of their numbers: all different, of any type with
 * {@code equals} and {@code hashCode}. Without labels of its own variable k is called k, which
 * takes no memory. Immutable.
 */
public final class Variables extends AbstractList<Object> implements RandomAccess {
    private final int size;

    /** Empty where labels are numbers. */
    private final List<Object> labels;

    private final Map<Object, Integer> numbers;

    private Variables(int size, List<Object> labels, Map<Object, Integer> numbers) {
        this.size = size;
        this.labels = labels;
        this.numbers = numbers;
    }

    /** Variables that are called 0 to {@code size - 1}. */
    public static Variables range(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("there cannot be " + size + " variables");
        }
        return new Variables(size, List.of(), Map.of());
    }

    /**
     * Variables with labels.
     *
     * @throws IllegalArgumentException if two labels are equal
     */
    public static Variables of(List<?> labels) {
        Map<Object, Integer> numbers = HashMap.newHashMap(labels.size());
        boolean plain = true;
        for (int k = 0; k < labels.size(); k++) {
            Object label = labels.get(k);
            plain &= label.equals(k);
            Integer before = numbers.put(label, k);
            if (before != null) {
                throw new IllegalArgumentException(
                        "variables %d and %d are both called %s".formatted(before, k, label));
            }
        }
        return plain
                ? range(labels.size())
                : new Variables(
                        labels.size(),
                        Collections.unmodifiableList(List.<Object>copyOf(labels)),
                        numbers);
    }

    /** Whether variable k is called k. */
    public boolean isRange() {
        return labels.isEmpty();
    }

    @Override
    public int size() {
        return size;
    }

    /** The label of a variable. */
    @Override
    public Object get(int variable) {
        if (variable < 0 || variable >= size) {
            throw new IndexOutOfBoundsException(
                    "no variable %d: there are %d".formatted(variable, size));
        }
        return labels.isEmpty() ? (Object) variable : labels.get(variable);
    }

    /** The number of a variable, or -1 if there is none with the label. */
    @Override
    public int indexOf(Object label) {
        if (labels.isEmpty()) {
            return label instanceof Integer k && k >= 0 && k < size ? k : -1;
        }
        return numbers.getOrDefault(label, -1);
    }

    /**
     * The number of a variable.
     *
     * @throws IllegalArgumentException if there is none with the label
     */
    public int number(Object label) {
        int number = indexOf(label);
        if (number < 0) {
            throw new IllegalArgumentException("the model has no variable " + label);
        }
        return number;
    }

    @Override
    public boolean contains(Object label) {
        return indexOf(label) >= 0;
    }

    @Override
    public int lastIndexOf(Object label) {
        return indexOf(label);
    }
}
