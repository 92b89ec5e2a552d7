package org.jaket.stabilizer.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Targets;
import org.jaket.circuit.link.CrumbleLink;
import org.jaket.circuit.link.CrumbleMark;
import org.jaket.circuit.noise.Noise;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.codes.ColorCode;
import org.jaket.stabilizer.codes.RepetitionCode;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ErrorExplanationTest {
    static Stream<Circuit> codes() {
        return Stream.of(
                RepetitionCode.memory(3).rounds(4).noise(0.01).circuit(),
                SurfaceCode.rotatedMemoryX(3).rounds(3).noise(0.001).circuit(),
                ColorCode.memoryXyz(3).rounds(3).noise(0.001).circuit(),
                Circuit.stim(
                        """
                        RX 0
                        R 1 2
                        PAULI_CHANNEL_2(0.1, 0, 0, 0.1, 0, 0.1, 0, 0, 0, 0.2, 0, 0, 0, 0, 0) 0 1 1 2
                        CX 0 1
                        E(0.1) X0 Y1 Z2
                        PAULI_CHANNEL_1(0.1, 0.1, 0.1) 2
                        MPP(0.1) X0*X1 Z0*Z1*Z2
                        MR(0.1) 2
                        MXX 0 1
                        DETECTOR rec[-4]
                        DETECTOR rec[-1] rec[-4]
                        OBSERVABLE_INCLUDE(1) rec[-3]
                        DETECTOR rec[-2]
                        """));
    }

    /** The circuit without noise, loops unfolded, with one thing gone wrong. */
    private static final class Sabotage {
        final ErrorLocation location;
        final List<Operation> out = new ArrayList<>();
        final List<Integer> path = new ArrayList<>();
        final List<Long> turns = new ArrayList<>();

        Sabotage(ErrorLocation location) {
            this.location = location;
        }

        static Circuit of(Circuit circuit, ErrorLocation location) {
            Sabotage sabotage = new Sabotage(location);
            sabotage.block(circuit.body(), 0);
            return Circuit.of(Block.of(sabotage.out));
        }

        private boolean isHere() {
            List<ErrorLocation.Frame> stack = location.stack();
            if (stack.size() != path.size()) {
                return false;
            }
            for (int k = 0; k < path.size(); k++) {
                if (stack.get(k).index() != path.get(k)
                        || stack.get(k).iteration() != turns.get(k)) {
                    return false;
                }
            }
            return true;
        }

        private void block(Block block, long turn) {
            for (int k = 0; k < block.operations().size(); k++) {
                path.add(k);
                turns.add(turn);
                switch (block.operations().get(k)) {
                    case Repeat r -> {
                        for (long i = 0; i < r.count(); i++) {
                            block(r.body(), i);
                        }
                    }
                    case NoiseOperation n -> {
                        if (isHere()) {
                            int[] letters =
                                    location.flippedPaulis().stream()
                                            .mapToInt(LocatedTarget::target)
                                            .toArray();
                            out.add(
                                    new NoiseOperation(
                                            Noise.CORRELATED_ERROR,
                                            List.of(1.0),
                                            Targets.of(letters),
                                            ""));
                        }
                    }
                    case Measurement m -> measurement(m, isHere());
                    case Operation o -> out.add(o);
                }
                path.removeLast();
                turns.removeLast();
            }
        }

        private void measurement(Measurement m, boolean here) {
            if (!here) {
                out.add(new Measurement(m.kind(), 0, m.targets(), m.bits(), ""));
                return;
            }
            int[] cuts = {
                0, location.instruction().from(), location.instruction().to(), m.targets().size()
            };
            for (int k = 0; k < 3; k++) {
                Targets part = m.targets().slice(cuts[k], cuts[k + 1]);
                if (!part.isEmpty()) {
                    out.add(new Measurement(m.kind(), k == 1 ? 1 : 0, part, Targets.none(), ""));
                }
            }
        }
    }

    /** What a shot of the frame simulator flips, as text. */
    private static Set<String> flips(Circuit circuit) throws IOException {
        Set<String> flips = new TreeSet<>();
        ShotSampler sampler = ShotSampler.detectors(circuit);
        int detectors = (int) circuit.body().detectors();
        sampler.sample(
                RunOptions.shots(1).seed(5),
                batch -> {
                    for (int k = 0; k < batch.bits(); k++) {
                        if (batch.get(0, k)) {
                            flips.add(k < detectors ? "D" + k : "L" + (k - detectors));
                        }
                    }
                });
        return flips;
    }

    private static Set<String> names(ExplainedError error) {
        return error.symptoms().stream()
                .map(s -> DemTargets.of(s.target()).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyLocationFlipsWhatItExplains(Circuit circuit) throws IOException {
        // Every error at every place, one after the other, in the frame simulator.
        for (ExplainedError error : ErrorExplanation.of(circuit)) {
            for (ErrorLocation location : error.locations()) {
                assertThat(flips(Sabotage.of(circuit, location)))
                        .as(location.toString())
                        .isEqualTo(names(error));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void explainedErrorsAreThoseOfTheModel(Circuit circuit) {
        FlatModel model =
                FlatModel.of(
                        ErrorAnalysis.options().approximatingDisjointErrors(1).analyse(circuit));
        assertThat(
                        ErrorExplanation.of(circuit).stream()
                                .map(
                                        e ->
                                                DemTargets.of(
                                                                e.symptoms().stream()
                                                                        .mapToLong(
                                                                                ExplainedError
                                                                                                .Symptom
                                                                                        ::target)
                                                                        .toArray())
                                                        + " "))
                .containsExactlyInAnyOrderElementsOf(model.errors.keySet());
    }

    @Test
    void textIsStims() {
        // As Stim 1.17 prints it.
        Circuit circuit =
                Circuit.stim(
                        """
                        QUBIT_COORDS(2, 3) 0
                        R 0
                        REPEAT 3 {
                            TICK
                            X_ERROR[hot](0.0012345678) 0
                            M(0.25) 0
                            DETECTOR(0.1) rec[-1]
                        }
                        """);
        DetectorErrorModel filter = DetectorErrorModel.parse("error(0.1) D1\nerror(1) D7 L0\n");
        List<ExplainedError> found = ErrorExplanation.options().filteredBy(filter).explain(circuit);
        assertThat(found.get(0).toString())
                .isEqualTo(
                        """
                        ExplainedError {
                            dem_error_terms: D1[coords 0.1]
                            CircuitErrorLocation {
                                flipped_measurement.measurement_record_index: 1
                                flipped_measurement.measured_observable: Z0[coords 2,3]
                                Circuit location stack trace:
                                    (after 2 TICKs)
                                    at instruction #3 (a REPEAT 3 block) in the circuit
                                    after 1 completed iterations
                                    at instruction #3 (M) in the REPEAT block
                                    at target #1 of the instruction
                                    resolving to M(0.25) 0[coords 2,3]
                            }
                        }""");
        assertThat(found.get(1).toString())
                .isEqualTo(
                        """
                        ExplainedError {
                            dem_error_terms: D7 L0
                            [no single circuit error had these exact symptoms]
                        }""");
    }

    @Test
    void singleExplanationHasTheFewestLetters() {
        Circuit circuit = Circuit.stim("R 0 1\nDEPOLARIZE2(0.1) 0 1\nM 0\nDETECTOR rec[-1]\n");
        List<ExplainedError> found = ErrorExplanation.options().single().explain(circuit);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().locations()).hasSize(1);
        assertThat(found.getFirst().locations().getFirst().flippedPaulis()).hasSize(1);
    }

    @Test
    void observablesInTheFilterMatterUnlessIgnored() {
        Circuit circuit =
                Circuit.stim(
                        "X_ERROR(0.1) 0\nM 0\nDETECTOR rec[-1]\nOBSERVABLE_INCLUDE(2) rec[-1]\n");
        DetectorErrorModel without = DetectorErrorModel.parse("error(0.1) D0\n");
        DetectorErrorModel with = DetectorErrorModel.parse("error(0.1) D0 L2\n");
        assertThat(ErrorExplanation.options().filteredBy(with).explain(circuit).getFirst())
                .satisfies(e -> assertThat(e.locations()).hasSize(1));
        ErrorExplanation strict = ErrorExplanation.options().filteredBy(without);
        assertThat(strict.explain(circuit).getFirst().locations()).isEmpty();
        ExplainedError loose = strict.ignoringObservables().explain(circuit).getFirst();
        assertThat(loose.symptoms().stream().map(ExplainedError.Symptom::toString))
                .containsExactly("D0", "L2");
        assertThat(loose.locations()).hasSize(1);
    }

    private static String marked(String stim) {
        Circuit circuit = Circuit.stim(stim);
        List<ExplainedError> errors = ErrorExplanation.options().single().explain(circuit);
        List<CrumbleMark> marks = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            for (int k = number; k < errors.size(); k += 3) {
                marks.add(errors.get(k).locations().getFirst().mark(number));
            }
        }
        return CrumbleLink.of(circuit, false, marks);
    }

    /** The link that Stim 1.17's export_crumble_url gives for the same errors and numbers. */
    @Test
    void errorsAreMarkedInCrumbleAsStimMarksThem() {
        assertThat(
                        marked(
                                "R 0 1\nX_ERROR(0.1) 0\nDEPOLARIZE2(0.1) 0 1\nM(0.1) 0 1\nMXX(0.1) 0 1\nDETECTOR rec[-3]\nDETECTOR rec[-2]\nOBSERVABLE_INCLUDE(0) rec[-3]\n"))
                .isEqualTo(
                        "https://algassert.com/crumble#circuit=R_0_1;X_ERROR(0.1)0;TICK;MARKX(0)0;MARKX(0)1;TICK;DEPOLARIZE2(0.1)0_1;TICK;MARKX(1)0;MARKX(2)1;TICK;M(0.1)0_1;MXX(0.1)0_1;OI(0)rec[-3]_");
        assertThat(
                        marked(
                                "M(0.1) 0 !1\nMPP(0.1) X1*Y2\nDETECTOR rec[-2]\nMY(0.1) 5\nDETECTOR rec[-1]\nMX(0.1) 4\nTICK\nDETECTOR rec[-1]\nDETECTOR rec[-3]\n"))
                .isEqualTo(
                        "https://algassert.com/crumble#circuit=;TICK;MARKX(0)1;TICK;M(0.1)0_!1;TICK;MARKZ(0)1;TICK;MPP(0.1)X1*Y2;TICK;MARKX(1)5;TICK;MY(0.1)5;TICK;MARKZ(2)4;TICK;MX(0.1)4;TICK_");
    }

    /** Stim loses these marks; the loop of the middle turn's error is written out by hand. */
    @Test
    void marksInLoopsUnfoldTheirTurns() {
        String loop = "R 0\nREPEAT 9 {\n X_ERROR(0.1) 0\n MR 0\n DETECTOR rec[-1]\n}\n";
        Circuit circuit = Circuit.stim(loop);
        List<ExplainedError> errors = ErrorExplanation.of(circuit);
        CrumbleMark second = errors.get(1).locations().getFirst().mark(0);
        CrumbleMark last = errors.get(8).locations().getFirst().mark(2);
        String turn = "X_ERROR(0.1)0;MR_0;";
        assertThat(CrumbleLink.of(circuit, false, List.of(second, last)))
                .isEqualTo(
                        "https://algassert.com/crumble#circuit=R_0;REPEAT_1_{;"
                                + turn
                                + "};TICK;MARKX(0)0;TICK;"
                                + turn
                                + "REPEAT_6_{;"
                                + turn
                                + "};TICK;MARKX(2)0;TICK;X_ERROR(0.1)0;MR_0_");
    }
}
