package org.jaket.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Other ways to write a command line: Stim's old ones, in which the command is an option ({@code
 * --sample=100 --in file}), and {@code help COMMAND}.
 */
final class Spellings {
    /** Commands by the option that once named them. */
    private static final Map<String, String> COMMANDS =
            Map.of(
                    "--sample", "sample",
                    "--detect", "detect",
                    "--gen", "gen",
                    "--m2d", "m2d",
                    "--analyze_errors", "analyze_errors",
                    "--detector_hypergraph", "analyze_errors",
                    "--repl", "repl");

    /** What the value of such an option is called now. */
    private static final Map<String, String> VALUES =
            Map.of("--sample", "--shots", "--detect", "--shots", "--gen", "--code");

    private Spellings() {}

    /** The commands that a command line names, in either way, in the order of their coming. */
    private static List<String> commands(String... args) {
        return Stream.concat(
                        Arrays.stream(args).limit(1).filter(a -> !a.startsWith("-")),
                        Arrays.stream(args)
                                .takeWhile(a -> !a.equals("--"))
                                .map(a -> COMMANDS.get(name(a)))
                                .filter(c -> c != null))
                .distinct()
                .toList();
    }

    /** What is wrong with a command line that names several commands, or null. */
    static @Nullable String conflict(String... args) {
        List<String> commands = commands(args);
        return commands.size() > 1
                ? "More than one command: " + String.join(", ", commands) + "."
                : null;
    }

    /**
     * A command line in which each option comes once: as in Stim, the first one counts, so later
     * ones are taken out with their values.
     *
     * @param spec the command, whose name is the first argument
     */
    static String[] firstOnes(CommandSpec spec, String... args) {
        List<String> result = new ArrayList<>();
        Set<OptionSpec> seen = new HashSet<>();
        boolean skipsValue = false;
        for (int k = 0; k < args.length; k++) {
            if (args[k].equals("--")) {
                result.addAll(Arrays.asList(args).subList(k, args.length));
                break;
            }
            OptionSpec option = k == 0 ? null : spec.findOption(name(args[k]));
            boolean isValue = !args[k].startsWith("-");
            if (option != null && !option.isMultiValue() && !seen.add(option)) {
                skipsValue = option.arity().max() > 0 && args[k].indexOf('=') < 0;
            } else if (!(skipsValue && isValue)) {
                result.add(args[k]);
                skipsValue = false;
            } else {
                skipsValue = false;
            }
        }
        return result.toArray(String[]::new);
    }

    /** The command line as it is written now; one that needs no change is returned as it is. */
    static String[] current(String... args) {
        if (args.length == 0) {
            return args;
        }
        if (args[0].equals("help") || args[0].equals("--help") && args.length == 2) {
            return args.length == 1 ? new String[] {"--help"} : new String[] {args[1], "--help"};
        }
        List<String> commands = commands(args);
        if (commands.size() != 1) {
            return args;
        }
        return rewritten(commands.getFirst(), args);
    }

    private static String[] rewritten(String command, String... args) {
        boolean hasShots = Arrays.stream(args).anyMatch(a -> name(a).equals("--shots"));
        List<String> result = new ArrayList<>();
        result.add(command);
        for (int k = args[0].startsWith("-") ? 0 : 1; k < args.length; k++) {
            String arg = args[k];
            String name = name(arg);
            if (!command.equals(COMMANDS.get(name))) {
                result.add(arg);
                continue;
            }
            String value = "";
            if (arg.length() > name.length()) {
                value = arg.substring(name.length() + 1);
            } else if (VALUES.containsKey(name)
                    && k + 1 < args.length
                    && !args[k + 1].startsWith("-")) {
                value = args[++k];
            }
            String option = VALUES.get(name);
            if (option != null && !value.isEmpty() && !(hasShots && option.equals("--shots"))) {
                result.add(option + "=" + value);
            }
        }
        return result.toArray(String[]::new);
    }

    /** An argument without its {@code =value}. */
    private static String name(String arg) {
        int equals = arg.indexOf('=');
        return equals < 0 ? arg : arg.substring(0, equals);
    }
}
