package org.jaket.cli;

import org.jaket.automatic.Answer;
import org.jaket.automatic.AutomaticSimulator;
import org.jaket.automatic.Choice;
import org.jaket.automatic.Method;
import org.jaket.automatic.Plan;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.pass.FinalMeasurements;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.statevector.Checkpoint;
import org.jaket.statevector.CompiledCircuit;
import org.jaket.statevector.DiskSimulator;
import org.jaket.statevector.DiskState;
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
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.LongToDoubleFunction;

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
        sparse,
        mps,
        densitymatrix;

        /** The method, or null for a choice. */
        @Nullable Method method() {
            return switch (this) {
                case auto -> null;
                case statevector -> Method.STATE_VECTOR;
                case stabilizer -> Method.STABILIZER;
                case nearclifford -> Method.NEAR_CLIFFORD;
                case sparse -> Method.SPARSE;
                case mps -> Method.MATRIX_PRODUCT_STATE;
                case densitymatrix -> Method.DENSITY_MATRIX;
            };
        }
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
                    "One of ${COMPLETION-CANDIDATES}; auto takes the one that costs least;"
                            + " sparse keeps the amplitudes that are not zero, mps suits many qubits with little entanglement,"
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

    @Mixin private LongRunOptions longRun = new LongRunOptions();

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
        longRun.check(spec.commandLine(), engine, probabilities);
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
        if (noise.isGiven() || engine == Engine.densitymatrix) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--amplitudes are those of a pure state, which noise and density matrices do"
                            + " not have. Maybe ask for --probabilities.");
        }
        if (engine != Engine.auto && engine != Engine.statevector) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--amplitudes needs the state vector, not --engine " + engine);
        }
        Circuit gates = FinalMeasurements.removed(circuit);
        DiskSimulator disk = longRun.disk(precision);
        if (disk != null) {
            clock.lap("compile_s");
            try (DiskState state = disk.state(gates, threads, progress)) {
                clock.lap("run_s");
                print(state.qubits(), state::re, state::im, clock);
            }
            return;
        }
        CompiledCircuit compiled = compile(gates);
        clock.lap("compile_s");
        Checkpoint checkpoint = longRun.checkpoint();
        try (StateVector state =
                checkpoint == null
                        ? compiled.state(threads, progress)
                        : compiled.state(threads, progress, checkpoint)) {
            clock.lap("run_s");
            print(state.qubits(), state::re, state::im, clock);
        }
    }

    /** Prints the amplitudes that are asked for. */
    private void print(
            int qubits, LongToDoubleFunction re, LongToDoubleFunction im, Stopwatch clock)
            throws IOException {
        Map<String, Long> indices = new LinkedHashMap<>();
        for (String text : amplitudes) {
            indices.put(text, index(text, 1L << qubits));
        }
        if (json) {
            Json.print(
                    out(),
                    g -> {
                        g.writeNumberProperty("qubits", qubits);
                        g.writeObjectPropertyStart("amplitudes");
                        for (var entry : indices.entrySet()) {
                            g.writeArrayPropertyStart(entry.getKey());
                            g.writeNumber(re.applyAsDouble(entry.getValue()));
                            g.writeNumber(im.applyAsDouble(entry.getValue()));
                            g.writeEndArray();
                        }
                        g.writeEndObject();
                        writeTime(g, clock);
                    });
            return;
        }
        for (var entry : indices.entrySet()) {
            double x = re.applyAsDouble(entry.getValue());
            double y = im.applyAsDouble(entry.getValue());
            out().printf(
                            Locale.ROOT,
                            "%s  %+.12f %+.12fi  probability %.6e%n",
                            entry.getKey(),
                            x,
                            y,
                            x * x + y * y);
        }
        finish(clock);
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
        if (engine == Engine.stabilizer) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--probabilities: the stabilizer engine gives shots only. Maybe leave the"
                            + " choice of the engine to jaket.");
        }
        Method asked = engine.method();
        Plan plan =
                asked == null
                        ? simulator().forExactness(circuit)
                        : simulator().using(asked, circuit, progress);
        clock.lap("compile_s");
        Answer<Distribution> answer = plan.probabilities(threads, progress);
        Distribution distribution = answer.value();
        noteChoice(answer.choice());
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

    private AutomaticSimulator simulator() {
        return AutomaticSimulator.of(precision).forOneRun();
    }

    /** Methods that nobody is surprised by are not spoken of. */
    private void noteChoice(Choice choice) {
        boolean expected =
                switch (choice.method()) {
                    case STABILIZER, STATE_VECTOR, DENSITY_MATRIX -> true;
                    case NEAR_CLIFFORD, SPARSE, MATRIX_PRODUCT_STATE -> false;
                };
        if (engine == Engine.auto && !expected) {
            note("engine " + choice.method().text() + ": " + choice.reason());
        }
    }

    private void shots(Circuit circuit, Stopwatch clock, TerminalProgress progress)
            throws IOException {
        Checkpoint checkpoint = longRun.checkpoint();
        RunOptions options = new RunOptions(shots, seed(checkpoint), threads, progress);
        DiskSimulator disk = longRun.disk(precision);
        if (disk != null) {
            clock.lap("compile_s");
            Shots result = disk.run(circuit, options);
            clock.lap("run_s");
            print(circuit, result, disk.name(), "a state file was asked for.", clock);
        } else if (checkpoint != null) {
            CompiledCircuit compiled = compile(circuit);
            clock.lap("compile_s");
            Shots result = compiled.run(options, checkpoint);
            clock.lap("run_s");
            String name = Method.STATE_VECTOR.text();
            print(circuit, result, name, "a checkpoint was asked for.", clock);
        } else {
            chosen(circuit, options, clock, progress);
        }
    }

    private void chosen(
            Circuit circuit, RunOptions options, Stopwatch clock, TerminalProgress progress)
            throws IOException {
        Method asked = engine.method();
        Plan plan =
                asked == null
                        ? simulator().forShots(circuit, shots, progress)
                        : simulator().using(asked, circuit, progress);
        clock.lap("compile_s");
        Answer<Shots> answer = plan.run(options);
        clock.lap("run_s");
        Choice choice = answer.choice();
        noteChoice(choice);
        print(circuit, answer.value(), choice.method().text(), choice.reason(), clock);
    }

    /** A run goes on with the seed it began with. */
    private long seed(@Nullable Checkpoint checkpoint) throws IOException {
        if (seed != null) {
            return seed;
        }
        OptionalLong begun = checkpoint == null ? OptionalLong.empty() : checkpoint.seed();
        return begun.isPresent() ? begun.getAsLong() : RunOptions.freshSeed();
    }

    private void note(String text) {
        spec.commandLine().getErr().println("jaket run: " + text);
        spec.commandLine().getErr().flush();
    }

    private void print(Circuit circuit, Shots result, String name, String reason, Stopwatch clock)
            throws IOException {
        if (json) {
            Json.print(
                    out(),
                    g -> {
                        g.writeNumberProperty("qubits", circuit.qubits());
                        g.writeNumberProperty("shots", result.size());
                        g.writeNumberProperty("seed", result.seed());
                        g.writeStringProperty("engine", name);
                        g.writeStringProperty("reason", reason);
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
