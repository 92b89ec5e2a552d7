package org.jaket.annealing.embedding;

import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Topology;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The wires of a processor, in several ways to deal with what is missing: which is best shows only
 * in what is found. Without such faults there is one way.
 */
final class WireGrids {
    /** More find hardly anything better on a processor of which one qubit in twenty is missing. */
    private static final int MOST = 16;

    private final List<WireGrid> grids = new ArrayList<>();

    WireGrids(HardwareGraph hardware, Topology topology) {
        grids.add(new WireGrid(hardware, topology, 1, false, new Draws(0, 0)));
        boolean faulty =
                grids.getFirst().hasFaultyCrossings()
                        || hardware.qubits()
                                < IntStream.range(0, topology.indices())
                                        .filter(topology::has)
                                        .count();
        for (int k = 1; k < MOST && faulty; k++) {
            Draws draws = new Draws(0, k);
            // First no couplers are heeded, and then any share.
            double share = k <= 2 ? 0 : draws.uniform();
            grids.add(new WireGrid(hardware, topology, share, k % 2 == 0, draws));
        }
    }

    /** A clique of so many chains, with the longest as short as can be; null if there is none. */
    CliqueSearch.@Nullable Clique clique(int size) {
        CliqueSearch.Clique best = null;
        int below = Integer.MAX_VALUE;
        for (WireGrid grid : grids) {
            CliqueSearch.Clique found = new CliqueSearch(grid).find(size, below);
            if (found != null) {
                best = found;
                below = found.longest();
            }
        }
        return best;
    }

    /** How many chains the largest clique has. */
    int largestClique() {
        int size = 0;
        for (WireGrid grid : grids) {
            size = new CliqueSearch(grid).largestSize(size);
        }
        return size;
    }

    /** The chains of the left variables, then those of the right ones; null if there are none. */
    @Nullable List<int[]> biclique(int left, int right) {
        List<int[]> best = null;
        for (WireGrid grid : grids) {
            List<int[]> found = new BicliqueSearch(grid).find(left, right);
            if (found != null
                    && (best == null || BicliqueSearch.cost(found) < BicliqueSearch.cost(best))) {
                best = found;
            }
        }
        return best;
    }
}
