package org.jaket.stabilizer.flow;

import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Detector;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which results of a circuit that is being turned round its detectors, observables and flows
 * consist of so far. Keys are those of {@link SensitivityWalk}; flows have those of observables
 * behind the declared ones.
 */
final class ReversedParities {
    /** Detectors in order, then observables in order. */
    private static final Comparator<Integer> KEYS =
            Comparator.comparingInt((Integer key) -> key < 0 ? 1 : 0)
                    .thenComparingInt(key -> key < 0 ? ~key : key);

    private final int declaredObservables;
    private final TreeMap<Integer, TreeSet<Integer>> parities = new TreeMap<>(KEYS);
    private final Map<Integer, Operation> declarations = new HashMap<>();
    private int results;

    ReversedParities(int declaredObservables) {
        this.declaredObservables = declaredObservables;
    }

    /** Takes note of the declaration of a key, for its coordinates and its tag. */
    void declare(int key, Operation declaration) {
        declarations.put(key, declaration);
    }

    /** The next new result is a term of all these. */
    void explain(int[] keys) {
        for (int key : keys) {
            parities.computeIfAbsent(key, k -> new TreeSet<>()).add(results);
        }
        results++;
    }

    /** Writes down detectors that nothing further back belongs to, and observables so far. */
    void flush(Sensitivities now, BlockBuilder out) {
        Set<Integer> active = new HashSet<>();
        now.forEachId(
                id -> {
                    if (Ids.isDetector(id)) {
                        active.add((int) (now.detectorBase() + id));
                    }
                });
        parities.keySet()
                .removeIf(
                        key -> {
                            boolean isFlow = key < 0 && ~key >= declaredObservables;
                            if (isFlow || active.contains(key)) {
                                return false;
                            }
                            out.append(declaration(key));
                            return true;
                        });
    }

    private Operation declaration(int key) {
        Targets targets =
                Targets.of(
                        lookbacks(key).stream().mapToInt(back -> Target.record(-back)).toArray());
        Operation declared = declarations.get(key);
        String tag = declared == null ? "" : declared.tag();
        if (key < 0) {
            return new ObservableInclude(~key, targets, tag);
        }
        List<Double> place = declared instanceof Detector d ? d.coordinates() : List.of();
        return new Detector(place, targets, tag);
    }

    /** The results of a key, counted from the end: -1 is the latest. */
    TreeSet<Integer> lookbacks(int key) {
        TreeSet<Integer> lookbacks = new TreeSet<>();
        parities.getOrDefault(key, new TreeSet<>()).forEach(r -> lookbacks.add(r - results));
        return lookbacks;
    }
}
