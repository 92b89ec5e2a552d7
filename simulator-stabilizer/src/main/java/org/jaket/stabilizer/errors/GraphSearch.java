package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Breadth-first search in the graph whose nodes are detectors and whose edges are errors. A state
 * is a pair of flipped detectors (or one, or none) and the observables flipped so far; one of the
 * two is moved along edges until both are gone.
 */
final class GraphSearch {
    private static final int NONE = Integer.MAX_VALUE;

    private record Edge(int from, int to, int flips) {}

    private final DetectorErrorModel model;
    private final boolean ignoreUngraphlike;
    private final ObservableSets sets = new ObservableSets();
    private final int[][] edges;
    private final int[] edgeCounts;
    private final Set<Edge> known = new HashSet<>();
    private int alone;

    /** States in the order in which they were met, which is that of the search. */
    private int[] active = new int[64];

    private int[] held = new int[64];
    private int[] flips = new int[64];
    private int[] before = new int[64];
    private int count;
    private int[] slots = new int[256];

    GraphSearch(DetectorErrorModel model, boolean ignoreUngraphlike) {
        this.model = model;
        this.ignoreUngraphlike = ignoreUngraphlike;
        int detectors = LogicalErrors.detectors(model);
        edges = new int[detectors][];
        edgeCounts = new int[detectors];
        FlatErrors.forEach(
                model,
                (p, targets) -> {
                    if (p != 0) {
                        addError(targets);
                    }
                });
    }

    private void addError(long[] targets) {
        int start = 0;
        for (int k = 0; k <= targets.length; k++) {
            if (k == targets.length || targets[k] == DemTargets.SEPARATOR) {
                if (ignoreUngraphlike && k < targets.length) {
                    return;
                }
                addPart(targets, start, k);
                start = k + 1;
            }
        }
    }

    private void addPart(long[] targets, int start, int end) {
        int first = NONE;
        int second = NONE;
        for (int k = start; k < end; k++) {
            if (!DemTargets.isDetector(targets[k])) {
                continue;
            }
            if (first == NONE) {
                first = (int) targets[k];
            } else if (second == NONE) {
                second = (int) targets[k];
            } else if (ignoreUngraphlike) {
                return;
            } else {
                throw new CircuitException(
                        "the error %s flips more than two detectors in one part. Maybe decompose errors, or ignore such ones?"
                                .formatted(DemTargets.of(targets)));
            }
        }
        int set = sets.of(targets, start, end);
        if (first == NONE || first == second) {
            alone = alone == 0 ? set : alone;
            return;
        }
        addEdge(first, second, set);
        if (second != NONE) {
            addEdge(second, first, set);
        }
    }

    private void addEdge(int from, int to, int set) {
        if (!known.add(new Edge(from, to, set))) {
            return;
        }
        int at = edgeCounts[from];
        if (edges[from] == null) {
            edges[from] = new int[8];
        } else if (edges[from].length == 2 * at) {
            edges[from] = Arrays.copyOf(edges[from], 4 * at);
        }
        edges[from][2 * at] = to;
        edges[from][2 * at + 1] = set;
        edgeCounts[from]++;
    }

    DetectorErrorModel run() {
        if (alone != 0) {
            List<long[]> one = new ArrayList<>();
            one.add(LogicalErrors.error(new int[0], sets.observables(alone)));
            return LogicalErrors.model(one);
        }
        boolean hasEdges = !known.isEmpty();
        known.clear();
        meet(NONE, NONE, 0, -1);
        for (int node = 0; node < edges.length; node++) {
            for (int k = 0; k < edgeCounts[node]; k++) {
                int to = edges[node][2 * k];
                int set = edges[node][2 * k + 1];
                if (node < to && set != 0) {
                    meet(node, to, set, 0);
                }
            }
        }
        for (int state = 1; state < count; state++) {
            int from = active[state];
            for (int k = 0; k < edgeCounts[from]; k++) {
                int to = edges[from][2 * k];
                int set = sets.sum(flips[state], edges[from][2 * k + 1]);
                int other = held[state];
                // What is still flipped moves on.
                boolean isNew =
                        to == NONE ? meet(other, to, set, state) : meet(to, other, set, state);
                if (isNew && to == other) {
                    return path();
                }
            }
        }
        throw LogicalErrors.nothingFound(
                model, "logical error of errors that flip at most two detectors", hasEdges);
    }

    /** Adds a state if it is new. */
    private boolean meet(int a, int b, int set, int from) {
        // Equal detectors cancel.
        int low = a == b ? NONE : Math.min(a, b);
        int high = a == b ? NONE : Math.max(a, b);
        int slot = slot(low, high, set);
        if (slots[slot] != 0) {
            return false;
        }
        if (count == active.length) {
            if (count >= Budget.mostKept()) {
                throw LogicalErrors.tooMany(count);
            }
            active = Arrays.copyOf(active, 2 * count);
            held = Arrays.copyOf(held, 2 * count);
            flips = Arrays.copyOf(flips, 2 * count);
            before = Arrays.copyOf(before, 2 * count);
        }
        active[count] = a == b ? NONE : a;
        held[count] = a == b ? NONE : b;
        flips[count] = set;
        before[count] = from;
        slots[slot] = ++count;
        if (2 * count > slots.length) {
            slots = new int[4 * slots.length];
            for (int k = 0; k < count; k++) {
                slots[slot(Math.min(active[k], held[k]), Math.max(active[k], held[k]), flips[k])] =
                        k + 1;
            }
        }
        return true;
    }

    private int slot(int low, int high, int set) {
        long mixed = (low * 0x9E3779B97F4A7C15L + high) * 0xC2B2AE3D27D4EB4FL + set;
        mixed *= 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & slots.length - 1;
        while (slots[slot] != 0) {
            int k = slots[slot] - 1;
            if (flips[k] == set
                    && Math.min(active[k], held[k]) == low
                    && Math.max(active[k], held[k]) == high) {
                break;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private DetectorErrorModel path() {
        List<long[]> errors = new ArrayList<>();
        for (int k = count - 1; before[k] >= 0; k = before[k]) {
            int from = before[k];
            int[] nodes = {active[k], held[k], active[from], held[from]};
            Arrays.sort(nodes);
            int[] different = new int[4];
            int size = 0;
            for (int i = 0; i < 4; i++) {
                if (i < 3 && nodes[i] == nodes[i + 1]) {
                    i++;
                } else if (nodes[i] != NONE) {
                    different[size++] = nodes[i];
                }
            }
            errors.add(
                    LogicalErrors.error(
                            Arrays.copyOf(different, size),
                            sets.observables(sets.sum(flips[k], flips[from]))));
        }
        return LogicalErrors.model(errors);
    }
}
