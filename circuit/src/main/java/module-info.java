/** Circuits, their text formats, the passes over them, and what engines implement to run them. */
module org.jaket.circuit {
    requires static transitive org.jspecify;

    exports org.jaket.circuit;
    exports org.jaket.circuit.device;
    exports org.jaket.circuit.diagram;
    exports org.jaket.circuit.expression;
    exports org.jaket.circuit.gate;
    exports org.jaket.circuit.link;
    exports org.jaket.circuit.noise;
    exports org.jaket.circuit.observable;
    exports org.jaket.circuit.pass;
    exports org.jaket.circuit.qasm;
    exports org.jaket.circuit.stim;
    exports org.jaket.execution;
    exports org.jaket.execution.trajectory;
}
