package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One walk through a circuit from its end to its start, undoing one step after the other: keeps
 * what errors would flip, and records the errors that there are.
 *
 * <p>A copy that records nothing runs ahead in loops, to find out when the state recurs.
 */
final class BackwardWalk {
    private final BackwardProgram program;
    private final AnalysisOptions options;
    private final boolean recording;
    private final Budget budget;
    final Sensitivities state;
    final ErrorTable table = new ErrorTable();
    private final Combinations combinations;
    private List<Emitted> emitted = new ArrayList<>();

    /** How many ticks are still to come on the way back. */
    private long ticks;

    BackwardWalk(BackwardProgram program, AnalysisOptions options) {
        this.program = program;
        this.options = options;
        recording = true;
        budget = new Budget();
        var body = program.circuit().body();
        state = new Sensitivities(program.circuit().qubits(), body.detectors(), body.results());
        combinations = new Combinations(table, options.decompose());
        ticks = body.ticks();
    }

    /** A walk that goes on from where another one is, and records nothing. */
    private BackwardWalk(BackwardWalk other) {
        program = other.program;
        options = other.options;
        recording = false;
        budget = other.budget;
        state = new Sensitivities(other.state);
        combinations = new Combinations(table, false);
        ticks = other.ticks;
    }

    long ticks() {
        return ticks;
    }

    /** The index of the detector that was undone last. */
    long detector() {
        return state.detectorBase + state.detector;
    }

    /** How many results are still to come on the way back. */
    long results() {
        return state.resultBase + state.result;
    }

    void spend(long targets) {
        budget.spend(targets);
    }

    /** Forgets what was emitted and recorded. */
    void forget() {
        emitted.clear();
        table.clear();
    }

    /** Undoes the whole circuit, and says what was found, from the end on. */
    List<Emitted> run() {
        undo(program.body());
        finish();
        flush();
        return emitted;
    }

    /** Qubits start in |0>, like after a reset. */
    void finish() {
        for (int q = 0; q < state.qubits(); q++) {
            checkGauge(Sensitivities.byZ(q), "the start in |0>", q, 0);
        }
    }

    void undo(BackwardStep.Block block) {
        List<BackwardStep.Correlated> chain = null;
        List<BackwardStep.Entry> entries = block.entries();
        for (int k = entries.size() - 1; k >= 0; k--) {
            BackwardStep.Entry entry = entries.get(k);
            try {
                List<BackwardStep> steps = entry.steps();
                if (!steps.isEmpty() && steps.getFirst() instanceof BackwardStep.Correlated c) {
                    if (chain == null) {
                        chain = new ArrayList<>();
                    }
                    chain.add(c);
                    if (c.starts()) {
                        chain(chain);
                        chain = null;
                    }
                    continue;
                }
                if (chain != null) {
                    throw unstarted();
                }
                for (int i = steps.size() - 1; i >= 0; i--) {
                    undo(steps.get(i));
                }
            } catch (AnalysisFailure e) {
                throw e.at(k, entry.operation());
            } catch (CircuitException e) {
                throw new AnalysisFailure(String.valueOf(e.getMessage()), ticks)
                        .at(k, entry.operation());
            }
        }
        if (chain != null) {
            throw new AnalysisFailure(String.valueOf(unstarted().getMessage()), ticks);
        }
    }

    private static CircuitException unstarted() {
        return new CircuitException(
                "ELSE_CORRELATED_ERROR must follow a CORRELATED_ERROR or another ELSE_CORRELATED_ERROR.");
    }

    void undo(BackwardStep step) {
        switch (step) {
            case BackwardStep.Gate g -> gate(g);
            case BackwardStep.Feedback f -> feedback(f);
            case BackwardStep.Rotation r -> rotation(r.product());
            case BackwardStep.Measure m -> {
                budget.spend(m.qubits().length);
                for (int k = m.qubits().length - 1; k >= 0; k--) {
                    measure(m.basis(), m.resets(), m.flip(), m.qubits()[k], m.tag());
                }
            }
            case BackwardStep.MeasureProduct m -> measureProduct(m);
            case BackwardStep.Pad p -> {
                budget.spend(p.count());
                for (int k = 0; k < p.count(); k++) {
                    recordFlip(state.popResult(), p.flip(), p.tag());
                }
            }
            case BackwardStep.Reset r -> {
                budget.spend(r.qubits().length);
                for (int k = r.qubits().length - 1; k >= 0; k--) {
                    reset(r.basis(), r.qubits()[k], "a reset", r.tag());
                }
            }
            case BackwardStep.Flip f -> flip(f);
            case BackwardStep.Channel c -> channel(c);
            case BackwardStep.Herald h -> herald(h);
            case BackwardStep.Correlated c -> correlated(c, c.probability());
            case BackwardStep.Detector d -> detector(d);
            case BackwardStep.Observable o -> observable(o);
            case BackwardStep.Shift s -> {
                if (recording) {
                    budget.keep();
                    emitted.add(new Emitted.Shift(s.coordinates(), 0, s.tag()));
                }
            }
            case BackwardStep.Tick t -> ticks--;
            case BackwardStep.Loop l -> loop(l);
        }
        budget.spend(state.takeWork() >> 4);
    }

    // Gates.

    private void gate(BackwardStep.Gate g) {
        int[] targets = g.targets();
        int[] moves = g.moves();
        int arity = g.qubits();
        budget.spend(targets.length);
        for (int start = targets.length - arity; start >= 0; start -= arity) {
            for (int move : moves) {
                int to = RowMoves.to(move);
                int from = RowMoves.from(move);
                int toRow = 2 * targets[start + (to >> 1)] + (to & 1);
                int fromRow = 2 * targets[start + (from >> 1)] + (from & 1);
                if (RowMoves.isExchange(move)) {
                    state.exchange(toRow, fromRow);
                } else {
                    state.add(toRow, fromRow);
                }
            }
        }
    }

    private void feedback(BackwardStep.Feedback f) {
        int row = state.resultRow(f.lookback());
        addError(row, f.pauli(), f.qubit());
        state.dropIfEmpty(f.lookback());
    }

    /** Adds what an error flips to a row. */
    private void addError(int row, Pauli pauli, int qubit) {
        if (pauli.hasX()) {
            state.add(row, Sensitivities.byX(qubit));
        }
        if (pauli.hasZ()) {
            state.add(row, Sensitivities.byZ(qubit));
        }
    }

    /** Adds a row to what those errors on a qubit flip that anticommute with a Pauli operator. */
    private void addToAnticommuting(Pauli pauli, int qubit, int row) {
        if (pauli.hasZ()) {
            state.add(Sensitivities.byX(qubit), row);
        }
        if (pauli.hasX()) {
            state.add(Sensitivities.byZ(qubit), row);
        }
    }

    private int productRow(BackwardStep.Product product) {
        int row = state.scratchRow();
        state.clear(row);
        for (int k = 0; k < product.qubits().length; k++) {
            addError(row, product.letters()[k], product.qubits()[k]);
        }
        return row;
    }

    /** An error that anticommutes with the product becomes itself times the product. */
    private void rotation(BackwardStep.Product product) {
        budget.spend(product.qubits().length);
        int row = productRow(product);
        for (int k = 0; k < product.qubits().length; k++) {
            addToAnticommuting(product.letters()[k], product.qubits()[k], row);
        }
    }

    // Collapses.

    private void recordFlip(int row, double p, int tag) {
        if (recording && p > 0) {
            if (row >= 0) {
                table.push(state.row(row), 0, state.size(row));
            }
            table.accumulate(table.store(tag), p);
        }
    }

    void measure(Pauli basis, boolean resets, double flip, int qubit, int tag) {
        if (resets) {
            reset(basis, qubit, "a measurement with reset", tag);
        }
        int row = state.popResult();
        recordFlip(row, flip, tag);
        if (row >= 0) {
            addToAnticommuting(basis, qubit, row);
        }
        checkCollapse(basis, qubit, resets ? "a measurement with reset" : "a measurement", tag);
    }

    private void measureProduct(BackwardStep.MeasureProduct m) {
        BackwardStep.Product product = m.product();
        budget.spend(product.qubits().length + 1L);
        int row = state.popResult();
        recordFlip(row, m.flip(), m.tag());
        if (row >= 0) {
            for (int k = 0; k < product.qubits().length; k++) {
                addToAnticommuting(product.letters()[k], product.qubits()[k], row);
            }
        }
        if (product.qubits().length > 0) {
            checkGauge(
                    productRow(product),
                    "a measurement of a Pauli product",
                    product.qubits()[0],
                    m.tag());
        }
    }

    void reset(Pauli basis, int qubit, String what, int tag) {
        checkCollapse(basis, qubit, what, tag);
        state.clear(Sensitivities.byX(qubit));
        state.clear(Sensitivities.byZ(qubit));
    }

    /**
     * A collapse may be followed by the operator it collapses to, so that must not flip anything.
     */
    private void checkCollapse(Pauli basis, int qubit, String what, int tag) {
        int x = Sensitivities.byX(qubit);
        int z = Sensitivities.byZ(qubit);
        switch (basis) {
            case X -> checkGauge(x, what + " in basis X", qubit, tag);
            case Z -> checkGauge(z, what + " in basis Z", qubit, tag);
            default -> {
                if (state.size(x) > 0 || state.size(z) > 0) {
                    state.add(z, x);
                    checkGauge(z, what + " in basis Y", qubit, tag);
                    state.add(z, x);
                }
            }
        }
    }

    private void checkGauge(int row, String what, int qubit, int tag) {
        int size = state.size(row);
        if (size == 0) {
            return;
        }
        int[] ids = Arrays.copyOf(state.row(row), size);
        if (!options.allowGauge() || Ids.isObservable(ids[size - 1])) {
            throw new AnalysisFailure(
                    Nondeterminism.describe(program, state, ids, what, qubit, options.allowGauge()),
                    ticks);
        }
        if (recording) {
            table.push(ids, 0, size);
            table.accumulate(table.store(tag), 0.5);
        }
        state.eliminate(ids, size);
    }

    // Noise.

    private int storedRow(int row, int tag) {
        table.push(state.row(row), 0, state.size(row));
        return table.store(tag);
    }

    private void flip(BackwardStep.Flip f) {
        if (!recording) {
            return;
        }
        budget.spend(f.qubits().length);
        for (int q : f.qubits()) {
            if (f.pauli() != Pauli.Z) {
                table.push(state.row(Sensitivities.byX(q)), 0, state.size(Sensitivities.byX(q)));
            }
            if (f.pauli() == Pauli.Z) {
                table.push(state.row(Sensitivities.byZ(q)), 0, state.size(Sensitivities.byZ(q)));
            } else if (f.pauli() == Pauli.Y) {
                table.pushSum(state.row(Sensitivities.byZ(q)), state.size(Sensitivities.byZ(q)));
            }
            table.accumulate(table.store(f.tag()), f.probability());
        }
    }

    private void channel(BackwardStep.Channel c) {
        if (!recording) {
            return;
        }
        if (c.refusal() != null) {
            throw new CircuitException(c.refusal());
        }
        if (c.arguments() != null) {
            checkDisjoint(c.name(), c.arguments(), true);
        }
        int[] targets = c.targets();
        int basis = 2 * c.qubits();
        budget.spend(targets.length);
        for (int start = 0; start < targets.length; start += c.qubits()) {
            for (int k = 0; k < basis; k++) {
                int order = c.order()[k];
                int row = 2 * targets[start + (order >> 1)] + (order & 1);
                combinations.stored[1 << k] = storedRow(row, c.tag());
            }
            combinations.add(basis, c.probabilities(), c.disjoint(), c.tag());
        }
    }

    private void herald(BackwardStep.Herald h) {
        if (recording) {
            checkDisjoint(h.name(), h.arguments(), h.single());
        }
        budget.spend(h.targets().length);
        for (int k = h.targets().length - 1; k >= 0; k--) {
            int row = state.popResult();
            if (!recording) {
                continue;
            }
            int q = h.targets()[k];
            combinations.stored[1] = storedRow(Sensitivities.byZ(q), h.tag());
            combinations.stored[2] = storedRow(Sensitivities.byX(q), h.tag());
            if (row >= 0) {
                combinations.stored[4] = storedRow(row, h.tag());
            } else {
                combinations.stored[4] = table.store(h.tag());
            }
            combinations.add(3, h.probabilities(), true, h.tag());
        }
    }

    void correlated(BackwardStep.Correlated c, double p) {
        if (!recording) {
            return;
        }
        budget.spend(c.product().qubits().length);
        table.accumulate(storedRow(productRow(c.product()), c.tag()), p);
    }

    /** A chain of correlated errors, the first one last. */
    private void chain(List<BackwardStep.Correlated> chain) {
        if (!recording) {
            return;
        }
        if (chain.size() == 1) {
            correlated(chain.getFirst(), chain.getFirst().probability());
            return;
        }
        checkDisjoint("ELSE_CORRELATED_ERROR", new double[0], false);
        double remaining = 1;
        for (BackwardStep.Correlated c : chain.reversed()) {
            double p = c.probability() * remaining;
            remaining *= 1 - c.probability();
            checkThreshold("a chain of CORRELATED_ERROR and ELSE_CORRELATED_ERROR", p);
            correlated(c, p);
        }
    }

    private void checkDisjoint(String name, double[] arguments, boolean singleIsExact) {
        if (singleIsExact && Arrays.stream(arguments).filter(p -> p > 0).count() <= 1) {
            return;
        }
        if (options.disjointThreshold() == 0) {
            throw new CircuitException(
                    "%s has errors that exclude each other, and a detector error model has only independent ones. Maybe approximate disjoint errors (--approximate_disjoint_errors)?"
                            .formatted(name));
        }
        for (double p : arguments) {
            checkThreshold(name, p);
        }
    }

    private void checkThreshold(String name, double p) {
        if (p > options.disjointThreshold()) {
            throw new CircuitException(
                    "%s has an error of probability %s, more than the threshold %s up to which disjoint errors count as independent."
                            .formatted(name, p, options.disjointThreshold()));
        }
    }

    // Annotations.

    private void detector(BackwardStep.Detector d) {
        budget.spend(1 + d.lookbacks().length);
        if (--state.detector < 0) {
            throw new CircuitException(
                    "more than 2^30 detectors would have to be followed one by one. Maybe fold loops?");
        }
        for (int lookback : d.lookbacks()) {
            int row = state.resultRow(lookback);
            budget.spend(state.size(row) >> 3);
            state.toggle(row, state.detector);
        }
        if (recording) {
            budget.keep();
            emitted.add(
                    new Emitted.Detector(
                            state.detectorBase + state.detector, d.coordinates(), d.tag()));
        }
    }

    private void observable(BackwardStep.Observable o) {
        int id = Ids.OBSERVABLES + o.id();
        for (int lookback : o.lookbacks()) {
            state.toggle(state.resultRow(lookback), id);
        }
        for (int k = 0; k < o.paulis().qubits().length; k++) {
            int q = o.paulis().qubits()[k];
            Pauli pauli = o.paulis().letters()[k];
            if (pauli.hasZ()) {
                state.toggle(Sensitivities.byX(q), id);
            }
            if (pauli.hasX()) {
                state.toggle(Sensitivities.byZ(q), id);
            }
        }
        if (recording) {
            budget.keep();
            emitted.add(new Emitted.Observable(o.id(), o.tag()));
        }
    }

    // Loops.

    private void loop(BackwardStep.Loop loop) {
        long count = loop.count();
        if (!options.fold()) {
            for (long k = 0; k < count; k++) {
                budget.spend(1);
                undo(loop.body());
            }
            return;
        }
        long done = 0;
        long ahead = 0;
        var hare = new BackwardWalk(this);
        boolean recurs = false;
        try {
            while (ahead < count) {
                budget.spend(1 + state.qubits());
                hare.undo(loop.body());
                ahead++;
                if (hare.state.isShifted(state)) {
                    recurs = ahead < count;
                    break;
                }
                if (ahead % 2 == 0) {
                    undo(loop.body());
                    done++;
                    if (hare.state.isShifted(state)) {
                        recurs = ahead < count;
                        break;
                    }
                }
            }
        } catch (AnalysisFailure e) {
            // The walk itself will come to the same place and tell with what it knows then.
            if (Budget.isOver(e)) {
                throw e;
            }
        }
        if (recurs) {
            done = fold(loop, done, ahead - done, hare);
        }
        while (done < count) {
            undo(loop.body());
            done++;
        }
    }

    /**
     * Puts all whole periods but what comes before them into one repeated block.
     *
     * @param done how many iterations are undone
     * @param period after how many iterations the state recurs
     * @param hare the walk that is one period ahead
     * @return how many iterations are undone then
     */
    private long fold(BackwardStep.Loop loop, long done, long period, BackwardWalk hare) {
        long periods = (loop.count() - done) / period;
        if (periods <= 1) {
            return done;
        }
        long detectors =
                state.detectorBase + state.detector - hare.state.detectorBase - hare.state.detector;
        long results = state.resultBase + state.result - hare.state.resultBase - hare.state.result;
        long ticksEach = ticks - hare.ticks;
        flush();
        List<Emitted> before = emitted;
        emitted = new ArrayList<>();
        // As if all but the first of the periods were undone already.
        long skipped = periods - 1;
        state.detectorBase -= skipped * detectors;
        state.resultBase -= skipped * results;
        ticks -= skipped * ticksEach;
        for (long k = 0; k < period; k++) {
            undo(loop.body());
        }
        flush();
        List<Emitted> body = emitted;
        emitted = before;
        addShift(body, detectors - shiftOf(body));
        emitted.add(new Emitted.Loop(periods, body, loop.tag()));
        return done + periods * period;
    }

    private static long shiftOf(List<Emitted> emitted) {
        long shift = 0;
        for (Emitted e : emitted) {
            switch (e) {
                case Emitted.Shift s -> shift += s.detectors();
                case Emitted.Loop l -> shift += l.count() * shiftOf(l.body());
                default -> {}
            }
        }
        return shift;
    }

    /** Lets a body end with a shift; the end is where the list starts. */
    private static void addShift(List<Emitted> body, long detectors) {
        if (detectors <= 0) {
            return;
        }
        if (!body.isEmpty() && body.getFirst() instanceof Emitted.Shift s) {
            body.set(0, new Emitted.Shift(s.coordinates(), s.detectors() + detectors, s.tag()));
        } else {
            body.add(0, new Emitted.Shift(List.of(), detectors, ""));
        }
    }

    /** Emits the errors found since the last time. */
    private void flush() {
        if (!recording) {
            return;
        }
        if (options.decompose()) {
            Decomposition.apply(
                    table,
                    program.observables(),
                    state.detectorBase,
                    !options.blockRemnants(),
                    options.ignoreFailures());
        }
        Emitted.@Nullable Errors errors = table.emit(state.detectorBase);
        if (errors != null) {
            emitted.add(errors);
        }
        table.clear();
    }
}
