package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;

import java.util.Optional;

/**
 * An instance of a problem, with a model whose minima are its optima. Instances are immutable.
 *
 * @param <A> the problem's own answers, such as tours or sets of nodes
 */
public interface Problem<A> {
    /** The model, made anew with every call. */
    BinaryQuadraticModel model();

    /** The answer that a state of the model stands for, or nothing if it breaks a constraint. */
    Optional<A> decode(byte[] state);

    /**
     * A state of the model that stands for an answer, one of lowest energy.
     *
     * @throws IllegalArgumentException if the answer is not feasible, in words
     */
    byte[] encode(A answer);

    /** What is wrong with an answer, or nothing if it is feasible. */
    Optional<String> violation(A answer);

    /**
     * What the problem counts for a feasible answer.
     *
     * @throws IllegalArgumentException if it is not feasible, in words
     */
    double value(A answer);

    /** Whether larger values are better. */
    boolean isMaximum();

    /** Whether an answer keeps all constraints. */
    default boolean isFeasible(A answer) {
        return violation(answer).isEmpty();
    }

    /** The best answer among samples of the model, or nothing if none is feasible. */
    default Optional<Solution<A>> best(SampleSet samples) {
        Solution<A> best = null;
        for (Sample sample : samples) {
            Optional<A> answer = decode(sample.state());
            if (answer.isPresent()) {
                double value = value(answer.get());
                if (best == null || (isMaximum() ? value > best.value() : value < best.value())) {
                    best = new Solution<>(answer.get(), value, sample);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * An answer that was found.
     *
     * @param answer the answer
     * @param value what the problem counts for it
     * @param sample the sample that stands for it
     * @param <A> the problem's own answers
     */
    record Solution<A>(A answer, double value, Sample sample) {}
}
