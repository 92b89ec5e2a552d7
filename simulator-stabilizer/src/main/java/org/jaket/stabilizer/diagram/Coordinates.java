package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Block;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Operation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.ShiftCoordinates;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where qubits and detectors are, with the shifts before them, found without unfolding loops. */
final class Coordinates {
    private final IdentityHashMap<Block, List<Double>> shifts = new IdentityHashMap<>();

    /** How much a block shifts the coordinates behind it. */
    List<Double> shiftOf(Block block) {
        List<Double> known = shifts.get(block);
        if (known == null) {
            known = List.of();
            for (Operation operation : block.operations()) {
                switch (operation) {
                    case ShiftCoordinates s -> known = plus(known, s.shift(), 1);
                    case Repeat r -> known = plus(known, shiftOf(r.body()), r.count());
                    default -> {}
                }
            }
            shifts.put(block, known);
        }
        return known;
    }

    /** {@code a + times * b}, as long as the longer one. */
    static List<Double> plus(List<Double> a, List<Double> b, long times) {
        if (b.isEmpty() || times == 0) {
            return a;
        }
        List<Double> sum = new ArrayList<>(a);
        for (int k = 0; k < b.size(); k++) {
            double more = b.get(k) * times;
            if (k < sum.size()) {
                sum.set(k, sum.get(k) + more);
            } else {
                sum.add(more);
            }
        }
        return sum;
    }

    /** Coordinates with a shift added where both have an entry. */
    static List<Double> shifted(List<Double> coordinates, List<Double> shift) {
        List<Double> sum = new ArrayList<>(coordinates);
        for (int k = 0; k < Math.min(sum.size(), shift.size()); k++) {
            sum.set(k, sum.get(k) + shift.get(k));
        }
        return sum;
    }

    /** The coordinates of a detector; empty if it has none or is not there. */
    List<Double> ofDetector(Block block, long index) {
        return ofDetector(block, index, List.of());
    }

    private List<Double> ofDetector(Block block, long index, List<Double> start) {
        List<Double> shift = start;
        long left = index;
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Detector d -> {
                    if (left-- == 0) {
                        return shifted(d.coordinates(), shift);
                    }
                }
                case ShiftCoordinates s -> shift = plus(shift, s.shift(), 1);
                case Repeat r -> {
                    long each = r.body().detectors();
                    List<Double> more = shiftOf(r.body());
                    if (left < each * r.count()) {
                        return ofDetector(r.body(), left % each, plus(shift, more, left / each));
                    }
                    left -= each * r.count();
                    shift = plus(shift, more, r.count());
                }
                default -> {}
            }
        }
        return List.of();
    }

    /** Where the qubits are at the end, of those that have coordinates. */
    Map<Integer, List<Double>> ofQubits(Block block) {
        return ofQubits(block, false);
    }

    /** Where the qubits are at the end; Stim's text puts coordinates given twice in a row. */
    Map<Integer, List<Double>> ofQubits(Block block, boolean joins) {
        return ofQubits(block, List.of(), joins);
    }

    private Map<Integer, List<Double>> ofQubits(Block block, List<Double> start, boolean joins) {
        Map<Integer, List<Double>> found = new TreeMap<>();
        List<Double> shift = start;
        for (Operation operation : block.operations()) {
            switch (operation) {
                case QubitCoordinates q -> {
                    List<Double> there = shifted(q.coordinates(), shift);
                    for (int t : q.targets().toArray()) {
                        List<Double> all = new ArrayList<>();
                        if (joins) {
                            all.addAll(found.getOrDefault(t, List.of()));
                        }
                        all.addAll(there);
                        found.put(t, all);
                    }
                }
                case ShiftCoordinates s -> shift = plus(shift, s.shift(), 1);
                case Repeat r -> {
                    List<Double> more = shiftOf(r.body());
                    // The last turn has the last word.
                    found.putAll(ofQubits(r.body(), plus(shift, more, r.count() - 1), joins));
                    shift = plus(shift, more, r.count());
                }
                default -> {}
            }
        }
        return found;
    }
}
