package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class MatchGraphTest {
    private static final String CIRCUIT =
            """
            R 0 1 2
            X_ERROR(0.1) 0 2
            CX 0 1 2 1
            M 0 1 2
            DETECTOR(1, 0) rec[-2]
            DETECTOR(2, 0) rec[-1]
            OBSERVABLE_INCLUDE(0) rec[-3]
            """;

    private static Command run(String text, String... args) {
        return Command.run(text.getBytes(StandardCharsets.UTF_8), args);
    }

    /** A circuit's match graph is that of the model that analyze_errors finds. */
    @Test
    void circuitsAreDrawnAsTheirModels() {
        String model = run(CIRCUIT, "analyze_errors").out();
        assertThat(model).contains("D0 D1").contains("D0 L0");
        Command ofModel = run(model, "diagram", "--type", "matchgraph-svg");
        Command ofCircuit = run(CIRCUIT, "diagram", "--type", "matchgraph-svg");
        assertThat(ofCircuit.exit()).as(ofCircuit.err()).isZero();
        assertThat(ofCircuit.out()).isEqualTo(ofModel.out()).startsWith("<svg");
    }

    @Test
    void textsThatAreNeitherAreRefusedWithTheirPlace() {
        Command run = run("H 0\nNOT_A_GATE 1\n", "diagram", "--type", "matchgraph-3d");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.bytes()).isEmpty();
        assertThat(run.err()).contains("NOT_A_GATE").contains(":2");
    }
}
