package org.jaket.circuit.qasm;

import org.jaket.circuit.gate.StandardGate;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives everything that a text names (registers, gates, parameters, loop variables) a spelling that
 * is an identifier, no word of the language or its library, and taken only once.
 */
final class Spelling {
    private static final Set<String> WORDS2 =
            Set.of(
                    "barrier",
                    "creg",
                    "gate",
                    "if",
                    "include",
                    "measure",
                    "opaque",
                    "pi",
                    "pragma",
                    "qreg",
                    "reset",
                    "sin",
                    "cos",
                    "tan",
                    "exp",
                    "ln",
                    "sqrt",
                    "u0",
                    "rc3x",
                    "c3x",
                    "c4x",
                    "c3sqrtx",
                    "U",
                    "CX",
                    "OPENQASM");

    private static final Set<String> WORDS3 =
            Set.of(
                    "OPENQASM",
                    "angle",
                    "arccos",
                    "arcsin",
                    "arctan",
                    "array",
                    "barrier",
                    "bit",
                    "bool",
                    "box",
                    "break",
                    "cal",
                    "case",
                    "ceiling",
                    "complex",
                    "const",
                    "continue",
                    "cos",
                    "creg",
                    "ctrl",
                    "def",
                    "default",
                    "defcal",
                    "defcalgrammar",
                    "delay",
                    "duration",
                    "durationof",
                    "else",
                    "end",
                    "euler",
                    "exp",
                    "extern",
                    "false",
                    "float",
                    "floor",
                    "for",
                    "gate",
                    "gphase",
                    "if",
                    "imag",
                    "im",
                    "in",
                    "include",
                    "input",
                    "int",
                    "inv",
                    "let",
                    "ln",
                    "log",
                    "measure",
                    "mod",
                    "mutable",
                    "negctrl",
                    "nop",
                    "output",
                    "pi",
                    "popcount",
                    "pow",
                    "pragma",
                    "qreg",
                    "qubit",
                    "readonly",
                    "real",
                    "reset",
                    "return",
                    "rotl",
                    "rotr",
                    "sin",
                    "sizeof",
                    "sqrt",
                    "stretch",
                    "switch",
                    "tan",
                    "tau",
                    "true",
                    "uint",
                    "void",
                    "while",
                    "π",
                    "τ",
                    "ℇ");

    private final int version;
    private final @Nullable Spelling outer;
    private final Set<String> taken = new HashSet<>();

    private Spelling(int version, @Nullable Spelling outer) {
        this.version = version;
        this.outer = outer;
    }

    /** No names taken yet. */
    static Spelling of(int version) {
        return new Spelling(version, null);
    }

    /** An inner scope, in which the names of this one stay taken. */
    Spelling inner() {
        return new Spelling(version, this);
    }

    /**
     * The name itself when it can stand in the text and is free, otherwise one that resembles it.
     */
    String take(String name) {
        if (isIdentifier(name) && isFree(name)) {
            taken.add(name);
            return name;
        }
        var safe = new StringBuilder();
        for (int k = 0; k < Math.min(name.length(), 40); k++) {
            char c = name.charAt(k);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            safe.append(plain ? c : '_');
        }
        if (safe.isEmpty() || safe.charAt(0) < 'a' || safe.charAt(0) > 'z') {
            safe.insert(0, "n_");
        }
        String candidate = safe.toString();
        for (int k = 1; !isFree(candidate); k++) {
            candidate = safe + "_" + k;
        }
        taken.add(candidate);
        return candidate;
    }

    private boolean isFree(String name) {
        for (Spelling scope = this; scope != null; scope = scope.outer) {
            if (scope.taken.contains(name)) {
                return false;
            }
        }
        return !isReserved(name);
    }

    private boolean isIdentifier(String name) {
        if (name.isEmpty() || version == 2 && (name.charAt(0) < 'a' || name.charAt(0) > 'z')) {
            return false;
        }
        return name.length() <= Lexer.MAX_TOKEN && Lexer.isName(name, version == 2);
    }

    private boolean isReserved(String name) {
        return version == 2
                ? WORDS2.contains(name) || StandardGate.ofQasm2(name) != null
                : WORDS3.contains(name) || StandardGate.ofQasm3(name) != null;
    }
}
