package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;

import java.util.List;

/**
 * Variables that are known while the program is translated, and their way into registers of the
 * circuit when they come to depend on measurements.
 */
final class Variables {
    private final Translator translator;

    Variables(Translator translator) {
        this.translator = translator;
    }

    static boolean isKnown(Expression e) {
        return e instanceof Constant || e instanceof Parameter;
    }

    void requireOwnDepth(int at, Symbol.Variable v) {
        if (v.depth != translator.blockDepth) {
            throw translator.error(
                    at,
                    "variable "
                            + v.name
                            + " is changed in a block that depends on measurements in a way that cannot"
                            + " be followed");
        }
    }

    void store(Statement statement, Symbol.Variable v, Expression value) {
        if (v.register == null && isKnown(value)) {
            requireOwnDepth(statement.at(), v);
            v.known = value;
            return;
        }
        if (v.register == null) {
            // The first value that depends on a measurement: the old one need not be kept.
            claim(statement.at(), v);
        }
        translator.emit(
                statement.at(),
                new Assignment(registerOf(statement.at(), v), value, translator.tag));
    }

    ClassicalRegister claim(int at, Symbol.Variable v) {
        ClassicalRegister register = translator.storage.register(v, v.name, v.type, v.type.width());
        if (register == null) {
            throw translator.error(at, "there are too many classical bits");
        }
        v.register = register;
        return register;
    }

    ClassicalRegister registerOf(int at, Symbol.Variable v) {
        return v.register == null ? claim(at, v) : v.register;
    }

    /** Moves a variable into a register, with its value. */
    void demote(Symbol.Variable v) {
        if (v.register == null) {
            ClassicalRegister register = claim(0, v);
            translator.emit(0, new Assignment(register, v.known, translator.tag));
        }
    }

    void demote(ArrayVariable array, int cell) {
        if (array.register(cell) == null) {
            Expression value = array.get(cell);
            ClassicalRegister register =
                    translator.storage.register(
                            new Object(),
                            array.name() + "_" + cell,
                            array.type(),
                            array.type().width());
            if (register == null) {
                throw translator.error(0, "there are too many classical bits");
            }
            array.register(cell, register);
            translator.emit(0, new Assignment(register, value, translator.tag));
        }
    }

    void store(int at, ArrayVariable array, int cell, Expression value) {
        ClassicalRegister register = array.register(cell);
        if (register == null && isKnown(value)) {
            if (array.depth() != translator.blockDepth) {
                throw translator.error(
                        at,
                        "array "
                                + array.name()
                                + " is changed in a block that depends on measurements in a way that"
                                + " cannot be followed");
            }
            array.set(cell, value);
            return;
        }
        demote(array, cell);
        ClassicalRegister claimed = array.register(cell);
        if (claimed != null) {
            translator.emit(at, new Assignment(claimed, value, translator.tag));
        }
    }

    /** Moves every known variable that the statements assign into a register. */
    void demoteAssigned(List<Statement> statements) {
        for (String name : Effects.of(statements).assigned) {
            switch (translator.names.find(name)) {
                case Symbol.Variable v -> demote(v);
                case Symbol.Array a -> {
                    for (int cell : a.view().cells()) {
                        demote(a.view().array(), cell);
                    }
                }
                case null, default -> {}
            }
        }
    }
}
