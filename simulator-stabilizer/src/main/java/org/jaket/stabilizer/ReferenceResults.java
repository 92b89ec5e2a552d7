package org.jaket.stabilizer;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Lowering;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.tableau.ReferenceSample;

import java.util.BitSet;
import java.util.List;

/**
 * One noiseless run of a circuit, results that are not determined being zero, and the parities of
 * its detectors and observables: what flips are relative to.
 *
 * @param results set bits are results that are 1
 * @param detectors set bits are detectors whose parity is odd
 * @param observables set bits are observables whose parity is odd; Pauli terms do not count
 */
public record ReferenceResults(BitSet results, BitSet detectors, BitSet observables) {
    /** The most results and detectors that are computed, repeats unfolded. */
    private static final long MAX_BITS = 1L << 30;

    /**
     * Runs a circuit once. Sweep bits count as zero.
     *
     * @throws UnsupportedCircuitException if the circuit is not Clifford or branches on results
     * @throws CircuitException if it has more than 2^30 results or detectors
     */
    public static ReferenceResults of(Circuit circuit) {
        List<Step> steps = Lowering.of(circuit.requireBound());
        if (Features.needsSingleShots(steps)) {
            throw new UnsupportedCircuitException(
                    "A circuit whose course depends on results has no one reference.");
        }
        if (Math.max(circuit.results(), circuit.body().detectors()) > MAX_BITS) {
            throw new CircuitException(
                    "%d results and %d detectors are too many for one reference; at most %d"
                            .formatted(circuit.results(), circuit.body().detectors(), MAX_BITS));
        }
        long[] words = ReferenceSample.of(steps, circuit.qubits(), true, Progress.NONE);
        Parities parities = new Parities(BitSet.valueOf(words));
        parities.run(steps);
        return new ReferenceResults(parities.results, parities.detectors, parities.observables);
    }

    /** Adds up the results of detectors and observables. */
    private static final class Parities {
        private final BitSet results;
        private final BitSet detectors = new BitSet();
        private final BitSet observables = new BitSet();
        private int recorded;
        private int detector;

        Parities(BitSet results) {
            this.results = results;
        }

        void run(List<Step> steps) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Measure m -> recorded += m.qubits().length;
                    case Step.MeasureProduct m -> recorded++;
                    case Step.MeasureAbsence m -> recorded += m.qubits().length;
                    case Step.Pad p -> recorded += p.values().length;
                    case Step.PauliNoise n ->
                            recorded += n.noise().isHeralded() ? n.targets().length : 0;
                    case Step.Detector d -> detectors.set(detector++, isOdd(d.lookbacks()));
                    case Step.Observable o -> {
                        if (isOdd(o.lookbacks())) {
                            observables.flip(o.index());
                        }
                    }
                    case Step.Loop l -> {
                        // Turns that record and detect nothing add the same to observables.
                        boolean isCounted =
                                Features.any(
                                        l.body(),
                                        inner ->
                                                Features.results(inner) > 0
                                                        || inner instanceof Step.Detector);
                        long turns = isCounted ? l.count() : l.count() % 2;
                        for (long k = 0; k < turns; k++) {
                            run(l.body());
                        }
                    }
                    default -> {}
                }
            }
        }

        private boolean isOdd(int[] lookbacks) {
            boolean odd = false;
            for (int lookback : lookbacks) {
                if (lookback > recorded) {
                    throw new CircuitException(
                            "rec[-%d] refers to a measurement before the first one; there are %d so far"
                                    .formatted(lookback, recorded));
                }
                odd ^= results.get(recorded - lookback);
            }
            return odd;
        }
    }
}
