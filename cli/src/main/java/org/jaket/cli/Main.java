package org.jaket.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code jaket} command. */
@Command(
        name = "jaket",
        description = "Quantum circuits: simulate, sample, decode, convert.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    private Main() {}

    /**
     * Runs the command and ends the JVM with its exit code: 0 for success, 2 for a wrong command
     * line, 1 for a failure.
     *
     * @param args the command line, without the program's name
     */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs the command in this JVM and returns its exit code. */
    static int execute(String... args) {
        return new CommandLine(new Main()).execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command.");
    }
}
