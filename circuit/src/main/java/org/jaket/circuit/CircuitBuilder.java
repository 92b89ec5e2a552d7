package org.jaket.circuit;

import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.Noise;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Writes a circuit, operation by operation. It lives inside the lambda given to {@link Circuit#of};
 * blocks of repeats and branches get builders of their own, which share the registers.
 *
 * <p>Every call checks its operation at once and throws a {@link CircuitException} that names it.
 */
public final class CircuitBuilder {
    /** The name of the register that {@link #measure} makes when none was declared. */
    public static final String DEFAULT_REGISTER = "c";

    private final int qubits;
    private final Registers registers;
    private final BlockBuilder block = new BlockBuilder();

    /** The classical registers of the whole circuit, shared by the builders of nested blocks. */
    private static final class Registers {
        private final List<ClassicalRegister> declared = new ArrayList<>();
        private int bits;

        /**
         * How many bits of the default register were handed out; it is declared when the circuit is
         * complete.
         */
        private int defaultBits;
    }

    CircuitBuilder(int qubits) {
        this(checkedQubits(qubits), new Registers());
    }

    private CircuitBuilder(int qubits, Registers registers) {
        this.qubits = qubits;
        this.registers = registers;
    }

    private static int checkedQubits(int qubits) {
        if (qubits < 0 || qubits > Target.LIMIT) {
            throw new CircuitException(
                    "a circuit has 0 to " + Target.LIMIT + " qubits, not " + qubits);
        }
        return qubits;
    }

    Circuit build() {
        var all = new ArrayList<>(registers.declared);
        if (registers.defaultBits > 0) {
            all.add(
                    new ClassicalRegister(
                            DEFAULT_REGISTER, null, registers.bits, registers.defaultBits));
        }
        return Circuit.of(Circuit.registerOf(qubits), all, block.build());
    }

    /** How many qubits the circuit has. */
    public int qubits() {
        return qubits;
    }

    /** Applies identity to each qubit. */
    public CircuitBuilder i(int... qubits) {
        return gate(StandardGate.I, qubits);
    }

    /** Applies X, the bit flip to each qubit. */
    public CircuitBuilder x(int... qubits) {
        return gate(StandardGate.X, qubits);
    }

    /** Applies Y to each qubit. */
    public CircuitBuilder y(int... qubits) {
        return gate(StandardGate.Y, qubits);
    }

    /** Applies Z, the phase flip to each qubit. */
    public CircuitBuilder z(int... qubits) {
        return gate(StandardGate.Z, qubits);
    }

    /** Applies the Hadamard gate to each qubit. */
    public CircuitBuilder h(int... qubits) {
        return gate(StandardGate.H, qubits);
    }

    /** Applies the square root of Z to each qubit. */
    public CircuitBuilder s(int... qubits) {
        return gate(StandardGate.S, qubits);
    }

    /** Applies the inverse square root of Z to each qubit. */
    public CircuitBuilder sdg(int... qubits) {
        return gate(StandardGate.S_DAG, qubits);
    }

    /** Applies the fourth root of Z to each qubit. */
    public CircuitBuilder t(int... qubits) {
        return gate(StandardGate.T, qubits);
    }

    /** Applies the inverse fourth root of Z to each qubit. */
    public CircuitBuilder tdg(int... qubits) {
        return gate(StandardGate.T_DAG, qubits);
    }

    /** Applies the square root of X to each qubit. */
    public CircuitBuilder sx(int... qubits) {
        return gate(StandardGate.SQRT_X, qubits);
    }

    /** Applies the inverse square root of X to each qubit. */
    public CircuitBuilder sxdg(int... qubits) {
        return gate(StandardGate.SQRT_X_DAG, qubits);
    }

    /** Applies the square root of Y to each qubit. */
    public CircuitBuilder sy(int... qubits) {
        return gate(StandardGate.SQRT_Y, qubits);
    }

    /** Applies the inverse square root of Y to each qubit. */
    public CircuitBuilder sydg(int... qubits) {
        return gate(StandardGate.SQRT_Y_DAG, qubits);
    }

    /** Applies exp(-i theta X / 2) to each qubit, theta in radians. */
    public CircuitBuilder rx(double theta, int... qubits) {
        return rx(Expression.of(theta), qubits);
    }

    /** Applies exp(-i theta X / 2) to each qubit, theta in radians. */
    public CircuitBuilder rx(Expression theta, int... qubits) {
        return gate(StandardGate.RX, List.of(theta), qubits);
    }

    /** Applies exp(-i theta Y / 2) to each qubit, theta in radians. */
    public CircuitBuilder ry(double theta, int... qubits) {
        return ry(Expression.of(theta), qubits);
    }

    /** Applies exp(-i theta Y / 2) to each qubit, theta in radians. */
    public CircuitBuilder ry(Expression theta, int... qubits) {
        return gate(StandardGate.RY, List.of(theta), qubits);
    }

    /** Applies exp(-i theta Z / 2) to each qubit, theta in radians. */
    public CircuitBuilder rz(double theta, int... qubits) {
        return rz(Expression.of(theta), qubits);
    }

    /** Applies exp(-i theta Z / 2) to each qubit, theta in radians. */
    public CircuitBuilder rz(Expression theta, int... qubits) {
        return gate(StandardGate.RZ, List.of(theta), qubits);
    }

    /** Applies the phase exp(i theta) on |1> to each qubit, theta in radians. */
    public CircuitBuilder p(double theta, int... qubits) {
        return p(Expression.of(theta), qubits);
    }

    /** Applies the phase exp(i theta) on |1> to each qubit, theta in radians. */
    public CircuitBuilder p(Expression theta, int... qubits) {
        return gate(StandardGate.P, List.of(theta), qubits);
    }

    /** Applies X controlled by a qubit. */
    public CircuitBuilder cx(int control, int target) {
        return gate(StandardGate.CX, control, target);
    }

    /** Applies Y controlled by a qubit. */
    public CircuitBuilder cy(int control, int target) {
        return gate(StandardGate.CY, control, target);
    }

    /** Applies Z controlled by a qubit. */
    public CircuitBuilder cz(int control, int target) {
        return gate(StandardGate.CZ, control, target);
    }

    /** Applies the Hadamard gate controlled by a qubit. */
    public CircuitBuilder ch(int control, int target) {
        return gate(StandardGate.CH, control, target);
    }

    /** Applies the exchange of two qubits. */
    public CircuitBuilder swap(int a, int b) {
        return gate(StandardGate.SWAP, a, b);
    }

    /** Applies the exchange of two qubits with a phase i on |01> and |10>. */
    public CircuitBuilder iswap(int a, int b) {
        return gate(StandardGate.ISWAP, a, b);
    }

    /** Applies the phase exp(i theta) on |11>, theta in radians. */
    public CircuitBuilder cp(double theta, int control, int target) {
        return cp(Expression.of(theta), control, target);
    }

    /** Applies the phase exp(i theta) on |11>, theta in radians. */
    public CircuitBuilder cp(Expression theta, int control, int target) {
        return gate(StandardGate.CP, List.of(theta), control, target);
    }

    /** Applies RX controlled by a qubit, theta in radians. */
    public CircuitBuilder crx(double theta, int control, int target) {
        return crx(Expression.of(theta), control, target);
    }

    /** Applies RX controlled by a qubit, theta in radians. */
    public CircuitBuilder crx(Expression theta, int control, int target) {
        return gate(StandardGate.CRX, List.of(theta), control, target);
    }

    /** Applies RY controlled by a qubit, theta in radians. */
    public CircuitBuilder cry(double theta, int control, int target) {
        return cry(Expression.of(theta), control, target);
    }

    /** Applies RY controlled by a qubit, theta in radians. */
    public CircuitBuilder cry(Expression theta, int control, int target) {
        return gate(StandardGate.CRY, List.of(theta), control, target);
    }

    /** Applies RZ controlled by a qubit, theta in radians. */
    public CircuitBuilder crz(double theta, int control, int target) {
        return crz(Expression.of(theta), control, target);
    }

    /** Applies RZ controlled by a qubit, theta in radians. */
    public CircuitBuilder crz(Expression theta, int control, int target) {
        return gate(StandardGate.CRZ, List.of(theta), control, target);
    }

    /** Applies exp(-i theta XX / 2), theta in radians. */
    public CircuitBuilder rxx(double theta, int a, int b) {
        return rxx(Expression.of(theta), a, b);
    }

    /** Applies exp(-i theta XX / 2), theta in radians. */
    public CircuitBuilder rxx(Expression theta, int a, int b) {
        return gate(StandardGate.RXX, List.of(theta), a, b);
    }

    /** Applies exp(-i theta YY / 2), theta in radians. */
    public CircuitBuilder ryy(double theta, int a, int b) {
        return ryy(Expression.of(theta), a, b);
    }

    /** Applies exp(-i theta YY / 2), theta in radians. */
    public CircuitBuilder ryy(Expression theta, int a, int b) {
        return gate(StandardGate.RYY, List.of(theta), a, b);
    }

    /** Applies exp(-i theta ZZ / 2), theta in radians. */
    public CircuitBuilder rzz(double theta, int a, int b) {
        return rzz(Expression.of(theta), a, b);
    }

    /** Applies exp(-i theta ZZ / 2), theta in radians. */
    public CircuitBuilder rzz(Expression theta, int a, int b) {
        return gate(StandardGate.RZZ, List.of(theta), a, b);
    }

    /** Applies U(theta, phi, lambda), angles in radians, to each qubit. */
    public CircuitBuilder u(double theta, double phi, double lambda, int... qubits) {
        return u(Expression.of(theta), Expression.of(phi), Expression.of(lambda), qubits);
    }

    /** Applies U(theta, phi, lambda), angles in radians, to each qubit. */
    public CircuitBuilder u(Expression theta, Expression phi, Expression lambda, int... qubits) {
        return gate(StandardGate.U, List.of(theta, phi, lambda), qubits);
    }

    /** Applies the Toffoli gate. */
    public CircuitBuilder ccx(int control1, int control2, int target) {
        return gate(StandardGate.CCX, control1, control2, target);
    }

    /** Applies Z controlled by two qubits. */
    public CircuitBuilder ccz(int a, int b, int c) {
        return gate(StandardGate.CCZ, a, b, c);
    }

    /** Applies the Fredkin gate. */
    public CircuitBuilder cswap(int control, int a, int b) {
        return gate(StandardGate.CSWAP, control, a, b);
    }

    /** Multiplies the state by exp(i gamma). */
    public CircuitBuilder globalPhase(double gamma) {
        return gate(StandardGate.GPHASE, List.of(Expression.of(gamma)));
    }

    /** Applies a gate without parameters to each group of its size among the targets. */
    public CircuitBuilder gate(Gate gate, int... targets) {
        return gate(gate, List.of(), targets);
    }

    /** Applies a gate to each group of its size among the targets. */
    public CircuitBuilder gate(Gate gate, List<? extends Expression> parameters, int... targets) {
        return append(new GateOperation(gate, List.copyOf(parameters), Targets.of(targets), ""));
    }

    /**
     * Applies a unitary matrix.
     *
     * @param matrix 2<sup>n</sup> x 2<sup>n</sup>, first target least significant
     */
    public CircuitBuilder unitary(ComplexMatrix matrix, int... targets) {
        return gate(new MatrixGate("unitary", matrix), targets);
    }

    /**
     * Adds a circuit's operations on the same qubits; its classical bits must be declared here
     * already.
     */
    public CircuitBuilder add(Circuit circuit) {
        circuit.operations().forEach(this::append);
        return this;
    }

    /** Measures one qubit into a new bit of the default register. */
    public Bit measure(int qubit) {
        if (!registers.declared.isEmpty()) {
            throw new CircuitException(
                    "M "
                            + qubit
                            + ": this circuit declares its own classical registers. Maybe use"
                            + " measure(qubit, bit), or record(...) to fill only the measurement record.");
        }
        checkQubit("M", qubit);
        Bit bit = new Bit(registers.defaultBits++);
        measure(qubit, bit);
        return bit;
    }

    /** Measures one qubit into a classical bit. */
    public CircuitBuilder measure(int qubit, Bit bit) {
        return append(
                new Measurement(
                        MeasurementKind.M, 0, Targets.of(qubit), Targets.of(bit.index()), ""));
    }

    /** Measures qubits into a register, in order, as many as it has bits. */
    public CircuitBuilder measure(int[] measured, ClassicalRegister register) {
        if (measured.length != register.size()) {
            throw new CircuitException(
                    "cannot measure "
                            + measured.length
                            + " qubits into register "
                            + register.name()
                            + " of "
                            + register.size()
                            + " bits");
        }
        Targets bits = Targets.range(register.first(), register.first() + register.size());
        return append(new Measurement(MeasurementKind.M, 0, Targets.of(measured), bits, ""));
    }

    /**
     * Measures every qubit, qubit k into bit k of a new register: the default one, or {@code meas}
     * beside others.
     */
    public CircuitBuilder measureAll() {
        int[] all = IntStream.range(0, qubits).toArray();
        if (registers.declared.isEmpty()) {
            Arrays.stream(all).forEach(this::measure);
            return this;
        }
        return measure(all, register("meas", qubits));
    }

    /** Measures into the measurement record only, without classical bits. */
    public CircuitBuilder record(MeasurementKind kind, int... targets) {
        return append(Measurement.of(kind, targets));
    }

    /** Resets each qubit to |0>. */
    public CircuitBuilder reset(int... qubits) {
        return append(new Reset(Pauli.Z, Targets.of(qubits), ""));
    }

    /** Declares a register of bits. Declare registers before the first measurement. */
    public ClassicalRegister register(String name, int size) {
        return declare(name, null, size);
    }

    /** Declares a classical variable, zero at the start. */
    public ClassicalRegister variable(String name, Type type) {
        return declare(name, type, type.width());
    }

    private ClassicalRegister declare(String name, @Nullable Type type, int size) {
        if (registers.defaultBits > 0) {
            throw new CircuitException(
                    "declare register "
                            + name
                            + " before the first measurement: bits were handed out"
                            + " from the default register already");
        }
        var register = new ClassicalRegister(name, type, registers.bits, size);
        registers.declared.add(register);
        registers.bits += size;
        return register;
    }

    /** Computes a value and stores it in a bit, slice or register. */
    public CircuitBuilder assign(Expression destination, Expression value) {
        return append(new Assignment(destination, value, ""));
    }

    /** Executes the block when the condition holds at that time. */
    public CircuitBuilder when(Expression condition, Consumer<CircuitBuilder> then) {
        return append(new Conditional(condition, nested(then), Block.empty(), ""));
    }

    /** Executes one of two blocks. */
    public CircuitBuilder when(
            Expression condition,
            Consumer<CircuitBuilder> then,
            Consumer<CircuitBuilder> otherwise) {
        return append(new Conditional(condition, nested(then), nested(otherwise), ""));
    }

    /** Executes the block as long as the condition holds. */
    public CircuitBuilder whileTrue(Expression condition, Consumer<CircuitBuilder> body) {
        return append(new While(condition, nested(body), ""));
    }

    /** Executes the block a fixed number of times; it stays folded. */
    public CircuitBuilder repeat(long times, Consumer<CircuitBuilder> body) {
        return append(new Repeat(times, nested(body), ""));
    }

    private Block nested(Consumer<CircuitBuilder> build) {
        var inner = new CircuitBuilder(qubits, registers);
        build.accept(inner);
        return inner.block.build();
    }

    /** One of X, Y, Z with probability p/3 each, on each qubit. */
    public CircuitBuilder depolarize1(double p, int... qubits) {
        return noise(Noise.DEPOLARIZE1, new double[] {p}, qubits);
    }

    /** One of the 15 two-qubit Paulis with probability p/15 each, on each pair. */
    public CircuitBuilder depolarize2(double p, int... pairs) {
        return noise(Noise.DEPOLARIZE2, new double[] {p}, pairs);
    }

    /** X with probability p, on each qubit. */
    public CircuitBuilder xError(double p, int... qubits) {
        return noise(Noise.X_ERROR, new double[] {p}, qubits);
    }

    /** Z with probability p, on each qubit. */
    public CircuitBuilder zError(double p, int... qubits) {
        return noise(Noise.Z_ERROR, new double[] {p}, qubits);
    }

    /** A Pauli channel with its probabilities, on each target, pair or product. */
    public CircuitBuilder noise(Noise noise, double[] probabilities, int... targets) {
        List<Double> list = Arrays.stream(probabilities).boxed().toList();
        return append(new NoiseOperation(noise, list, Targets.of(targets), ""));
    }

    /** A Kraus channel on each group of its size among the targets. */
    public CircuitBuilder channel(KrausChannel channel, int... targets) {
        return append(new ChannelOperation(channel, Targets.of(targets), ""));
    }

    /**
     * A detector on measurement results, counted back from the end of the record (1 is the latest).
     */
    public CircuitBuilder detector(List<Double> coordinates, int... lookbacks) {
        return append(new Detector(coordinates, Targets.of(lookbacks).map(Target::record), ""));
    }

    /**
     * Adds measurement results, counted back from the end of the record, to a logical observable.
     */
    public CircuitBuilder observable(int index, int... lookbacks) {
        return append(new ObservableInclude(index, Targets.of(lookbacks).map(Target::record), ""));
    }

    /** Marks the boundary between two time steps. */
    public CircuitBuilder tick() {
        return append(new Tick(""));
    }

    /** Keeps passes from moving gates across, on the given qubits or, without any, on all. */
    public CircuitBuilder barrier(int... qubits) {
        return append(
                new Barrier(
                        qubits.length == 0 ? Targets.range(0, this.qubits) : Targets.of(qubits),
                        ""));
    }

    /** Idles qubits for a while. */
    public CircuitBuilder delay(double seconds, int... qubits) {
        return append(new Delay(seconds, Targets.of(qubits), ""));
    }

    private void checkQubit(String name, int qubit) {
        if (qubit < 0 || qubit >= qubits) {
            throw new CircuitException(
                    name
                            + " "
                            + qubit
                            + ": qubit "
                            + qubit
                            + " is out of range, the circuit has qubits 0 to "
                            + (qubits - 1));
        }
    }

    /**
     * Adds any operation.
     *
     * @throws CircuitException if it uses a qubit or a classical bit that the circuit does not have
     */
    public CircuitBuilder append(Operation operation) {
        if (!(operation instanceof Measurement m && m.kind() == MeasurementKind.MPAD)) {
            Targets targets = operation.targets();
            for (int k = 0; k < targets.size(); k++) {
                if (Target.touchesQubit(targets.get(k)) && targets.value(k) >= qubits) {
                    throw new CircuitException(
                            operation,
                            "qubit "
                                    + targets.value(k)
                                    + " is out of range, the circuit has qubits 0 to "
                                    + (qubits - 1));
                }
            }
        }
        int bits = registers.bits + registers.defaultBits;
        int bound = Block.of(List.of(operation)).bitBound();
        if (bound > bits) {
            throw new CircuitException(
                    operation,
                    "classical bit " + (bound - 1) + " is not declared, there are " + bits);
        }
        block.append(operation);
        return this;
    }
}
