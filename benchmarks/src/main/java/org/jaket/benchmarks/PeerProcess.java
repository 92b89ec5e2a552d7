package org.jaket.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A run of a peer's program. */
final class PeerProcess {
    private PeerProcess() {}

    /** Runs a program and returns how many nanoseconds that took, its start included. */
    static double nanos(String binary, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        long start = System.nanoTime();
        int exit = builder.start().waitFor();
        long time = System.nanoTime() - start;
        if (exit != 0) {
            throw new IOException(command + " ended with exit code " + exit);
        }
        return time;
    }

    /**
     * Runs a driver as {@code <binary> <circuit file> <threads> <turns>} and returns the numbers of
     * its last line, of which the first is the best milliseconds.
     */
    static double[] numbers(String binary, String circuit, int threads, int turns)
            throws IOException, InterruptedException {
        return onFile(binary, circuit, Integer.toString(threads), Integer.toString(turns));
    }

    /**
     * Runs a driver as {@code <binary> <file> <arguments>} and returns the numbers of its last
     * line.
     *
     * @param text what the file holds
     */
    static double[] onFile(String binary, String text, String... arguments)
            throws IOException, InterruptedException {
        return onFiles(binary, List.of(text), arguments);
    }

    /**
     * Runs a driver as {@code <binary> <files> <arguments>} and returns the numbers of its last
     * line.
     *
     * @param texts what the files hold
     */
    static double[] onFiles(String binary, List<String> texts, String... arguments)
            throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of(binary));
        try {
            for (String text : texts) {
                Path file = Files.createTempFile("problem", ".txt");
                files.add(file);
                Files.writeString(file, text);
                command.add(file.toString());
            }
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            List<String> lines = process.inputReader().lines().toList();
            int exit = process.waitFor();
            if (exit != 0 || lines.isEmpty()) {
                throw new IOException(
                        binary
                                + " ended with exit code "
                                + exit
                                + " on "
                                + firstLine(texts.getFirst()));
            }
            return Arrays.stream(lines.getLast().strip().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } finally {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** The size of a problem, for messages. */
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("no") + " qubits or variables";
    }
}
