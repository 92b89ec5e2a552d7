package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.sampling.Postselection;
import org.jaket.stabilizer.sampling.SweepTable;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code jaket detect}: detection events, as {@code stim detect} writes them. */
@Command(
        name = "detect",
        header = "Sample the detectors and observables of a Clifford or near-Clifford circuit.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  jaket gen --code surface_code --task rotated_memory_z --distance 5 --rounds 5 \\",
            "      --after_clifford_depolarization 0.001 | jaket detect --shots 10 --append_observables",
            "  jaket detect --in circuit.stim --shots 1000 --postselect D0,D5 --postselect_coords *,*,0"
        })
final class DetectCommand implements Callable<Integer> {
    @Mixin private SamplingOptions options = new SamplingOptions();

    @Mixin private SweepOptions sweeps = new SweepOptions();

    @Mixin private PostselectionOptions postselection = new PostselectionOptions();

    @Spec private CommandSpec spec;

    @Option(
            names = "--append_observables",
            description = "Write the observables behind the detectors.")
    private boolean append;

    @Option(
            names = "--obs_out",
            paramLabel = "FILE",
            description = "Write the observables to a file of their own.")
    private @Nullable String observablesOut;

    @Option(
            names = "--obs_out_format",
            paramLabel = "FMT",
            description = "The format of that file; default ${DEFAULT-VALUE}.")
    private String observablesFormat = "01";

    @Option(names = "--prepend_observables", hidden = true)
    private boolean prepend;

    @Override
    public Integer call() throws Exception {
        ResultFormat format = ResultFormat.of(options.outFormat());
        ResultFormat formatOfObservables = ResultFormat.of(observablesFormat);
        ShotOutput.Observables place = place(format);
        if (observablesOut != null && place != ShotOutput.Observables.LEFT_OUT
                || append && prepend) {
            throw new IllegalArgumentException(
                    "--append_observables, --prepend_observables (which --out_format dets does too) and --obs_out exclude each other");
        }
        postselection.check(format);
        SamplingClock clock = new SamplingClock();
        Circuit circuit = options.circuit();
        clock.parsed();
        if (options.shots() == 0) {
            return 0;
        }
        try (var progress = new TerminalProgress("detect")) {
            ShotSampler sampler = ShotSampler.detectors(circuit);
            if (sampler.remark() != null) {
                spec.commandLine().getErr().println("jaket detect: " + sampler.remark());
                spec.commandLine().getErr().flush();
            }
            sampler.prepare(options.shots());
            clock.prepared();
            try (SweepTable table = sweeps.open(sampler);
                    ShotOutput output =
                            ShotOutput.open(
                                    sampler.layout(),
                                    place,
                                    options.out(),
                                    format,
                                    observablesOut,
                                    formatOfObservables)) {
                Postselection.Filter<?> kept =
                        postselection.of(circuit, sampler.layout()).before(clock.writing(output));
                sampler.sample(options.run(progress), table, kept);
                if (postselection.isAsked()) {
                    clock.selected(kept);
                }
                output.finish();
            }
        }
        options.print(clock, spec);
        return 0;
    }

    /** Stim's dets always have the observables, in front unless they are asked for behind. */
    private ShotOutput.Observables place(ResultFormat format) {
        if (append) {
            return ShotOutput.Observables.LAST;
        }
        return prepend || format == ResultFormat.DETS
                ? ShotOutput.Observables.FIRST
                : ShotOutput.Observables.LEFT_OUT;
    }
}
