package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;

import java.util.Arrays;

/**
 * Writes errors with more than two symptoms as products of errors with one or two that other
 * channels of the circuit have: first as an exact product of such, else with one remnant that no
 * channel has by itself.
 */
final class Decomposition {
    /** The largest number of targets of an error that is decomposed. */
    static final int MAX_TARGETS = 63;

    /** Observables of errors that are decomposed are below this. */
    static final int MAX_OBSERVABLES = 64;

    /** How many partial products are tried for one error before it counts as not decomposable. */
    static final int MAX_ATTEMPTS = 10_000_000;

    private final ErrorTable table;
    private final int[] observables;
    private final long detectorBase;
    private final boolean remnants;
    private final boolean ignoreFailures;
    private final KnownEdges known = new KnownEdges();

    private int[] problem = {};
    private int attempts;
    private final int[] parts = new int[MAX_TARGETS];
    private int partCount;
    private int[] rest = new int[16];
    private int[] sum = new int[16];
    private int restSize;

    private Decomposition(
            ErrorTable table,
            int[] observables,
            long detectorBase,
            boolean remnants,
            boolean ignoreFailures) {
        this.table = table;
        this.observables = observables;
        this.detectorBase = detectorBase;
        this.remnants = remnants;
        this.ignoreFailures = ignoreFailures;
    }

    /**
     * Rewrites the errors of a table.
     *
     * @param observables indices of observables by their dense numbers
     * @param detectorBase what ids of detectors are relative to
     * @param remnants whether products may have one part that is not an error by itself
     * @param ignoreFailures whether errors that cannot be decomposed stay whole
     * @throws CircuitException naming an error that cannot be decomposed, if that is not ignored
     */
    static void apply(
            ErrorTable table,
            int[] observables,
            long detectorBase,
            boolean remnants,
            boolean ignoreFailures) {
        for (int entry = 0; entry < table.count(); entry++) {
            if (table.probability(entry) != 0 && !table.isGraphlike(entry)) {
                new Decomposition(table, observables, detectorBase, remnants, ignoreFailures).run();
                return;
            }
        }
    }

    private void run() {
        int[] order = table.sorted();
        for (int entry : order) {
            note(entry);
        }
        int rewritten = 0;
        int[] from = new int[16];
        int[] to = new int[16];
        for (int entry : order) {
            if (table.isGraphlike(entry)) {
                continue;
            }
            rewrite(entry);
            if (table.hasPushed()) {
                table.popOne();
            }
            if (rewritten == from.length) {
                from = Arrays.copyOf(from, 2 * rewritten);
                to = Arrays.copyOf(to, 2 * rewritten);
            }
            from[rewritten] = entry;
            to[rewritten++] = table.store(table.tag(entry));
        }
        for (int k = 0; k < rewritten; k++) {
            double p = table.probability(from[k]);
            table.remove(from[k]);
            table.accumulate(to[k], p);
        }
    }

    /** Remembers the parts of an error that have one or two detectors. */
    private void note(int entry) {
        int[] targets = table.arena();
        int start = table.start(entry);
        for (int k = start; k <= table.end(entry); k++) {
            if (k < table.end(entry) && targets[k] != Ids.SEPARATOR) {
                continue;
            }
            int detectors = 0;
            while (start + detectors < k && Ids.isDetector(targets[start + detectors])) {
                detectors++;
            }
            if (detectors == 1) {
                known.put(targets[start], KnownEdges.ALONE, targets, start, k);
            } else if (detectors == 2) {
                known.put(targets[start], targets[start + 1], targets, start, k);
            }
            start = k + 1;
        }
    }

    /** Pushes the error in parts, each with a separator behind it. */
    private void rewrite(int entry) {
        int start = table.start(entry);
        int end = table.end(entry);
        for (int k = start; k <= end; k++) {
            if (k == end || table.arena()[k] == Ids.SEPARATOR) {
                problem = Arrays.copyOfRange(table.arena(), start, k);
                solve();
                start = k + 1;
            }
        }
    }

    private void solve() {
        if (isProductOfKnown() || remnants && isProductWithRemnant()) {
            return;
        }
        if (!ignoreFailures) {
            throw new CircuitException(
                    "cannot decompose the error "
                            + TargetText.of(problem, problem.length, observables, detectorBase)
                            + " into errors with at most two detectors each."
                            + (remnants ? "" : " Maybe allow remnant edges?")
                            + " Maybe ignore decomposition failures, so that such errors stay whole?");
        }
        table.push(problem, 0, problem.length);
        table.push(Ids.SEPARATOR);
    }

    private void pushPart(int handle) {
        table.push(known.arena(), known.start(handle), known.end(handle));
        table.push(Ids.SEPARATOR);
    }

    private long observableMask(int[] targets, int from, int to) {
        long mask = 0;
        for (int k = to - 1; k >= from && Ids.isObservable(targets[k]); k--) {
            int index = observables[targets[k] - Ids.OBSERVABLES];
            if (index >= MAX_OBSERVABLES) {
                throw new CircuitException(
                        "errors that flip observable %d cannot be decomposed: only those below %d can."
                                .formatted(index, MAX_OBSERVABLES));
            }
            mask |= 1L << index;
        }
        return mask;
    }

    private boolean isProductOfKnown() {
        if (problem.length > MAX_TARGETS) {
            throw new CircuitException(
                    "an error of %d targets cannot be decomposed: at most %d are possible."
                            .formatted(problem.length, MAX_TARGETS));
        }
        int detectors = problem.length;
        while (detectors > 0 && Ids.isObservable(problem[detectors - 1])) {
            detectors--;
        }
        attempts = 0;
        partCount = 0;
        long wanted = observableMask(problem, detectors, problem.length);
        if (!search(0, 0, detectors, wanted)) {
            return false;
        }
        for (int k = 0; k < partCount; k++) {
            pushPart(parts[k]);
        }
        return true;
    }

    /** Covers the first detector that is not used yet by a part, with each possible partner. */
    private boolean search(int from, long used, int detectors, long wanted) {
        int start = from;
        while (start < detectors && (used >> start & 1) != 0) {
            start++;
        }
        if (start >= detectors) {
            return wanted == 0;
        }
        if (++attempts > MAX_ATTEMPTS) {
            return false;
        }
        long with = used | 1L << start;
        for (int k = start + 1; k <= detectors; k++) {
            if (k < detectors && (with >> k & 1) != 0) {
                continue;
            }
            int handle = known.find(problem[start], k < detectors ? problem[k] : KnownEdges.ALONE);
            if (handle < 0) {
                continue;
            }
            long flips = observableMask(known.arena(), known.start(handle), known.end(handle));
            parts[partCount++] = handle;
            long next = k < detectors ? with | 1L << k : with;
            if (search(start + 1, next, detectors, wanted ^ flips)) {
                return true;
            }
            partCount--;
        }
        return false;
    }

    /** Takes out known pairs, then known singles, greedily; up to two detectors may be left. */
    private boolean isProductWithRemnant() {
        int detectors = 0;
        while (detectors < problem.length && Ids.isDetector(problem[detectors])) {
            detectors++;
        }
        rest = Arrays.copyOf(problem, Math.max(16, problem.length));
        restSize = problem.length;
        boolean[] done = new boolean[detectors];
        partCount = 0;
        for (int k = 0; k < detectors; k++) {
            for (int partner = k + 1; !done[k] && partner < detectors; partner++) {
                if (!done[partner]) {
                    int handle = known.find(problem[k], problem[partner]);
                    if (handle >= 0) {
                        done[k] = true;
                        done[partner] = true;
                        take(handle);
                    }
                }
            }
        }
        int missed = 0;
        for (int k = 0; k < detectors; k++) {
            if (!done[k]) {
                int handle = known.find(problem[k], KnownEdges.ALONE);
                if (handle >= 0) {
                    take(handle);
                } else {
                    missed++;
                }
            }
        }
        if (missed > 2) {
            return false;
        }
        for (int k = 0; k < partCount; k++) {
            pushPart(parts[k]);
        }
        if (restSize > 0) {
            table.push(rest, 0, restSize);
            table.push(Ids.SEPARATOR);
        }
        return true;
    }

    private void take(int handle) {
        parts[partCount++] = handle;
        int size = known.end(handle) - known.start(handle);
        if (sum.length < restSize + size) {
            sum = new int[2 * (restSize + size)];
        }
        int[] part = Arrays.copyOfRange(known.arena(), known.start(handle), known.end(handle));
        int sumSize = Sensitivities.sum(rest, restSize, part, size, sum, 0);
        int[] old = rest;
        rest = sum;
        sum = old;
        restSize = sumSize;
    }
}
