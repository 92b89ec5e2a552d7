package org.jaket.circuit;

/**
 * The square root of a Pauli product: phases its -1 eigenspace by i (by -i with {@code dagger}).
 * Stim's SPP and SPP_DAG.
 *
 * @param dagger whether the inverse is meant
 * @param targets Pauli letters joined by combiners to products
 * @param tag free text
 */
public record PauliPhase(boolean dagger, Targets targets, String tag) implements Operation {
    /** Checks that the targets form Hermitian Pauli products. */
    public PauliPhase {
        PauliProduct.split(dagger ? "SPP_DAG" : "SPP", targets);
    }

    @Override
    public PauliPhase withTargets(Targets newTargets) {
        return new PauliPhase(dagger, newTargets, tag);
    }

    @Override
    public boolean fusesWith(Operation next) {
        return next instanceof PauliPhase p && p.dagger == dagger && p.tag.equals(tag);
    }

    @Override
    public String describe() {
        return (dagger ? "SPP_DAG " : "SPP ") + Operation.abbreviated(targets.toString());
    }
}
