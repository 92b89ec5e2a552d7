package org.jaket.annealing.file;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sections of an LP file, by the words that begin them at the beginning of a line. */
enum LpSection {
    MINIMIZE("minimize", "minimise", "minimum", "min"),
    MAXIMIZE("maximize", "maximise", "maximum", "max"),
    CONSTRAINTS("subject", "such", "st", "st.", "s.t.", "s.t"),
    BOUNDS("bounds", "bound"),
    BINARY("binary", "binaries", "bin"),
    GENERAL("general", "generals", "gen", "integer", "integers", "int"),
    /** Constraints that a solver looks at late; they hold all the same. */
    LAZY("lazy"),
    /** Constraints that follow from the others. */
    CUTS("user"),
    END("end"),
    /** What CPLEX and Gurobi have beyond it. */
    OTHER("semi", "semis", "sec", "sos", "sos1", "sos2", "pwlobj", "multi");

    private static final Map<String, LpSection> BY_WORD = new HashMap<>();

    static {
        for (LpSection section : values()) {
            section.words.forEach(word -> BY_WORD.put(word, section));
        }
    }

    private final List<String> words;

    LpSection(String... words) {
        this.words = List.of(words);
    }

    /** The section that a word begins, in letters of any case. */
    static @Nullable LpSection of(String word) {
        return BY_WORD.get(word.toLowerCase(Locale.ROOT));
    }

    /** What has to follow the word, or nothing. */
    static String second(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "subject" -> "to";
            case "such" -> "that";
            case "lazy" -> "constraints";
            case "user" -> "cuts";
            default -> "";
        };
    }

    /** Whether a text begins as an LP file does. */
    static boolean startsText(String text) {
        LpSection section = of(text.substring(0, Math.min(80, text.length())).split("\\s", 2)[0]);
        return section == MINIMIZE || section == MAXIMIZE || section == CONSTRAINTS;
    }
}
