package org.jaket.annealing.file;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How all of dimod's binary files begin: magic, two bytes of version, the length of a JSON object,
 * and the object.
 *
 * @param in stands after it
 * @param major the version's first number
 * @param at where the length stands
 */
record DimodHeader(LittleEndianInput in, int major, long at, JsonNode json) {
    /** Headers and labels may have so many bytes; they are allocated as they come. */
    static final int MAX_JSON = 1 << 28;

    /**
     * Reads a header.
     *
     * @param what what the file should be
     * @param most the highest major version that is known; the lowest is 1
     */
    static DimodHeader read(LittleEndianInput in, byte[] magic, String what, int most)
            throws IOException {
        return read(in, magic, what, 1, most);
    }

    /** The same where versions begin later. */
    static DimodHeader read(LittleEndianInput in, byte[] magic, String what, int least, int most)
            throws IOException {
        in.magic(magic, what);
        long version = in.position();
        int major = (int) in.integer(NumberType.UINT8, "the version");
        int minor = (int) in.integer(NumberType.UINT8, "the version");
        if (major < least || major > most || major == 2 && minor > 0) {
            throw in.errorAt(
                    version,
                    "version %d.%d of %s is not known, only %s"
                            .formatted(
                                    major,
                                    minor,
                                    new String(magic, StandardCharsets.US_ASCII),
                                    least == most ? least : least + " and " + most));
        }
        long at = in.position();
        return new DimodHeader(in, major, at, json(in, "the header"));
    }

    /** The length of a JSON text and the text. */
    static JsonNode json(LittleEndianInput in, String what) throws IOException {
        long at = in.position();
        long length = in.integer(NumberType.UINT32, "the length of " + what);
        if (length > MAX_JSON) {
            throw in.errorAt(
                    at,
                    "%s should have at most %d bytes, not %d".formatted(what, MAX_JSON, length));
        }
        byte[] text = in.bytes((int) length, what);
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw in.errorAt(at + 4, what + " should be JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * The labels of variables.
     *
     * @param node a list, or null
     * @param count how many there should be
     * @throws IllegalArgumentException if there are others, or two are equal
     */
    static List<Object> labels(JsonNode node, int count) {
        if (!node.isArray() || node.size() != count) {
            throw new IllegalArgumentException(
                    "there should be a list of %d labels".formatted(count));
        }
        List<Object> labels = new ArrayList<>(count);
        Set<Object> different = HashSet.newHashSet(count);
        for (JsonNode label : node) {
            labels.add(Json.label(label));
            if (!different.add(labels.getLast())) {
                throw new IllegalArgumentException(
                        "two variables are called "
                                + ModelFileException.shown(labels.getLast().toString()));
            }
        }
        return labels;
    }

    /** Both numbers of the shape. */
    int[] shape() {
        JsonNode shape = json.path("shape");
        int[] counts = new int[2];
        boolean good = shape.isArray() && shape.size() == 2;
        for (int k = 0; k < 2 && good; k++) {
            good = isCount(shape.path(k));
            counts[k] = good ? shape.path(k).intValue() : 0;
        }
        if (!good) {
            throw error("\"shape\" should be two integers from 0 to " + Integer.MAX_VALUE);
        }
        return counts;
    }

    /** An integer from 0. */
    int count(String key) {
        JsonNode count = json.path(key);
        if (!isCount(count)) {
            throw error(
                    "\"%s\" should be an integer from 0 to %d".formatted(key, Integer.MAX_VALUE));
        }
        return count.intValue();
    }

    private static boolean isCount(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0;
    }

    /** How numbers are stored. */
    NumberType type(String key) {
        JsonNode word = json.path(key);
        NumberType type = word.isString() ? NumberType.BY_NAME.get(word.stringValue()) : null;
        if (type == null) {
            throw error(
                    "\"%s\" cannot be %s"
                            .formatted(key, ModelFileException.shown(word.toString())));
        }
        return type;
    }

    /** How integers are stored. */
    NumberType integerType(String key) {
        NumberType type = type(key);
        if (type.isReal()) {
            throw error("\"%s\" cannot be %s".formatted(key, json.path(key)));
        }
        return type;
    }

    /** Whether labels follow. */
    boolean isLabelled() {
        return json.path("variables").asBoolean(false);
    }

    /** An error of the header's contents. */
    ModelFileException error(String problem) {
        return in.errorAt(at, "the header's " + problem);
    }
}
