/** Quantum computers: the files that describe them. */
module org.jaket.hardware {
    requires transitive org.jaket.circuit;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports org.jaket.hardware.ibm;
}
