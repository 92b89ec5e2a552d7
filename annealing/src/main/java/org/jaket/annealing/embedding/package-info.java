/**
 * Models on annealers whose qubits are not all coupled: every variable becomes a chain of qubits.
 *
 * <p>An {@link org.jaket.annealing.embedding.Embedding} says which chain stands for which variable.
 * A {@link org.jaket.annealing.embedding.MinorEmbedder} finds one for any problem, a {@link
 * org.jaket.annealing.embedding.NativeEmbedder} one for problems in which everything interacts, a
 * {@link org.jaket.annealing.embedding.Tiling} many copies of a small one, and an {@link
 * org.jaket.annealing.embedding.EmbeddingCache} keeps what was found. An {@link
 * org.jaket.annealing.embedding.EmbeddedSampler} puts all this in front of a sampler of qubits:
 *
 * <pre>{@code
 * ProblemGraph problem = ProblemGraph.of(model);
 * Embedding embedding = cache.get(problem, hardware,
 *         () -> new MinorEmbedder().embed(problem, hardware, EmbeddingOptions.defaults()));
 * SampleSet set = new EmbeddedSampler(annealer, hardware, embedding)
 *         .sample(model, SamplingOptions.reads(1000));
 * }</pre>
 */
@NullMarked
package org.jaket.annealing.embedding;

import org.jspecify.annotations.NullMarked;
