package org.jaket.stabilizer.mechanisms;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The tables of a stretch of a circuit or model, and where it is run. Runs whose detectors begin at
 * different bits of a word have tables of their own.
 *
 * @param independent errors that hit independently, or null if there are none
 * @param disjoint channels whose errors exclude each other
 * @param words the words where the detectors of each run begin
 * @param firstErrors the number of the first error of each run
 */
record Stretch(
        @Nullable PoissonTable independent,
        List<DisjointTable> disjoint,
        int[] words,
        int[] firstErrors) {

    static List<Stretch> of(Errors errors, int detectors) {
        TreeMap<Integer, List<Errors.Run>> byPhase = new TreeMap<>();
        for (Errors.Run run : errors.runs()) {
            byPhase.computeIfAbsent(run.base() & 63, k -> new ArrayList<>()).add(run);
        }
        List<Stretch> stretches = new ArrayList<>();
        byPhase.forEach((phase, runs) -> stretches.add(of(errors, phase, runs, detectors)));
        return stretches;
    }

    private static Stretch of(Errors errors, int phase, List<Errors.Run> runs, int detectors) {
        return new Stretch(
                errors.means().length == 0 ? null : new PoissonTable(errors, phase, detectors),
                Arrays.stream(errors.disjoint())
                        .map(e -> new DisjointTable(e, phase, detectors))
                        .toList(),
                runs.stream().mapToInt(r -> r.base() >>> 6).toArray(),
                runs.stream().mapToInt(Errors.Run::firstError).toArray());
    }

    /** How many independent errors the table has. */
    int errors() {
        return independent == null ? 0 : independent.size();
    }

    /** Expected hits per shot, all runs together. */
    double mean() {
        double once = independent == null ? 0 : independent.mean();
        for (DisjointTable table : disjoint) {
            once += table.mean();
        }
        return once * words.length;
    }
}
