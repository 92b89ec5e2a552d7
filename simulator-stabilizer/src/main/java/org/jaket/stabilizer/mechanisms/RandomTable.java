package org.jaket.stabilizer.mechanisms;

import org.jaket.stabilizer.random.BitSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sets of bits each of which is flipped as a whole with probability one half, independently: what
 * measurements leave to chance. Sets are reduced to a basis; single bits are drawn a word at a
 * time, the others eight sets at a time from tables of all their sums (the method of the four
 * Russians).
 */
final class RandomTable {
    /** Bits that are added up at most to reduce the sets. */
    private static final long MOST_WORK = 200_000_000;

    /** Sets of one group. */
    private static final int GROUP = 8;

    /** Words that the sets of a group may have together, if there is more than one. */
    private static final int MOST_WORDS = 16;

    /** Random words drawn at a time. */
    private static final int CHUNK = 512;

    /**
     * Sets and all their sums.
     *
     * @param words the words in which they have bits
     * @param sums by number of the sum, its bits in these words
     */
    private record Group(int[] words, long[] sums) {}

    private final int[] words;
    private final long[] masks;
    private final Group[] groups;
    private final long[] random = new long[CHUNK];
    private long work;

    /**
     * Creates the table. Not for use by several threads.
     *
     * @param sets ascending bits of a shot
     * @throws FramesNeededException if that is too much work
     */
    RandomTable(Collection<int[]> sets) {
        TreeMap<Integer, Long> single = new TreeMap<>();
        List<int[]> longer = new ArrayList<>();
        for (int[] set : basis(sets)) {
            if (set.length == 1) {
                single.merge(set[0] >>> 6, 1L << set[0], (a, b) -> a | b);
            } else {
                longer.add(set);
            }
        }
        words = single.keySet().stream().mapToInt(Integer::intValue).toArray();
        masks = single.values().stream().mapToLong(Long::longValue).toArray();
        groups = groups(longer);
    }

    private RandomTable(RandomTable other) {
        words = other.words;
        masks = other.masks;
        groups = other.groups;
    }

    /** The same table for another thread. */
    RandomTable copy() {
        return new RandomTable(this);
    }

    /** Sets that span the same sums, none of them a sum of others, in the order of lowest bits. */
    private List<int[]> basis(Collection<int[]> sets) {
        TreeMap<Integer, int[]> byLowest = new TreeMap<>();
        for (int[] set : sets) {
            int[] rest = set;
            while (rest.length > 0) {
                int[] pivot = byLowest.putIfAbsent(rest[0], rest);
                rest = pivot == null ? Symptoms.NONE : sum(rest, pivot);
            }
        }
        // From the highest down: what other sets can take away is taken away where that is less.
        for (Map.Entry<Integer, int[]> entry : byLowest.descendingMap().entrySet()) {
            int[] best = entry.getValue();
            for (int bit : entry.getValue()) {
                int[] other = byLowest.get(bit);
                if (bit != entry.getKey() && other != null && Arrays.binarySearch(best, bit) >= 0) {
                    int[] less = sum(best, other);
                    best = less.length < best.length ? less : best;
                }
            }
            entry.setValue(best);
        }
        return List.copyOf(byLowest.values());
    }

    private int[] sum(int[] a, int[] b) {
        work += a.length + b.length;
        if (work > MOST_WORK) {
            throw new FramesNeededException("The circuit has too many random results.");
        }
        return Symptoms.sum(a, b);
    }

    private static Group[] groups(List<int[]> sets) {
        List<Group> groups = new ArrayList<>();
        List<int[]> open = new ArrayList<>();
        TreeSet<Integer> words = new TreeSet<>();
        for (int[] set : sets) {
            TreeSet<Integer> all = new TreeSet<>(words);
            for (int bit : set) {
                all.add(bit >>> 6);
            }
            if (open.size() == GROUP || !open.isEmpty() && all.size() > MOST_WORDS) {
                groups.add(group(open, words));
                open.clear();
                words.clear();
            }
            open.add(set);
            for (int bit : set) {
                words.add(bit >>> 6);
            }
        }
        if (!open.isEmpty()) {
            groups.add(group(open, words));
        }
        return groups.toArray(Group[]::new);
    }

    private static Group group(List<int[]> sets, TreeSet<Integer> wordSet) {
        int[] words = wordSet.stream().mapToInt(Integer::intValue).toArray();
        long[] sums = new long[words.length << GROUP];
        for (int sum = 1; sum < 1 << GROUP; sum++) {
            int low = Integer.numberOfTrailingZeros(sum);
            System.arraycopy(
                    sums, (sum & sum - 1) * words.length, sums, sum * words.length, words.length);
            for (int bit : low < sets.size() ? sets.get(low) : Symptoms.NONE) {
                int w = Arrays.binarySearch(words, bit >>> 6);
                sums[sum * words.length + w] ^= 1L << bit;
            }
        }
        return new Group(words, sums);
    }

    /** Flips bits of a block of shots, {@code stride} words each. */
    void scatter(long[] rows, int stride, int shots, BitSource source) {
        for (int k = 0; k < words.length; k++) {
            long mask = masks[k];
            for (int first = 0; first < shots; first += CHUNK) {
                int count = Math.min(CHUNK, shots - first);
                source.fill(random, 0, count + 7 & -8);
                for (int s = 0, at = first * stride + words[k]; s < count; s++, at += stride) {
                    rows[at] ^= random[s] & mask;
                }
            }
        }
        for (Group group : groups) {
            for (int first = 0; first < shots; first += 8 * CHUNK) {
                int count = Math.min(8 * CHUNK, shots - first);
                source.fill(random, 0, (count + 7 >>> 3) + 7 & -8);
                add(group, rows, first * stride, stride, count);
            }
        }
    }

    private void add(Group group, long[] rows, int start, int stride, int count) {
        long[] sums = group.sums;
        int[] in = group.words;
        int width = in.length;
        if (width == 1) {
            for (int s = 0, at = start + in[0]; s < count; s++, at += stride) {
                rows[at] ^= sums[(int) (random[s >>> 3] >>> 8 * (s & 7)) & 0xFF];
            }
            return;
        }
        int a = in[0];
        int b = in[1];
        for (int s = 0, at = start; s < count; s++, at += stride) {
            int sum = ((int) (random[s >>> 3] >>> 8 * (s & 7)) & 0xFF) * width;
            rows[at + a] ^= sums[sum];
            rows[at + b] ^= sums[sum + 1];
            for (int w = 2; w < width; w++) {
                rows[at + in[w]] ^= sums[sum + w];
            }
        }
    }
}
