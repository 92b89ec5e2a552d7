package org.jaket.stabilizer.errors;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Words for detectors and observables that are random without noise. */
final class Nondeterminism {
    /** How many detectors, and how many letters of each one's region, are listed. */
    private static final int MAX_LISTED = 20;

    private Nondeterminism() {}

    static String describe(
            BackwardProgram program,
            Sensitivities state,
            int[] ids,
            @Nullable Step step,
            int last,
            boolean gaugeAllowed) {
        Circuit circuit = program.circuit();
        Coordinates coordinates = new Coordinates(circuit);
        boolean hasObservable = Ids.isObservable(ids[ids.length - 1]);
        boolean hasDetector = Ids.isDetector(ids[0]);
        var text = new StringBuilder();
        text.append(
                hasObservable && hasDetector && !gaugeAllowed
                        ? "Detectors and observables are"
                        : hasObservable ? "An observable is" : "A detector is");
        text.append(" random even without noise: they anticommute with ").append(what(step));
        int qubit = step instanceof Step.MeasureProduct m ? first(m.product()) : last;
        text.append(" of qubit ").append(qubit).append(coordinates.ofQubit(qubit)).append(".\n");
        text.append("What anticommutes, and the Pauli operators it depends on behind that place:");
        for (int k = 0; k < ids.length; k++) {
            if (k == MAX_LISTED) {
                text.append("\n    ... and ").append(ids.length - k).append(" more");
                break;
            }
            text.append("\n    ")
                    .append(TargetText.of(ids[k], program.observables(), state.detectorBase()));
            if (Ids.isDetector(ids[k])) {
                text.append(coordinates.ofDetector(state.detectorBase() + ids[k]));
            }
            text.append(": ").append(region(state, ids[k]));
        }
        if (!hasObservable) {
            text.append("\nMaybe allow gauge detectors (--allow_gauge_detectors)?");
        }
        return text.toString();
    }

    private static String what(@Nullable Step step) {
        return switch (step) {
            case null -> "the start in |0>";
            case Step.Reset r -> "a reset in basis " + r.basis();
            case Step.Measure m ->
                    "a measurement%s in basis %s"
                            .formatted(m.resets() ? " with reset" : "", m.basis());
            default -> "a measurement of a Pauli product";
        };
    }

    private static int first(Step.Product product) {
        int x = product.xs().length == 0 ? Integer.MAX_VALUE : product.xs()[0];
        int z = product.zs().length == 0 ? Integer.MAX_VALUE : product.zs()[0];
        return Math.min(x, z);
    }

    /** The Pauli operator whose flip would be seen, as letters on qubits. */
    private static String region(Sensitivities state, int id) {
        List<String> letters = new ArrayList<>();
        for (int q = 0; q < state.qubits(); q++) {
            boolean byX = state.contains(Sensitivities.byX(q), id);
            boolean byZ = state.contains(Sensitivities.byZ(q), id);
            if (byX || byZ) {
                if (letters.size() == MAX_LISTED) {
                    letters.add("...");
                    break;
                }
                letters.add(Pauli.of(byZ, byX).toString() + q);
            }
        }
        return letters.isEmpty() ? "nothing" : String.join("*", letters);
    }
}
