package org.jaket.statevector;

/** Sees states in mid-circuit, see {@link CompiledCircuit#snapshots}. */
@FunctionalInterface
public interface SnapshotListener {
    /**
     * Sees a state, on the thread that runs the circuit.
     *
     * @param place how many TICKs and barriers these shots have passed before; in loops each
     *     passage counts
     * @param state may be read during the call, and copied to be kept; cannot be changed
     * @param shots the shots that are in this state, by their numbers from 0
     */
    void at(int place, StateVector state, int[] shots);
}
