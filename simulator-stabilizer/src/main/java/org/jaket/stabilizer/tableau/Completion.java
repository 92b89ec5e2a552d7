package org.jaket.stabilizer.tableau;

import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;

import java.util.List;
import java.util.Objects;

/** Clifford operations with given images of Z: encoders of stabilisers. */
public final class Completion {
    private static final CliffordAction CX = Objects.requireNonNull(StandardGate.CX.clifford());

    private Completion() {}

    /**
     * An operation that maps {@code Z_k} to the k-th of the stabilisers (redundant ones left out).
     *
     * @param stabilizers Hermitian strings on the same qubits
     * @param redundant whether products of earlier ones may appear
     * @param underconstrained whether there may be fewer than qubits; the rest is then chosen
     * @throws IllegalArgumentException if stabilisers anticommute, contradict each other or are
     *     against one of the two permissions
     */
    public static PauliRows of(
            int qubits,
            List<PauliString> stabilizers,
            boolean redundant,
            boolean underconstrained) {
        PauliRows rows = PauliRows.identity(qubits);
        Gates gates = new Gates(rows);
        Sweep sweep = new Sweep(qubits, gates::prependInverse);
        int used = 0;
        for (int s = 0; s < stabilizers.size(); s++) {
            PauliString wanted = stabilizers.get(s);
            if (wanted.qubits() != qubits || !wanted.isHermitian()) {
                throw new IllegalArgumentException(
                        "Stabiliser %d, %s, is not a Hermitian Pauli string on %d qubits."
                                .formatted(s, wanted.toStim(), qubits));
            }
            PauliString now = rows.inverseImage(wanted);
            requireCommuting(stabilizers, s, now, used);
            PauliString rest = rest(now, used);
            if (rest.weight() == 0) {
                if (now.phase() == 2) {
                    throw new IllegalArgumentException(
                            "Stabiliser %d, %s, contradicts those before it, whose product has the opposite sign."
                                    .formatted(s, wanted.toStim()));
                }
                if (!redundant) {
                    throw new IllegalArgumentException(
                            "Stabiliser %d, %s, is a product of those before it. Maybe allow redundant ones?"
                                    .formatted(s, wanted.toStim()));
                }
                continue;
            }
            sweep.single(rest, used);
            // What is left are Z on earlier qubits, which CX takes away.
            for (int q = 0; q < used; q++) {
                if (now.get(q).hasZ()) {
                    rows.prepend(CX, new int[] {q, used}, 0);
                }
            }
            used++;
        }
        if (used < qubits && !underconstrained) {
            throw new IllegalArgumentException(
                    "There are %d independent stabilisers for %d qubits. Maybe allow underconstrained states?"
                            .formatted(used, qubits));
        }
        return rows;
    }

    private static void requireCommuting(
            List<PauliString> stabilizers, int s, PauliString now, int used) {
        for (int q = 0; q < used; q++) {
            if (now.get(q).hasX()) {
                PauliString wanted = stabilizers.get(s);
                for (int earlier = 0; earlier < s; earlier++) {
                    if (!stabilizers.get(earlier).commutesWith(wanted)) {
                        throw new IllegalArgumentException(
                                "Stabilisers %d and %d, %s and %s, anticommute."
                                        .formatted(
                                                earlier,
                                                s,
                                                stabilizers.get(earlier).toStim(),
                                                wanted.toStim()));
                    }
                }
                throw new AssertionError(now);
            }
        }
    }

    /** The string with I on the first qubits. */
    private static PauliString rest(PauliString string, int from) {
        return PauliString.identity(from)
                .tensor(string.slice(from, string.qubits()))
                .timesPhase(string.phase());
    }
}
