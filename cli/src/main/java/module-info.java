/** The {@code jaket} command. */
module org.jaket.cli {
    requires info.picocli;
    requires java.logging;
    requires me.tongfei.progressbar;
    requires org.jaket.annealing;
    requires org.jaket.automatic;
    requires org.jaket.circuit;
    requires org.jaket.hardware;
    requires org.jaket.mps;
    requires org.jaket.stabilizer;
    requires org.jaket.statevector;
    requires tools.jackson.core;
    requires static org.jspecify;

    opens org.jaket.cli to
            info.picocli;
}
