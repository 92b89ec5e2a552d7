package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.diagram.CoordinateFilter;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.sampling.Postselection;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** The options that say which shots are discarded. */
final class PostselectionOptions {
    @Option(
            names = "--postselect",
            paramLabel = "NAMES",
            description = {
                "Discard the shots in which one of these is 1: detectors (D3), observables (L0), results (M7; sample), with commas between; !M7 discards those in which it is 0.",
                "--shots counts discarded shots too; how many were kept is told on stderr."
            })
    private @Nullable String names;

    @Option(
            names = "--postselect_coords",
            paramLabel = "FILTER",
            description =
                    "Discard the shots in which a detector fires whose coordinates begin so: 2,3 or *,*,0 with * for any; : between alternatives.")
    private @Nullable String coordinates;

    boolean isAsked() {
        return names != null || coordinates != null;
    }

    /** Refuses a format that needs to know how many shots there will be. */
    void check(ResultFormat format) {
        if (isAsked() && format == ResultFormat.PTB64) {
            throw new IllegalArgumentException(
                    "ptb64 holds 64 shots at a time, and how many are kept is not known beforehand. Maybe use b8?");
        }
    }

    /** The postselection that was asked for. */
    Postselection of(Circuit circuit, RecordLayout layout) {
        Postselection all =
                names == null ? Postselection.none(layout) : Postselection.parse(names, layout);
        if (coordinates == null) {
            return all;
        }
        if (layout.detectors() == 0) {
            throw new IllegalArgumentException(
                    "--postselect_coords: the shots have no detectors to look at");
        }
        var chosen = CoordinateFilter.detectors(CoordinateFilter.parse(coordinates), circuit);
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "--postselect_coords " + coordinates + ": no detector has such coordinates");
        }
        return all.discardingDetectors(chosen);
    }
}
