/** The {@code jaket} command. */
module org.jaket.cli {
    requires info.picocli;
    requires org.jaket.circuit;
    requires org.jaket.stabilizer;
    requires org.jaket.statevector;
    requires static org.jspecify;

    opens org.jaket.cli to
            info.picocli;
}
