package org.jaket.execution.trajectory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Shots by what they drew, in the order in which each first came. */
final class Grouping {
    private final int words;
    private final Map<Key, Members> groups = new HashMap<>();
    private final List<Members> order = new ArrayList<>();

    private static final class Key {
        final long[] words;

        Key(long[] words) {
            this.words = words;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && Arrays.equals(words, k.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    private static final class Members {
        final Key key;
        int[] shots = new int[1];
        int size;

        Members(Key key) {
            this.key = key;
        }
    }

    Grouping(int words) {
        this.words = words;
    }

    /** Adds a shot to the group of those that drew the same; the words are copied. */
    void add(long[] drawn, int shot) {
        Members members = groups.get(new Key(drawn));
        if (members == null) {
            members = new Members(new Key(Arrays.copyOf(drawn, words)));
            groups.put(members.key, members);
            order.add(members);
        }
        if (members.size == members.shots.length) {
            members.shots = Arrays.copyOf(members.shots, 2 * members.size);
        }
        members.shots[members.size++] = shot;
    }

    /** Tells the groups: what they drew, and their shots. */
    void forEach(BiConsumer<long[], int[]> action) {
        for (Members m : order) {
            action.accept(m.key.words, Arrays.copyOf(m.shots, m.size));
        }
    }
}
