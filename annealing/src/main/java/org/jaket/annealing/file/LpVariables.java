package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.file.LpTokens.Kind;
import org.jaket.annealing.file.LpTokens.Token;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables of an LP file: their names, and what the sections after them say. */
final class LpVariables {
    /** What is known about a variable. */
    private static final class Facts {
        private final Token named;
        private double lower;
        private double upper = Double.POSITIVE_INFINITY;
        private VariableKind kind = VariableKind.REAL;

        Facts(Token named) {
            this.named = named;
        }
    }

    private final LpTokens tokens;
    private final LpComments comments;
    private final ConstrainedModelBuilder builder;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Facts> facts = new ArrayList<>();

    LpVariables(LpTokens tokens, LpComments comments, ConstrainedModelBuilder builder) {
        this.tokens = tokens;
        this.comments = comments;
        this.builder = builder;
    }

    /** The number of the variable that comes next. */
    int next() throws IOException {
        Token token = tokens.next();
        boolean heading = token.first() && LpSection.of(token.text()) != null;
        if (!token.is(Kind.NAME) || heading) {
            throw tokens.error(token, "a variable should be here, not " + LpTokens.shown(token));
        }
        if (LpTokens.isInfinity(token.text())) {
            throw tokens.error(token, "infinity is for bounds only");
        }
        Integer known = numbers.get(token.text());
        if (known != null) {
            return known;
        }
        Object label = comments.variable(token.text());
        if (builder.indexOf(label) >= 0) {
            throw tokens.error(
                    token,
                    "two variables have the label " + ModelFileException.shown(label.toString()));
        }
        int number = builder.variable(Variable.real(label, 0, Double.POSITIVE_INFINITY));
        numbers.put(token.text(), number);
        facts.add(new Facts(token));
        return number;
    }

    /** The signs that come next, as 1 or -1. */
    double sign() throws IOException {
        double sign = 1;
        while (tokens.peek().kind().isSign()) {
            sign = tokens.next().is(Kind.MINUS) ? -sign : sign;
        }
        return sign;
    }

    /** A number that comes next, which may be infinite. */
    private double value() throws IOException {
        double sign = sign();
        Token token = tokens.next();
        if (token.is(Kind.NAME) && LpTokens.isInfinity(token.text())) {
            return sign * Double.POSITIVE_INFINITY;
        } else if (!token.is(Kind.NUMBER)) {
            throw tokens.error(token, "a bound should be a number, not " + LpTokens.shown(token));
        }
        return sign * token.value() + 0.0;
    }

    static @Nullable Sense sense(Kind kind) {
        return switch (kind) {
            case AT_MOST -> Sense.AT_MOST;
            case AT_LEAST -> Sense.AT_LEAST;
            case EQUAL -> Sense.EQUAL;
            default -> null;
        };
    }

    private Sense sense() throws IOException {
        Token token = tokens.next();
        Sense sense = sense(token.kind());
        if (sense == null) {
            throw tokens.error(
                    token, "<=, >=, = or free should be here, not " + LpTokens.shown(token));
        }
        return sense;
    }

    /** A line of bounds: l &lt;= x &lt;= u, x &lt;= u, x = v, x free and the like. */
    void bound() throws IOException {
        Token token = tokens.peek();
        if (token.is(Kind.NAME) && !LpTokens.isInfinity(token.text())) {
            Facts variable = facts.get(next());
            if (tokens.peek().text().equalsIgnoreCase("free")) {
                tokens.next();
                variable.lower = Double.NEGATIVE_INFINITY;
                variable.upper = Double.POSITIVE_INFINITY;
            } else {
                set(variable, sense(), value());
            }
            return;
        }
        double left = value();
        Sense sense = sense();
        Facts variable = facts.get(next());
        set(variable, mirrored(sense), left);
        if (tokens.peek().kind().isSense()) {
            set(variable, sense(), value());
        }
    }

    static Sense mirrored(Sense sense) {
        return switch (sense) {
            case AT_MOST -> Sense.AT_LEAST;
            case AT_LEAST -> Sense.AT_MOST;
            case EQUAL -> Sense.EQUAL;
        };
    }

    private static void set(Facts variable, Sense sense, double bound) {
        if (sense != Sense.AT_MOST) {
            variable.lower = bound;
        }
        if (sense != Sense.AT_LEAST) {
            variable.upper = bound;
        }
    }

    /** A name in a list of binary or general variables. */
    void kind(boolean binary) throws IOException {
        Facts variable = facts.get(next());
        if (binary) {
            variable.kind = VariableKind.BINARY;
        } else if (variable.kind != VariableKind.BINARY) {
            variable.kind = VariableKind.INTEGER;
        }
    }

    /** Tells the builder, once all is known. */
    void define() {
        for (int k = 0; k < facts.size(); k++) {
            Facts f = facts.get(k);
            VariableKind kind = f.kind;
            double lower = f.lower;
            double upper = f.upper;
            if (kind == VariableKind.BINARY) {
                lower = Math.max(0, Math.ceil(lower));
                upper = Math.min(1, Math.floor(upper));
                // A binary variable that is fixed has bounds, which only integers have.
                kind = lower == 0 && upper == 1 ? kind : VariableKind.INTEGER;
            }
            try {
                builder.redefine(k, kind, lower, upper);
            } catch (IllegalArgumentException e) {
                throw tokens.error(f.named, String.valueOf(e.getMessage()));
            }
        }
    }
}
