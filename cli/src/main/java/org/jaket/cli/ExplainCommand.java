package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.pass.FinalMeasurements;
import org.jaket.statevector.CompiledCircuit;
import org.jaket.statevector.Precision;
import org.jaket.statevector.ProgramPlan;
import org.jaket.statevector.StateVectorSimulator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code jaket explain}: what the state-vector engine makes of a circuit. */
@Command(
        name = "explain",
        header =
                "Show the program that a circuit becomes: passes over memory, blocks, bytes, time.",
        description = {
            "A pass copies tiles of the state into the cache and does there all that it can: rotations, diagonals,"
                    + " blocks of several qubits. Qubits are named by where they are stored; SWAP and X move names and"
                    + " no amplitudes.",
            "The predicted time is that of the gates of one run on this machine. It is found by rehearsing a part of"
                    + " every pass, which takes some seconds."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  jaket explain qft.qasm",
            "  jaket explain qft.qasm --precision single --threads 1 --json"
        })
final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description = "OpenQASM 2 or 3, or Stim text; - reads standard input.")
    private String file = "";

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

    @Option(names = "--no-time", description = "Do not predict the time.")
    private boolean withoutTime;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads is at least 1");
        }
        Circuit circuit = CircuitFile.read(file, parameters);
        CompiledCircuit compiled =
                StateVectorSimulator.of(precision)
                        .compile(FinalMeasurements.removed(circuit.requireBound()));
        ProgramPlan plan = compiled.plan();
        double seconds = withoutTime ? Double.NaN : compiled.rehearse(threads);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            print(plan, seconds, out);
        } else {
            out.print(plan);
            out.println(plan.memory(threads));
            if (!withoutTime) {
                out.printf(
                        Locale.ROOT,
                        "predicted: %.3g s on %d thread%s, %.1f GB/s%n",
                        seconds,
                        threads,
                        threads == 1 ? "" : "s",
                        plan.movedBytes() / seconds / 1e9);
            }
        }
        out.flush();
        return 0;
    }

    /** Counts are whole numbers, whatever their size. */
    private static BigInteger whole(double count) {
        return new BigDecimal(count).toBigInteger();
    }

    private void print(ProgramPlan plan, double seconds, PrintWriter out) throws Exception {
        Json.print(
                out,
                g -> {
                    g.writeNumberProperty("qubits", plan.qubits());
                    g.writeNumberProperty("gates", whole(plan.gates()));
                    g.writeNumberProperty("passes", whole(plan.passes()));
                    g.writeNumberProperty("state_bytes", whole(plan.stateBytes()));
                    g.writeNumberProperty("memory_bytes", whole(plan.memoryBytes(threads)));
                    g.writeNumberProperty("moved_bytes", whole(plan.movedBytes()));
                    g.writeNumberProperty("threads", threads);
                    if (!withoutTime) {
                        g.writeNumberProperty("predicted_s", seconds);
                    }
                    g.writeArrayPropertyStart("program");
                    for (ProgramPlan.Line line : plan.lines()) {
                        g.writeStartObject();
                        g.writeNumberProperty("times", whole(line.times()));
                        g.writeBooleanProperty("pass", line.isPass());
                        g.writeStringProperty("text", line.text());
                        g.writeEndObject();
                    }
                    g.writeEndArray();
                });
    }
}
