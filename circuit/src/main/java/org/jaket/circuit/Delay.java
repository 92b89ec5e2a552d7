package org.jaket.circuit;

/**
 * Idles the given qubits for a while. Ideal simulators do nothing; noise models may decay the
 * qubits.
 *
 * @param seconds not negative; 0 when the duration was left open
 * @param targets qubits
 * @param tag free text
 */
public record Delay(double seconds, Targets targets, String tag) implements Operation {
    /** Checks the duration and that every target is a qubit. */
    public Delay {
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new CircuitException(
                    "delay[" + seconds + " s]: a duration is finite and not negative");
        }
        for (int k = 0; k < targets.size(); k++) {
            if (!Target.isQubit(targets.get(k)) || Target.isInverted(targets.get(k))) {
                throw new CircuitException(
                        "delay: takes qubits, not " + Target.toString(targets.get(k)));
            }
        }
    }

    @Override
    public Delay withTargets(Targets newTargets) {
        return new Delay(seconds, newTargets, tag);
    }

    @Override
    public String describe() {
        return "delay[" + seconds + " s] " + Operation.abbreviated(targets.toString());
    }
}
