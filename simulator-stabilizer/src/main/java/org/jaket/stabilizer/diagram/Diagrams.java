package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.List;

/**
 * Diagrams of Clifford circuits, of what their detectors watch, and of detector error models.
 *
 * <pre>{@code
 * IO.println(Diagrams.timelineText(circuit));
 * Files.writeString(path, Diagrams.detectorSlicesSvg(circuit, TickRange.parse("5:9"), filters));
 * }</pre>
 *
 * <p>Texts end without a line end. Circuits are of Stim's language; those with other gates,
 * branches or loops on results are refused with an {@link
 * org.jaket.execution.UnsupportedCircuitException}, and diagrams that would be too large with an
 * {@link IllegalArgumentException} that says the limit.
 */
public final class Diagrams {
    private Diagrams() {}

    /** The circuit as text: a line for each qubit, time from left to right, loops drawn once. */
    public static String timelineText(Circuit circuit) {
        return TimelineText.of(circuit);
    }

    /** The circuit as SVG; loops are drawn once, unless a range of ticks is asked for. */
    public static String timelineSvg(Circuit circuit, TickRange ticks) {
        return TimelineSvg.of(circuit, ticks);
    }

    /** The circuit in space as glTF, loops drawn once. */
    public static String timeline3d(Circuit circuit) {
        return TimelineScene.of(circuit);
    }

    /** The operations between ticks as SVG, qubits where their coordinates are. */
    public static String timeSlicesSvg(Circuit circuit, TickRange ticks) {
        return SlicePicture.ofOperations(circuit, ticks).svg();
    }

    /** What detectors watch at the first of some ticks, as text. */
    public static String detectorSlicesText(
            Circuit circuit, TickRange ticks, List<CoordinateFilter> filters) {
        return DetectorSlices.of(circuit, new TickRange(ticks.first(), 1), filters).text();
    }

    /** What detectors watch at some ticks, as SVG. */
    public static String detectorSlicesSvg(
            Circuit circuit, TickRange ticks, List<CoordinateFilter> filters) {
        return SlicePicture.ofDetectors(circuit, ticks, filters).svg();
    }

    /** The operations between ticks, and what detectors watch behind them, as SVG. */
    public static String detectorSlicesWithOperationsSvg(
            Circuit circuit, TickRange ticks, List<CoordinateFilter> filters) {
        return SlicePicture.ofBoth(circuit, ticks, filters).svg();
    }

    /** A web page that steps through the moments of a circuit. */
    public static String interactive(
            Circuit circuit, TickRange ticks, List<CoordinateFilter> filters) {
        return Pages.steps(SlicePicture.ofBoth(circuit, ticks, filters).pictures(), ticks.first());
    }

    /** The graph of a model's detectors and errors as SVG. */
    public static String matchGraphSvg(DetectorErrorModel model) {
        return new MatchGraph(model).svg();
    }

    /** The graph of a model's detectors and errors in space as glTF. */
    public static String matchGraph3d(DetectorErrorModel model) {
        return new MatchGraph(model).gltf();
    }

    /** A web page around an SVG picture. */
    public static String page(String svg) {
        return Pages.picture(svg);
    }

    /** A web page that shows a scene in glTF, as written by this class. */
    public static String page3d(String gltf) {
        return Pages.scene(gltf);
    }

    /** The circuit without its noise; heralds become constant zeros of the record. */
    public static Circuit withoutNoise(Circuit circuit) {
        return circuit.withBody(WithoutNoise.of(circuit.body()));
    }
}
