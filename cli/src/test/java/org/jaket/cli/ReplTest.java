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
        assertThat(run.out()).isEqualTo("0\n1\n1011000001\n\n");
    }

    @Test
    void repeatsRunWhenTheyAreClosed() {
        Command run =
                repl(
                        "REPEAT 3 { # {{\n  R 0 1\n  H 0\n  CNOT 0 1\n  M 0 1\n  REPEAT 2 {\n M[{] 1\n}\n}\nM 0");
        assertThat(run.out().lines()).hasSize(11).allMatch(line -> line.matches("00|11|0|1|"));
    }

    @Test
    void feedbackSeesEarlierLines() {
        assertThat(repl("X 0\nM 0\nCX rec[-1] 1\nM 1\n").out()).isEqualTo("1\n1\n\n");
    }

    @Test
    void wrongLinesArePassedOver() {
        Command run = repl("X 0\nFOO 3\nCX rec[-9] 0\nM 0 1\n");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("10\n\n");
        assertThat(run.err()).contains("FOO").contains("rec[-9]");
    }

    /** What stim repl of version 1.17 prints for these lines, byte for byte. */
    @Test
    void aSessionIsThatOfStim() {
        Command run =
                repl(
                        """
                        X 0
                        CX 0 1

                        M 0 1
                        M !0 1 !2
                        MPP Z0*Z1 !Z0*Z2
                        M 0 x
                        M 0
                        REPEAT 3 {
                          X 5
                          M 5
                        }
                        MR 5
                          # comment
                        M 5 # trailing
                        M(0.0) 0
                        DETECTOR rec[-1]
                        CX rec[-1] 7
                        M 7
                        MZZ 3 4
                        MPAD 0 1 1
                        REPEAT 2 {
                         REPEAT 2 {
                         M 0
                         }
                         M 1 0
                        }
                        M
                        X_ERROR(2) 0
                        M 0 0
                        """);
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        "11\n011\n00\n1\n1\n0\n1\n1\n0\n1\n1\n0\n011\n1\n1\n11\n1\n1\n11\n11\n\n");
    }
}
