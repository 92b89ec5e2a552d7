package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.stabilizer.sensitivity.Ids;
import org.jaket.stabilizer.sensitivity.Sensitivities;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The distinct errors found so far: which targets each flips (sorted {@link Ids}, possibly with
 * separators), its tag, and how likely it is. All targets lie in one arena; equal errors are found
 * by hashing.
 *
 * <p>A new list of targets is pushed onto the end of the arena and then stored, which keeps it only
 * if it is new.
 */
final class ErrorTable {
    /** How many distinct errors are kept at a time. */
    static final int MAX_ERRORS = Budget.mostKept();

    private int[] arena = new int[256];
    private int committed;
    private int end;

    private int[] starts = new int[65];
    private int[] hashes = new int[64];
    private int[] tags = new int[64];
    private double[] probabilities = new double[64];
    private int count;

    /** Open addressing; entry numbers plus one, 0 for free. */
    private int[] slots = new int[256];

    int count() {
        return count;
    }

    int[] arena() {
        return arena;
    }

    int start(int entry) {
        return starts[entry];
    }

    int end(int entry) {
        return starts[entry + 1];
    }

    int size(int entry) {
        return starts[entry + 1] - starts[entry];
    }

    int tag(int entry) {
        return tags[entry];
    }

    double probability(int entry) {
        return probabilities[entry];
    }

    /** Forgets all errors. */
    void clear() {
        if (count > 0) {
            if (count > slots.length / 8) {
                Arrays.fill(slots, 0);
            } else {
                for (int entry = 0; entry < count; entry++) {
                    int slot = hashes[entry] & slots.length - 1;
                    // Whole runs go at once, since no entry stays.
                    while (slots[slot] != 0) {
                        slots[slot] = 0;
                        slot = slot + 1 & slots.length - 1;
                    }
                }
            }
        }
        count = 0;
        committed = 0;
        end = 0;
    }

    // The list that is being made.

    private void reserve(int more) {
        if (more > arena.length - end) {
            long size = Math.max(2L * arena.length, (long) end + more);
            if ((long) end + more > Integer.MAX_VALUE - 8) {
                throw new CircuitException(
                        "the errors of this circuit have more than 2^31 symptoms. Maybe fold loops, or analyse a part?");
            }
            arena = Arrays.copyOf(arena, (int) Math.min(size, Integer.MAX_VALUE - 8));
        }
    }

    void push(int target) {
        reserve(1);
        arena[end++] = target;
    }

    void push(int[] targets, int from, int to) {
        reserve(to - from);
        System.arraycopy(targets, from, arena, end, to - from);
        end += to - from;
    }

    void pushEntry(int entry) {
        reserve(size(entry));
        System.arraycopy(arena, starts[entry], arena, end, size(entry));
        end += size(entry);
    }

    /** Pushes the sum of the targets of two errors that have no separators. */
    void pushSum(int a, int b) {
        reserve(size(a) + size(b));
        int[] data = arena;
        int i = starts[a];
        int iEnd = starts[a + 1];
        int j = starts[b];
        int jEnd = starts[b + 1];
        int to = end;
        while (i < iEnd && j < jEnd) {
            int x = data[i];
            int y = data[j];
            if (x < y) {
                data[to++] = x;
                i++;
            } else if (y < x) {
                data[to++] = y;
                j++;
            } else {
                i++;
                j++;
            }
        }
        while (i < iEnd) {
            data[to++] = data[i++];
        }
        while (j < jEnd) {
            data[to++] = data[j++];
        }
        end = to;
    }

    /** Adds sorted targets to the pushed list, which must be sorted too. */
    void pushSum(int[] targets, int size) {
        int[] had = Arrays.copyOfRange(arena, committed, end);
        reserve(size);
        end = Sensitivities.sum(had, had.length, targets, size, arena, committed);
    }

    boolean hasPushed() {
        return end > committed;
    }

    /** Takes back the last push of one target. */
    void popOne() {
        end--;
    }

    /** Takes back all that was pushed. */
    void discard() {
        end = committed;
    }

    /** The error with the pushed targets, new with probability 0 if there was none. */
    int store(int tag) {
        int size = end - committed;
        int hash = tag * 0x85EBCA6B;
        for (int k = committed; k < end; k++) {
            hash = (hash ^ arena[k]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        hash ^= hash >>> 16;
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (hashes[entry] == hash
                    && tags[entry] == tag
                    && size(entry) == size
                    && samePushed(starts[entry], size)) {
                end = committed;
                return entry;
            }
            slot = slot + 1 & mask;
        }
        return append(hash, tag, slot);
    }

    private boolean samePushed(int start, int size) {
        for (int k = 0; k < size; k++) {
            if (arena[start + k] != arena[committed + k]) {
                return false;
            }
        }
        return true;
    }

    private int append(int hash, int tag, int slot) {
        if (count == hashes.length) {
            if (count >= MAX_ERRORS) {
                throw new CircuitException(
                        "the circuit has more than %d distinct errors. Maybe fold loops, or analyse a part?"
                                .formatted(MAX_ERRORS));
            }
            starts = Arrays.copyOf(starts, 2 * count + 1);
            hashes = Arrays.copyOf(hashes, 2 * count);
            tags = Arrays.copyOf(tags, 2 * count);
            probabilities = Arrays.copyOf(probabilities, 2 * count);
        }
        int entry = count++;
        hashes[entry] = hash;
        tags[entry] = tag;
        probabilities[entry] = 0;
        starts[entry] = committed;
        starts[entry + 1] = end;
        committed = end;
        slots[slot] = entry + 1;
        if (2 * count > slots.length) {
            rehash();
        }
        return entry;
    }

    private void rehash() {
        int[] larger = new int[4 * slots.length];
        int mask = larger.length - 1;
        for (int entry = 0; entry < count; entry++) {
            int slot = hashes[entry] & mask;
            while (larger[slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[slot] = entry + 1;
        }
        slots = larger;
    }

    /** Makes an error happen also with another, independent probability. */
    void accumulate(int entry, double p) {
        double old = probabilities[entry];
        // Fused as C++ compilers do it on processors that can, so that the last digits agree.
        probabilities[entry] = Math.fma(old, 1 - p, (1 - old) * p);
    }

    /** Takes an error out. */
    void remove(int entry) {
        probabilities[entry] = 0;
    }

    /** Whether no part of an error has more than two detectors. */
    boolean isGraphlike(int entry) {
        int detectors = 0;
        for (int k = starts[entry]; k < starts[entry + 1]; k++) {
            int target = arena[k];
            if (target == Ids.SEPARATOR) {
                detectors = 0;
            } else if (Ids.isDetector(target) && ++detectors > 2) {
                return false;
            }
        }
        return true;
    }

    /** Compares targets as sequences. */
    int compareTargets(int a, int b) {
        return Arrays.compare(arena, starts[a], starts[a + 1], arena, starts[b], starts[b + 1]);
    }

    /** The entries that can happen and flip something, sorted by targets and then by tag. */
    int[] sorted() {
        int[] order = new int[count];
        int live = 0;
        for (int entry = 0; entry < count; entry++) {
            if (probabilities[entry] != 0 && size(entry) > 0) {
                order[live++] = entry;
            }
        }
        return ErrorOrder.sort(this, order, live);
    }

    /**
     * The errors that can happen, sorted and copied, or null when there are none.
     *
     * @param base what ids of detectors are relative to
     */
    Emitted.@Nullable Errors emit(long base) {
        int[] order = sorted();
        if (order.length == 0) {
            return null;
        }
        int size = 0;
        for (int entry : order) {
            size += size(entry);
        }
        int[] targets = new int[size];
        int[] ends = new int[order.length];
        double[] p = new double[order.length];
        int[] orderedTags = new int[order.length];
        int at = 0;
        for (int k = 0; k < order.length; k++) {
            int entry = order[k];
            System.arraycopy(arena, starts[entry], targets, at, size(entry));
            at += size(entry);
            ends[k] = at;
            p[k] = probabilities[entry];
            orderedTags[k] = tags[entry];
        }
        return new Emitted.Errors(base, targets, ends, p, orderedTags);
    }
}
