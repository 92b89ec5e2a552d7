package org.jaket.circuit.qasm;

import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Finds included files: the two standard libraries are built in, others lie beside the including
 * file.
 */
final class Includes {
    static final int MAX_DEPTH = 32;
    static final int MAX_FILES = 1000;
    static final long MAX_TOTAL = 1L << 28;
    static final Set<String> BUILT_IN = Set.of("qelib1.inc", "stdgates.inc");

    /** Null when the text did not come from a file. */
    private final @Nullable Path folder;

    private final Deque<Path> open = new ArrayDeque<>();
    private long total;
    private int files;

    Includes(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The program in an included file; null for the built-in libraries. */
    @Nullable Program read(Source from, int at, String name, int version) {
        if (BUILT_IN.contains(name)) {
            return null;
        }
        if (folder == null) {
            throw from.error(
                    at,
                    "cannot include "
                            + Text.shortened(name)
                            + ": this text did not come from a file",
                    "Built in are qelib1.inc and stdgates.inc.");
        }
        try {
            Path base = open.isEmpty() ? folder : open.peek().toAbsolutePath().getParent();
            Path file = (base == null ? folder : base).resolve(name).normalize();
            if (!Files.isRegularFile(file)) {
                throw from.error(
                        at, "there is no file " + file, ParseException.hint(name, BUILT_IN));
            }
            if (open.contains(file) || open.size() >= MAX_DEPTH) {
                throw from.error(
                        at,
                        open.contains(file)
                                ? "this file includes itself"
                                : "includes are nested deeper than " + MAX_DEPTH);
            }
            total += Files.size(file);
            if (++files > MAX_FILES || total > MAX_TOTAL) {
                throw from.error(
                        at,
                        "more than "
                                + MAX_FILES
                                + " files, or "
                                + MAX_TOTAL
                                + " bytes, are included");
            }
            open.push(file);
            Program program =
                    Parser.parse(
                            new Source(
                                    file.toString(),
                                    Files.readString(file, StandardCharsets.UTF_8)),
                            this,
                            version);
            open.pop();
            return program;
        } catch (IOException | InvalidPathException e) {
            throw from.error(at, "cannot read " + Text.shortened(name) + ": " + e.getMessage());
        }
    }
}
