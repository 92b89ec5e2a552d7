package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.ShiftCoordinates;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Says which detectors and observables are drawn: those whose coordinates begin with the given
 * ones, or one by its name.
 *
 * @param coordinates what coordinates begin with; NaN for any
 * @param name a detector such as {@code D5} or an observable such as {@code L0}; then coordinates
 *     do not count
 */
public record CoordinateFilter(List<Double> coordinates, @Nullable String name) {
    private static final long MAX_DETECTORS = 1L << 30;

    /** All detectors, no observables. */
    public static final CoordinateFilter DETECTORS = new CoordinateFilter(List.of(), null);

    /** Copies the coordinates. */
    public CoordinateFilter {
        coordinates = List.copyOf(coordinates);
    }

    /**
     * Reads filters such as {@code 2,3:4,*,6:D5:L0}: alternatives between colons.
     *
     * @throws IllegalArgumentException naming the part that is no filter
     */
    public static List<CoordinateFilter> parse(String text) {
        List<CoordinateFilter> filters = new ArrayList<>();
        for (String part : text.split(":", -1)) {
            if (part.matches("[DL]\\d{1,18}")) {
                filters.add(
                        new CoordinateFilter(
                                List.of(),
                                part.charAt(0) + "" + Long.parseLong(part, 1, part.length(), 10)));
                continue;
            }
            List<Double> coordinates = new ArrayList<>();
            if (!part.isEmpty()) {
                for (String number : part.split(",", -1)) {
                    coordinates.add(number.equals("*") ? Double.NaN : number(number, part));
                }
            }
            filters.add(new CoordinateFilter(coordinates, null));
        }
        return filters;
    }

    private static double number(String text, String part) {
        if (text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "'%s' in the filter '%s' is not a number; filters are coordinates such as 2,3 with * for any, or D5 or L0, with : between them."
                        .formatted(text, part));
    }

    /** Whether a detector (with its coordinates) or an observable passes. */
    boolean matches(String which, List<Double> there) {
        if (name != null) {
            return name.equals(which);
        }
        if (which.charAt(0) != 'D') {
            return false;
        }
        for (int k = 0; k < coordinates.size(); k++) {
            if (!Double.isNaN(coordinates.get(k))
                    && (k >= there.size()
                            || there.get(k).doubleValue() != coordinates.get(k).doubleValue())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Which detectors of a circuit pass one of some filters, shifts of coordinates counted in.
     * Loops are gone through turn by turn.
     *
     * @throws IllegalArgumentException if the circuit has more than 2^30 detectors
     */
    public static BitSet detectors(List<CoordinateFilter> filters, Circuit circuit) {
        if (circuit.body().detectors() > MAX_DETECTORS) {
            throw new IllegalArgumentException(
                    "%d detectors are too many to look at; at most %d."
                            .formatted(circuit.body().detectors(), MAX_DETECTORS));
        }
        BitSet found = new BitSet();
        int[] next = {0};
        detectors(filters, circuit.body(), List.of(), next, found);
        return found;
    }

    private static List<Double> detectors(
            List<CoordinateFilter> filters,
            Block block,
            List<Double> start,
            int[] next,
            BitSet found) {
        List<Double> shift = start;
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Detector d -> {
                    int index = next[0]++;
                    List<Double> there = Coordinates.shifted(d.coordinates(), shift);
                    if (filters.stream().anyMatch(f -> f.matches("D" + index, there))) {
                        found.set(index);
                    }
                }
                case ShiftCoordinates s -> shift = Coordinates.plus(shift, s.shift(), 1);
                case Repeat r -> {
                    if (r.body().detectors() == 0) {
                        List<Double> more = new Coordinates().shiftOf(r.body());
                        shift = Coordinates.plus(shift, more, r.count());
                        continue;
                    }
                    for (long k = 0; k < r.count(); k++) {
                        shift = detectors(filters, r.body(), shift, next, found);
                    }
                }
                default -> {}
            }
        }
        return shift;
    }
}
