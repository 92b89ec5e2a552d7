package org.jaket.statevector;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.StandardGate;

/** Pauli products, made Z on one of their qubits by Clifford gates. */
final class Parity {
    private static final double[] H = GateLowering.entries(StandardGate.H.matrix());
    private static final double[] H_YZ = GateLowering.entries(StandardGate.H_YZ.matrix());

    private Parity() {}

    /** Rotates a product to Z on one qubit, which it returns. */
    static int gather(PauliProduct product, GateSink gates) {
        lettersToZ(product, gates);
        flips(product.letters(), gates);
        return product.letters().value(0);
    }

    /** Undoes {@link #gather}. */
    static void scatter(PauliProduct product, GateSink gates) {
        flips(product.letters(), gates);
        lettersToZ(product, gates);
    }

    private static void lettersToZ(PauliProduct product, GateSink gates) {
        Targets letters = product.letters();
        for (int k = 0; k < letters.size(); k++) {
            toZ(Target.pauli(letters.get(k)), letters.value(k), gates);
        }
    }

    private static void flips(Targets letters, GateSink gates) {
        int first = letters.value(0);
        for (int k = 1; k < letters.size(); k++) {
            long control = 1L << letters.value(k);
            gates.flip(first, control, control);
        }
    }

    /** The self-inverse Clifford gate that exchanges a Pauli with Z. */
    static void toZ(Pauli pauli, int qubit, GateSink gates) {
        switch (pauli) {
            case X -> gates.one(qubit, H);
            case Y -> gates.one(qubit, H_YZ);
            case Z, I -> {}
        }
    }
}
