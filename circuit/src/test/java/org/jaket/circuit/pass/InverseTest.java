package org.jaket.circuit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.junit.jupiter.api.Test;

/** Inverses as Stim's documentation shows them. */
class InverseTest {
    /** From the documentation of stim.Circuit.inverse. */
    @Test
    void documentedInverses() {
        assertThat(Circuit.stim("S 0 1\nISWAP 0 1 1 2").inverse().toStim())
                .isEqualTo("ISWAP_DAG 1 2 0 1\nS_DAG 1 0\n");
        String circuit =
                """
                QUBIT_COORDS(1, 2) 0
                QUBIT_COORDS(4, 3) 1
                QUBIT_COORDS(9, 5) 2
                H 0 1
                REPEAT 100 {
                    CX 0 1 1 2
                    TICK
                    S 1 2
                }
                """;
        assertThat(Circuit.stim(circuit).inverse().toStim())
                .isEqualTo(
                        """
                        QUBIT_COORDS(1, 2) 0
                        QUBIT_COORDS(4, 3) 1
                        QUBIT_COORDS(9, 5) 2
                        REPEAT 100 {
                            S_DAG 2 1
                            TICK
                            CX 1 2 0 1
                        }
                        H 1 0
                        """);
    }
}
