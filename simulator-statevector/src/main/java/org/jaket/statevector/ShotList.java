package org.jaket.statevector;

import java.util.Arrays;

/** A growing list of numbers of shots. */
final class ShotList {
    private int[] shots = new int[1];
    private int size;

    void add(int shot) {
        if (size == shots.length) {
            shots = Arrays.copyOf(shots, 2 * size);
        }
        shots[size++] = shot;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int[] toArray() {
        return Arrays.copyOf(shots, size);
    }
}
