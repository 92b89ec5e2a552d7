package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Walks back through a circuit, and at each place asks what each error there would flip. */
final class Explainer {
    private static final Pauli[] LETTERS = {Pauli.I, Pauli.X, Pauli.Y, Pauli.Z};
    private static final double[] ALL_1 = {1, 1, 1};
    private static final double[] ALL_2 = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

    private final BackwardProgram program;
    private final ErrorWalk walk;
    private final Explanations found;
    private final Coordinates coordinates;
    private final double[] shift;
    private final List<ErrorLocation.Frame> stack = new ArrayList<>();

    // The place that is being looked at.
    private Operation operation;
    private int from;
    private int to;
    private List<LocatedTarget> flipped = List.of();
    private long result = -1;
    private List<LocatedTarget> measured = List.of();

    Explainer(BackwardProgram program, Explanations found) {
        this.program = program;
        this.found = found;
        walk = new ErrorWalk(program, new AnalysisOptions(false, false, true, 1, false, false));
        coordinates = new Coordinates(program.circuit());
        shift = coordinates.finalShift();
        operation = new Repeat(1, program.circuit().body(), "");
    }

    void run() {
        block(1, program.body());
    }

    private void block(long repetitions, BackwardStep.Block block) {
        List<BackwardStep.Entry> entries = block.entries();
        int depth = stack.size();
        for (long turn = repetitions - 1; turn >= 0; turn--) {
            walk.spend(1);
            for (int k = entries.size() - 1; k >= 0; k--) {
                BackwardStep.Entry entry = entries.get(k);
                long count = entry.operation() instanceof Repeat r ? r.count() : 0;
                stack.add(new ErrorLocation.Frame(k, turn, count));
                try {
                    if (!entry.steps().isEmpty()
                            && entry.steps().getFirst() instanceof BackwardStep.Loop l) {
                        block(l.count(), l.body());
                    } else {
                        operation(entry);
                    }
                } catch (AnalysisFailure e) {
                    throw e.at(k, entry.operation());
                } catch (CircuitException e) {
                    throw new AnalysisFailure(String.valueOf(e.getMessage()), walk.ticks())
                            .at(k, entry.operation());
                }
                stack.remove(depth);
            }
        }
    }

    private void operation(BackwardStep.Entry entry) {
        operation = entry.operation();
        switch (operation) {
            case NoiseOperation n -> noise(n, entry.steps());
            case Measurement m -> measurement(m, entry.steps());
            default -> {
                for (BackwardStep step : entry.steps().reversed()) {
                    walk.undo(step);
                }
                annotation();
            }
        }
        walk.forget();
    }

    /** Follows the coordinates. */
    private void annotation() {
        if (operation instanceof ShiftCoordinates s) {
            for (int k = 0; k < s.shift().size(); k++) {
                shift[k] -= s.shift().get(k);
            }
        } else if (operation instanceof Detector d && !d.coordinates().isEmpty()) {
            double[] place = Coordinates.shifted(d.coordinates(), shift);
            found.addCoordinates(walk.detector(), Arrays.stream(place).boxed().toList());
        }
    }

    private void noise(NoiseOperation n, List<BackwardStep> steps) {
        double p = n.arguments().isEmpty() ? 0 : n.arguments().getFirst();
        double[] arguments = n.arguments().stream().mapToDouble(Double::doubleValue).toArray();
        switch (n.noise()) {
            case X_ERROR -> letters(p, Pauli.X, n.targets());
            case Y_ERROR -> letters(p, Pauli.Y, n.targets());
            case Z_ERROR -> letters(p, Pauli.Z, n.targets());
            case DEPOLARIZE1 -> channel1(p == 0 ? new double[3] : ALL_1, n.targets());
            case DEPOLARIZE2 -> channel2(p == 0 ? new double[15] : ALL_2, n.targets());
            case PAULI_CHANNEL_1 -> channel1(arguments, n.targets());
            case PAULI_CHANNEL_2 -> channel2(arguments, n.targets());
            case HERALDED_ERASE -> heralded(new double[] {p, p, p, p}, n.targets());
            case HERALDED_PAULI_CHANNEL_1 -> heralded(arguments, n.targets());
            case CORRELATED_ERROR, ELSE_CORRELATED_ERROR -> {
                select(0, n.targets().size());
                flipped = located(n.targets(), Pauli.I);
                walk.table.clear();
                walk.undo(steps.getFirst());
                explain();
            }
            case I_ERROR, II_ERROR -> {}
            // Refused when the program was made.
            case LEAKAGE_ERROR,
                    HERALDED_LEAKAGE_ERROR,
                    SEEPAGE_ERROR,
                    LOSS_ERROR,
                    HERALDED_LOSS_ERROR ->
                    throw new AssertionError(n);
        }
    }

    private void select(int first, int end) {
        from = first;
        to = end;
    }

    private void letters(double p, Pauli letter, Targets targets) {
        for (int k = targets.size() - 1; p > 0 && k >= 0; k--) {
            select(k, k + 1);
            product(Targets.of(Target.pauli(letter, targets.value(k))));
        }
    }

    private void channel1(double[] p, Targets targets) {
        for (int k = 0; k < 3; k++) {
            letters(p[k], LETTERS[k + 1], targets);
        }
    }

    private void channel2(double[] p, Targets targets) {
        for (int k = 0; k < targets.size(); k += 2) {
            select(k, k + 2);
            for (int letters = 1; letters < 16; letters++) {
                if (p[letters - 1] == 0) {
                    continue;
                }
                Pauli first = LETTERS[letters >> 2];
                Pauli second = LETTERS[letters & 3];
                Targets pair;
                if (first == Pauli.I) {
                    pair = Targets.of(Target.pauli(second, targets.value(k + 1)));
                } else if (second == Pauli.I) {
                    pair = Targets.of(Target.pauli(first, targets.value(k)));
                } else {
                    pair =
                            Targets.of(
                                    Target.pauli(first, targets.value(k)),
                                    Target.pauli(second, targets.value(k + 1)));
                }
                product(pair);
            }
        }
    }

    /** Explains a Pauli product that hits qubits here. */
    private void product(Targets letters) {
        flipped = located(letters, Pauli.I);
        walk.table.clear();
        walk.undo(
                new BackwardStep.Correlated(
                        true, 1, Lowering.product(letters), program.tag(operation.tag())));
        explain();
    }

    private void heralded(double[] p, Targets targets) {
        for (int k = targets.size() - 1; k >= 0; k--) {
            select(k, k + 1);
            int qubit = targets.value(k);
            result = walk.results() - 1;
            int row = walk.state.popResult();
            for (int letter = 0; letter < 4; letter++) {
                if (p[letter] == 0) {
                    continue;
                }
                int sum = walk.state.scratchRow();
                walk.state.clear(sum);
                if (row >= 0) {
                    walk.state.add(sum, row);
                }
                if (LETTERS[letter].hasX()) {
                    walk.state.add(sum, Sensitivities.byX(qubit));
                }
                if (LETTERS[letter].hasZ()) {
                    walk.state.add(sum, Sensitivities.byZ(qubit));
                }
                flipped =
                        letter == 0
                                ? List.of()
                                : located(
                                        Targets.of(Target.pauli(LETTERS[letter], qubit)), Pauli.I);
                report(walk.state.row(sum), 0, walk.state.size(sum));
                flipped = List.of();
            }
            result = -1;
        }
    }

    private void measurement(Measurement m, List<BackwardStep> steps) {
        MeasurementKind kind = m.kind();
        Targets targets = m.targets();
        int next = steps.size();
        for (int end = targets.size(); end > 0; end = from) {
            int start = end - Math.max(1, kind.qubits());
            while (start > 0 && Target.isCombiner(targets.get(start - 1))) {
                start -= 2;
            }
            select(start, end);
            result = walk.results() - 1;
            walk.table.clear();
            if (kind == MeasurementKind.MPAD || kind == MeasurementKind.MABSENT) {
                undo(new Step.Pad(m.flipProbability(), new boolean[1], new int[0]), m);
            } else {
                measured = located(targets.slice(start, end), kind.basis());
                if (kind.qubits() == 1) {
                    int[] one = {targets.value(start)};
                    undo(
                            new Step.Measure(
                                    kind.basis(),
                                    kind.resets(),
                                    m.flipProbability(),
                                    one,
                                    new boolean[1],
                                    new int[0]),
                            m);
                } else {
                    walk.undo(steps.get(--next));
                }
            }
            explain();
            result = -1;
            measured = List.of();
        }
    }

    private void undo(Step part, Measurement m) {
        walk.undo(new BackwardStep.Clifford(part, program.tag(m.tag())));
    }

    /** Targets with their qubits' coordinates, and with a letter where they have none. */
    private List<LocatedTarget> located(Targets targets, Pauli letter) {
        List<LocatedTarget> list = new ArrayList<>(targets.size());
        for (int k = 0; k < targets.size(); k++) {
            int target = targets.get(k);
            if (Target.isCombiner(target)) {
                continue;
            }
            int named = letter == Pauli.I ? target : target | Target.pauli(letter, 0);
            list.add(located(named, target));
        }
        return list;
    }

    private LocatedTarget located(int named, int target) {
        boolean hasPlace = Target.touchesQubit(target);
        return new LocatedTarget(
                named,
                hasPlace
                        ? Arrays.stream(coordinates.qubit(Target.value(target))).boxed().toList()
                        : List.of());
    }

    /** Reports the error that the last step recorded, if it did; of several, the first by order. */
    private void explain() {
        ErrorTable table = walk.table;
        int first = -1;
        for (int entry = 0; entry < table.count(); entry++) {
            if (first < 0 || table.compareTargets(entry, first) < 0) {
                first = entry;
            }
        }
        if (first >= 0) {
            report(table.arena(), table.start(first), table.end(first));
        }
        table.clear();
        flipped = List.of();
    }

    private void report(int[] ids, int start, int end) {
        long[] targets = new long[end - start];
        for (int k = start; k < end; k++) {
            targets[k - start] =
                    Ids.isDetector(ids[k])
                            ? walk.state.detectorBase() + ids[k]
                            : DemTargets.observable(
                                    program.observables()[ids[k] - Ids.OBSERVABLES]);
        }
        found.add(targets, this::location);
    }

    private ErrorLocation location() {
        List<LocatedTarget> targets = new ArrayList<>(to - from);
        for (int k = from; k < to; k++) {
            int target = operation.targets().get(k);
            targets.add(located(target, target));
        }
        List<Double> arguments =
                operation instanceof NoiseOperation n
                        ? n.arguments()
                        : operation instanceof Measurement m ? m.arguments() : List.of();
        String name =
                operation instanceof NoiseOperation n
                        ? n.noise().stimNames().getFirst()
                        : operation instanceof Measurement m
                                ? m.kind().stimNames().getFirst()
                                : operation.describe();
        return new ErrorLocation(
                operation.tag(),
                flipped,
                result,
                measured,
                walk.ticks(),
                stack,
                new ErrorLocation.Slice(name, operation.tag(), arguments, from, to, targets));
    }
}
