package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.embedding.Embedding;
import org.jaket.annealing.embedding.ProblemGraph;
import org.jaket.annealing.topology.Chimera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

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
