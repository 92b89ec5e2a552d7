package org.jaket.statevector.lanes;

import org.jaket.circuit.gate.StandardGate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The matrix of a named gate as a trigonometric polynomial in its angles: each entry is a sum of
 * products of {@code 1, cos(a/2), sin(a/2), cos a, sin a}, one factor an angle. The coefficients
 * are found from the table of gates by a discrete Fourier transform, once a gate, so that
 * evaluating a matrix takes a cosine and a sine an angle and no allocation.
 */
final class GateSeries {
    /** How many functions of an angle there are. */
    static final int FUNCTIONS = 5;

    private static final ConcurrentHashMap<StandardGate, GateSeries> KNOWN =
            new ConcurrentHashMap<>();

    private final int angles;
    private final int numbers;

    /** Per term which number it adds to, its coefficient, and one function an angle. */
    private final int[] number;

    private final double[] coefficient;
    private final int[] factor;

    private GateSeries(StandardGate gate) {
        angles = gate.parameters();
        numbers = 2 << 2 * gate.qubits();
        double[][] samples = transformed(gate);
        List<int[]> terms = new ArrayList<>();
        for (int f = 0; f < samples.length; f++) {
            for (int k = 0; k < numbers; k++) {
                if (samples[f][k] != 0) {
                    terms.add(new int[] {f, k});
                }
            }
        }
        number = terms.stream().mapToInt(t -> t[1]).toArray();
        coefficient = terms.stream().mapToDouble(t -> samples[t[0]][t[1]]).toArray();
        factor = new int[terms.size() * angles];
        for (int t = 0; t < terms.size(); t++) {
            int rest = terms.get(t)[0];
            for (int a = 0; a < angles; a++) {
                factor[t * angles + a] = rest % FUNCTIONS;
                rest /= FUNCTIONS;
            }
        }
    }

    static GateSeries of(StandardGate gate) {
        return KNOWN.computeIfAbsent(gate, GateSeries::new);
    }

    /**
     * The matrix at all combinations of five angles spread over 4 pi, transformed along each angle:
     * the coefficients of {@code f = sum over a of 5^a times the number of the function}.
     */
    private static double[][] transformed(StandardGate gate) {
        int n = gate.parameters();
        int count = 1;
        for (int a = 0; a < n; a++) {
            count *= FUNCTIONS;
        }
        double[][] samples = new double[count][];
        for (int k = 0; k < count; k++) {
            double[] at = new double[n];
            int rest = k;
            for (int a = 0; a < n; a++) {
                at[a] = 4 * Math.PI / FUNCTIONS * (rest % FUNCTIONS);
                rest /= FUNCTIONS;
            }
            samples[k] = gate.matrix(at).interleaved();
        }
        for (int step = 1; step < count; step *= FUNCTIONS) {
            for (int k = 0; k < count; k++) {
                if (k / step % FUNCTIONS == 0) {
                    transform(samples, k, step);
                }
            }
        }
        for (double[] sample : samples) {
            Arrays.setAll(sample, k -> rounded(sample[k]));
        }
        return samples;
    }

    private static void transform(double[][] samples, int from, int step) {
        int numbers = samples[from].length;
        double[][] out = new double[FUNCTIONS][numbers];
        for (int f = 0; f < FUNCTIONS; f++) {
            for (int j = 0; j < FUNCTIONS; j++) {
                // Half angles of the samples; functions 1, 2 have frequency 1, functions 3, 4 two.
                int frequency = (f + 1) / 2;
                double half = 2 * Math.PI / FUNCTIONS * j * frequency;
                double weight =
                        f == 0
                                ? 1.0 / FUNCTIONS
                                : 2.0 / FUNCTIONS * (f % 2 == 1 ? Math.cos(half) : Math.sin(half));
                for (int k = 0; k < numbers; k++) {
                    out[f][k] += weight * samples[from + j * step][k];
                }
            }
        }
        for (int f = 0; f < FUNCTIONS; f++) {
            samples[from + f * step] = out[f];
        }
    }

    /** Whole multiples of 1/16, which most coefficients are, without their rounding errors. */
    private static double rounded(double x) {
        double near = Math.rint(16 * x) / 16;
        return Math.abs(x - near) < 1e-13 ? near + 0.0 : x;
    }

    /** A number's value where it does not depend on the angles, otherwise NaN. */
    double constant(int k) {
        double sum = 0;
        for (int t = 0; t < number.length; t++) {
            if (number[t] != k) {
                continue;
            }
            for (int a = 0; a < angles; a++) {
                if (factor[t * angles + a] != 0) {
                    return Double.NaN;
                }
            }
            sum += coefficient[t];
        }
        return sum;
    }

    /**
     * The functions of one angle, {@link #FUNCTIONS} in a row, each as far from the last as there
     * are lanes.
     */
    static void functions(double angle, double[] to, int at, int lanes) {
        double half = angle / 2;
        double c = SineCosine.cos(half);
        double s = SineCosine.sin(half);
        to[at] = 1;
        to[at + lanes] = c;
        to[at + 2 * lanes] = s;
        to[at + 3 * lanes] = c * c - s * s;
        to[at + 4 * lanes] = 2 * c * s;
    }

    /**
     * Writes the matrix, row by row, real and imaginary parts interleaved, as [number][lane].
     *
     * @param at for each angle where its functions begin
     * @param to receives the numbers from {@code slot * lanes} on
     */
    void evaluate(int[] at, double[] functions, double[] to, int slot, int lanes) {
        Arrays.fill(to, slot * lanes, (slot + numbers) * lanes, 0);
        for (int t = 0; t < number.length; t++) {
            int out = (slot + number[t]) * lanes;
            double weight = coefficient[t];
            if (angles == 1) {
                int f = at[0] + factor[t] * lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    to[out + lane] += weight * functions[f + lane];
                }
                continue;
            }
            for (int lane = 0; lane < lanes; lane++) {
                double product = weight;
                for (int a = 0; a < angles; a++) {
                    product *= functions[at[a] + factor[t * angles + a] * lanes + lane];
                }
                to[out + lane] += product;
            }
        }
    }

    /**
     * Adds to the slopes of the angles what the slopes of the matrix's numbers come to; one lane.
     *
     * @param on the numbers of the angles; the functions of angle k begin at {@code FUNCTIONS * k}
     * @param slopes by the matrix's numbers, from {@code slot} on
     * @param byAngle receives
     */
    void pull(int[] on, double[] functions, double[] slopes, int slot, double[] byAngle) {
        for (int t = 0; t < number.length; t++) {
            double weight = slopes[slot + number[t]] * coefficient[t];
            for (int a = 0; a < angles; a++) {
                double product =
                        weight * derivative(functions, FUNCTIONS * on[a], factor[t * angles + a]);
                for (int b = 0; b < angles; b++) {
                    product *= a == b ? 1 : functions[FUNCTIONS * on[b] + factor[t * angles + b]];
                }
                byAngle[on[a]] += product;
            }
        }
    }

    private static double derivative(double[] functions, int at, int function) {
        return switch (function) {
            case 1 -> -functions[at + 2] / 2;
            case 2 -> functions[at + 1] / 2;
            case 3 -> -functions[at + 4];
            case 4 -> functions[at + 3];
            default -> 0;
        };
    }
}
