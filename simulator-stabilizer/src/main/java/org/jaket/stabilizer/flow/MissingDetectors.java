package org.jaket.stabilizer.flow;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Detector;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** Parities of results that are always fixed and that no detector or observable looks at. */
public final class MissingDetectors {
    private record Parity(BitSet results, boolean isNew) {}

    private MissingDetectors() {}

    /**
     * Detectors to put at the end of a circuit, so that its detectors and observables together
     * generate all fixed parities. They are as independent as possible, not as short as possible.
     *
     * @param unknownInput whether qubits may start in any state, instead of the zero state
     * @return a circuit of DETECTOR alone, empty if none is missing
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit is not Clifford or
     *     branches on results
     */
    public static Circuit of(Circuit circuit, boolean unknownInput) {
        Circuit prepared = circuit;
        if (!unknownInput && circuit.qubits() > 0) {
            Operation reset = new Reset(Pauli.Z, Targets.range(0, circuit.qubits()), "");
            prepared =
                    circuit.withBody(
                            new BlockBuilder().append(reset).append(circuit.body()).build());
        }
        List<Parity> rows = new ArrayList<>();
        declared(circuit).forEach(parity -> rows.add(new Parity(parity, false)));
        List<BitSet> declared = rows.stream().map(row -> (BitSet) row.results.clone()).toList();
        for (FlowRow row : parities(prepared)) {
            rows.add(new Parity(row.results, true));
        }
        int results = (int) circuit.results();
        eliminate(rows, results);
        BlockBuilder missing = new BlockBuilder();
        for (Parity row : rows) {
            if (row.isNew && !row.results.isEmpty()) {
                missing.append(detector(row.results, declared, results));
            }
        }
        return Circuit.of(missing.build());
    }

    private static List<FlowRow> parities(Circuit circuit) {
        FlowTable table = FlowTable.of(circuit, 0);
        table.reduce((int) circuit.results());
        table.rows.sort(FlowRow::compare);
        return table.rows.stream().filter(FlowRow::hasNoLetters).toList();
    }

    private static Detector detector(BitSet parity, List<BitSet> declared, int results) {
        // Shorter, where a whole declared parity contains this one.
        for (BitSet other : declared) {
            BitSet outside = (BitSet) parity.clone();
            outside.andNot(other);
            if (outside.isEmpty()) {
                parity.xor(other);
            }
        }
        int[] lookbacks = parity.stream().map(r -> Target.record(results - r)).toArray();
        return new Detector(List.of(), Targets.of(lookbacks), "");
    }

    private static void eliminate(List<Parity> rows, int results) {
        int done = 0;
        for (int m = 0; m < results && done < rows.size(); m++) {
            int pivot = pivot(rows, done, m);
            if (pivot < 0) {
                continue;
            }
            Parity row = rows.get(pivot);
            for (int r = 0; r < rows.size(); r++) {
                if (r != pivot && rows.get(r).results.get(m)) {
                    rows.get(r).results.xor(row.results);
                }
            }
            rows.set(pivot, rows.get(done));
            rows.set(done++, row);
        }
    }

    /** A row with the result, a declared one if possible. */
    private static int pivot(List<Parity> rows, int from, int result) {
        int found = -1;
        for (int r = from; r < rows.size(); r++) {
            if (rows.get(r).results.get(result)) {
                if (!rows.get(r).isNew) {
                    return r;
                }
                found = found < 0 ? r : found;
            }
        }
        return found;
    }

    /** The parities of detectors, then those of observables made of results alone. */
    private static List<BitSet> declared(Circuit circuit) {
        List<BitSet> detectors = new ArrayList<>();
        TreeMap<Integer, BitSet> observables = new TreeMap<>();
        BitSet withPaulis = new BitSet();
        collect(circuit.body(), 0, detectors, observables, withPaulis);
        observables.forEach(
                (index, parity) -> {
                    if (!withPaulis.get(index)) {
                        detectors.add(parity);
                    }
                });
        return detectors;
    }

    private static long collect(
            Block block,
            long start,
            List<BitSet> detectors,
            TreeMap<Integer, BitSet> observables,
            BitSet withPaulis) {
        long results = start;
        for (Operation operation : block.operations()) {
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        results = collect(r.body(), results, detectors, observables, withPaulis);
                    }
                }
                case Detector d -> {
                    BitSet parity = new BitSet();
                    toggle(parity, d.targets(), results);
                    detectors.add(parity);
                }
                case ObservableInclude o -> {
                    toggle(
                            observables.computeIfAbsent(o.observable(), k -> new BitSet()),
                            o.targets(),
                            results);
                    if (o.targets().stream().anyMatch(Target::isPauli)) {
                        withPaulis.set(o.observable());
                    }
                }
                default -> results += operation.results();
            }
        }
        return results;
    }

    private static void toggle(BitSet parity, Targets targets, long results) {
        targets.stream()
                .filter(Target::isRecord)
                .forEach(t -> parity.flip((int) (results - Target.value(t))));
    }
}
