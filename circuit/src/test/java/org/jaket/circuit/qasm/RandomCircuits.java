package org.jaket.circuit.qasm;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Binary;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.Cast;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.expression.Type;
import org.jaket.circuit.expression.Unary;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;

/** Circuits that use everything the language can hold, made at random. */
final class RandomCircuits {
    private static final int QUBITS = 5;

    private final Random random;
    private final int version;
    private final List<ClassicalRegister> registers = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();

    private RandomCircuits(long seed, int version) {
        random = new Random(seed);
        this.version = version;
    }

    static Circuit of(long seed, int version) {
        return new RandomCircuits(seed, version).circuit();
    }

    private Circuit circuit() {
        makeGates();
        return Circuit.of(
                QUBITS,
                c -> {
                    declare(c, version == 2 ? "c" : "if", null, 5);
                    declare(c, "x0", null, 3);
                    if (version == 3) {
                        declare(c, "a b", null, 70);
                        declare(c, "u", Type.unsigned(7), 7);
                        declare(c, "i", Type.integer(64), 64);
                        declare(c, "k", Type.integer(5), 5);
                        declare(c, "theta", Type.angle(9), 9);
                        declare(c, "f", Type.FLOAT, 64);
                        declare(c, "flag", Type.BOOL, 1);
                        declare(c, "s", Type.bits(4), 4);
                    }
                    operations(c, 12, 0);
                });
    }

    private void declare(CircuitBuilder c, String name, @Nullable Type type, int size) {
        registers.add(type == null ? c.register(name, size) : c.variable(name, type));
    }

    private void makeGates() {
        for (StandardGate gate : StandardGate.values()) {
            if (version == 3 || gate != StandardGate.GPHASE) {
                gates.add(gate);
            }
        }
        if (version == 2) {
            gates.add(ControlledGate.of(StandardGate.X, 3, 7));
            gates.add(ControlledGate.of(StandardGate.X, 4, 15));
            gates.add(ControlledGate.of(StandardGate.SQRT_X, 3, 7));
            gates.add(defined("mine", "a"));
            gates.add(defined("other", "b"));
            return;
        }
        gates.add(defined("mine", "a"));
        gates.add(defined("iswap", "a[1]"));
        gates.add(defined("my gate", "q0"));
        gates.add(new MatrixGate("unitary", StandardGate.H.matrix()));
        gates.add(new MatrixGate("unitary", StandardGate.RZX.matrix(0.7)));
        gates.add(new MatrixGate("", StandardGate.T.matrix()));
        for (int k = 0; k < 5; k++) {
            Gate base = pick(gates);
            if (base.qubits() < 4) {
                int controls = 1 + random.nextInt(4 - base.qubits() + 1);
                gates.add(base.controlled(controls, random.nextInt(1 << controls)));
            }
            gates.add(PowerGate.of(pick(gates), pick(List.of(0.5, -1.0, 2.0, -0.25, 1e20))));
        }
    }

    private DefinedGate defined(String name, String formal) {
        Parameter p = Parameter.of(formal);
        Circuit body =
                Circuit.of(
                        2,
                        c -> {
                            for (int k = 0; k < 4; k++) {
                                Gate gate = pick(gates);
                                if (gate.qubits() <= 2) {
                                    int first = random.nextInt(2);
                                    int[] targets =
                                            gate.qubits() == 2
                                                    ? new int[] {first, 1 - first}
                                                    : gate.qubits() == 1
                                                            ? new int[] {first}
                                                            : new int[0];
                                    List<Expression> angles = new ArrayList<>();
                                    for (int j = 0; j < gate.parameters(); j++) {
                                        angles.add(random.nextBoolean() ? real(p, 2) : angle());
                                    }
                                    c.gate(gate, angles, targets);
                                }
                            }
                            c.barrier(0, 1);
                            if (version == 3) {
                                c.repeat(3, r -> r.h(0).rx(p, 1));
                            }
                        });
        return new DefinedGate(name, List.of(p), 2, body.body());
    }

    /** Real arithmetic that OpenQASM 2 has as well. */
    private Expression real(Expression leaf, int depth) {
        if (depth == 0) {
            return leaf;
        }
        Expression inner = real(leaf, depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> inner.negate();
            case 1 -> Unary.of(Unary.Operator.SIN, inner);
            case 2 -> inner.minus(real(leaf, depth - 1));
            case 3 -> Expression.of(-1.5).dividedBy(inner);
            case 4 -> Binary.of(Binary.Operator.POWER, inner, Expression.of(2.0));
            default -> inner.times(0.1).plus(leaf);
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Expression angle() {
        return Expression.of(
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(-16, 17) * Math.PI / 8;
                    case 1 -> random.nextInt(-5, 6);
                    case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(-12, 12));
                    default -> random.nextDouble();
                });
    }

    private int[] qubits(int count) {
        List<Integer> all = new ArrayList<>();
        for (int k = 0; k < QUBITS; k++) {
            all.add(k);
        }
        Collections.shuffle(all, random);
        return all.stream().limit(count).mapToInt(Integer::intValue).toArray();
    }

    private Bit bit() {
        ClassicalRegister register;
        do {
            register = pick(registers);
        } while (register.valueType() != null && register.valueType().isFloat());
        return register.bit(random.nextInt(register.size()));
    }

    private void operations(CircuitBuilder c, int count, int depth) {
        for (int k = 0; k < count; k++) {
            operation(c, depth);
        }
    }

    private void operation(CircuitBuilder c, int depth) {
        int kind = random.nextInt(version == 2 ? 12 : depth >= 3 ? 15 : 20);
        switch (kind) {
            case 0 -> c.measure(random.nextInt(QUBITS), bit());
            case 1 -> c.measure(new int[] {4, 1, 0, 2, 3}, registers.get(0));
            case 2 -> c.reset(qubits(2));
            case 3 -> c.barrier(qubits(1 + random.nextInt(QUBITS)));
            case 4 -> c.h(0, 1, 2, 3, 4);
            case 5 -> {
                if (version == 2) {
                    var value = Expression.of((long) random.nextInt(32));
                    c.when(registers.get(0).isEqualTo(value), this::singleGate);
                } else {
                    gate(c);
                }
            }
            case 12 -> c.delay(random.nextInt(1000) * 1e-9 + random.nextInt(2) * 1e-13, qubits(2));
            case 13 -> c.record(MeasurementKind.M, qubits(2));
            case 14 -> assign(c);
            case 15 -> c.when(expression(3), b -> operations(b, 2, depth + 1));
            case 16 ->
                    c.when(
                            expression(3),
                            b -> operations(b, 2, depth + 1),
                            b -> operations(b, 2, depth + 1));
            case 17 -> c.whileTrue(expression(2), b -> operations(b, 2, depth + 1));
            case 18 ->
                    c.repeat(
                            depth == 0 ? pickCount() : 1 + random.nextInt(9),
                            b -> operations(b, 3, depth + 1));
            case 19 -> {
                c.append(new Reset(Pauli.Z, Targets.of(1, 2), "a \\tag\n\"of\" ünicode"));
                var inner = new Reset(Pauli.Z, Targets.of(1), "inner");
                c.append(
                        new Conditional(
                                bit(), Block.of(List.of(inner)), Block.empty(), "outer tag"));
            }
            default -> gate(c);
        }
    }

    private long pickCount() {
        return pick(List.of(1L, 2L, 1000L, 1L << 40));
    }

    private void singleGate(CircuitBuilder c) {
        switch (random.nextInt(3)) {
            case 0 -> c.measure(random.nextInt(QUBITS), bit());
            case 1 -> c.reset(random.nextInt(QUBITS));
            default -> gate(c);
        }
    }

    private void gate(CircuitBuilder c) {
        Gate gate = pick(gates);
        List<Expression> parameters = new ArrayList<>();
        for (int k = 0; k < gate.parameters(); k++) {
            Expression open =
                    version == 2 || random.nextInt(3) > 0
                            ? angle()
                            : random.nextBoolean()
                                    ? real(Parameter.of("theta"), 2)
                                    : Cast.of(Type.FLOAT, expression(2));
            parameters.add(open);
        }
        c.gate(gate, parameters, qubits(gate.qubits()));
    }

    private void assign(CircuitBuilder c) {
        Expression destination =
                switch (random.nextInt(4)) {
                    case 0 -> bit();
                    case 1 -> slice();
                    default -> pick(registers);
                };
        boolean wide = destination instanceof ClassicalRegister r && r.size() > Type.MAX_WIDTH;
        c.assign(wide ? bit() : destination, expression(4));
    }

    private Bits slice() {
        List<Bit> chosen = new ArrayList<>();
        int shape = random.nextInt(3);
        if (shape == 0) {
            ClassicalRegister r = registers.get(0);
            int from = random.nextInt(r.size());
            for (int k = from; k < r.size(); k++) {
                chosen.add(r.bit(k));
            }
        } else if (shape == 1) {
            ClassicalRegister r = registers.get(3);
            chosen.addAll(List.of(r.bit(5), r.bit(0), r.bit(2)));
        } else {
            for (int k = 0; k < 1 + random.nextInt(4); k++) {
                chosen.add(bit());
            }
        }
        return new Bits(List.copyOf(new LinkedHashSet<>(chosen)));
    }

    private Expression expression(int depth) {
        Expression e = depth == 0 ? leaf() : node(depth);
        // Folded constants are no conditions; and a fold may fail, as a division by zero does.
        return e instanceof Constant ? bit() : e;
    }

    private Expression leaf() {
        return switch (random.nextInt(6)) {
            case 0 -> bit();
            case 1 -> slice();
            case 2 -> Parameter.of(pick(List.of("theta", "alpha[0]", "x", "1st")));
            default -> {
                ClassicalRegister r = pick(registers);
                yield r.size() > Type.MAX_WIDTH ? r.bit(66) : r;
            }
        };
    }

    private Constant constant() {
        return pick(
                List.of(
                        (Constant) Expression.of(random.nextLong()),
                        (Constant) Expression.of((long) random.nextInt(-9, 10)),
                        (Constant) Expression.of(random.nextGaussian()),
                        (Constant) Expression.of(-0.0),
                        (Constant) Expression.of(1e300),
                        (Constant) Expression.of(random.nextBoolean()),
                        new Constant(Type.unsigned(64), random.nextLong()),
                        new Constant(Type.unsigned(9), random.nextLong()),
                        new Constant(Type.integer(6), random.nextLong()),
                        new Constant(Type.angle(64), random.nextLong()),
                        new Constant(Type.angle(8), random.nextLong()),
                        new Constant(Type.bits(64), random.nextLong()),
                        new Constant(Type.bits(3), random.nextLong())));
    }

    private Expression node(int depth) {
        Expression left = expression(depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> Cast.of(type(), left);
            case 1 -> Unary.of(pick(List.of(Unary.Operator.values())), left);
            default -> {
                Binary.Operator operator = pick(List.of(Binary.Operator.values()));
                Expression right = random.nextBoolean() ? constant() : expression(depth - 1);
                // A negative power of a whole number reads as a power of a real one.
                boolean power = operator == Binary.Operator.POWER;
                yield random.nextBoolean() || power
                        ? Binary.of(operator, left, power ? bit() : right)
                        : Binary.of(operator, right, left);
            }
        };
    }

    private Type type() {
        return pick(
                List.of(
                        Type.BOOL,
                        Type.FLOAT,
                        Type.bits(1),
                        Type.bits(33),
                        Type.integer(64),
                        Type.integer(3),
                        Type.unsigned(64),
                        Type.unsigned(8),
                        Type.angle(16)));
    }
}
