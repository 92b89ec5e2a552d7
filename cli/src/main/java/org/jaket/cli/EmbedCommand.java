package org.jaket.cli;

import org.jaket.annealing.embedding.Embedding;
import org.jaket.annealing.embedding.EmbeddingCache;
import org.jaket.annealing.embedding.EmbeddingOptions;
import org.jaket.annealing.embedding.MinorEmbedder;
import org.jaket.annealing.embedding.ProblemGraph;
import org.jaket.annealing.file.ModelDocument;
import org.jaket.annealing.topology.Chimera;
import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Pegasus;
import org.jaket.annealing.topology.Topology;
import org.jaket.annealing.topology.Zephyr;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code jaket embed}: chains of qubits for the variables of a model. */
@Command(
        name = "embed",
        header = "Embed a model into the qubits of an annealer.",
        description = {
            "Finds for each variable a chain of coupled qubits, so that variables that interact have chains with a"
                    + " coupler between them. Processors are perfect ones of a topology (chimera:16, pegasus:16,"
                    + " zephyr:15), or a real one as a file describes it.",
            "With --cache an embedding that was found before, for the same couplers of variables and the same"
                    + " processor, is used again; others are kept there.",
            "The same seed gives the same embedding as long as the time does not run out."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  jaket embed examples/models/pentagon.txt --topology chimera:2",
            "  jaket embed examples/models/ring.coo --processor examples/devices/ladder.txt",
            "  jaket embed model.bqm --processor solver.json --cache embeddings",
            "  jaket embed model.bqm --topology zephyr:15 --seed 7 --out embedding.json"
        })
final class EmbedCommand implements Callable<Integer> {
    /** The largest processors that are made: some 100,000 qubits. */
    private static final int LARGEST = 64;

    private static final String DEFAULT = "pegasus:16";

    private static final Pattern PERFECT = Pattern.compile("(chimera|pegasus|zephyr):(\\d{1,4})");

    @Mixin private ModelInput input = new ModelInput();

    @Option(
            names = "--topology",
            paramLabel = "NAME:SIZE",
            description = "chimera, pegasus or zephyr; default " + DEFAULT + ".")
    private @Nullable String topology;

    @Option(
            names = "--processor",
            paramLabel = "FILE",
            description =
                    "A real processor instead: the JSON of a solver as D-Wave's SAPI gives it (qubits, couplers,"
                            + " topology), or a list of couplers, a line with two numbers of qubits each.")
    private @Nullable Path processor;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description = "Use embeddings that were kept there before, and keep new ones.")
    private @Nullable Path cache;

    @Option(
            names = "--tries",
            paramLabel = "N",
            description = "How often to start anew; default ${DEFAULT-VALUE}.")
    private int tries = 10;

    @Option(
            names = "--effort",
            paramLabel = "X",
            description = "How long to go on shortening chains, default 1; 0 takes the first.")
    private double effort = 1;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "Take the best after this time; default ${DEFAULT-VALUE}.")
    private double seconds = 60;

    @Option(names = "--seed", paramLabel = "S", description = "Makes the embedding repeatable.")
    private @Nullable Long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "Save the embedding there.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print JSON, with the chains.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        HardwareGraph hardware = hardware();
        EmbeddingOptions options = options();
        ModelDocument document = input.read();
        ProblemGraph problem = ProblemGraph.of(document.model());
        long start = System.nanoTime();
        boolean[] searched = new boolean[1];
        Supplier<Embedding> search =
                () -> {
                    searched[0] = true;
                    try (var progress = new TerminalProgress("embed")) {
                        return new MinorEmbedder()
                                .embed(problem, hardware, options.progress(progress));
                    }
                };
        Embedding embedding =
                cache == null
                        ? search.get()
                        : new EmbeddingCache(cache).get(problem, hardware, search);
        double time = (System.nanoTime() - start) / 1e9;
        if (out != null) {
            embedding.save(out);
        }
        if (json) {
            print(embedding, hardware, options, time, !searched[0]);
        } else {
            show(document, embedding, hardware, options, time, !searched[0]);
        }
        return 0;
    }

    private HardwareGraph hardware() throws IOException {
        if (processor != null && topology != null) {
            throw new ParameterException(
                    spec.commandLine(), "--processor and --topology exclude each other");
        }
        if (cache != null && Files.exists(cache) && !Files.isDirectory(cache)) {
            throw new ParameterException(
                    spec.commandLine(), "--cache: " + cache + " is not a folder");
        }
        return processor != null
                ? HardwareGraph.read(processor)
                : perfect(topology == null ? DEFAULT : topology);
    }

    private HardwareGraph perfect(String name) {
        Matcher m = PERFECT.matcher(name.toLowerCase(Locale.ROOT));
        int size = m.matches() ? Integer.parseInt(m.group(2)) : 0;
        if (size < 1 || size > LARGEST || size < 2 && !m.group(1).equals("chimera")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--topology: "
                            + name
                            + " is not chimera:N, pegasus:N or zephyr:N with N from 2 to "
                            + LARGEST);
        }
        Topology made =
                switch (m.group(1)) {
                    case "chimera" -> new Chimera(size, size, 4);
                    case "pegasus" -> new Pegasus(size);
                    default -> new Zephyr(size);
                };
        return made.graph();
    }

    private EmbeddingOptions options() {
        if (!(seconds >= 0 && seconds < 3e9)) {
            throw new ParameterException(
                    spec.commandLine(), "--time: " + seconds + " is not a number of seconds");
        }
        if (tries < 1 || !(effort >= 0 && effort <= 1e6)) {
            throw new ParameterException(
                    spec.commandLine(), "--tries is at least 1, --effort between 0 and a million");
        }
        EmbeddingOptions options =
                EmbeddingOptions.defaults()
                        .tries(tries)
                        .effort(effort)
                        .limit(Duration.ofNanos(Math.round(seconds * 1e9)));
        return seed == null ? options : options.seed(seed);
    }

    private void show(
            ModelDocument document,
            Embedding embedding,
            HardwareGraph hardware,
            EmbeddingOptions options,
            double time,
            boolean known) {
        PrintWriter to = spec.commandLine().getOut();
        to.printf(Locale.ROOT, "%s: %s%n", document.format().title(), document.model());
        to.printf(Locale.ROOT, "processor: %s%n", hardware);
        to.printf(
                Locale.ROOT,
                "%d qubits, longest chain %d, mean %.2f, %.3f s, %s%n%n",
                embedding.qubitsUsed(),
                embedding.longestChain(),
                embedding.meanChain(),
                time,
                known ? "found before" : "seed " + options.seed());
        to.println("chain  variables");
        var lengths = new TreeMap<Integer, Integer>();
        for (int v = 0; v < embedding.size(); v++) {
            lengths.merge(embedding.length(v), 1, Integer::sum);
        }
        lengths.forEach((length, count) -> to.printf("%5d  %9d%n", length, count));
        to.flush();
    }

    private void print(
            Embedding embedding,
            HardwareGraph hardware,
            EmbeddingOptions options,
            double time,
            boolean known) {
        Json.print(
                spec.commandLine().getOut(),
                g -> {
                    g.writeNumberProperty("variables", embedding.size());
                    g.writeNumberProperty("processor_qubits", hardware.qubits());
                    g.writeNumberProperty("processor_couplers", hardware.couplers());
                    g.writeNumberProperty("qubits", embedding.qubitsUsed());
                    g.writeNumberProperty("longest_chain", embedding.longestChain());
                    g.writeNumberProperty("mean_chain", embedding.meanChain());
                    g.writeArrayPropertyStart("chains");
                    for (int[] chain : embedding.chains()) {
                        g.writeArray(chain, 0, chain.length);
                    }
                    g.writeEndArray();
                    g.writeBooleanProperty("found_before", known);
                    if (!known) {
                        g.writeNumberProperty("seed", options.seed());
                    }
                    g.writeNumberProperty("time", time);
                });
    }
}
