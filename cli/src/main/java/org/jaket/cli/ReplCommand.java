package org.jaket.cli;

import org.jaket.circuit.Block;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.stim.Stim;
import org.jaket.stabilizer.TableauSimulator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** {@code jaket repl}: runs Stim lines as they come and prints results as they happen. */
@Command(
        name = "repl",
        header = "Run lines of a Clifford circuit as they are typed.",
        description = {
            "",
            "Reads Stim text from standard input. The results of each measurement operation are",
            "printed on a line of their own; a line that is wrong is reported and passed over.",
            "At the end of the input comes an empty line, as in Stim, whose heralds, though, are",
            "not printed."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 1,
        sortOptions = false,
        footer = {"", "Example:", "  printf 'H 0\\nCX 0 1\\nM 0 1\\n' | jaket repl"})
final class ReplCommand implements Callable<Integer> {
    /** The longest text that is taken as one operation: a block of repeats left open. */
    private static final int MAX_PENDING = 1 << 24;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all randomness; without it every run is another.")
    private long seed = new SplittableRandom().nextLong();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var state = new TableauSimulator(seed);
        PrintWriter err = spec.commandLine().getErr();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (OutputStream out = Streams.output(null)) {
            StringBuilder pending = new StringBuilder();
            int depth = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                pending.append(line).append('\n');
                depth += opened(line);
                if (depth > 0 && pending.length() < MAX_PENDING) {
                    continue;
                }
                run(pending.toString(), state, out, err);
                pending.setLength(0);
                depth = 0;
            }
            if (!pending.isEmpty()) {
                run(pending.toString(), state, out, err);
            }
            out.write('\n');
        }
        return 0;
    }

    /** How many blocks a line opens more than it closes; comments and tags do not count. */
    private static int opened(String line) {
        int opened = 0;
        boolean inTag = false;
        for (int k = 0; k < line.length(); k++) {
            char c = line.charAt(k);
            if (c == '#' && !inTag) {
                break;
            }
            inTag = c == '[' || inTag && c != ']';
            if (!inTag) {
                opened += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        }
        return opened;
    }

    private static void run(String text, TableauSimulator state, OutputStream out, PrintWriter err)
            throws IOException {
        try {
            run(Stim.parse("input", text.getBytes(StandardCharsets.UTF_8)).body(), state, out);
        } catch (IllegalArgumentException | IllegalStateException e) {
            out.flush();
            err.println(e.getMessage());
            err.flush();
        }
    }

    private static void run(Block block, TableauSimulator state, OutputStream out)
            throws IOException {
        for (Operation operation : block.operations()) {
            if (operation instanceof Repeat r) {
                for (long k = 0; k < r.count(); k++) {
                    run(r.body(), state, out);
                }
                continue;
            }
            state.run(operation);
            int count = (int) operation.results();
            if (count > 0) {
                byte[] line = new byte[count + 1];
                for (int k = 0; k < count; k++) {
                    line[k] = (byte) (state.result(-count + k) ? '1' : '0');
                }
                line[count] = '\n';
                out.write(line);
                out.flush();
            }
        }
    }
}
