package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.clifford.Step;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Where detectors and observables look: at each TICK, the Pauli string whose anticommuting errors
 * flip them.
 *
 * <pre>{@code
 * var regions = DetectingRegions.of(circuit);
 * regions.detector(0);       // tick -> string, for the ticks at which it looks at something
 * }</pre>
 *
 * <p>Found by going back from the end with, for each qubit, the sets of detectors that X and Z
 * errors on it flip.
 */
public final class DetectingRegions extends ReverseWalk {
    private static final int[] NONE = {};

    private final int qubits;
    private final LongPredicate wantedTicks;
    private final boolean strict;

    /** Sorted sets of what has X (Z) on the qubit. Observable k is {@code ~k}. */
    private final int[][] xs;

    private final int[][] zs;

    /** What waits for each result. */
    private final Map<Integer, int[]> waiting = new HashMap<>();

    private final Map<Integer, TreeMap<Long, PauliString>> regions = new HashMap<>();

    private DetectingRegions(int qubits, LongPredicate wantedTicks, boolean strict) {
        this.qubits = qubits;
        this.wantedTicks = wantedTicks;
        this.strict = strict;
        this.xs = new int[qubits][];
        this.zs = new int[qubits][];
        Arrays.fill(xs, NONE);
        Arrays.fill(zs, NONE);
    }

    /**
     * The regions of all detectors and observables at all ticks.
     *
     * @throws CircuitException if a detector or observable is not deterministic: it anticommutes
     *     with a measurement, a reset or the zero state at the start
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit is not Clifford or
     *     branches on results
     */
    public static DetectingRegions of(Circuit circuit) {
        return of(circuit, tick -> true, true);
    }

    /**
     * The regions of all detectors and observables at some ticks.
     *
     * @param wantedTicks which ticks are kept, counted from 0
     * @param strict whether detectors that are not deterministic are refused; if not, what
     *     anticommutes is passed over
     */
    public static DetectingRegions of(Circuit circuit, LongPredicate wantedTicks, boolean strict) {
        var result = new DetectingRegions(circuit.qubits(), wantedTicks, strict);
        result.walk(circuit);
        for (int q = 0; q < result.qubits; q++) {
            result.requireNone(result.xs[q], "the zero state of qubit " + q + " at the start");
        }
        return result;
    }

    /** A detector's strings by tick, counted from 0; ticks at which it looks at nothing are not. */
    public SortedMap<Long, PauliString> detector(int index) {
        return region(index);
    }

    /** An observable's strings by tick, as {@link #detector}. */
    public SortedMap<Long, PauliString> observable(int index) {
        return region(~index);
    }

    private SortedMap<Long, PauliString> region(int key) {
        return Collections.unmodifiableSortedMap(regions.getOrDefault(key, new TreeMap<>()));
    }

    @Override
    void tick(long index) {
        if (!wantedTicks.test(index)) {
            return;
        }
        Map<Integer, long[][]> bits = new HashMap<>();
        int words = (qubits + 63) >> 6;
        for (int q = 0; q < qubits; q++) {
            for (int part = 0; part < 2; part++) {
                for (int key : part == 0 ? xs[q] : zs[q]) {
                    long[][] found = bits.computeIfAbsent(key, k -> new long[2][words]);
                    found[part][q >> 6] |= 1L << q;
                }
            }
        }
        bits.forEach(
                (key, found) ->
                        regions.computeIfAbsent(key, k -> new TreeMap<>())
                                .put(index, PauliString.ofBits(qubits, found[0], found[1], 0)));
    }

    @Override
    void detector(Step.Detector detector, int index, int results) {
        for (int lookback : detector.lookbacks()) {
            wait(results - lookback, new int[] {index});
        }
    }

    private void wait(int result, int[] keys) {
        waiting.merge(result, keys, DetectingRegions::xor);
    }

    /** The symmetric difference of sorted sets. */
    private static int[] xor(int[] a, int[] b) {
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

    private void requireNone(int[] keys, String what) {
        if (strict && keys.length > 0) {
            int key = keys[keys.length - 1];
            throw new CircuitException(
                    (key >= 0 ? "detector D" + key : "observable L" + ~key)
                            + " anticommutes with "
                            + what
                            + ", so it is not deterministic");
        }
    }

    @Override
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
                int mask =
                        (h & 1) == 0
                                ? u.backward().x(g >> 1, ofZ)
                                : u.backward().z(g >> 1, ofZ);
                if ((mask >> (h >> 1) & 1) != 0) {
                    keys = xor(keys, old[g]);
                }
            }
            ((h & 1) == 0 ? xs : zs)[u.targets()[from + (h >> 1)]] = keys;
        }
    }

    private int[] anticommuting(Step.Product product) {
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
