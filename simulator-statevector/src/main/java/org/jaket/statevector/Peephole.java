package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rewrites ops next to each other into fewer or cheaper ones, exactly:
 *
 * <ul>
 *   <li>Two equal bit flips cancel; phases between them that read the flipped bit t read t xor f
 *       instead, where f says that the controls are on: {@code t + f - 2tf}, again phases. So
 *       {@code CX RZ CX}, and the chains of CX around a rotation that QFTs, Ising models and
 *       Toffoli gates are often written with, become part of a diagonal.
 *   <li>A bit flip after a rotation by 45 degrees is a sign before it, and the other way round:
 *       {@code H CX = CZ H}.
 *   <li>Rotations of a qubit that meet add up, also with a Z between them.
 *   <li>A controlled phase between a rotation and its inverse is a controlled matrix. That is less
 *       work, and where the controls are off, nothing moves: states that are mostly zero stay so.
 * </ul>
 *
 * <p>It looks back along the ops that touch a qubit, a bounded number of them, so that it is linear
 * in the number of ops.
 */
final class Peephole {
    /** So many ops of a qubit are looked at. */
    private static final int WINDOW = 64;

    /** Flips stay where the phases between them would become more than this. */
    private static final int MOST_TERMS = 32;

    /** Flips under more negative controls become no phases, each of which doubles their number. */
    private static final int MOST_NEGATIVE = 2;

    /** Deviations below this are rounding. */
    private static final double ROUNDING = 4 * Matrices.ROUNDING;

    /** The ops so far; null for what is gone, and where phases can be put before a rotation. */
    private final List<@Nullable Op> ops = new ArrayList<>();

    /** Beside each op the phases that its place has become instead: angle by mask, or null. */
    private final List<@Nullable TreeMap<Long, Double>> terms = new ArrayList<>();

    /** Per qubit the places that touch it, in ascending order. */
    private final Chain[] chains;

    /** Whether flips next to a rotation by 45 degrees become signs. */
    private final boolean signs;

    private Peephole(int qubits, boolean signs) {
        this.signs = signs;
        chains = new Chain[qubits];
        for (int q = 0; q < qubits; q++) {
            chains[q] = new Chain();
        }
    }

    /** Returns ops that do the same. */
    static List<Op> rewrite(List<Op> ops, int qubits, Progress progress) {
        // Flips that can cancel do so first: as signs they would not.
        List<Op> fewer = rewrite(ops, qubits, false, progress);
        boolean flips = fewer.stream().anyMatch(op -> op instanceof Op.Flip);
        return flips ? rewrite(fewer, qubits, true, progress) : fewer;
    }

    private static List<Op> rewrite(List<Op> ops, int qubits, boolean signs, Progress progress) {
        Peephole peephole = new Peephole(qubits, signs);
        for (int k = 0; k < ops.size(); k++) {
            Gathering.check(k, progress);
            peephole.add(ops.get(k));
        }
        return peephole.result(progress);
    }

    private List<Op> result(Progress progress) {
        List<Op> all = new ArrayList<>(ops.size());
        for (int i = 0; i < ops.size(); i++) {
            Gathering.check(i, progress);
            Op op = ops.get(i);
            TreeMap<Long, Double> several = terms.get(i);
            if (several != null) {
                several.forEach((mask, angle) -> addPhase(all, mask, angle));
            } else if (op != null) {
                all.add(op);
            }
        }
        return all;
    }

    private static void addPhase(List<Op> to, long mask, double angle) {
        double reduced = Math.IEEEremainder(angle, 2 * Math.PI);
        if (Math.abs(reduced) > ROUNDING) {
            to.add(new Op.Phase(mask, reduced));
        }
    }

    private void add(Op op) {
        switch (op) {
            case Op.Flip f -> {
                if (!cancel(f) && !(signs && becomeSignBeforeTurn(f))) {
                    append(f);
                }
            }
            case Op.Turn t -> {
                if (!merge(t) && !enclose(t)) {
                    List<Op.Flip> flips = signs && isQuarter(t) ? takeFlips(t.qubit()) : List.of();
                    // Room for signs that come before it.
                    ops.add(null);
                    terms.add(null);
                    append(t);
                    flips.forEach(this::becomeSignAfterTurn);
                }
            }
            default -> append(op);
        }
    }

    private void append(Op op) {
        for (long rest = op.moves() | op.reads(); rest != 0; rest &= rest - 1) {
            chains[Long.numberOfTrailingZeros(rest)].append(ops.size());
        }
        ops.add(op);
        terms.add(null);
    }

    // ---- flips ----------------------------------------------------------------------------

    /** Takes out the flip that this one undoes, if there is one. */
    private boolean cancel(Op.Flip f) {
        int found = -1;
        boolean phases = false;
        Chain chain = chains[f.qubit()];
        int k = chain.count - 1;
        for (int seen = 0; k >= 0 && seen < WINDOW; k--, seen++) {
            int place = chain.places[k];
            if (terms.get(place) != null || ops.get(place) instanceof Op.Phase) {
                phases = true;
            } else if (ops.get(place) instanceof Op.Flip g && g.qubit() == f.qubit()) {
                if (g.mask() == f.mask() && g.value() == f.value()) {
                    found = place;
                    break;
                }
            } else if (ops.get(place) != null) {
                return false;
            }
        }
        if (found < 0 || isMovedAfter(f.mask(), found)) {
            return false;
        }
        if (phases && !conjugate(f, k + 1)) {
            return false;
        }
        ops.set(found, null);
        return true;
    }

    private boolean isMovedAfter(long mask, int place) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int q = Long.numberOfTrailingZeros(rest);
            Chain chain = chains[q];
            int seen = 0;
            for (int k = chain.count - 1; k >= 0 && chain.places[k] > place; k--) {
                Op op = ops.get(chain.places[k]);
                if (++seen > WINDOW || op != null && (op.moves() >> q & 1) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Makes the phases on the chain of a flip's qubit what they are between two such flips. */
    private boolean conjugate(Op.Flip f, int from) {
        if (Long.bitCount(f.mask() & ~f.value()) > MOST_NEGATIVE) {
            return false;
        }
        Chain chain = chains[f.qubit()];
        TreeMap<Long, Double> on = indicator(f.mask(), f.value());
        Map<Integer, TreeMap<Long, Double>> changed = new HashMap<>();
        for (int k = from; k < chain.count; k++) {
            int place = chain.places[k];
            TreeMap<Long, Double> before = phasesAt(place);
            if (before == null) {
                continue;
            }
            TreeMap<Long, Double> after = conjugate(before, 1L << f.qubit(), on);
            if (after.size() > MOST_TERMS) {
                return false;
            }
            changed.put(place, after);
        }
        changed.forEach(this::putPhases);
        return true;
    }

    private @Nullable TreeMap<Long, Double> phasesAt(int place) {
        TreeMap<Long, Double> several = terms.get(place);
        if (several == null && ops.get(place) instanceof Op.Phase(long mask, double angle)) {
            several = new TreeMap<>(Map.of(mask, angle));
        }
        return several;
    }

    private void putPhases(int place, TreeMap<Long, Double> phases) {
        ops.set(place, null);
        terms.set(place, phases);
        long read = 0;
        for (long mask : phases.keySet()) {
            read |= mask;
        }
        for (long rest = read; rest != 0; rest &= rest - 1) {
            chains[Long.numberOfTrailingZeros(rest)].insert(place);
        }
    }

    /** Phases with a bit t replaced by t xor f. */
    private static TreeMap<Long, Double> conjugate(
            TreeMap<Long, Double> phases, long t, TreeMap<Long, Double> f) {
        TreeMap<Long, Double> after = new TreeMap<>();
        phases.forEach(
                (mask, angle) -> {
                    sum(after, mask, angle);
                    if ((mask & t) != 0) {
                        f.forEach(
                                (controls, sign) -> {
                                    sum(after, mask & ~t | controls, sign * angle);
                                    sum(after, mask | controls, -2 * sign * angle);
                                });
                    }
                });
        after.values().removeIf(a -> Math.abs(Math.IEEEremainder(a, 2 * Math.PI)) <= ROUNDING);
        return after;
    }

    private static void sum(Map<Long, Double> to, long mask, double angle) {
        to.merge(mask, angle, Double::sum);
    }

    /** Whether bits have given values, as a sum of products of bits: a coefficient by mask. */
    private static TreeMap<Long, Double> indicator(long mask, long value) {
        TreeMap<Long, Double> sum = new TreeMap<>();
        long negative = mask & ~value;
        for (long subset = negative; ; subset = (subset - 1) & negative) {
            sum.put(value | subset, (Long.bitCount(subset) & 1) == 0 ? 1.0 : -1.0);
            if (subset == 0) {
                return sum;
            }
        }
    }

    // ---- quarter turns --------------------------------------------------------------------

    /**
     * With R the rotation by 45 degrees, X R = R Z; a Z in between costs the sign of X Z = -Z X.
     */
    private boolean becomeSignBeforeTurn(Op.Flip f) {
        if (Long.bitCount(f.mask() & ~f.value()) > MOST_NEGATIVE) {
            return false;
        }
        Chain chain = chains[f.qubit()];
        boolean odd = false;
        int k = chain.count - 1;
        for (int seen = 0; k >= 0 && seen < WINDOW; k--, seen++) {
            int place = chain.places[k];
            if (terms.get(place) != null) {
                return false;
            }
            Op op = ops.get(place);
            if (op instanceof Op.Turn turn) {
                if (!isQuarter(turn) || isMovedAfter(f.mask(), place)) {
                    return false;
                }
                TreeMap<Long, Double> known = terms.get(place - 1);
                TreeMap<Long, Double> before = known == null ? new TreeMap<>() : known;
                boolean sign = odd;
                indicator(f.mask(), f.value())
                        .forEach(
                                (m, s) -> {
                                    sum(before, m | 1L << f.qubit(), s * Math.PI);
                                    if (sign) {
                                        sum(before, m, Math.PI);
                                    }
                                });
                putPhases(place - 1, before);
                return true;
            }
            odd ^= isZ(op, f.qubit());
            if (op != null && !isZ(op, f.qubit()) && !isFlip(op, f.qubit())) {
                return false;
            }
        }
        return false;
    }

    private static boolean isFlip(@Nullable Op op, int qubit) {
        return op instanceof Op.Flip g && g.qubit() == qubit;
    }

    private static boolean isZ(@Nullable Op op, int qubit) {
        return op instanceof Op.Phase(long mask, double angle)
                && mask == 1L << qubit
                && Math.abs(Math.abs(angle) - Math.PI) <= ROUNDING;
    }

    /** Takes out the flips of a qubit that nothing but a Z has touched since. */
    private List<Op.Flip> takeFlips(int qubit) {
        List<Op.Flip> taken = new ArrayList<>();
        Chain chain = chains[qubit];
        boolean odd = false;
        for (int k = chain.count - 1; k >= 0 && taken.size() < WINDOW; k--) {
            int place = chain.places[k];
            Op op = ops.get(place);
            odd ^= isZ(op, qubit);
            if (op instanceof Op.Flip f && isFlip(op, qubit)) {
                if (Long.bitCount(f.mask() & ~f.value()) <= MOST_NEGATIVE
                        && !isMovedAfter(f.mask(), place)) {
                    taken.add(f);
                    ops.set(place, null);
                    if (odd) {
                        indicator(f.mask(), f.value())
                                .forEach((m, s) -> append(new Op.Phase(m, Math.PI)));
                    }
                }
            } else if (op != null && !isZ(op, qubit) || terms.get(place) != null) {
                break;
            }
        }
        return taken;
    }

    /** R X = -Z R: the sign where the flipped bit is 0. */
    private void becomeSignAfterTurn(Op.Flip f) {
        indicator(f.mask(), f.value())
                .forEach(
                        (m, s) -> {
                            append(new Op.Phase(m, s * Math.PI));
                            append(new Op.Phase(m | 1L << f.qubit(), s * Math.PI));
                        });
    }

    private static boolean isQuarter(Op.Turn t) {
        return Math.abs(t.tangent() - 1) <= ROUNDING;
    }

    /** Adds a rotation to the one before it: R(b) R(a) = R(a + b), R(b) Z R(a) = Z R(a - b). */
    private boolean merge(Op.Turn t) {
        Chain chain = chains[t.qubit()];
        double sign = 1;
        int k = chain.count - 1;
        for (int seen = 0; k >= 0 && seen < WINDOW; k--, seen++) {
            int place = chain.places[k];
            if (terms.get(place) != null) {
                return false;
            }
            Op op = ops.get(place);
            if (op instanceof Op.Turn before) {
                double angle = Math.atan(before.tangent()) + sign * Math.atan(t.tangent());
                if (Math.abs(angle) > Math.PI / 4 + ROUNDING) {
                    return false;
                }
                boolean none = Math.abs(angle) <= ROUNDING;
                Op.Turn both = new Op.Turn(t.qubit(), Math.tan(angle), Math.cos(angle));
                ops.set(place, none ? null : both);
                return true;
            }
            if (isZ(op, t.qubit())) {
                sign = -sign;
            } else if (op != null) {
                return false;
            }
        }
        return false;
    }

    /**
     * R(a) P R(-a) with a phase P under controls and a rotation R, as one matrix under controls;
     * also with a Z in between, as in R(-a) Z P R(-a) = Z R(a) P R(-a).
     */
    private boolean enclose(Op.Turn t) {
        Chain chain = chains[t.qubit()];
        int inner = -1;
        boolean odd = false;
        int k = chain.count - 1;
        for (int seen = 0; k >= 0 && seen < WINDOW; k--, seen++) {
            int place = chain.places[k];
            Op op = ops.get(place);
            if (terms.get(place) != null || op instanceof Op.Turn) {
                break;
            } else if (isZ(op, t.qubit())) {
                odd = !odd;
            } else if (inner < 0 && op instanceof Op.Phase p && Long.bitCount(p.mask()) > 1) {
                inner = place;
            } else if (op != null) {
                return false;
            }
        }
        if (k < 0
                || inner < 0
                || !(ops.get(chain.places[k]) instanceof Op.Turn before)
                || !(ops.get(inner) instanceof Op.Phase phase)
                || isQuarter(t)
                || Math.abs(before.tangent() + (odd ? -1 : 1) * t.tangent()) > ROUNDING) {
            return false;
        }
        for (int z = k; z < chain.count; z++) {
            if (chain.places[z] != inner) {
                ops.set(chain.places[z], null);
            }
        }
        ops.set(inner, enclosed(phase, t.qubit(), -before.tangent(), before.cosine()));
        if (odd) {
            append(new Op.Phase(1L << t.qubit(), Math.PI));
        }
        return true;
    }

    /** {@code [c -s; s c] diag(1, exp(i angle)) [c s; -s c]} under the phase's other qubits. */
    private static Op enclosed(Op.Phase phase, int qubit, double tangent, double c) {
        double s = c * tangent;
        double re = Angles.cos(phase.angle());
        double im = Angles.sin(phase.angle());
        double[] m = {
            c * c + s * s * re,
            s * s * im,
            c * s * (1 - re),
            -c * s * im,
            c * s * (1 - re),
            -c * s * im,
            s * s + c * c * re,
            c * c * im
        };
        long controls = phase.mask() & ~(1L << qubit);
        return new Op.Dense1(qubit, controls, controls, m);
    }

    /** An ascending list of places. */
    private static final class Chain {
        int[] places = new int[8];
        int count;

        void append(int place) {
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
            }
            places[count++] = place;
        }

        /** Adds a place if it is not there, in its order. */
        void insert(int place) {
            int at = count;
            while (at > 0 && places[at - 1] >= place) {
                at--;
            }
            if (at < count && places[at] == place) {
                return;
            }
            append(place);
            System.arraycopy(places, at, places, at + 1, count - 1 - at);
            places[at] = place;
        }
    }
}
