package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.Strictness;
import org.jaket.annealing.file.LpTokens.Kind;
import org.jaket.annealing.file.LpTokens.Token;
import org.jaket.annealing.polynomial.Sense;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@link ConstrainedFormat#LP}. */
final class LpReader {
    private final LpTokens tokens;
    private final LpComments comments = new LpComments();
    private final ConstrainedModelBuilder builder = ConstrainedModel.builder();
    private final LpVariables variables;
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean maximum;
    private boolean started;

    /** A constraint, which gets its name when all are known. */
    private record Row(@Nullable String name, QuadraticFunction left, Sense sense, double right) {}

    private LpReader(String source, InputStream in) {
        this.tokens = new LpTokens(source, in, comments::add);
        this.variables = new LpVariables(tokens, comments, builder);
    }

    static ConstrainedDocument read(String source, InputStream in) throws IOException {
        return new LpReader(source, in).document();
    }

    private ConstrainedDocument document() throws IOException {
        for (LpSection section = heading(); section != LpSection.END; section = heading()) {
            switch (section) {
                case MINIMIZE, MAXIMIZE -> objective(section == LpSection.MAXIMIZE);
                case CONSTRAINTS -> constraints();
                case BOUNDS -> {
                    while (!atHeading()) {
                        variables.bound();
                    }
                }
                case BINARY, GENERAL -> {
                    while (!atHeading()) {
                        variables.kind(section == LpSection.BINARY);
                    }
                }
                case END, OTHER -> throw new IllegalStateException();
            }
            started = true;
        }
        variables.define();
        int place = 0;
        int free = 0;
        for (Row row : rows) {
            String name = row.name;
            // Those without a name are called by their place, unless that is taken.
            for (free = Math.max(free, place++); name == null; free++) {
                name = names.add("c" + free) ? "c" + free : null;
            }
            builder.add(
                    new Constraint(
                            comments.constraint(name),
                            row.left,
                            row.sense,
                            row.right,
                            Strictness.HARD,
                            comments.isOneHot(name)));
        }
        return new ConstrainedDocument(
                builder.build(),
                ConstrainedFormat.LP,
                maximum ? ConstrainedDocument.MAXIMUM : Objective.ENERGY);
    }

    // ---- sections -------------------------------------------------------------------------

    private boolean atHeading() throws IOException {
        Token token = tokens.peek();
        if (token.is(Kind.END_OF_FILE)) {
            return true;
        }
        return token.first()
                && token.is(Kind.NAME)
                && LpSection.of(token.text()) != null
                && !tokens.peekSecond().is(Kind.COLON);
    }

    private LpSection heading() throws IOException {
        Token token = tokens.next();
        if (token.is(Kind.END_OF_FILE)) {
            throw tokens.error(token, "the file ends without End: it may be cut off");
        }
        LpSection section = token.is(Kind.NAME) ? LpSection.of(token.text()) : null;
        if (section == null) {
            throw tokens.error(
                    token,
                    "an LP file begins with Minimize, Maximize or Subject To, not with "
                            + LpTokens.shown(token));
        }
        String second = LpSection.second(token.text());
        if (!second.isEmpty() && !tokens.next().text().equalsIgnoreCase(second)) {
            throw tokens.error(
                    token, "%s should be followed by %s".formatted(token.text(), second));
        }
        Token next = tokens.peek();
        if (section == LpSection.OTHER
                || section == LpSection.GENERAL
                        && !next.first()
                        && next.text().equalsIgnoreCase("constraints")) {
            throw tokens.error(
                    token,
                    "the section %s is not of this dialect: objective, constraints, bounds, binary and general variables are"
                            .formatted(LpTokens.shown(token)));
        }
        boolean objective = section == LpSection.MINIMIZE || section == LpSection.MAXIMIZE;
        if (objective && started) {
            throw tokens.error(token, "the objective is the first section, and there is one");
        }
        return section;
    }

    private void objective(boolean isMaximum) throws IOException {
        maximum = isMaximum;
        name();
        FunctionTerms terms = new FunctionTerms();
        if (!atHeading()) {
            expression(terms, maximum ? -1 : 1, true);
        }
        if (!atHeading()) {
            throw tokens.error(
                    tokens.peek(),
                    "%s in the objective, where the next section or a sign should be"
                            .formatted(LpTokens.shown(tokens.peek())));
        }
        builder.minimize(terms.function());
    }

    private @Nullable Token name() throws IOException {
        if (!tokens.peek().is(Kind.NAME) || !tokens.peekSecond().is(Kind.COLON)) {
            return null;
        }
        Token name = tokens.next();
        tokens.next();
        return name;
    }

    private void constraints() throws IOException {
        while (!atHeading()) {
            Token name = name();
            if (name != null && !names.add(name.text())) {
                throw tokens.error(name, "two constraints are called " + LpTokens.shown(name));
            }
            FunctionTerms terms = new FunctionTerms();
            if (!tokens.peek().kind().isSense()) {
                expression(terms, 1, false);
            }
            Token sign = tokens.next();
            Sense sense = LpVariables.sense(sign.kind());
            if (sense == null) {
                throw tokens.error(
                        sign,
                        "<=, >= or = should be here, or a sign before another term, not "
                                + LpTokens.shown(sign));
            }
            Token value = tokens.peek();
            double right = variables.value("a right side");
            if (!Double.isFinite(right)) {
                throw tokens.error(value, "a right side is a finite number");
            }
            if (tokens.peek().kind().isSense()) {
                throw tokens.error(
                        tokens.peek(),
                        "a range from one number to another is written as two constraints");
            }
            QuadraticFunction left = terms.function();
            QuadraticFunction without =
                    left.offset() == 0 ? left : FunctionTerms.withoutOffset(left);
            rows.add(
                    new Row(
                            name == null ? null : name.text(),
                            without,
                            sense,
                            right - left.offset()));
        }
    }

    // ---- expressions ----------------------------------------------------------------------

    /** At least one term, and those that follow after signs, times a factor. */
    private void expression(FunctionTerms terms, double factor, boolean objective)
            throws IOException {
        do {
            double sign = factor * variables.sign();
            Token token = tokens.peek();
            if (token.is(Kind.OPEN)) {
                products(terms, sign, objective);
                continue;
            }
            double coefficient = 1;
            boolean isTerm = token.is(Kind.NAME) && !atHeading();
            if (token.is(Kind.NUMBER)) {
                coefficient = tokens.next().value();
                boolean times = tokens.peek().is(Kind.TIMES);
                if (times) {
                    tokens.next();
                }
                isTerm = times || tokens.peek().is(Kind.NAME) && !atHeading();
                if (!isTerm) {
                    terms.add(sign * coefficient + 0.0);
                    continue;
                }
            }
            if (!isTerm) {
                throw tokens.error(
                        token, "a term should be here, such as 3 x, not " + LpTokens.shown(token));
            }
            terms.add(variables.next(), sign * coefficient + 0.0);
        } while (tokens.peek().kind().isSign());
    }

    private void products(FunctionTerms terms, double factor, boolean objective)
            throws IOException {
        Token open = tokens.next();
        FunctionTerms inside = new FunctionTerms();
        while (!tokens.peek().is(Kind.CLOSE)) {
            product(inside);
            Token next = tokens.peek();
            if (!next.kind().isSign() && !next.is(Kind.CLOSE)) {
                throw tokens.error(next, "a sign or ] should be here, not " + LpTokens.shown(next));
            }
        }
        tokens.next();
        double scale = 1;
        if (tokens.peek().is(Kind.DIVIDED)) {
            tokens.next();
            Token two = tokens.next();
            if (two.value() != 2) {
                throw tokens.error(two, "/ 2 follows brackets, not / " + LpTokens.shown(two));
            }
            scale = 0.5;
        } else if (objective) {
            throw tokens.error(
                    open, "the brackets of an objective are followed by / 2, as [ 2 x * y ] / 2");
        }
        double all = factor * scale;
        inside.function().forEachProduct((i, j, w) -> terms.add(i, j, all * w + 0.0));
    }

    private void product(FunctionTerms inside) throws IOException {
        double coefficient = variables.sign();
        if (tokens.peek().is(Kind.NUMBER)) {
            coefficient *= tokens.next().value();
            if (tokens.peek().is(Kind.TIMES)) {
                tokens.next();
            }
        }
        int i = variables.next();
        Token operator = tokens.next();
        if (operator.is(Kind.TIMES)) {
            inside.add(i, variables.next(), coefficient);
        } else if (operator.is(Kind.POWER)) {
            Token two = tokens.next();
            if (two.value() != 2) {
                throw tokens.error(two, "only the power ^ 2 is quadratic");
            }
            inside.add(i, i, coefficient);
        } else {
            throw tokens.error(
                    operator,
                    "within brackets are products such as x * y and x ^ 2, so * or ^ should be here, not "
                            + LpTokens.shown(operator));
        }
    }
}
