package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliString;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which flows a circuit has. Noise is ignored; sweep bits count as zero.
 *
 * <pre>{@code
 * Circuit cx = Circuit.stim("CX 0 1");
 * Flows.has(cx, Flow.parse("X0 -> X0*X1"));        // true
 * Flows.generators(Circuit.stim("M 0"));           // 1 -> Z xor rec[0], Z -> rec[0]
 * }</pre>
 */
public final class Flows {
    private Flows() {}

    /**
     * Whether a circuit has a flow, sign included. Exact, in one pass over the circuit.
     *
     * @throws IllegalArgumentException if the flow names a result that the circuit does not have
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit is not Clifford or
     *     branches on results
     */
    public static boolean has(Circuit circuit, Flow flow) {
        return FlowCheck.of(circuit, List.of(flow), false)[0];
    }

    /** Whether a circuit has a flow up to its sign; otherwise as {@link #has}. */
    public static boolean hasUnsigned(Circuit circuit, Flow flow) {
        return FlowCheck.of(circuit, List.of(flow), true)[0];
    }

    /** Whether a circuit has all of the flows, signs included; one pass for all. */
    public static boolean hasAll(Circuit circuit, List<Flow> flows) {
        return all(FlowCheck.of(circuit, flows, false));
    }

    /** Whether a circuit has all of the flows up to their signs; one pass for all. */
    public static boolean hasAllUnsigned(Circuit circuit, List<Flow> flows) {
        return all(FlowCheck.of(circuit, flows, true));
    }

    private static boolean all(boolean[] holds) {
        return IntStream.range(0, holds.length).allMatch(k -> holds[k]);
    }

    /**
     * Flows whose products are all flows of a circuit, observables aside: the reduced generators in
     * Stim's order.
     *
     * @throws org.jaket.circuit.CircuitException beyond 20,000 qubits or 50,000 results
     * @throws org.jaket.execution.UnsupportedCircuitException as {@link #has}
     */
    public static List<Flow> generators(Circuit circuit) {
        FlowTable table = FlowTable.of(circuit, 0);
        table.reduce((int) circuit.results());
        table.rows.sort(FlowRow::compare);
        return table.rows.stream().map(Flows::flow).toList();
    }

    private static Flow flow(FlowRow row) {
        PauliString output = shortened(row.output()).timesPhase(row.phase);
        TreeSet<Integer> results = new TreeSet<>();
        row.results.stream().forEach(results::add);
        return new Flow(shortened(row.input()), output, results, new TreeSet<>());
    }

    private static PauliString shortened(PauliString string) {
        return string.weight() == 0 ? PauliString.identity(0) : string;
    }

    /**
     * Results that explain flows: for each flow a set with which the circuit has it up to sign, or
     * empty if there is none. What the flows say about results and signs is not looked at.
     *
     * <p>Of several sets, one is chosen and shortened by parities that are always fixed; it need
     * not be the smallest.
     *
     * @return indices of results, increasing
     * @throws IllegalArgumentException if a flow has no letters at all
     * @throws org.jaket.execution.UnsupportedCircuitException as {@link #has}
     */
    public static List<Optional<List<Integer>>> solveResults(Circuit circuit, List<Flow> flows) {
        int qubits = 0;
        for (Flow flow : flows) {
            qubits = Math.max(qubits, Math.max(flow.input().qubits(), flow.output().qubits()));
            if (flow.input().weight() + flow.output().weight() == 0) {
                throw new IllegalArgumentException(
                        "%s has no letters, so any fixed parity would do.".formatted(flow));
            }
        }
        FlowTable table = FlowTable.of(circuit, qubits);
        int known = table.rows.size();
        List<FlowRow> all = new ArrayList<>(table.rows);
        int size = Math.max(qubits, circuit.qubits());
        for (Flow flow : flows) {
            FlowRow row = new FlowRow(size);
            copy(flow.input().padded(size), row.inX, row.inZ);
            copy(flow.output().padded(size), row.outX, row.outZ);
            all.add(row);
        }
        int done = FlowTable.eliminateLetters(all, known);
        List<Optional<List<Integer>>> solutions = new ArrayList<>();
        for (FlowRow row : all.subList(known, all.size())) {
            if (!row.hasNoLetters()) {
                solutions.add(Optional.empty());
                continue;
            }
            for (FlowRow parity : all.subList(done, known)) {
                BitSet shorter = (BitSet) row.results.clone();
                shorter.xor(parity.results);
                if (shorter.cardinality() < row.results.cardinality()) {
                    row.results.xor(parity.results);
                }
            }
            solutions.add(Optional.of(row.results.stream().boxed().toList()));
        }
        return solutions;
    }

    private static void copy(PauliString string, long[] x, long[] z) {
        System.arraycopy(string.xBits(), 0, x, 0, x.length);
        System.arraycopy(string.zBits(), 0, z, 0, z.length);
    }
}
