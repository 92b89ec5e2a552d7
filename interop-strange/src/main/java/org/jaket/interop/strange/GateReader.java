package org.jaket.interop.strange;

import org.jaket.circuit.Block;
import org.jaket.circuit.BlockBuilder;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;
import org.redfx.strange.BlockGate;
import org.redfx.strange.Complex;
import org.redfx.strange.ControlledBlockGate;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Cr;
import org.redfx.strange.gate.Cz;
import org.redfx.strange.gate.Fourier;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.Identity;
import org.redfx.strange.gate.InformalGate;
import org.redfx.strange.gate.InvFourier;
import org.redfx.strange.gate.Measurement;
import org.redfx.strange.gate.Oracle;
import org.redfx.strange.gate.PermutationGate;
import org.redfx.strange.gate.ProbabilitiesGate;
import org.redfx.strange.gate.R;
import org.redfx.strange.gate.Rotation;
import org.redfx.strange.gate.RotationX;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.gate.RotationZ;
import org.redfx.strange.gate.Swap;
import org.redfx.strange.gate.ThreeQubitGate;
import org.redfx.strange.gate.Toffoli;
import org.redfx.strange.gate.TwoQubitGate;
import org.redfx.strange.gate.X;
import org.redfx.strange.gate.Y;
import org.redfx.strange.gate.Z;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a gate of Strange's as one operation of Jaket's. Gates of exactly Strange's own classes are
 * read from what they are made of; blocks become defined gates; gates of any other class, and those
 * that derive from one of Strange's, are their matrices.
 *
 * <p>Nothing is written to: inverting a block here does not touch the gates inside.
 */
final class GateReader {
    /** Blocks inside of blocks; more can only be a block that holds itself. */
    private static final int MAX_DEPTH = 200;

    /** How far, relatively, an angle may be from what it was before its phase was rounded. */
    private static final double ROUNDING = 1.2e-7;

    private static final Map<Class<?>, StandardGate> FIXED =
            Map.of(
                    Identity.class, StandardGate.I,
                    X.class, StandardGate.X,
                    Y.class, StandardGate.Y,
                    Z.class, StandardGate.Z,
                    Hadamard.class, StandardGate.H,
                    Cnot.class, StandardGate.CX,
                    Cz.class, StandardGate.CZ,
                    Swap.class, StandardGate.SWAP,
                    Toffoli.class, StandardGate.CCX);

    private static final String INSIDE = "inside, gate ";

    private static final Set<Class<?>> ROTATIONS =
            Set.of(Rotation.class, RotationX.class, RotationY.class, RotationZ.class);

    private final IdentityHashMap<org.redfx.strange.Block, DefinedGate> blocks =
            new IdentityHashMap<>();

    /** The same oracle comes again and again in a search. */
    private final IdentityHashMap<Complex[][], MatrixGate> matrices = new IdentityHashMap<>();

    private int depth;

    /**
     * The operation that a gate is, on the qubits that it names.
     *
     * @throws IllegalArgumentException without naming the gate, which the caller does, if it is no
     *     unitary gate that can be read
     */
    GateOperation read(org.redfx.strange.Gate gate) {
        StandardGate fixed = FIXED.get(gate.getClass());
        if (fixed != null) {
            return GateOperation.of(fixed, operands(gate));
        }
        if (ROTATIONS.contains(gate.getClass())) {
            return rotation((Rotation) gate);
        }
        return switch (gate) {
            case R r when r.getClass() == R.class -> phase(r);
            case Cr c when c.getClass() == Cr.class -> controlledPhase(c);
            case Oracle o -> oracle(o);
            case PermutationGate p ->
                    GateOperation.of(StandardGate.SWAP, p.getIndex1(), p.getIndex2());
            case BlockGate<?> b -> block(b);
            case InformalGate i ->
                    throw new IllegalArgumentException("it is no gate that acts on qubits");
            case Measurement m ->
                    throw new IllegalArgumentException("a measurement cannot be part of a gate");
            default -> matrix(gate);
        };
    }

    private static GateOperation rotation(Rotation gate) {
        double angle = HiddenFields.angle(gate);
        // The off-diagonal entry of RX, RY and the phase of Strange's RZ change sign with the
        // angle. Setting the inverse turns the matrix and leaves the angle.
        Complex[][] m = gate.getMatrix();
        StandardGate name =
                switch (HiddenFields.axis(gate)) {
                    case XAxis -> StandardGate.RX;
                    case YAxis -> StandardGate.RY;
                    case ZAxis -> StandardGate.RZ;
                };
        float sign =
                switch (HiddenFields.axis(gate)) {
                    case XAxis -> -m[1][0].i;
                    case YAxis -> m[1][0].r;
                    case ZAxis -> -m[0][0].i;
                };
        boolean inverted = sign * Math.sin(angle / 2) < 0;
        return parametric(name, inverted ? -angle : angle, gate.getMainQubitIndex());
    }

    private static GateOperation phase(R gate) {
        double angle = HiddenFields.phase(gate);
        boolean inverted = gate.getMatrix()[1][1].i * Math.sin(angle) < 0;
        return parametric(StandardGate.P, inverted ? -angle : angle, gate.getMainQubitIndex());
    }

    private static GateOperation controlledPhase(Cr gate) {
        Complex entry = gate.getMatrix()[3][3];
        return parametric(StandardGate.CP, angle(entry), operands(gate));
    }

    /**
     * The angle of a phase that was rounded to single precision. Fractions 1/2^k of a turn, of
     * which Fourier transforms are made, are taken to have been just that.
     */
    private static double angle(Complex phase) {
        double angle = Math.atan2(phase.i, phase.r);
        double k = Math.rint(Math.log(2 * Math.PI / Math.abs(angle)) / Math.log(2));
        double fraction = Math.copySign(Math.scalb(2 * Math.PI, (int) -k), angle);
        return Math.abs(fraction - angle) <= ROUNDING * Math.abs(angle) ? fraction : angle;
    }

    private static GateOperation parametric(StandardGate gate, double angle, int... qubits) {
        return new GateOperation(gate, List.of(Expression.of(angle)), Targets.of(qubits), "");
    }

    /** The qubits in the order in which the gate was given them. */
    private static int[] operands(org.redfx.strange.Gate gate) {
        return switch (gate) {
            case TwoQubitGate g -> new int[] {g.getMainQubitIndex(), g.getSecondQubitIndex()};
            case ThreeQubitGate g ->
                    new int[] {g.getMainQubit(), g.getSecondQubit(), g.getThirdQubit()};
            default -> new int[] {gate.getMainQubitIndex()};
        };
    }

    /** Strange puts an oracle on qubits 0 to n - 1, qubit 0 least significant. */
    private GateOperation oracle(Oracle gate) {
        Complex[][] matrix = gate.getMatrix();
        if (matrix == null) {
            throw new IllegalArgumentException("it has no matrix");
        }
        int size = Integer.numberOfTrailingZeros(Math.max(1, matrix.length));
        Set<Integer> affected = new HashSet<>(gate.getAffectedQubitIndexes());
        Targets targets = Targets.range(0, size);
        if (!affected.equals(new HashSet<>(targets.stream().boxed().toList()))) {
            throw new IllegalArgumentException(
                    "its matrix of "
                            + matrix.length
                            + " rows does not fit the qubits "
                            + affected
                            + "; an oracle lies on the lowest qubits");
        }
        String label = gate.getCaption() == null ? "Oracle" : gate.getCaption();
        return matrix(label, matrix, targets.toArray());
    }

    /**
     * A gate of any class by its matrix. The qubits of two- and three-qubit gates are given most
     * significant first, as their matrices in Strange have them; other gates lie on the qubits that
     * they affect, the lowest least significant, as Strange's oracles and blocks do.
     */
    private GateOperation matrix(org.redfx.strange.Gate gate) {
        int[] qubits;
        if (gate instanceof TwoQubitGate || gate instanceof ThreeQubitGate) {
            int[] given = operands(gate);
            qubits = new int[given.length];
            for (int k = 0; k < given.length; k++) {
                qubits[k] = given[given.length - 1 - k];
            }
        } else {
            qubits = gate.getAffectedQubitIndexes().stream().mapToInt(q -> q).sorted().toArray();
        }
        if (qubits.length == 0 || qubits.length > StrangeMatrices.MAX_QUBITS) {
            throw new IllegalArgumentException(
                    "it is known only by its matrix, which may have 1 to "
                            + StrangeMatrices.MAX_QUBITS
                            + " qubits, not "
                            + qubits.length);
        }
        Complex[][] matrix = gate.getMatrix();
        if (matrix == null) {
            throw new IllegalArgumentException("it has no matrix");
        }
        return matrix(gate.getClass().getSimpleName(), matrix, qubits);
    }

    private GateOperation matrix(String label, Complex[][] entries, int[] qubits) {
        if (qubits.length > StrangeMatrices.MAX_QUBITS) {
            throw new IllegalArgumentException(
                    "its matrix has "
                            + qubits.length
                            + " qubits, at most "
                            + StrangeMatrices.MAX_QUBITS
                            + " are taken");
        }
        MatrixGate known = matrices.get(entries);
        if (known == null || !known.label().equals(label)) {
            known = new MatrixGate(label, StrangeMatrices.unitary(entries, qubits.length));
            matrices.put(entries, known);
        }
        return GateOperation.of(known, qubits);
    }

    private GateOperation block(BlockGate<?> gate) {
        int size = gate.getBlock().getNQubits();
        Targets targets = Targets.range(gate.getMainQubitIndex(), gate.getMainQubitIndex() + size);
        if (gate.getClass() == Fourier.class || gate.getClass() == InvFourier.class) {
            DefinedGate transform = fourier(size);
            boolean inverse = isInverse((Fourier) gate);
            return operation(inverse ? transform.inverse() : transform, targets);
        }
        if (!gate.hasOptimization()) {
            // Then Strange too asks for the matrix and not for the steps.
            return matrix(gate);
        }
        Gate body = defined(gate.getBlock(), nameOf(gate));
        Gate directed = HiddenFields.isInverted(gate) ? body.inverse() : body;
        if (!(gate instanceof ControlledBlockGate<?> c)) {
            return operation(directed, targets);
        }
        String name = HiddenFields.name(gate.getBlock());
        if (gate.getBlock().getSteps().isEmpty() && name.endsWith("Fourier")) {
            throw new IllegalArgumentException(
                    "it controls the block of a "
                            + name
                            + " gate, which has no steps, so nothing is left of the transform."
                            + " Maybe put the "
                            + name
                            + " gate into a step of a block of your own and control that");
        }
        return operation(directed.controlled(), Targets.of(c.getControlQubit()).then(targets));
    }

    private static GateOperation operation(Gate gate, Targets targets) {
        return new GateOperation(gate, List.of(), targets, "");
    }

    /** Strange's own blocks go by their classes, a user's by the name that the user gave. */
    private static String nameOf(BlockGate<?> gate) {
        boolean named =
                gate.getClass() != BlockGate.class && !(gate instanceof ControlledBlockGate);
        String name = named ? gate.getClass().getSimpleName() : HiddenFields.name(gate.getBlock());
        String plain = name.strip().replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() ? "block" : plain;
    }

    private DefinedGate defined(org.redfx.strange.Block block, String name) {
        DefinedGate known = blocks.get(block);
        if (known != null) {
            return known;
        }
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "blocks lie in blocks more than " + MAX_DEPTH + " deep");
        }
        var body = new BlockBuilder();
        for (Step step : block.getSteps()) {
            for (org.redfx.strange.Gate inner : step.getGates()) {
                // What it would show is the state of the whole program, which a block has not.
                if (!(inner instanceof ProbabilitiesGate)) {
                    body.append(inside(inner));
                }
            }
        }
        depth--;
        var gate = new DefinedGate(name, List.of(), block.getNQubits(), body.build());
        blocks.put(block, gate);
        return gate;
    }

    /** A gate of a block; an error names the innermost gate. */
    private GateOperation inside(org.redfx.strange.Gate gate) {
        try {
            return read(gate);
        } catch (IllegalArgumentException e) {
            String message = message(e);
            throw message.startsWith(INSIDE)
                    ? e
                    : new IllegalArgumentException(
                            INSIDE + gate.getClass().getName() + ": " + message, e);
        }
    }

    static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private static boolean isInverse(Fourier gate) {
        boolean born = gate instanceof InvFourier;
        Complex[][] matrix = HiddenFields.matrix(gate);
        // On one qubit the transform is H, which is its own inverse.
        return matrix == null || matrix.length < 4 ? born : matrix[1][1].i < 0;
    }

    /**
     * The quantum Fourier transform, |j> to the sum over k of exp(2 pi i j k / 2^n) |k> / 2^(n/2),
     * qubit 0 least significant in j and k.
     */
    static DefinedGate fourier(int qubits) {
        var steps = new ArrayList<GateOperation>();
        for (int q = qubits - 1; q >= 0; q--) {
            steps.add(GateOperation.of(StandardGate.H, q));
            for (int lower = q - 1; lower >= 0; lower--) {
                steps.add(parametric(StandardGate.CP, Math.scalb(Math.PI, lower - q), lower, q));
            }
        }
        for (int q = 0; q < qubits / 2; q++) {
            steps.add(GateOperation.of(StandardGate.SWAP, q, qubits - 1 - q));
        }
        return new DefinedGate("Fourier", List.of(), qubits, Block.of(List.copyOf(steps)));
    }
}
