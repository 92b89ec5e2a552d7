package org.jaket.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The {@code jaket} command. */
@Command(
        name = "jaket",
        header =
                "Quantum circuits: run, draw, convert, sample, detect, diagram. Optimisation: solve, embed.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  jaket run examples/circuits/teleport.qasm",
            "  jaket gen --code surface_code --task rotated_memory_x --distance 5 --rounds 5 \\",
            "      --after_clifford_depolarization 0.001 | jaket detect --shots 10 --out_format dets",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong command line (1 in Stim's commands)."
        })
public final class Main implements Runnable {
    /**
     * Subcommands by name. Only the one that is asked for is built: picocli reads annotations
     * slowly.
     */
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    /** Held here, because a logger that nobody holds forgets its level. */
    private static final Logger ENGINES = Logger.getLogger("org.jaket");

    @Spec private CommandSpec spec;

    private Main() {}

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", RunCommand::new);
        commands.put("draw", DrawCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("convert", ConvertCommand::new);
        commands.put("solve", SolveCommand::new);
        commands.put("embed", EmbedCommand::new);
        commands.put("gen", GenCommand::new);
        commands.put("sample", SampleCommand::new);
        commands.put("detect", DetectCommand::new);
        commands.put("sample_dem", SampleDemCommand::new);
        commands.put("analyze_errors", AnalyzeErrorsCommand::new);
        commands.put("explain_errors", ExplainErrorsCommand::new);
        commands.put("m2d", MeasurementsToDetectionsCommand::new);
        commands.put("diagram", DiagramCommand::new);
        commands.put("repl", ReplCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    /**
     * Runs the command and ends the JVM with its exit code: 0 for success, 2 for a wrong command
     * line, 1 for a failure.
     *
     * @param args the command line, without the program's name
     */
    public static void main(String[] args) {
        System.exit(Interruption.during(() -> execute(args)));
    }

    /** Runs the command in this JVM and returns its exit code. */
    static int execute(String... given) {
        return execute(line -> {}, given);
    }

    /** Runs the command with streams of another kind, say, and returns its exit code. */
    static int execute(Consumer<CommandLine> setUp, String... given) {
        String[] args = Spellings.current(given);
        // Which kernels run is of interest to people who embed the engines, not to those who read
        // results.
        ENGINES.setLevel(Level.WARNING);
        CommandLine line = commandLine(args);
        setUp.accept(line);
        String conflict = Spellings.conflict(given);
        if (conflict != null) {
            line.getErr().println(conflict);
            line.getErr().flush();
            return Failures.FAILED;
        }
        CommandLine command = args.length == 0 ? null : line.getSubcommands().get(args[0]);
        if (args.length > 1 && command == null && args[1].equals("--help")) {
            // Without a command of that name, help would be taken for that of all commands.
            args = new String[] {args[0]};
        } else if (command != null && !isOurOwn(command.getCommandSpec())) {
            args = Spellings.firstOnes(command.getCommandSpec(), args);
        }
        String[] all = args;
        try {
            return ReadTexts.during(() -> line.execute(all));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Commands hand their failures to the handlers of the command line.
            throw new AssertionError(e);
        }
    }

    /** Whether a command is none of Stim's, whose wrong command lines have an exit code of 1. */
    private static boolean isOurOwn(CommandSpec command) {
        return command.exitCodeOnInvalidInput() != Failures.FAILED;
    }

    /**
     * The command line with the subcommand that the arguments name, or with all when they name
     * none.
     */
    static CommandLine commandLine(String... args) {
        var line = new CommandLine(new Main());
        Supplier<Object> named = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (named != null) {
            line.addSubcommand(args[0], named.get());
        } else if (!isVersion(args)) {
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
        }
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(new Failures());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static boolean isVersion(String... args) {
        return args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command.");
    }
}
