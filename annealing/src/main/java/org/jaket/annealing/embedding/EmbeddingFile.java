package org.jaket.annealing.embedding;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Embeddings as JSON: {@code {"format": "jaket-embedding", "version": 1, "chains": [[3, 5], [4]]}}.
 * Chains stand in the order of the variables.
 */
final class EmbeddingFile {
    /** Larger than any embedding that is of use: a million qubits take some seven bytes each. */
    private static final long MAX_BYTES = 1 << 26;

    private static final String FORMAT = "jaket-embedding";

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(4)
                                    .maxNumberLength(20)
                                    .maxStringLength(1000)
                                    .maxDocumentLength(MAX_BYTES)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private final String file;
    private final JsonParser parser;

    private EmbeddingFile(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static void write(Embedding embedding, Path file) throws IOException {
        StringBuilder text = new StringBuilder(64 + 8 * embedding.qubitsUsed());
        text.append("{\n  \"format\": \"").append(FORMAT).append("\",\n  \"version\": 1,\n");
        text.append("  \"chains\": [");
        for (int v = 0; v < embedding.size(); v++) {
            text.append(v == 0 ? "\n    " : ",\n    ");
            text.append(Arrays.toString(embedding.chain(v)));
        }
        text.append(embedding.size() == 0 ? "]\n}\n" : "\n  ]\n}\n");
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException("%s is no place for a file".formatted(file));
        }
        // Beside the file, so that moving it there is one step: readers find the old file or the
        // new one, never half of one.
        Path unfinished = Files.createTempFile(folder, ".embedding-", ".part");
        try {
            Files.writeString(unfinished, text, StandardCharsets.UTF_8);
            try {
                Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    static Embedding read(Path file) throws IOException {
        String name = file.toString();
        if (Files.size(file) > MAX_BYTES) {
            throw new EmbeddingFormatException(name, "", "has more than " + MAX_BYTES + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return new EmbeddingFile(name, parser).embedding();
        } catch (JacksonException e) {
            throw new EmbeddingFormatException(
                    name,
                    where(e.getLocation()),
                    (e instanceof InputCoercionException ? "" : "is no valid JSON: ")
                            + firstLine(e.getOriginalMessage()));
        }
    }

    private Embedding embedding() {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "should be a JSON object");
        boolean known = false;
        int version = 0;
        List<int[]> chains = new ArrayList<>();
        boolean found = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "format" -> {
                    expect(token, JsonToken.VALUE_STRING, "the format should be a string");
                    known = FORMAT.equals(parser.getString());
                }
                case "version" -> version = number(token, "the version");
                case "chains" -> {
                    chains(token, chains);
                    found = true;
                }
                // Later versions may say more.
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw error("goes on after its JSON object");
        }
        if (!known || !found) {
            throw new EmbeddingFormatException(
                    file,
                    "",
                    known
                            ? "has no \"chains\""
                            : "is no embedding: \"format\" is not \"" + FORMAT + "\"");
        }
        if (version != 1) {
            throw new EmbeddingFormatException(
                    file, "", "has version %d, but only 1 can be read".formatted(version));
        }
        try {
            return Embedding.of(chains);
        } catch (IllegalArgumentException e) {
            throw new EmbeddingFormatException(file, "", String.valueOf(e.getMessage()));
        }
    }

    private void chains(@Nullable JsonToken opening, List<int[]> chains) {
        expect(opening, JsonToken.START_ARRAY, "the chains should be a list");
        int[] chain = new int[16];
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_ARRAY, "a chain should be a list");
            int length = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (length == chain.length) {
                    chain = Arrays.copyOf(chain, 2 * length);
                }
                chain[length++] = number(parser.currentToken(), "a qubit");
            }
            chains.add(Arrays.copyOf(chain, length));
        }
    }

    private int number(@Nullable JsonToken token, String what) {
        expect(token, JsonToken.VALUE_NUMBER_INT, what + " should be a whole number");
        return parser.getIntValue();
    }

    private void expect(@Nullable JsonToken token, JsonToken wanted, String message) {
        if (token != wanted) {
            throw error(token == null ? "ends too early: " + message : message);
        }
    }

    private EmbeddingFormatException error(String message) {
        return new EmbeddingFormatException(file, where(parser.currentTokenLocation()), message);
    }

    private static String where(@Nullable TokenStreamLocation at) {
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
