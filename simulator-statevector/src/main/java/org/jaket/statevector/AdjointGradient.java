package org.jaket.statevector;

import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.circuit.pass.Expansion;
import org.jaket.execution.Gradient;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The adjoint method: with |ket> the state and |bra> = O |state>, gates are undone on both from the
 * last to the first. A gate whose angle changes by {@code dU U^dagger = A} changes the expectation
 * value by {@code 2 Re <bra|A|ket>}, both taken behind the gate.
 *
 * <p>That number does not change when gates that commute with A are undone first, and behind gates
 * W on single qubits A is W A W^dagger, again few Pauli strings. So gates are walked past without
 * touching the states as long as that holds, and what one boundary has gathered is read in few
 * passes: a layer of rotations of all qubits about several axes costs one boundary.
 */
final class AdjointGradient {
    /** A string of more letters is not turned: each letter may become three. */
    private static final int MOST_TURNED = 2;

    private final Circuit circuit;
    private final PauliSum observable;
    private final Map<String, Double> values;
    private final Kernels kernels;
    private final Workers workers;
    private final Runner runner;
    private final Progress progress;
    private final int qubits;
    private final List<Parameter> parameters;
    private final Map<Parameter, Integer> numbers = new HashMap<>();
    private final double[] slopes;

    // What the boundary has gathered.
    private final List<PauliString> strings = new ArrayList<>();
    private final List<Contribution> contributions = new ArrayList<>();
    private final List<Operation> walked = new ArrayList<>();
    private long moved;
    private long read;

    /** Qubits that gates on several qubits have touched on the way. */
    private long entangled;

    /**
     * The gates on the way that act on one qubit, multiplied together, row-major; null for none.
     */
    private final double[] @Nullable [] alone;

    /** {@code slopes[parameter]} gets {@code factor Im <bra|string|ket>}. */
    private record Contribution(int string, int parameter, double factor) {}

    /** One gate on one group of targets, or one rotation, with open parameters or without. */
    private record Leaf(Operation operation, Operation bound, boolean open) {}

    AdjointGradient(
            Circuit circuit,
            PauliSum observable,
            Map<String, Double> values,
            Kernels kernels,
            Workers workers,
            Progress progress) {
        this.circuit = circuit;
        this.observable = observable;
        this.values = values;
        this.kernels = kernels;
        this.workers = workers;
        this.runner = new Runner(workers, (tile, tiles) -> progress.checkCancelled());
        this.progress = progress;
        this.qubits = Math.max(1, circuit.qubits());
        Set<Parameter> open = circuit.parameters();
        this.parameters = List.copyOf(open);
        parameters.forEach(p -> numbers.put(p, numbers.size()));
        this.slopes = new double[parameters.size()];
        this.alone = new double[qubits][];
    }

    /**
     * Computes the gradient.
     *
     * @param program the circuit with values for its parameters
     */
    Gradient compute(Program program) {
        List<Leaf> leaves = leaves();
        InsufficientMemoryException refusal =
                Amplitudes.refusal(2, qubits, kernels.precision(), workers.threads());
        if (refusal != null) {
            throw new UnsupportedCircuitException(
                    "The adjoint method needs two states. " + refusal.getMessage());
        }
        try (Amplitudes ket = Amplitudes.allocate(qubits, kernels, workers);
                Amplitudes bra = Amplitudes.allocate(qubits, kernels, workers)) {
            Mechanics mechanics =
                    new Mechanics(program, workers, kernels.precision(), progress, null);
            mechanics.follow(mechanics.begin(ket), ket);
            double value = prepare(bra, ket, program.frame());
            backwards(leaves, bra, ket, program.frame());
            return CompiledExpectation.gradient(value, parameters, slopes);
        }
    }

    /** Makes |bra> = O |ket> and returns the expectation value. */
    private double prepare(Amplitudes bra, Amplitudes ket, Frame frame) {
        List<PauliString> terms = observable.terms().stream().map(PauliSum.Term::string).toList();
        double[] coefficients =
                observable.terms().stream().mapToDouble(PauliSum.Term::coefficient).toArray();
        new PauliTerms(terms, frame, qubits).apply(coefficients, ket, bra, runner);
        return Sums.product(bra, ket, runner)[0];
    }

    private void backwards(List<Leaf> leaves, Amplitudes bra, Amplitudes ket, Frame last) {
        Frame frame = last;
        for (int k = leaves.size() - 1; k >= 0; k--) {
            Leaf leaf = leaves.get(k);
            if (leaf.open) {
                for (Derived derived : derived(leaf)) {
                    Generator behind = behind(derived.generator);
                    if (behind == null) {
                        evaluate(bra, ket, frame);
                        frame = undo(bra, ket, frame);
                        behind = derived.generator;
                    }
                    gather(behind, derived.slopes);
                }
            }
            walk(leaf.bound);
        }
        evaluate(bra, ket, frame);
    }

    // ---- what a gate contributes ----------------------------------------------------------

    /** A generator, and the derivative of its angle by each parameter. */
    private record Derived(Generator generator, List<Slope> slopes) {}

    /** The derivative of an angle by a parameter, given by its number. */
    private record Slope(int parameter, double value) {}

    private List<Derived> derived(Leaf leaf) {
        List<Derived> derived = new ArrayList<>();
        switch (leaf.operation) {
            case PauliRotation p ->
                    derived.add(
                            new Derived(
                                    Generator.of(
                                            PauliProduct.split(PauliRotation.NAME, p.targets())
                                                    .getFirst(),
                                            qubits),
                                    slopes(p.angle())));
            case GateOperation g -> {
                double[] angles = ((GateOperation) leaf.bound).values();
                for (int k = 0; k < angles.length; k++) {
                    List<Slope> slopes = slopes(g.parameters().get(k));
                    if (!slopes.isEmpty()) {
                        derived.add(new Derived(Generator.of(g, angles, k, qubits), slopes));
                    }
                }
            }
            default -> throw new IllegalStateException("No angle: " + leaf.operation.describe());
        }
        return derived;
    }

    /** The derivatives of an angle that are not zero. */
    private List<Slope> slopes(Expression angle) {
        if (angle instanceof Parameter itself) {
            return List.of(new Slope(numbers.getOrDefault(itself, -1), 1));
        }
        var memory = new ClassicalMemory(0);
        Set<Parameter> own = new LinkedHashSet<>();
        angle.substitute(
                leaf -> {
                    if (leaf instanceof Parameter p) {
                        own.add(p);
                    }
                    return leaf;
                });
        List<Slope> slopes = new ArrayList<>();
        for (Parameter p : own) {
            double slope = angle.derivative(p).bind(values).toDouble(memory);
            if (slope != 0) {
                slopes.add(new Slope(numbers.getOrDefault(p, -1), slope));
            }
        }
        return slopes;
    }

    /** What a generator is behind the gates on the way, or null if that would take too much. */
    private @Nullable Generator behind(Generator generator) {
        if (generator.strings().stream().allMatch(this::commutes)) {
            return generator;
        }
        List<Double> coefficients = new ArrayList<>();
        List<PauliString> turned = new ArrayList<>();
        for (int k = 0; k < generator.strings().size(); k++) {
            PauliString p = generator.strings().get(k);
            long support = p.xBits()[0] | p.zBits()[0];
            if (commutes(p)) {
                coefficients.add(generator.coefficients()[k]);
                turned.add(p);
            } else if ((support & entangled) != 0 || Long.bitCount(support) > MOST_TURNED) {
                return null;
            } else {
                turn(p, support, generator.coefficients()[k], coefficients, turned);
            }
        }
        return new Generator(
                coefficients.stream().mapToDouble(Double::doubleValue).toArray(), turned);
    }

    private boolean commutes(PauliString p) {
        long x = p.xBits()[0];
        return ((x | p.zBits()[0]) & moved) == 0 && (x & read) == 0;
    }

    /** Adds the strings of W P W^dagger, with W the gates on the way that act on one qubit. */
    private void turn(
            PauliString p,
            long left,
            double coefficient,
            List<Double> coefficients,
            List<PauliString> turned) {
        if (left == 0) {
            coefficients.add(coefficient);
            turned.add(p);
            return;
        }
        int q = Long.numberOfTrailingZeros(left);
        double[] w = alone[q];
        Pauli letter = p.get(q);
        for (Pauli to : new Pauli[] {Pauli.X, Pauli.Y, Pauli.Z}) {
            double share = w != null ? Generator.share(w, letter, to) : letter == to ? 1 : 0;
            if (Math.abs(share) > Generator.NEGLIGIBLE) {
                PauliString next = to == letter ? p : p.with(q, to);
                turn(next, left & left - 1, coefficient * share, coefficients, turned);
            }
        }
    }

    private void gather(Generator generator, List<Slope> along) {
        for (int s = 0; s < generator.strings().size(); s++) {
            for (Slope slope : along) {
                // 2 Re(i c <bra|P|ket>) = -2 c Im <bra|P|ket>.
                double factor = -2 * generator.coefficients()[s] * slope.value;
                contributions.add(new Contribution(strings.size(), slope.parameter, factor));
            }
            strings.add(generator.strings().get(s));
        }
    }

    private void evaluate(Amplitudes bra, Amplitudes ket, Frame frame) {
        progress.checkCancelled();
        if (!strings.isEmpty()) {
            double[] products = new PauliTerms(strings, frame, qubits).products(bra, ket, runner);
            for (Contribution c : contributions) {
                slopes[c.parameter] += c.factor * products[2 * c.string + 1];
            }
        }
        strings.clear();
        contributions.clear();
    }

    // ---- the way back ---------------------------------------------------------------------

    private void walk(Operation bound) {
        walked.add(inverse(bound));
        switch (bound) {
            case GateOperation g -> walk(g);
            case PauliRotation p -> walk(p.targets());
            case PauliPhase p -> walk(p.targets());
            default -> throw new IllegalStateException("Not a gate: " + bound.describe());
        }
    }

    /** Controls come first and are read; the gate under them reads its qubits if diagonal. */
    private void walk(GateOperation g) {
        Gate gate = g.gate();
        int controls = 0;
        if (gate instanceof ControlledGate c) {
            controls = c.controls();
            gate = c.base();
        }
        while (gate instanceof StandardGate named && named.uncontrolled() != null) {
            gate = named.uncontrolled();
            controls++;
        }
        if (g.gate().qubits() == 1) {
            int q = g.targets().value(0);
            double[] m = GateLowering.entries(g.gate().matrix(g.values()));
            double[] later = alone[q];
            alone[q] = later == null ? m : Matrices.multiply(later, m, 2);
        } else {
            entangled |= support(g.targets());
        }
        long under = support(g.targets().slice(controls, g.targets().size()));
        read |= support(g.targets().slice(0, controls));
        if (gate.matrix(g.values()).isDiagonal()) {
            read |= under;
        } else {
            moved |= under;
        }
    }

    /** Letters of a Pauli product. */
    private void walk(Targets product) {
        for (int k = 0; k < product.size(); k++) {
            int target = product.get(k);
            if (Target.isPauli(target)) {
                long qubit = 1L << Target.value(target);
                entangled |= qubit;
                if (Target.pauli(target) == Pauli.Z) {
                    read |= qubit;
                } else {
                    moved |= qubit;
                }
            }
        }
    }

    private static long support(Targets targets) {
        long mask = 0;
        for (int k = 0; k < targets.size(); k++) {
            mask |= 1L << targets.value(k);
        }
        return mask;
    }

    private static Operation inverse(Operation bound) {
        return switch (bound) {
            case GateOperation g -> g.inverse();
            case PauliRotation p -> new PauliRotation(p.angle().negate(), p.targets(), p.tag());
            case PauliPhase p -> new PauliPhase(!p.dagger(), p.targets(), p.tag());
            default -> throw new IllegalStateException("Not a gate: " + bound.describe());
        };
    }

    private Frame undo(Amplitudes bra, Amplitudes ket, Frame frame) {
        Lowering.Stretch stretch = Lowering.stretch(walked, frame, progress);
        runner.apply(stretch.passes(), bra);
        runner.apply(stretch.passes(), ket);
        walked.clear();
        moved = 0;
        read = 0;
        entangled = 0;
        Arrays.fill(alone, null);
        return stretch.frame();
    }

    // ---- the circuit as single gates ------------------------------------------------------

    private List<Leaf> leaves() {
        List<Leaf> leaves = new ArrayList<>();
        leaves(circuit.body(), leaves);
        return leaves;
    }

    private void leaves(Block block, List<Leaf> leaves) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g when Expansion.isPrimitive(g.gate()) -> gate(g, leaves);
                case GateOperation g -> gates(Expansion.of(g), leaves);
                case PauliRotation p -> {
                    for (PauliProduct product :
                            PauliProduct.split(PauliRotation.NAME, p.targets())) {
                        rotation(p, product, leaves);
                    }
                }
                case PauliPhase p -> leaves.add(new Leaf(p, p, false));
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        leaves(r.body(), leaves);
                    }
                }
                case Barrier b -> {}
                case Delay d -> {}
                case Tick t -> {}
                case QubitCoordinates q -> {}
                case ShiftCoordinates s -> {}
                default ->
                        throw new UnsupportedCircuitException(
                                operation.describe()
                                        + " is not a gate, so the adjoint method cannot undo it."
                                        + " Maybe use ParameterShift.");
            }
        }
    }

    private void gates(Block expanded, List<Leaf> leaves) {
        for (Operation operation : expanded.operations()) {
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        gates(r.body(), leaves);
                    }
                }
                case GateOperation g -> gate(g, leaves);
                default -> throw new IllegalStateException("Not a gate: " + operation.describe());
            }
        }
    }

    private void gate(GateOperation g, List<Leaf> leaves) {
        int arity = g.gate().qubits();
        boolean open = !g.isBound();
        if (open && arity > Generator.MAX_QUBITS) {
            throw new CircuitException(
                    g,
                    "has parameters and acts on more than %d qubits. Maybe use ParameterShift."
                            .formatted(Generator.MAX_QUBITS));
        }
        if (g.targets().hasClassical()) {
            throw new UnsupportedCircuitException(
                    g.describe() + " depends on results. Maybe use ParameterShift.");
        }
        for (int k = 0; k < g.applications(); k++) {
            GateOperation one =
                    arity == 0 ? g : g.withTargets(g.targets().slice(k * arity, (k + 1) * arity));
            leaves.add(new Leaf(one, open ? bind(one) : one, open));
        }
    }

    private void rotation(PauliRotation p, PauliProduct product, List<Leaf> leaves) {
        if (product.letters().isEmpty()) {
            return;
        }
        Targets letters = joined(product);
        PauliRotation one = new PauliRotation(p.angle(), letters, p.tag());
        leaves.add(new Leaf(one, bind(one), p.angle().constant() == null));
    }

    private static Targets joined(PauliProduct product) {
        Targets letters = product.letters();
        int[] joined = new int[2 * letters.size() - 1];
        for (int k = 0; k < letters.size(); k++) {
            int letter = letters.get(k);
            joined[2 * k] = k == 0 && product.negative() ? Target.inverted(letter) : letter;
            if (k > 0) {
                joined[2 * k - 1] = Target.COMBINER;
            }
        }
        return Targets.of(joined);
    }

    private Operation bind(Operation operation) {
        return operation.mapExpressions(e -> e.bind(values));
    }
}
