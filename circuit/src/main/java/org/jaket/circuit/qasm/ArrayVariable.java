package org.jaket.circuit.qasm;

import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Type;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** An array: each cell is known now, or lives in a register when the circuit runs. */
final class ArrayVariable {
    /** The most cells of one array. */
    static final int MAX_CELLS = 1 << 20;

    private final String name;
    private final Type type;
    private final int depth;
    private final Expression[] known;
    private final @Nullable ClassicalRegister[] registers;

    ArrayVariable(String name, Type type, int cells, int depth) {
        this.name = name;
        this.type = type;
        this.depth = depth;
        known = new Expression[cells];
        registers = new ClassicalRegister[cells];
        Arrays.fill(known, new Constant(type, 0));
    }

    String name() {
        return name;
    }

    Type type() {
        return type;
    }

    /** How deep in run-time blocks the array was declared. */
    int depth() {
        return depth;
    }

    int cells() {
        return known.length;
    }

    Expression get(int cell) {
        ClassicalRegister register = registers[cell];
        return register == null ? known[cell] : register;
    }

    void set(int cell, Expression value) {
        known[cell] = value;
    }

    @Nullable ClassicalRegister register(int cell) {
        return registers[cell];
    }

    void register(int cell, ClassicalRegister register) {
        registers[cell] = register;
    }
}
