package org.jaket.stabilizer.errors;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.List;

/**
 * Turns a noisy Clifford circuit into a {@link DetectorErrorModel}: which independent errors there
 * are, how likely each is, and which detectors and observables it flips. An immutable set of
 * options; {@code ErrorAnalysis.of(circuit)} uses none.
 *
 * <pre>{@code
 * DetectorErrorModel model =
 *         ErrorAnalysis.options().decomposed().foldedLoops().analyse(circuit);
 * }</pre>
 *
 * <p>The circuit is walked once, from its end to its start, keeping for each qubit the set of
 * detectors and observables that an X or Z error there would flip. The cost is proportional to the
 * operations, times the size of those sets, which is small for codes with local checks.
 *
 * <p>The models are those of Stim's {@code analyze_errors}, in the same order: Gidney, "Stim: a
 * fast stabilizer circuit simulator", Quantum 5, 497 (2021).
 */
public final class ErrorAnalysis {
    /**
     * How many targets of operations are followed one by one, counting every turn of a loop that
     * cannot be folded. A surface code of distance 25 has 200,000 in 25 rounds.
     */
    public static final long MAX_TARGETS = 1_000_000_000L;

    private static final ErrorAnalysis NO_OPTIONS = new ErrorAnalysis(AnalysisOptions.DEFAULT);

    private final AnalysisOptions options;

    private ErrorAnalysis(AnalysisOptions options) {
        this.options = options;
    }

    /** No options: nothing decomposed, nothing folded, nothing approximated. */
    public static ErrorAnalysis options() {
        return NO_OPTIONS;
    }

    /** The model of a circuit, without options; see {@link #analyse}. */
    public static DetectorErrorModel of(Circuit circuit) {
        return NO_OPTIONS.analyse(circuit);
    }

    /**
     * Writes errors that flip more than two detectors as products of errors that flip at most two,
     * as matching decoders need it. First within each channel, then from all errors of the circuit.
     */
    public ErrorAnalysis decomposed() {
        return new ErrorAnalysis(
                new AnalysisOptions(
                        true,
                        options.fold(),
                        options.allowGauge(),
                        options.disjointThreshold(),
                        options.ignoreFailures(),
                        options.blockRemnants()));
    }

    /**
     * Finds out when loops repeat themselves, and puts the repetitions into repeat blocks of the
     * model instead of unfolding them. Time and memory do not depend on the number of repetitions
     * then.
     */
    public ErrorAnalysis foldedLoops() {
        return new ErrorAnalysis(
                new AnalysisOptions(
                        options.decompose(),
                        true,
                        options.allowGauge(),
                        options.disjointThreshold(),
                        options.ignoreFailures(),
                        options.blockRemnants()));
    }

    /**
     * Takes detectors that are random without noise as errors of probability 1/2 that flip them,
     * instead of failing. Observables must not be random.
     */
    public ErrorAnalysis allowingGaugeDetectors() {
        return new ErrorAnalysis(
                new AnalysisOptions(
                        options.decompose(),
                        options.fold(),
                        true,
                        options.disjointThreshold(),
                        options.ignoreFailures(),
                        options.blockRemnants()));
    }

    /**
     * Takes disjoint errors (of PAULI_CHANNEL_2, of heralded channels, of ELSE_CORRELATED_ERROR) as
     * independent, instead of failing, as long as none is likelier than the threshold.
     *
     * @param threshold from 0 (none) to 1 (any)
     * @throws IllegalArgumentException if the threshold is not from 0 to 1
     */
    public ErrorAnalysis approximatingDisjointErrors(double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "the threshold for disjoint errors is from 0 to 1, not " + threshold);
        }
        return new ErrorAnalysis(
                new AnalysisOptions(
                        options.decompose(),
                        options.fold(),
                        options.allowGauge(),
                        threshold,
                        options.ignoreFailures(),
                        options.blockRemnants()));
    }

    /** Keeps errors that cannot be decomposed whole, instead of failing. */
    public ErrorAnalysis ignoringDecompositionFailures() {
        return new ErrorAnalysis(
                new AnalysisOptions(
                        options.decompose(),
                        options.fold(),
                        options.allowGauge(),
                        options.disjointThreshold(),
                        true,
                        options.blockRemnants()));
    }

    /**
     * Decomposes errors only into errors that the circuit has by themselves. Otherwise one part may
     * be what remains, which can make the distance of a matching graph smaller than the code's.
     */
    public ErrorAnalysis blockingRemnantEdges() {
        return new ErrorAnalysis(
                new AnalysisOptions(
                        options.decompose(),
                        options.fold(),
                        options.allowGauge(),
                        options.disjointThreshold(),
                        options.ignoreFailures(),
                        true));
    }

    /**
     * Analyses a circuit. Sweep bits count as zero, since they flip nothing.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if an operation is not Clifford, or
     *     depends on results in more than Pauli feedback
     * @throws org.jaket.circuit.CircuitException if a detector or observable is random without
     *     noise (saying which and where), if errors cannot be made independent or decomposed, or if
     *     more than {@link #MAX_TARGETS} targets would have to be followed
     */
    public DetectorErrorModel analyse(Circuit circuit) {
        BackwardProgram program = BackwardProgram.of(circuit);
        if (!options.fold()) {
            Budget.checkUnfolded(circuit.body());
        }
        try {
            List<Emitted> emitted = new ErrorWalk(program, options).run();
            return ModelAssembly.of(emitted, program.tags(), program.observables());
        } catch (AnalysisFailure e) {
            throw e.located(circuit.body().ticks() > 0);
        }
    }
}
