package org.jaket.annealing.file;

import tools.jackson.core.JacksonException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comments of an LP file that say what the format has no place for; all others say nothing. */
final class LpComments {
    static final String VARIABLE = "label variable ";
    static final String CONSTRAINT = "label constraint ";
    static final String ONE_HOT = "one-hot ";

    private static final Pattern LABEL =
            Pattern.compile("(label (?:variable|constraint) )(\\S+) = (.+)");

    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> constraints = new HashMap<>();
    private final Set<String> oneHot = new HashSet<>();

    void add(String comment) {
        Matcher label = LABEL.matcher(comment);
        if (comment.startsWith(ONE_HOT)) {
            oneHot.add(comment.substring(ONE_HOT.length()));
        } else if (label.matches()) {
            try {
                Object value = Json.label(Json.MAPPER.readTree(label.group(3)));
                (label.group(1).equals(VARIABLE) ? variables : constraints)
                        .put(label.group(2), value);
            } catch (JacksonException | IllegalArgumentException e) {
                // Somebody else's comment.
                return;
            }
        }
    }

    /** The label of the variable with a name. */
    Object variable(String name) {
        return variables.getOrDefault(name, name);
    }

    /** The label of the constraint with a name. */
    Object constraint(String name) {
        return constraints.getOrDefault(name, name);
    }

    /** Whether the constraint with a name is marked as one-hot. */
    boolean isOneHot(String name) {
        return oneHot.contains(name);
    }
}
