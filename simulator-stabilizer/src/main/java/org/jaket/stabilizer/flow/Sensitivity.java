package org.jaket.stabilizer.flow;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.clifford.Step;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which detectors and observables look at each qubit, at a place in a circuit that was gone through
 * from its end. Detector k is the key k, observable k is {@code ~k}; sets are sorted arrays.
 */
final class Sensitivity {
    static final int[] NONE = {};

    final int qubits;

    /** What has X (Z) on each qubit: flipped by Z (X) errors there. */
    final int[][] xs;

    final int[][] zs;

    /** What waits for each result that lies further back. */
    final Map<Integer, int[]> waiting = new HashMap<>();

    private final boolean strict;

    /** Starts at the end of a circuit; when strict, anticommuting with a collapse is refused. */
    Sensitivity(int qubits, boolean strict) {
        this.qubits = qubits;
        this.strict = strict;
        this.xs = new int[qubits][];
        this.zs = new int[qubits][];
        Arrays.fill(xs, NONE);
        Arrays.fill(zs, NONE);
    }

    void detector(Step.Detector detector, int index, int results) {
        for (int lookback : detector.lookbacks()) {
            wait(results - lookback, new int[] {index});
        }
    }

    /** Adds a string to what a key looks at. */
    void add(PauliString string, int key) {
        int[] keys = {key};
        for (int q : string.support()) {
            xs[q] = string.get(q).hasX() ? xor(xs[q], keys) : xs[q];
            zs[q] = string.get(q).hasZ() ? xor(zs[q], keys) : zs[q];
        }
    }

    void wait(int result, int[] keys) {
        waiting.merge(result, keys, Sensitivity::xor);
    }

    /** The symmetric difference of sorted sets. */
    static int[] xor(int[] a, int[] b) {
        if (a.length == 0 || b.length == 0) {
            return a.length == 0 ? b : a;
        }
        int[] result = new int[a.length + b.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            if (j == b.length || i < a.length && a[i] < b[j]) {
                result[count++] = a[i++];
            } else if (i == a.length || b[j] < a[i]) {
                result[count++] = b[j++];
            } else {
                i++;
                j++;
            }
        }
        return count == 0 ? NONE : count == result.length ? result : Arrays.copyOf(result, count);
    }

    void requireNone(int[] keys, String what) {
        if (strict && keys.length > 0) {
            int key = keys[keys.length - 1];
            throw new CircuitException(
                    (key >= 0 ? "detector D" + key : "observable L" + ~key)
                            + " anticommutes with "
                            + what
                            + ", so it is not deterministic");
        }
    }

    /** Goes back through one step, whose results are those from {@code firstResult} on. */
    void step(Step step, int firstResult) {
        switch (step) {
            case Step.Unitary u -> {
                int arity = u.backward().qubits();
                for (int k = u.targets().length - arity; k >= 0; k -= arity) {
                    unapply(u, k);
                }
            }
            case Step.Rotate r -> times(r.product(), anticommuting(r.product()));
            case Step.Feedback f ->
                    wait(
                            firstResult - f.lookback(),
                            anticommuting(FlowTable.single(f.pauli(), f.qubit(), false)));
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
                    measure(FlowTable.single(m.basis(), m.qubits()[k], false), firstResult + k);
                }
            }
            case Step.MeasureProduct m -> measure(m.product(), firstResult);
            case Step.Observable o -> {
                int[] key = {~o.index()};
                for (int lookback : o.lookbacks()) {
                    wait(firstResult - lookback, key);
                }
                times(o.paulis(), key);
            }
            default -> {}
        }
    }

    private void unapply(Step.Unitary u, int from) {
        int arity = u.backward().qubits();
        int[][] old = new int[2 * arity][];
        for (int g = 0; g < old.length; g++) {
            old[g] = ((g & 1) == 0 ? xs : zs)[u.targets()[from + (g >> 1)]];
        }
        for (int h = 0; h < old.length; h++) {
            int[] keys = NONE;
            for (int g = 0; g < old.length; g++) {
                boolean ofZ = (g & 1) != 0;
                int mask = (h & 1) == 0 ? u.backward().x(g >> 1, ofZ) : u.backward().z(g >> 1, ofZ);
                if ((mask >> (h >> 1) & 1) != 0) {
                    keys = xor(keys, old[g]);
                }
            }
            ((h & 1) == 0 ? xs : zs)[u.targets()[from + (h >> 1)]] = keys;
        }
    }

    int[] anticommuting(Step.Product product) {
        int[] keys = NONE;
        for (int q : product.xs()) {
            keys = xor(keys, zs[q]);
        }
        for (int q : product.zs()) {
            keys = xor(keys, xs[q]);
        }
        return keys;
    }

    private void times(Step.Product product, int[] keys) {
        for (int q : product.xs()) {
            xs[q] = xor(xs[q], keys);
        }
        for (int q : product.zs()) {
            zs[q] = xor(zs[q], keys);
        }
    }

    private void reset(Pauli basis, int q) {
        requireNone(
                anticommuting(FlowTable.single(basis, q, false)),
                "the reset of " + basis + " on qubit " + q);
        xs[q] = NONE;
        zs[q] = NONE;
    }

    private void measure(Step.Product product, int result) {
        requireNone(anticommuting(product), "the measurement of result " + result);
        int[] keys = waiting.remove(result);
        if (keys != null) {
            times(product, keys);
        }
    }
}
