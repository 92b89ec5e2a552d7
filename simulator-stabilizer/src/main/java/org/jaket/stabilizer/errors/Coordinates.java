package org.jaket.stabilizer.errors;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Operation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.ShiftCoordinates;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the qubits and detectors of a circuit are, without unfolding loops. */
final class Coordinates {
    private final Circuit circuit;
    private final Map<Integer, double[]> qubits = new HashMap<>();
    private final double[] finalShift;

    Coordinates(Circuit circuit) {
        this.circuit = circuit;
        finalShift = qubits(circuit.body(), 1, new double[0], qubits);
    }

    /** The last coordinates of a qubit, or none. */
    double[] qubit(int qubit) {
        return qubits.getOrDefault(qubit, new double[0]);
    }

    /** The sum of all shifts. */
    double[] finalShift() {
        return finalShift.clone();
    }

    String ofQubit(int qubit) {
        return text(qubit(qubit));
    }

    String ofDetector(long detector) {
        double[] found = detector(circuit.body(), detector, new double[0]);
        return text(found == null ? new double[0] : found);
    }

    private static String text(double[] coordinates) {
        return coordinates.length == 0
                ? ""
                : Arrays.stream(coordinates)
                        .mapToObj(ShortNumbers::text)
                        .collect(Collectors.joining(", ", " at (", ")"));
    }

    /** Adds coordinates times a factor, making room where there are more of them. */
    static double[] plus(double[] to, List<Double> more, double times) {
        double[] sum = Arrays.copyOf(to, Math.max(to.length, more.size()));
        for (int k = 0; k < more.size(); k++) {
            sum[k] += more.get(k) * times;
        }
        return sum;
    }

    private static double[] plus(double[] to, double[] more, double times) {
        double[] sum = Arrays.copyOf(to, Math.max(to.length, more.length));
        for (int k = 0; k < more.length; k++) {
            sum[k] += more[k] * times;
        }
        return sum;
    }

    /** Notes where qubits are in the last turn of a block, and returns the shift behind it. */
    private static double[] qubits(
            Block block, long count, double[] before, Map<Integer, double[]> out) {
        double[] shift = before;
        Map<Integer, double[]> inside = new HashMap<>();
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Repeat r -> shift = qubits(r.body(), r.count(), shift, inside);
                case ShiftCoordinates s -> shift = plus(shift, s.shift(), 1);
                case QubitCoordinates q -> {
                    double[] place = new double[q.coordinates().size()];
                    for (int k = 0; k < place.length; k++) {
                        place[k] = q.coordinates().get(k) + (k < shift.length ? shift[k] : 0);
                    }
                    for (int k = 0; k < q.targets().size(); k++) {
                        // A second declaration adds more coordinates to the first one's.
                        double[] had = inside.getOrDefault(q.targets().value(k), new double[0]);
                        double[] all = Arrays.copyOf(had, had.length + place.length);
                        System.arraycopy(place, 0, all, had.length, place.length);
                        inside.put(q.targets().value(k), all);
                    }
                }
                default -> {}
            }
        }
        if (count > 1 && !Arrays.equals(shift, before)) {
            double[] gain = plus(shift, before, -1);
            for (double[] place : inside.values()) {
                for (int k = 0; k < Math.min(place.length, gain.length); k++) {
                    place[k] += gain[k] * (double) (count - 1);
                }
            }
            shift = plus(shift, gain, (double) (count - 1));
        }
        out.putAll(inside);
        return shift;
    }

    /** Where a detector of a block is, counted from the block's first. */
    private static double @Nullable [] detector(Block block, long index, double[] before) {
        double[] shift = before;
        long left = index;
        for (Operation operation : block.operations()) {
            switch (operation) {
                case ShiftCoordinates s -> shift = plus(shift, s.shift(), 1);
                case Detector d -> {
                    if (left-- == 0) {
                        return shifted(d.coordinates(), shift);
                    }
                }
                case Repeat r -> {
                    long each = r.body().detectors();
                    double[] gain = qubits(r.body(), 1, new double[0], new HashMap<>());
                    if (each > 0 && left < each * r.count()) {
                        long turns = left / each;
                        return detector(r.body(), left % each, plus(shift, gain, (double) turns));
                    }
                    left -= each * r.count();
                    shift = plus(shift, gain, (double) r.count());
                }
                default -> {}
            }
        }
        return null;
    }

    /** Coordinates of a detector with the shift at its place added. */
    static double[] shifted(List<Double> coordinates, double[] shift) {
        double[] sum = new double[coordinates.size()];
        for (int k = 0; k < sum.length; k++) {
            sum[k] = coordinates.get(k) + (k < shift.length ? shift[k] : 0);
        }
        return sum;
    }
}
