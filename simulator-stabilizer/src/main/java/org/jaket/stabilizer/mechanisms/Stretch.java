package org.jaket.stabilizer.mechanisms;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * The tables of a stretch of a circuit or model, and where it is run.
 *
 * @param independent errors that hit independently, or null if there are none
 * @param disjoint channels whose errors exclude each other
 * @param runs each time the stretch is run
 */
record Stretch(
        @Nullable PoissonTable independent, List<DisjointTable> disjoint, Errors.Run[] runs) {

    static Stretch of(Errors errors, int detectors, int shots) {
        return new Stretch(
                errors.means().length == 0 ? null : new PoissonTable(errors, detectors, shots),
                Arrays.stream(errors.disjoint()).map(e -> new DisjointTable(e, detectors)).toList(),
                errors.runs());
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
        return once * runs.length;
    }
}
