package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link ModelFormat#COO}. */
final class CoordinateText {
    private static final Pattern VARTYPE =
            Pattern.compile("vartype\\s*[:=]\\s*([-_.a-zA-Z0-9]+)", Pattern.CASE_INSENSITIVE);

    private final TextScanner scanner;
    private final OffsetComment offset;
    private Vartype vartype = Vartype.BINARY;
    private boolean known;

    CoordinateText(TextScanner scanner) {
        this.scanner = scanner;
        this.offset = new OffsetComment(scanner);
    }

    ModelDocument read() throws IOException {
        Terms terms = new Terms();
        while (scanner.nextRow('#', this::comment)) {
            int i = scanner.integer("a variable", 0, Integer.MAX_VALUE - 1);
            int j = scanner.integer("a variable", 0, Integer.MAX_VALUE - 1);
            terms.add(i, j, scanner.number("a coefficient"));
            scanner.endRow();
        }
        return new ModelDocument(
                terms.mentioned(vartype, 1, offset.value()),
                ModelFormat.COO,
                "",
                Map.of(),
                Objective.ENERGY);
    }

    private void comment(String text) {
        offset.accept(text);
        Matcher m = VARTYPE.matcher(text);
        if (!m.find()) {
            return;
        }
        Vartype told =
                switch (m.group(1).toUpperCase(Locale.ROOT)) {
                    case "BINARY" -> Vartype.BINARY;
                    case "SPIN" -> Vartype.SPIN;
                    default ->
                            throw scanner.error(
                                    "the vartype should be BINARY or SPIN, not "
                                            + ModelFileException.shown(m.group(1)));
                };
        if (known && told != vartype) {
            throw scanner.error("the vartype was " + vartype + " before");
        }
        known = true;
        vartype = told;
    }

    static void write(ModelDocument document, TextOutput out) {
        BinaryQuadraticModel model = document.model();
        int[] label = TextOutput.integers(model);
        out.text("# vartype=").text(model.vartype().name()).text("\n");
        OffsetComment.write(model.offset(), "# ", out);
        for (int i = 0; i < model.size(); i++) {
            // A variable that nothing depends on exists all the same.
            if (model.linear(i) != 0 || model.degree(i) == 0) {
                out.integer(label[i]).text(" ").integer(label[i]).text(" ");
                out.plain(model.linear(i)).text("\n");
            }
        }
        model.forEachInteraction(
                (i, j, w) -> {
                    out.integer(label[i]).text(" ").integer(label[j]).text(" ");
                    out.plain(w).text("\n");
                });
    }
}
