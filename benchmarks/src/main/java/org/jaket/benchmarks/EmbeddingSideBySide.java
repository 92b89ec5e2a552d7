package org.jaket.benchmarks;

import com.sun.management.OperatingSystemMXBean;

import org.jaket.annealing.embedding.Embedding;
import org.jaket.annealing.embedding.EmbeddingOptions;
import org.jaket.annealing.embedding.MinorEmbedder;
import org.jaket.annealing.embedding.NoEmbeddingException;
import org.jaket.annealing.embedding.ProblemGraph;
import org.jaket.annealing.problem.TravellingSalesman;
import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Pegasus;
import org.jaket.annealing.topology.Zephyr;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Embeddings beside those of another embedder's binary, with the defaults of both: qubits, longest
 * chains and processor time on graphs of all kinds, into the graphs of real processors.
 *
 * <p>Options: {@code --peer <binary>}; {@code --processor <file>} (a solver's description in JSON,
 * whose graph is then a target too); {@code --seeds <n>} from {@code --first-seed <n>} on; {@code
 * --effort <number>} of ours; {@code --only <text>} (cases whose names contain it); {@code
 * --without-topology} (the embedder is not told how the processor is made).
 *
 * <p>The peer is called as {@code <binary> <problem> <processor> <seed> 1}, where 1 is the number
 * of threads. The files have a line {@code nodes edges} and then {@code i j}, from 0. It prints as
 * its last line whether there is an embedding (0 or 1), seconds, qubits and the longest chain.
 */
public final class EmbeddingSideBySide {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private @Nullable String peer;
    private @Nullable Path processor;
    private int seeds = 5;
    private int firstSeed = 1001;
    private double effort = 1;
    private String only = "";
    private boolean withoutTopology;

    private record Target(String name, HardwareGraph graph) {}

    private record Case(String name, ProblemGraph graph) {}

    private EmbeddingSideBySide() {}

    /** Runs the comparison. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var bench = new EmbeddingSideBySide();
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--peer" -> bench.peer = args[++k];
                case "--processor" -> bench.processor = Path.of(args[++k]);
                case "--seeds" -> bench.seeds = Integer.parseInt(args[++k]);
                case "--first-seed" -> bench.firstSeed = Integer.parseInt(args[++k]);
                case "--effort" -> bench.effort = Double.parseDouble(args[++k]);
                case "--only" -> bench.only = args[++k];
                case "--without-topology" -> bench.withoutTopology = true;
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        bench.run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                "%-30s   %-38s   %s%n",
                "", "jaket", peer == null ? "" : "peer, and its time over ours");
        String columns = "%6s %6s %6s %7s %9s".formatted("found", "qubits", "best", "longest", "s");
        System.out.printf("%-30s   %38s   %s%n", "problem", columns, peer == null ? "" : columns);
        List<Target> targets = new ArrayList<>();
        targets.add(new Target("P16", new Pegasus(16).graph()));
        targets.add(new Target("Z15", new Zephyr(15).graph()));
        if (processor != null) {
            targets.add(new Target("real", real(processor)));
        }
        compare(
                new Case("K12", ProblemGraph.complete(12)),
                new Target("P6", new Pegasus(6).graph()));
        for (Target target : targets) {
            for (Case problem : cases()) {
                compare(problem, target);
            }
        }
    }

    private static List<Case> cases() {
        return List.of(
                new Case("K20", ProblemGraph.complete(20)),
                new Case("K30", ProblemGraph.complete(30)),
                new Case("K16,16", ProblemGraph.bipartite(16, 16)),
                new Case("3-regular 100", cubic(100)),
                new Case("3-regular 200", cubic(200)),
                new Case("grid 16x16", grid(16, 16, 1)),
                new Case("grid 5x5x5", grid(5, 5, 5)),
                new Case("random 40, 30%", random(40, 0.3)),
                new Case("random 60, 10%", random(60, 0.1)),
                new Case("8 cities", cities(8)));
    }

    private static ProblemGraph cubic(int size) {
        Random random = new Random(5);
        List<Integer> ends = new ArrayList<>();
        for (int k = 0; k < 3 * size; k++) {
            ends.add(k / 3);
        }
        // Pairings, until one is a simple graph: one in seven is.
        while (true) {
            Collections.shuffle(ends, random);
            Set<Set<Integer>> pairs = new HashSet<>();
            for (int k = 0; k < ends.size(); k += 2) {
                pairs.add(new HashSet<>(ends.subList(k, k + 2)));
            }
            if (pairs.size() == 3 * size / 2 && pairs.stream().allMatch(p -> p.size() == 2)) {
                return ProblemGraph.of(
                        size,
                        pairs.stream()
                                .map(p -> p.stream().mapToInt(Integer::intValue).toArray())
                                .toList());
            }
        }
    }

    private static ProblemGraph grid(int x, int y, int z) {
        List<int[]> pairs = new ArrayList<>();
        int size = x * y * z;
        for (int v = 0; v < size; v++) {
            if (v % x + 1 < x) {
                pairs.add(new int[] {v, v + 1});
            }
            if (v / x % y + 1 < y) {
                pairs.add(new int[] {v, v + x});
            }
            if (v + x * y < size) {
                pairs.add(new int[] {v, v + x * y});
            }
        }
        return ProblemGraph.of(size, pairs);
    }

    private static ProblemGraph random(int size, double density) {
        Random random = new Random(1);
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < density) {
                    pairs.add(new int[] {i, j});
                }
            }
        }
        return ProblemGraph.of(size, pairs);
    }

    /** A round trip, city by position: what users' models with one-hot groups look like. */
    private static ProblemGraph cities(int count) {
        Random random = new Random(1);
        double[][] distance = new double[count][count];
        for (double[] row : distance) {
            Arrays.setAll(row, k -> random.nextInt(1, 100));
        }
        return ProblemGraph.of(new TravellingSalesman(distance).model());
    }

    private static HardwareGraph real(Path file) {
        JsonNode properties = JsonMapper.shared().readTree(file.toFile()).get(0).get("properties");
        int size = properties.get("topology").get("shape").get(0).asInt();
        List<int[]> couplers = new ArrayList<>();
        for (JsonNode pair : properties.get("couplers")) {
            couplers.add(new int[] {pair.get(0).asInt(), pair.get(1).asInt()});
        }
        int[] qubits = new int[properties.get("qubits").size()];
        Arrays.setAll(qubits, k -> properties.get("qubits").get(k).asInt());
        return switch (properties.get("topology").get("type").asString()) {
            case "pegasus" -> HardwareGraph.of(new Pegasus(size), qubits, couplers);
            case "zephyr" -> HardwareGraph.of(new Zephyr(size), qubits, couplers);
            default -> HardwareGraph.of(qubits, couplers);
        };
    }

    /** What came of several seeds. */
    private static final class Runs {
        private int tried;
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> qubits = new ArrayList<>();
        private final List<Double> longest = new ArrayList<>();

        void add(boolean found, double time, double used, double chain) {
            tried++;
            seconds.add(time);
            if (found) {
                qubits.add(used);
                longest.add(chain);
            }
        }

        /** Of an even number the lower one. */
        static double median(List<Double> numbers) {
            List<Double> sorted = numbers.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%3d/%2d %6.0f %6.0f %7.0f %9.3f",
                    qubits.size(),
                    tried,
                    median(qubits),
                    qubits.stream().mapToDouble(q -> q).min().orElse(Double.NaN),
                    median(longest),
                    median(seconds));
        }
    }

    private void compare(Case problem, Target target) throws IOException, InterruptedException {
        String name = problem.name() + " -> " + target.name();
        if (!name.contains(only)) {
            return;
        }
        HardwareGraph hardware = target.graph();
        HardwareGraph told = withoutTopology ? plain(hardware) : hardware;
        warmUp(problem.graph(), told);
        Runs own = new Runs();
        for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
            own(problem.graph(), told, seed, own);
        }
        System.out.printf("%-30s   %s", name, own.text());
        if (peer != null) {
            Runs others = new Runs();
            List<String> texts = List.of(text(problem.graph()), text(hardware));
            for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
                double[] numbers = PeerProcess.onFiles(peer, texts, Integer.toString(seed), "1");
                others.add(numbers[0] > 0, numbers[1], numbers[2], numbers[3]);
            }
            System.out.printf(
                    Locale.ROOT,
                    "   %s %6.1f",
                    others.text(),
                    Runs.median(others.seconds) / Runs.median(own.seconds));
        }
        System.out.println();
    }

    /** For some seconds, or a few times. */
    private void warmUp(ProblemGraph problem, HardwareGraph hardware) {
        long end = System.nanoTime() + 4_000_000_000L;
        for (int k = 0; k < 20 && System.nanoTime() < end; k++) {
            own(problem, hardware, -1 - k, new Runs());
        }
    }

    private void own(ProblemGraph problem, HardwareGraph hardware, long seed, Runs runs) {
        EmbeddingOptions options =
                EmbeddingOptions.defaults().seed(seed).effort(effort).limit(LIMIT);
        long start = SYSTEM.getProcessCpuTime();
        try {
            Embedding found = new MinorEmbedder().embed(problem, hardware, options);
            double seconds = (SYSTEM.getProcessCpuTime() - start) / 1e9;
            runs.add(true, seconds, found.qubitsUsed(), found.longestChain());
        } catch (NoEmbeddingException e) {
            runs.add(false, (SYSTEM.getProcessCpuTime() - start) / 1e9, 0, 0);
        }
    }

    private static HardwareGraph plain(HardwareGraph hardware) {
        List<int[]> couplers = new ArrayList<>();
        hardware.forEachCoupler((a, b) -> couplers.add(new int[] {a, b}));
        return HardwareGraph.of(hardware.qubitNumbers().toArray(), couplers);
    }

    private static String text(ProblemGraph problem) {
        StringBuilder lines = new StringBuilder();
        lines.append(problem.size()).append(' ').append(problem.interactions()).append('\n');
        for (int v = 0; v < problem.size(); v++) {
            for (int k = 0; k < problem.degree(v); k++) {
                if (problem.neighbour(v, k) > v) {
                    lines.append(v).append(' ').append(problem.neighbour(v, k)).append('\n');
                }
            }
        }
        return lines.toString();
    }

    private static String text(HardwareGraph hardware) {
        StringBuilder lines = new StringBuilder();
        lines.append(hardware.indices()).append(' ').append(hardware.couplers()).append('\n');
        hardware.forEachCoupler((a, b) -> lines.append(a).append(' ').append(b).append('\n'));
        return lines.toString();
    }
}
