package org.jaket.circuit;

import java.util.List;

/**
 * A set of measurement results whose parity is fixed when there is no noise.
 *
 * @param coordinates where it is, for people and decoders
 * @param targets results ({@link Target#record})
 * @param tag free text
 */
public record Detector(List<Double> coordinates, Targets targets, String tag) implements Operation {
    /** Copies the coordinates; checks that every target is a result. */
    public Detector {
        coordinates = List.copyOf(coordinates);
        for (int k = 0; k < targets.size(); k++) {
            if (!Target.isRecord(targets.get(k))) {
                throw new CircuitException(
                        "DETECTOR: takes results such as rec[-1], not "
                                + Target.toString(targets.get(k)));
            }
        }
    }

    @Override
    public Detector withTargets(Targets newTargets) {
        return new Detector(coordinates, newTargets, tag);
    }

    @Override
    public String describe() {
        return "DETECTOR " + Operation.abbreviated(targets.toString());
    }
}
