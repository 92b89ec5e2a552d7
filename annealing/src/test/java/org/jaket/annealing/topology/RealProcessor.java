package org.jaket.annealing.topology;

import org.junit.jupiter.api.Assumptions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real Advantage2 processor, as it describes itself to its users. */
public final class RealProcessor {
    private RealProcessor() {}

    /** Its graph; a test that asks for it is skipped where the description is not at hand. */
    public static HardwareGraph load() throws IOException {
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
        if (!topology.get("type").asString().equals("zephyr")) {
            throw new IOException("the topology is " + topology);
        }
        Zephyr zephyr =
                new Zephyr(
                        topology.get("shape").get(0).asInt(), topology.get("shape").get(1).asInt());
        int[] qubits = new int[properties.get("qubits").size()];
        for (int k = 0; k < qubits.length; k++) {
            qubits[k] = properties.get("qubits").get(k).asInt();
        }
        List<int[]> couplers = new ArrayList<>();
        for (JsonNode pair : properties.get("couplers")) {
            couplers.add(new int[] {pair.get(0).asInt(), pair.get(1).asInt()});
        }
        return HardwareGraph.of(zephyr, qubits, couplers);
    }
}
