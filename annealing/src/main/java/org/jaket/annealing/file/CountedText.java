package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;

/**
 * The formats that begin with two counts and go on with rows {@code i j v}: {@link
 * ModelFormat#MAX_CUT}, {@link ModelFormat#MQLIB_QUBO} and {@link ModelFormat#QUBIST}.
 */
final class CountedText {
    private final String source;
    private final TextScanner scanner;
    private final Terms terms = new Terms();
    private int count;

    CountedText(String source, TextScanner scanner) {
        this.source = source;
        this.scanner = scanner;
    }

    /**
     * Reads a file.
     *
     * @param forced which format it is, or null to tell by the integers: 0 occurs in Qubist only,
     *     the count itself does not, and only the others may have linear terms; Max-Cut in doubt
     */
    ModelDocument read(@Nullable ModelFormat forced) throws IOException {
        OffsetComment offset = new OffsetComment(scanner);
        if (!scanner.nextRow('#', offset)) {
            throw scanner.error("the counts of variables and lines are missing");
        }
        count = scanner.integer("the number of variables", 0, Integer.MAX_VALUE - 8);
        int rows = scanner.integer("the number of lines", 0, Integer.MAX_VALUE);
        scanner.endRow();
        while (scanner.nextRow('#', offset)) {
            if (terms.size() == rows) {
                throw scanner.error(
                        "there are more lines than the %d that the first line announces"
                                .formatted(rows));
            }
            row(forced);
        }
        if (terms.size() < rows) {
            throw scanner.error(
                    "the file ends after %d lines, and its first line announces %d; it may be cut off"
                            .formatted(terms.size(), rows));
        }
        return document(forced == null ? format() : forced, offset.value());
    }

    private void row(@Nullable ModelFormat forced) throws IOException {
        int least = forced == null || forced == ModelFormat.QUBIST ? 0 : 1;
        int most = forced == ModelFormat.QUBIST ? count - 1 : count;
        int i = scanner.integer("a variable", least, most);
        int j = scanner.integer("a variable", least, most);
        if (Math.min(Math.min(i, j), terms.least()) == 0
                && Math.max(Math.max(i, j), terms.most()) == count) {
            throw scanner.error(
                    "of %d variables the numbers 0 and %d cannot both be one"
                            .formatted(count, count));
        }
        if (i == j && forced == ModelFormat.MAX_CUT) {
            throw scanner.error(
                    "node %d is its own neighbour; read it as a QUBO if that is meant"
                            .formatted(i));
        }
        terms.add(i, j, scanner.number("a weight"));
        scanner.endRow();
    }

    private ModelFormat format() {
        if (terms.size() == 0) {
            return count == 0 ? ModelFormat.QUBIST : ModelFormat.MAX_CUT;
        } else if (terms.least() == 0 || terms.hasDiagonal() && terms.most() < count) {
            return ModelFormat.QUBIST;
        }
        return terms.hasDiagonal() ? ModelFormat.MQLIB_QUBO : ModelFormat.MAX_CUT;
    }

    private ModelDocument document(ModelFormat format, double offset) {
        double half = terms.sum() / 2;
        try {
            return switch (format) {
                case MAX_CUT ->
                        // An edge is cut where s s' = -1.
                        document(
                                format,
                                terms.numbered(1, count, Vartype.SPIN, 1, 1, offset),
                                new Objective("cut", -0.5, half + offset / 2));
                case MQLIB_QUBO ->
                        document(
                                format,
                                terms.numbered(1, count, Vartype.BINARY, -1, -2, offset),
                                new Objective("value", -1, offset));
                default ->
                        document(
                                format, terms.mentioned(Vartype.SPIN, 1, offset), Objective.ENERGY);
            };
        } catch (ModelFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw ModelFileException.of(source, String.valueOf(e.getMessage()));
        }
    }

    private static ModelDocument document(
            ModelFormat format, BinaryQuadraticModel model, Objective objective) {
        return new ModelDocument(model, format, "", Map.of(), objective);
    }

    // ---- writing --------------------------------------------------------------------------

    static void write(ModelDocument document, TextOutput out) {
        switch (document.format()) {
            case MAX_CUT -> maxCut(document.model().toSpin(), out);
            case MQLIB_QUBO -> mqlib(document.model().toBinary(), out);
            default -> qubist(document.model().toSpin(), out);
        }
    }

    private static void maxCut(BinaryQuadraticModel model, TextOutput out) {
        for (int i = 0; i < model.size(); i++) {
            if (model.linear(i) != 0) {
                throw new IllegalArgumentException(
                        "a graph has no place for the linear coefficient %s of spin %s; add a spin that all of these multiply, or write %s"
                                .formatted(
                                        model.linear(i),
                                        model.variables().get(i),
                                        ModelFormat.QUBIST));
            }
        }
        OffsetComment.write(model.offset(), "# ", out);
        out.integer(model.size()).text(" ").integer(model.interactions()).text("\n");
        model.forEachInteraction((i, j, w) -> row(i + 1, j + 1, w, out));
    }

    private static void mqlib(BinaryQuadraticModel model, TextOutput out) {
        int linear = 0;
        for (int i = 0; i < model.size(); i++) {
            linear += model.linear(i) != 0 ? 1 : 0;
        }
        OffsetComment.write(model.offset(), "# ", out);
        out.integer(model.size()).text(" ").integer((long) linear + model.interactions());
        out.text("\n");
        for (int i = 0; i < model.size(); i++) {
            if (model.linear(i) != 0) {
                row(i + 1, i + 1, -model.linear(i), out);
            }
        }
        model.forEachInteraction((i, j, w) -> row(i + 1, j + 1, -w / 2, out));
    }

    private static void qubist(BinaryQuadraticModel model, TextOutput out) {
        int[] label = TextOutput.integers(model);
        int sites = 0;
        int linear = 0;
        for (int i = 0; i < model.size(); i++) {
            sites = Math.max(sites, label[i] + 1);
            linear += hasRow(model, i) ? 1 : 0;
        }
        OffsetComment.write(model.offset(), "# ", out);
        out.integer(sites).text(" ").integer((long) linear + model.interactions()).text("\n");
        for (int i = 0; i < model.size(); i++) {
            if (hasRow(model, i)) {
                row(label[i], label[i], model.linear(i), out);
            }
        }
        model.forEachInteraction((i, j, w) -> row(label[i], label[j], w, out));
    }

    private static boolean hasRow(BinaryQuadraticModel model, int i) {
        return model.linear(i) != 0 || model.degree(i) == 0;
    }

    private static void row(int i, int j, double value, TextOutput out) {
        out.integer(i).text(" ").integer(j).text(" ").weight(value).text("\n");
    }
}
