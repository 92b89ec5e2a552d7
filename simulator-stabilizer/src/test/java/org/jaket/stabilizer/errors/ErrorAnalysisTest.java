package org.jaket.stabilizer.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.codes.ColorCode;
import org.jaket.stabilizer.codes.RepetitionCode;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

class ErrorAnalysisTest {
    private static String analysed(String circuit) {
        return ErrorAnalysis.of(Circuit.stim(circuit)).toString();
    }

    static Stream<Circuit> codes() {
        return Stream.of(
                RepetitionCode.memory(3).rounds(20).noise(0.01).circuit(),
                SurfaceCode.rotatedMemoryX(3).rounds(12).noise(0.001).circuit(),
                SurfaceCode.unrotatedMemoryZ(3).rounds(9).noise(0.001).circuit(),
                ColorCode.memoryXyz(3).rounds(11).noise(0.001).circuit());
    }

    @Test
    void flipBeforeMeasurementFlipsItsDetectorAndObservable() {
        assertThat(
                        analysed(
                                """
                                X_ERROR(0.125) 0
                                M 0 1
                                DETECTOR(1, 2) rec[-2]
                                DETECTOR rec[-1]
                                OBSERVABLE_INCLUDE(3) rec[-2]
                                """))
                .isEqualTo(
                        """
                        error(0.125) D0 L3
                        detector(1, 2) D0
                        detector D1
                        """);
    }

    @Test
    void equalErrorsCombineToTheProbabilityOfAnOddNumber() {
        // 1/4 (1 - 1/8) + 1/8 (1 - 1/4) = 5/16.
        assertThat(analysed("X_ERROR(0.25) 0\nY_ERROR(0.125) 0\nM 0\nDETECTOR rec[-1]\n"))
                .isEqualTo("error(0.3125) D0\n");
    }

    @Test
    void errorsWithDifferentTagsStayApart() {
        assertThat(analysed("X_ERROR[b](0.25) 0\nX_ERROR[a](0.125) 0\nM 0\nDETECTOR rec[-1]\n"))
                .isEqualTo("error[a](0.125) D0\nerror[b](0.25) D0\n");
    }

    @Test
    void wrongResultsThatControlGatesFlipWhatTheGatesFlip() {
        assertThat(
                        analysed(
                                """
                                M(0.25) 0
                                CX rec[-1] 1 sweep[5] 1
                                M 1
                                DETECTOR rec[-1]
                                """))
                .isEqualTo("error(0.25) D0\n");
    }

    @Test
    void heraldedErasureFlipsItsHeraldAndHalfOfTheTimeTheQubit() {
        // Of erasure with probability 0.1, half of the Paulis flip a Z measurement.
        assertThat(
                        ErrorAnalysis.options()
                                .approximatingDisjointErrors(1)
                                .analyse(
                                        Circuit.stim(
                                                """
                                                HERALDED_ERASE(0.1) 0
                                                M 0
                                                DETECTOR rec[-1]
                                                DETECTOR rec[-2]
                                                """))
                                .toString())
                .isEqualTo("error(0.05) D0 D1\nerror(0.05) D1\n");
    }

    @Test
    void observablesMayBePauliOperators() {
        // Stim's documentation of Pauli targets has this circuit and model.
        assertThat(
                        analysed(
                                """
                                OBSERVABLE_INCLUDE(0) X0
                                OBSERVABLE_INCLUDE(1) Y0
                                OBSERVABLE_INCLUDE(2) Z0
                                X_ERROR(0.125) 0
                                Y_ERROR(0.25) 0
                                Z_ERROR(0.375) 0
                                OBSERVABLE_INCLUDE(0) X0
                                OBSERVABLE_INCLUDE(1) Y0
                                OBSERVABLE_INCLUDE(2) Z0
                                """))
                .isEqualTo("error(0.375) L0 L1\nerror(0.25) L0 L2\nerror(0.125) L1 L2\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'PAULI_CHANNEL_2(0.1,0.1,0,0,0,0,0,0,0,0,0,0,0,0,0) 0 1', PAULI_CHANNEL_2",
        "'E(0.1) X0\nELSE_CORRELATED_ERROR(0.1) X1', ELSE_CORRELATED_ERROR",
        "HERALDED_ERASE(0.1) 0, HERALDED_ERASE"
    })
    void disjointErrorsNeedPermissionUpToTheirProbability(String noise, String name) {
        Circuit circuit = Circuit.stim("R 0 1\nTICK\n" + noise + "\n");
        assertThatThrownBy(() -> ErrorAnalysis.of(circuit))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("approximate_disjoint_errors")
                .hasMessageContaining("instruction #")
                .hasMessageContaining("after 1 ticks");
        ErrorAnalysis small = ErrorAnalysis.options().approximatingDisjointErrors(0.05);
        assertThatThrownBy(() -> small.analyse(circuit)).hasMessageContaining("threshold 0.05");
        assertThat(ErrorAnalysis.options().approximatingDisjointErrors(0.1).analyse(circuit))
                .isNotNull();
    }

    @Test
    void randomDetectorIsNamedWithItsPlace() {
        Circuit circuit =
                Circuit.stim(
                        """
                        QUBIT_COORDS(3, 4) 1
                        R 0 1
                        TICK
                        REPEAT 2 {
                            RX 1
                            TICK
                            M 1
                            DETECTOR(7) rec[-1]
                            SHIFT_COORDS(1)
                        }
                        """);
        assertThatThrownBy(() -> ErrorAnalysis.of(circuit))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("reset in basis X of qubit 1 at (3, 4)")
                .hasMessageContaining("D1 at (8): Z1")
                .hasMessageContaining("instruction #1 (RX 1) inside instruction #4 (REPEAT 2)")
                .hasMessageContaining("after 2 ticks");
    }

    @Test
    void gaugeDetectorsBecomeErrorsOfProbabilityOneHalf() {
        Circuit circuit = Circuit.stim("H 0\nCX 0 1\nM 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]\n");
        assertThat(ErrorAnalysis.options().allowingGaugeDetectors().analyse(circuit).toString())
                .isEqualTo("error(0.5) D0 D1\n");
    }

    @Test
    void randomObservablesAreNeverAllowed() {
        Circuit circuit = Circuit.stim("H 0\nM 0\nOBSERVABLE_INCLUDE(0) rec[-1]\n");
        assertThatThrownBy(() -> ErrorAnalysis.options().allowingGaugeDetectors().analyse(circuit))
                .hasMessageContaining("observable is random")
                .hasMessageContaining("L0");
    }

    @Test
    void gatesThatAreNotCliffordAreNamed() {
        assertThatThrownBy(() -> ErrorAnalysis.of(Circuit.of(1, b -> b.t(0))))
                .isInstanceOf(UnsupportedCircuitException.class);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void foldedAndUnfoldedModelsAreTheSame(Circuit circuit) {
        FlatModel plain = FlatModel.of(ErrorAnalysis.of(circuit));
        DetectorErrorModel folded = ErrorAnalysis.options().foldedLoops().analyse(circuit);
        assertThat(folded.instructions()).anyMatch(i -> i instanceof DemInstruction.RepeatBlock);
        FlatModel unfolded = FlatModel.of(folded);
        assertThat(unfolded.coordinates).isEqualTo(plain.coordinates);
        assertThat(unfolded.errors.keySet()).isEqualTo(plain.errors.keySet());
        plain.errors.forEach(
                (targets, p) ->
                        assertThat(unfolded.errors.get(targets)).isCloseTo(p, within(1e-12)));
    }

    @Test
    void foldedModelsDoNotGrowWithTheRepetitions() {
        Circuit circuit =
                SurfaceCode.rotatedMemoryX(5).rounds(1_000_000_000).noise(0.001).circuit();
        DetectorErrorModel model = ErrorAnalysis.options().foldedLoops().analyse(circuit);
        // Every round but the first and the last two halves has 24 detectors.
        assertThat(model.detectors()).isEqualTo(circuit.body().detectors());
        assertThat(model.instructions().size()).isLessThan(2_000);
    }

    @Test
    void nestedLoopsFold() {
        String text =
                """
                MR 1
                REPEAT 1000000000 {
                    REPEAT 1000000 {
                        X_ERROR(0.125) 0
                        CX 0 1
                        MR 1
                        DETECTOR rec[-1] rec[-2]
                    }
                }
                M 0
                OBSERVABLE_INCLUDE(0) rec[-1]
                """;
        DetectorErrorModel model =
                ErrorAnalysis.options().foldedLoops().analyse(Circuit.stim(text));
        assertThat(model.errors()).isEqualTo(1_000_000_000_000_000L);
        assertThat(model.detectors()).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void tensOfThousandsOfDetectorsFitInMemory() {
        // Distance 101 has 20,401 qubits and 10,200 detectors a round.
        Circuit circuit = SurfaceCode.rotatedMemoryX(101).rounds(1_000_000).noise(0.001).circuit();
        DetectorErrorModel model = ErrorAnalysis.options().foldedLoops().analyse(circuit);
        assertThat(model.detectors()).isEqualTo(circuit.body().detectors());
    }

    @Test
    void loopsTooLongToUnfoldAreRefused() {
        Circuit circuit =
                Circuit.stim(
                        "REPEAT 1000000000000 {\n X_ERROR(0.1) 0 1 2\n TICK\n}\nM 0\nDETECTOR rec[-1]\n");
        assertThat(ErrorAnalysis.options().foldedLoops().analyse(circuit).errors()).isPositive();
        assertThatThrownBy(() -> ErrorAnalysis.of(circuit))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("too long");
    }

    @ParameterizedTest
    @MethodSource("codes")
    void decomposedErrorsAreProductsOfGraphlikeParts(Circuit circuit) {
        DetectorErrorModel model =
                ErrorAnalysis.options()
                        .decomposed()
                        .ignoringDecompositionFailures()
                        .analyse(circuit);
        FlatModel sums = new FlatModel();
        for (DemInstruction instruction : model.instructions()) {
            if (instruction instanceof DemInstruction.ErrorMechanism e) {
                long[] sum = FlatErrors.sum(e.targets().stream().toArray());
                sums.errors.merge(
                        DemTargets.of(sum) + " ",
                        e.probability(),
                        (a, b) -> a * (1 - b) + b * (1 - a));
            }
        }
        FlatModel plain = FlatModel.of(ErrorAnalysis.of(circuit));
        assertThat(sums.errors.keySet()).isEqualTo(plain.errors.keySet());
        plain.errors.forEach(
                (targets, p) -> assertThat(sums.errors.get(targets)).isCloseTo(p, within(1e-12)));
    }

    @Test
    void surfaceCodeDecomposesCompletely() {
        Circuit circuit = SurfaceCode.rotatedMemoryZ(3).rounds(3).noise(0.001).circuit();
        DetectorErrorModel model = ErrorAnalysis.options().decomposed().analyse(circuit);
        for (DemInstruction instruction : model.instructions()) {
            if (instruction instanceof DemInstruction.ErrorMechanism e) {
                int detectors = 0;
                for (int k = 0; k < e.targets().size(); k++) {
                    long target = e.targets().get(k);
                    detectors = target == DemTargets.SEPARATOR ? 0 : detectors;
                    detectors += DemTargets.isDetector(target) ? 1 : 0;
                    assertThat(detectors).isLessThanOrEqualTo(2);
                }
            }
        }
    }

    @Test
    void errorsThatCannotBeDecomposedAreNamed() {
        Circuit circuit =
                Circuit.stim(
                        """
                        X_ERROR(0.25) 0
                        CX 0 1 0 2
                        M 0 1 2
                        DETECTOR rec[-1]
                        DETECTOR rec[-2]
                        DETECTOR rec[-3]
                        """);
        assertThatThrownBy(() -> ErrorAnalysis.options().decomposed().analyse(circuit))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("D0 D1 D2");
    }

    /** Behind the reset to Y the detector looks at Z, whatever the basis of the reset. */
    @Test
    void whatARandomDetectorLooksAtIsTold() {
        Circuit circuit = Circuit.stim("RY 0\nM 0\nDETECTOR rec[-1]");
        assertThatThrownBy(() -> ErrorAnalysis.of(circuit))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("a reset in basis Y of qubit 0")
                .hasMessageContaining("\n    D0: Z0");
    }

    @Test
    void eighthRootsAreRoundedCorrectly() {
        // (1/256)^(1/8) = 1/2; 0.5^(1/8) = 0.917004043204671231743541594794143... (OEIS A010769's
        // neighbour 2^(-1/8)).
        assertThat(IndependentErrors.eighthRoot(1.0 / 256)).isEqualTo(0.5);
        assertThat(IndependentErrors.eighthRoot(0.5)).isEqualTo(0.9170040432046712317);
    }

    @Test
    void independentFlipsReproduceDisjointPaulis() {
        double[] p = IndependentErrors.ofDisjoint(0.05, 0.06, 0.07);
        assertThat(p).isNotNull();
        double x = p[0];
        double y = p[1];
        double z = p[2];
        // X comes from X alone, or from Y and Z together.
        assertThat(x * (1 - y) * (1 - z) + (1 - x) * y * z).isCloseTo(0.05, within(1e-12));
        assertThat(y * (1 - x) * (1 - z) + (1 - y) * x * z).isCloseTo(0.06, within(1e-12));
        assertThat(z * (1 - x) * (1 - y) + (1 - z) * x * y).isCloseTo(0.07, within(1e-12));
    }
}
