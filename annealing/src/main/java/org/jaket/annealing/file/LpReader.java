package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.Constraint;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.constrained.Strictness;
import org.jaket.annealing.file.LpExpressions.Side;
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
    private final LpExpressions expressions;
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean maximum;
    private boolean started;

    /**
     * A constraint, or a range that becomes two; it gets its name when all are known.
     *
     * @param left without a constant
     * @param upper for a range, which is {@code right <= left <= upper}; else unused
     */
    private record Row(
            @Nullable String name,
            QuadraticFunction left,
            Sense sense,
            double right,
            boolean isRange,
            double upper) {}

    private LpReader(String source, InputStream in) {
        this.tokens = new LpTokens(source, in, comments::add);
        this.variables = new LpVariables(tokens, comments, builder);
        this.expressions = new LpExpressions(tokens, variables);
    }

    static ConstrainedDocument read(String source, InputStream in) throws IOException {
        return new LpReader(source, in).document();
    }

    private ConstrainedDocument document() throws IOException {
        for (LpSection section = heading(); section != LpSection.END; section = heading()) {
            switch (section) {
                case MINIMIZE, MAXIMIZE -> objective(section == LpSection.MAXIMIZE);
                case CONSTRAINTS, LAZY -> constraints(true);
                case CUTS -> constraints(false);
                case BOUNDS -> {
                    while (!expressions.atHeading()) {
                        variables.bound();
                    }
                }
                case BINARY, GENERAL -> {
                    while (!expressions.atHeading()) {
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
            if (row.isRange) {
                add(part(name + ".low"), row.left, Sense.AT_LEAST, row.right);
                add(part(name + ".high"), row.left, Sense.AT_MOST, row.upper);
            } else {
                add(name, row.left, row.sense, row.right);
            }
        }
        return new ConstrainedDocument(
                builder.build(),
                ConstrainedFormat.LP,
                maximum ? ConstrainedDocument.MAXIMUM : Objective.ENERGY);
    }

    /** The name of half of a range, which may be taken. */
    private String part(String name) {
        String free = name;
        while (!names.add(free)) {
            free += "_";
        }
        return free;
    }

    private void add(String name, QuadraticFunction left, Sense sense, double right) {
        builder.add(
                new Constraint(
                        comments.constraint(name),
                        left,
                        sense,
                        right,
                        Strictness.HARD,
                        comments.isOneHot(name)));
    }

    // ---- sections -------------------------------------------------------------------------

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
        QuadraticFunction function = expressions.objective(maximum ? -1 : 1);
        if (!expressions.atHeading()) {
            throw tokens.error(
                    tokens.peek(),
                    "%s in the objective, where the next section or a sign should be"
                            .formatted(LpTokens.shown(tokens.peek())));
        }
        builder.minimize(function);
    }

    private @Nullable Token name() throws IOException {
        if (!tokens.peek().is(Kind.NAME) || !tokens.peekSecond().is(Kind.COLON)) {
            return null;
        }
        Token name = tokens.next();
        tokens.next();
        return name;
    }

    /**
     * Reads constraints.
     *
     * @param kept whether they are part of the model; cuts are not, which only help a solver
     */
    private void constraints(boolean kept) throws IOException {
        while (!expressions.atHeading()) {
            Token name = name();
            if (name != null && kept && !names.add(name.text())) {
                throw tokens.error(name, "two constraints are called " + LpTokens.shown(name));
            }
            Row row = row(name == null ? null : name.text());
            if (kept) {
                rows.add(row);
            }
        }
    }

    // ---- constraints ----------------------------------------------------------------------

    private Row row(@Nullable String name) throws IOException {
        Side left = expressions.left();
        Token sign = tokens.next();
        Sense sense = LpVariables.sense(sign.kind());
        if (sense == null) {
            throw tokens.error(
                    sign,
                    "<=, >= or = should be here, or a sign before another term, not "
                            + LpTokens.shown(sign));
        }
        Side right = expressions.right();
        if (tokens.peek().kind().isSense()) {
            return range(name, left, sense, right);
        }
        for (Side side : List.of(left, right)) {
            if (side.infinite() != 0) {
                throw tokens.error(side.at(), "a side of a constraint is finite");
            }
        }
        // Variables go to the left and numbers to the right, and both if only numbers are there.
        return left.isNumber() && !right.isNumber()
                ? single(name, right.function(), LpVariables.mirrored(sense), left.number())
                : single(name, difference(left, right), sense, 0);
    }

    private static QuadraticFunction difference(Side left, Side right) {
        FunctionTerms terms = new FunctionTerms();
        terms.add(left.function(), 1);
        terms.add(right.function(), -1);
        return terms.function();
    }

    private static Row single(
            @Nullable String name, QuadraticFunction left, Sense sense, double right) {
        return new Row(name, withoutOffset(left), sense, right - left.offset() + 0.0, false, 0);
    }

    private static QuadraticFunction withoutOffset(QuadraticFunction f) {
        if (f.offset() == 0) {
            return f;
        }
        FunctionTerms terms = new FunctionTerms();
        terms.add(f, 1);
        terms.add(-f.offset());
        return terms.function();
    }

    /** {@code left sense middle second right}, of which the first three are read. */
    private Row range(@Nullable String name, Side left, Sense sense, Side middle)
            throws IOException {
        Token sign = tokens.next();
        Side right = expressions.right();
        if (sense == Sense.EQUAL
                || LpVariables.sense(sign.kind()) != sense
                || !left.isNumber()
                || middle.isNumber()
                || !right.isNumber()
                || tokens.peek().kind().isSense()) {
            throw tokens.error(
                    sign,
                    "a range has numbers at both ends and two signs of one direction, as -1 <= x + y <= 3");
        }
        Side low = sense == Sense.AT_MOST ? left : right;
        Side high = sense == Sense.AT_MOST ? right : left;
        QuadraticFunction f = middle.function();
        if (low.number() == Double.NEGATIVE_INFINITY && Double.isFinite(high.number())) {
            return single(name, f, Sense.AT_MOST, high.number());
        } else if (high.number() == Double.POSITIVE_INFINITY && Double.isFinite(low.number())) {
            return single(name, f, Sense.AT_LEAST, low.number());
        } else if (low.infinite() != 0 || high.infinite() != 0 || low.number() > high.number()) {
            throw tokens.error(
                    left.at(),
                    "no number lies between %s and %s, or every one does"
                            .formatted(low.number(), high.number()));
        } else if (low.number() == high.number()) {
            return single(name, f, Sense.EQUAL, low.number());
        }
        return new Row(
                name,
                withoutOffset(f),
                Sense.AT_LEAST,
                low.number() - f.offset(),
                true,
                high.number() - f.offset());
    }
}
