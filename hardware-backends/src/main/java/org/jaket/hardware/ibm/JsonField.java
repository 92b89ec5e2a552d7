package org.jaket.hardware.ibm;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A value in a JSON file that knows where it stands, for messages. */
final class JsonField {
    /** The largest file that is read: devices of a thousand qubits take a few million bytes. */
    static final int MAX_BYTES = 1 << 26;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 100;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER)
                                    .maxDocumentLength(MAX_BYTES)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    /** A number as it is written. */
    private record Numeral(boolean isWhole, String text) {}

    private final String file;
    private final String path;

    /** A map, a list, a string, a numeral, or a token that is none of these. */
    private final Object value;

    private JsonField(String file, String path, Object value) {
        this.file = file;
        this.path = path;
        this.value = value;
    }

    /** Reads a whole file. */
    static JsonField parse(String file, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new DeviceFormatException(file, "", "has more than " + MAX_BYTES + " bytes");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DeviceFormatException(file, "", "is no JSON object");
            }
            Object root = read(parser);
            if (parser.nextToken() != null) {
                throw new DeviceFormatException(file, "", "goes on after its JSON object");
            }
            return new JsonField(file, "", root);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where =
                    at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new DeviceFormatException(
                    file, where, "is no valid JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    /** The value whose first token is the current one. */
    private static Object read(JsonParser parser) {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new HashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                return members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                return elements;
            }
            case VALUE_STRING -> {
                return parser.getString();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return new Numeral(token == JsonToken.VALUE_NUMBER_INT, parser.getString());
            }
            default -> {
                return token;
            }
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
        if (!(value instanceof Map<?, ?> members)) {
            throw error("should be an object");
        }
        Object member = members.get(name);
        if (member == null || member == JsonToken.VALUE_NULL) {
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
        if (!(value instanceof List<?> list)) {
            throw error("should be an array");
        }
        List<JsonField> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            elements.add(new JsonField(file, path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    String text() {
        if (!(value instanceof String text)) {
            throw error("should be a text");
        }
        return text;
    }

    /** A whole number in a range. */
    int integer(int least, int most) {
        if (!(value instanceof Numeral n) || !n.isWhole || n.text.length() > 10) {
            throw error("should be a whole number from " + least + " to " + most);
        }
        long number = Long.parseLong(n.text);
        if (number < least || number > most) {
            throw error("is " + number + ", not from " + least + " to " + most);
        }
        return (int) number;
    }

    /** A finite number. */
    double number() {
        if (!(value instanceof Numeral n)) {
            throw error("should be a number");
        }
        double number = Double.parseDouble(n.text);
        if (!Double.isFinite(number)) {
            throw error("is too large a number");
        }
        return number;
    }

    /** A field beside this one, for messages. */
    JsonField named(String name) {
        return new JsonField(file, path + " (" + name + ")", value);
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
