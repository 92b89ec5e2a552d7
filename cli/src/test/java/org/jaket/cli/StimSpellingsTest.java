package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stim's old command lines, its shot commands, and what is wrong with some. */
class StimSpellingsTest {
    private static final String FLIPPED =
            "X_ERROR(1) 0\nM 0\nOBSERVABLE_INCLUDE(0) rec[-1]\nDETECTOR rec[-1]\n";

    @TempDir private Path folder;
    private String circuit = "";

    @BeforeEach
    void circuitIsThere() throws IOException {
        circuit = Files.writeString(folder.resolve("c.stim"), FLIPPED).toString();
    }

    private static String out(String... args) {
        Command run = Command.run(args);
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out();
    }

    private static String error(String... args) {
        Command run = Command.run(args);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.bytes()).isEmpty();
        return run.err();
    }

    private static Command convert(String shots, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "convert";
        System.arraycopy(args, 0, all, 1, args.length);
        return Command.run(shots.getBytes(StandardCharsets.ISO_8859_1), all);
    }

    @Test
    void commandsCanBeOptionsWithTheNumberOfShots() {
        assertThat(out("--sample=2", "--in", circuit)).isEqualTo("1\n1\n");
        assertThat(out("--sample", "3", "--in=" + circuit)).isEqualTo("1\n1\n1\n");
        assertThat(out("--sample", "--in=" + circuit)).isEqualTo("1\n");
        assertThat(out("--in", circuit, "--detect=2")).isEqualTo("1\n1\n");
        assertThat(out("--detect", "7", "--shots=2", "--in", circuit)).isEqualTo("1\n1\n");
        assertThat(out("sample", "--sample=2", "--frame0", "--in", circuit)).isEqualTo("1\n1\n");
        assertThat(out("--gen=repetition_code", "--task=memory", "--distance=3", "--rounds=2"))
                .contains("DETECTOR");
        assertThat(error("--sample", "--detect", "--in", circuit)).contains("sample, detect");
        assertThat(error("sample", "--detect", "--in", circuit)).contains("sample, detect");
    }

    @Test
    void theFirstOfEqualOptionsCounts() {
        assertThat(out("sample", "--shots", "1", "--in", circuit, "--shots", "3")).isEqualTo("1\n");
        assertThat(out("sample", "--shots=2", "--in", circuit, "--in", "none")).isEqualTo("1\n1\n");
        assertThat(out("detect", "--append_observables", "--in", circuit, "--append_observables"))
                .isEqualTo("11\n");
        assertThat(Command.run("run", circuit, "--shots=1", "--shots=2").exit()).isEqualTo(2);
    }

    @Test
    void whatStimRefusesIsRefused() {
        assertThat(error("sample", "--in", circuit, "--out_format", "B8")).contains("B8");
        assertThat(error("sample", "--in", circuit, "--seed=-5")).contains("--seed");
        assertThat(Command.run("help", "foo").exit()).isNotZero();
        assertThat(Command.run("help", "foo").bytes()).isEmpty();
    }

    @Test
    void detsNameTheObservablesFirst() {
        assertThat(out("detect", "--in", circuit, "--out_format=dets")).isEqualTo("shot L0 D0\n");
        assertThat(out("detect", "--in", circuit, "--out_format=dets", "--append_observables"))
                .isEqualTo("shot D0 L0\n");
        assertThat(out("detect", "--in", circuit, "--prepend_observables")).isEqualTo("11\n");
        assertThat(
                        error(
                                "detect",
                                "--in",
                                circuit,
                                "--out_format=dets",
                                "--obs_out",
                                folder.resolve("o").toString()))
                .contains("exclude each other");
    }

    @Test
    void helpOfACommandCanBeAskedForInThreeWays() {
        String help = out("m2d", "--help");
        assertThat(help).contains("--ran_without_feedback");
        assertThat(out("help", "m2d")).isEqualTo(help);
        assertThat(out("--help", "m2d")).isEqualTo(help);
        assertThat(out("help")).isEqualTo(out("--help")).contains("diagram");
    }

    @Test
    void shotsAreConverted() throws IOException {
        assertThat(
                        convert(
                                        "10110\n00000\n",
                                        "--in_format=01",
                                        "--out_format=hits",
                                        "--bits_per_shot=5")
                                .out())
                .isEqualTo("0,2,3\n\n");
        String observables = folder.resolve("obs").toString();
        Command run =
                convert(
                        "shot M1 L0\nshot D0\n",
                        "--in_format=dets",
                        "--num_measurements=2",
                        "--num_detectors=1",
                        "--num_observables=1",
                        "--obs_out",
                        observables);
        assertThat(run.out()).isEqualTo("010\n001\n");
        assertThat(Path.of(observables)).hasContent("1\n0\n");
        assertThat(
                        convert(
                                        "110\n",
                                        "--in_format=01",
                                        "--out_format=dets",
                                        "--circuit",
                                        circuit,
                                        "--types=MDL")
                                .out())
                .isEqualTo("shot M0 D0\n");
        Path model = Files.writeString(folder.resolve("m.dem"), "error(0.1) D1 L0\n");
        assertThat(
                        convert(
                                        "011\n",
                                        "--in_format=01",
                                        "--out_format=dets",
                                        "--dem",
                                        model.toString())
                                .out())
                .isEqualTo("shot D1 L0\n");
    }

    @Test
    void shotsThatCannotBeConvertedAreRefused() {
        assertThat(convert("1\n11\n", "--in_format=01", "--bits_per_shot=1"))
                .satisfies(
                        run -> {
                            assertThat(run.exit()).isEqualTo(1);
                            assertThat(run.bytes()).isEmpty();
                            assertThat(run.err()).contains("shot 1, byte 3");
                        });
        assertThat(error("convert", "--in_format=01", "--num_detectors=1000000000000"))
                .contains("too many");
        assertThat(error("convert", "--in_format=01")).contains("--bits_per_shot");
        assertThat(error("convert", "--in_format=01", "--bits_per_shot=4", "--out_format=dets"))
                .contains("--num_measurements");
        assertThat(error("convert", "--in_format=01", "--bits_per_shot=4", "--out_format=ptb64"))
                .contains("ptb64");
        assertThat(error("convert", "--in_format=01", "--circuit", circuit)).contains("--types");
        assertThat(error("convert", "--in_format=01", "--circuit", circuit, "--types=MM"))
                .contains("twice");
        assertThat(error("convert", circuit, "--in_format=01")).contains("not both");
        assertThat(error("convert", "--in", "nothing.01", "--in_format=01", "--bits_per_shot=1"))
                .contains("nothing.01");
        assertThat(
                        error(
                                "convert",
                                "--in_format=01",
                                "--bits_per_shot=1",
                                "--out",
                                folder.resolve("no/file").toString()))
                .contains("file");
    }

    @Test
    void diagramsAreDrawn() {
        assertThat(out("diagram", "--type=timeline-text", "--remove_noise", "--in", circuit))
                .isEqualTo("q0: -M:rec[0]-OBSERVABLE_INCLUDE:L0*=rec[0]-DETECTOR:D0=rec[0]-\n");
        assertThat(out("diagram", "--type=detslice-text", "--tick=0", "--in", circuit))
                .isEqualTo("q0: ---\n");
        for (String type :
                new String[] {
                    "timeline-svg",
                    "timeslice-svg",
                    "detslice-svg",
                    "detslice-with-ops-svg",
                    "timeline-3d",
                    "timeline-3d-html",
                    "timeslice-svg-html",
                    "interactive-html"
                }) {
            assertThat(out("diagram", "--type", type, "--in", circuit)).endsWith("\n");
        }
        assertThat(error("diagram", "--type=detslice-text", "--in", circuit)).contains("--tick");
        assertThat(error("diagram", "--type=sculpture", "--in", circuit)).contains("timeline-text");
    }
}
