package org.jaket.annealing.embedding;

import java.util.List;

/** One reason why an embedding does not carry a problem on a processor. */
public sealed interface EmbeddingFault {
    /** The reason in words, with numbers. */
    String message();

    /** The embedding has chains for another number of variables. */
    record WrongSize(int chains, int variables) implements EmbeddingFault {
        @Override
        public String message() {
            return "the embedding has %d chains, the problem %d variables"
                    .formatted(chains, variables);
        }
    }

    /** A variable has no qubit at all. */
    record EmptyChain(int variable) implements EmbeddingFault {
        @Override
        public String message() {
            return "the chain of variable %d is empty".formatted(variable);
        }
    }

    /** A chain has a qubit that the processor has not. */
    record MissingQubit(int variable, int qubit) implements EmbeddingFault {
        @Override
        public String message() {
            return "the chain of variable %d has qubit %d, which the processor has not"
                    .formatted(variable, qubit);
        }
    }

    /**
     * A chain falls apart.
     *
     * @param reached the qubits that are connected to the chain's first one
     * @param cut the others
     */
    record BrokenApart(int variable, List<Integer> reached, List<Integer> cut)
            implements EmbeddingFault {
        @Override
        public String message() {
            return "the chain of variable %d is not connected: no couplers lead from %s to %s"
                    .formatted(variable, reached, cut);
        }
    }

    /** Two chains share a qubit. */
    record Overlap(int qubit, int first, int second) implements EmbeddingFault {
        @Override
        public String message() {
            return "qubit %d is in the chains of variables %d and %d"
                    .formatted(qubit, first, second);
        }
    }

    /** Two variables interact, but no coupler joins their chains. */
    record Uncovered(int first, int second) implements EmbeddingFault {
        @Override
        public String message() {
            return "no coupler joins the chains of variables %d and %d, which interact"
                    .formatted(first, second);
        }
    }
}
