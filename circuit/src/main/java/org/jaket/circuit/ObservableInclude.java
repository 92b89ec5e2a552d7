package org.jaket.circuit;

/**
 * Adds results (or Pauli operators) to a logical observable.
 *
 * @param observable its index
 * @param targets results, or Pauli letters
 * @param tag free text
 */
public record ObservableInclude(int observable, Targets targets, String tag) implements Operation {
    /** Checks index and targets. */
    public ObservableInclude {
        if (observable < 0) {
            throw new CircuitException(
                    "OBSERVABLE_INCLUDE(" + observable + "): the index is not negative");
        }
        for (int k = 0; k < targets.size(); k++) {
            int t = targets.get(k);
            if (!Target.isRecord(t) && !Target.isPauli(t)) {
                throw new CircuitException(
                        "OBSERVABLE_INCLUDE: takes results such as rec[-1] or Pauli letters, not "
                                + Target.toString(t));
            }
        }
    }

    @Override
    public ObservableInclude withTargets(Targets newTargets) {
        return new ObservableInclude(observable, newTargets, tag);
    }

    @Override
    public String describe() {
        return "OBSERVABLE_INCLUDE("
                + observable
                + ") "
                + Operation.abbreviated(targets.toString());
    }
}
