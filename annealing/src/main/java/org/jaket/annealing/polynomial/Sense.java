package org.jaket.annealing.polynomial;

/** How the two sides of a comparison are to stand. */
public enum Sense {
    /** The left side is at most the right side. */
    AT_MOST("<="),
    /** The left side is at least the right side. */
    AT_LEAST(">="),
    /** Both sides are equal. */
    EQUAL("=");

    private final String sign;

    Sense(String sign) {
        this.sign = sign;
    }

    /** By how much a pair of sides breaks the comparison, 0 where it holds. */
    public double violation(double left, double right) {
        return switch (this) {
            case AT_MOST -> Math.max(0, left - right);
            case AT_LEAST -> Math.max(0, right - left);
            case EQUAL -> Math.abs(left - right);
        };
    }

    /** The sign: {@code <=}, {@code >=} or {@code =}. */
    @Override
    public String toString() {
        return sign;
    }
}
