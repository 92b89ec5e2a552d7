package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.codes.MemoryExperiment;
import org.jaket.stabilizer.codes.MemoryTask;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotReader;
import org.jaket.stabilizer.results.ShotWriter;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What Stim 1.17 prints, byte for byte. */
class StimConformanceTest {
    @Test
    void generatedCircuitsAreStims() throws IOException {
        int compared = 0;
        for (Conformance.Case c : Conformance.stimCommandLine()) {
            if (!c.name().startsWith("gen-")) {
                continue;
            }
            MemoryExperiment experiment =
                    MemoryExperiment.of(
                                    MemoryTask.of(c.flag("--code", ""), c.flag("--task", "")),
                                    Integer.parseInt(c.flag("--distance", "")))
                            .rounds(Long.parseLong(c.flag("--rounds", "")))
                            .afterCliffordDepolarization(
                                    probability(c, "--after_clifford_depolarization"))
                            .afterResetFlipProbability(
                                    probability(c, "--after_reset_flip_probability"))
                            .beforeMeasureFlipProbability(
                                    probability(c, "--before_measure_flip_probability"))
                            .beforeRoundDataDepolarization(
                                    probability(c, "--before_round_data_depolarization"));
            assertThat(experiment.circuit().toStim()).describedAs(c.name()).isEqualTo(c.stdout());
            compared++;
        }
        assertThat(compared).isEqualTo(12);
    }

    private static double probability(Conformance.Case c, String flag) {
        return Double.parseDouble(c.flag(flag, "0"));
    }

    @Test
    void convertedResultsAreStims() throws IOException {
        int compared = 0;
        for (Conformance.Case c : Conformance.stimCommandLine()) {
            if (!c.name().startsWith("convert-")) {
                continue;
            }
            RecordLayout layout =
                    RecordLayout.ofMeasurements(Integer.parseInt(c.flag("--num_measurements", "")));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ShotReader reader =
                    ShotReader.from(
                            new ByteArrayInputStream(c.stdin().getBytes(ISO_8859_1)),
                            ResultFormat.of(c.flag("--in_format", "")),
                            layout);
            ShotBatch batch = new ShotBatch(layout.bits(), 7);
            try (ShotWriter writer =
                    ShotWriter.to(out, ResultFormat.of(c.flag("--out_format", "")), layout)) {
                while (reader.read(batch) > 0) {
                    writer.write(batch);
                }
            }
            assertThat(out.toString(ISO_8859_1)).describedAs(c.name()).isEqualTo(c.stdout());
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(10);
    }

    /** Circuits whose results are certain. */
    @Test
    void deterministicSamplesAreStims() throws IOException {
        int compared = 0;
        for (Conformance.Case c : Conformance.stimCommandLine()) {
            boolean certain =
                    c.name().startsWith("sample-mpad") || c.name().startsWith("sample-repeat");
            if (!certain) {
                continue;
            }
            ShotSampler sampler = ShotSampler.measurements(Circuit.stim(c.stdin()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ShotWriter writer =
                    ShotWriter.to(
                            out, ResultFormat.of(c.flag("--out_format", "01")), sampler.layout())) {
                sampler.sample(
                        RunOptions.shots(Long.parseLong(c.flag("--shots", "1"))).seed(1),
                        writer::write);
            }
            assertThat(out.toString(ISO_8859_1)).describedAs(c.name()).isEqualTo(c.stdout());
            compared++;
        }
        assertThat(compared).isEqualTo(8);
    }
}
