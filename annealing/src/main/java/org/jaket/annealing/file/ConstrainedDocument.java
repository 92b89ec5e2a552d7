package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;

/**
 * What a file of a constrained model holds.
 *
 * @param model the model, to be minimised
 * @param format the format that it was read in, or is to be written in
 * @param objective how the model's objective becomes what the file counts: its negative, where an
 *     LP file maximises
 */
public record ConstrainedDocument(
        ConstrainedModel model, ConstrainedFormat format, Objective objective)
        implements ProblemDocument {
    /** What an LP file that maximises counts. */
    static final Objective MAXIMUM = new Objective("objective", -1, 0);

    /** A model that is minimised, to be written in a format. */
    public static ConstrainedDocument of(ConstrainedModel model, ConstrainedFormat format) {
        return new ConstrainedDocument(model, format, Objective.ENERGY);
    }

    /** The same to be written in another format. */
    public ConstrainedDocument format(ConstrainedFormat newFormat) {
        return new ConstrainedDocument(model, newFormat, objective);
    }
}
