package org.jaket.stabilizer.tableau;

import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Puts the inverses of named gates in front of rows. */
final class Gates {
    private final PauliRows rows;
    private final Map<StandardGate, CliffordAction> inverses = new EnumMap<>(StandardGate.class);
    private final int[] targets = new int[2];

    Gates(PauliRows rows) {
        this.rows = rows;
    }

    void prependInverse(StandardGate gate, int a, int b) {
        CliffordAction action =
                inverses.computeIfAbsent(
                        gate, g -> Objects.requireNonNull(((StandardGate) g.inverse()).clifford()));
        targets[0] = a;
        targets[1] = b;
        rows.prepend(action, targets, 0);
    }
}
