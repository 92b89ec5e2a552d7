package org.jaket.stabilizer.flow;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.ShiftCoordinates;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The detectors of a circuit that some targets mean, found by going through it with its shifts. */
final class WantedRegions {
    private final List<RegionTarget> targets;
    private final BitSet detectors = new BitSet();
    private final List<Double> shift = new ArrayList<>();
    private int detector;

    /** Unfolds repeats: for circuits that a {@link ReverseWalk} takes. */
    WantedRegions(Circuit circuit, List<RegionTarget> targets) {
        this.targets = List.copyOf(targets);
        // Without coordinates a target knows its detectors by their numbers.
        if (targets.stream().anyMatch(t -> !t.coordinates().isEmpty())) {
            walk(circuit.body());
        }
    }

    private void walk(Block block) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        walk(r.body());
                    }
                }
                case ShiftCoordinates s -> {
                    for (int k = 0; k < s.shift().size(); k++) {
                        if (k == shift.size()) {
                            shift.add(0.0);
                        }
                        shift.set(k, shift.get(k) + s.shift().get(k));
                    }
                }
                case Detector d -> {
                    List<Double> there = there(d);
                    int index = detector++;
                    if (targets.stream().anyMatch(t -> t.hasDetector(index, there))) {
                        detectors.set(index);
                    }
                }
                default -> {}
            }
        }
    }

    private List<Double> there(Detector d) {
        List<Double> there = new ArrayList<>(d.coordinates());
        for (int k = 0; k < Math.min(there.size(), shift.size()); k++) {
            there.set(k, there.get(k) + shift.get(k));
        }
        return there;
    }

    /** Whether a key is wanted: a detector, or the complement of an observable. */
    boolean has(int key) {
        return key < 0
                ? targets.stream().anyMatch(t -> t.hasObservable(~key))
                : detectors.get(key)
                        || targets.stream().anyMatch(t -> t.hasDetector(key, List.of()));
    }
}
