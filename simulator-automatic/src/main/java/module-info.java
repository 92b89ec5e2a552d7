/** Picks the simulation method that suits a circuit. */
module org.jaket.automatic {
    requires transitive org.jaket.circuit;
    requires org.jaket.mps;
    requires org.jaket.stabilizer;
    requires transitive org.jaket.statevector;
    requires static org.jspecify;

    exports org.jaket.automatic;
}
