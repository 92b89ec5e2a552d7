package org.jaket.circuit.qasm;

/** The kinds of tokens; operators and punctuation are told apart by their text. */
enum Token {
    IDENTIFIER("a name"),
    INTEGER("a whole number"),
    REAL("a number"),
    IMAGINARY("an imaginary number"),
    TIMING("a duration"),
    STRING("a string"),
    HARDWARE_QUBIT("a physical qubit"),
    ANNOTATION("an annotation"),
    PRAGMA("a pragma"),
    SYMBOL("a symbol"),
    END("the end of the text");

    private final String text;

    Token(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
