/** Short programs that show one thing each. */
module org.jaket.examples {
    requires org.jaket.annealing;
    requires org.jaket.automatic;
    requires org.jaket.circuit;
    requires org.jaket.interop.strange;
    requires org.jaket.mps;
    requires org.jaket.stabilizer;
    requires org.jaket.statevector;
    requires static org.jspecify;
}
