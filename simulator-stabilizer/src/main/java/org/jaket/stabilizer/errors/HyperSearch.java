package org.jaket.stabilizer.errors;

import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.sensitivity.Sensitivities;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Breadth-first search over sets of flipped detectors: each step uses an error that flips the first
 * of them, within the given limits.
 */
final class HyperSearch {
    /** How many times larger than an error of a model a state is. */
    private static final int WEIGHT = 2;

    private static final int[] NO_DETECTORS = {};

    private record Edge(int[] detectors, int flips) {}

    /** Detectors and observables flipped so far, and the state before the last step. */
    private static final class State {
        final int[] detectors;
        final int flips;
        final @Nullable State before;

        State(int[] detectors, int flips, @Nullable State before) {
            this.detectors = detectors;
            this.flips = flips;
            this.before = before;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof State s
                    && flips == s.flips
                    && Arrays.equals(detectors, s.detectors);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(detectors) * 31 + flips;
        }
    }

    private final DetectorErrorModel model;
    private final LogicalErrors.Limits limits;
    private final ObservableSets sets = new ObservableSets();
    private final List<List<Edge>> edges;
    private final Set<State> seen = new HashSet<>();
    private final Queue<State> queue = new ArrayDeque<>();
    private int alone;

    HyperSearch(DetectorErrorModel model, LogicalErrors.Limits limits) {
        this.model = model;
        this.limits = limits;
        int detectors = LogicalErrors.detectors(model);
        edges = new ArrayList<>(detectors);
        for (int k = 0; k < detectors; k++) {
            edges.add(new ArrayList<>(0));
        }
        FlatErrors.forEach(
                model,
                (p, targets) -> {
                    if (p != 0) {
                        addError(FlatErrors.sum(targets));
                    }
                });
    }

    private void addError(long[] targets) {
        int count = 0;
        while (count < targets.length && DemTargets.isDetector(targets[count])) {
            count++;
        }
        if (count > limits.degree()) {
            return;
        }
        int set = sets.of(targets, count, targets.length);
        if (count == 0) {
            alone = set != 0 ? set : alone;
            return;
        }
        int[] detectors = new int[count];
        for (int k = 0; k < count; k++) {
            detectors[k] = (int) targets[k];
        }
        Edge edge = new Edge(detectors, set);
        for (int detector : detectors) {
            edges.get(detector).add(edge);
        }
    }

    DetectorErrorModel run() {
        State start = new State(NO_DETECTORS, 0, null);
        if (alone != 0) {
            return path(new State(NO_DETECTORS, alone, start));
        }
        seen.add(start);
        for (int node = 0; node < edges.size(); node++) {
            for (Edge edge : edges.get(node)) {
                if (edge.flips() != 0 && edge.detectors()[0] == node) {
                    State first = new State(edge.detectors(), edge.flips(), start);
                    seen.add(first);
                    if (edge.detectors().length <= limits.symptoms()) {
                        queue.add(first);
                    }
                }
            }
        }
        for (State state = queue.poll(); state != null; state = queue.poll()) {
            State end = step(state);
            if (end != null) {
                return path(end);
            }
        }
        throw LogicalErrors.nothingFound(model, "logical error within the limits", true);
    }

    /** Queues all that one more error can lead to, and gives the end if that is among it. */
    private @Nullable State step(State state) {
        for (Edge edge : edges.get(state.detectors[0])) {
            int[] sum = new int[state.detectors.length + edge.detectors().length];
            int size =
                    Sensitivities.sum(
                            state.detectors,
                            state.detectors.length,
                            edge.detectors(),
                            edge.detectors().length,
                            sum,
                            0);
            if (size > limits.symptoms() || limits.onlyFewer() && size > state.detectors.length) {
                continue;
            }
            State next =
                    new State(Arrays.copyOf(sum, size), sets.sum(state.flips, edge.flips()), state);
            if (!seen.add(next)) {
                continue;
            }
            if (size == 0) {
                return next;
            }
            if (seen.size() > Budget.mostKept() / WEIGHT) {
                throw LogicalErrors.tooMany(seen.size());
            }
            queue.add(next);
        }
        return null;
    }

    private DetectorErrorModel path(State end) {
        List<long[]> errors = new ArrayList<>();
        State state = end;
        for (State before = state.before; before != null; before = state.before) {
            int[] sum = new int[state.detectors.length + before.detectors.length];
            int size =
                    Sensitivities.sum(
                            state.detectors,
                            state.detectors.length,
                            before.detectors,
                            before.detectors.length,
                            sum,
                            0);
            errors.add(
                    LogicalErrors.error(
                            Arrays.copyOf(sum, size),
                            sets.observables(sets.sum(state.flips, before.flips))));
            state = before;
        }
        return LogicalErrors.model(errors);
    }
}
