package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.pass.RecordRegister;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * {@code jaket convert}: a circuit in another language, or, as {@code stim convert}, shots in
 * another format.
 */
@Command(
        name = "convert",
        header = "Write a circuit in another language, or shots in another format.",
        customSynopsis = {
            "jaket convert FILE --to LANGUAGE",
            "jaket convert --in_format FMT [--in FILE] [--out_format FMT] [--out FILE]",
            "              (--num_measurements N | --num_detectors N | --num_observables N |",
            "               --circuit FILE --types MDL | --dem FILE | --bits_per_shot N)..."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  jaket convert bell.qasm --to stim",
            "  jaket convert --in shots.b8 --in_format b8 --out_format dets --num_measurements 24"
        })
final class ConvertCommand implements Callable<Integer> {
    /** The languages. */
    enum Language {
        qasm2,
        qasm3,
        stim
    }

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "OpenQASM 2 or 3, or Stim text; - reads standard input.")
    private @Nullable String file;

    @Option(
            names = "--to",
            paramLabel = "LANGUAGE",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Language to;

    @Mixin private ShotConversion shots = new ShotConversion();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (shots.isWanted()) {
            if (file != null || to != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Shots (--in_format) are converted, or a circuit (FILE --to), not both.");
            }
            shots.run();
            return 0;
        }
        if (file == null || to == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing: FILE and --to to convert a circuit, or --in_format to convert shots.");
        }
        Circuit circuit = CircuitFile.read(file);
        String text =
                switch (to) {
                    case qasm2 -> withRegister(circuit).toQasm2();
                    case qasm3 -> withRegister(circuit).toQasm3();
                    case stim -> circuit.toStim();
                };
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }

    /** The circuit with a register for its measurement record, if it is one of Stim's. */
    private static Circuit withRegister(Circuit circuit) {
        boolean hasRecord = circuit.results() > 0 || circuit.body().ticks() > 0;
        return circuit.classicalRegisters().isEmpty() && hasRecord
                ? RecordRegister.of(circuit)
                : circuit;
    }
}
