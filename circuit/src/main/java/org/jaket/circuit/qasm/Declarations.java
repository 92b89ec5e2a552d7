package org.jaket.circuit.qasm;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Operation;
import org.jaket.circuit.QubitRegister;
import org.jaket.circuit.Targets;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.Bits;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The registers and inputs of a circuit: their names, their declarations, and their parts. */
final class Declarations implements Scope {
    private final int version;
    private final Spelling spelling;
    private final StringBuilder text = new StringBuilder();
    private final List<QubitRegister> qubitRegisters;
    private final List<ClassicalRegister> registers;
    private final int[] firstQubits;
    private final int[] firstBits;
    private final Map<Object, String> names = new HashMap<>();
    private final Map<Bits, String> aliases = new HashMap<>();

    Declarations(Circuit circuit, int version, Spelling outer) {
        this.version = version;
        spelling = outer.inner();
        qubitRegisters = circuit.qubitRegisters();
        registers = circuit.classicalRegisters();
        firstQubits = qubitRegisters.stream().mapToInt(QubitRegister::first).toArray();
        firstBits = registers.stream().mapToInt(ClassicalRegister::first).toArray();
        if (version == 3) {
            for (Parameter p : circuit.parameters()) {
                text.append("input float[64] ").append(name(p, p.name(), true)).append(";\n");
            }
        }
        for (QubitRegister r : qubitRegisters) {
            String name = name(r, r.name(), false);
            text.append(
                    version == 2
                            ? "qreg " + name + "[" + r.size() + "];\n"
                            : "qubit[" + r.size() + "] " + name + ";\n");
        }
        registers.forEach(this::declare);
    }

    /**
     * Takes a name; where it is spelled otherwise, an annotation before the declaration says so.
     */
    private String name(Object named, String original, boolean input) {
        String name = spelling.take(original);
        names.put(named, name);
        if (version == 3 && !name.equals(original)) {
            int line = input ? text.lastIndexOf("\n") + 1 : text.length();
            text.insert(line, Annotations.NAME + " " + Escapes.word(original) + "\n");
        }
        return name;
    }

    private void declare(ClassicalRegister r) {
        if (version == 2 && !r.isResult()) {
            throw new CircuitException(
                    "variable "
                            + r.name()
                            + " cannot be written as OpenQASM 2, which has no classical variables."
                            + " Maybe write OpenQASM 3.");
        }
        String name = name(r, r.name(), false);
        if (version == 2) {
            text.append("creg ").append(name).append('[').append(r.size()).append("];\n");
        } else if (r.isResult()) {
            text.append("bit[").append(r.size()).append("] ").append(name).append(";\n");
        } else {
            text.append(Annotations.VARIABLE).append('\n');
            text.append(r.type()).append(' ').append(name).append(";\n");
        }
    }

    /** The declarations; complete when the body has been written. */
    String text() {
        return text.toString();
    }

    private String nameOf(Object named) {
        String name = names.get(named);
        if (name == null) {
            throw new CircuitException("the circuit uses " + named + " but does not declare it");
        }
        return name;
    }

    private static int indexOf(int[] firsts, int position) {
        int found = Arrays.binarySearch(firsts, position);
        return found >= 0 ? found : -found - 2;
    }

    @Override
    public String qubit(int index) {
        QubitRegister r = qubitRegisters.get(indexOf(firstQubits, index));
        return nameOf(r) + "[" + (index - r.first()) + "]";
    }

    @Override
    public @Nullable String wholeRegister(Targets targets) {
        if (targets.isEmpty() || targets.get(0) < 0) {
            return null;
        }
        int k = Arrays.binarySearch(firstQubits, targets.get(0));
        boolean whole = k >= 0 && isRun(targets, qubitRegisters.get(k).size());
        return whole ? nameOf(qubitRegisters.get(k)) : null;
    }

    /** The plain register whose bits these are, all of them in order; "" for none, else null. */
    @Nullable String wholeBits(Targets bits) {
        if (bits.isEmpty()) {
            return "";
        }
        int k = Arrays.binarySearch(firstBits, bits.get(0));
        boolean whole =
                k >= 0 && registers.get(k).isResult() && isRun(bits, registers.get(k).size());
        return whole ? nameOf(registers.get(k)) : null;
    }

    private static boolean isRun(Targets targets, int size) {
        if (targets.size() != size) {
            return false;
        }
        for (int k = 1; k < size; k++) {
            if (targets.get(k) != targets.get(0) + k) {
                return false;
            }
        }
        return true;
    }

    private ClassicalRegister registerOf(Operation operation, int bit) {
        ClassicalRegister r = registers.get(indexOf(firstBits, bit));
        if (r.valueType() != null && r.valueType().isFloat()) {
            throw new CircuitException(
                    operation,
                    "cannot be written as OpenQASM "
                            + version
                            + ": it has no access to the single bits of float variable "
                            + r.name()
                            + ".");
        }
        return r;
    }

    /** One classical bit. */
    String bit(Operation operation, int index) {
        ClassicalRegister r = registerOf(operation, index);
        return nameOf(r) + "[" + (index - r.first()) + "]";
    }

    @Override
    public String leaf(Operation operation, Expression leaf) {
        return switch (leaf) {
            case Bit b -> bit(operation, b.index());
            case Bits b -> bits(operation, b);
            case Parameter p when version == 2 ->
                    throw new CircuitException(
                            operation,
                            "cannot be written as OpenQASM 2: parameter "
                                    + p.name()
                                    + " has no value. Maybe bind it, or write OpenQASM 3.");
            default -> nameOf(leaf);
        };
    }

    private String bits(Operation operation, Bits bits) {
        int[] places = bits.bits().stream().mapToInt(Bit::index).toArray();
        ClassicalRegister r = registerOf(operation, places[0]);
        boolean one = true;
        for (int place : places) {
            one &= registerOf(operation, place).equals(r);
        }
        return one
                ? slice(r, places)
                : aliases.computeIfAbsent(bits, b -> alias(operation, places));
    }

    private String slice(ClassicalRegister r, int[] places) {
        int first = places[0] - r.first();
        if (isRun(Targets.of(places), places.length)) {
            return nameOf(r) + "[" + first + ":" + (first + places.length - 1) + "]";
        }
        var set = new StringBuilder(nameOf(r)).append("[{").append(first);
        for (int k = 1; k < places.length; k++) {
            set.append(", ").append(places[k] - r.first());
        }
        return set.append("}]").toString();
    }

    /** Bits of several registers are joined under a name of their own. */
    private String alias(Operation operation, int[] places) {
        String name = spelling.take("joined");
        var parts = new StringJoiner(" ++ ");
        int from = 0;
        for (int k = 1; k <= places.length; k++) {
            ClassicalRegister r = registerOf(operation, places[from]);
            boolean goesOn =
                    k < places.length
                            && places[k] == places[k - 1] + 1
                            && registerOf(operation, places[k]).equals(r);
            if (!goesOn) {
                parts.add(slice(r, Arrays.copyOfRange(places, from, k)));
                from = k;
            }
        }
        text.append("let ").append(name).append(" = ").append(parts).append(";\n");
        return name;
    }

    @Override
    public String loopVariable() {
        return spelling.take("i");
    }
}
