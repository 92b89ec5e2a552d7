/**
 * Models on annealers whose qubits are not all coupled: every variable becomes a chain of qubits.
 *
 * <p>An {@link org.jaket.annealing.embedding.Embedding} says which chain stands for which variable.
 */
@NullMarked
package org.jaket.annealing.embedding;

import org.jspecify.annotations.NullMarked;
