package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Places;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.diagram.TextCanvas.Align;
import org.jaket.stabilizer.sensitivity.BackwardWalk;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Pauli products that detectors and observables watch at some ticks of a circuit.
 *
 * <p>Found by one pass backwards; loops before the ticks are skipped as soon as they repeat
 * themselves. A detector that anticommutes with a measurement or reset is noted and not followed
 * further.
 */
final class DetectorSlices {
    /** The most ticks of a drawing. */
    static final int MAX_TICKS = 1 << 16;

    /** What observables are counted from, behind all detectors. */
    private static final long OBSERVABLES = 1L << 62;

    /** A product at a tick, or where it anticommutes: sorted by tick, then detectors first. */
    record Key(long tick, long which) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::tick).thenComparingLong(Key::which);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        boolean isDetector() {
            return which < OBSERVABLES;
        }

        /** {@code D5} or {@code L0}. */
        String name() {
            return isDetector() ? "D" + which : "L" + (which - OBSERVABLES);
        }
    }

    private record AntiCommutation(long which, int qubit, Pauli basis)
            implements Comparable<AntiCommutation> {
        private static final Comparator<AntiCommutation> ORDER =
                Comparator.comparingLong(AntiCommutation::which)
                        .thenComparing(AntiCommutation::basis)
                        .thenComparingInt(AntiCommutation::qubit);

        @Override
        public int compareTo(AntiCommutation other) {
            return ORDER.compare(this, other);
        }
    }

    private final int qubits;
    private final TickRange ticks;
    private final long lastTick;
    private final IdentityHashMap<Block, List<Step>> lowered = new IdentityHashMap<>();
    private final Lowering lowering = Lowering.ofOperations();
    private final Sensitivities watched;
    private final BackwardWalk walk;
    private final TreeSet<AntiCommutation> found = new TreeSet<>();
    private final TreeMap<Key, List<Integer>> slices = new TreeMap<>();
    private final TreeMap<Key, List<Integer>> anticommutations = new TreeMap<>();
    private final TreeMap<Long, List<Double>> detectorCoordinates = new TreeMap<>();
    private final Block body;
    private final TreeSet<Integer> usedQubits = new TreeSet<>();
    private long tick;

    private DetectorSlices(Circuit circuit, TickRange wanted) {
        Block body = circuit.body();
        this.qubits = Timeline.qubits(body);
        this.lastTick = body.ticks() + 1;
        long count = Math.max(1, Math.min(wanted.count(), lastTick - wanted.first()));
        this.ticks = new TickRange(wanted.first(), count);
        if (count > MAX_TICKS) {
            throw new IllegalArgumentException(
                    "Up to %d ticks are drawn, not %d. Maybe name a range of ticks?"
                            .formatted(MAX_TICKS, count));
        }
        this.watched = new Sensitivities(qubits, body.detectors(), body.results());
        this.walk = new BackwardWalk(watched, this::noteRandom);
        this.tick = lastTick;
        this.body = body;
    }

    /**
     * Finds what is watched.
     *
     * @param ticks when
     * @param filters what; any of them is enough
     * @throws UnsupportedCircuitException if the circuit is not Clifford, or has branches or loops
     *     that depend on results
     */
    static DetectorSlices of(Circuit circuit, TickRange ticks, List<CoordinateFilter> filters) {
        if (Features.needsSingleShots(Lowering.of(circuit))) {
            throw Places.dependent(
                    circuit.body(),
                    "Detectors are drawn in circuits without branches, while loops and assignments.");
        }
        Places.requireResults(circuit.body(), true);
        DetectorSlices slices = new DetectorSlices(circuit, ticks);
        if (!slices.undoTick() && !slices.undo(circuit.body())) {
            slices.walk.begin();
            slices.noteAntiCommutations(1);
        }
        slices.filter(circuit.body(), filters);
        return slices;
    }

    /** Goes back over a block; true if no earlier tick is wanted. */
    private boolean undo(Block block) {
        List<Operation> operations = block.operations();
        for (int k = operations.size() - 1; k >= 0; k--) {
            Operation operation = operations.get(k);
            boolean done =
                    switch (operation) {
                        case Tick t -> undoTick();
                        case Repeat r -> undo(r);
                        default -> {
                            for (int t : operation.targets().toArray()) {
                                if (Target.touchesQubit(t)) {
                                    usedQubits.add(Target.value(t));
                                }
                            }
                            undoSteps(operation);
                            yield false;
                        }
                    };
            if (done) {
                return true;
            }
        }
        return false;
    }

    private void undoSteps(Operation operation) {
        walk.undo(lowering.steps(ordered(operation)));
    }

    private void noteRandom(int row, @Nullable Step step, int qubit) {
        Pauli basis =
                switch (step) {
                    case Step.Measure m -> m.basis();
                    case Step.Reset r -> r.basis();
                    case null, default -> Pauli.I;
                };
        for (int k = 0; k < watched.size(row); k++) {
            found.add(new AntiCommutation(which(watched.row(row)[k]), qubit, basis));
        }
    }

    /** The id of a detector or observable; none that is used if it is too far away. */
    private long id(long which) {
        if (which >= OBSERVABLES) {
            return which - OBSERVABLES + Ids.OBSERVABLES;
        }
        long id = which - watched.detectorBase();
        return id < Ids.OBSERVABLES ? id : -1;
    }

    private long which(int id) {
        return Ids.isDetector(id)
                ? watched.detectorBase() + id
                : OBSERVABLES + (id - Ids.OBSERVABLES);
    }

    /** Puts the qubits of measured products in falling order: the last one is noted. */
    private static Block ordered(Block block) {
        return Block.of(block.operations().stream().map(DetectorSlices::ordered).toList());
    }

    private static Operation ordered(Operation operation) {
        return switch (operation) {
            case Repeat r -> new Repeat(r.count(), ordered(r.body()), r.tag());
            case Measurement m when m.kind() == MeasurementKind.MPP ->
                    m.withTargets(ordered(m.targets()));
            default -> operation;
        };
    }

    private static Targets ordered(Targets targets) {
        Integer[] letters = new Integer[targets.size()];
        int[] ordered = targets.toArray();
        int k = 0;
        while (k < targets.size()) {
            int count = 0;
            int start = k;
            do {
                letters[count++] = targets.get(k);
                k += 2;
            } while (k - 1 < targets.size() && Target.isCombiner(targets.get(k - 1)));
            k--;
            Arrays.sort(letters, 0, count, Comparator.comparingInt(t -> -Target.value(t)));
            for (int l = 0; l < count; l++) {
                ordered[start + 2 * l] = letters[l];
            }
        }
        return Targets.of(ordered);
    }

    private boolean undo(Repeat repeat) {
        Block body = repeat.body();
        long each = body.ticks();
        long end = ticks.first() + ticks.count();
        long spare = Math.max(tick, end) - end;
        long skipped;
        if (each == 0) {
            // Nothing is drawn inside. One turn is walked for the qubits that it uses.
            skipped = spare == 0 ? repeat.count() - 1 : repeat.count();
        } else {
            skipped = Math.min(repeat.count(), spare / each);
        }
        if (skipped > 0) {
            List<Step> steps = lowered.computeIfAbsent(body, b -> Lowering.of(ordered(b)));
            walk.undo(new Step.Loop(skipped, steps, repeat));
            tick -= each * skipped;
        }
        for (long turn = skipped; turn < repeat.count(); turn++) {
            if (undo(body)) {
                return true;
            }
        }
        return false;
    }

    private boolean undoTick() {
        if (ticks.has(tick)) {
            noteAntiCommutations(tick + 1);
            for (int q = 0; q < qubits; q++) {
                note(q);
            }
        }
        tick--;
        return tick + 1 < ticks.first();
    }

    private void note(int qubit) {
        int xs = Sensitivities.byZ(qubit);
        int zs = Sensitivities.byX(qubit);
        for (int k = 0; k < watched.size(xs); k++) {
            int id = watched.row(xs)[k];
            Pauli pauli = watched.contains(zs, id) ? Pauli.Y : Pauli.X;
            slice(which(id)).add(Target.pauli(pauli, qubit));
        }
        for (int k = 0; k < watched.size(zs); k++) {
            int id = watched.row(zs)[k];
            if (!watched.contains(xs, id)) {
                slice(which(id)).add(Target.pauli(Pauli.Z, qubit));
            }
        }
    }

    private List<Integer> slice(long which) {
        return slices.computeIfAbsent(new Key(tick, which), k -> new ArrayList<>());
    }

    private void noteAntiCommutations(long at) {
        for (AntiCommutation a : found) {
            anticommutations
                    .computeIfAbsent(new Key(at, a.which), k -> new ArrayList<>())
                    .add(a.qubit);
        }
        if (!found.isEmpty()) {
            watched.forget(
                    found.stream()
                            .mapToLong(a -> id(a.which))
                            .filter(id -> id >= 0 && id < Ids.SEPARATOR)
                            .mapToInt(id -> (int) id)
                            .distinct()
                            .sorted()
                            .toArray());
            found.clear();
        }
    }

    private void filter(Block body, List<CoordinateFilter> filters) {
        Coordinates coordinates = new Coordinates();
        slices.keySet()
                .removeIf(
                        key -> {
                            boolean isDetector = key.isDetector();
                            List<Double> there =
                                    isDetector
                                            ? coordinates.ofDetector(body, key.which)
                                            : List.of();
                            if (filters.stream().noneMatch(f -> f.matches(key.name(), there))) {
                                return true;
                            }
                            if (isDetector) {
                                detectorCoordinates.put(key.which, there);
                            }
                            return false;
                        });
    }

    /** The products: Pauli targets in order of their qubits. */
    TreeMap<Key, List<Integer>> slices() {
        return slices;
    }

    /** The qubits where products anticommute. */
    TreeMap<Key, List<Integer>> anticommutations() {
        return anticommutations;
    }

    Map<Integer, List<Double>> qubitCoordinates() {
        return new Coordinates().ofQubits(body);
    }

    /** The qubits that are used, or have coordinates. */
    TreeSet<Integer> usedQubits() {
        TreeSet<Integer> used = new TreeSet<>(usedQubits);
        used.addAll(qubitCoordinates().keySet());
        return used;
    }

    TickRange ticks() {
        return ticks;
    }

    int qubits() {
        return qubits;
    }

    /**
     * The products as text, to the byte what Stim's {@code detslice-text} is: a line for every
     * qubit, a column for every detector.
     *
     * @return lines without a line end behind the last one
     * @throws IllegalArgumentException if the text would have more than 2^28 characters
     */
    String text() {
        TextCanvas canvas = new TextCanvas();
        Moments moments = new Moments(canvas, qubits, 2);
        anticommutations.forEach(
                (key, there) -> {
                    moments.reserve(
                            Targets.of(there.stream().mapToInt(Integer::intValue).toArray()));
                    for (int q : there) {
                        moments.box(
                                moments.columnOf(moments.now() + 1),
                                q,
                                "ANTICOMMUTED:" + key.name());
                    }
                });
        slices.forEach(
                (key, product) -> {
                    moments.reserve(
                            Targets.of(product.stream().mapToInt(Integer::intValue).toArray()));
                    for (int t : product) {
                        moments.box(
                                moments.column(),
                                Target.value(t),
                                Target.pauli(t) + ":" + key.name());
                    }
                });
        Map<Integer, List<Double>> coordinates = new Coordinates().ofQubits(body, true);
        for (int q = 0; q < qubits; q++) {
            List<Double> there = coordinates.getOrDefault(q, List.of());
            String place = there.isEmpty() ? "" : "(" + ShortNumber.join(there, ", ") + ")";
            moments.wire(q, "q" + q + ":" + place + " ", moments.column() + 1, Align.END);
        }
        return canvas.render();
    }
}
