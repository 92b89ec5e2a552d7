package org.jaket.hardware.ibm;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value in a JSON file that knows where it stands, for messages. */
final class JsonField {
    /** The largest file that is read: devices of a thousand qubits take a few million bytes. */
    static final int MAX_BYTES = 1 << 26;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 100;

    private static final JsonMapper MAPPER =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(MAX_DEPTH)
                                            .maxNumberLength(MAX_NUMBER)
                                            .maxDocumentLength(MAX_BYTES)
                                            .build())
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build());

    private final String file;
    private final String path;
    private final JsonNode node;

    private JsonField(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /** Reads a whole file. */
    static JsonField parse(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new DeviceFormatException(
                    file, "", "has " + bytes.length + " bytes, up to " + MAX_BYTES + " are read");
        }
        try {
            JsonNode node = MAPPER.readTree(bytes);
            if (node == null || !node.isObject()) {
                throw new DeviceFormatException(file, "", "is no JSON object");
            }
            return new JsonField(file, "", node);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where =
                    at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new DeviceFormatException(
                    file, where, "is no valid JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    DeviceFormatException error(String message) {
        return new DeviceFormatException(file, path, message);
    }

    /** A member of this object, or null where it is missing or null. */
    @Nullable JsonField find(String name) {
        if (!node.isObject()) {
            throw error("should be an object");
        }
        JsonNode member = node.get(name);
        if (member == null || member.isNull()) {
            return null;
        }
        return new JsonField(file, path.isEmpty() ? name : path + "." + name, member);
    }

    /** A member of this object that has to be there. */
    JsonField get(String name) {
        JsonField found = find(name);
        if (found == null) {
            throw new DeviceFormatException(
                    file, path.isEmpty() ? name : path + "." + name, "is missing");
        }
        return found;
    }

    /** The members of this array. */
    List<JsonField> elements() {
        if (!node.isArray()) {
            throw error("should be an array");
        }
        List<JsonField> elements = new ArrayList<>(node.size());
        for (int k = 0; k < node.size(); k++) {
            elements.add(new JsonField(file, path + "[" + k + "]", node.get(k)));
        }
        return elements;
    }

    String text() {
        if (!node.isString()) {
            throw error("should be a text");
        }
        return node.stringValue();
    }

    /** A whole number in a range. */
    int integer(int least, int most) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw error("should be a whole number from " + least + " to " + most);
        }
        int value = node.intValue();
        if (value < least || value > most) {
            throw error("is " + value + ", not from " + least + " to " + most);
        }
        return value;
    }

    /** A finite number. */
    double number() {
        if (!node.isNumber()) {
            throw error("should be a number");
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw error("is too large a number");
        }
        return value;
    }

    /** A field beside this one, for messages. */
    JsonField named(String name) {
        return new JsonField(file, path + " (" + name + ")", node);
    }

    /** The {@code value} of this parameter, an object with {@code name, unit, value}, in units. */
    double value(Map<String, Double> units) {
        JsonField unit = find("unit");
        String name = unit == null ? "" : unit.text();
        Double factor = units.get(name);
        if (factor == null) {
            throw (unit == null ? this : unit)
                    .error("the unit '" + name + "' is none of " + units.keySet());
        }
        return get("value").number() * factor;
    }
}
