package org.jaket.annealing.embedding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random graphs for tests. */
final class RandomProblems {
    private RandomProblems() {}

    /**
     * A random graph in which every variable has three neighbours: pairings until one is simple.
     */
    static ProblemGraph cubic(int size, long seed) {
        Random random = new Random(seed);
        List<Integer> ends = new ArrayList<>();
        for (int k = 0; k < 3 * size; k++) {
            ends.add(k / 3);
        }
        while (true) {
            Collections.shuffle(ends, random);
            Set<List<Integer>> seen = new HashSet<>();
            List<int[]> pairs = new ArrayList<>();
            for (int k = 0; k < ends.size(); k += 2) {
                int a = Math.min(ends.get(k), ends.get(k + 1));
                int b = Math.max(ends.get(k), ends.get(k + 1));
                if (a != b && seen.add(List.of(a, b))) {
                    pairs.add(new int[] {a, b});
                }
            }
            if (pairs.size() == 3 * size / 2) {
                return ProblemGraph.of(size, pairs);
            }
        }
    }

    /** Each pair interacts with a probability. */
    static ProblemGraph random(int size, double density, long seed) {
        Random random = new Random(seed);
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                if (random.nextDouble() < density) {
                    pairs.add(new int[] {i, j});
                }
            }
        }
        return ProblemGraph.of(size, pairs);
    }
}
