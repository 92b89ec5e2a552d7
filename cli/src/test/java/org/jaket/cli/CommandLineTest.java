package org.jaket.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class CommandLineTest {
    private static final String BELL =
            "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; creg c[2];"
                    + " h q[0]; cx q[0],q[1]; measure q -> c;";

    @TempDir private Path folder;

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "draw",
                "explain",
                "convert",
                "gen",
                "sample",
                "detect",
                "analyze_errors",
                "explain_errors",
                "sample_dem",
                "repl",
                "completion"
            })
    void everyCommandHasHelpWithAnExample(String name) {
        Command help = Command.run(name, "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: ").contains("Example").contains("jaket " + name);
        assertThat(help.err()).isEmpty();
        assertThat(Command.run("--help").out()).contains(name);
    }

    @Test
    void versionIsPrinted() {
        assertThat(Command.run("--version").out()).matches("jaket \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @ParameterizedTest
    @CsvSource({
        "run,2",
        "draw,2",
        "convert,1",
        "gen,1",
        "sample,1",
        "detect,1",
        "analyze_errors,1",
        "explain_errors,1",
        "sample_dem,1",
        "repl,1",
        "m2d,1",
        "diagram,1"
    })
    void wrongCommandLinesExitWithTwoOrOneAsStim(String name, int exit) {
        Command wrong = Command.run(name, "--no-such-option");
        assertThat(wrong.exit()).isEqualTo(exit);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("--help");
    }

    @Test
    void unknownCommandsAreUsageErrorsWithASuggestion() {
        Command wrong = Command.run("rum", "x.qasm");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("run");
        assertThat(Command.run().exit()).isEqualTo(2);
    }

    @Test
    void bellPairGivesTwoResultsInEqualShares() throws IOException {
        JsonNode json =
                Command.run(
                                "run",
                                file("bell.qasm", BELL),
                                "--shots",
                                "10000",
                                "--seed",
                                "3",
                                "--json")
                        .json();
        assertThat(json.get("qubits").asInt()).isEqualTo(2);
        assertThat(json.get("shots").asInt()).isEqualTo(10_000);
        assertThat(json.get("seed").asInt()).isEqualTo(3);
        assertThat(json.get("counts").propertyNames()).containsExactlyInAnyOrder("00", "11");
        // Five standard deviations of 10,000 fair throws are 250.
        assertThat(json.get("counts").get("00").asInt()).isBetween(4750, 5250);
    }

    @Test
    void textOutputIsASortedHistogram() throws IOException {
        String text = Command.run("run", file("bell.qasm", BELL), "--seed", "3").out();
        assertThat(text.lines())
                .hasSize(2)
                .allMatch(l -> l.matches("(00|11)  \\s*\\d+ +\\d+\\.\\d%  █+"));
    }

    @Test
    void bothEnginesCanBeForcedAndTheSeedDecidesWhateverTheThreads() throws IOException {
        String bell = file("bell.qasm", BELL);
        for (String engine : new String[] {"statevector", "stabilizer"}) {
            JsonNode one =
                    Command.run(
                                    "run",
                                    bell,
                                    "--engine",
                                    engine,
                                    "--threads",
                                    "1",
                                    "--seed",
                                    "9",
                                    "--shots",
                                    "5000",
                                    "--json")
                            .json();
            JsonNode two =
                    Command.run(
                                    "run",
                                    bell,
                                    "--engine",
                                    engine,
                                    "--threads",
                                    "2",
                                    "--seed",
                                    "9",
                                    "--shots",
                                    "5000",
                                    "--json")
                            .json();
            assertThat(one.get("engine").asString()).isEqualTo(engine);
            assertThat(one).isEqualTo(two);
        }
        String t = file("t.qasm", BELL.replace("cx", "t q[0]; cx"));
        Command refused = Command.run("run", t, "--engine", "stabilizer");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("T");
    }

    @Test
    void probabilitiesPutTheLastRegisterLeftmostAndItsHighestBitFirst() throws IOException {
        String text =
                "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[3]; creg a[2]; creg b[1];"
                        + " x q[0]; x q[2]; measure q[0] -> a[0]; measure q[1] -> a[1]; measure q[2] -> b[0];";
        JsonNode json =
                Command.run("run", file("r.qasm", text), "--probabilities", "--json").json();
        assertThat(json.get("probabilities").propertyNames()).containsExactly("101");
        assertThat(json.get("probabilities").get("101").asDouble()).isEqualTo(1);
    }

    @Test
    void amplitudesAreThoseBeforeTheFinalMeasurement() throws IOException {
        JsonNode json =
                Command.run(
                                "run",
                                file("bell.qasm", BELL),
                                "--amplitudes",
                                "0,1,last",
                                "--json",
                                "--time")
                        .json();
        assertThat(json.get("amplitudes").get("0").get(0).asDouble())
                .isCloseTo(Math.sqrt(0.5), within(1e-15));
        assertThat(json.get("amplitudes").get("1").get(0).asDouble()).isZero();
        assertThat(json.get("amplitudes").get("last").get(0).asDouble())
                .isCloseTo(Math.sqrt(0.5), within(1e-15));
        assertThat(json.get("time").propertyNames())
                .containsExactly("parse_s", "compile_s", "run_s");
        assertThat(Command.run("run", file("bell.qasm", BELL), "--amplitudes", "4").exit())
                .isEqualTo(2);
    }

    @Test
    void singlePrecisionIsAnOption() throws IOException {
        JsonNode json =
                Command.run(
                                "run",
                                file("bell.qasm", BELL),
                                "--precision",
                                "single",
                                "--amplitudes",
                                "0",
                                "--json")
                        .json();
        assertThat(json.get("amplitudes").get("0").get(0).asDouble())
                .isCloseTo(Math.sqrt(0.5), within(1e-7));
    }

    @Test
    void circuitsWithoutMeasurementsAreMeasuredWhole() throws IOException {
        String text = "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; x q[1];";
        assertThat(
                        Command.run("run", file("x.qasm", text), "--json")
                                .json()
                                .get("counts")
                                .propertyNames())
                .containsExactly("10");
    }

    @Test
    void parametersAreGivenByName() throws IOException {
        String text =
                "OPENQASM 3.0; include \"stdgates.inc\"; input float theta; qubit q; bit c; rx(theta) q; c = measure q;";
        String f = file("p.qasm", text);
        JsonNode json =
                Command.run("run", f, "-p", "theta=" + Math.PI, "--probabilities", "--json").json();
        assertThat(json.get("probabilities").get("1").asDouble()).isCloseTo(1, within(1e-12));
        Command open = Command.run("run", f);
        assertThat(open.exit()).isEqualTo(1);
        assertThat(open.err()).contains("theta");
    }

    @Test
    void mistakesInFilesAreShownWithALineAndACaret() throws IOException {
        String f =
                file("bad.qasm", "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[2];\nhh q[0];\n");
        Command bad = Command.run("run", f);
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.out()).isEmpty();
        assertThat(bad.err())
                .contains(f + ":4:1: there is no gate hh")
                .contains("hh q[0];")
                .contains("^");
        assertThat(Command.run("run", folder.resolve("none.qasm").toString()).err())
                .contains("there is no file");
    }

    @Test
    void filesThatAreNoCircuitsAreRefusedInWords() throws IOException {
        assertThat(Command.run("run", file("empty.qasm", "")).err())
                .contains("the circuit is empty");
        Path binary = folder.resolve("binary.qasm");
        Files.write(binary, new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});
        assertThat(Command.run("run", binary.toString()).err()).contains("is not a text in UTF-8");
        assertThat(Command.run("run", folder.toString()).err()).contains("is a folder");
    }

    @Test
    void whatAnEngineDoesNotGiveIsRefusedAndNotTakenFromAnother() throws IOException {
        String bell = file("pair.qasm", "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; h q[0];");
        for (String engine : new String[] {"stabilizer", "nearclifford", "sparse", "mps"}) {
            Command run = Command.run("run", bell, "--amplitudes", "0", "--engine", engine);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("--amplitudes needs the state vector");
        }
        Command run = Command.run("run", bell, "--probabilities", "--engine", "stabilizer");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("gives shots only");
    }

    @Test
    void tooManyQubitsAreRefusedWithTheBytes() throws IOException {
        String text =
                "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[40]; creg c[40]; h q; t q; h q; measure q -> c;";
        String product = file("big.qasm", text);
        Command big = Command.run("run", product, "--engine", "statevector");
        assertThat(big.exit()).isEqualTo(1);
        // 2^40 amplitudes of 16 bytes are 16 TiB.
        assertThat(big.err()).containsPattern("16(\\.0+)? ?TiB|17592186044416|17[.,]6 TB");
        // Without entanglement another method has room for them.
        Command any = Command.run("run", product, "--json");
        assertThat(any.exit()).as(any.err()).isZero();
        assertThat(any.json().get("engine").asString()).isEqualTo("mps");
        assertThat(any.json().get("reason").asString()).contains("Tried before: sparse");
    }

    /**
     * Forty qubits are too many for amplitudes; the GHZ state with one T has two, as one qubit is
     * active.
     */
    @Test
    void nearCliffordCircuitsFindTheirEngine() throws IOException {
        StringBuilder text = new StringBuilder("H 0\n");
        for (int q = 1; q < 80; q++) {
            text.append("CX 0 ").append(q).append('\n');
        }
        text.append("S[T] 7\nMPP ").append("X0");
        for (int q = 1; q < 80; q++) {
            text.append("*X").append(q);
        }
        String circuit = file("ghz.stim", text + "\n");
        Command run =
                Command.run("run", circuit, "--shots", "20000", "--seed", "3", "--json", "--time");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("near-Clifford: 2^1 amplitudes");
        assertThat(run.json().get("engine").asString()).isEqualTo("nearclifford");
        // cos^2(pi/8) of 20000, within five standard errors of 50.
        assertThat(run.json().get("counts").get("0").asDouble())
                .isCloseTo(20_000 * (2 + Math.sqrt(2)) / 4, within(250.0));
        Command sample = Command.run("sample", "--in", circuit, "--shots", "100", "--time");
        assertThat(sample.out().lines()).hasSize(100).allMatch(l -> l.matches("[01]"));
        Files.writeString(Path.of(circuit), text + "\nDETECTOR rec[-1]\n");
        Command detect = Command.run("detect", "--in", circuit, "--shots", "100");
        assertThat(detect.exit()).isZero();
        assertThat(detect.err()).contains("1 of the 1 detectors and observables are random");
        Command analysis = Command.run("analyze_errors", "--in", circuit);
        assertThat(analysis.exit()).isEqualTo(1);
        assertThat(analysis.bytes()).isEmpty();
        assertThat(analysis.err())
                .contains("T 7 is not a Clifford gate", "without the tag it is S");
    }

    @Test
    void convertGoesBetweenTheLanguages() throws IOException {
        assertThat(Command.run("convert", file("bell.qasm", BELL), "--to", "stim").out())
                .isEqualTo("H 0\nCX 0 1\nM 0 1\n");
        assertThat(Command.run("convert", file("s.stim", "H 0\nCX 0 1\n"), "--to", "qasm2").out())
                .contains("OPENQASM 2.0")
                .contains("h q[0];")
                .contains("cx q[0]");
    }

    @Test
    void drawShowsTheCircuit() throws IOException {
        assertThat(Command.run("draw", file("bell.qasm", BELL)).out())
                .contains("q[0]: ─H─●─M→c[0]─");
    }

    /**
     * 16 qubits are two tiles: rotations on all of them take two passes. The first one knows that
     * the tile in which the last qubit is 1 is still zero.
     */
    @Test
    void explainShowsThePasses() throws IOException {
        String qasm =
                "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[16];\nry(0.3) q;\ncz q[0],q[15];\nrx(0.2) q;\n";
        String path = file("layers.qasm", qasm);
        assertThat(Command.run("explain", path, "--no-time").out())
                .startsWith("16 qubits in double precision: 1.0 MiB")
                .contains("33 gates in 2 passes over memory, moving 3.0 MiB")
                .contains("pass 1    q0-14")
                .contains("rotations; on 1/2 of the state")
                .doesNotContain("predicted");
        // 2^16 amplitudes of 16 bytes, a byte for each 64, for a thread two tiles and two blocks.
        assertThat(Command.run("explain", path, "--no-time", "--threads", "1").out())
                .contains(
                        "memory: 2.5 MiB, of which amplitudes 1.0 MiB, notes of where they are zero"
                                + " 1.0 KiB, tiles of 1 thread 1.5 MiB");
        assertThat(Command.run("explain", path, "--no-time", "--threads", "1", "--json").out())
                .contains("\"memory_bytes\":2622464,");
        assertThat(Command.run("explain", path).out())
                .containsPattern("predicted: [0-9.e-]+ s on \\d+ threads?");
        assertThat(Command.run("explain", path, "--json", "--threads", "1").out())
                .contains("\"passes\":2,")
                .containsPattern("\"predicted_s\":[0-9.E-]+");
    }

    @Test
    void completionIsAShellScript() {
        assertThat(Command.run("completion").out())
                .contains("complete")
                .contains("--probabilities");
    }

    @Test
    void detectWritesObservablesBehindOrApart() throws IOException {
        byte[] circuit =
                "X_ERROR(1) 0\nM 0 1\nDETECTOR rec[-2]\nDETECTOR rec[-1]\nOBSERVABLE_INCLUDE(0) rec[-2]\n"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(Command.run(circuit, "detect", "--shots", "2").out()).isEqualTo("10\n10\n");
        assertThat(Command.run(circuit, "detect", "--shots=2", "--append_observables").out())
                .isEqualTo("101\n101\n");
        assertThat(
                        Command.run(
                                        circuit,
                                        "detect",
                                        "--out_format",
                                        "dets",
                                        "--append_observables")
                                .out())
                .isEqualTo("shot D0 L0\n");
        Path observables = folder.resolve("obs");
        Command apart =
                Command.run(
                        circuit,
                        "detect",
                        "--obs_out",
                        observables.toString(),
                        "--obs_out_format",
                        "01");
        assertThat(apart.out()).isEqualTo("10\n");
        assertThat(observables).hasContent("1");
    }

    @Test
    void samplingIsRepeatableWhateverTheThreads() {
        byte[] circuit =
                "H 0 1 2\nDEPOLARIZE1(0.1) 0 1 2\nM 0 1 2\n".getBytes(StandardCharsets.UTF_8);
        String one =
                Command.run(circuit, "sample", "--shots", "20000", "--seed", "5", "--threads", "1")
                        .out();
        String two =
                Command.run(circuit, "sample", "--shots", "20000", "--seed", "5", "--threads", "2")
                        .out();
        assertThat(one).isEqualTo(two).hasSize(80_000);
    }

    @Test
    void surfaceCodeOfDistance25IsGeneratedAndDetected() {
        Command gen =
                Command.run(
                        "gen",
                        "--code",
                        "surface_code",
                        "--task",
                        "rotated_memory_x",
                        "--distance",
                        "25",
                        "--rounds",
                        "25",
                        "--after_clifford_depolarization",
                        "0.001");
        assertThat(gen.exit()).isZero();
        Command detect = Command.run(gen.bytes(), "detect", "--shots", "64", "--out_format", "b8");
        // 624 stabilizers: half of them (312) in the first and last layer each, all in the 24
        // layers between.
        assertThat(detect.bytes()).hasSize(64 * (312 + 24 * 624 + 312) / 8);
    }

    @Test
    void errorModelsHaveTheDigitsOfStim() throws IOException {
        String circuit = file("x.stim", "X_ERROR(0.001) 0\nM 0\nDETECTOR(0.1) rec[-1]\n");
        // What Stim 1.17 prints.
        String model = "error(0.001000000000000000021) D0\ndetector(0.1000000000000000056) D0\n";
        assertThat(Command.run("analyze_errors", "--in", circuit).out()).isEqualTo(model);
        assertThat(
                        Command.run(
                                        "analyze_errors",
                                        "--approximate_disjoint_errors",
                                        "--in",
                                        circuit)
                                .out())
                .isEqualTo(model);
        assertThat(
                        Command.run(
                                        "analyze_errors",
                                        "--approximate_disjoint_errors",
                                        "0.1",
                                        "--in",
                                        circuit)
                                .out())
                .isEqualTo(model);
        String empty = file("empty.stim", "");
        assertThat(Command.run("analyze_errors", "--in", empty).out()).isEqualTo("\n");
    }

    @Test
    void disjointThresholdsAreProbabilities() throws IOException {
        String circuit = file("x.stim", "X_ERROR(0.001) 0\n");
        Command wrong =
                Command.run(
                        "analyze_errors", "--approximate_disjoint_errors", "2", "--in", circuit);
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("0 to 1");
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void explanationsCanBeFilteredByAModel() throws IOException {
        String circuit =
                file("x.stim", "X_ERROR(0.001) 0 1\nM 0 1\nDETECTOR rec[-1]\nDETECTOR rec[-2]\n");
        String filter = file("f.dem", "error(1) D1\n");
        Command found = Command.run("explain_errors", "--in", circuit, "--dem_filter", filter);
        assertThat(found.exit()).as(found.err()).isZero();
        assertThat(found.out())
                .contains("dem_error_terms: D1")
                .contains("flipped_pauli_product: X0");
        assertThat(found.out()).doesNotContain("D0");
        assertThat(
                        Command.run("explain_errors", "--in", circuit, "--dem_filter", "none.dem")
                                .exit())
                .isEqualTo(1);
    }

    /** Results of the circuit are certain, so both engines must find them in the converted text. */
    @Test
    void measurementRecordsBecomeRegistersOfOpenQasm() throws IOException {
        String stim =
                "RX 0\nRY 1\nMX !0\nMPP !Y1 X0*Y1\nMRX 0\nMXX 0 2\nCX rec[-2] 3\nREPEAT 2 {\nX 3\nMZZ 3 !3\n}\n"
                                .replace("MXX 0 2", "RX 2\nMXX 0 2")
                                .replace("MZZ 3 !3", "MPAD 1\nMR 3")
                        + "SPP Z0\nMY 0\nM 3\nDETECTOR rec[-1]\n";
        Path file = folder.resolve("record.stim");
        Files.writeString(file, stim);
        String sampled = Command.run("sample", "--in", file.toString()).out().strip();
        Command converted = Command.run("convert", file.toString(), "--to", "qasm3");
        assertThat(converted.exit()).as(converted.err()).isZero();
        Path qasm = folder.resolve("record.qasm");
        Files.writeString(qasm, converted.out());
        // Bit strings have the last result first.
        String reversed = new StringBuilder(sampled).reverse().toString();
        for (String engine : new String[] {"statevector", "stabilizer"}) {
            Command run = Command.run("run", qasm.toString(), "--engine", engine, "--shots", "20");
            assertThat(run.out()).as(run.err()).startsWith(reversed + "  20");
        }
        Command older = Command.run("convert", file.toString(), "--to", "qasm2");
        assertThat(older.exit()).isEqualTo(1);
        assertThat(older.err()).contains("Maybe write OpenQASM 3");
    }
}
