package org.jaket.annealing.file;

/**
 * What a file of an optimisation problem holds: a binary quadratic model or a constrained one.
 * {@link ProblemFile} reads it.
 */
public sealed interface ProblemDocument permits ModelDocument, ConstrainedDocument {
    /** How what is minimised becomes what the file's problem counts. */
    Objective objective();
}
