package org.jaket.stabilizer.mechanisms;

import org.jaket.stabilizer.results.ShotBatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What each sweep bit flips: a fixed set of detectors and observables, since the Paulis that it
 * controls go through the circuit as errors do and effects add up. Collected by a walk backwards.
 */
final class SweepSymptoms {
    /** Detectors and observables of all sweep bits together at most. */
    private static final long MOST_ENTRIES = 1 << 23;

    private record Effect(int bit, int[] symptoms) {}

    private final List<Effect> effects = new ArrayList<>();
    private long entries;

    /** How many effects were collected so far. */
    int size() {
        return effects.size();
    }

    /** Notes that a sweep bit flips a set, besides what it is known to flip. */
    void add(int bit, int[] symptoms) {
        if (symptoms.length == 0) {
            return;
        }
        entries += symptoms.length;
        if (entries > MOST_ENTRIES) {
            throw new FramesNeededException("The sweep bits flip too many detectors.");
        }
        effects.add(new Effect(bit, symptoms));
    }

    /**
     * Repeats the effects from {@code from} on for turns of a loop that lie further back.
     *
     * @param times how often
     * @param detectors how many detectors each time has
     */
    void repeat(int from, long times, long detectors) {
        List<Effect> once = List.copyOf(effects.subList(from, size()));
        for (Effect effect : once) {
            int[] symptoms = effect.symptoms();
            boolean moves = detectors != 0 && symptoms[symptoms.length - 1] >= 0;
            // What does not move cancels in pairs of turns.
            long copies = moves ? times : times & 1;
            for (long k = 1; k <= copies; k++) {
                long by = moves ? -k * detectors : 0;
                add(effect.bit(), Symptoms.shifted(symptoms, Math.toIntExact(by)));
            }
        }
    }

    /**
     * The collected effects as bits of shots.
     *
     * @param detectors number of detectors of a shot, behind which its observables stand
     */
    Table table(int detectors) {
        TreeMap<Integer, List<int[]>> byBit = new TreeMap<>();
        for (Effect effect : effects) {
            byBit.computeIfAbsent(effect.bit(), b -> new ArrayList<>()).add(effect.symptoms());
        }
        int[] bits = new int[byBit.size()];
        int[][] flips = new int[bits.length][];
        int k = 0;
        for (var e : byBit.entrySet()) {
            bits[k] = e.getKey();
            flips[k++] = oddOnes(e.getValue(), detectors);
        }
        return new Table(bits, flips);
    }

    private static int[] oddOnes(List<int[]> sets, int detectors) {
        int[] all =
                sets.stream()
                        .flatMapToInt(Arrays::stream)
                        .map(s -> s >= 0 ? s : detectors + ~s)
                        .sorted()
                        .toArray();
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (count > 0 && all[count - 1] == all[i]) {
                count--;
            } else {
                all[count++] = all[i];
            }
        }
        return Arrays.copyOf(all, count);
    }

    /**
     * What sweep bits flip.
     *
     * @param bits the sweep bits that flip something
     * @param flips for each of them the bits of a shot that it flips
     */
    record Table(int[] bits, int[][] flips) {
        /** Adds the effects of sweep bits to a batch of the same shots. */
        void addTo(ShotBatch batch, ShotBatch sweeps) {
            long[] words = batch.words();
            for (int shot = 0; shot < batch.shots(); shot++) {
                int at = shot * batch.stride();
                int from = shot * sweeps.stride();
                for (int k = 0; k < bits.length; k++) {
                    if ((sweeps.words()[from + (bits[k] >>> 6)] >>> bits[k] & 1) != 0) {
                        for (int bit : flips[k]) {
                            words[at + (bit >>> 6)] ^= 1L << bit;
                        }
                    }
                }
            }
        }
    }
}
