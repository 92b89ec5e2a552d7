package org.jaket.circuit.observable;

import org.jaket.circuit.Block;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.pass.Expansion;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** A Pauli string on its way through a circuit, forwards or backwards. */
final class Propagation {
    private static final double TOLERANCE = 1e-9;

    private final int qubits;
    private final long[] x;
    private final long[] z;
    private int phase;

    Propagation(PauliString start) {
        qubits = start.qubits();
        x = start.xBits();
        z = start.zBits();
        phase = start.phase();
    }

    PauliString result() {
        return PauliString.ofBits(qubits, x, z, phase);
    }

    private Pauli get(int q) {
        return Pauli.of((x[q >> 6] >>> q & 1) != 0, (z[q >> 6] >>> q & 1) != 0);
    }

    private void set(int q, boolean hasX, boolean hasZ) {
        long bit = 1L << q;
        x[q >> 6] = hasX ? x[q >> 6] | bit : x[q >> 6] & ~bit;
        z[q >> 6] = hasZ ? z[q >> 6] | bit : z[q >> 6] & ~bit;
    }

    void multiplyRight(int q, Pauli right) {
        Pauli left = get(q);
        phase +=
                turns(
                        left.hasX() ? 1 : 0,
                        left.hasZ() ? 1 : 0,
                        right.hasX() ? 1 : 0,
                        right.hasZ() ? 1 : 0);
        set(q, left.hasX() ^ right.hasX(), left.hasZ() ^ right.hasZ());
    }

    /** The power of i in the product of two strings given by masks, each with letters Y. */
    private static int turns(int x1, int z1, int x2, int z2) {
        return Integer.bitCount(x1 & z1)
                + Integer.bitCount(x2 & z2)
                - Integer.bitCount((x1 ^ x2) & (z1 ^ z2))
                + 2 * Integer.bitCount(z1 & x2);
    }

    void block(Block block, boolean backward) {
        List<Operation> operations = block.operations();
        for (Operation operation : backward ? operations.reversed() : operations) {
            operation(operation, backward);
        }
    }

    void operation(Operation operation, boolean backward) {
        switch (operation) {
            case GateOperation g -> gate(backward ? g.inverse() : g);
            case PauliPhase p -> {
                List<PauliProduct> products = PauliProduct.split("SPP", p.targets());
                for (PauliProduct product : backward ? products.reversed() : products) {
                    rotate(product, p.dagger() != backward);
                }
            }
            case Repeat r -> {
                for (long k = 0; k < r.count(); k++) {
                    block(r.body(), backward);
                }
            }
            case Measurement m -> {
                checkMeasurement(m);
                if (m.kind().resets()) {
                    reset(m, m.kind().basis(), m.targets(), backward);
                }
            }
            case Reset r -> reset(r, r.basis(), r.targets(), backward);
            default -> {
                if (!operation.targets().stream().noneMatch(Target::touchesQubit)
                                && isActive(operation)
                        || !operation.blocks().isEmpty()) {
                    throw new CircuitException(
                            operation, "a Pauli string has no definite form beyond it");
                }
            }
        }
    }

    private static boolean isActive(Operation operation) {
        return switch (operation) {
            case org.jaket.circuit.NoiseOperation n ->
                    n.noise() != org.jaket.circuit.noise.Noise.I_ERROR
                            && n.noise() != org.jaket.circuit.noise.Noise.II_ERROR;
            case org.jaket.circuit.ChannelOperation c -> true;
            case org.jaket.circuit.PauliRotation r -> true;
            default -> false;
        };
    }

    private void gate(GateOperation g) {
        int arity = g.gate().qubits();
        if (arity == 0) {
            return;
        }
        if (g.targets().qubitBound() > qubits) {
            throw new CircuitException(
                    g, "acts on qubits beyond a Pauli string of " + qubits + " qubits");
        }
        if (g.targets().hasClassical()) {
            throw new CircuitException(
                    g, "depends on a result, so a Pauli string has no definite form beyond it");
        }
        CliffordAction action = action(g);
        if (action == null) {
            List<Operation> parts = Expansion.of(g).operations();
            if (parts.size() == 1 && parts.getFirst().equals(g)) {
                throw new CircuitException(
                        g,
                        "is not a Clifford gate, so it maps some Pauli strings to sums of several");
            }
            parts.forEach(part -> gate((GateOperation) part));
            return;
        }
        for (int k = 0; k < g.targets().size(); k += arity) {
            conjugate(action, g.targets(), k);
        }
    }

    private static @Nullable CliffordAction action(GateOperation g) {
        if (g.gate() instanceof StandardGate s && s.parameters() == 0) {
            return s.clifford();
        }
        if (g.gate().qubits() > 3) {
            return null;
        }
        ComplexMatrix matrix = g.gate().matrix(g.values());
        return CliffordAction.of(matrix, TOLERANCE);
    }

    private void conjugate(CliffordAction action, Targets targets, int from) {
        int px = 0;
        int pz = 0;
        for (int k = 0; k < action.qubits(); k++) {
            Pauli letter = get(targets.get(from + k));
            for (int part = 0; part < 2; part++) {
                if (part == 0 ? !letter.hasX() : !letter.hasZ()) {
                    continue;
                }
                int fx = action.x(k, part == 1);
                int fz = action.z(k, part == 1);
                phase += turns(px, pz, fx, fz) + (action.negative(k, part == 1) ? 2 : 0);
                px ^= fx;
                pz ^= fz;
            }
            // Y = i X Z.
            phase += letter == Pauli.Y ? 1 : 0;
        }
        for (int k = 0; k < action.qubits(); k++) {
            set(targets.get(from + k), (px >> k & 1) != 0, (pz >> k & 1) != 0);
        }
    }

    private boolean anticommutes(PauliProduct product) {
        boolean anti = false;
        for (int k = 0; k < product.letters().size(); k++) {
            int q = product.letters().value(k);
            Pauli theirs = Target.pauli(product.letters().get(k));
            Pauli ours = get(q);
            anti ^= theirs.hasX() && ours.hasZ();
            anti ^= theirs.hasZ() && ours.hasX();
        }
        return anti;
    }

    /** With U the square root of Q and P anticommuting with Q, {@code U P U^dagger = i P Q}. */
    private void rotate(PauliProduct product, boolean dagger) {
        requireRoom(product.letters());
        if (anticommutes(product)) {
            phase += (dagger ? 3 : 1) + (product.negative() ? 2 : 0);
            for (int k = 0; k < product.letters().size(); k++) {
                multiplyRight(product.letters().value(k), Target.pauli(product.letters().get(k)));
            }
        }
    }

    private void requireRoom(Targets targets) {
        if (targets.qubitBound() > qubits) {
            throw new CircuitException(
                    "qubit "
                            + (targets.qubitBound() - 1)
                            + " is acted on, and the Pauli string has only "
                            + qubits);
        }
    }

    private void checkMeasurement(Measurement m) {
        if (m.kind() == MeasurementKind.MPAD || m.kind() == MeasurementKind.MABSENT) {
            return;
        }
        requireRoom(m.targets());
        for (PauliProduct product : m.products()) {
            if (anticommutes(product)) {
                throw new CircuitException(
                        m, "anticommutes with " + result() + ", whose value it makes random");
            }
        }
    }

    private void reset(Operation operation, Pauli basis, Targets targets, boolean backward) {
        requireRoom(targets);
        for (int k = 0; k < targets.size(); k++) {
            int q = targets.value(k);
            Pauli letter = get(q);
            if (letter != Pauli.I && !(backward && letter == basis)) {
                throw new CircuitException(
                        operation,
                        "resets qubit " + q + ", so " + result() + " has no form beyond it");
            }
            set(q, false, false);
        }
    }
}
