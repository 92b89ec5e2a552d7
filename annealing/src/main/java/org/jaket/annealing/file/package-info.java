/**
 * Files of binary quadratic models: the formats of annealers, of heuristics and of benchmark
 * collections, read and written.
 *
 * <pre>{@code
 * ModelDocument graph = ModelFile.read(Path.of("G22.txt"));
 * double cut = graph.objective().of(graph.model().energy(state));
 * ModelFile.write(graph.model(), ModelFormat.DIMOD_BQM, Path.of("g22.bqm"));
 * }</pre>
 *
 * <p>{@link org.jaket.annealing.file.ModelFormat} lists the formats and what each can hold; {@link
 * org.jaket.annealing.file.ModelFile} states the limits. What is wrong with a file is said by a
 * {@link org.jaket.annealing.file.ModelFileException}, with its place.
 */
@NullMarked
package org.jaket.annealing.file;

import org.jspecify.annotations.NullMarked;
