package org.jaket.annealing.embedding;

import org.jaket.annealing.topology.HardwareGraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chains while they are being looked for: they may overlap, and change all the time. Both graphs
 * are held as compressed rows of plain arrays, for the inner loops.
 */
final class Chains {
    final int variables;
    final int[] problemStart;
    final int[] problemNeighbour;

    /** Numbers of qubits are below this one. */
    final int indices;

    final int[] hardwareStart;
    final int[] hardwareNeighbour;

    /** The qubits that exist. */
    final int[] qubits;

    final int[][] chain;
    final int[] length;

    /** In how many chains a qubit is. */
    final int[] users;

    /** In whose chain a qubit is, -1 for none; any of them where several share it. */
    final int[] owner;

    /** A bit for each qubit: whether it is in any chain. */
    final long[] used;

    /** How many chains too many there are on all qubits together. */
    int overlaps;

    Chains(ProblemGraph problem, HardwareGraph hardware) {
        variables = problem.size();
        problemStart = new int[variables + 1];
        problemNeighbour = new int[2 * problem.interactions()];
        for (int v = 0; v < variables; v++) {
            problemStart[v + 1] = problemStart[v] + problem.degree(v);
            for (int k = 0; k < problem.degree(v); k++) {
                problemNeighbour[problemStart[v] + k] = problem.neighbour(v, k);
            }
        }
        indices = hardware.indices();
        hardwareStart = new int[indices + 1];
        hardwareNeighbour = new int[2 * hardware.couplers()];
        for (int q = 0; q < indices; q++) {
            hardwareStart[q + 1] = hardwareStart[q] + hardware.degree(q);
            for (int k = 0; k < hardware.degree(q); k++) {
                hardwareNeighbour[hardwareStart[q] + k] = hardware.neighbour(q, k);
            }
        }
        qubits = hardware.qubitNumbers().toArray();
        chain = new int[variables][4];
        length = new int[variables];
        users = new int[indices];
        owner = new int[indices];
        used = new long[(indices + 63) / 64];
        Arrays.fill(owner, -1);
    }

    void add(int variable, int qubit) {
        int at = length[variable]++;
        if (at == chain[variable].length) {
            chain[variable] = Arrays.copyOf(chain[variable], 2 * at);
        }
        chain[variable][at] = qubit;
        owner[qubit] = variable;
        used[qubit >> 6] |= 1L << qubit;
        if (users[qubit]++ > 0) {
            overlaps++;
        }
    }

    /** Takes the k-th qubit out of a chain. */
    void remove(int variable, int k) {
        int qubit = chain[variable][k];
        chain[variable][k] = chain[variable][--length[variable]];
        if (--users[qubit] > 0) {
            overlaps--;
        } else {
            owner[qubit] = -1;
            used[qubit >> 6] &= ~(1L << qubit);
        }
    }

    void clear(int variable) {
        while (length[variable] > 0) {
            remove(variable, length[variable] - 1);
        }
    }

    void clearAll() {
        for (int v = 0; v < variables; v++) {
            clear(v);
        }
    }

    void set(int variable, int[] qubits, int count) {
        clear(variable);
        for (int k = 0; k < count; k++) {
            add(variable, qubits[k]);
        }
    }

    void set(Embedding embedding) {
        for (int v = 0; v < variables; v++) {
            set(v, embedding.chain(v), embedding.length(v));
        }
    }

    Embedding embedding() {
        List<int[]> copies = new ArrayList<>(variables);
        for (int v = 0; v < variables; v++) {
            copies.add(Arrays.copyOf(chain[v], length[v]));
        }
        return Embedding.of(copies);
    }
}
