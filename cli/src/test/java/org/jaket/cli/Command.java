package org.jaket.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** What one command line printed, run in this JVM. */
record Command(int exit, byte[] bytes, String err) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Command run(String... args) {
        return run(new byte[0], args);
    }

    static synchronized Command run(byte[] input, String... args) {
        var raw = new ByteArrayOutputStream();
        var err = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        Streams.replaceStandardOutput(raw);
        try {
            var out = new PrintWriter(raw, false, StandardCharsets.UTF_8);
            int exit =
                    Main.execute(
                            line -> {
                                line.setOut(out);
                                line.setErr(new PrintWriter(err));
                            },
                            args);
            out.flush();
            return new Command(exit, raw.toByteArray(), err.toString());
        } finally {
            Streams.replaceStandardOutput(null);
            System.setIn(before);
        }
    }

    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JSON.readTree(out());
    }

    static JsonNode read(String text) {
        return JSON.readTree(text);
    }
}
