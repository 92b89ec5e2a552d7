package org.jaket.circuit;

import java.util.List;

/**
 * Says where qubits are.
 *
 * @param coordinates any number of them
 * @param targets qubits
 * @param tag free text
 */
public record QubitCoordinates(List<Double> coordinates, Targets targets, String tag)
        implements Operation {
    /** Copies the coordinates; checks that every target is a qubit. */
    public QubitCoordinates {
        coordinates = List.copyOf(coordinates);
        for (int k = 0; k < targets.size(); k++) {
            if (!Target.isQubit(targets.get(k)) || Target.isInverted(targets.get(k))) {
                throw new CircuitException(
                        "QUBIT_COORDS: takes qubits, not " + Target.toString(targets.get(k)));
            }
        }
    }

    @Override
    public QubitCoordinates withTargets(Targets newTargets) {
        return new QubitCoordinates(coordinates, newTargets, tag);
    }

    @Override
    public String describe() {
        return "QUBIT_COORDS " + Operation.abbreviated(targets.toString());
    }
}
