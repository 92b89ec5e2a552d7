package org.jaket.stabilizer.mechanisms;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The tables of a stretch of a circuit, and the words where its detectors begin each time it is
 * run. Runs whose detectors begin at different bits of a word have tables of their own.
 *
 * @param independent errors that hit independently, or null if there are none
 * @param disjoint channels whose errors exclude each other
 * @param bases words
 */
record Stretch(@Nullable PoissonTable independent, List<DisjointTable> disjoint, int[] bases) {

    static List<Stretch> of(Errors errors, int detectors) {
        TreeMap<Integer, List<Integer>> byPhase = new TreeMap<>();
        for (int base : errors.bases()) {
            byPhase.computeIfAbsent(base & 63, k -> new ArrayList<>()).add(base >>> 6);
        }
        List<Stretch> stretches = new ArrayList<>();
        byPhase.forEach(
                (phase, words) ->
                        stretches.add(
                                new Stretch(
                                        errors.means().length == 0
                                                ? null
                                                : new PoissonTable(
                                                        errors.independent(),
                                                        errors.means(),
                                                        phase,
                                                        detectors),
                                        Arrays.stream(errors.disjoint())
                                                .map(e -> new DisjointTable(e, phase, detectors))
                                                .toList(),
                                        words.stream().mapToInt(Integer::intValue).toArray())));
        return stretches;
    }

    /** Expected hits per shot, all runs together. */
    double mean() {
        double once = independent == null ? 0 : independent.mean();
        for (DisjointTable table : disjoint) {
            once += table.mean();
        }
        return once * bases.length;
    }
}
