package org.jaket.circuit;

/**
 * Keeps passes from moving gates across it on the given qubits; it does nothing else.
 *
 * @param targets qubits
 * @param tag free text
 */
public record Barrier(Targets targets, String tag) implements Operation {
    /** Checks that every target is a qubit. */
    public Barrier {
        for (int k = 0; k < targets.size(); k++) {
            if (!Target.isQubit(targets.get(k)) || Target.isInverted(targets.get(k))) {
                throw new CircuitException(
                        "barrier: takes qubits, not " + Target.toString(targets.get(k)));
            }
        }
    }

    @Override
    public Barrier withTargets(Targets newTargets) {
        return new Barrier(newTargets, tag);
    }

    @Override
    public String describe() {
        return "barrier " + Operation.abbreviated(targets.toString());
    }
}
