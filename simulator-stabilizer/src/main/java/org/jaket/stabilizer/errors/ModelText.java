package org.jaket.stabilizer.errors;

import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes detector error models exactly as Stim does, which gives numbers 19 digits: {@code
 * error(0.001000000000000000021) D0}. {@link DetectorErrorModel#toString} gives them as few as it
 * takes to read the same number back.
 */
public final class ModelText {
    private static final int DIGITS = 19;

    /** Texts of numbers kept; models of circuits have few different ones. */
    private static final int MAX_KNOWN = 1 << 16;

    private static final int BUFFER = 1 << 15;

    private final Map<Double, String> known = new HashMap<>();
    private final Appendable out;
    private final StringBuilder text = new StringBuilder(BUFFER + 1024);

    private ModelText(Appendable out) {
        this.out = out;
    }

    /** Writes a model, with a line end behind every line. */
    public static void write(DetectorErrorModel model, Appendable out) throws IOException {
        var writer = new ModelText(out);
        writer.write(model, 0);
        writer.flush();
    }

    private void flush() throws IOException {
        out.append(text);
        text.setLength(0);
    }

    private void write(DetectorErrorModel model, int depth) throws IOException {
        for (DemInstruction instruction : model.instructions()) {
            text.repeat("    ", depth);
            switch (instruction) {
                case DemInstruction.ErrorMechanism e -> {
                    head("error", e.tag());
                    text.append('(').append(number(e.probability())).append(')');
                    for (int k = 0; k < e.targets().size(); k++) {
                        target(e.targets().get(k));
                    }
                }
                case DemInstruction.DetectorDeclaration d -> {
                    head("detector", d.tag());
                    arguments(d.coordinates());
                    target(d.detector());
                }
                case DemInstruction.ObservableDeclaration o -> {
                    head("logical_observable", o.tag());
                    target(DemTargets.observable(o.observable()));
                }
                case DemInstruction.ShiftDetectors s -> {
                    head("shift_detectors", s.tag());
                    arguments(s.coordinates());
                    text.append(' ').append(s.detectors());
                }
                case DemInstruction.RepeatBlock r -> {
                    head("repeat", r.tag());
                    text.append(' ').append(r.count()).append(" {\n");
                    write(r.body(), depth + 1);
                    if (r.body().instructions().isEmpty()) {
                        text.append('\n');
                    }
                    text.repeat("    ", depth).append('}');
                }
            }
            text.append('\n');
            if (text.length() > BUFFER) {
                flush();
            }
        }
    }

    private void target(long target) {
        if (target == DemTargets.SEPARATOR) {
            text.append(" ^");
        } else {
            text.append(DemTargets.isObservable(target) ? " L" : " D")
                    .append(DemTargets.index(target));
        }
    }

    private void head(String name, String tag) {
        text.append(name);
        appendTag(text, tag);
    }

    private void arguments(List<Double> arguments) {
        String before = "(";
        for (double argument : arguments) {
            text.append(before).append(number(argument));
            before = ", ";
        }
        if (!arguments.isEmpty()) {
            text.append(')');
        }
    }

    private String number(double value) {
        String found = known.get(value);
        if (found == null) {
            found = ShortNumbers.text(value, DIGITS);
            if (known.size() < MAX_KNOWN) {
                known.put(value, found);
            }
        }
        return found;
    }

    /** Appends a tag in brackets, escaped; nothing when it is empty. */
    static void appendTag(StringBuilder text, String tag) {
        if (tag.isEmpty()) {
            return;
        }
        text.append('[');
        for (int k = 0; k < tag.length(); k++) {
            char c = tag.charAt(k);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\B");
                case ']' -> text.append("\\C");
                default -> text.append(c);
            }
        }
        text.append(']');
    }
}
