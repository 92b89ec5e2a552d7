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
        {"--version"},
        {"--help"},
        {"--no-such-option"},
        {"run", "--help"},
        {"run", "examples/circuits/bell.qasm", "--seed", "1"},
        {"run", "examples/circuits/bell.qasm", "--engine", "statevector", "--json", "--time"},
        {"run", "examples/circuits/teleport.qasm", "--probabilities", "--json"},
        {"run", "examples/circuits/qft.qasm", "--amplitudes", "0,last"},
        {"draw", "examples/circuits/teleport.qasm"},
        {"convert", "examples/circuits/bell.qasm", "--to", "stim"},
        {
            "gen",
            "--code",
            "surface_code",
            "--task",
            "rotated_memory_x",
            "--distance",
            "3",
            "--rounds",
            "3"
        },
        {"sample", "--in", "examples/circuits/repetition.stim", "--shots", "1000"},
        {
            "detect",
            "--in",
            "examples/circuits/repetition.stim",
            "--shots",
            "1000",
            "--append_observables"
        }
    };

    private Training() {}

    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        System.setOut(nowhere);
        System.setErr(nowhere);
        Streams.replaceStandardOutput(OutputStream.nullOutputStream());
        for (String[] commandLine : COMMAND_LINES) {
            Main.execute(commandLine);
        }
    }
}
