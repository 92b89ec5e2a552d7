package org.jaket.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
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
}
