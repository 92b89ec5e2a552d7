package org.jaket.stabilizer.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.circuit.stim.Stim;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expected texts are those that Stim 1.17 prints for the same circuits. */
class DiagramsTest {
    private static final List<CoordinateFilter> ALL = List.of(CoordinateFilter.DETECTORS);

    /** Every tag that opens is closed, in order, and nothing but an svg element is outside. */
    private static void assertWellFormed(String svg) {
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = Pattern.compile("<(/?)(\\w+)[^<>]*?(/?)>").matcher(svg);
        while (tag.find()) {
            if (!tag.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(tag.group(2));
            } else if (tag.group(3).isEmpty()) {
                open.push(tag.group(2));
            }
        }
        assertThat(open).isEmpty();
        assertThat(svg).startsWith("<svg ").endsWith("</svg>");
    }

    @Test
    void timelinesAreDrawnInText() {
        assertThat(Diagrams.timelineText(Circuit.stim("H 0\nCNOT 0 1\nM(0.25) 1\nCX rec[-1] 0\n")))
                .isEqualTo(
                        """
                        q0: -H-@-X^rec[0]-------
                               |
                        q1: ---X-M(0.25):rec[0]-""");
    }

    @Test
    void loopsAreDrawnOnceWithTheirTurns() {
        assertThat(
                        Diagrams.timelineText(
                                Circuit.stim(
                                        """
                                        REPEAT 100 {
                                            MR 0
                                            SHIFT_COORDS(0, 1)
                                            DETECTOR(1, 0) rec[-1]
                                        }
                                        """)))
                .isEqualTo(
                        """
                             /REP 100                                                         \\
                        q0: -|--------MR:rec[0+iter]-DETECTOR(1,1+iter):D[0+iter]=rec[0+iter]-|-
                             \\                                                                /""");
    }

    @Test
    void detectorsAreDrawnWhereTheyWatch() {
        Circuit circuit =
                Circuit.stim(
                        """
                        R 0 1
                        TICK
                        H 0
                        TICK
                        MX 0
                        M 1
                        DETECTOR(5) rec[-2]
                        DETECTOR rec[-2] rec[-1]
                        """);
        assertThat(Diagrams.detectorSlicesText(circuit, TickRange.parse("2"), ALL))
                .isEqualTo(
                        """
                        q0: -X:D0--X:D1-
                                   |
                        q1: -------Z:D1-""");
        assertThat(
                        Diagrams.detectorSlicesText(
                                circuit, TickRange.parse("1"), CoordinateFilter.parse("5:L0")))
                .isEqualTo(
                        """
                        q0: -Z:D0-

                        q1: ------""");
    }

    @Test
    void longLoopsBeforeTheTickAreSkipped() {
        Circuit circuit = SurfaceCode.rotatedMemoryX(3).rounds(1_000_000_000).circuit();
        Circuit shorter = SurfaceCode.rotatedMemoryX(3).rounds(50).circuit();
        assertThat(Diagrams.detectorSlicesText(circuit, TickRange.parse("20"), ALL))
                .isEqualTo(Diagrams.detectorSlicesText(shorter, TickRange.parse("20"), ALL));
        assertThat(Diagrams.timeSlicesSvg(circuit, TickRange.parse("1000000000:1000000002")))
                .contains("tick 1000000001");
    }

    @Test
    void randomDetectorsAreShown() {
        Circuit circuit = Circuit.stim("R 0\nTICK\nMX 0\nDETECTOR rec[-1]\n");
        assertThat(Diagrams.detectorSlicesText(circuit, TickRange.parse("0"), ALL))
                .isEqualTo("q0: --- ANTICOMMUTED:D0");
    }

    @Test
    void picturesHaveEveryOperationOnce() {
        Circuit circuit = Circuit.stim("R 0 1\nTICK\nH 0\nCX 0 1\nTICK\nM 0 1\nDETECTOR rec[-1]\n");
        for (String svg :
                List.of(
                        Diagrams.timelineSvg(circuit, TickRange.ALL),
                        Diagrams.timeSlicesSvg(circuit, TickRange.ALL),
                        Diagrams.detectorSlicesWithOperationsSvg(circuit, TickRange.ALL, ALL))) {
            assertWellFormed(svg);
            assertThat(svg).containsOnlyOnce("<title>CX 0 1</title>");
            assertThat(svg).containsOnlyOnce("<title>H 0</title>");
            assertThat(svg).containsOnlyOnce("<title>M 1 rec[1]</title>");
        }
        String slices = Diagrams.detectorSlicesSvg(circuit, TickRange.parse("1:3"), ALL);
        assertThat(slices).contains("D0 watches X0*Z1");
        assertWellFormed(slices);
        String some = Diagrams.timelineSvg(circuit, TickRange.parse("1"));
        assertThat(some).contains("<title>CX 0 1</title>").doesNotContain("<title>R 0</title>");
    }

    @Test
    void scenesNameTheirBoxes() {
        String gltf = Diagrams.timeline3d(Circuit.stim("H 0\nCX 0 1\nM 1\n"));
        assertThat(gltf)
                .contains("\"version\":\"2.0\"")
                .contains("\"name\":\"H 0\"")
                .contains("\"name\":\"M 1 rec[0]\"");
        assertThat(Diagrams.page3d(gltf)).startsWith("<!DOCTYPE html>").contains("\"H 0\"");
    }

    @Test
    void matchGraphsHaveDetectorsAndEdges() {
        DetectorErrorModel model =
                DetectorErrorModel.parse(
                        """
                        detector(0, 0) D0
                        detector(1, 0) D1
                        error(0.1) D0 L0
                        repeat 2 {
                            error(0.1) D0 D1
                            shift_detectors(1, 0) 1
                        }
                        """);
        String svg = Diagrams.matchGraphSvg(model);
        assertWellFormed(svg);
        // One for the boundary, two halves for each of two edges.
        assertThat(svg.split("<line ", -1)).hasSize(1 + 5);
        assertThat(svg).contains("D0(0,0)").contains("D2");
        assertThat(Diagrams.matchGraph3d(model)).contains("\"name\":\"D1(1,0)\"");
    }

    @Test
    void noiseCanBeLeftOut() {
        assertThat(
                        Diagrams.withoutNoise(
                                        Circuit.stim(
                                                "X_ERROR(0.1) 0\nHERALDED_ERASE(0.1) 0 1\nM(0.1) 0\n"))
                                .toStim())
                .isEqualTo("MPAD 0 0\nM 0\n");
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        Circuit circuit = Circuit.stim("H 16777215\n");
        assertThatThrownBy(() -> Diagrams.timelineText(circuit)).hasMessageContaining("at most");
        assertThatThrownBy(() -> Diagrams.timelineText(Circuit.of(1, c -> c.t(0))))
                .hasMessageContaining("jaket draw");
        assertThatThrownBy(() -> TickRange.parse("5:5")).hasMessageContaining("empty");
        assertThatThrownBy(() -> TickRange.parse("-1")).hasMessageContaining("not a tick");
        assertThatThrownBy(() -> CoordinateFilter.parse("1,x")).hasMessageContaining("'x'");
        Circuit many = Circuit.stim("REPEAT 1000000 {\n    H 0\n    TICK\n}\n");
        assertThatThrownBy(() -> Diagrams.timeSlicesSvg(many, TickRange.ALL))
                .hasMessageContaining("range of ticks");
    }

    /** A note below a box that has a partner further down would be crossed by the line to it. */
    @Test
    void notesOfProductsAreBelowTheLowestBox() {
        String text = "MPP X0*Z1*X3 !Z2*Z0\nMXX(0.1) 2 0\nE(0.1) X0 Y2\nDEPOLARIZE2(0.01) 1 0\n";
        String svg = Diagrams.timelineSvg(Stim.parse(text), TickRange.ALL);
        int[] lowest = {3, 2, 2, 2, 1};
        String[] notes = {"rec[0]", "rec[1]", "rec[2]", "(0.1)", "(0.01)"};
        for (int k = 0; k < notes.length; k++) {
            Matcher shown =
                    Pattern.compile(
                                    "<text [^>]*y=\"([0-9.]+)\"[^>]*>"
                                            + Pattern.quote(notes[k])
                                            + "</text>")
                            .matcher(svg);
            assertThat(shown.find()).as(notes[k]).isTrue();
            double wire = wire(svg, lowest[k]);
            assertThat(Double.parseDouble(shown.group(1))).isBetween(wire + 15, wire + 32);
            assertThat(shown.find()).as(notes[k]).isFalse();
        }
    }

    /** How far down the wire of a qubit is. */
    private static double wire(String svg, int qubit) {
        Matcher wires =
                Pattern.compile("<line [^>]*y1=\"([0-9.]+)\"[^>]*stroke=\"#8a8d99\"/>")
                        .matcher(svg);
        for (int q = 0; q <= qubit; q++) {
            assertThat(wires.find()).isTrue();
        }
        return Double.parseDouble(wires.group(1));
    }
}
