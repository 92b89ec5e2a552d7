package org.jaket.stabilizer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.pass.BasicGates;
import org.jaket.stabilizer.Tableau;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** Basic gates against the flows and tableaux of what they stand for. */
class BasicGatesTest {
    @Test
    void everyGateBecomesBasicOnes() {
        for (StandardGate gate : StandardGate.values()) {
            if (gate.isClifford() && gate.qubits() > 0) {
                int[] targets = gate.qubits() == 1 ? new int[] {0} : new int[] {1, 0};
                Circuit circuit = Circuit.of(2, c -> c.gate(gate, targets));
                Circuit basic = BasicGates.of(circuit);
                assertThat(Tableau.of(basic)).as("%s", gate).isEqualTo(Tableau.of(circuit));
                assertThat(basic.gateCounts().keySet()).isSubsetOf("H", "S", "CX");
            }
        }
    }

    @Test
    void sequencesAreShort() {
        assertThat(BasicGates.of(Circuit.stim("CZ 0 1")).gateCounts())
                .containsEntry("CX", 1L)
                .containsEntry("H", 2L)
                .hasSize(2);
        assertThat(BasicGates.of(Circuit.stim("SWAP 0 1")).gateCounts())
                .containsEntry("CX", 3L)
                .hasSize(1);
    }

    @Property(seed = "1", tries = 100)
    void circuitsKeepTheirFlows(@ForAll long seed) {
        Circuit circuit = FlowsTest.random(new SplittableRandom(seed), 3, 10);
        Circuit basic = BasicGates.of(circuit);
        assertThat(Flows.generators(basic)).isEqualTo(Flows.generators(circuit));
        assertThat(basic.gateCounts().keySet()).isSubsetOf("H", "S", "CX", "M", "R", "MPAD");
    }

    @Test
    void noiseAndLoopsStay() {
        Circuit circuit = Circuit.stim("REPEAT 5 {\n    MX(0.1) 0\n    DEPOLARIZE1(0.1) 0\n}");
        assertThat(BasicGates.of(circuit).toStim())
                .isEqualTo(
                        "REPEAT 5 {\n    H 0\n    M(0.1) 0\n    H 0\n    DEPOLARIZE1(0.1) 0\n}\n");
        assertThatThrownBy(() -> BasicGates.of(Circuit.of(1, c -> c.t(0))))
                .hasMessageContaining("not a Clifford gate");
    }
}
