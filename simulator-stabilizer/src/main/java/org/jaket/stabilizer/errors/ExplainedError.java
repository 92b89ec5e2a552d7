package org.jaket.stabilizer.errors;

import org.jaket.circuit.stim.DemTargets;

import java.util.List;

/**
 * An error of a detector error model, and where in the circuit it can come from.
 *
 * @param symptoms what the error flips
 * @param locations what single things in the circuit flip just that; empty when nothing does
 */
public record ExplainedError(List<Symptom> symptoms, List<ErrorLocation> locations) {
    /** Copies the lists. */
    public ExplainedError {
        symptoms = List.copyOf(symptoms);
        locations = List.copyOf(locations);
    }

    /**
     * A flipped detector or observable.
     *
     * @param target as in {@link DemTargets}; detectors absolute
     * @param coordinates of a detector, empty when the circuit says none
     */
    public record Symptom(long target, List<Double> coordinates) {
        /** Copies the coordinates. */
        public Symptom {
            coordinates = List.copyOf(coordinates);
        }

        /** Text such as {@code D5[coords 2,3]}. */
        @Override
        public String toString() {
            var text = new StringBuilder(DemTargets.isObservable(target) ? "L" : "D");
            text.append(DemTargets.index(target));
            LocatedTarget.appendCoordinates(text, coordinates);
            return text.toString();
        }
    }

    /** Several lines, as Stim prints them. */
    @Override
    public String toString() {
        var text = new StringBuilder("ExplainedError {\n    dem_error_terms: ");
        for (int k = 0; k < symptoms.size(); k++) {
            text.append(k == 0 ? "" : " ").append(symptoms.get(k));
        }
        if (locations.isEmpty()) {
            text.append("\n    [no single circuit error had these exact symptoms]");
        }
        for (ErrorLocation location : locations) {
            text.append('\n');
            location.append(text, "    ");
        }
        return text.append("\n}").toString();
    }
}
