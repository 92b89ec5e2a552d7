/** The state-vector engine. */
module org.jaket.statevector {
    requires transitive org.jaket.circuit;
    requires static jdk.incubator.vector;
    requires static org.jspecify;
}
