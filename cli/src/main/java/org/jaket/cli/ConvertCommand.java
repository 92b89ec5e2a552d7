package org.jaket.cli;

import org.jaket.circuit.Circuit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** {@code jaket convert}: a circuit in another language. */
@Command(
        name = "convert",
        header = "Write a circuit in another language.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jaket convert bell.qasm --to stim"})
final class ConvertCommand implements Callable<Integer> {
    /** The languages. */
    enum Language {
        qasm2,
        qasm3,
        stim
    }

    @Parameters(
            paramLabel = "FILE",
            description = "OpenQASM 2 or 3, or Stim text; - reads standard input.")
    private String file = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "LANGUAGE",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Language to = Language.qasm3;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Circuit circuit = CircuitFile.read(file);
        String text =
                switch (to) {
                    case qasm2 -> circuit.toQasm2();
                    case qasm3 -> circuit.toQasm3();
                    case stim -> circuit.toStim();
                };
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }
}
