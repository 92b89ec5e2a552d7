package org.jaket.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Typical command lines, run one after the other in one JVM: what the class cache of {@code
 * ./jaket} is trained on. The build of the launcher ({@code bin/build-jaket}) starts it; its output
 * goes nowhere.
 */
final class Training {
    private static final String[][] COMMAND_LINES = {
        {"--version"}, {"--help"}, {"--no-such-option"}
    };

    private Training() {}

    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        System.setOut(nowhere);
        System.setErr(nowhere);
        for (String[] commandLine : COMMAND_LINES) {
            Main.execute(commandLine);
        }
    }
}
