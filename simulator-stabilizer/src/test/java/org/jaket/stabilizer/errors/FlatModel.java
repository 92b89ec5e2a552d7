package org.jaket.stabilizer.errors;

import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Models with loops unfolded, errors merged and in one order, so that they can be compared. */
final class FlatModel {
    final Map<String, Double> errors = new TreeMap<>();
    final Map<Long, List<Double>> coordinates = new TreeMap<>();
    private long shift;
    private double[] place = {};

    static FlatModel of(DetectorErrorModel model) {
        FlatModel flat = new FlatModel();
        flat.add(model);
        return flat;
    }

    private void add(DetectorErrorModel model) {
        for (DemInstruction instruction : model.instructions()) {
            switch (instruction) {
                case DemInstruction.ErrorMechanism e -> {
                    long[] targets = e.targets().stream().toArray();
                    for (int k = 0; k < targets.length; k++) {
                        targets[k] += DemTargets.isDetector(targets[k]) ? shift : 0;
                    }
                    double p = e.probability();
                    errors.merge(
                            DemTargets.of(targets) + " " + e.tag(),
                            p,
                            (a, b) -> a * (1 - b) + b * (1 - a));
                }
                case DemInstruction.DetectorDeclaration d -> {
                    List<Double> at = new ArrayList<>();
                    for (int k = 0; k < d.coordinates().size(); k++) {
                        at.add(d.coordinates().get(k) + (k < place.length ? place[k] : 0));
                    }
                    coordinates.put(d.detector() + shift, at);
                }
                case DemInstruction.ObservableDeclaration o -> {}
                case DemInstruction.ShiftDetectors s -> {
                    shift += s.detectors();
                    place = Coordinates.plus(place, s.coordinates(), 1);
                }
                case DemInstruction.RepeatBlock r -> {
                    for (long k = 0; k < r.count(); k++) {
                        add(r.body());
                    }
                }
            }
        }
    }
}
