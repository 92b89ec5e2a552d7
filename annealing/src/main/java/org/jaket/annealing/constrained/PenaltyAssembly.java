package org.jaket.annealing.constrained;

import org.jaket.annealing.constrained.VariableBits.Code;
import org.jaket.annealing.encoding.EncodingKind;
import org.jaket.annealing.encoding.IntegerEncoding;
import org.jaket.annealing.polynomial.Sense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the constraints of a model into penalties on bits, adding the auxiliary bits that they
 * need: slacks of inequalities, products of bits where a constraint is quadratic, and the size of a
 * violation where a soft constraint costs in proportion to it.
 */
final class PenaltyAssembly {
    /**
     * How many steps of an approximate slack are one unit: a violation of a unit costs the full
     * weight, and what rounding the slack leaves, half a step, a sixty-fourth of it.
     */
    private static final int STEPS_IN_UNIT = 4;

    /** A cost in proportion to a bit. */
    record Cost(int bit, double each) {}

    /** A cost of a square: of a soft constraint. */
    record SoftSquare(Penalty.Square square, double weight) {}

    /** Sets an auxiliary bit to what suits the bits before it. */
    interface Filling {
        void fill(byte[] state);
    }

    final VariableBits bits;
    final List<Penalty> hard = new ArrayList<>();
    final List<SoftSquare> softSquares = new ArrayList<>();
    final List<Cost> costs = new ArrayList<>();
    final List<Filling> fillings = new ArrayList<>();
    final List<String> approximations = new ArrayList<>();

    /** The most that soft constraints can cost together. */
    double softMost;

    private final PenaltyOptions options;

    /** The variables that are written as one bit of many. */
    private final List<Code> oneHot = new ArrayList<>();

    private final Map<Long, Integer> products = new HashMap<>();

    PenaltyAssembly(ConstrainedModel model, PenaltyOptions options) {
        this.options = options;
        bits = new VariableBits(model, options);
        approximations.addAll(bits.approximations(model));
        for (int k = 0; k < model.size(); k++) {
            Code code = bits.code(k);
            addValidity(model.variable(k).label(), code.code(), code.first());
            if (code.code().kind() == EncodingKind.ONE_HOT) {
                oneHot.add(code);
            }
        }
        for (Constraint constraint : model.constraints()) {
            add(constraint);
        }
    }

    private void addValidity(Object label, IntegerEncoding code, int first) {
        if (code.kind() == EncodingKind.ONE_HOT) {
            int[] all = new int[code.bits()];
            double[] ones = new double[all.length];
            Arrays.setAll(all, k -> first + k);
            Arrays.fill(ones, 1);
            hard.add(new Penalty.Square(label, all, ones, 1, all.length, false));
        } else if (code.kind() == EncodingKind.ORDER && code.bits() > 1) {
            hard.add(new Penalty.Valid(label, code, first));
        }
    }

    // ---- one constraint -------------------------------------------------------------------

    private void add(Constraint c) {
        QuadraticFunction f = bits.inBits(c.left());
        if (c.sense() == Sense.AT_LEAST) {
            f = f.times(-1);
        }
        double right = (c.sense() == Sense.AT_LEAST ? -c.right() : c.right()) - f.offset();
        if (c.isHard() && addExclusive(c, f, right)) {
            return;
        }
        Row row = row(c, f, right);
        boolean equal = c.sense() == Sense.EQUAL;
        double tolerance = ConstrainedModel.TOLERANCE * Math.max(1, Math.abs(c.right()));
        boolean never =
                row.least() > row.right() + tolerance
                        || equal && most(row) < row.right() - tolerance;
        switch (c.strictness()) {
            case Strictness.Hard() -> {
                if (never) {
                    throw impossible(c, row);
                }
                if (equal) {
                    addEqual(c, row);
                } else if (most(row) > row.right()) {
                    Row whole = row.inUnits(false);
                    noteUnit(whole);
                    addAtMost(whole);
                }
            }
            case Strictness.Soft soft -> addSoft(row, equal, soft);
        }
    }

    private IllegalArgumentException impossible(Constraint c, Row row) {
        double sign = c.sense() == Sense.AT_LEAST ? -1 : 1;
        double shift = c.right() - sign * row.right();
        double one = sign * row.least() + shift;
        double other = sign * most(row) + shift;
        return new IllegalArgumentException(
                "no assignment fulfils constraint %s: its left side is from %s to %s, and should be %s %s"
                        .formatted(
                                c.label(),
                                Math.min(one, other),
                                Math.max(one, other),
                                c.sense(),
                                c.right()));
    }

    /**
     * A sum of products with positive coefficients that must be 0 needs no auxiliary bit: each
     * product is a penalty itself.
     */
    private boolean addExclusive(Constraint c, QuadraticFunction f, double right) {
        if (f.isLinear() || right != 0) {
            return false;
        }
        for (int t = 0; t < f.linearTerms(); t++) {
            if (f.coefficient(t) < 0) {
                return false;
            }
        }
        for (int t = 0; t < f.quadraticTerms(); t++) {
            if (f.weight(t) < 0) {
                return false;
            }
        }
        for (int t = 0; t < f.linearTerms(); t++) {
            if (f.coefficient(t) > 0) {
                hard.add(new Penalty.Fixed(c.label(), f.variable(t), false));
            }
        }
        f.forEachProduct(
                (i, j, weight) -> {
                    if (weight > 0) {
                        hard.add(new Penalty.Exclusive(c.label(), i, j));
                    }
                });
        return true;
    }

    /** The left side as a linear function, products of bits replaced by bits. */
    private Row row(Constraint c, QuadraticFunction f, double right) {
        QuadraticTerms terms = new QuadraticTerms();
        for (int t = 0; t < f.linearTerms(); t++) {
            terms.add(f.variable(t), f.coefficient(t));
        }
        f.forEachProduct(
                (i, j, weight) -> {
                    if (weight != 0) {
                        terms.add(product(c.label(), i, j), weight);
                    }
                });
        return relative(Row.of(c.label(), terms.function(), right, options.steps()));
    }

    /** Without negative coefficients of integers that are written as one bit of many. */
    private Row relative(Row row) {
        Row result = row;
        for (Code code : oneHot) {
            result = result.relative(code.first(), code.code().bits());
        }
        return result;
    }

    /** The largest sum where integers of one bit of many have one bit. */
    private double most(Row row) {
        double most = row.most();
        for (Code code : oneHot) {
            most -= row.excess(code.first(), code.code().bits());
        }
        return most;
    }

    private int product(Object label, int i, int j) {
        Integer known = products.get((long) i << 32 | j);
        if (known != null) {
            return known;
        }
        int bit = bits.addAll(label, "product", 1);
        products.put((long) i << 32 | j, bit);
        hard.add(new Penalty.ProductOf(label, i, j, bit));
        fillings.add(state -> state[bit] = (byte) (state[i] & state[j]));
        return bit;
    }

    private void noteUnit(Row row) {
        if (!row.exact()) {
            approximations.add(
                    "the coefficients of constraint %s have no common unit: violations below about %s may go unnoticed"
                            .formatted(row.label(), row.unit()));
        }
    }

    // ---- hard -----------------------------------------------------------------------------

    private void addEqual(Constraint c, Row row) {
        Row whole = row.inUnits(true);
        noteUnit(whole);
        if (whole.exact() && Math.abs(whole.right() - Math.rint(whole.right())) > 1e-6) {
            throw new IllegalArgumentException(
                    "no assignment fulfils constraint %s: its left side is a multiple of %s apart from a constant, and cannot be = %s"
                            .formatted(c.label(), whole.unit(), c.right()));
        }
        double right = whole.exact() ? Math.rint(whole.right()) : whole.right();
        hard.add(
                new Penalty.Square(
                        c.label(), whole.bits(), whole.a(), right, whole.bits().length, false));
    }

    /** A row in units: what cannot be 1 is fixed, conflicts of pairs need no slack, others do. */
    private void addAtMost(Row row) {
        double room = Math.max(0, row.right() - row.least());
        Row rest = row.without(k -> Math.abs(row.a()[k]) > room + 1e-9);
        for (int k = 0; k < row.a().length; k++) {
            if (Math.abs(row.a()[k]) > room + 1e-9) {
                hard.add(new Penalty.Fixed(row.label(), row.bits()[k], row.a()[k] < 0));
            }
        }
        if (most(rest) - rest.least() <= room + 1e-9) {
            return;
        }
        double[] sizes = Arrays.stream(rest.a()).map(Math::abs).sorted().toArray();
        if (sizes[0] + sizes[1] > room + 1e-9) {
            boolean[] negated = new boolean[sizes.length];
            for (int k = 0; k < negated.length; k++) {
                negated[k] = rest.a()[k] < 0;
            }
            hard.add(new Penalty.AtMostOne(row.label(), rest.bits(), negated));
            return;
        }
        double step = row.exact() ? 1 : 1.0 / STEPS_IN_UNIT;
        double restRight = room + rest.least();
        Row slacked = withSlack(rest.right(restRight), room, step);
        boolean packing = rest.least() == 0;
        hard.add(
                new Penalty.Square(
                        row.label(),
                        slacked.bits(),
                        slacked.a(),
                        restRight,
                        rest.bits().length,
                        packing));
    }

    /** Appends bits for a slack from 0 to a size. */
    private Row withSlack(Row row, double size, double step) {
        IntegerEncoding code = options.slacks().encoding(0, (long) Math.ceil(size / step - 1e-9));
        int first = bits.addAll(row.label(), "slack", code.bits());
        addValidity(row.label(), code, first);
        fillings.add(
                state -> {
                    long level = Math.round((row.right() - row.value(state)) / step);
                    long nearest = Math.max(0, Math.min(code.upper(), level));
                    System.arraycopy(code.encode(nearest), 0, state, first, code.bits());
                });
        return row.with(code, first, step);
    }

    // ---- soft -----------------------------------------------------------------------------

    private void addSoft(Row row, boolean equal, Strictness.Soft soft) {
        double above = Math.max(0, most(row) - row.right());
        double below = equal ? Math.max(0, row.right() - row.least()) : 0;
        softMost += soft.cost(Math.max(above, below));
        if (soft.weight() == 0) {
            return;
        }
        if (soft.growth() == Strictness.Growth.LINEAR) {
            addSoftLinear(row, above, soft.weight());
            if (equal) {
                addSoftLinear(relative(row.negated()), below, soft.weight());
            }
        } else if (equal) {
            softSquares.add(new SoftSquare(row.square(), soft.weight()));
        } else if (above > 0) {
            addSoftSquare(row, soft.weight());
        }
    }

    /**
     * {@code (left + slack - right)^2}: the slack is a multiple of the unit, or that and what the
     * right side has beyond a multiple; so it can be 0, which it is where the constraint is broken.
     */
    private void addSoftSquare(Row row, double weight) {
        Row whole = row.inUnits(false);
        noteUnit(whole);
        double step = whole.exact() ? 1 : 1.0 / STEPS_IN_UNIT;
        Row reached = whole;
        double beyond = whole.beyond();
        if (whole.exact() && beyond > 1e-9) {
            int bit = bits.addAll(row.label(), "remainder", 1);
            fillings.add(
                    state -> state[bit] = (byte) (whole.value(state) <= whole.right() ? 1 : 0));
            reached = whole.with(bit, beyond).right(whole.right() + beyond);
        }
        double room = whole.right() - whole.least();
        Row slacked = room > 0 ? withSlack(reached, room, step) : reached;
        softSquares.add(new SoftSquare(slacked.square(), weight * whole.unit() * whole.unit()));
    }

    /** {@code left <= right + excess}, where the excess costs. */
    private void addSoftLinear(Row row, double above, double weight) {
        if (above <= 0) {
            return;
        }
        Row whole = row.inUnits(false);
        noteUnit(whole);
        double step = whole.exact() ? 1 : 1.0 / STEPS_IN_UNIT;
        long levels = (long) Math.ceil((most(whole) - whole.right()) / step - 1e-9);
        if (levels < 1) {
            return;
        }
        double beyond = whole.exact() ? whole.beyond() : 0;
        // The first step of a broken constraint is shorter where the right side lies between two
        // multiples of the unit; a bit of its own has its cost.
        int shorter = bits.addAll(row.label(), "excess", 1);
        IntegerEncoding code = options.slacks().encoding(0, levels - 1);
        int first = bits.addAll(row.label(), "excess+", code.bits());
        addValidity(row.label(), code, first);
        fillings.add(
                state -> {
                    double missing = (whole.value(state) - whole.right()) / step;
                    long level = (long) Math.ceil(missing - 1e-9);
                    state[shorter] = (byte) (level > 0 ? 1 : 0);
                    byte[] rest = code.encode(Math.max(0, Math.min(code.upper(), level - 1)));
                    System.arraycopy(rest, 0, state, first, rest.length);
                });
        costs.add(new Cost(shorter, weight * whole.unit() * (step - beyond)));
        for (int k = 0; k < code.bits(); k++) {
            costs.add(new Cost(first + k, weight * whole.unit() * step * code.coefficient(k)));
        }
        addAtMost(whole.with(shorter, -step).with(code, first, -step));
    }
}
