package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.stabilizer.clifford.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Generators of all flows of a circuit, found from its end: the flows of nothing are {@code P ->
 * P}, a gate changes inputs, and what collapses a qubit ends the flows that anticommute with it,
 * but for products of two of them.
 */
final class FlowTable extends ReverseWalk {
    /** The most qubits: the rows take as many bytes as the square of their number. */
    static final int MAX_QUBITS = 20_000;

    /** The most results, of which each may be a row of as many bits. */
    static final int MAX_RESULTS = 50_000;

    private final int qubits;
    final List<FlowRow> rows = new ArrayList<>();

    /** Rows without letters, which nothing changes any more. */
    private final List<FlowRow> parities = new ArrayList<>();

    private FlowTable(int qubits) {
        this.qubits = qubits;
        for (int q = 0; q < qubits; q++) {
            for (int part = 0; part < 2; part++) {
                FlowRow row = add();
                FlowRow.set(part == 0 ? row.inX : row.inZ, q, true);
                FlowRow.set(part == 0 ? row.outX : row.outZ, q, true);
            }
        }
    }

    private FlowRow add() {
        FlowRow row = new FlowRow(qubits);
        rows.add(row);
        return row;
    }

    /** The generators, not reduced. */
    static FlowTable of(Circuit circuit, int atLeastQubits) {
        int qubits = Math.max(circuit.qubits(), atLeastQubits);
        if (qubits > MAX_QUBITS || circuit.results() > MAX_RESULTS) {
            throw new CircuitException(
                    "generators of flows are found for at most %d qubits and %d results, and there are %d and %d"
                            .formatted(MAX_QUBITS, MAX_RESULTS, qubits, circuit.results()));
        }
        FlowTable table = new FlowTable(qubits);
        table.walk(circuit);
        table.rows.addAll(table.parities);
        return table;
    }

    @Override
    void step(Step step, int firstResult) {
        if (rows.size() > 3 * qubits + 64) {
            setParitiesAside();
        }
        switch (step) {
            case Step.Unitary u -> {
                int arity = u.backward().qubits();
                for (int k = u.targets().length - arity; k >= 0; k -= arity) {
                    for (FlowRow row : rows) {
                        row.unapply(u.backward(), u.targets(), k);
                    }
                }
            }
            case Step.Rotate r -> rows.forEach(row -> row.unrotate(r));
            case Step.Feedback f -> {
                for (FlowRow row : rows) {
                    if (row.anticommutes(f.pauli(), f.qubit())) {
                        row.results.flip(firstResult - f.lookback());
                    }
                }
            }
            case Step.Reset r -> {
                for (int k = r.qubits().length - 1; k >= 0; k--) {
                    reset(r.basis(), r.qubits()[k]);
                }
            }
            case Step.Measure m -> {
                for (int k = m.qubits().length - 1; k >= 0; k--) {
                    if (m.resets()) {
                        reset(m.basis(), m.qubits()[k]);
                    }
                    measure(single(m.basis(), m.qubits()[k], m.inverted()[k]), firstResult + k);
                }
            }
            case Step.MeasureProduct m -> measure(m.product(), firstResult);
            case Step.MeasureAbsence m -> constants(m.inverted(), firstResult);
            case Step.Pad p -> constants(p.values(), firstResult);
            case Step.PauliNoise n -> {
                for (int k = 0; n.noise().isHeralded() && k < n.targets().length; k++) {
                    add().results.set(firstResult + k);
                }
            }
            default -> {}
        }
    }

    private void constants(boolean[] values, int firstResult) {
        for (int k = 0; k < values.length; k++) {
            FlowRow row = add();
            row.results.set(firstResult + k);
            row.phase = values[k] ? 2 : 0;
        }
    }

    static Step.Product single(Pauli basis, int q, boolean negative) {
        int[] here = {q};
        int[] none = {};
        return new Step.Product(basis.hasX() ? here : none, basis.hasZ() ? here : none, negative);
    }

    private void measure(Step.Product product, int result) {
        endAnticommuting(product);
        FlowRow row = add();
        row.times(product);
        row.results.set(result);
        // The product, sign included, leads to the result alone.
    }

    private void reset(Pauli basis, int q) {
        endAnticommuting(single(basis, q, false));
        rows.forEach(row -> row.clearQubit(q));
    }

    private void endAnticommuting(Step.Product product) {
        FlowRow first = null;
        for (FlowRow row : rows) {
            if (row.anticommutes(product)) {
                if (first == null) {
                    first = row;
                } else {
                    row.multiply(first);
                }
            }
        }
        if (first != null) {
            FlowRow gone = first;
            rows.removeIf(row -> row == gone);
        }
    }

    private void setParitiesAside() {
        eliminateLetters(rows, rows.size());
        rows.removeIf(row -> row.hasNoLetters() && parities.add(row));
    }

    /** Reduces rows over their letters, inputs first, and returns how many have a pivot. */
    static int eliminateLetters(List<FlowRow> rows, int available) {
        int done = 0;
        int qubits = rows.isEmpty() ? 0 : rows.getFirst().qubits;
        for (int side = 0; side < 2; side++) {
            for (int q = 0; q < qubits; q++) {
                for (int part = 0; part < 2; part++) {
                    boolean in = side == 0;
                    boolean ofX = part == 0;
                    int qubit = q;
                    Predicate<FlowRow> has =
                            row ->
                                    FlowRow.get(
                                            in
                                                    ? ofX ? row.inX : row.inZ
                                                    : ofX ? row.outX : row.outZ,
                                            qubit);
                    done += pivot(rows, done, available, has) ? 1 : 0;
                }
            }
        }
        return done;
    }

    /** Takes a bit from all rows but one, which becomes row {@code done}. */
    private static boolean pivot(
            List<FlowRow> rows, int done, int available, Predicate<FlowRow> has) {
        int pivot = done;
        while (pivot < available && !has.test(rows.get(pivot))) {
            pivot++;
        }
        if (pivot >= available) {
            return false;
        }
        FlowRow row = rows.get(pivot);
        for (FlowRow other : rows) {
            if (other != row && has.test(other)) {
                other.multiply(row);
            }
        }
        rows.set(pivot, rows.get(done));
        rows.set(done, row);
        return true;
    }

    /** Brings the rows to their one reduced form. */
    void reduce(int results) {
        int done = eliminateLetters(rows, rows.size());
        for (int m = 0; m < results && done < rows.size(); m++) {
            int result = m;
            done += pivot(rows, done, rows.size(), row -> row.results.get(result)) ? 1 : 0;
        }
        rows.removeIf(row -> row.hasNoLetters() && row.results.isEmpty());
    }
}
