package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;

import java.util.List;
import java.util.Locale;

/** Circuits that make magic states: Clifford circuits with noise and some T gates. */
final class MagicStates {
    private static final String ENCODE =
            "CX 2 0 2 1\nH 3 4 5\nCX 3 0 3 1 3 6 4 0 4 2 4 6 5 1 5 2 5 6\n";
    private static final String DECODE =
            "CX 5 6 5 2 5 1 4 6 4 2 4 0 3 6 3 1 3 0\nH 3 4 5\nCX 2 1 2 0\n";

    private MagicStates() {}

    /** The circuit of a name. */
    static Circuit named(String name, double p) {
        return Circuit.stim(
                switch (name) {
                    case "distillation" -> distillation(p, false);
                    case "teleported" -> distillation(p, true);
                    case "cultivation" -> cultivation(p);
                    default -> throw new IllegalArgumentException(name);
                });
    }

    /**
     * Fifteen T gates to one, in the form of D. Litinski, "Magic state distillation: not as costly
     * as you think" (2019): five qubits, a T about a product of Z's and an error each.
     *
     * @param teleported whether each T gate is made from a magic state, and corrected by S where
     *     the state's measurement gives one
     */
    private static String distillation(double p, boolean teleported) {
        StringBuilder text = new StringBuilder("RX 0 1 2 3 4\n");
        for (int v = 1; v < 16; v++) {
            StringBuilder product = new StringBuilder("Z4");
            StringBuilder error = new StringBuilder("Z4");
            for (int k = 0; k < 4; k++) {
                if ((v >> k & 1) != 0) {
                    product.append("*Z").append(k);
                    error.append(" Z").append(k);
                }
            }
            if (teleported) {
                text.append("RX 5\nT 5\n").append(noise("Z_ERROR", p)).append(" 5\n");
                text.append("MPP ").append(product).append("*Z5\nMX 5\n");
                text.append("IF rec[-2] {\nSPP ").append(product).append("\n}\n");
                text.append("IF rec[-1] {\nSPP ").append(product).append("\nSPP ").append(product);
                text.append("\n}\n");
            } else {
                text.append("TPP ").append(product).append('\n');
                text.append(noise("E", p)).append(' ').append(error).append('\n');
            }
        }
        return text.append("T 4\nMX 0 1 2 3 4\n").toString();
    }

    /**
     * A magic state in the seven-qubit code, injected, and checked twice with an ancilla: the first
     * stage of C. Gidney, N. Shutty and C. Jones, "Magic state cultivation" (2024), with a round of
     * all stabilizers, and read out at the end.
     */
    private static String cultivation(double p) {
        StringBuilder text = new StringBuilder("R 0 1 3 4 5 6\nRX 2\nS_DAG[T] 2\n");
        text.append(noise("Z_ERROR", p)).append(" 2\n").append(ENCODE);
        for (int check = 0; check < 2; check++) {
            text.append(noise("DEPOLARIZE1", p)).append(" 0 1 2 3 4 5 6\n");
            text.append("RX 7\nS_DAG[T] 0 1 2 3 4 5 6\nCX 7 0 7 1 7 2 7 3 7 4 7 5 7 6\n");
            text.append(noise("DEPOLARIZE2", p)).append(" 7 0 7 1 7 2 7 3 7 4 7 5 7 6\n");
            text.append("S[T] 0 1 2 3 4 5 6\nMX 7\n");
        }
        for (String basis : List.of("X", "Z")) {
            for (String face : List.of("3 4 5 6", "1 2 5 6", "0 2 4 6")) {
                text.append("MPP ").append(basis);
                text.append(face.replace(" ", "*" + basis)).append('\n');
            }
        }
        return text.append(DECODE).append("T 2\nMX 2\n").toString();
    }

    private static String noise(String name, double p) {
        return String.format(Locale.ROOT, "%s(%s)", name, p);
    }
}
