package org.jaket.circuit;

/**
 * Puts each target into the +1 state of a Pauli operator: |0> for Z, |+> for X, |i> for Y.
 *
 * @param basis X, Y or Z
 * @param targets qubits
 * @param tag free text
 */
public record Reset(Pauli basis, Targets targets, String tag) implements Operation {
    /** Checks the targets. */
    public Reset {
        if (basis == Pauli.I) {
            throw new CircuitException("a reset needs the basis X, Y or Z");
        }
        for (int k = 0; k < targets.size(); k++) {
            if (!Target.isQubit(targets.get(k)) || Target.isInverted(targets.get(k))) {
                throw new CircuitException(
                        "R: cannot take the target " + Target.toString(targets.get(k)));
            }
        }
    }

    @Override
    public Reset withTargets(Targets newTargets) {
        return new Reset(basis, newTargets, tag);
    }

    @Override
    public boolean fusesWith(Operation next) {
        return next instanceof Reset r && basis == r.basis && tag.equals(r.tag);
    }

    /** Stim's name: R, RX or RY. */
    public String stimName() {
        return basis == Pauli.Z ? "R" : "R" + basis;
    }

    @Override
    public String describe() {
        return stimName() + " " + Operation.abbreviated(targets.toString());
    }
}
