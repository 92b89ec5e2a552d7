package org.jaket.stabilizer.errors;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Searches for undetectable logical errors: sets of errors that flip an observable and no detector.
 * The size of the smallest is the distance of the circuit. What is found is a model of errors with
 * probability 1, sorted.
 */
public final class LogicalErrors {
    /** One more than the largest detector that searches take. */
    public static final int MAX_DETECTORS = 1 << 27;

    /** One more than the largest observable that searches take. */
    public static final int MAX_OBSERVABLES = 1 << 24;

    private LogicalErrors() {}

    /**
     * How far {@link #search} goes.
     *
     * @param symptoms the most detectors that may be flipped on the way
     * @param degree the most detectors that a used error may flip
     * @param onlyFewer whether no step may end with more flipped detectors than before it
     */
    public record Limits(int symptoms, int degree, boolean onlyFewer) {
        /** Checks the limits. */
        public Limits {
            if (symptoms < 1 || degree < 1) {
                throw new IllegalArgumentException(
                        "limits of symptoms and degree are at least 1, not %d and %d"
                                .formatted(symptoms, degree));
            }
        }
    }

    /**
     * A smallest undetectable logical error made of errors that flip at most two detectors. Exact:
     * a breadth-first search over pairs of flipped detectors, starting from each error that flips
     * an observable. Memory grows with the number of pairs met.
     *
     * @param ignoreUngraphlike whether errors with more than two detectors, and those with a
     *     suggested decomposition, are left out; else parts of decompositions count as errors
     * @throws CircuitException if there is none, or an error has a part with more than two
     *     detectors and that is not ignored
     */
    public static DetectorErrorModel shortestGraphlike(
            DetectorErrorModel model, boolean ignoreUngraphlike) {
        return new GraphSearch(model, ignoreUngraphlike).run();
    }

    /** The same for the errors of a circuit; those with more than two detectors are ignored. */
    public static DetectorErrorModel shortestGraphlike(Circuit circuit) {
        return shortestGraphlike(analysis(circuit), true);
    }

    /**
     * Some small undetectable logical error, with errors that flip any number of detectors. Always
     * removes the first flipped detector, breadth first, within limits; without tight limits this
     * takes exponential time. The smallest may be missed.
     *
     * @throws CircuitException if none is found
     */
    public static DetectorErrorModel search(DetectorErrorModel model, Limits limits) {
        if (limits.symptoms() == 2 && limits.degree() == 2) {
            return shortestGraphlike(model, true);
        }
        return new HyperSearch(model, limits).run();
    }

    /** The same for the errors of a circuit. */
    public static DetectorErrorModel search(Circuit circuit, Limits limits) {
        return search(analysis(circuit), limits);
    }

    private static DetectorErrorModel analysis(Circuit circuit) {
        return ErrorAnalysis.options()
                .approximatingDisjointErrors(1)
                .foldedLoops()
                .analyse(circuit);
    }

    /** How many detectors a model has, checked to fit a search. */
    static int detectors(DetectorErrorModel model) {
        if (model.detectors() > MAX_DETECTORS || model.observables() > MAX_OBSERVABLES) {
            throw new CircuitException(
                    "the model has %d detectors and %d observables; searches take up to %d and %d."
                            .formatted(
                                    model.detectors(),
                                    model.observables(),
                                    MAX_DETECTORS,
                                    MAX_OBSERVABLES));
        }
        return (int) model.detectors();
    }

    /** An error of probability 1. */
    static long[] error(int[] detectors, int[] observables) {
        long[] targets = new long[detectors.length + observables.length];
        for (int k = 0; k < detectors.length; k++) {
            targets[k] = detectors[k];
        }
        for (int k = 0; k < observables.length; k++) {
            targets[detectors.length + k] = DemTargets.observable(observables[k]);
        }
        return targets;
    }

    /** The errors as a sorted model, those that come twice left out. */
    static DetectorErrorModel model(List<long[]> errors) {
        errors.sort(Arrays::compareUnsigned);
        List<DemInstruction> kept = new ArrayList<>();
        for (int k = 0; k < errors.size(); k++) {
            if (k + 1 < errors.size() && Arrays.equals(errors.get(k), errors.get(k + 1))) {
                k++;
            } else {
                kept.add(new DemInstruction.ErrorMechanism(1, DemTargets.of(errors.get(k)), ""));
            }
        }
        return DetectorErrorModel.of(kept);
    }

    /** The failure when there is nothing to find, with the reason when there is a plain one. */
    static CircuitException nothingFound(DetectorErrorModel model, String what, boolean hasEdges) {
        String reason =
                model.observables() == 0
                        ? " The model has no observables."
                        : model.errors() == 0
                                ? " The model has no errors."
                                : model.detectors() == 0
                                        ? " The model has no detectors."
                                        : hasEdges ? "" : " No error flips at most two detectors.";
        return new CircuitException("found no undetectable " + what + "." + reason);
    }

    static CircuitException tooMany(int states) {
        return new CircuitException(
                "the search met more than %d states, too many for the memory. Maybe use tighter limits?"
                        .formatted(states));
    }
}
