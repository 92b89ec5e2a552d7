package org.jaket.annealing.file;

import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.file.LpTokens.Kind;
import org.jaket.annealing.file.LpTokens.Token;

import java.io.IOException;

/** The sums of an LP file: linear terms, numbers, and products within brackets. */
final class LpExpressions {
    /** Where a sum stands, which says what belongs to it. */
    private enum Place {
        /** Its brackets are halved. */
        OBJECTIVE,
        LEFT,
        /** What follows without a sign may be the next constraint. */
        RIGHT
    }

    private final LpTokens tokens;
    private final LpVariables variables;

    LpExpressions(LpTokens tokens, LpVariables variables) {
        this.tokens = tokens;
        this.variables = variables;
    }

    /**
     * A side of a constraint.
     *
     * @param function its terms
     * @param infinite 0, or the infinity that stands there instead of terms
     * @param at where it begins
     */
    record Side(QuadraticFunction function, double infinite, Token at) {
        /** Whether it is a number. */
        boolean isNumber() {
            return function.isConstant();
        }

        /** The number. */
        double number() {
            return infinite == 0 ? function.offset() : infinite;
        }
    }

    /** Whether the next token begins a section, or there is none. */
    boolean atHeading() throws IOException {
        Token token = tokens.peek();
        if (token.is(Kind.END_OF_FILE)) {
            return true;
        }
        return token.first()
                && token.is(Kind.NAME)
                && LpSection.of(token.text()) != null
                && !tokens.peekSecond().is(Kind.COLON);
    }

    /** The function that the objective is, times a factor. */
    QuadraticFunction objective(double factor) throws IOException {
        FunctionTerms terms = new FunctionTerms();
        if (!atHeading()) {
            sum(terms, factor, Place.OBJECTIVE);
        }
        return terms.function();
    }

    /** What stands before a constraint's first sign; nothing is 0. */
    Side left() throws IOException {
        Token at = tokens.peek();
        FunctionTerms terms = new FunctionTerms();
        double infinite = at.kind().isSense() ? 0 : sum(terms, 1, Place.LEFT);
        return new Side(terms.function(), infinite, at);
    }

    /** What stands after a constraint's sign. */
    Side right() throws IOException {
        Token at = tokens.peek();
        FunctionTerms terms = new FunctionTerms();
        double infinite = sum(terms, 1, Place.RIGHT);
        return new Side(terms.function(), infinite, at);
    }

    /**
     * At least one term, and those that follow after signs, times a factor. A number at the end of
     * a right side and a name or sign on the next line do not belong together: there begins another
     * constraint.
     *
     * @return 0, or the infinity that stands there instead of terms
     */
    private double sum(FunctionTerms terms, double factor, Place place) throws IOException {
        boolean named = false;
        int count = 0;
        do {
            double sign = factor * sign();
            Token token = tokens.peek();
            count++;
            if (token.is(Kind.OPEN)) {
                products(terms, sign, place == Place.OBJECTIVE);
                named = true;
                continue;
            }
            boolean isTerm = isVariable();
            if (isTerm && LpTokens.isInfinity(token.text()) && place != Place.OBJECTIVE) {
                tokens.next();
                if (count > 1 || tokens.peek().kind().isSign() && !tokens.peek().first()) {
                    throw tokens.error(token, "infinity is no part of a sum");
                }
                return sign * Double.POSITIVE_INFINITY;
            }
            double coefficient = 1;
            if (token.is(Kind.NUMBER)) {
                coefficient = tokens.next().value();
                boolean times = tokens.peek().is(Kind.TIMES);
                if (times) {
                    tokens.next();
                }
                isTerm = times || isVariable() && (place != Place.RIGHT || continues());
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
            named = true;
        } while (tokens.peek().kind().isSign()
                && (place != Place.RIGHT || named || !tokens.peek().first()));
        return 0;
    }

    /** Whether the variable that comes next can belong to the number before it. */
    private boolean continues() throws IOException {
        return !tokens.peek().first() && !tokens.peekSecond().is(Kind.COLON);
    }

    private boolean isVariable() throws IOException {
        return tokens.peek().is(Kind.NAME) && !atHeading();
    }

    private double sign() throws IOException {
        Token token = tokens.peek();
        if (token.is(Kind.MINUS) && tokens.peekSecond().is(Kind.AT_LEAST)) {
            throw tokens.error(
                    token,
                    "an indicator constraint (->) holds under a condition, which no quadratic model can say");
        }
        return variables.sign();
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
