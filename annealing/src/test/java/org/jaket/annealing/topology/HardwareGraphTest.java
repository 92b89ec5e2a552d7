package org.jaket.annealing.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

class HardwareGraphTest {
    @Test
    void theCouplersOfARealProcessorLieInsideTheGraphOfItsTopology() throws IOException {
        // Throws for a coupler that is not one of its topology.
        HardwareGraph graph = RealProcessor.load();
        assertThat(graph.topology()).contains(new Zephyr(12));
        // As many as the description lists.
        assertThat(graph.qubits()).isEqualTo(4594);
        assertThat(graph.couplers()).isEqualTo(41813);
    }

    @Test
    void graphsAreMadeOfListsAndKeepGaps() {
        HardwareGraph graph =
                HardwareGraph.of(
                        new int[] {7, 2, 4},
                        List.of(new int[] {7, 2}, new int[] {2, 4}, new int[] {2, 7}));
        assertThat(graph.qubitNumbers()).containsExactly(2, 4, 7);
        assertThat(graph.couplers()).isEqualTo(2);
        assertThat(IntStream.range(0, graph.degree(2)).map(k -> graph.neighbour(2, k)))
                .containsExactly(4, 7);
        assertThat(graph.degree(3)).isZero();
        assertThat(graph.coupled(4, 7)).isFalse();
        assertThat(graph.coupled(-1, 99)).isFalse();
        assertThat(graph.topology()).isEmpty();
    }

    @Test
    void listsThatContradictThemselvesOrTheTopologyAreRefused() {
        assertThatThrownBy(() -> HardwareGraph.of(new int[] {1, 2}, List.of(new int[] {1, 3})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("coupler [1, 3]: qubit 3 is not among the qubits");
        assertThatThrownBy(() -> HardwareGraph.of(new int[] {1, 2}, List.of(new int[] {1, 1})))
                .hasMessageContaining("two different qubits, not [1, 1]");
        assertThatThrownBy(() -> HardwareGraph.of(new int[] {-1}, List.of()))
                .hasMessageContaining("-1");
        Chimera cell = new Chimera(1, 1, 4);
        assertThatThrownBy(
                        () ->
                                HardwareGraph.of(
                                        cell, new int[] {0, 1, 4}, List.of(new int[] {0, 1})))
                .hasMessage("Chimera C1,1,4 has no coupler of qubits 0 and 1");
        assertThatThrownBy(() -> HardwareGraph.of(cell, new int[] {8}, List.of()))
                .hasMessage("Chimera C1,1,4 has no qubit 8");
    }

    @Test
    void qubitsAndCouplersCanBeTakenAway() {
        HardwareGraph cell = new Chimera(1, 1, 4).graph();
        HardwareGraph broken = cell.without(0, 5);
        assertThat(broken.qubits()).isEqualTo(6);
        assertThat(broken.couplers()).isEqualTo(3 * 3);
        assertThat(broken.has(0)).isFalse();
        assertThat(cell.withoutCoupler(4, 0).couplers()).isEqualTo(15);
        assertThat(cell.withoutCoupler(4, 0).coupled(0, 4)).isFalse();
        assertThat(cell.qubits()).isEqualTo(8);
    }

    @Test
    void differentGraphsHaveDifferentDigests() {
        HardwareGraph cell = new Chimera(1, 1, 4).graph();
        assertThat(cell.digest()).isEqualTo(new Chimera(1, 1, 4).graph().digest());
        assertThat(cell).isEqualTo(new Chimera(1, 1, 4).graph());
        assertThat(cell.digest())
                .isNotEqualTo(cell.without(7).digest())
                .isNotEqualTo(cell.withoutCoupler(0, 4).digest())
                .isNotEqualTo(new Chimera(1, 1, 3).graph().digest())
                .hasSize(64);
    }
}
