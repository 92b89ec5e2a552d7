package org.jaket.stabilizer.tableau;

import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.stabilizer.clifford.Step;
import org.jspecify.annotations.Nullable;

/**
 * Pauli products reduced to one qubit: local gates and CX turn a product into a single Z, which is
 * then measured or rotated about, and are undone again.
 */
public final class Rotation {
    private static final CliffordAction H = action(StandardGate.H);
    private static final CliffordAction H_YZ = action(StandardGate.H_YZ);
    private static final CliffordAction CX = action(StandardGate.CX);
    private static final CliffordAction S = action(StandardGate.S);
    private static final CliffordAction S_DAG = action(StandardGate.S_DAG);

    private Rotation() {}

    private static CliffordAction action(StandardGate gate) {
        CliffordAction action = gate.clifford();
        if (action == null) {
            throw new AssertionError(gate);
        }
        return action;
    }

    /** Puts the square root of a product in front of an inverse tableau. */
    public static void prepend(GeneratorImages inverse, Step.Rotate rotation) {
        Step.Product product = rotation.product();
        int pivot = fold(inverse, product);
        if (pivot < 0) {
            return;
        }
        int[] target = {pivot};
        // The sign of the product turns the rotation round; the inverse tableau takes U^dagger P U.
        boolean dagger = rotation.dagger() != product.negative();
        inverse.prepend(dagger ? S : S_DAG, target, 0);
        unfold(inverse, product);
    }

    /**
     * Applies gates that turn the product, its sign aside, into Z on one qubit.
     *
     * @return that qubit, or -1 if the product is the identity
     */
    static int fold(GeneratorImages inverse, Step.Product product) {
        turn(inverse, product);
        int[] support = support(product);
        for (int k = 1; k < support.length; k++) {
            // CX maps Z of its target to ZZ and back.
            inverse.prepend(CX, new int[] {support[k], support[0]}, 0);
        }
        return support.length == 0 ? -1 : support[0];
    }

    /** Undoes {@link #fold}. */
    static void unfold(GeneratorImages inverse, Step.Product product) {
        int[] support = support(product);
        for (int k = support.length - 1; k >= 1; k--) {
            inverse.prepend(CX, new int[] {support[k], support[0]}, 0);
        }
        turn(inverse, product);
    }

    /** Exchanges X with Z, or Y with Z, on the qubits that need it; its own inverse. */
    private static void turn(GeneratorImages inverse, Step.Product product) {
        for (int q : product.xs()) {
            inverse.prepend(contains(product.zs(), q) ? H_YZ : H, new int[] {q}, 0);
        }
    }

    private static int[] support(Step.Product product) {
        int[] all = new int[product.xs().length + product.zs().length];
        int count = 0;
        for (int q : product.xs()) {
            all[count++] = q;
        }
        for (int q : product.zs()) {
            if (!contains(product.xs(), q)) {
                all[count++] = q;
            }
        }
        return java.util.Arrays.copyOf(all, count);
    }

    private static boolean contains(int[] values, int value) {
        for (int v : values) {
            if (v == value) {
                return true;
            }
        }
        return false;
    }

    /** The gate that exchanges a basis with Z, or null for Z itself; its own inverse. */
    static @Nullable CliffordAction toZ(org.jaket.circuit.Pauli basis) {
        return switch (basis) {
            case X -> H;
            case Y -> H_YZ;
            case Z, I -> null;
        };
    }
}
