package org.jaket.statevector.lanes;

import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sum of Pauli strings as it is read from stored amplitudes: one pass for all strings that move
 * the rows in the same way.
 *
 * <p>A string maps |k> to {@code i^turns (-1)^(k.z) |k ^ x>}. For all strings with the same x the
 * products {@code conj(a[i ^ x]) a[i]} are the same, and the signs add up to one weight a row.
 */
final class LaneObservable {
    /** Weights that are kept, in numbers: 32 MB. */
    private static final int MOST_WEIGHTS = 1 << 22;

    private static final double[] NOTHING = {};

    /**
     * Strings with the same x.
     *
     * @param re what Re p counts for each row that does not have the highest bit of x
     * @param im what Im p counts; null for nothing
     */
    private record Pass(int x, double[] re, double @Nullable [] im) {}

    private record Term(int z, int turns, double coefficient) {}

    private final List<Pass> passes = new ArrayList<>();

    private LaneObservable() {}

    /** The sum at the end of a program, or null where its weights take too much memory. */
    static @Nullable LaneObservable of(PauliSum sum, LaneProgram program) {
        Map<Integer, List<Term>> groups = new LinkedHashMap<>();
        for (PauliSum.Term term : sum.terms()) {
            PauliString p = term.string();
            int x = program.place(p.qubits() == 0 ? 0 : p.xBits()[0]);
            int z = program.place(p.qubits() == 0 ? 0 : p.zBits()[0]);
            int turns = p.phase() + Integer.bitCount(x & z) & 3;
            groups.computeIfAbsent(x, k -> new ArrayList<>())
                    .add(new Term(z, turns, term.coefficient()));
        }
        if ((long) groups.size() << program.qubits() > MOST_WEIGHTS) {
            return null;
        }
        LaneObservable observable = new LaneObservable();
        groups.forEach((x, terms) -> observable.passes.add(pass(x, terms, 1 << program.qubits())));
        return observable;
    }

    /** Rows i and {@code i ^ x} have conjugate products, so one of them counts twice. */
    private static Pass pass(int x, List<Term> terms, int rows) {
        double[] re = new double[rows];
        double[] im = new double[rows];
        boolean complex = false;
        for (Term t : terms) {
            double c = x == 0 ? t.coefficient : 2 * t.coefficient;
            // Re(i^turns p) is Re p, -Im p, -Re p, Im p.
            if ((t.turns & 1) == 0) {
                re[t.z] += t.turns == 0 ? c : -c;
            } else {
                im[t.z] += t.turns == 3 ? c : -c;
                complex = true;
            }
        }
        int high = Integer.highestOneBit(x);
        double[] weights = half(signed(re), high);
        return new Pass(x, weights, complex ? half(signed(im), high) : null);
    }

    /** {@code out[i] = sum over z of (-1)^popcount(i & z) in[z]}, a Walsh-Hadamard transform. */
    private static double[] signed(double[] in) {
        for (int bit = 1; bit < in.length; bit <<= 1) {
            for (int i = 0; i < in.length; i++) {
                if ((i & bit) == 0) {
                    double a = in[i];
                    double b = in[i | bit];
                    in[i] = a + b;
                    in[i | bit] = a - b;
                }
            }
        }
        return in;
    }

    private static double[] half(double[] all, int high) {
        if (high == 0) {
            return all;
        }
        double[] half = new double[all.length / 2];
        int i = 0;
        for (int k = 0; k < half.length; k++) {
            half[k] = all[i];
            i = (i | high) + 1 & ~high;
        }
        return half;
    }

    /** The expectation value in each lane. */
    void read(LaneKernels kernels, double[] sums) {
        for (Pass p : passes) {
            kernels.read(p.x, p.re, p.im, sums);
        }
    }

    /** Makes |bra> = O |ket>. */
    void apply(BraKet states) {
        states.clearBra();
        for (Pass p : passes) {
            states.weigh(p.x, p.re, p.im == null ? NOTHING : p.im);
        }
    }
}
