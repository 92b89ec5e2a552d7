package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** The interactive mode; expected lines are those of stim repl. */
class ReplTest {
    private static Command repl(String input) {
        return Command.run(input.getBytes(StandardCharsets.UTF_8), "repl", "--seed", "5");
    }

    /** From the help of stim repl, whose example prints blanks between results but does not. */
    @Test
    void resultsArePrintedAsTheyHappen() {
        Command run = repl("M 0\nX 0\nM 0\nX 2 3 9\nM 0 1 2 3 4 5 6 7 8 9\n");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("0\n1\n1011000001\n");
    }

    @Test
    void repeatsRunWhenTheyAreClosed() {
        Command run =
                repl(
                        "REPEAT 3 { # {{\n  R 0 1\n  H 0\n  CNOT 0 1\n  M 0 1\n  REPEAT 2 {\n M[{] 1\n}\n}\nM 0");
        assertThat(run.out().lines()).hasSize(10).allMatch(line -> line.matches("00|11|0|1"));
    }

    @Test
    void feedbackSeesEarlierLines() {
        assertThat(repl("X 0\nM 0\nCX rec[-1] 1\nM 1\n").out()).isEqualTo("1\n1\n");
    }

    @Test
    void wrongLinesArePassedOver() {
        Command run = repl("X 0\nFOO 3\nCX rec[-9] 0\nM 0 1\n");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("10\n");
        assertThat(run.err()).contains("FOO").contains("rec[-9]");
    }
}
