package org.jaket.annealing.file;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment {@code offset=1.5} of formats that have no place for a constant. */
final class OffsetComment implements Consumer<String> {
    private static final Pattern OFFSET = Pattern.compile("^\\s*offset\\s*[:=]\\s*(\\S+)\\s*$");

    private final TextScanner scanner;
    private double value;

    OffsetComment(TextScanner scanner) {
        this.scanner = scanner;
    }

    double value() {
        return value;
    }

    @Override
    public void accept(String comment) {
        Matcher m = OFFSET.matcher(comment);
        if (m.matches()) {
            value = number(m.group(1), "the offset", scanner);
        }
    }

    /** A number in a comment. */
    static double number(String text, String what, TextScanner scanner) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw scanner.error(
                    "%s should be a finite number, not %s"
                            .formatted(what, ModelFileException.shown(text)));
        }
        return value;
    }

    static void write(double offset, String comment, TextOutput out) {
        if (offset != 0) {
            out.text(comment).text("offset=").number(offset).text("\n");
        }
    }
}
