package org.jaket.annealing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One state of a model's variables.
 *
 * @param variables the labels
 * @param state a value for each variable; not to be changed
 * @param energy what the model says
 * @param occurrences how often it was found
 */
public record Sample(Variables variables, byte[] state, double energy, int occurrences) {
    /** The value of a variable, given by its label. */
    public int value(Object label) {
        return state[variables.number(label)];
    }

    /** All values by their labels, in the order of the variables. */
    public Map<Object, Integer> toMap() {
        Map<Object, Integer> map = LinkedHashMap.newLinkedHashMap(state.length);
        for (int k = 0; k < state.length; k++) {
            map.put(variables.get(k), (int) state[k]);
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample s
                && variables.equals(s.variables)
                && Arrays.equals(state, s.state)
                && energy == s.energy
                && occurrences == s.occurrences;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(state) + Double.hashCode(energy);
    }

    @Override
    public String toString() {
        return "energy %s, %d times: %s".formatted(energy, occurrences, toMap());
    }
}
