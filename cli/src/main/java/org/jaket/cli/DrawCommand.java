package org.jaket.cli;

import org.jaket.circuit.diagram.TextDiagram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** {@code jaket draw}: a circuit as text. */
@Command(
        name = "draw",
        header = "Draw a circuit as text.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jaket draw examples/circuits/teleport.qasm"})
final class DrawCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description = "OpenQASM 2 or 3, or Stim text; - reads standard input.")
    private String file = "";

    @Option(
            names = "--width",
            paramLabel = "N",
            description =
                    "Continue below after N characters; 0 for one piece. Default: the terminal's width, or 120.")
    private int width = -1;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        int limit = width == 0 ? Integer.MAX_VALUE : width > 0 ? width : Terminal.width();
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextDiagram.of(CircuitFile.read(file)).folded(limit));
        out.flush();
        return 0;
    }
}
