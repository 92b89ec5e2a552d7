package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;

/**
 * Quadratic functions whose minimum over their own variables is 1 where a clause is false, and 0
 * otherwise. A clause of k > 3 literals has k - 3 links: (a b z1) (-z1 c z2) ... (-z y x), then
 * each of these has the variable of a clause of three.
 */
final class ClauseGadget {
    private final BinaryQuadraticModel.Builder builder;
    private int next;

    /**
     * Gadgets for a model.
     *
     * @param next the number of the first variable that is free
     */
    ClauseGadget(BinaryQuadraticModel.Builder builder, int next) {
        this.builder = builder;
        this.next = next;
    }

    /** How many variables of its own a clause of some literals has. */
    static int variables(int literals) {
        return literals < 3 ? 0 : 2 * literals - 5;
    }

    void add(int[] clause) {
        switch (clause.length) {
            case 0 -> builder.addOffset(1);
            case 1 -> product(clause[0], 0, 1);
            case 2 -> product(clause[0], clause[1], 1);
            default -> {
                int link = next;
                int links = clause.length - 3;
                next += links;
                int before = clause[0];
                for (int k = 1; k < clause.length - 1; k++) {
                    int last = k == clause.length - 2 ? clause[k + 1] : link + k;
                    three(before, clause[k], last);
                    before = -(link + k);
                }
            }
        }
    }

    /** Rosenberg's gadget: u v + a (w - 2 u - 2 v + 3). */
    private void three(int first, int second, int third) {
        int own = next++;
        product(first, second, 1);
        // A literal's falsity times a is that of the literal and the negation of a.
        product(third, -(own + 1), 1);
        product(first, -(own + 1), -2);
        product(second, -(own + 1), -2);
        builder.addLinear(own, 3);
    }

    /** Adds a multiple of (1 - l)(1 - m) for two literals; 0 is always false. */
    private void product(int l, int m, double factor) {
        // Falsity is c + s x for each.
        double c1 = l < 0 ? 0 : 1;
        double s1 = Integer.signum(-l);
        double c2 = m < 0 ? 0 : 1;
        double s2 = Integer.signum(-m);
        builder.addOffset(factor * c1 * c2);
        if (s1 != 0) {
            builder.addLinear(Math.abs(l) - 1, factor * s1 * c2);
        }
        if (s2 != 0) {
            builder.addLinear(Math.abs(m) - 1, factor * c1 * s2);
        }
        if (s1 != 0 && s2 != 0) {
            builder.addQuadratic(Math.abs(l) - 1, Math.abs(m) - 1, factor * s1 * s2);
        }
    }

    /** Gives a clause's own variables their best values; returns where the next clause's begin. */
    static int write(int[] clause, byte[] state, int from) {
        if (clause.length < 3) {
            return from;
        }
        int links = clause.length - 3;
        // A link is true as long as no literal before it is.
        boolean none = isFalse(clause[0], state);
        boolean before = none;
        for (int k = 1; k < clause.length - 1; k++) {
            boolean last = k == clause.length - 2;
            boolean second = isFalse(clause[k], state);
            none &= second;
            boolean third = last ? isFalse(clause[k + 1], state) : !none;
            if (!last) {
                state[from + k - 1] = none ? (byte) 1 : 0;
            }
            // The gadget's own variable stands for u v, but is free where the whole is false.
            state[from + links + k - 1] = before && second && !third ? (byte) 1 : 0;
            before = none;
        }
        return from + variables(clause.length);
    }

    private static boolean isFalse(int literal, byte[] state) {
        return (state[Math.abs(literal) - 1] > 0) != literal > 0;
    }
}
