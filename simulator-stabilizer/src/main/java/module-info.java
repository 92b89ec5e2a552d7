/** The stabilizer engine. */
module org.jaket.stabilizer {
    requires transitive org.jaket.circuit;
    requires static jdk.incubator.vector;
    requires static org.jspecify;
}
