package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.pass.FinalMeasurements;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.stabilizer.CompiledNearClifford;
import org.jaket.stabilizer.NearCliffordSimulator;
import org.jaket.stabilizer.StabilizerSimulator;
import org.jaket.statevector.CompiledCircuit;
import org.jaket.statevector.DensityMatrixSimulator;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVector;
import org.jaket.statevector.StateVectorSimulator;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code jaket run}: what a circuit gives. */
@Command(
        name = "run",
        header = "Run a circuit and print how often each result came.",
        description = {
            "Results are the classical registers, last declared leftmost, highest bit first; for circuits without"
                    + " registers the measurement record in its own order. A circuit without measurements has all"
                    + " qubits measured at the end."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  jaket run examples/circuits/teleport.qasm --shots 1000 --seed 7",
            "  jaket run bell.stim --json",
            "  jaket run qft.qasm --probabilities --json",
            "  jaket run qft.qasm --amplitudes 0,5,last --json",
            "  jaket run bell.qasm --noise conf_manila.json,props_manila.json --probabilities"
        })
final class RunCommand implements Callable<Integer> {
    /** The engines. */
    enum Engine {
        auto,
        statevector,
        stabilizer,
        nearclifford,
        densitymatrix
    }

    @Parameters(
            paramLabel = "FILE",
            description = "OpenQASM 2 or 3, or Stim text; - reads standard input.")
    private String file = "";

    @Option(
            names = "--shots",
            paramLabel = "N",
            description = "How often to run; default ${DEFAULT-VALUE}.")
    private long shots = 1024;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Makes the results repeatable; default a fresh one, printed with --json.")
    private @Nullable Long seed;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "One of ${COMPLETION-CANDIDATES}; auto takes the stabilizer engine for shots of Clifford circuits,"
                            + " otherwise the cheaper one of the near-Clifford engine and the state vector;"
                            + " densitymatrix follows noise exactly.")
    private Engine engine = Engine.auto;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "Of the state vector: double or single.")
    private Precision precision = Precision.DOUBLE;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-p", "--parameter", "--input"},
            paramLabel = "NAME=VALUE",
            description = "Gives a value to a parameter or input; may be repeated.")
    private Map<String, Double> parameters = new LinkedHashMap<>();

    @Option(
            names = "--probabilities",
            description = "Print the exact distribution instead of shots.")
    private boolean probabilities;

    @Option(
            names = "--amplitudes",
            paramLabel = "INDEX",
            split = ",",
            description =
                    "Print amplitudes of the state before the final measurements; 'last' is the highest index.")
    private List<String> amplitudes = List.of();

    @Mixin private NoiseOption noise = new NoiseOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--time", description = "Add the seconds of parsing, compiling and running.")
    private boolean time;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (shots < 1 || threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--shots and --threads are at least 1");
        }
        var clock = new Stopwatch();
        Circuit circuit = CircuitFile.read(file, parameters);
        Circuit bound = bind(circuit).requireBound();
        if (bound.qubits() == 0 && !hasResults(bound)) {
            throw new CircuitException(
                    file + ": the circuit is empty, it has no qubits and no results");
        }
        clock.lap("parse_s");
        try (var progress = new TerminalProgress("run")) {
            if (!amplitudes.isEmpty()) {
                amplitudes(bound, clock, progress);
            } else {
                Circuit clean = hasResults(bound) ? bound : FinalMeasurements.added(bound);
                Circuit measured = noise.on(clean, this::note);
                if (probabilities) {
                    distribution(measured, clock, progress);
                } else {
                    shots(measured, clock, progress);
                }
            }
        }
        return 0;
    }

    private Circuit bind(Circuit circuit) {
        Map<String, Double> open = new LinkedHashMap<>(parameters);
        open.keySet()
                .removeIf(
                        name ->
                                circuit.parameters().stream()
                                        .noneMatch(p -> p.name().equals(name)));
        return open.isEmpty() ? circuit : circuit.bind(open);
    }

    private static boolean hasResults(Circuit circuit) {
        return circuit.bits() > 0 || circuit.results() > 0;
    }

    private CompiledCircuit compile(Circuit circuit) {
        return StateVectorSimulator.of(precision).forOneRun().compile(circuit);
    }

    private void amplitudes(Circuit circuit, Stopwatch clock, TerminalProgress progress)
            throws IOException {
        requireStateVector("--amplitudes");
        if (noise.isGiven() || engine == Engine.densitymatrix) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--amplitudes are those of a pure state, which noise and density matrices do"
                            + " not have. Maybe ask for --probabilities.");
        }
        CompiledCircuit compiled = compile(FinalMeasurements.removed(circuit));
        clock.lap("compile_s");
        try (StateVector state = compiled.state(threads, progress)) {
            clock.lap("run_s");
            long size = 1L << state.qubits();
            Map<String, Long> indices = new LinkedHashMap<>();
            for (String text : amplitudes) {
                indices.put(text, index(text, size));
            }
            if (json) {
                Json.print(
                        out(),
                        g -> {
                            g.writeNumberProperty("qubits", circuit.qubits());
                            g.writeObjectPropertyStart("amplitudes");
                            for (var entry : indices.entrySet()) {
                                g.writeArrayPropertyStart(entry.getKey());
                                g.writeNumber(state.re(entry.getValue()));
                                g.writeNumber(state.im(entry.getValue()));
                                g.writeEndArray();
                            }
                            g.writeEndObject();
                            writeTime(g, clock);
                        });
                return;
            }
            for (var entry : indices.entrySet()) {
                out().printf(
                                Locale.ROOT,
                                "%s  %+.12f %+.12fi  probability %.6e%n",
                                entry.getKey(),
                                state.re(entry.getValue()),
                                state.im(entry.getValue()),
                                state.probability(entry.getValue()));
            }
            finish(clock);
        }
    }

    private long index(String text, long size) {
        if (text.equals("last")) {
            return size - 1;
        }
        try {
            long index = Long.parseLong(text);
            if (index >= 0 && index < size) {
                return index;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new ParameterException(
                spec.commandLine(),
                "--amplitudes: "
                        + text
                        + " is not an index from 0 to "
                        + (size - 1)
                        + ", nor 'last'");
    }

    private void distribution(Circuit circuit, Stopwatch clock, TerminalProgress progress)
            throws IOException {
        requireStateVector("--probabilities");
        Distribution distribution;
        if (isForDensityMatrix(circuit)) {
            distribution = densityMatrix().probabilities(circuit, threads, progress);
        } else {
            CompiledCircuit compiled = compile(circuit);
            clock.lap("compile_s");
            distribution = compiled.probabilities(threads, progress);
        }
        clock.lap("run_s");
        if (json) {
            Json.print(
                    out(),
                    g -> {
                        g.writeNumberProperty("qubits", circuit.qubits());
                        g.writeObjectPropertyStart("probabilities");
                        for (var entry : distribution.sorted()) {
                            g.writeNumberProperty(entry.getKey(), entry.getValue());
                        }
                        g.writeEndObject();
                        writeTime(g, clock);
                    });
            return;
        }
        for (var entry : distribution.sorted()) {
            out().printf(Locale.ROOT, "%s  %.12f%n", entry.getKey(), entry.getValue());
        }
        finish(clock);
    }

    private DensityMatrixSimulator densityMatrix() {
        return DensityMatrixSimulator.of(precision);
    }

    /** Exact distributions of noisy circuits: every error would be a branch of a state vector. */
    private boolean isForDensityMatrix(Circuit circuit) {
        return engine == Engine.densitymatrix
                || engine == Engine.auto
                        && noise.isGiven()
                        && densityMatrix().refusal(circuit) == null;
    }

    private void requireStateVector(String option) {
        if (engine == Engine.stabilizer || engine == Engine.nearclifford) {
            throw new ParameterException(
                    spec.commandLine(), option + " needs the state vector, not --engine " + engine);
        }
    }

    private void shots(Circuit circuit, Stopwatch clock, TerminalProgress progress)
            throws IOException {
        RunOptions options =
                new RunOptions(
                        shots, seed == null ? RunOptions.freshSeed() : seed, threads, progress);
        Simulator stabilizer = new StabilizerSimulator();
        String refusal =
                engine == Engine.auto || engine == Engine.stabilizer
                        ? stabilizer.refusal(circuit)
                        : "";
        Shots result;
        String name;
        CompiledNearClifford near = null;
        if (engine == Engine.nearclifford) {
            near = new NearCliffordSimulator().compile(circuit, progress);
        } else if (engine == Engine.auto && refusal != null) {
            near = NearCliffordChoice.ifCheaper(circuit, shots, progress);
            if (near != null) {
                note(
                        "The circuit is near-Clifford: 2^%d amplitudes are enough."
                                .formatted(near.forecast().activeQubits()));
            }
        }
        if (near != null) {
            clock.lap("compile_s");
            name = new NearCliffordSimulator().name();
            result = near.run(options);
        } else if (refusal == null) {
            clock.lap("compile_s");
            name = stabilizer.name();
            result = stabilizer.run(circuit, options);
        } else if (engine == Engine.densitymatrix) {
            clock.lap("compile_s");
            name = densityMatrix().name();
            result = densityMatrix().run(circuit, options);
        } else if (engine == Engine.stabilizer) {
            // Refuses it, and knows the operation.
            result = stabilizer.run(circuit, options);
            name = stabilizer.name();
        } else {
            CompiledCircuit compiled = compile(circuit);
            clock.lap("compile_s");
            name = "statevector";
            result = compiled.run(options);
        }
        clock.lap("run_s");
        print(circuit, result, name, clock);
    }

    private void note(String text) {
        spec.commandLine().getErr().println("jaket run: " + text);
        spec.commandLine().getErr().flush();
    }

    private void print(Circuit circuit, Shots result, String name, Stopwatch clock)
            throws IOException {
        if (json) {
            Json.print(
                    out(),
                    g -> {
                        g.writeNumberProperty("qubits", circuit.qubits());
                        g.writeNumberProperty("shots", result.size());
                        g.writeNumberProperty("seed", result.seed());
                        g.writeStringProperty("engine", name);
                        g.writeObjectPropertyStart("counts");
                        for (var entry : result.counts().sorted()) {
                            g.writeNumberProperty(entry.getKey(), entry.getValue());
                        }
                        g.writeEndObject();
                        writeTime(g, clock);
                    });
            return;
        }
        out().print(result.counts().histogram(Terminal.showsResults() ? 64 : Integer.MAX_VALUE));
        finish(clock);
    }

    private void writeTime(JsonGenerator g, Stopwatch clock) {
        if (time) {
            g.writeObjectPropertyStart("time");
            clock.laps().forEach(g::writeNumberProperty);
            g.writeEndObject();
        }
    }

    /** Without JSON the times go to stderr: stdout holds results only. */
    private void finish(Stopwatch clock) {
        out().flush();
        if (time) {
            spec.commandLine().getErr().println(clock);
            spec.commandLine().getErr().flush();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
