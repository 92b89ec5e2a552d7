package org.jaket.stabilizer.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.codes.ColorCode;
import org.jaket.stabilizer.codes.RepetitionCode;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class LogicalErrorsTest {
    private static final LogicalErrors.Limits WIDE = new LogicalErrors.Limits(6, 6, false);

    /** What all errors of a model flip together. */
    private static List<Long> sum(DetectorErrorModel model) {
        List<Long> all = new ArrayList<>();
        FlatErrors.forEach(model, (p, targets) -> Arrays.stream(targets).forEach(all::add));
        long[] sum = FlatErrors.sum(all.stream().mapToLong(Long::longValue).toArray());
        return Arrays.stream(sum).boxed().toList();
    }

    private static void assertLogical(DetectorErrorModel found, int size) {
        assertThat(found.errors()).isEqualTo(size);
        assertThat(sum(found)).isNotEmpty().allMatch(t -> t < 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void graphlikeDistancesOfMemoriesAreThoseOfTheirCodes(int distance) {
        // Only data errors, whose smallest logical product has as many letters as the code's
        // distance.
        for (Circuit circuit :
                List.of(
                        SurfaceCode.rotatedMemoryX(distance).rounds(3).noise(0.001).circuit(),
                        SurfaceCode.rotatedMemoryZ(distance).rounds(3).noise(0.001).circuit(),
                        SurfaceCode.unrotatedMemoryX(distance).rounds(2).noise(0.001).circuit(),
                        RepetitionCode.memory(distance).rounds(4).noise(0.001).circuit())) {
            assertLogical(LogicalErrors.shortestGraphlike(circuit), distance);
        }
    }

    @Test
    void partsOfDecompositionsCountAsErrors() {
        Circuit circuit = SurfaceCode.rotatedMemoryX(3).rounds(3).noise(0.001).circuit();
        DetectorErrorModel model = ErrorAnalysis.options().decomposed().analyse(circuit);
        assertLogical(LogicalErrors.shortestGraphlike(model, false), 3);
    }

    @Test
    void hyperSearchFindsTheDistanceOfSurfaceCodes() {
        Circuit circuit = SurfaceCode.rotatedMemoryX(3).rounds(2).noise(0.001).circuit();
        assertLogical(LogicalErrors.search(circuit, new LogicalErrors.Limits(4, 4, false)), 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void colorCodesHaveLogicalErrorsOfAtMostTheirDistance(int distance) {
        // Two-qubit errors of the circuit spread to two data qubits, so that the distance of the
        // circuit is (d + 1) / 2, and the search, which is not exhaustive, may find up to d.
        Circuit circuit = ColorCode.memoryXyz(distance).rounds(3).noise(0.001).circuit();
        DetectorErrorModel found =
                LogicalErrors.search(circuit, new LogicalErrors.Limits(4, 4, true));
        assertThat(found.errors()).isBetween((distance + 1) / 2L, (long) distance);
        assertThat(sum(found)).isNotEmpty().allMatch(t -> t < 0);
    }

    @Test
    void colorCodeWithDataErrorsHasItsDistance() {
        // The smallest colour code, the Steane code, with errors on its data alone: distance 3. The
        // detectors are the X-type checks, each on four of the seven qubits.
        StringBuilder model = new StringBuilder();
        for (int q = 1; q < 8; q++) {
            model.append("error(0.1)");
            for (int check = 0; check < 3; check++) {
                model.append((q >> check & 1) != 0 ? " D" + check : "");
            }
            model.append(" L0\n");
        }
        DetectorErrorModel steane = DetectorErrorModel.parse(model.toString());
        assertLogical(LogicalErrors.search(steane, WIDE), 3);
    }

    @Test
    void smallModelsAgreeWithTryingAllSets() {
        Random random = new Random(20_260);
        for (int turn = 0; turn < 200; turn++) {
            int detectors = 2 + random.nextInt(4);
            int errors = 3 + random.nextInt(7);
            StringBuilder text = new StringBuilder();
            int[] masks = new int[errors];
            for (int k = 0; k < errors; k++) {
                int a = random.nextInt(detectors);
                int b = random.nextInt(detectors + 1);
                int flips = random.nextInt(4) == 0 ? 1 : 0;
                masks[k] = 1 << a ^ (b < detectors && b != a ? 1 << b : 0) | flips << 20;
                text.append("error(0.1)");
                for (int d = 0; d < detectors; d++) {
                    text.append((masks[k] >> d & 1) != 0 ? " D" + d : "");
                }
                text.append(flips != 0 ? " L0\n" : "\n");
            }
            int best = Integer.MAX_VALUE;
            for (int set = 1; set < 1 << errors; set++) {
                int sum = 0;
                for (int k = 0; k < errors; k++) {
                    sum ^= (set >> k & 1) != 0 ? masks[k] : 0;
                }
                best = sum == 1 << 20 ? Math.min(best, Integer.bitCount(set)) : best;
            }
            DetectorErrorModel model = DetectorErrorModel.parse(text.toString());
            if (best == Integer.MAX_VALUE) {
                assertThatThrownBy(() -> LogicalErrors.shortestGraphlike(model, false))
                        .isInstanceOf(CircuitException.class);
                assertThatThrownBy(() -> LogicalErrors.search(model, WIDE))
                        .isInstanceOf(CircuitException.class);
            } else {
                assertLogical(LogicalErrors.shortestGraphlike(model, false), best);
                assertLogical(LogicalErrors.search(model, WIDE), best);
            }
        }
    }

    @Test
    void undetectedErrorIsALogicalErrorByItself() {
        DetectorErrorModel model =
                DetectorErrorModel.parse("error(0.1) D0 L0\nerror(0.1) L1\nerror(0.1) D0\n");
        assertThat(LogicalErrors.shortestGraphlike(model, false).toString())
                .isEqualTo("error(1) L1\n");
        assertThat(LogicalErrors.search(model, WIDE).toString()).isEqualTo("error(1) L1\n");
    }

    @Test
    void failuresSayWhatIsMissing() {
        assertThatThrownBy(
                        () ->
                                LogicalErrors.shortestGraphlike(
                                        DetectorErrorModel.parse("error(0.1) D0\n"), false))
                .hasMessageContaining("no observables");
        assertThatThrownBy(
                        () ->
                                LogicalErrors.shortestGraphlike(
                                        DetectorErrorModel.parse("error(0.1) D0 D1 D2 L0\n"), true))
                .hasMessageContaining("No error flips at most two detectors");
        assertThatThrownBy(
                        () ->
                                LogicalErrors.shortestGraphlike(
                                        DetectorErrorModel.parse("error(0.1) D0 D1 D2 L0\n"),
                                        false))
                .hasMessageContaining("D0 D1 D2 L0");
    }
}
