package org.jaket.stabilizer.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class SatProblemsTest {
    private static final String UNSATISFIABLE = "p wcnf 1 2 3\n3 -1 0\n3 1 0\n";

    /** The four errors of a repetition code of distance 3 with a hook. */
    private static final String REPETITION =
            """
            error(0.1) D0 L0
            error(0.2) D0 D1
            error(0.3) D1
            error(0.01) D1 L0
            """;

    private static String shortest(String model) {
        return SatProblems.shortestError(DetectorErrorModel.parse(model));
    }

    private static String likeliest(String model, int quantization) {
        return SatProblems.likeliestError(DetectorErrorModel.parse(model), quantization);
    }

    /** The least weight of violated soft clauses, by trying all values of all variables. */
    private static long optimum(String problem) {
        List<String> lines = problem.lines().toList();
        String[] head = lines.getFirst().split(" ");
        int variables = Integer.parseInt(head[2]);
        long top = Long.parseLong(head[4]);
        List<long[]> clauses = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            clauses.add(Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray());
        }
        long best = Long.MAX_VALUE;
        for (long values = 0; values < 1L << variables; values++) {
            long cost = 0;
            for (long[] clause : clauses) {
                boolean holds = false;
                for (int k = 1; k < clause.length - 1; k++) {
                    boolean value = (values >> Math.abs(clause[k]) - 1 & 1) != 0;
                    holds |= value == clause[k] > 0;
                }
                cost += holds ? 0 : clause[0] == top ? Integer.MAX_VALUE : clause[0];
            }
            best = Math.min(best, cost);
        }
        return best;
    }

    @Test
    void modelsWithoutErrorsOrObservablesHaveNoSolution() {
        // Stim 1.17 gives this text for them.
        assertThat(shortest("")).isEqualTo(UNSATISFIABLE);
        assertThat(shortest("error(0.1) D0\n")).isEqualTo(UNSATISFIABLE);
        assertThat(likeliest("logical_observable L0\n", 10)).isEqualTo(UNSATISFIABLE);
    }

    /** Stim 1.17 has 18446744073709551615, a variable that does not exist, in the last clause. */
    @Test
    void observablesThatNothingFlipsAreLeftOut() {
        assertThat(shortest("error(0.1) L1\n")).isEqualTo("p wcnf 1 2 3\n1 -1 0\n3 1 0\n");
    }

    @Test
    void shortestErrorHasUnitWeights() {
        // Figures of Stim 1.17 for this model: two errors, their parity, the detector, the
        // observable.
        assertThat(shortest("error(0.001) D0 L0\nerror(0.999) D0\n"))
                .isEqualTo(
                        """
                        p wcnf 3 8 9
                        1 -1 0
                        9 1 2 -3 0
                        9 1 -2 3 0
                        9 -1 2 3 0
                        9 -1 -2 -3 0
                        1 -2 0
                        9 -3 0
                        9 1 0
                        """);
    }

    @Test
    void likeliestErrorWeighsByLogarithmicOdds() {
        // Figures of Stim 1.17 for a likely error: its clause asks for it to happen.
        assertThat(likeliest("error(0.1) D0 L0\nerror(0.9) D0\n", 10))
                .isEqualTo(
                        """
                        p wcnf 3 8 81
                        10 -1 0
                        81 1 2 -3 0
                        81 1 -2 3 0
                        81 -1 2 3 0
                        81 -1 -2 -3 0
                        10 2 0
                        81 -3 0
                        81 1 0
                        """);
    }

    @Test
    void errorsOfEvenOddsAreFree() {
        assertThat(likeliest("error(0.5) L0\nerror(0.1) L0\n", 10)).doesNotContain(" -1 0\n1");
        assertThat(optimum(likeliest("error(0.5) L0\nerror(0.1) L0\n", 10))).isZero();
    }

    @Test
    void optimumOfTheShortestProblemIsTheDistance() {
        // Errors 0 and 3 flip D0 L0 and D1 L0; with 1 they cancel all detectors but flip L0 twice.
        // 0, 1 and 2 flip L0 alone, and so do 2 and 3.
        assertThat(optimum(shortest(REPETITION))).isEqualTo(2);
        assertThat(
                        LogicalErrors.shortestGraphlike(DetectorErrorModel.parse(REPETITION), false)
                                .errors())
                .isEqualTo(2);
    }

    @Test
    void optimumOfTheLikeliestProblemIsTheLikeliestError() {
        // Log odds: ln 9, ln 4, ln 7/3, ln 99. Three errors cost ln 84 together, two ln 231: the
        // longer error is the likelier one.
        int quantization = 1000;
        double unit = Math.log(99) / quantization;
        assertThat(optimum(likeliest(REPETITION, quantization)) * unit)
                .isCloseTo(Math.log(84), within(2 * unit));
    }

    @Test
    void certainErrorsAreHardClauses() {
        String text = likeliest("error(1) D0 L0\nerror(0.1) D0\n", 10);
        assertThat(text).doesNotContain("NaN");
        assertThat(optimum(text)).isEqualTo(10);
    }

    @Test
    void quantizationIsPositive() {
        assertThatThrownBy(() -> likeliest(REPETITION, 0)).hasMessageContaining("at least 1");
    }
}
