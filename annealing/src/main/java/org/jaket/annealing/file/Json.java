package org.jaket.annealing.file;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of JSON as Java's own, and back. Jackson refuses more than 500 levels. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Labels may be lists in lists so deep. */
    private static final int MAX_LABEL_DEPTH = 64;

    private Json() {}

    static String text(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The value of a JSON text, or the text itself if it is none. */
    static @Nullable Object parseOrText(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JacksonException e) {
            return text;
        }
    }

    /** The value that begins at a parser's token. */
    static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                yield map;
            }
            default -> null;
        };
    }

    /**
     * A label of a variable.
     *
     * @throws IllegalArgumentException if it is not an integer, number, string or list
     */
    static Object label(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        } else if (node.isIntegralNumber()) {
            if (node.canConvertToInt()) {
                return node.intValue();
            }
            return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
        } else if (node.isNumber() && Double.isFinite(node.doubleValue())) {
            return node.doubleValue();
        } else if (node.isArray()) {
            List<Object> list = new ArrayList<>(node.size());
            for (JsonNode part : node) {
                list.add(label(part));
            }
            return List.copyOf(list);
        }
        throw new IllegalArgumentException(
                "a label should be an integer, a number, a string or a list of these, not "
                        + ModelFileException.shown(node.toString()));
    }

    /**
     * The JSON of labels.
     *
     * @throws IllegalArgumentException if one is not an integer, number, string or list
     */
    static String labels(List<?> labels) {
        labels.forEach(label -> check(label, label, 0));
        return MAPPER.writer()
                .with(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
                .writeValueAsString(new ArrayList<>(labels));
    }

    private static void check(Object part, Object whole, int depth) {
        boolean good =
                switch (part) {
                    case String s -> true;
                    case Integer i -> true;
                    case Long l -> true;
                    case BigInteger b -> true;
                    case Double d -> Double.isFinite(d);
                    case List<?> list -> {
                        list.forEach(p -> check(p, whole, depth + 1));
                        yield depth < MAX_LABEL_DEPTH;
                    }
                    default -> false;
                };
        if (!good) {
            throw new IllegalArgumentException(
                    "the label %s cannot be written: labels of this format are integers, numbers, strings and lists of these; give the model others by withVariables"
                            .formatted(whole));
        }
    }
}
