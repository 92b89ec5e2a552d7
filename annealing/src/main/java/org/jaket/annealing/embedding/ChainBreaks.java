package org.jaket.annealing.embedding;

/** What becomes of a sample in which the qubits of a chain do not agree. */
public enum ChainBreaks {
    /** Each variable takes the value of most of its qubits; in a tie that of the first one. */
    MAJORITY_VOTE,
    /** Each variable takes the value of one of its qubits at random. */
    WEIGHTED_RANDOM,
    /**
     * Variables whose chains are whole stay; the others are decided one after the other to lower
     * the energy, always the one next on which most depends.
     */
    MINIMIZE_ENERGY,
    /**
     * Samples with a broken chain are left out. If none would be left, the one with the fewest
     * broken chains stays, with majority vote.
     */
    DISCARD
}
