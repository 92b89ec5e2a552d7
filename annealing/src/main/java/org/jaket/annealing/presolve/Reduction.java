package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model that stands for another one, and the way from its states to those of the original. The
 * restored state of a minimum is a minimum, but where {@linkplain #keepsMinimum somebody chose
 * values}.
 */
public sealed interface Reduction permits FixedVariables, Elimination, Scaling, SpinReversal {
    /** The model as it was. */
    BinaryQuadraticModel original();

    /** The model that is to be minimised in its place; remaining variables keep their labels. */
    BinaryQuadraticModel model();

    /**
     * A state of the original.
     *
     * @param state a value for each variable of {@link #model}
     * @return a value for each variable of {@link #original}
     * @throws IllegalArgumentException if there are not as many values as variables
     */
    byte[] restore(byte[] state);

    /**
     * Whether the restored state of a minimum is certainly a minimum; not where variables were
     * fixed at values that a caller chose.
     */
    default boolean keepsMinimum() {
        return true;
    }

    /**
     * Samples of the original, each with its energy there. Different samples may become the same
     * one. What is proven of the best one stays proven.
     *
     * @param samples of {@link #model}
     */
    default SampleSet restore(SampleSet samples) {
        List<byte[]> states = new ArrayList<>();
        for (Sample sample : samples) {
            states.addAll(Collections.nCopies(sample.occurrences(), restore(sample.state())));
        }
        SampleSet restored =
                SampleSet.of(original(), states, samples.sampler(), samples.seed(), samples.time());
        return samples.exact() && keepsMinimum() ? restored.proven() : restored;
    }
}
