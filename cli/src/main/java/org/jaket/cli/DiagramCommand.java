package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.diagram.CoordinateFilter;
import org.jaket.stabilizer.diagram.Diagrams;
import org.jaket.stabilizer.diagram.TickRange;
import org.jaket.stabilizer.errors.ErrorAnalysis;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code jaket diagram}: drawings of circuits and detectors, as {@code stim diagram} has them. */
@Command(
        name = "diagram",
        header = "Draw a Clifford circuit, its detectors, or a detector error model.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {"", "Example:", "  jaket diagram --type timeline-text --in circuit.stim"})
final class DiagramCommand implements Callable<Integer> {
    @Option(names = "--type", required = true, paramLabel = "TYPE", description = "What is drawn.")
    private String type = "";

    @Option(
            names = "--tick",
            paramLabel = "A|A:B",
            description = "The moment, or moments before B, that are drawn; 0 is the start.")
    private @Nullable String tick;

    @Option(
            names = "--filter_coords",
            paramLabel = "FILTER",
            description =
                    "Detectors and observables that are drawn, such as 2,3:4,*:D5:L0; default all detectors.")
    private @Nullable String filter;

    @Option(names = "--remove_noise", description = "Draw the circuit without its noise.")
    private boolean removeNoise;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            description = "The circuit; default standard input.")
    private String in = "-";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the drawing goes; default standard output.")
    private @Nullable String out;

    @Override
    public Integer call() throws Exception {
        TickRange ticks = tick == null ? TickRange.ALL : TickRange.parse(tick);
        List<CoordinateFilter> filters =
                filter == null
                        ? List.of(CoordinateFilter.DETECTORS)
                        : CoordinateFilter.parse(filter);
        String text = draw(ticks, filters);
        try (OutputStream stream = Streams.output(out)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.write('\n');
        }
        return 0;
    }

    private String draw(TickRange ticks, List<CoordinateFilter> filters) throws IOException {
        String kind = type;
        boolean isPage = kind.endsWith("-html");
        if (isPage) {
            kind = kind.substring(0, kind.length() - "-html".length());
        }
        String drawing =
                switch (kind) {
                    case "timeline-text" -> Diagrams.timelineText(circuit());
                    case "timeline-svg" -> Diagrams.timelineSvg(circuit(), ticks);
                    case "timeline-3d" -> Diagrams.timeline3d(circuit());
                    case "timeslice-svg", "time-slice-svg" ->
                            Diagrams.timeSlicesSvg(circuit(), ticks);
                    case "detslice-text", "detector-slice-text" -> {
                        if (tick == null) {
                            throw new IllegalArgumentException("--type " + type + " needs --tick");
                        }
                        yield Diagrams.detectorSlicesText(circuit(), ticks, filters);
                    }
                    case "detslice-svg", "detector-slice-svg" ->
                            Diagrams.detectorSlicesSvg(circuit(), ticks, filters);
                    case "detslice-with-ops-svg", "time+detector-slice-svg" ->
                            Diagrams.detectorSlicesWithOperationsSvg(circuit(), ticks, filters);
                    case "matchgraph-svg", "match-graph-svg" -> Diagrams.matchGraphSvg(model());
                    case "matchgraph-3d", "match-graph-3d" -> Diagrams.matchGraph3d(model());
                    case "interactive" -> Diagrams.interactive(circuit(), ticks, filters);
                    default -> throw unknownType();
                };
        if (isPage && kind.endsWith("-svg")) {
            return Diagrams.page(drawing);
        }
        if (isPage && kind.endsWith("-3d")) {
            return Diagrams.page3d(drawing);
        }
        if (isPage && !kind.equals("interactive")) {
            throw unknownType();
        }
        return drawing;
    }

    private IllegalArgumentException unknownType() {
        return new IllegalArgumentException(
                "there is no --type %s; the types are timeline-text, timeline-svg, timeline-3d, timeslice-svg, detslice-text, detslice-svg, detslice-with-ops-svg, matchgraph-svg, matchgraph-3d (svg and 3d also with -html behind) and interactive-html"
                        .formatted(type));
    }

    private Circuit circuit() throws IOException {
        Circuit circuit = CircuitFile.read(in);
        return removeNoise ? Diagrams.withoutNoise(circuit) : circuit;
    }

    /** The input itself, if it is a model, or the model of the circuit that it is. */
    private DetectorErrorModel model() throws IOException {
        if (removeNoise) {
            throw new IllegalArgumentException(
                    "--remove_noise does not go with a match graph, which is made of noise");
        }
        byte[] text = CircuitFile.bytes(in);
        try {
            return DetectorErrorModel.parse(in, text);
        } catch (ParseException e) {
            return ErrorAnalysis.options()
                    .decomposed()
                    .foldedLoops()
                    .approximatingDisjointErrors(1)
                    .ignoringDecompositionFailures()
                    .analyse(CircuitFile.parse(in, text));
        }
    }
}
