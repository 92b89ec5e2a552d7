package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.clifford.Step;

import java.util.Arrays;
import java.util.List;

/**
 * Follows outputs of flows back through a circuit. In the Heisenberg picture each step maps a Pauli
 * string times a parity of results to another such product or, where they anticommute with what is
 * measured, to zero; so this decides exactly, signs included, and without sampling.
 */
final class FlowCheck extends ReverseWalk {
    private final FlowRow[] rows;
    private final boolean[] failed;

    private FlowCheck(int qubits, int results, List<Flow> flows) {
        rows = new FlowRow[flows.size()];
        failed = new boolean[rows.length];
        for (int f = 0; f < rows.length; f++) {
            rows[f] = start(qubits, results, flows.get(f));
        }
    }

    private static FlowRow start(int qubits, int results, Flow flow) {
        FlowRow row = new FlowRow(qubits);
        PauliString output = flow.output().padded(qubits);
        System.arraycopy(output.xBits(), 0, row.inX, 0, row.inX.length);
        System.arraycopy(output.zBits(), 0, row.inZ, 0, row.inZ.length);
        for (int result : flow.results()) {
            int index = result < 0 ? result + results : result;
            if (index < 0 || index >= results) {
                throw new IllegalArgumentException(
                        "%s names result %d, and the circuit has %d."
                                .formatted(flow, result, results));
            }
            row.results.flip(index);
        }
        flow.observables().forEach(row.observables::set);
        return row;
    }

    static boolean[] of(Circuit circuit, List<Flow> flows, boolean unsigned) {
        int qubits = circuit.qubits();
        for (Flow flow : flows) {
            qubits = Math.max(qubits, Math.max(flow.input().qubits(), flow.output().qubits()));
        }
        FlowCheck check =
                new FlowCheck(qubits, (int) Math.min(Integer.MAX_VALUE, circuit.results()), flows);
        check.walk(circuit);
        boolean[] holds = new boolean[flows.size()];
        for (int f = 0; f < holds.length; f++) {
            PauliString input = flows.get(f).input().padded(qubits);
            // P -> i^phase Q was found, with P and Q positive, and i^p P -> i^q Q is asked.
            int asked = flows.get(f).output().phase() - input.phase() & 3;
            holds[f] =
                    !check.failed[f]
                            && Arrays.equals(input.xBits(), check.rows[f].inX)
                            && Arrays.equals(input.zBits(), check.rows[f].inZ)
                            && (unsigned || check.rows[f].phase == asked);
        }
        return holds;
    }

    @Override
    void step(Step step, int firstResult) {
        for (int f = 0; f < rows.length; f++) {
            if (!failed[f]) {
                failed[f] = !unapply(rows[f], step, firstResult);
            }
        }
    }

    /** Takes a row back through a step; false if that leaves nothing. */
    private static boolean unapply(FlowRow row, Step step, int firstResult) {
        switch (step) {
            case Step.Unitary u -> {
                int arity = u.backward().qubits();
                for (int k = u.targets().length - arity; k >= 0; k -= arity) {
                    row.unapply(u.backward(), u.targets(), k);
                }
            }
            case Step.Rotate r -> row.unrotate(r);
            case Step.Feedback f -> {
                if (row.anticommutes(f.pauli(), f.qubit())) {
                    row.results.flip(firstResult - f.lookback());
                }
            }
            case Step.Reset r -> {
                for (int k = r.qubits().length - 1; k >= 0; k--) {
                    if (!reset(row, r.basis(), r.qubits()[k])) {
                        return false;
                    }
                }
            }
            case Step.Measure m -> {
                for (int k = m.qubits().length - 1; k >= 0; k--) {
                    int q = m.qubits()[k];
                    Step.Product product = FlowTable.single(m.basis(), q, m.inverted()[k]);
                    if (m.resets() && !reset(row, m.basis(), q)
                            || !measure(row, product, firstResult + k)) {
                        return false;
                    }
                }
            }
            case Step.MeasureProduct m -> {
                return measure(row, m.product(), firstResult);
            }
            case Step.MeasureAbsence m -> constants(row, m.inverted(), firstResult);
            case Step.Pad p -> constants(row, p.values(), firstResult);
            case Step.Observable o -> {
                if (row.observables.get(o.index())) {
                    for (int lookback : o.lookbacks()) {
                        row.results.flip(firstResult - lookback);
                    }
                    row.times(o.paulis());
                }
            }
            default -> {}
        }
        return true;
    }

    private static void constants(FlowRow row, boolean[] values, int firstResult) {
        for (int k = 0; k < values.length; k++) {
            if (row.results.get(firstResult + k) && values[k]) {
                row.phase = row.phase + 2 & 3;
            }
        }
    }

    private static boolean reset(FlowRow row, Pauli basis, int q) {
        if (row.anticommutes(basis, q)) {
            return false;
        }
        row.clearQubit(q);
        return true;
    }

    private static boolean measure(FlowRow row, Step.Product product, int result) {
        if (row.anticommutes(product)) {
            return false;
        }
        if (row.results.get(result)) {
            row.times(product);
        }
        return true;
    }
}
