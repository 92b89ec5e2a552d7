package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.embedding.Embedding;
import org.jaket.annealing.embedding.ProblemGraph;
import org.jaket.annealing.topology.Chimera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class EmbedCommandTest {
    private static final String PENTAGON = "../examples/models/pentagon.txt";

    private static ProblemGraph pentagon() {
        var builder = BinaryQuadraticModel.builder(Vartype.SPIN);
        for (int i = 0; i < 5; i++) {
            builder.addQuadratic(i, (i + 1) % 5, 1);
        }
        return ProblemGraph.of(builder.build());
    }

    /** Chimera's cells are bipartite, so that an odd ring needs a chain of two: 6 qubits. */
    @Test
    void aPentagonOnChimera(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("pentagon.json");
        String[] line = {
            "embed", PENTAGON, "--topology", "chimera:2", "--seed", "1", "--out", file.toString()
        };
        Command c = Command.run(line);
        assertThat(c.err()).isEmpty();
        assertThat(c.exit()).isZero();
        assertThat(c.out()).contains("6 qubits, longest chain 2, mean 1.20", "seed 1");
        var chimera = new Chimera(2, 2, 4).graph();
        Embedding embedding = Embedding.read(file);
        assertThat(embedding.faults(pentagon(), chimera)).isEmpty();
        JsonNode json =
                Command.run("embed", PENTAGON, "--topology", "chimera:2", "--seed", "1", "--json")
                        .json();
        assertThat(json.get("qubits").intValue()).isEqualTo(6);
        assertThat(json.get("longest_chain").intValue()).isEqualTo(2);
        assertThat(json.get("processor_qubits").intValue()).isEqualTo(32);
        assertThat(json.get("chains")).hasSize(5);
        for (int v = 0; v < 5; v++) {
            assertThat(json.get("chains").get(v)).hasSize(embedding.length(v));
        }
    }

    /** A ring of six qubits carries a ring of five variables with one chain of two. */
    @Test
    void aProcessorFromAFile(@TempDir Path folder) throws Exception {
        Path list = folder.resolve("ring.txt");
        Files.writeString(list, "# a ring\n0 1\n1 2\n2 3\n3 4\n4 5\n5 0\n");
        Path solver = folder.resolve("solver.json");
        Files.writeString(
                solver,
                """
                [{"id": "ring", "properties": {"qubits": [0, 1, 2, 3, 4, 5],
                  "couplers": [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 0]],
                  "topology": {"type": "ring", "shape": [6]}}}]
                """);
        for (Path file : List.of(list, solver)) {
            Command c =
                    Command.run("embed", PENTAGON, "--processor", file.toString(), "--seed", "1");
            assertThat(c.err()).isEmpty();
            assertThat(c.out())
                    .contains("processor: 6 qubits, 6 couplers", "6 qubits, longest chain 2");
        }
        fails(2, "exclude each other", "--processor", list.toString(), "--topology", "zephyr:2");
        Files.writeString(list, "0 1\n1 x\n");
        fails(1, "ring.txt:2:3: a qubit should be an integer", "--processor", list.toString());
        fails(1, "there is no file", "--processor", folder.resolve("none.json").toString());
        Files.writeString(list, "0 1\n");
        fails(1, "5 variables need as many qubits", "--processor", list.toString());
    }

    /** The real one has every wire of Zephyr's first cells that a small ring needs: no chains. */
    @Test
    void aRealProcessor() {
        Path solver = Path.of("../../shared/conformance/sapi/advantage2_system1.5-solver.json");
        assumeTrue(Files.exists(solver), "not here: shared/conformance/sapi");
        Command c = Command.run("embed", PENTAGON, "--processor", solver.toString(), "--seed", "1");
        assertThat(c.err()).isEmpty();
        assertThat(c.out())
                .contains("4594 qubits, 41813 couplers", "5 qubits, longest chain 1, mean 1.00");
    }

    @Test
    void whatWasFoundIsUsedAgain(@TempDir Path folder) throws Exception {
        Path cache = folder.resolve("embeddings");
        String[] line = {
            "embed", PENTAGON, "--topology", "chimera:2", "--cache", cache.toString(), "--json"
        };
        JsonNode first = Command.run(line).json();
        assertThat(first.get("found_before").booleanValue()).isFalse();
        JsonNode second = Command.run(line).json();
        assertThat(second.get("found_before").booleanValue()).isTrue();
        assertThat(second.has("seed")).isFalse();
        assertThat(second.get("chains")).isEqualTo(first.get("chains"));
        try (var files = Files.list(cache)) {
            assertThat(files).hasSize(1);
        }
        Command shown =
                Command.run(
                        "embed", PENTAGON, "--topology", "chimera:2", "--cache", cache.toString());
        assertThat(shown.out()).contains("found before").doesNotContain("seed");
        // Another processor is another file.
        JsonNode other =
                Command.run(
                                "embed",
                                PENTAGON,
                                "--topology",
                                "chimera:3",
                                "--cache",
                                cache.toString(),
                                "--json")
                        .json();
        assertThat(other.get("found_before").booleanValue()).isFalse();
        Path file = folder.resolve("file");
        Files.writeString(file, "");
        fails(2, "file is not a folder", "--cache", file.toString());
    }

    @Test
    void whatIsWrongIsSaid() {
        fails(2, "chimera:N, pegasus:N or zephyr:N", "--topology", "kings:3");
        fails(2, "chimera:N, pegasus:N or zephyr:N", "--topology", "pegasus:1");
        fails(2, "chimera:N, pegasus:N or zephyr:N", "--topology", "pegasus:9999");
        fails(2, "--tries", "--tries", "0");
        fails(2, "--time", "--time", "-3");
    }

    /** A clique of nine is more than a single cell of Chimera holds. */
    @Test
    void whatDoesNotFitIsSaid() {
        StringBuilder clique = new StringBuilder("# vartype=SPIN\n");
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < i; j++) {
                clique.append(i).append(' ').append(j).append(" 1\n");
            }
        }
        Command c =
                Command.run(
                        clique.toString().getBytes(StandardCharsets.UTF_8),
                        "embed",
                        "-",
                        "--topology",
                        "chimera:1");
        assertThat(c.exit()).isEqualTo(1);
        assertThat(c.err()).contains("9 variables need as many qubits").doesNotContain("\tat ");
    }

    private static void fails(int exit, String why, String... options) {
        String[] line = new String[2 + options.length];
        line[0] = "embed";
        line[1] = PENTAGON;
        System.arraycopy(options, 0, line, 2, options.length);
        Command c = Command.run(line);
        assertThat(c.exit()).isEqualTo(exit);
        assertThat(c.err()).contains(why).doesNotContain("\tat ");
    }
}
