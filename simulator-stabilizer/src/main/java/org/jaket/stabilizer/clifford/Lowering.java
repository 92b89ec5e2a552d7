package org.jaket.stabilizer.clifford;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;
import org.jaket.circuit.pass.Expansion;
import org.jaket.execution.UnsupportedCircuitException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a circuit into {@link Step}s, or says which operation is not Clifford. */
public final class Lowering {
    /** How far a matrix may be from a Clifford operation, to be one. */
    private static final double TOLERANCE = 1e-9;

    /** The deepest nesting of blocks that is followed. */
    public static final int MAX_DEPTH = 200;

    private record Actions(CliffordAction forward, CliffordAction backward) {}

    /** What a gate does wherever it is applied. */
    private record GateKey(Gate gate, List<Expression> parameters) {}

    /** Empty for gates that are not Clifford. */
    private final Map<GateKey, Optional<Actions>> actions = new HashMap<>();

    private Lowering() {}

    /** A lowering of single operations, for walks that look at circuits themselves. */
    public static Lowering ofOperations() {
        return new Lowering();
    }

    /**
     * Lowers one operation, blocks inside included; annotations give no steps.
     *
     * @throws UnsupportedCircuitException if it is not Clifford
     */
    public List<Step> steps(Operation operation) {
        List<Step> steps = new ArrayList<>();
        lower(operation, 0, steps);
        return List.copyOf(steps);
    }

    /**
     * Lowers a circuit.
     *
     * @throws UnsupportedCircuitException naming the first operation that is not Clifford
     * @throws CircuitException if a parameter has no value
     */
    public static List<Step> of(Circuit circuit) {
        return of(circuit.body());
    }

    /**
     * Lowers a block.
     *
     * @throws UnsupportedCircuitException naming the first operation that is not Clifford
     */
    public static List<Step> of(Block block) {
        return new Lowering().block(block, 0);
    }

    private List<Step> block(Block block, int depth) {
        if (depth > MAX_DEPTH) {
            throw new UnsupportedCircuitException(
                    "Blocks are nested more than %d deep.".formatted(MAX_DEPTH));
        }
        List<Step> steps = new ArrayList<>();
        for (Operation operation : block.operations()) {
            lower(operation, depth, steps);
        }
        return List.copyOf(steps);
    }

    /** Lowers an operation; the innermost one that cannot be is the one that a failure names. */
    private void lower(Operation operation, int depth, List<Step> steps) {
        try {
            lowerAny(operation, depth, steps);
        } catch (UnsupportedCircuitException e) {
            throw e.at(operation);
        } catch (CircuitException e) {
            throw e.at(operation);
        }
    }

    private void lowerAny(Operation operation, int depth, List<Step> steps) {
        switch (operation) {
            case GateOperation g -> gate(g, steps);
            case PauliPhase p -> {
                for (PauliProduct product :
                        PauliProduct.split(p.dagger() ? "SPP_DAG" : "SPP", p.targets())) {
                    steps.add(new Step.Rotate(p.dagger(), product(product)));
                }
            }
            case PauliRotation p -> rotation(p, steps);
            case Measurement m -> measurement(m, steps);
            case Reset r -> steps.add(new Step.Reset(r.basis(), r.targets().toArray()));
            case NoiseOperation n -> noise(n, steps);
            case Detector d -> steps.add(new Step.Detector(lookbacks(d.targets())));
            case ObservableInclude o ->
                    steps.add(
                            new Step.Observable(
                                    o.observable(),
                                    lookbacks(o.targets()),
                                    product(paulis(o.targets()))));
            case Repeat r -> steps.add(new Step.Loop(r.count(), block(r.body(), depth + 1), r));
            case Conditional c ->
                    steps.add(
                            new Step.Branch(
                                    c.condition(),
                                    block(c.then(), depth + 1),
                                    block(c.otherwise(), depth + 1)));
            case While w ->
                    steps.add(new Step.WhileLoop(w.condition(), block(w.body(), depth + 1)));
            case Assignment a -> steps.add(new Step.Assign(a));
            case ChannelOperation c ->
                    throw new UnsupportedCircuitException(
                            "%s is not a Pauli channel. Maybe use the state vector or density matrix engine?"
                                    .formatted(c.describe()));
            case QubitCoordinates q -> {}
            case ShiftCoordinates s -> {}
            case Tick t -> {}
            case Barrier b -> {}
            case Delay d -> {}
        }
    }

    private static void rotation(PauliRotation p, List<Step> steps) {
        double quarters = Math.rint(p.value() / (Math.PI / 2));
        if (Math.abs(Math.IEEEremainder(p.value(), Math.PI / 2)) > TOLERANCE) {
            throw notClifford(p);
        }
        for (PauliProduct product : PauliProduct.split(PauliRotation.NAME, p.targets())) {
            int turns = Math.floorMod((long) quarters, 4);
            for (int k = 0; k < (turns == 3 ? 1 : turns); k++) {
                steps.add(new Step.Rotate(turns == 3, product(product)));
            }
        }
    }

    private static UnsupportedCircuitException notClifford(Operation operation) {
        boolean t =
                operation instanceof GateOperation g
                        && (g.gate() == StandardGate.T || g.gate() == StandardGate.T_DAG);
        return new UnsupportedCircuitException(
                "%s is not a Clifford gate. Maybe use the near-Clifford or the state vector engine?%s"
                        .formatted(
                                operation.describe(),
                                t
                                        ? " S[T] in Stim's language is T too; without the tag it is S."
                                        : ""));
    }

    private void gate(GateOperation operation, List<Step> steps) {
        Gate gate = operation.gate();
        if (gate.qubits() == 0 || gate == StandardGate.I || gate == StandardGate.II) {
            return;
        }
        if (operation.targets().hasClassical()) {
            controlled(operation, steps);
            return;
        }
        Actions known = actions(operation);
        if (known != null) {
            steps.add(
                    new Step.Unitary(
                            known.forward(), known.backward(), operation.targets().toArray()));
            return;
        }
        Block expanded = Expansion.of(operation);
        if (expanded.operations().size() == 1
                && expanded.operations().getFirst().equals(operation)) {
            throw notClifford(operation);
        }
        for (Operation part : expanded.operations()) {
            gate((GateOperation) part, steps);
        }
    }

    /** The actions of a gate of at most two qubits, or null if it is larger or not Clifford. */
    private @org.jspecify.annotations.Nullable Actions actions(GateOperation operation) {
        if (operation.gate().qubits() > 2) {
            return null;
        }
        GateKey key = new GateKey(operation.gate(), operation.parameters());
        Optional<Actions> known = actions.get(key);
        if (known == null) {
            ComplexMatrix matrix = operation.gate().matrix(operation.values());
            CliffordAction forward = CliffordAction.of(matrix, TOLERANCE);
            CliffordAction backward = CliffordAction.of(matrix.adjoint(), TOLERANCE);
            known =
                    forward == null || backward == null
                            ? Optional.empty()
                            : Optional.of(new Actions(forward, backward));
            actions.put(key, known);
        }
        return known.orElse(null);
    }

    /** Whether a gate has at most two qubits and is Clifford, whatever its targets. */
    public boolean isClifford(GateOperation operation) {
        return actions(operation) != null;
    }

    /** CX, CY, CZ, XCZ and YCZ, some of whose controls are results or sweep bits. */
    private void controlled(GateOperation operation, List<Step> steps) {
        Pauli pauli =
                switch ((StandardGate) operation.gate()) {
                    case CX, XCZ -> Pauli.X;
                    case CY, YCZ -> Pauli.Y;
                    case CZ -> Pauli.Z;
                    default -> throw new AssertionError(operation);
                };
        Targets targets = operation.targets();
        for (int k = 0; k < targets.size(); k += 2) {
            int a = targets.get(k);
            int b = targets.get(k + 1);
            if (!Target.isClassical(a) && !Target.isClassical(b)) {
                Actions known = actions(operation.withTargets(Targets.of(a, b)));
                if (known == null) {
                    throw new AssertionError(operation);
                }
                steps.add(new Step.Unitary(known.forward(), known.backward(), new int[] {a, b}));
                continue;
            }
            int classical = Target.isClassical(a) ? a : b;
            int qubit = Target.isClassical(a) ? b : a;
            // Two classical targets only give a phase.
            if (!Target.isClassical(qubit)) {
                int value = Target.value(classical);
                int on = Target.value(qubit);
                steps.add(
                        Target.isRecord(classical)
                                ? new Step.Feedback(value, pauli, on)
                                : new Step.SweepPauli(value, pauli, on));
            }
        }
    }

    private static void measurement(Measurement m, List<Step> steps) {
        if (m.falseOne() != m.falseZero()) {
            throw new UnsupportedCircuitException(
                    "%s reads 0 and 1 wrongly with different probabilities, frames flip both alike. Maybe use the state vector or density matrix engine?"
                            .formatted(m.describe()));
        }
        Targets targets = m.targets();
        int[] bits = m.bits().toArray();
        MeasurementKind kind = m.kind();
        if (kind == MeasurementKind.MPAD) {
            boolean[] values = new boolean[targets.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = targets.value(k) != 0;
            }
            steps.add(new Step.Pad(m.flipProbability(), values, bits));
        } else if (kind == MeasurementKind.MPP) {
            int k = 0;
            for (PauliProduct product : PauliProduct.split("MPP", targets)) {
                int bit = bits.length == 0 ? -1 : bits[k++];
                steps.add(new Step.MeasureProduct(m.flipProbability(), product(product), bit));
            }
        } else if (kind.qubits() == 2) {
            for (int k = 0; k < targets.size(); k += 2) {
                int[] pair = {targets.value(k), targets.value(k + 1)};
                boolean negative =
                        Target.isInverted(targets.get(k)) != Target.isInverted(targets.get(k + 1));
                int[] none = {};
                Step.Product product =
                        new Step.Product(
                                kind.basis().hasX() ? pair : none,
                                kind.basis().hasZ() ? pair : none,
                                negative);
                int bit = bits.length == 0 ? -1 : bits[k / 2];
                steps.add(new Step.MeasureProduct(m.flipProbability(), product, bit));
            }
        } else {
            int[] qubits = new int[targets.size()];
            boolean[] inverted = new boolean[targets.size()];
            for (int k = 0; k < qubits.length; k++) {
                qubits[k] = targets.value(k);
                inverted[k] = Target.isInverted(targets.get(k));
            }
            if (kind == MeasurementKind.MABSENT) {
                steps.add(new Step.MeasureAbsence(m.flipProbability(), qubits, inverted, bits));
                return;
            }
            steps.add(
                    new Step.Measure(
                            kind.basis(),
                            kind.resets(),
                            m.flipProbability(),
                            qubits,
                            inverted,
                            bits));
        }
    }

    private static void noise(NoiseOperation n, List<Step> steps) {
        double[] arguments = n.arguments().stream().mapToDouble(Double::doubleValue).toArray();
        switch (n.noise()) {
            case I_ERROR, II_ERROR -> {}
            case CORRELATED_ERROR, ELSE_CORRELATED_ERROR ->
                    steps.add(
                            new Step.Correlated(
                                    n.noise() == Noise.CORRELATED_ERROR,
                                    arguments[0],
                                    product(n.targets())));
            default -> steps.add(new Step.PauliNoise(n.noise(), arguments, n.targets().toArray()));
        }
    }

    private static int[] lookbacks(Targets targets) {
        return targets.stream().filter(Target::isRecord).map(Target::value).toArray();
    }

    private static Targets paulis(Targets targets) {
        return Targets.of(targets.stream().filter(Target::isPauli).toArray());
    }

    private static Step.Product product(PauliProduct product) {
        return letters(product.letters(), product.negative());
    }

    /** Pauli letters as a product without a sign. */
    public static Step.Product product(Targets letters) {
        return letters(letters, false);
    }

    /** Splits Pauli letters into X and Z parts; a qubit that comes twice in one part cancels. */
    private static Step.Product letters(Targets letters, boolean negative) {
        return new Step.Product(part(letters, true), part(letters, false), negative);
    }

    private static int[] part(Targets letters, boolean wantX) {
        int[] qubits = new int[letters.size()];
        int count = 0;
        for (int k = 0; k < letters.size(); k++) {
            Pauli pauli = Target.pauli(letters.get(k));
            if (wantX ? pauli.hasX() : pauli.hasZ()) {
                qubits[count++] = letters.value(k);
            }
        }
        return oddOnes(qubits, count);
    }

    /** The values that come an odd number of times, in order of their first coming. */
    private static int[] oddOnes(int[] values, int count) {
        Map<Integer, Integer> times = new java.util.LinkedHashMap<>();
        for (int k = 0; k < count; k++) {
            times.merge(values[k], 1, Integer::sum);
        }
        return times.entrySet().stream()
                .filter(e -> e.getValue() % 2 == 1)
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }
}
