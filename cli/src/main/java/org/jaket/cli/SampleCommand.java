package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.sampling.Postselection;
import org.jaket.stabilizer.sampling.SweepTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code jaket sample}: measurement records, as {@code stim sample} writes them. */
@Command(
        name = "sample",
        header = "Sample the measurements of a Clifford or near-Clifford circuit.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  jaket sample --shots 1000 --out_format b8 < circuit.stim > shots.b8",
            "  jaket sample --in circuit.stim --shots 1000 --sweep bits.b8 --sweep_format b8"
        })
final class SampleCommand implements Callable<Integer> {
    @Mixin private SamplingOptions options = new SamplingOptions();

    @Mixin private SweepOptions sweeps = new SweepOptions();

    @Mixin private PostselectionOptions postselection = new PostselectionOptions();

    @Spec private CommandSpec spec;

    @Option(
            names = "--skip_reference_sample",
            description =
                    "Take all zeros as the noiseless result; right only if that is a possible one.")
    private boolean skipReference;

    @Option(
            names = "--skip_loop_folding",
            description = "Compute the noiseless result turn by turn.")
    private boolean skipFolding;

    @Option(names = "--frame0", hidden = true)
    private boolean skipReferenceAsOnce;

    @Override
    public Integer call() throws Exception {
        ResultFormat format = ResultFormat.of(options.outFormat());
        postselection.check(format);
        SamplingClock clock = new SamplingClock();
        Circuit circuit = options.circuit();
        clock.parsed();
        if (options.shots() == 0) {
            return 0;
        }
        try (var progress = new TerminalProgress("sample")) {
            ShotSampler.Reference reference =
                    skipReference || skipReferenceAsOnce
                            ? ShotSampler.Reference.ZERO
                            : skipFolding
                                    ? ShotSampler.Reference.UNFOLDED
                                    : ShotSampler.Reference.FOLDED;
            ShotSampler sampler =
                    ShotSampler.measurements(
                            circuit, reference, ShotSampler.Method.AUTOMATIC, progress);
            sampler.prepare(options.shots());
            clock.prepared();
            try (SweepTable table = sweeps.open(sampler);
                    ShotOutput output =
                            ShotOutput.open(
                                    sampler.layout(),
                                    ShotOutput.Observables.LAST,
                                    options.out(),
                                    format,
                                    null,
                                    format)) {
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
}
