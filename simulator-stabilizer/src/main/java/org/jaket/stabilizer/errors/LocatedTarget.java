package org.jaket.stabilizer.errors;

import org.jaket.circuit.Target;

import java.util.List;

/**
 * A target of an operation with the coordinates of its qubit.
 *
 * @param target as in {@link Target}
 * @param coordinates empty when the circuit says none
 */
public record LocatedTarget(int target, List<Double> coordinates)
        implements Comparable<LocatedTarget> {
    /** Copies the coordinates. */
    public LocatedTarget {
        coordinates = List.copyOf(coordinates);
    }

    /** By target, then by coordinates. */
    @Override
    public int compareTo(LocatedTarget other) {
        int order = Integer.compareUnsigned(target, other.target);
        return order != 0 ? order : compare(coordinates, other.coordinates);
    }

    static <T extends Comparable<T>> int compare(List<T> a, List<T> b) {
        for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
            int order = a.get(k).compareTo(b.get(k));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** Text such as {@code X5[coords 2,3]}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        Target.append(text, target);
        appendCoordinates(text, coordinates);
        return text.toString();
    }

    static void appendCoordinates(StringBuilder text, List<Double> coordinates) {
        String before = "[coords ";
        for (double coordinate : coordinates) {
            text.append(before).append(ShortNumbers.text(coordinate));
            before = ",";
        }
        if (!coordinates.isEmpty()) {
            text.append(']');
        }
    }
}
