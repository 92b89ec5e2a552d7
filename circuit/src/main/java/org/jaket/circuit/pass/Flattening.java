package org.jaket.circuit.pass;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Operation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.While;

import java.util.ArrayList;
import java.util.List;

/**
 * Unfolds repeats and adds coordinate shifts to the coordinates of detectors and qubits. Bodies of
 * conditionals and while loops stay as they are.
 */
public final class Flattening {
    /** The most operations of a flattened circuit. */
    public static final long MAX_OPERATIONS = 20_000_000;

    private final BlockBuilder out = new BlockBuilder();
    private double[] shift = {};

    private Flattening() {}

    /**
     * The circuit without repeats and shifts.
     *
     * @throws CircuitException if it has more than {@link #MAX_OPERATIONS} operations unfolded, or
     *     shifts coordinates in a conditional or while loop
     */
    public static Circuit of(Circuit circuit) {
        checkLength(circuit);
        var flattening = new Flattening();
        flattening.add(circuit.body());
        return circuit.withBody(flattening.out.build());
    }

    /**
     * Refuses circuits that are too long to be written out.
     *
     * @throws CircuitException if there are more than {@link #MAX_OPERATIONS} operations unfolded
     */
    public static void checkLength(Circuit circuit) {
        if (circuit.body().operationCount() > MAX_OPERATIONS) {
            throw new CircuitException(
                    "the circuit has "
                            + circuit.body().operationCount()
                            + " operations unfolded; at most "
                            + MAX_OPERATIONS
                            + " can be written out");
        }
    }

    private void add(Block block) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        add(r.body());
                    }
                }
                case ShiftCoordinates s -> shift(s.shift());
                case Detector d ->
                        out.append(new Detector(shifted(d.coordinates()), d.targets(), d.tag()));
                case QubitCoordinates q ->
                        out.append(
                                new QubitCoordinates(
                                        shifted(q.coordinates()), q.targets(), q.tag()));
                case Conditional c -> branch(c);
                case While w -> branch(w);
                default -> out.append(operation);
            }
        }
    }

    private void branch(Operation operation) {
        operation.blocks().forEach(Flattening::requireNoShift);
        out.append(operation);
    }

    private static void requireNoShift(Block block) {
        for (Operation operation : block.operations()) {
            if (operation instanceof ShiftCoordinates s) {
                throw new CircuitException(s, "depends on results, so coordinates are not known");
            }
            operation.blocks().forEach(Flattening::requireNoShift);
        }
    }

    private void shift(List<Double> by) {
        double[] sum = java.util.Arrays.copyOf(shift, Math.max(shift.length, by.size()));
        for (int k = 0; k < by.size(); k++) {
            sum[k] += by.get(k);
        }
        shift = sum;
    }

    private List<Double> shifted(List<Double> coordinates) {
        var result = new ArrayList<Double>(coordinates.size());
        for (int k = 0; k < coordinates.size(); k++) {
            result.add(coordinates.get(k) + (k < shift.length ? shift[k] : 0));
        }
        return result;
    }
}
