package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Collects places by what an error there flips. */
final class Explanations {
    /** How many times larger than an error of a model a place is. */
    private static final int WEIGHT = 8;

    private final Map<DemTargets, List<ErrorLocation>> found = new HashMap<>();
    private final Map<DemTargets, Boolean> wanted = new HashMap<>();
    private final Map<Long, List<Double>> coordinates = new HashMap<>();
    private final boolean filtered;
    private final boolean single;
    private final boolean ignoreObservables;
    private int kept;

    Explanations(@Nullable DetectorErrorModel filter, boolean single, boolean ignoreObservables) {
        this.single = single;
        this.ignoreObservables = ignoreObservables;
        filtered = filter != null;
        if (filter != null) {
            FlatErrors.forEach(
                    filter, (p, targets) -> wanted.put(key(FlatErrors.sum(targets)), false));
        }
    }

    /** What errors are compared by. */
    private DemTargets key(long[] targets) {
        return DemTargets.of(
                ignoreObservables
                        ? Arrays.stream(targets).filter(DemTargets::isDetector).toArray()
                        : targets);
    }

    void addCoordinates(long detector, List<Double> place) {
        coordinates.put(detector, place);
    }

    /**
     * Notes a place for an error with the given targets, unless it flips nothing or is filtered.
     */
    void add(long[] targets, Supplier<ErrorLocation> place) {
        if (targets.length == 0) {
            return;
        }
        if (filtered) {
            DemTargets key = key(targets);
            if (!wanted.containsKey(key)) {
                return;
            }
            wanted.put(key, true);
        }
        List<ErrorLocation> places =
                found.computeIfAbsent(DemTargets.of(targets), k -> new ArrayList<>(1));
        ErrorLocation location = place.get();
        if (places.isEmpty() || !single) {
            if (++kept > Budget.mostKept() / WEIGHT) {
                throw new CircuitException(
                        "there are more than %d explanations, too many for the memory. Maybe filter, or ask for single ones?"
                                .formatted(Budget.mostKept() / WEIGHT));
            }
            places.add(location);
        } else if (location.isSimplerThan(places.getFirst())) {
            places.set(0, location);
        }
    }

    List<ExplainedError> sorted() {
        wanted.forEach(
                (key, seen) -> {
                    if (!seen) {
                        found.put(key, List.of());
                    }
                });
        List<DemTargets> keys = new ArrayList<>(found.keySet());
        keys.sort((a, b) -> Arrays.compareUnsigned(a.stream().toArray(), b.stream().toArray()));
        List<ExplainedError> result = new ArrayList<>(keys.size());
        for (DemTargets key : keys) {
            List<ExplainedError.Symptom> symptoms = new ArrayList<>(key.size());
            for (int k = 0; k < key.size(); k++) {
                long target = key.get(k);
                symptoms.add(
                        new ExplainedError.Symptom(
                                target,
                                DemTargets.isDetector(target)
                                        ? coordinates.getOrDefault(target, List.of())
                                        : List.of()));
            }
            result.add(new ExplainedError(symptoms, found.getOrDefault(key, List.of())));
        }
        return result;
    }
}
