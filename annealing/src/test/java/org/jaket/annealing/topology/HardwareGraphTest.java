package org.jaket.annealing.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class HardwareGraphTest {
    /** A real Advantage2 processor, as it describes itself to its users. */
    @Test
    void theCouplersOfARealProcessorLieInsideTheGraphOfItsTopology() throws IOException {
        Path file =
                Stream.of("../shared/conformance", "../../shared/conformance")
                        .map(p -> Path.of(p, "sapi", "advantage2_system1.5-solver.json"))
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElse(Path.of(""));
        Assumptions.assumeTrue(
                Files.isRegularFile(file),
                "the solver's description is not here: ../shared/conformance/sapi");
        JsonNode properties = JsonMapper.shared().readTree(file.toFile()).get(0).get("properties");
        JsonNode topology = properties.get("topology");
        assertThat(topology.get("type").asString()).isEqualTo("zephyr");
        Zephyr zephyr =
                new Zephyr(
                        topology.get("shape").get(0).asInt(), topology.get("shape").get(1).asInt());
        assertThat(zephyr).isEqualTo(new Zephyr(12));
        assertThat(zephyr.indices()).isEqualTo(properties.get("num_qubits").asInt());
        int[] qubits = new int[properties.get("qubits").size()];
        for (int k = 0; k < qubits.length; k++) {
            qubits[k] = properties.get("qubits").get(k).asInt();
        }
        List<int[]> couplers = new ArrayList<>();
        for (JsonNode pair : properties.get("couplers")) {
            couplers.add(new int[] {pair.get(0).asInt(), pair.get(1).asInt()});
        }
        // Throws for a coupler that is not one of Z12.
        HardwareGraph graph = HardwareGraph.of(zephyr, qubits, couplers);
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
