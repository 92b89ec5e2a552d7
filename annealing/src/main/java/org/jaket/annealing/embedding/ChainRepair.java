package org.jaket.annealing.embedding;

import org.jaket.annealing.BinaryQuadraticModel;

/** From values of qubits to values of variables. */
final class ChainRepair {
    private final EmbeddedModel embedded;
    private final Embedding embedding;
    private final BinaryQuadraticModel source;
    private final Draws draws;

    ChainRepair(EmbeddedModel embedded, Draws draws) {
        this.embedded = embedded;
        this.embedding = embedded.embedding();
        this.source = embedded.source();
        this.draws = draws;
    }

    byte[] repaired(byte[] qubits, ChainBreaks breaks) {
        byte[] state = new byte[source.size()];
        boolean[] open = new boolean[state.length];
        boolean anyOpen = false;
        for (int v = 0; v < state.length; v++) {
            state[v] = qubits[embedded.place(v, 0)];
            if (embedded.isBroken(qubits, v)) {
                switch (breaks) {
                    case MAJORITY_VOTE, DISCARD -> state[v] = majority(qubits, v);
                    case WEIGHTED_RANDOM ->
                            state[v] = qubits[embedded.place(v, draws.below(embedding.length(v)))];
                    case MINIMIZE_ENERGY -> {
                        open[v] = true;
                        anyOpen = true;
                    }
                }
            }
        }
        if (anyOpen) {
            decide(state, open);
        }
        return state;
    }

    private byte majority(byte[] qubits, int variable) {
        int length = embedding.length(variable);
        byte first = qubits[embedded.place(variable, 0)];
        byte other = first;
        int others = 0;
        for (int k = 1; k < length; k++) {
            byte value = qubits[embedded.place(variable, k)];
            if (value != first) {
                other = value;
                others++;
            }
        }
        return 2 * others > length ? other : first;
    }

    /**
     * Decides what is open, the variable with the largest field of those that are decided first.
     */
    private void decide(byte[] state, boolean[] open) {
        double[] field = new double[state.length];
        int left = 0;
        for (int v = 0; v < state.length; v++) {
            if (open[v]) {
                left++;
                field[v] = source.linear(v);
                for (int k = 0; k < source.degree(v); k++) {
                    int other = source.neighbour(v, k);
                    field[v] += open[other] ? 0 : source.weight(v, k) * state[other];
                }
            }
        }
        for (; left > 0; left--) {
            int next = -1;
            for (int v = 0; v < state.length; v++) {
                if (open[v] && (next < 0 || Math.abs(field[v]) > Math.abs(field[next]))) {
                    next = v;
                }
            }
            open[next] = false;
            state[next] = field[next] > 0 ? source.vartype().low() : source.vartype().high();
            for (int k = 0; k < source.degree(next); k++) {
                field[source.neighbour(next, k)] += source.weight(next, k) * state[next];
            }
        }
    }
}
