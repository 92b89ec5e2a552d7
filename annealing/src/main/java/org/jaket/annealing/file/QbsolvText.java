package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@link ModelFormat#QBSOLV}. */
final class QbsolvText {
    private final TextScanner scanner;
    private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    private String description = "";
    private double scale = 1;
    private double offset;

    QbsolvText(TextScanner scanner) {
        this.scanner = scanner;
    }

    ModelDocument read() throws IOException {
        if (!scanner.nextRow('c', this::comment) || !scanner.word("\"p\"").equals("p")) {
            throw scanner.error("the line \"p qubo 0 nodes linear quadratic\" is missing");
        }
        if (!scanner.word("\"qubo\"").equals("qubo")) {
            throw scanner.error("\"p\" should be followed by \"qubo\"");
        }
        // The topology: 0, unconstrained, or a chip's name. It does not change the function.
        scanner.word("the topology");
        int nodes = scanner.integer("the number of nodes", 0, Integer.MAX_VALUE - 1);
        int linear = scanner.integer("the number of linear terms", 0, Integer.MAX_VALUE);
        int quadratic = scanner.integer("the number of products", 0, Integer.MAX_VALUE);
        scanner.endRow();
        Terms terms = new Terms();
        Count onDiagonal = new Count();
        Count beside = new Count();
        while (scanner.nextRow('c', null)) {
            int i = scanner.integer("a node", 0, nodes - 1);
            int j = scanner.integer("a node", 0, nodes - 1);
            double value = scanner.number("a coefficient");
            scanner.endRow();
            terms.add(i, j, value);
            (i == j ? onDiagonal : beside).add(value);
        }
        onDiagonal.check(linear, "linear terms", scanner);
        beside.check(quadratic, "products", scanner);
        return new ModelDocument(
                terms.mentioned(Vartype.BINARY, scale, scale * offset),
                ModelFormat.QBSOLV,
                description,
                metadata,
                Objective.ENERGY);
    }

    /** Some writers count the lines, some those that are not 0. */
    private static final class Count {
        private int lines;
        private int nonzero;

        void add(double value) {
            lines++;
            nonzero += value != 0 ? 1 : 0;
        }

        void check(int announced, String what, TextScanner scanner) {
            if (announced != lines && announced != nonzero) {
                throw scanner.error(
                        "there are %d %s, and the line \"p qubo\" announces %d; the file may be cut off"
                                .formatted(lines, what, announced));
            }
        }
    }

    private void comment(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return;
        }
        String key = text.substring(0, colon).strip();
        String value = text.substring(colon + 1).strip();
        switch (key) {
            case "scale" -> scale = OffsetComment.number(value, "the scale", scanner);
            case "offset" -> offset = OffsetComment.number(value, "the offset", scanner);
            case "description" -> description = String.valueOf(Json.parseOrText(value));
            default -> metadata.put(key, Json.parseOrText(value));
        }
    }

    static void write(ModelDocument document, TextOutput out) {
        BinaryQuadraticModel model = document.model().toBinary();
        int[] label = TextOutput.integers(model);
        int nodes = 0;
        for (int i : label) {
            nodes = Math.max(nodes, i + 1);
        }
        if (!document.description().isEmpty()) {
            out.text("c description : ").text(Json.text(document.description())).text("\n");
        }
        document.metadata()
                .forEach(
                        (key, value) ->
                                out.text("c ")
                                        .text(key.replaceAll("[\\p{Cntrl}:]", "_"))
                                        .text(" : ")
                                        .text(Json.text(value))
                                        .text("\n"));
        if (model.offset() != 0) {
            out.text("c offset : ").number(model.offset()).text("\n");
        }
        out.text("p qubo 0 ").integer(nodes).text(" ").integer(model.size());
        out.text(" ").integer(model.interactions()).text("\n");
        for (int i = 0; i < model.size(); i++) {
            out.integer(label[i]).text(" ").integer(label[i]).text(" ");
            out.number(model.linear(i)).text("\n");
        }
        model.forEachInteraction(
                (i, j, w) -> {
                    out.integer(label[i]).text(" ").integer(label[j]).text(" ");
                    out.number(w).text("\n");
                });
    }
}
