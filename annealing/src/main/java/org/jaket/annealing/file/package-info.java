/**
 * Files of optimisation models: binary quadratic ones in the formats of annealers, of heuristics
 * and of benchmark collections, and constrained ones as LP files and dimod's CQM, QM and DQM files.
 *
 * <pre>{@code
 * ModelDocument graph = ModelFile.read(Path.of("G22.txt"));
 * double cut = graph.objective().of(graph.model().energy(state));
 * ModelFile.write(graph.model(), ModelFormat.DIMOD_BQM, Path.of("g22.bqm"));
 *
 * ConstrainedModel factory = ConstrainedFile.read(Path.of("factory.lp")).model();
 * ConstrainedFile.write(factory, ConstrainedFormat.DIMOD_CQM, Path.of("factory.cqm"));
 * }</pre>
 *
 * <p>{@link org.jaket.annealing.file.ProblemFile} reads whichever of the two a file is.
 *
 * <p>{@link org.jaket.annealing.file.ModelFormat} and {@link
 * org.jaket.annealing.file.ConstrainedFormat} list the formats and what each can hold; {@link
 * org.jaket.annealing.file.ModelFile} and {@link org.jaket.annealing.file.ConstrainedFile} state
 * the limits. What is wrong with a file is said by a {@link
 * org.jaket.annealing.file.ModelFileException}, with its place.
 */
@NullMarked
package org.jaket.annealing.file;

import org.jspecify.annotations.NullMarked;
