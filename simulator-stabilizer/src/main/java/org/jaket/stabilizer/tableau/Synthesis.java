package org.jaket.stabilizer.tableau;

import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.QubitRegister;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Circuits for Clifford operations and stabiliser states. */
public final class Synthesis {
    private final int qubits;
    private final BlockBuilder out = new BlockBuilder();

    private Synthesis(int qubits) {
        this.qubits = qubits;
    }

    private void emit(StandardGate gate, int a, int b) {
        out.append(b < 0 ? GateOperation.of(gate, a) : GateOperation.of(gate, a, b));
    }

    private Circuit build() {
        List<QubitRegister> registers =
                qubits == 0 ? List.of() : List.of(new QubitRegister("q", 0, qubits));
        return Circuit.of(registers, List.of(), out.build());
    }

    /**
     * A circuit of H, S, CX and Pauli gates for an operation: qubit by qubit, the strings that the
     * operation maps to X and Z are swept to X and Z. At most {@code O(n^2)} gates.
     */
    public static Circuit eliminate(PauliRows operation) {
        int n = operation.qubits;
        PauliRows rest = operation.copy();
        Synthesis circuit = new Synthesis(n);
        Gates gates = new Gates(rest);
        Sweep sweep =
                new Sweep(
                        n,
                        (gate, a, b) -> {
                            circuit.emit(gate, a, b);
                            gates.prependInverse(gate, a, b);
                        });
        for (int k = 0; k < n; k++) {
            PauliString toX = rest.inverseImage(PauliString.single(n, k, Pauli.X));
            PauliString toZ = rest.inverseImage(PauliString.single(n, k, Pauli.Z));
            sweep.pair(toX, toZ, k);
        }
        return circuit.build();
    }

    /**
     * A circuit that prepares the state of commuting independent stabilisers, one a qubit, as a
     * graph state: RX on all qubits, a layer of CZ, a layer of gates of one qubit.
     */
    public static Circuit graphState(List<PauliString> stabilizers) {
        int n = stabilizers.size();
        PauliTable table = PauliTable.of(n, stabilizers);
        // Qubits without a pivot in X get one in Z: a Hadamard there makes it X.
        boolean[] turned = new boolean[n];
        int[] qubitOf = new int[n];
        int done = 0;
        for (int part = 0; part < 2; part++) {
            for (int q = 0; q < n; q++) {
                boolean isFree = part == 0 || !contains(qubitOf, done, q);
                if (done < n && isFree && table.pivot(done, part == 1, q)) {
                    turned[q] = part == 1;
                    qubitOf[done++] = q;
                }
            }
        }
        int[] rowOf = new int[n];
        for (int r = 0; r < n; r++) {
            rowOf[qubitOf[r]] = r;
        }
        Synthesis circuit = new Synthesis(n);
        if (n > 0) {
            circuit.out.append(new Reset(Pauli.X, Targets.range(0, n), ""));
            circuit.out.append(new Tick(""));
        }
        boolean hasEdges = false;
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                // In the turned frame the row of qubit a has Z on its neighbours.
                if (table.bit(rowOf[a], !turned[b], b)) {
                    circuit.emit(StandardGate.CZ, a, b);
                    hasEdges = true;
                }
            }
        }
        if (hasEdges) {
            circuit.out.append(new Tick(""));
        }
        List<List<Integer>> byGate = new ArrayList<>();
        StandardGate[] singles = singles();
        for (int g = 0; g < singles.length; g++) {
            byGate.add(new ArrayList<>());
        }
        for (int q = 0; q < n; q++) {
            byGate.get(local(table, rowOf[q], q, turned[q], singles)).add(q);
        }
        for (int g = 0; g < singles.length; g++) {
            if (singles[g] != StandardGate.I && !byGate.get(g).isEmpty()) {
                int[] targets = byGate.get(g).stream().mapToInt(Integer::intValue).toArray();
                circuit.out.append(GateOperation.of(singles[g], targets));
            }
        }
        return circuit.build();
    }

    private static boolean contains(int[] values, int count, int value) {
        return Arrays.stream(values, 0, count).anyMatch(v -> v == value);
    }

    private static StandardGate[] singles() {
        return Arrays.stream(StandardGate.values())
                .filter(g -> g.qubits() == 1 && g.isClifford())
                .toArray(StandardGate[]::new);
    }

    /**
     * The gate that takes the vertex' X to its stabiliser's letter on it, sign included, and Z to
     * what the neighbours' rows have there.
     */
    private static int local(
            PauliTable table, int row, int q, boolean turned, StandardGate[] singles) {
        Pauli toX = Pauli.of(table.bit(row, false, q), table.bit(row, true, q));
        Pauli toZ = turned ? Pauli.X : Pauli.Z;
        for (int g = 0; g < singles.length; g++) {
            CliffordAction action = Objects.requireNonNull(singles[g].clifford());
            // Neighbours' rows see Z through this gate, so their signs must not change.
            if (matches(action, false, toX, table.isNegative(row))
                    && matches(action, true, toZ, false)) {
                return g;
            }
        }
        throw new AssertionError(toX + " " + toZ);
    }

    private static boolean matches(
            CliffordAction action, boolean ofZ, Pauli letter, boolean negative) {
        return action.x(0, ofZ) == (letter.hasX() ? 1 : 0)
                && action.z(0, ofZ) == (letter.hasZ() ? 1 : 0)
                && action.negative(0, ofZ) == negative;
    }
}
