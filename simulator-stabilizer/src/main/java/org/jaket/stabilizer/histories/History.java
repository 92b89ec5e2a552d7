package org.jaket.stabilizer.histories;

import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FlipFrames;
import org.jaket.stabilizer.tableau.StabilizerState;

import java.util.List;

/**
 * Shots that have taken the same branches so far. They share a noiseless reference state; a Pauli
 * frame tells each shot from it. Paulis that depend on results are put into the frames, so the
 * frames' rows of results hold the results themselves.
 */
final class History {
    private final StabilizerState reference;
    private final FlipFrames frames;
    private final Values values;
    private final long[] mask;
    private Cursor cursor;

    History(
            StabilizerState reference,
            FlipFrames frames,
            Values values,
            long[] mask,
            Cursor cursor) {
        this.reference = reference;
        this.frames = frames;
        this.values = values;
        this.mask = mask;
        this.cursor = cursor;
    }

    /** A history of some of the shots that goes on somewhere else. */
    History fork(long[] shots, Cursor from) {
        FlipFrames forked = frames.fork();
        return new History(reference.copy(), forked, values.copy(forked.results()), shots, from);
    }

    /** The same history with fewer shots, going on somewhere else. */
    History narrowed(long[] shots, Cursor from) {
        return new History(reference, frames, values, shots, from);
    }

    StabilizerState reference() {
        return reference;
    }

    FlipFrames frames() {
        return frames;
    }

    Values values() {
        return values;
    }

    long[] mask() {
        return mask;
    }

    Cursor cursor() {
        return cursor;
    }

    void moveTo(Cursor next) {
        cursor = next;
    }

    int shots() {
        int count = 0;
        for (long word : mask) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Runs a step that is no block and no assignment. */
    void run(Step step) {
        switch (step) {
            case Step.Unitary u -> {
                frames.run(List.of(step));
                reference.apply(u);
            }
            case Step.Rotate r -> {
                frames.run(List.of(step));
                reference.rotate(r);
            }
            case Step.Reset r -> {
                frames.run(List.of(step));
                reference.reset(r.basis(), r.qubits(), () -> false);
            }
            case Step.Measure m -> {
                frames.run(List.of(step));
                boolean[] results = new boolean[m.qubits().length];
                reference.measure(m.basis(), m.resets(), m.qubits(), () -> false, results);
                for (int k = 0; k < results.length; k++) {
                    results[k] ^= m.inverted()[k];
                }
                recorded(results, m.bits());
            }
            case Step.MeasureProduct m -> {
                frames.run(List.of(step));
                boolean result = reference.measure(m.product(), () -> false);
                recorded(new boolean[] {result}, m.bit() < 0 ? new int[0] : new int[] {m.bit()});
            }
            case Step.Pad p -> {
                frames.run(List.of(step));
                recorded(p.values(), p.bits());
            }
            default -> frames.run(List.of(step));
        }
    }

    /** Adds the reference to the latest results, and stores them. */
    private void recorded(boolean[] expected, int[] bits) {
        List<long[]> rows = frames.results();
        int first = rows.size() - expected.length;
        for (int k = 0; k < expected.length; k++) {
            long[] row = rows.get(first + k);
            if (expected[k]) {
                for (int w = 0; w < row.length; w++) {
                    row[w] = ~row[w];
                }
            }
            if (bits.length > 0) {
                values.set(bits[k], row);
            }
        }
    }
}
