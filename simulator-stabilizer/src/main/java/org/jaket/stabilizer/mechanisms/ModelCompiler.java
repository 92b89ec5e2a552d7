package org.jaket.stabilizer.mechanisms;

import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.results.RecordLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Turns a detector error model into the errors of its stretches, repeat blocks kept folded. */
final class ModelCompiler {
    private static final int MOST_ENTRIES = 16_000_000;
    private static final int MOST_RUNS = 1 << 24;

    /** An error that is too likely for a Poisson number of hits. */
    private record Likely(int number, int[] symptoms) {}

    /** What is collected of a stretch between repeat blocks. */
    private static final class Part {
        final List<int[]> independent = new ArrayList<>();
        final List<Double> means = new ArrayList<>();
        final List<Integer> numbers = new ArrayList<>();
        final TreeMap<Double, List<Likely>> likely = new TreeMap<>();
        int count;
    }

    private final RecordLayout layout;
    private final int count;
    private final List<Errors> errors;
    private long entries;

    private ModelCompiler(DetectorErrorModel model) {
        // Bits of a shot are ints, and one array holds some shots.
        long most = Integer.MAX_VALUE / 4;
        if (model.detectors() > most || model.observables() > most || model.errors() > most) {
            throw new UnsupportedCircuitException(
                    "The model has %d detectors, %d observables and %d errors; at most %d of each can be sampled."
                            .formatted(
                                    model.detectors(), model.observables(), model.errors(), most));
        }
        layout = RecordLayout.ofDetectors((int) model.detectors(), (int) model.observables());
        count = (int) model.errors();
        errors = compile(model, 0, 0);
    }

    static ModelCompiler of(DetectorErrorModel model) {
        return new ModelCompiler(model);
    }

    RecordLayout layout() {
        return layout;
    }

    /** How many errors the model has. */
    int count() {
        return count;
    }

    List<Errors> errors() {
        return errors;
    }

    /** The errors of a model that begins at a detector and an error. */
    private List<Errors> compile(DetectorErrorModel model, long detector, long error) {
        List<Errors> out = new ArrayList<>();
        Part part = new Part();
        long base = detector;
        long first = error;
        long at = detector;
        for (DemInstruction instruction : model.instructions()) {
            switch (instruction) {
                case DemInstruction.ErrorMechanism e -> {
                    add(part, e, at - base);
                    if (part.count == PoissonTable.MOST) {
                        out.add(finish(part, base, first));
                        first += part.count;
                        base = at;
                        part = new Part();
                    }
                }
                case DemInstruction.ShiftDetectors s -> at += s.detectors();
                case DemInstruction.RepeatBlock r -> {
                    out.add(finish(part, base, first));
                    first += part.count;
                    part = new Part();
                    DetectorErrorModel body = r.body();
                    if (r.count() > 0) {
                        for (Errors inner : compile(body, at, first)) {
                            if (r.count() > MOST_RUNS / inner.runs().length) {
                                throw tooLarge();
                            }
                            out.add(inner.repeated(r.count(), body.detectorShift(), body.errors()));
                        }
                    }
                    at += r.count() * body.detectorShift();
                    first += r.count() * body.errors();
                    base = at;
                }
                case DemInstruction.DetectorDeclaration d -> {}
                case DemInstruction.ObservableDeclaration o -> {}
            }
        }
        out.add(finish(part, base, first));
        out.removeIf(e -> e.means().length == 0 && e.disjoint().length == 0);
        return out;
    }

    private static UnsupportedCircuitException tooLarge() {
        return new UnsupportedCircuitException(
                "The model has more than %d errors or %d repetitions to keep tables of."
                        .formatted(MOST_ENTRIES, MOST_RUNS));
    }

    private void add(Part part, DemInstruction.ErrorMechanism e, long shift) {
        if (++entries > MOST_ENTRIES) {
            throw tooLarge();
        }
        int number = part.count++;
        if (e.probability() == 0) {
            return;
        }
        int[] symptoms = symptoms(e.targets(), shift);
        double[] rates = Rates.of(new double[] {1 - e.probability(), e.probability()});
        if (rates == null) {
            part.likely
                    .computeIfAbsent(e.probability(), k -> new ArrayList<>())
                    .add(new Likely(number, symptoms));
        } else {
            part.independent.add(symptoms);
            part.means.add(rates[1]);
            part.numbers.add(number);
        }
    }

    /** The targets, those that come twice cancelled. */
    static int[] symptoms(DemTargets targets, long shift) {
        int[] sum = Symptoms.NONE;
        for (int k = 0; k < targets.size(); k++) {
            long t = targets.get(k);
            if (t != DemTargets.SEPARATOR) {
                int index = (int) DemTargets.index(t);
                int symptom = DemTargets.isObservable(t) ? ~index : (int) (index + shift);
                sum = Symptoms.sum(sum, new int[] {symptom});
            }
        }
        return sum;
    }

    private static Errors finish(Part part, long base, long first) {
        Errors.Exclusive[] disjoint =
                part.likely.entrySet().stream()
                        .map(e -> exclusive(e.getKey(), e.getValue()))
                        .toArray(Errors.Exclusive[]::new);
        return new Errors(
                part.independent.toArray(int[][]::new),
                part.means.stream().mapToDouble(Double::doubleValue).toArray(),
                ints(part.numbers),
                disjoint,
                new int[0][],
                new Errors.Run[] {new Errors.Run((int) base, (int) first)});
    }

    private static Errors.Exclusive exclusive(double probability, List<Likely> errors) {
        return new Errors.Exclusive(
                new double[] {probability},
                errors.stream().map(e -> new int[][] {e.symptoms()}).toArray(int[][][]::new),
                errors.stream().mapToInt(Likely::number).toArray());
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
