package org.jaket.stabilizer.errors;

import org.jaket.circuit.stim.DemTargets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets of observables by number; 0 is the empty one. Searches only meet a few. */
final class ObservableSets {
    private final List<BitSet> sets = new ArrayList<>();
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> sums = new HashMap<>();

    ObservableSets() {
        number(new BitSet());
    }

    private int number(BitSet set) {
        Integer known = numbers.get(set);
        if (known == null) {
            known = sets.size();
            sets.add(set);
            numbers.put(set, known);
        }
        return known;
    }

    /** The observables among targets, those that come twice left out. */
    int of(long[] targets, int start, int end) {
        BitSet set = new BitSet();
        for (int k = start; k < end; k++) {
            if (DemTargets.isObservable(targets[k])) {
                set.flip((int) DemTargets.index(targets[k]));
            }
        }
        return number(set);
    }

    /** The sum of two sets over GF(2). */
    int sum(int a, int b) {
        if (a == 0 || b == 0) {
            return a | b;
        }
        if (a == b) {
            return 0;
        }
        long pair = (long) Math.min(a, b) << 32 | Math.max(a, b);
        Integer known = sums.get(pair);
        if (known == null) {
            BitSet set = (BitSet) sets.get(a).clone();
            set.xor(sets.get(b));
            known = number(set);
            sums.put(pair, known);
        }
        return known;
    }

    /** The observables of a set, in order. */
    int[] observables(int set) {
        return sets.get(set).stream().toArray();
    }
}
