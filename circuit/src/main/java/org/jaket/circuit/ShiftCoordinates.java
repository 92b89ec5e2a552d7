package org.jaket.circuit;

import java.util.List;

/**
 * Adds to the coordinates of all later detectors and qubits.
 *
 * @param shift what is added, coordinate by coordinate
 * @param tag free text
 */
public record ShiftCoordinates(List<Double> shift, String tag) implements Operation {
    /** Copies the shift. */
    public ShiftCoordinates {
        shift = List.copyOf(shift);
    }

    @Override
    public ShiftCoordinates withTargets(Targets newTargets) {
        return this;
    }

    @Override
    public String describe() {
        return "SHIFT_COORDS" + shift;
    }
}
