package org.jaket.circuit;

import org.jaket.circuit.diagram.TextDiagram;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.circuit.pass.Depth;
import org.jaket.circuit.qasm.OpenQasm;
import org.jaket.circuit.stim.Stim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A quantum circuit: an immutable value made of qubits, classical registers and operations.
 *
 * <pre>{@code
 * Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll());
 * }</pre>
 *
 * <p>Qubit k is bit k of an amplitude's index (qubit 0 least significant). A circuit without
 * classical registers has its measurement record as its result; one with registers has their bits.
 *
 * <p>Circuits that are built alike are equal. All transformations return new circuits.
 */
public final class Circuit {
    private final List<QubitRegister> qubitRegisters;
    private final List<ClassicalRegister> classicalRegisters;
    private final Block body;
    private final int qubits;
    private final int bits;

    private Circuit(
            List<QubitRegister> qubitRegisters,
            List<ClassicalRegister> classicalRegisters,
            Block body) {
        this.qubitRegisters = List.copyOf(qubitRegisters);
        this.classicalRegisters = List.copyOf(classicalRegisters);
        this.body = body;
        int next = 0;
        Set<String> names = new LinkedHashSet<>();
        for (QubitRegister register : qubitRegisters) {
            if (register.first() != next || !names.add(register.name())) {
                throw new CircuitException(
                        "qubit register "
                                + register.name()
                                + " overlaps another or repeats its name");
            }
            next += register.size();
        }
        qubits = next;
        next = 0;
        for (ClassicalRegister register : classicalRegisters) {
            if (register.first() != next || !names.add(register.name())) {
                throw new CircuitException(
                        "register " + register.name() + " overlaps another or repeats its name");
            }
            next += register.size();
        }
        bits = next;
        if (body.qubitBound() > qubits) {
            throw new CircuitException(
                    "qubit " + (body.qubitBound() - 1) + " is used, but there are only " + qubits);
        }
        if (body.bitBound() > bits) {
            throw new CircuitException(
                    "classical bit "
                            + (body.bitBound() - 1)
                            + " is used, but there are only "
                            + bits);
        }
    }

    /**
     * Builds a circuit on {@code qubits} qubits.
     *
     * @throws CircuitException naming the operation that is wrong: a qubit out of range, a repeated
     *     target, an angle that is not finite
     */
    public static Circuit of(int qubits, Consumer<CircuitBuilder> build) {
        var builder = new CircuitBuilder(qubits);
        build.accept(builder);
        return builder.build();
    }

    /** A circuit of the given registers (without gaps, in order) and operations. */
    public static Circuit of(
            List<QubitRegister> qubitRegisters,
            List<ClassicalRegister> classicalRegisters,
            Block body) {
        return new Circuit(qubitRegisters, classicalRegisters, body);
    }

    /**
     * A circuit of the given operations with as many qubits as they use and no classical registers.
     */
    public static Circuit of(Block body) {
        return new Circuit(registerOf(body.qubitBound()), List.of(), body);
    }

    static List<QubitRegister> registerOf(int qubits) {
        return qubits == 0 ? List.of() : List.of(new QubitRegister("q", 0, qubits));
    }

    /**
     * Reads OpenQASM 2 or 3, as the text says.
     *
     * @throws ParseException with position and hint
     */
    public static Circuit qasm(String text) {
        return OpenQasm.parse(text);
    }

    /**
     * Reads Stim's circuit language.
     *
     * @throws ParseException with position and hint
     */
    public static Circuit stim(String text) {
        return Stim.parse(text);
    }

    /** The qubit registers, in order; together they cover all qubits. */
    public List<QubitRegister> qubitRegisters() {
        return qubitRegisters;
    }

    /** The classical registers and variables, in order of declaration. */
    public List<ClassicalRegister> classicalRegisters() {
        return classicalRegisters;
    }

    /**
     * The registers whose bits are results: the plain bit registers, or all when there are only
     * variables.
     */
    public List<ClassicalRegister> resultRegisters() {
        List<ClassicalRegister> plain =
                classicalRegisters.stream().filter(ClassicalRegister::isResult).toList();
        return plain.isEmpty() ? classicalRegisters : plain;
    }

    /**
     * The classical register of the given name.
     *
     * @throws CircuitException if there is none
     */
    public ClassicalRegister register(String name) {
        return classicalRegisters.stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CircuitException(
                                        "there is no classical register "
                                                + name
                                                + ", only "
                                                + classicalRegisters.stream()
                                                        .map(ClassicalRegister::name)
                                                        .toList()));
    }

    /** The operations. */
    public Block body() {
        return body;
    }

    /** The operations. */
    public List<Operation> operations() {
        return body.operations();
    }

    /** How many qubits there are. */
    public int qubits() {
        return qubits;
    }

    /** How many classical register bits there are. */
    public int bits() {
        return bits;
    }

    /** Qubits and classical bits together. */
    public int width() {
        return qubits + bits;
    }

    /** How many results one run adds to the measurement record. */
    public long results() {
        return body.results();
    }

    /**
     * The longest chain of operations that must follow each other, repeats unfolded; annotations do
     * not count.
     */
    public long depth() {
        return Depth.of(this);
    }

    /**
     * How often each operation is applied, by name, repeats unfolded: broadcast targets count one
     * by one, annotations do not count, branches count as if taken.
     */
    public SortedMap<String, Long> gateCounts() {
        var counts = new TreeMap<String, Long>();
        count(body, 1, counts);
        return counts;
    }

    private static void count(Block block, long times, Map<String, Long> counts) {
        for (Operation operation : block.operations()) {
            long applied =
                    switch (operation) {
                        case GateOperation g -> g.applications();
                        case PauliPhase p -> PauliProduct.split("SPP", p.targets()).size();
                        case PauliRotation p ->
                                PauliProduct.split(PauliRotation.NAME, p.targets()).size();
                        case Measurement m -> m.results();
                        case Reset r -> r.targets().size();
                        case NoiseOperation n ->
                                n.noise().qubits() == 0
                                        ? 1
                                        : n.targets().size() / n.noise().qubits();
                        case ChannelOperation c -> c.targets().size() / c.channel().qubits();
                        case Delay d -> d.targets().size();
                        default -> 0;
                    };
            if (applied > 0) {
                counts.merge(name(operation), Block.times(times, applied, "operations"), Long::sum);
            }
            long inside =
                    operation instanceof Repeat r
                            ? Block.times(times, r.count(), "operations")
                            : times;
            operation.blocks().forEach(b -> count(b, inside, counts));
        }
    }

    private static String name(Operation operation) {
        String text = operation.describe();
        int end = 0;
        while (end < text.length() && "( [".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    /** The parameters that are not bound, in the order in which they appear. */
    public Set<Parameter> parameters() {
        var found = new LinkedHashSet<Parameter>();
        collectParameters(body, found);
        return found;
    }

    private static void collectParameters(Block block, Set<Parameter> found) {
        for (Operation operation : block.operations()) {
            Block.forEachExpression(
                    operation,
                    e ->
                            e.substitute(
                                    leaf -> {
                                        if (leaf instanceof Parameter p) {
                                            found.add(p);
                                        }
                                        return leaf;
                                    }));
            operation.blocks().forEach(b -> collectParameters(b, found));
        }
    }

    /**
     * Gives values to parameters; the others stay open.
     *
     * @throws CircuitException if a name is not a parameter of this circuit or a value is not
     *     finite
     */
    public Circuit bind(Map<String, Double> values) {
        Set<String> names = parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        values.forEach(
                (name, value) -> {
                    if (!names.contains(name)) {
                        throw new CircuitException(
                                "the circuit has no parameter " + name + ", only " + names);
                    }
                    if (!Double.isFinite(value)) {
                        throw new CircuitException("parameter " + name + " cannot be " + value);
                    }
                });
        return withBody(body.mapExpressions(e -> e.bind(values)));
    }

    /** Gives values to all parameters, in the order of {@link #parameters()}. */
    public Circuit bind(double... values) {
        Set<Parameter> open = parameters();
        if (open.size() != values.length) {
            throw new CircuitException(
                    "the circuit has "
                            + open.size()
                            + " parameters, got "
                            + values.length
                            + " values");
        }
        var named = new LinkedHashMap<String, Double>();
        int k = 0;
        for (Parameter parameter : open) {
            named.put(parameter.name(), values[k++]);
        }
        return bind(named);
    }

    /**
     * This circuit, checked to have no open parameters.
     *
     * @throws CircuitException naming the open ones
     */
    public Circuit requireBound() {
        Set<Parameter> open = parameters();
        if (!open.isEmpty()) {
            throw new CircuitException(
                    "parameters without a value: "
                            + open.stream()
                                    .map(Parameter::name)
                                    .limit(10)
                                    .collect(Collectors.joining(", "))
                            + ". Maybe call circuit.bind(...) first.");
        }
        return this;
    }

    /** The same registers with other operations. */
    public Circuit withBody(Block newBody) {
        return new Circuit(qubitRegisters, classicalRegisters, newBody);
    }

    /**
     * The circuit that undoes this one.
     *
     * @throws CircuitException naming the first operation that has no inverse
     */
    public Circuit inverse() {
        return withBody(body.inverse());
    }

    /** This circuit {@code times} times in a row, as a folded repeat. */
    public Circuit repeat(long times) {
        return withBody(new BlockBuilder().append(new Repeat(times, body, "")).build());
    }

    /**
     * This circuit, then that one on the same qubits and classical bits (it must not have more of
     * either).
     */
    public Circuit then(Circuit next) {
        return withBody(new BlockBuilder().append(body).append(next.body).build());
    }

    /**
     * This circuit, then that one with its qubit k placed on {@code qubitsOfThis[k]}; classical
     * bits stay.
     */
    public Circuit then(Circuit next, int... qubitsOfThis) {
        if (qubitsOfThis.length != next.qubits) {
            throw new CircuitException(
                    "the circuit to add has "
                            + next.qubits
                            + " qubits, but "
                            + qubitsOfThis.length
                            + " places were given");
        }
        for (int q : qubitsOfThis) {
            if (q < 0 || q >= qubits) {
                throw new CircuitException(
                        "qubit " + q + " is out of range: the circuit has " + qubits);
            }
        }
        Block moved = next.body.mapQubits(q -> qubitsOfThis[q]);
        return withBody(new BlockBuilder().append(body).append(moved).build());
    }

    /**
     * This circuit beside that one: its qubits and registers come after those of this circuit. A
     * register whose name is taken gets a number behind it.
     */
    public Circuit beside(Circuit other) {
        Set<String> names = new LinkedHashSet<>();
        qubitRegisters.forEach(r -> names.add(r.name()));
        classicalRegisters.forEach(r -> names.add(r.name()));
        var allQubits = new ArrayList<>(qubitRegisters);
        other.qubitRegisters.forEach(
                r ->
                        allQubits.add(
                                new QubitRegister(
                                        free(r.name(), names), r.first() + qubits, r.size())));
        var allBits = new ArrayList<>(classicalRegisters);
        other.classicalRegisters.forEach(
                r ->
                        allBits.add(
                                new ClassicalRegister(
                                        free(r.name(), names),
                                        r.valueType(),
                                        r.first() + bits,
                                        r.size())));
        Block moved = other.body.mapQubits(q -> q + qubits).mapBits(b -> b + bits);
        return new Circuit(
                allQubits, allBits, new BlockBuilder().append(body).append(moved).build());
    }

    private static String free(String name, Set<String> names) {
        String candidate = name;
        for (int k = 1; !names.add(candidate); k++) {
            candidate = name + k;
        }
        return candidate;
    }

    /**
     * This circuit as one gate on all its qubits, to be controlled, inverted, raised to a power or
     * used in others.
     *
     * @throws CircuitException if it is not made of gates alone
     */
    public DefinedGate toGate(String name) {
        return new DefinedGate(name, List.copyOf(parameters()), qubits, body);
    }

    /** This circuit with noise put on it. */
    public Circuit with(NoiseModel noise) {
        return noise.apply(this);
    }

    /** A drawing in text, as wide as it needs to be. */
    public String diagram() {
        return TextDiagram.of(this).toString();
    }

    /** OpenQASM 2 text. */
    public String toQasm2() {
        return OpenQasm.print2(this);
    }

    /** OpenQASM 3 text. */
    public String toQasm3() {
        return OpenQasm.print3(this);
    }

    /** Stim text. */
    public String toStim() {
        return Stim.print(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Circuit c
                && qubitRegisters.equals(c.qubitRegisters)
                && classicalRegisters.equals(c.classicalRegisters)
                && body.equals(c.body);
    }

    @Override
    public int hashCode() {
        return body.hashCode() * 31 + qubitRegisters.hashCode() + classicalRegisters.hashCode();
    }

    /** A summary such as {@code Circuit of 2 qubits, 2 bits, 3 operations}. */
    @Override
    public String toString() {
        return "Circuit of "
                + qubits
                + " qubits, "
                + bits
                + " bits, "
                + body.operationCount()
                + " operations";
    }
}
