package org.jaket.stabilizer.flow;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.sensitivity.Sensitivities;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

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
public final class DetectingRegions extends SensitivityWalk {
    private final IntPredicate wanted;
    private final LongPredicate wantedTicks;
    private final Map<Integer, TreeMap<Long, PauliString>> regions = new HashMap<>();

    private DetectingRegions(
            Circuit circuit, IntPredicate wanted, LongPredicate wantedTicks, boolean strict) {
        super(circuit, circuit.qubits(), strict);
        this.wanted = wanted;
        this.wantedTicks = wantedTicks;
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
        return of(circuit, key -> true, wantedTicks, strict);
    }

    /**
     * The regions of some detectors and observables at some ticks. All detectors have to be
     * deterministic nevertheless, if that is asked for.
     *
     * @param targets which detectors and observables are kept: those that any of these means
     * @param wantedTicks which ticks are kept, counted from 0
     * @param strict whether detectors that are not deterministic are refused; if not, what
     *     anticommutes is passed over
     */
    public static DetectingRegions of(
            Circuit circuit,
            List<RegionTarget> targets,
            LongPredicate wantedTicks,
            boolean strict) {
        checkLength(circuit.body());
        return of(circuit, new WantedRegions(circuit, targets)::has, wantedTicks, strict);
    }

    private static DetectingRegions of(
            Circuit circuit, IntPredicate wanted, LongPredicate wantedTicks, boolean strict) {
        var result = new DetectingRegions(circuit, wanted, wantedTicks, strict);
        result.walk(circuit);
        result.begin();
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

    /** The detectors that look at something at one of the kept ticks. */
    public SortedSet<Integer> detectors() {
        return regions.keySet().stream()
                .filter(key -> key >= 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The observables that look at something at one of the kept ticks. */
    public SortedSet<Integer> observables() {
        return regions.keySet().stream()
                .filter(key -> key < 0)
                .map(key -> ~key)
                .collect(Collectors.toCollection(TreeSet::new));
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
        int words = (now.qubits() + 63) >> 6;
        for (int q = 0; q < now.qubits(); q++) {
            for (int part = 0; part < 2; part++) {
                int row = part == 0 ? Sensitivities.byZ(q) : Sensitivities.byX(q);
                for (int key : now.symptoms(row)) {
                    if (!wanted.test(key)) {
                        continue;
                    }
                    long[][] found = bits.computeIfAbsent(key, k -> new long[2][words]);
                    found[part][q >> 6] |= 1L << q;
                }
            }
        }
        bits.forEach(
                (key, found) ->
                        regions.computeIfAbsent(key, k -> new TreeMap<>())
                                .put(
                                        index,
                                        PauliString.ofBits(now.qubits(), found[0], found[1], 0)));
    }
}
