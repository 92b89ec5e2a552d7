package org.jaket.circuit.qasm;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The names visible in a scope, innermost first. */
final class Names {
    private final @Nullable Names outer;

    /** Small at first: a loop makes a scope for each round. */
    private final Map<String, Symbol> symbols = new HashMap<>(4);

    Names(@Nullable Names outer) {
        this.outer = outer;
    }

    @Nullable Symbol find(String name) {
        for (Names scope = this; scope != null; scope = scope.outer) {
            Symbol symbol = scope.symbols.get(name);
            if (symbol != null) {
                return symbol;
            }
        }
        return null;
    }

    /** The enclosing scope; this must not be the outermost one. */
    Names outer() {
        return Objects.requireNonNull(outer);
    }

    @Nullable Symbol here(String name) {
        return symbols.get(name);
    }

    void put(String name, Symbol symbol) {
        symbols.put(name, symbol);
    }

    /** Binds an alias anew in the scope that has it. */
    void rebind(String name, Symbol symbol) {
        for (Names scope = this; scope != null; scope = scope.outer) {
            if (scope.symbols.containsKey(name)) {
                scope.symbols.put(name, symbol);
                return;
            }
        }
    }

    /** All visible names. */
    Set<String> all() {
        Set<String> names = new HashSet<>();
        for (Names scope = this; scope != null; scope = scope.outer) {
            names.addAll(scope.symbols.keySet());
        }
        return names;
    }
}
