package org.jaket.stabilizer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.Tick;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.pass.Flattening;
import org.jaket.circuit.pass.NoiseRemoval;
import org.jaket.stabilizer.FlipSimulator;
import org.jaket.stabilizer.ReferenceResults;
import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Detecting regions, time reversal and inlined feedback. */
class RegionsAndReversalTest {
    /** From the documentation of stim.Circuit.detecting_regions. */
    @Test
    void documentedRegions() {
        Circuit circuit =
                Circuit.stim(
                        "R 0\nTICK\nH 0\nTICK\nCX 0 1\nTICK\nMX 0 1\nDETECTOR rec[-1] rec[-2]");
        assertThat(DetectingRegions.of(circuit).detector(0))
                .isEqualTo(
                        Map.of(
                                0L, PauliString.stim("Z_"),
                                1L, PauliString.stim("X_"),
                                2L, PauliString.stim("XX")));
    }

    /** A detector is flipped exactly by the errors that anticommute with its region. */
    @Property(seed = "1", tries = 30)
    void regionsAreWhatErrorsFlip(@ForAll long seed) {
        Circuit random = FlowsTest.random(new SplittableRandom(seed), 3, 10);
        StringBuilder text = new StringBuilder("R 0 1 2\nTICK\n");
        random.toStim().lines().forEach(line -> text.append(line).append("\nTICK\n"));
        Circuit ticked = Circuit.stim(text.toString());
        Circuit circuit = ticked.then(MissingDetectors.of(ticked, false));
        DetectingRegions regions = DetectingRegions.of(circuit);
        for (int tick = 0; tick < circuit.body().ticks(); tick++) {
            var flips = new FlipSimulator(64, 1, false);
            flips.ensureQubits(3);
            int seen = 0;
            for (Operation operation : circuit.operations()) {
                if (operation instanceof Tick && seen++ == tick) {
                    for (int e = 0; e < 9; e++) {
                        flips.setPauliFlip(Pauli.values()[1 + e % 3], e / 3, e);
                    }
                } else {
                    flips.run(operation);
                }
            }
            for (int d = 0; d < flips.detectors(); d++) {
                PauliString region =
                        regions.detector(d).getOrDefault((long) tick, PauliString.identity(3));
                for (int e = 0; e < 9; e++) {
                    PauliString error = PauliString.single(3, e / 3, Pauli.values()[1 + e % 3]);
                    assertThat(flips.detectorFlip(d, e)).isEqualTo(!error.commutesWith(region));
                }
            }
        }
    }

    @Test
    void detectorsThatAreRandomAreRefused() {
        assertThatThrownBy(() -> DetectingRegions.of(Circuit.stim("R 0\nMX 0\nDETECTOR rec[-1]")))
                .hasMessageContaining("detector D0 anticommutes with the reset of Z on qubit 0");
        assertThatThrownBy(
                        () ->
                                DetectingRegions.of(
                                        Circuit.stim("MX 0\nOBSERVABLE_INCLUDE(2) rec[-1]")))
                .hasMessageContaining("observable L2 anticommutes with the zero state of qubit 0");
    }

    /** The same filters in stim.Circuit.detecting_regions keep these detectors. */
    @Test
    void regionsAreChosenByNameAndByCoordinates() {
        Circuit circuit =
                Circuit.stim(
                        """
                        R 0 1
                        TICK
                        REPEAT 3 {
                            MR 0
                            DETECTOR(1, 0) rec[-1]
                            MR 1
                            DETECTOR(2, 0) rec[-1]
                            SHIFT_COORDS(0, 1)
                            TICK
                        }
                        M 0 1
                        DETECTOR(1) rec[-1]
                        OBSERVABLE_INCLUDE(3) rec[-2]
                        """);
        assertChosen(circuit, List.of(RegionTarget.at(1)), List.of(0, 2, 4, 6), List.of());
        assertChosen(circuit, List.of(RegionTarget.at(1, 2)), List.of(4), List.of());
        assertChosen(
                circuit,
                List.of(RegionTarget.at(2, 1), RegionTarget.parse("D6")),
                List.of(3, 6),
                List.of());
        assertChosen(circuit, List.of(RegionTarget.parse("L")), List.of(), List.of(3));
        assertChosen(circuit, List.of(RegionTarget.observable(2)), List.of(), List.of());
        assertChosen(circuit, List.of(), List.of(), List.of());
        assertChosen(
                circuit,
                List.of(RegionTarget.detectors(), RegionTarget.observables()),
                List.of(0, 1, 2, 3, 4, 5, 6),
                List.of(3));
        assertThatThrownBy(() -> RegionTarget.parse("D5 "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertChosen(
            Circuit circuit,
            List<RegionTarget> targets,
            List<Integer> detectors,
            List<Integer> observables) {
        DetectingRegions all = DetectingRegions.of(circuit);
        DetectingRegions chosen = DetectingRegions.of(circuit, targets, tick -> true, true);
        assertThat(chosen.detectors()).containsExactlyElementsOf(detectors);
        assertThat(chosen.observables()).containsExactlyElementsOf(observables);
        detectors.forEach(d -> assertThat(chosen.detector(d)).isEqualTo(all.detector(d)));
        observables.forEach(o -> assertThat(chosen.observable(o)).isEqualTo(all.observable(o)));
    }

    private static void reverses(
            String circuit, List<String> flows, String expected, String expectedFlows) {
        var reversed =
                TimeReversal.of(Circuit.stim(circuit), flows.stream().map(Flow::parse).toList());
        assertThat(reversed.circuit().toStim()).isEqualTo(expected);
        assertThat(reversed.flows())
                .extracting(Flow::toString)
                .isEqualTo(
                        List.of(
                                expectedFlows.isEmpty()
                                        ? new String[0]
                                        : expectedFlows.split("; ")));
    }

    /** From the documentation of stim.Circuit.time_reversed_for_flows. */
    @Test
    void documentedReversals() {
        reverses(
                "R 0\nH 0\nS 0\nMY 0\nDETECTOR rec[-1]",
                List.of(),
                "RY 0\nS_DAG 0\nH 0\nM 0\nDETECTOR rec[-1]\n",
                "");
        reverses("M 0", List.of("Z -> rec[-1]"), "R 0\n", "1 -> Z");
        reverses("R 0", List.of("1 -> Z"), "M 0\n", "Z -> rec[-1]");
        reverses("M 0", List.of("1 -> Z xor rec[-1]"), "M 0\n", "Z -> rec[-1]");
        reverses("MR(0.125) 0", List.of(), "MR 0\nX_ERROR(0.125) 0\n", "");
        reverses(
                "MXX 0 1\nH 0",
                List.of("ZZ -> YY xor rec[-1]", "ZZ -> XZ"),
                "H 0\nMXX 0 1\n",
                "YY -> ZZ xor rec[-1]; XZ -> ZZ");
        var kept = TimeReversal.of(Circuit.stim("M 0"), List.of(Flow.parse("Z -> rec[-1]")), false);
        assertThat(kept.circuit().toStim()).isEqualTo("M 0\n");
        assertThat(kept.flows()).extracting(Flow::toString).containsExactly("1 -> Z xor rec[-1]");
    }

    /** The distance 2 memory experiment in the documentation of time_reversed_for_flows. */
    @Test
    void documentedReversedMemory() {
        String circuit =
                """
                QUBIT_COORDS(1, 1) 1
                QUBIT_COORDS(2, 0) 2
                QUBIT_COORDS(3, 1) 3
                QUBIT_COORDS(1, 3) 6
                QUBIT_COORDS(2, 2) 7
                QUBIT_COORDS(3, 3) 8
                QUBIT_COORDS(2, 4) 12
                RX 1 3 6 8
                R 2 7 12
                TICK
                H 2 12
                TICK
                CX 2 3 8 7
                TICK
                CX 2 1 3 7
                TICK
                CX 12 8 6 7
                TICK
                CX 12 6 1 7
                TICK
                H 2 12
                TICK
                MR 2 7 12
                DETECTOR(2, 0, 0) rec[-3]
                DETECTOR(2, 4, 0) rec[-1]
                MX 1 3 6 8
                DETECTOR(2, 0, 1) rec[-3] rec[-4] rec[-7]
                DETECTOR(2, 4, 1) rec[-1] rec[-2] rec[-5]
                OBSERVABLE_INCLUDE(0) rec[-2] rec[-4]
                """;
        assertThat(TimeReversal.of(Circuit.stim(circuit), List.of()).circuit().toStim())
                .isEqualTo(
                        """
                        QUBIT_COORDS(1, 1) 1
                        QUBIT_COORDS(2, 0) 2
                        QUBIT_COORDS(3, 1) 3
                        QUBIT_COORDS(1, 3) 6
                        QUBIT_COORDS(2, 2) 7
                        QUBIT_COORDS(3, 3) 8
                        QUBIT_COORDS(2, 4) 12
                        RX 8 6 3 1
                        MR 12 7 2
                        TICK
                        H 12 2
                        TICK
                        CX 1 7 12 6
                        TICK
                        CX 6 7 12 8
                        TICK
                        CX 3 7 2 1
                        TICK
                        CX 8 7 2 3
                        TICK
                        H 12 2
                        TICK
                        M 12 7 2
                        DETECTOR(2, 0, 1) rec[-1]
                        DETECTOR(2, 4, 1) rec[-3]
                        MX 8 6 3 1
                        DETECTOR(2, 0, 0) rec[-5] rec[-2] rec[-1]
                        DETECTOR(2, 4, 0) rec[-7] rec[-4] rec[-3]
                        OBSERVABLE_INCLUDE(0) rec[-3] rec[-1]
                        """);
    }

    /** Reversed flows are flows of the reversed circuit, up to sign. */
    @Property(seed = "2", tries = 100)
    void reversedFlowsHold(@ForAll long seed, @ForAll boolean makesResets) {
        String text =
                FlowsTest.random(new SplittableRandom(seed), 3, 8)
                        .toStim()
                        .lines()
                        .filter(line -> !line.contains("rec["))
                        .map(line -> line + "\n")
                        .collect(java.util.stream.Collectors.joining());
        Circuit circuit = Circuit.stim(text);
        List<Flow> flows = Flows.generators(circuit);
        flows = flows.stream().filter(f -> f.input().weight() + f.output().weight() > 0).toList();
        var reversed = TimeReversal.of(circuit, flows, makesResets);
        assertThat(Flows.hasAllUnsigned(reversed.circuit(), reversed.flows())).as(text).isTrue();
    }

    @Test
    void wrongFlowsAndOpenDetectorsAreRefused() {
        assertThatThrownBy(
                        () -> TimeReversal.of(Circuit.stim("H 0"), List.of(Flow.parse("X -> X"))))
                .hasMessage("the circuit does not have the flow X -> X");
        assertThatThrownBy(() -> TimeReversal.of(Circuit.stim("M 0\nDETECTOR rec[-1]"), List.of()))
                .hasMessageContaining("detector D0 reaches the start of the circuit");
        assertThatThrownBy(() -> TimeReversal.of(Circuit.stim("M 0\nCX rec[-1] 0"), List.of()))
                .hasMessageContaining("feedback cannot be turned round");
    }

    /** From the documentation of stim.Circuit.with_inlined_feedback. */
    @Test
    void documentedInlinedFeedback() {
        Circuit circuit =
                Circuit.stim(
                        "CX 0 1\nM 1\nCX rec[-1] 1\nCX 0 1\nM 1\nDETECTOR rec[-1] rec[-2]\nOBSERVABLE_INCLUDE(0) rec[-1]");
        assertThat(InlinedFeedback.of(circuit).toStim())
                .isEqualTo(
                        "CX 0 1\nM 1\nOBSERVABLE_INCLUDE(0) rec[-1]\nCX 0 1\nM 1\nDETECTOR rec[-1]\nOBSERVABLE_INCLUDE(0) rec[-1]\n");
    }

    /** Errors flip the same detectors with the feedback done and with it written down. */
    @Property(seed = "3", tries = 60)
    void inlinedFeedbackKeepsWhatErrorsFlip(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        Circuit feedback = FlowsTest.random(random, 3, 12);
        Circuit missing = MissingDetectors.of(feedback, false);
        Circuit circuit =
                feedback.then(missing).then(Circuit.stim("OBSERVABLE_INCLUDE(1) rec[-1]"));
        Circuit inlined = InlinedFeedback.of(circuit);
        assertThat(inlined.toStim()).doesNotContain("CY rec", "XCZ 0 rec");
        int errors = 64;
        var a = new FlipSimulator(errors, 1, false);
        var b = new FlipSimulator(errors, 1, false);
        a.ensureQubits(3);
        b.ensureQubits(3);
        for (int e = 0; e < 9; e++) {
            a.setPauliFlip(Pauli.values()[1 + e % 3], e / 3, e);
            b.setPauliFlip(Pauli.values()[1 + e % 3], e / 3, e);
        }
        a.run(circuit);
        b.run(inlined);
        for (int d = 0; d < a.detectors(); d++) {
            assertThat(b.detectorFlips(d)).isEqualTo(a.detectorFlips(d));
        }
        for (int o = 0; o < a.observables(); o++) {
            assertThat(b.observableFlips(o)).isEqualTo(a.observableFlips(o));
        }
    }

    /** From the documentation of stim.Circuit.reference_detector_and_observable_signs. */
    @Test
    void documentedReferenceSigns() {
        ReferenceResults reference =
                ReferenceResults.of(
                        Circuit.stim(
                                "X 1\nM 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nOBSERVABLE_INCLUDE(3) rec[-1] rec[-2]"));
        assertThat(reference.results()).isEqualTo(bits(1));
        assertThat(reference.detectors()).isEqualTo(bits(0));
        assertThat(reference.observables()).isEqualTo(bits(3));
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int k : set) {
            bits.set(k);
        }
        return bits;
    }

    @Test
    void flatteningShiftsCoordinates() {
        Circuit circuit =
                Circuit.stim(
                        "QUBIT_COORDS(1, 2) 0\nREPEAT 2 {\nM 0\nDETECTOR(5, 0) rec[-1]\nSHIFT_COORDS(0, 1)\n}\nDETECTOR[t](3) rec[-1]");
        assertThat(Flattening.of(circuit).toStim())
                .isEqualTo(
                        "QUBIT_COORDS(1, 2) 0\nM 0\nDETECTOR(5, 0) rec[-1]\nM 0\nDETECTOR(5, 1) rec[-1]\nDETECTOR[t](3) rec[-1]\n");
    }

    @Test
    void noiseIsTakenOut() {
        Circuit circuit =
                Circuit.stim(
                        "X_ERROR(0.1) 0\nM(0.2) 0\nHERALDED_ERASE(0.1) 0 1\nM 1\nREPEAT 2 {\nMPP(0.1) X0*X1\n}");
        assertThat(NoiseRemoval.of(circuit).toStim())
                .isEqualTo("M 0\nMPAD 0 0\nM 1\nREPEAT 2 {\n    MPP X0*X1\n}\n");
    }

    /** What Stim's circuit_inverse_qec makes of it: shifts count from the other end of time. */
    @Test
    void coordinatesShiftWithTheReversedTime() {
        Circuit circuit =
                Circuit.stim(
                        """
                        QUBIT_COORDS(1, 2, 0) 0
                        R 0
                        M 0
                        DETECTOR(5, 6, 0) rec[-1]
                        SHIFT_COORDS(0, 0, 1)
                        REPEAT 2 {
                            TICK
                            MR(0.1) 0
                            DETECTOR(5, 6, 0) rec[-1]
                            SHIFT_COORDS(0, 0, 1)
                        }
                        M 0
                        DETECTOR(5, 6, 0.5) rec[-1]
                        """);
        assertThat(TimeReversal.of(circuit, List.of()).circuit().toStim())
                .isEqualTo(
                        """
                        QUBIT_COORDS(1, 2, 3) 0
                        R 0
                        MR 0
                        X_ERROR(0.1) 0
                        DETECTOR(5, 6, 0.5) rec[-1]
                        TICK
                        MR 0
                        X_ERROR(0.1) 0
                        DETECTOR(5, 6, 1) rec[-1]
                        TICK
                        M 0 0
                        DETECTOR(5, 6, 3) rec[-2] rec[-1]
                        DETECTOR(5, 6, 2) rec[-1]
                        """);
    }

    /** Padding and heralds are results like others: what looks at them stays. */
    @Test
    void detectorsOfPaddingAndHeraldsAreKept() {
        Circuit circuit =
                Circuit.stim(
                        "R 0\nHERALDED_ERASE(0.1) 0\nMPAD 0\nM 0\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nDETECTOR rec[-3]");
        assertThat(TimeReversal.of(circuit, List.of()).circuit().toStim())
                .isEqualTo(
                        """
                        R 0
                        MPAD 0
                        DETECTOR rec[-1]
                        HERALDED_ERASE(0.1) 0
                        M 0
                        DETECTOR rec[-1]
                        DETECTOR rec[-2]
                        """);
    }
}
