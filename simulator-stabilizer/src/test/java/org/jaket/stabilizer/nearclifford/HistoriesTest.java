package org.jaket.stabilizer.nearclifford;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which branches make histories part. */
class HistoriesTest {
    private static final String MAGIC = "RX 0 1 2\nT 0 1\nCX 2 0\nM 0 2\n";

    private static Histories of(String text) {
        Circuit circuit = Circuit.stim(text);
        return Histories.of(circuit, MoveLowering.of(circuit), Progress.NONE);
    }

    /** Qubit 1 is in a magic state, so that its rotations are those of amplitudes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X 0",
                "Y 2\nZ_ERROR(0.1) 1",
                "CX rec[-1] 0",
                "S 1",
                "SQRT_X_DAG 1",
                "SQRT_Y 1",
                "SPP X1",
                "R_PAULI(1) X0*Y1*Z2",
                "T 1",
                "IF rec[-2] {\n S 1\n X 0\n}",
                "REPEAT 3 {\n S 1\n}"
            })
    void branchesThatKeepTheFramesDoNotPart(String body) {
        String branch = "IF rec[-1] {\n" + body + "\n} ELSE {\n Z 0\n}\n";
        assertThat(of(MAGIC + branch + "MX 0 1 2").isOne()).isTrue();
    }

    /** Qubit 0 is in a stabilizer state, where only the identity and Paulis keep the frames. */
    @ParameterizedTest
    @ValueSource(strings = {"H 1", "CX 1 2", "SQRT_X 0", "T 1\nSQRT_Y 0", "R 1", "MR 1", "C_XYZ 1"})
    void othersDo(String body) {
        Circuit circuit =
                body.startsWith("MR")
                        ? Circuit.of(
                                2,
                                c -> {
                                    c.h(0).t(0);
                                    c.when(c.measure(0), then -> then.measure(1));
                                })
                        : Circuit.stim(MAGIC + "IF rec[-1] {\n" + body + "\n}\nMX 0 1 2");
        Histories histories = Histories.of(circuit, MoveLowering.of(circuit), Progress.NONE);
        assertThat(histories.isOne()).isFalse();
        Segment root = histories.root();
        Segment then = histories.next(root, true, Progress.NONE);
        assertThat(histories.next(root, true, Progress.NONE)).isSameAs(then);
        assertThat(then.parting()).isNull();
        assertThat(histories.next(root, false, Progress.NONE)).isNotSameAs(then);
    }

    /** One of 15 qubits each time, and no histories: the branches are of phase gates. */
    @Test
    void fifteenTeleportedTGatesAreOneProgram() {
        StringBuilder text = new StringBuilder("RX 0\n");
        for (int k = 0; k < 15; k++) {
            text.append("RX 1\nT 1\nCX 0 1\nM 1\nIF rec[-1] {\n S 0\n}\n");
        }
        Histories histories = of(text + "MX 0");
        assertThat(histories.isOne()).isTrue();
        assertThat(histories.root().program().mostActive()).isEqualTo(2);
    }
}
