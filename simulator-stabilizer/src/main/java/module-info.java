/** The stabilizer engine: Clifford circuits with Pauli noise, result formats, code generators. */
module org.jaket.stabilizer {
    requires transitive org.jaket.circuit;
    requires org.apache.commons.statistics.distribution;
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports org.jaket.stabilizer;
    exports org.jaket.stabilizer.codes;
    exports org.jaket.stabilizer.diagram;
    exports org.jaket.stabilizer.errors;
    exports org.jaket.stabilizer.feedforward;
    exports org.jaket.stabilizer.flow;
    exports org.jaket.stabilizer.rare;
    exports org.jaket.stabilizer.results;
    exports org.jaket.stabilizer.sampling;
}
