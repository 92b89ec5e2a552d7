/** The state-vector engine. */
module org.jaket.statevector {
    requires transitive org.jaket.circuit;
    requires java.management;
    requires jdk.management;
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports org.jaket.statevector;
    exports org.jaket.statevector.sparse;
}
