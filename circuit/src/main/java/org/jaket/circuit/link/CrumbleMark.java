package org.jaket.circuit.link;

import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;

import java.util.List;

/**
 * An error that Crumble shows, with what becomes of it.
 *
 * @param number of the mark's colour, from 0; errors with the same number are shown together
 * @param path where the operation is that the error comes before: its place in the circuit, or that
 *     of the loop it is in, and so on inwards
 * @param letters the error: Pauli letters with their qubits
 */
public record CrumbleMark(int number, List<Place> path, Targets letters) {
    /** Copies the list; checks that there are a place and letters. */
    public CrumbleMark {
        path = List.copyOf(path);
        if (number < 0) {
            throw new IllegalArgumentException("a mark's number is not negative: " + number);
        }
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a mark needs a place");
        }
        if (!letters.stream().allMatch(Target::isPauli)) {
            throw new IllegalArgumentException("a mark is of Pauli letters, not of " + letters);
        }
    }

    /**
     * A place in a block.
     *
     * @param index of the operation, from 0
     * @param turn how many turns of the block are complete; 0 in the circuit itself
     */
    public record Place(int index, long turn) {}

    /** The mark as it is seen from inside the loop that its path starts with. */
    CrumbleMark inside() {
        return new CrumbleMark(number, path.subList(1, path.size()), letters);
    }
}
