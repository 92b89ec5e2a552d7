package org.jaket.automatic;

import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Estimate;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.UnsupportedCircuitException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Function;

/**
 * A circuit with the methods that are tried on it, in this order; the first is compiled already.
 * One that finds in mid-run that it needs more than it was given makes way for the next.
 */
public final class Plan {
    private static final Logger LOG = System.getLogger("org.jaket.automatic");

    private final List<Candidates.Candidate> candidates;
    private final Engine first;

    Plan(List<Candidates.Candidate> candidates) {
        this.candidates = candidates;
        this.first = candidates.getFirst().engine().get();
    }

    /**
     * Samples shots.
     *
     * @throws UnsupportedCircuitException if no method can; says why each cannot
     */
    public Answer<Shots> run(RunOptions options) {
        return answer(engine -> engine.shots(options));
    }

    /**
     * The exact distribution of the results.
     *
     * @throws UnsupportedCircuitException if no method can; says why each cannot
     */
    public Answer<Distribution> probabilities(int threads, Progress progress) {
        return answer(engine -> engine.probabilities(threads, progress));
    }

    /**
     * The exact expectation value.
     *
     * @throws UnsupportedCircuitException if no method can; says why each cannot
     * @throws IllegalArgumentException if the observable has another number of qubits
     */
    public Answer<Estimate> expectation(PauliSum observable) {
        return answer(engine -> engine.expectation(observable));
    }

    private <T> Answer<T> answer(Function<Engine, T> ask) {
        var failures = new StringBuilder();
        for (int k = 0; k < candidates.size(); k++) {
            Candidates.Candidate c = candidates.get(k);
            try {
                T value = ask.apply(k == 0 ? first : c.engine().get());
                String reason =
                        c.reason() + (failures.isEmpty() ? "" : " Tried before:" + failures);
                LOG.log(Level.DEBUG, "{0}: {1}", c.method().text(), reason);
                return new Answer<>(value, new Choice(c.method(), reason));
            } catch (UnsupportedCircuitException e) {
                if (candidates.size() == 1) {
                    throw e;
                }
                failures.append(" ").append(c.method().text()).append(": ").append(problem(e));
            }
        }
        throw new UnsupportedCircuitException("No method can run this circuit." + failures);
    }

    /** The sentence that says what was wrong; what to use instead is tried next anyway. */
    private static String problem(UnsupportedCircuitException e) {
        String message = String.valueOf(e.getMessage());
        int advice = message.indexOf(" Maybe ");
        return advice < 0 ? message : message.substring(0, advice);
    }
}
