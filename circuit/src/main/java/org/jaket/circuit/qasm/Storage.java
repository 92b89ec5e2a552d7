package org.jaket.circuit.qasm;

import org.jaket.circuit.QubitRegister;
import org.jaket.circuit.Target;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Type;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The qubits and classical bits that the program has claimed so far. */
final class Storage {
    /** The most classical bits of one circuit. */
    static final int MAX_BITS = 1 << 24;

    private final List<QubitRegister> qubitRegisters = new ArrayList<>();
    private final List<ClassicalRegister> registers = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * A declaration that is executed again (in a loop, in a subroutine called twice) finds its
     * register here.
     */
    private final IdentityHashMap<Object, ClassicalRegister> bySite = new IdentityHashMap<>();

    private int qubits;
    private int bits;

    List<QubitRegister> qubitRegisters() {
        return qubitRegisters;
    }

    List<ClassicalRegister> registers() {
        return registers;
    }

    int qubits() {
        return qubits;
    }

    /** New qubits; null when there would be too many. */
    @Nullable QubitRegister qubits(String name, long size) {
        if (qubits + size > Target.LIMIT) {
            return null;
        }
        var register = new QubitRegister(free(name), qubits, (int) size);
        qubitRegisters.add(register);
        qubits += register.size();
        return register;
    }

    /**
     * A register for a declaration.
     *
     * @param site the declaration: the same one gets the same register again
     * @param type null for a plain bit register
     * @return null when there would be too many bits
     */
    @Nullable ClassicalRegister register(Object site, String name, @Nullable Type type, long size) {
        ClassicalRegister known = bySite.get(site);
        if (known != null) {
            return known;
        }
        if (bits + size > MAX_BITS) {
            return null;
        }
        var register = new ClassicalRegister(free(name), type, bits, (int) size);
        registers.add(register);
        bySite.put(site, register);
        bits += register.size();
        return register;
    }

    private String free(String name) {
        String candidate = name;
        for (int k = 1; !taken.add(candidate); k++) {
            candidate = name + "_" + k;
        }
        return candidate;
    }
}
