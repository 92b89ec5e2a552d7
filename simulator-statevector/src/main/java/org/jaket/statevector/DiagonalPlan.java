package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables of a diagonal for any tile. Phase terms that lie inside the tile are multiplied
 * together once, at compile time; terms that also read outer qubits form groups by the outer bits
 * they need, and a tile multiplies the groups that are on into its own copy.
 */
final class DiagonalPlan {
    /** A phase term: local mask, outer mask, angle. */
    record Term(long local, long outer, double angle) {}

    private final int lowBits;
    private final int highBits;
    private final int[] variant;
    private final int variants;
    private final Group inner;
    private final List<Group> outerGroups = new ArrayList<>();
    private final PhaseTables fixed = new PhaseTables();
    private final double scale;

    /** Tables of the terms that need the same outer bits; empty tables stand for ones. */
    private record Group(
            long outer, double[] lowRe, double[] lowIm, double[] highRe, double[] highIm) {}

    private DiagonalPlan(List<Term> terms, int qubits, double scale) {
        this.scale = scale;
        lowBits = Math.min(PhaseTables.LOW_BITS, qubits);
        highBits = qubits - lowBits;
        long lowMask = (1L << lowBits) - 1;
        long cross = 0;
        boolean anyLow = false;
        TreeMap<Long, List<Term>> byOuter = new TreeMap<>();
        byOuter.put(0L, new ArrayList<>());
        for (Term t : terms) {
            byOuter.computeIfAbsent(t.outer, k -> new ArrayList<>()).add(t);
            if ((t.local & lowMask) != 0) {
                anyLow = true;
                cross |= t.local >> lowBits;
            }
        }
        variants = anyLow ? 1 << Long.bitCount(cross) : 0;
        variant = new int[1 << highBits];
        for (int h = 0; h < variant.length; h++) {
            variant[h] = anyLow ? (int) Long.compress(h, cross) << lowBits : -1;
        }
        Group innermost = null;
        for (Map.Entry<Long, List<Term>> e : byOuter.entrySet()) {
            Group g = group(e.getKey(), e.getValue(), cross);
            if (e.getKey() == 0) {
                innermost = g;
            } else {
                outerGroups.add(g);
            }
        }
        inner = innermost == null ? group(0, List.of(), cross) : innermost;
        fill(fixed, List.of());
        // Where the low table is all ones (a ladder whose control is off) it need not be read.
        for (int v = 0; v < variants; v++) {
            if (onlyOnes(fixed, v << lowBits) && outerGroups.isEmpty()) {
                for (int h = 0; h < variant.length; h++) {
                    if (fixed.variant[h] == v << lowBits) {
                        fixed.variant[h] = -1;
                    }
                }
            }
        }
    }

    /**
     * Plans for a set of terms; several where the terms couple too many high qubits to low ones.
     *
     * @param scale a real factor, which the first plan takes
     */
    static List<DiagonalPlan> of(List<Term> terms, int qubits, double scale) {
        int lowBits = Math.min(PhaseTables.LOW_BITS, qubits);
        long lowMask = (1L << lowBits) - 1;
        List<Term> sorted = new ArrayList<>(terms);
        sorted.sort((a, b) -> Long.compareUnsigned(crossing(a, lowMask), crossing(b, lowMask)));
        List<DiagonalPlan> plans = new ArrayList<>();
        List<Term> taken = new ArrayList<>();
        long cross = 0;
        double factor = scale;
        for (Term t : sorted) {
            long wider = cross | crossing(t, lowMask);
            if (Long.bitCount(wider) > PhaseTables.MAX_CROSS && !taken.isEmpty()) {
                plans.add(new DiagonalPlan(taken, qubits, factor));
                factor = 1;
                taken.clear();
                wider = crossing(t, lowMask);
            }
            taken.add(t);
            cross = wider;
        }
        plans.add(new DiagonalPlan(taken, qubits, factor));
        return plans;
    }

    /** The high qubits that a term couples to low ones. */
    private static long crossing(Term t, long lowMask) {
        return (t.local & lowMask) == 0 ? 0 : t.local & ~lowMask;
    }

    private Group group(long outer, List<Term> terms, long cross) {
        int low = variants << lowBits;
        double[] lowAngle = new double[low];
        double[] highAngle = new double[1 << highBits];
        boolean anyLow = false;
        boolean anyHigh = false;
        long lowMask = (1L << lowBits) - 1;
        for (Term t : terms) {
            int l = (int) (t.local & lowMask);
            int h = (int) (t.local >> lowBits);
            if (l == 0) {
                highAngle[h] += t.angle;
                anyHigh = true;
            } else {
                lowAngle[(int) Long.compress(h, cross) << lowBits | l] += t.angle;
                anyLow = true;
            }
        }
        double[] none = {};
        double[] lowRe = none;
        double[] lowIm = none;
        double[] highRe = none;
        double[] highIm = none;
        if (anyLow) {
            sumSubsets(lowAngle);
            lowRe = new double[low];
            lowIm = new double[low];
            Angles.circle(lowAngle, lowRe, lowIm);
        }
        if (anyHigh) {
            sumSubsets(highAngle);
            highRe = new double[highAngle.length];
            highIm = new double[highAngle.length];
            Angles.circle(highAngle, highRe, highIm);
        }
        return new Group(outer, lowRe, lowIm, highRe, highIm);
    }

    /** a[i] becomes the sum of a[j] over the submasks j of i. */
    private static void sumSubsets(double[] a) {
        for (int bit = 1; bit < a.length; bit <<= 1) {
            for (int i = 0; i < a.length; i++) {
                if ((i & bit) != 0) {
                    a[i] += a[i ^ bit];
                }
            }
        }
    }

    private boolean onlyOnes(PhaseTables tables, int at) {
        for (int l = 0; l < 1 << lowBits; l++) {
            if (tables.lowReDouble[at + l] != 1 || tables.lowImDouble[at + l] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The tables for a tile; null if the diagonal is one there. */
    @Nullable PhaseTables tables(long outer, PhaseTables scratch, Precision precision) {
        List<Group> on = null;
        for (Group g : outerGroups) {
            if ((outer & g.outer) == g.outer) {
                if (on == null) {
                    on = new ArrayList<>();
                }
                on.add(g);
            }
        }
        if (on == null) {
            boolean one = scale == 1 && inner.lowRe.length == 0 && inner.highRe.length == 0;
            return one ? null : fixed;
        }
        fill(scratch, on);
        return scratch;
    }

    /** Every number that the tables depend on. */
    void digest(ProgramDigest digest) throws IOException {
        digest.ints(lowBits, highBits, variants);
        digest.ints(variant);
        digest.doubles(scale);
        digest(inner, digest);
        for (Group g : outerGroups) {
            digest(g, digest);
        }
    }

    private static void digest(Group g, ProgramDigest digest) throws IOException {
        digest.longs(g.outer);
        digest.doubles(g.lowRe);
        digest.doubles(g.lowIm);
        digest.doubles(g.highRe);
        digest.doubles(g.highIm);
    }

    private void fill(PhaseTables tables, List<Group> on) {
        tables.shape(lowBits, variants, highBits);
        System.arraycopy(variant, 0, tables.variant, 0, variant.length);
        int low = variants << lowBits;
        int high = 1 << highBits;
        Arrays.fill(tables.lowReDouble, 0, low, 1);
        Arrays.fill(tables.lowImDouble, 0, low, 0);
        Arrays.fill(tables.highRe, 0, high, scale);
        Arrays.fill(tables.highIm, 0, high, 0);
        multiply(tables, inner);
        for (Group g : on) {
            multiply(tables, g);
        }
        tables.round(low);
    }

    private static void multiply(PhaseTables tables, Group g) {
        multiply(tables.lowReDouble, tables.lowImDouble, g.lowRe, g.lowIm);
        multiply(tables.highRe, tables.highIm, g.highRe, g.highIm);
    }

    private static void multiply(double[] re, double[] im, double[] byRe, double[] byIm) {
        for (int i = 0; i < byRe.length; i++) {
            double x = re[i] * byRe[i] - im[i] * byIm[i];
            im[i] = re[i] * byIm[i] + im[i] * byRe[i];
            re[i] = x;
        }
    }
}
