package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@link ModelFormat#BQPJSON}, read as a stream: terms become numbers at once. */
final class BqpJson {
    private final String source;
    private final JsonParser parser;
    private final Terms linear = new Terms();
    private final Terms quadratic = new Terms();
    private int[] ids = new int[16];
    private int count;
    private @Nullable Vartype vartype;
    private double scale = 1;
    private double offset;
    private String description = "";
    private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();

    private BqpJson(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    static ModelDocument read(String source, InputStream in) {
        try (JsonParser parser = Json.MAPPER.createParser(in)) {
            return new BqpJson(source, parser).document();
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String problem = "this is not JSON: " + e.getOriginalMessage();
            throw at == null || at.getLineNr() < 1
                    ? ModelFileException.of(source, problem)
                    : ModelFileException.at(source, at.getLineNr(), at.getColumnNr(), problem);
        }
    }

    private ModelDocument document() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw error("a BQPJSON file is an object {...}");
        }
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (!seen.add(key)) {
                throw error("\"%s\" is there twice".formatted(ModelFileException.shown(key)));
            }
            parser.nextToken();
            property(key);
        }
        if (parser.nextToken() != null) {
            throw error("the file should end after its object");
        }
        for (String needed : new String[] {"variable_ids", "variable_domain"}) {
            if (!seen.contains(needed)) {
                throw ModelFileException.of(source, "\"" + needed + "\" is missing");
            }
        }
        return new ModelDocument(
                model(), ModelFormat.BQPJSON, description, metadata, Objective.ENERGY);
    }

    private void property(String key) {
        switch (key) {
            case "variable_ids" -> ids();
            case "variable_domain" -> vartype = domain();
            case "scale" -> scale = number("scale");
            case "offset" -> offset = number("offset");
            case "description" -> description = string(key);
            case "version" -> {
                String version = string(key);
                if (!version.startsWith("1.")) {
                    throw error(
                            "BQPJSON of version %s is not known, only 1.x"
                                    .formatted(ModelFileException.shown(version)));
                }
            }
            case "linear_terms" -> terms(true);
            case "quadratic_terms" -> terms(false);
            case "metadata" -> metadata();
            case "id" -> {
                Object id = Json.value(parser);
                // A file has to have one, and 0 says nothing.
                if (!Integer.valueOf(0).equals(id)) {
                    metadata.putIfAbsent("id", id);
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void metadata() {
        expect(JsonToken.START_OBJECT, "metadata is an object {...}");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            metadata.put(key, Json.value(parser));
        }
    }

    private void ids() {
        expect(JsonToken.START_ARRAY, "variable_ids is a list of integers");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = id();
        }
        ids = Arrays.copyOf(ids, count);
        int[] sorted = ids.clone();
        Arrays.sort(sorted);
        for (int k = 1; k < count; k++) {
            if (sorted[k] == sorted[k - 1]) {
                throw error("variable_ids has %d twice".formatted(sorted[k]));
            }
        }
    }

    private void terms(boolean isLinear) {
        expect(JsonToken.START_ARRAY, "terms are a list of objects {...}");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.START_OBJECT, "a term is an object {...}");
            int first = -1;
            int second = -1;
            double value = Double.NaN;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "id", "id_tail" -> first = id();
                    case "id_head" -> second = id();
                    case "coeff" -> value = number("coeff");
                    default -> parser.skipChildren();
                }
            }
            if (Double.isNaN(value) || first < 0 || isLinear == (second >= 0)) {
                throw error(
                        "a %s term has %s and a coeff"
                                .formatted(
                                        isLinear ? "linear" : "quadratic",
                                        isLinear ? "an id" : "an id_tail, an id_head"));
            }
            if (first == second) {
                throw error("the variable %d cannot interact with itself".formatted(first));
            }
            (isLinear ? linear : quadratic).add(first, isLinear ? first : second, value);
        }
    }

    private Vartype domain() {
        return switch (string("variable_domain")) {
            case "boolean" -> Vartype.BINARY;
            case "spin" -> Vartype.SPIN;
            default -> throw error("variable_domain is \"boolean\" or \"spin\"");
        };
    }

    private int id() {
        expect(JsonToken.VALUE_NUMBER_INT, "a variable's id is an integer");
        long id =
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? Long.MAX_VALUE
                        : parser.getLongValue();
        if (id < 0 || id >= Integer.MAX_VALUE) {
            throw error(
                    "a variable's id should be at least 0 and below %d, not %s"
                            .formatted(
                                    Integer.MAX_VALUE,
                                    ModelFileException.shown(parser.getString())));
        }
        return (int) id;
    }

    private double number(String what) {
        if (!parser.currentToken().isNumeric()) {
            throw error("\"%s\" is a number".formatted(what));
        }
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw error("\"%s\" is too large".formatted(what));
        }
        return value;
    }

    private String string(String what) {
        expect(JsonToken.VALUE_STRING, "\"%s\" is a string".formatted(what));
        return parser.getString();
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw error(what);
        }
    }

    private ModelFileException error(String problem) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return ModelFileException.at(source, at.getLineNr(), at.getColumnNr(), problem);
    }

    private BinaryQuadraticModel model() {
        boolean plain = true;
        for (int k = 0; k < count; k++) {
            plain &= ids[k] == k;
        }
        Map<Integer, Integer> numbers = HashMap.newHashMap(plain ? 0 : count);
        for (int k = 0; k < count && !plain; k++) {
            numbers.put(ids[k], k);
        }
        Variables variables =
                plain ? Variables.range(count) : Variables.of(Arrays.stream(ids).boxed().toList());
        var builder =
                BinaryQuadraticModel.builder(vartype == null ? Vartype.BINARY : vartype)
                        .addVariables(variables)
                        .addOffset(scale * offset);
        linear.forEach((i, j, v) -> builder.addLinear(number(i, numbers), scale * v));
        quadratic.forEach(
                (i, j, v) ->
                        builder.addQuadratic(number(i, numbers), number(j, numbers), scale * v));
        return builder.build();
    }

    private int number(int id, Map<Integer, Integer> numbers) {
        Integer number = numbers.isEmpty() ? (Integer) (id < count ? id : -1) : numbers.get(id);
        if (number == null || number < 0) {
            throw ModelFileException.of(
                    source, "a term has the variable %d, which variable_ids has not".formatted(id));
        }
        return number;
    }

    // ---- writing --------------------------------------------------------------------------

    static void write(ModelDocument document, TextOutput out) {
        BinaryQuadraticModel model = document.model();
        int[] label = TextOutput.integers(model);
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(document.metadata());
        long id = rest.get("id") instanceof Integer k ? k : 0;
        if (rest.get("id") instanceof Integer) {
            rest.remove("id");
        }
        out.text("{\n\"version\": \"1.0.0\",\n\"id\": ").integer(id);
        out.text(",\n\"description\": ").text(Json.text(document.description()));
        out.text(",\n\"metadata\": ").text(Json.text(rest));
        out.text(",\n\"variable_domain\": \"");
        out.text(model.vartype() == Vartype.SPIN ? "spin" : "boolean");
        out.text("\",\n\"scale\": 1.0,\n\"offset\": ").number(model.offset());
        out.text(",\n\"variable_ids\": [");
        for (int k = 0; k < label.length; k++) {
            out.text(k == 0 ? "" : k % 20 == 0 ? ",\n" : ", ").integer(label[k]);
        }
        out.text("],\n\"linear_terms\": [");
        String between = "\n";
        for (int k = 0; k < label.length; k++) {
            if (model.linear(k) != 0) {
                out.text(between).text("{\"id\": ").integer(label[k]);
                out.text(", \"coeff\": ").number(model.linear(k)).text("}");
                between = ",\n";
            }
        }
        out.text("],\n\"quadratic_terms\": [");
        int[] written = new int[1];
        model.forEachInteraction(
                (i, j, w) -> {
                    out.text(written[0]++ == 0 ? "\n" : ",\n");
                    out.text("{\"id_tail\": ").integer(label[i]);
                    out.text(", \"id_head\": ").integer(label[j]);
                    out.text(", \"coeff\": ").number(w).text("}");
                });
        out.text("]\n}\n");
    }
}
