package org.jaket.circuit.qasm;

import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What the annotations before a statement say. Others than these are read past.
 *
 * <ul>
 *   <li>{@code @jaket.name WORD}: the register, input or gate declared next is called WORD; what
 *       the text calls it is only a spelling.
 *   <li>{@code @jaket.parameters WORD...}: so are the parameters of the gate defined next.
 *   <li>{@code @jaket.variable}: the variable declared next is one of the circuit from the start,
 *       also while its value is known.
 *   <li>{@code @jaket.tag WORD}: the operations of the next statement carry this tag.
 * </ul>
 *
 * @param name null when there is none
 * @param parameters null when there are none
 * @param tag empty when there is none
 */
record Annotations(
        @Nullable String name, @Nullable List<String> parameters, boolean variable, String tag) {
    static final String NAME = "@jaket.name";
    static final String PARAMETERS = "@jaket.parameters";
    static final String VARIABLE = "@jaket.variable";
    static final String TAG = "@jaket.tag";

    static final Annotations NONE = new Annotations(null, null, false, "");

    /**
     * With one more annotation.
     *
     * @param line the annotation as written, from its @ on
     * @throws ParseException if it is one of ours and malformed
     */
    Annotations with(Source source, int at, String line) {
        List<String> words = new ArrayList<>(List.of(line.split("\\s+")));
        String keyword = words.removeFirst();
        int wanted =
                switch (keyword) {
                    case NAME, TAG -> 1;
                    case VARIABLE -> 0;
                    default -> -1;
                };
        if (wanted >= 0 && words.size() != wanted) {
            throw source.error(at, keyword + " takes " + wanted + " words, got " + words.size());
        }
        if (wanted < 0 && !keyword.equals(PARAMETERS)) {
            return this;
        }
        try {
            words.replaceAll(Escapes::text);
        } catch (IllegalArgumentException e) {
            throw source.error(at, keyword + ": " + e.getMessage());
        }
        return switch (keyword) {
            case NAME -> new Annotations(words.getFirst(), parameters, variable, tag);
            case PARAMETERS -> new Annotations(name, List.copyOf(words), variable, tag);
            case VARIABLE -> new Annotations(name, parameters, true, tag);
            default -> new Annotations(name, parameters, variable, words.getFirst());
        };
    }

    /** The name given here, or the one in the text. */
    String nameOr(String written) {
        return name == null ? written : name;
    }
}
