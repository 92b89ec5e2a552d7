package org.jaket.cli;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Convergence;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedAnnealing;
import org.jaket.annealing.constrained.ConstrainedSampleSet;
import org.jaket.annealing.constrained.PenaltyForm;
import org.jaket.annealing.file.ConstrainedDocument;
import org.jaket.annealing.file.ModelDocument;
import org.jaket.annealing.file.Objective;
import org.jaket.annealing.sampler.Exhaustive;
import org.jaket.annealing.sampler.ParallelTempering;
import org.jaket.annealing.sampler.PathIntegralAnnealing;
import org.jaket.annealing.sampler.PlanarMatching;
import org.jaket.annealing.sampler.Portfolio;
import org.jaket.annealing.sampler.SimulatedAnnealing;
import org.jaket.annealing.sampler.SimulatedBifurcation;
import org.jaket.annealing.sampler.SteepestDescent;
import org.jaket.annealing.sampler.SynchronousAnnealing;
import org.jaket.annealing.sampler.TabuSearch;
import org.jaket.annealing.sampler.TreeDecomposition;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code jaket solve}: states of low energy of an optimisation model. */
@Command(
        name = "solve",
        header = "Minimise a model of binary variables or spins, or one with constraints.",
        description = {
            "The format of the file is told by its content: coordinates (i j value), dimod's binary files, qbsolv,"
                    + " Max-Cut graphs (Gset), MQLib, BQPJSON, Qubist or QUBOTools' .qb. A graph is a Max-Cut problem:"
                    + " its objective is the cut, which is made large.",
            "LP files and dimod's constrained, quadratic and discrete models may have integers, reals and"
                    + " constraints; they are annealed as they are, or as penalties where --solver names a sampler."
                    + " Without a solution the exit code is 1, and what is broken is listed.",
            "Without --time the amount of work is fixed, so the same seed gives the same samples on any number of"
                    + " threads."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  jaket solve examples/models/pentagon.txt",
            "  jaket solve examples/models/bakery.lp --plot energies.svg",
            "  jaket solve G22.txt --time 10 --plot energies.svg",
            "  jaket solve model.bqm --solver annealing --reads 1000 --sweeps 5000 --seed 7"
        })
final class SolveCommand implements Callable<Integer> {
    /** Distinct samples that are printed for people. */
    private static final int SHOWN = 10;

    /** Values of one sample that fit on the screen. */
    private static final int MOST_VALUES = 100;

    /** The samplers. */
    enum Solver {
        auto(new Portfolio()),
        annealing(new SimulatedAnnealing()),
        gibbs(new SimulatedAnnealing().update(SimulatedAnnealing.Update.GIBBS)),
        tempering(new ParallelTempering()),
        bifurcation(new SimulatedBifurcation()),
        ballistic(new SimulatedBifurcation(SimulatedBifurcation.Kind.BALLISTIC)),
        tabu(new TabuSearch()),
        descent(new SteepestDescent()),
        pathintegral(new PathIntegralAnnealing()),
        synchronous(new SynchronousAnnealing()),
        tree(new TreeDecomposition()),
        planar(new PlanarMatching()),
        exact(new Exhaustive());

        private final Sampler sampler;

        Solver(Sampler sampler) {
            this.sampler = sampler;
        }
    }

    @Mixin private ModelInput input = new ModelInput();

    @Option(
            names = "--solver",
            paramLabel = "SOLVER",
            description =
                    "One of ${COMPLETION-CANDIDATES}; auto solves small, tree-like and planar models exactly and"
                            + " lets annealing, tabu search and parallel tempering share the time on others.")
    private Solver solver = Solver.auto;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "Return after this time; default: a fixed amount of work.")
    private @Nullable Double seconds;

    @Option(
            names = "--reads",
            paramLabel = "N",
            description = "How many states to draw; default ${DEFAULT-VALUE}.")
    private int reads = 64;

    @Option(
            names = "--sweeps",
            paramLabel = "N",
            description = "Updates of every variable for each; default: as the solver likes.")
    private long sweeps;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Makes the results repeatable; default a fresh one, printed with --json.")
    private @Nullable Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description =
                    "Draw the energies of the samples (of those that are solutions, where there are constraints),"
                            + " and how the best came about, as SVG.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        SamplingOptions options = options();
        return switch (input.readAny()) {
            case ModelDocument document -> solve(document, options);
            case ConstrainedDocument document -> solve(document, options);
        };
    }

    private int solve(ModelDocument document, SamplingOptions options) throws IOException {
        SampleSet set;
        Convergence convergence;
        try (var progress = new TerminalProgress("solve")) {
            convergence = new Convergence(progress);
            set = solver.sampler.sample(document.model(), options.progress(convergence));
            convergence.found(set.best().energy());
        }
        if (plot != null) {
            Files.writeString(
                    plot, EnergyPlot.of(document.objective(), set, convergence.points()).svg());
        }
        if (json) {
            print(document.objective(), set);
        } else {
            show(document, set);
        }
        return 0;
    }

    /** Constraints are annealed as they are, unless a sampler is named: then they are penalties. */
    private int solve(ConstrainedDocument document, SamplingOptions options) throws IOException {
        boolean penalties = solver != Solver.auto;
        ConstrainedSampleSet set;
        Convergence convergence;
        try (var progress = new TerminalProgress("solve")) {
            convergence = new Convergence(progress);
            SamplingOptions watched = options.progress(convergence);
            set =
                    penalties
                            ? PenaltyForm.of(document.model()).sample(solver.sampler, watched)
                            : new ConstrainedAnnealing().sample(document.model(), watched);
        }
        if (plot != null && set.isFeasible()) {
            convergence.found(set.best().energy());
            Objective objective = document.objective();
            Files.writeString(
                    plot, EnergyPlot.of(objective, set, convergence.points(), penalties).svg());
        } else if (plot != null) {
            spec.commandLine()
                    .getErr()
                    .println("--plot draws solutions, and none was found: there is no " + plot);
        }
        var report = new ConstrainedReport(document, set, options.seed());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return set.isFeasible() ? 0 : Failures.FAILED;
    }

    private SamplingOptions options() {
        if (reads < 1 || threads < 1 || sweeps < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--reads and --threads are at least 1, --sweeps at least 0");
        }
        // Not longer than a century, which nanoseconds in a long can count.
        if (seconds != null && !(seconds >= 0 && seconds < 3e9)) {
            throw new ParameterException(
                    spec.commandLine(), "--time: " + seconds + " is not a number of seconds");
        }
        SamplingOptions options = SamplingOptions.reads(reads).sweeps(sweeps).threads(threads);
        if (seed != null) {
            options = options.seed(seed);
        }
        return seconds == null
                ? options
                : options.limit(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    // ---- for people -----------------------------------------------------------------------

    private void show(ModelDocument document, SampleSet set) {
        PrintWriter out = spec.commandLine().getOut();
        Objective objective = document.objective();
        BinaryQuadraticModel model = document.model();
        out.printf(Locale.ROOT, "%s: %s%n", document.format().title(), model);
        out.printf(
                Locale.ROOT,
                "%s, %.3f s, seed %d%n",
                set.sampler(),
                set.time().toNanos() / 1e9,
                set.seed());
        boolean own = !objective.equals(Objective.ENERGY);
        out.printf(
                "%n%s%16s  %8s%n",
                own ? "%16s".formatted(objective.name()) : "", "energy", "reads");
        for (Sample s : set.samples().subList(0, Math.min(SHOWN, set.size()))) {
            out.printf(
                    Locale.ROOT,
                    "%s%16s  %8d%n",
                    own ? "%16s".formatted(number(objective.of(s.energy()))) : "",
                    number(s.energy()),
                    s.occurrences());
        }
        if (set.size() > SHOWN) {
            out.printf("%d more%n", set.size() - SHOWN);
        }
        out.println();
        if (model.size() <= MOST_VALUES) {
            out.println("best: " + set.best().toMap());
        } else {
            out.println("best: " + model.size() + " values, printed with --json");
        }
        out.flush();
    }

    /** Whole numbers without a point. */
    private static String number(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15
                ? "%d".formatted((long) x)
                : String.format(Locale.ROOT, "%.9g", x);
    }

    // ---- for programs ---------------------------------------------------------------------

    private void print(Objective objective, SampleSet set) {
        Json.print(
                spec.commandLine().getOut(),
                g -> {
                    Sample best = set.best();
                    g.writeNumberProperty("energy", best.energy());
                    g.writeNumberProperty("objective", objective.of(best.energy()));
                    g.writeStringProperty("objective_name", objective.name());
                    // A model without constraints has no other states.
                    g.writeBooleanProperty("feasible", true);
                    g.writeBooleanProperty("exact", set.exact());
                    g.writeName("sample");
                    values(g, best);
                    g.writeArrayPropertyStart("samples");
                    for (Sample s : set) {
                        g.writeStartObject();
                        g.writeNumberProperty("energy", s.energy());
                        g.writeNumberProperty("objective", objective.of(s.energy()));
                        g.writeNumberProperty("occurrences", s.occurrences());
                        g.writeEndObject();
                    }
                    g.writeEndArray();
                    g.writeStringProperty("solver", set.sampler());
                    g.writeNumberProperty("seed", set.seed());
                    g.writeNumberProperty("time", set.time().toNanos() / 1e9);
                });
    }

    private static void values(JsonGenerator g, Sample sample) {
        g.writeStartObject();
        sample.toMap().forEach((label, value) -> g.writeNumberProperty(label.toString(), value));
        g.writeEndObject();
    }
}
