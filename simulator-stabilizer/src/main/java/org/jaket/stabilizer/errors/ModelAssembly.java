package org.jaket.stabilizer.errors;

import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.sensitivity.Ids;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns what a walk emitted round, into a model: detectors become relative to the shifts before
 * them. Declarations that say nothing new (no coordinates, no tag, and already in some error) are
 * left out.
 */
final class ModelAssembly {
    private final List<String> tags;
    private final int[] observables;
    private final boolean noteDetectors;
    private final Set<Long> seenDetectors = new HashSet<>();
    private final BitSet seenObservables = new BitSet();
    private long shift;

    private ModelAssembly(List<String> tags, int[] observables, boolean noteDetectors) {
        this.tags = tags;
        this.observables = observables;
        this.noteDetectors = noteDetectors;
    }

    static DetectorErrorModel of(List<Emitted> emitted, List<String> tags, int[] observables) {
        return new ModelAssembly(tags, observables, hasBareDetectors(emitted)).model(emitted);
    }

    /** Only for these does it matter which detectors have been in errors. */
    private static boolean hasBareDetectors(List<Emitted> emitted) {
        for (Emitted e : emitted) {
            if (e instanceof Emitted.Detector d && d.coordinates().isEmpty() && d.tag().isEmpty()
                    || e instanceof Emitted.Loop l && hasBareDetectors(l.body())) {
                return true;
            }
        }
        return false;
    }

    private DetectorErrorModel model(List<Emitted> emitted) {
        List<DemInstruction> out = new ArrayList<>();
        for (Emitted e : emitted.reversed()) {
            switch (e) {
                case Emitted.Errors errors -> errors(errors, out);
                case Emitted.Detector d -> {
                    if (!d.coordinates().isEmpty()
                            || !d.tag().isEmpty()
                            || !seenDetectors.contains(d.index())) {
                        out.add(
                                new DemInstruction.DetectorDeclaration(
                                        d.coordinates(), d.index() - shift, d.tag()));
                    }
                }
                case Emitted.Observable o -> {
                    if (!o.tag().isEmpty() || !seenObservables.get(o.index())) {
                        out.add(
                                new DemInstruction.ObservableDeclaration(
                                        observables[o.index()], o.tag()));
                    }
                }
                case Emitted.Shift s -> {
                    shift += s.detectors();
                    out.add(
                            new DemInstruction.ShiftDetectors(
                                    s.coordinates(), s.detectors(), s.tag()));
                }
                case Emitted.Loop l -> {
                    long before = shift;
                    DetectorErrorModel body = model(l.body());
                    out.add(new DemInstruction.RepeatBlock(l.count(), body, l.tag()));
                    shift += (shift - before) * (l.count() - 1);
                }
            }
        }
        return DetectorErrorModel.of(out);
    }

    private void errors(Emitted.Errors errors, List<DemInstruction> out) {
        int from = 0;
        for (int k = 0; k < errors.ends().length; k++) {
            int to = errors.ends()[k];
            long[] targets = new long[to - from];
            for (int i = from; i < to; i++) {
                int id = errors.targets()[i];
                if (Ids.isDetector(id)) {
                    long index = errors.base() + id;
                    if (noteDetectors) {
                        seenDetectors.add(index);
                    }
                    targets[i - from] = index - shift;
                } else if (id == Ids.SEPARATOR) {
                    targets[i - from] = DemTargets.SEPARATOR;
                } else {
                    seenObservables.set(id - Ids.OBSERVABLES);
                    targets[i - from] = DemTargets.observable(observables[id - Ids.OBSERVABLES]);
                }
            }
            out.add(
                    new DemInstruction.ErrorMechanism(
                            errors.probabilities()[k],
                            DemTargets.of(targets),
                            tags.get(errors.tags()[k])));
            from = to;
        }
    }
}
