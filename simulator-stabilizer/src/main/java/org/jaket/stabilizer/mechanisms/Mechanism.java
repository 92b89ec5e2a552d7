package org.jaket.stabilizer.mechanisms;

import java.util.Arrays;

/** What an error flips, as a key: see {@link Symptoms}. The array is not changed. */
record Mechanism(int[] symptoms) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Mechanism m && Arrays.equals(symptoms, m.symptoms);
    }

    @Override
    public int hashCode() {
        int hash = Arrays.hashCode(symptoms) * 0x9E37_79B9;
        return hash ^ hash >>> 15;
    }
}
