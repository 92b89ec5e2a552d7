package org.jaket.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** {@code jaket completion}: what a shell needs to complete jaket's command lines. */
@Command(
        name = "completion",
        header = "Print completion for bash and zsh.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  source <(jaket completion)"})
final class CompletionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CommandLine all = Main.commandLine();
        out.print(AutoComplete.bash("jaket", all));
        out.flush();
        return 0;
    }
}
