package org.jaket.stabilizer.errors;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Finds the places in a circuit that errors of its detector error model come from. An immutable set
 * of options; {@code ErrorExplanation.of(circuit)} uses none.
 *
 * <pre>{@code
 * List<ExplainedError> found =
 *         ErrorExplanation.options()
 *                 .filteredBy(DetectorErrorModel.parse("error(1) D97 D102"))
 *                 .single()
 *                 .explain(circuit);
 * }</pre>
 *
 * <p>Loops are unfolded, up to {@link ErrorAnalysis#MAX_TARGETS}.
 */
public final class ErrorExplanation {
    private static final ErrorExplanation NO_OPTIONS = new ErrorExplanation(null, false, false);

    private final @Nullable DetectorErrorModel filter;
    private final boolean single;
    private final boolean ignoreObservables;

    private ErrorExplanation(
            @Nullable DetectorErrorModel filter, boolean single, boolean ignoreObservables) {
        this.filter = filter;
        this.single = single;
        this.ignoreObservables = ignoreObservables;
    }

    /** No options: all errors, with all their places. */
    public static ErrorExplanation options() {
        return NO_OPTIONS;
    }

    /** All errors of a circuit with all their places; see {@link #explain}. */
    public static List<ExplainedError> of(Circuit circuit) {
        return NO_OPTIONS.explain(circuit);
    }

    /**
     * Explains only the errors of a model: those that flip the same detectors and observables.
     * Probabilities and suggested decompositions do not matter.
     */
    public ErrorExplanation filteredBy(DetectorErrorModel model) {
        return new ErrorExplanation(model, single, ignoreObservables);
    }

    /**
     * Lets errors pass the filter that flip the same detectors, whatever observables they flip: one
     * often does not know which. The errors found say it.
     */
    public ErrorExplanation ignoringObservables() {
        return new ErrorExplanation(filter, single, true);
    }

    /**
     * Gives only one place for each error: that with the fewest Pauli letters, and the earliest.
     */
    public ErrorExplanation single() {
        return new ErrorExplanation(filter, true, ignoreObservables);
    }

    /**
     * Explains the errors of a circuit, sorted by what they flip. Errors of the filter that nothing
     * in the circuit causes come without places.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if an operation is not Clifford, or
     *     depends on results in more than Pauli feedback
     * @throws org.jaket.circuit.CircuitException if an observable is random without noise, or there
     *     is too much to explain
     */
    public List<ExplainedError> explain(Circuit circuit) {
        BackwardProgram program = BackwardProgram.of(circuit);
        Budget.checkUnfolded(circuit.body());
        Explanations found = new Explanations(filter, single, ignoreObservables);
        try {
            new Explainer(program, found).run();
        } catch (AnalysisFailure e) {
            throw e.located(circuit.body().ticks() > 0);
        }
        return found.sorted();
    }
}
