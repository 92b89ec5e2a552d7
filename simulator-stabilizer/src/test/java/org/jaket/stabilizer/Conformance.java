package org.jaket.stabilizer;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cases recorded from Stim's command line, if they lie beside the checkout. */
final class Conformance {
    /** One call and what it gave; texts are Latin-1 images of bytes. */
    record Case(String name, List<String> args, String stdin, int exit, String stdout) {
        /** The value of a flag. */
        String flag(String name, String otherwise) {
            int at = args.indexOf(name);
            return at < 0 ? otherwise : args.get(at + 1);
        }
    }

    private Conformance() {}

    static List<Case> stimCommandLine() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        Path file = null;
        for (Path p = root; p != null && file == null; p = p.getParent()) {
            Path candidate = p.resolve("shared/conformance/stim/cli.jsonl");
            file = Files.exists(candidate) ? candidate : null;
        }
        Assumptions.assumeTrue(
                file != null, "the recorded Stim cases are not beside this checkout");
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            cases.add(new Reader(line).read());
        }
        return cases;
    }

    /** Just enough JSON for these lines. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Case read() {
            String name = "";
            List<String> args = new ArrayList<>();
            String stdin = "";
            String stdout = "";
            int exit = 0;
            expect('{');
            do {
                String key = string();
                expect(':');
                skipBlanks();
                switch (key) {
                    case "name" -> name = string();
                    case "stdin" -> stdin = string();
                    case "stdout" -> stdout = string();
                    case "exit" -> exit = number();
                    case "args" -> {
                        expect('[');
                        do {
                            args.add(string());
                        } while (next() == ',');
                    }
                    case "files" -> {
                        expect('{');
                        do {
                            string();
                            expect(':');
                            string();
                        } while (next() == ',');
                    }
                    default -> throw new IllegalStateException(key);
                }
            } while (next() == ',');
            return new Case(name, args, stdin, exit, stdout);
        }

        private void skipBlanks() {
            while (text.charAt(at) == ' ') {
                at++;
            }
        }

        private char next() {
            skipBlanks();
            return text.charAt(at++);
        }

        private void expect(char c) {
            if (next() != c) {
                throw new IllegalStateException("expected " + c + " at " + at);
            }
        }

        private int number() {
            int start = at;
            while (Character.isDigit(text.charAt(at))) {
                at++;
            }
            return Integer.parseInt(text.substring(start, at));
        }

        private String string() {
            expect('"');
            StringBuilder out = new StringBuilder();
            while (text.charAt(at) != '"') {
                char c = text.charAt(at++);
                if (c != '\\') {
                    out.append(c);
                    continue;
                }
                char escaped = text.charAt(at++);
                switch (escaped) {
                    case 'n' -> out.append('\n');
                    case 'r' -> out.append('\r');
                    case 't' -> out.append('\t');
                    case 'b' -> out.append('\b');
                    case 'f' -> out.append('\f');
                    case 'u' -> {
                        out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                        at += 4;
                    }
                    default -> out.append(escaped);
                }
            }
            at++;
            return out.toString();
        }
    }
}
