package org.jaket.annealing.sampler;

import org.jaket.execution.CounterRandom;

/** Bounds of the eigenvalues of a problem's couplings. */
final class Spectrum {
    private static final int TURNS = 30;

    private Spectrum() {}

    /**
     * A number that no eigenvalue exceeds in modulus: the smaller of the largest row sum and of 1.1
     * times what power iteration finds, which errs below by little on matrices with few outliers.
     */
    static double radius(SpinProblem problem) {
        int n = problem.size;
        double rows = 0;
        double[] v = new double[n];
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            rows = Math.max(rows, problem.largestField(i) - Math.abs(problem.linear[i]));
            v[i] = 0.5 + CounterRandom.uniform(0, 0, i);
        }
        double norm = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            double before = Math.sqrt(dot(v, v));
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int k = problem.start[i]; k < problem.start[i + 1]; k++) {
                    sum += problem.weight[k] * v[problem.neighbour[k] / SpinProblem.LANES];
                }
                w[i] = sum / before;
            }
            norm = Math.sqrt(dot(w, w));
            if (norm == 0) {
                return rows;
            }
            double[] old = v;
            v = w;
            w = old;
        }
        return Math.min(rows, 1.1 * norm);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The root of the sum of squares of all entries of the coupling matrix. */
    static double frobenius(SpinProblem problem) {
        double sum = 0;
        for (float w : problem.weight) {
            sum += (double) w * w;
        }
        return Math.sqrt(sum);
    }
}
