package org.jaket.statevector;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a gate changes with one of its angles: {@code dU U^dagger = i sum of c P} with real c and
 * Pauli strings P.
 *
 * @param coefficients c for each string
 * @param strings on all qubits of the circuit
 */
record Generator(double[] coefficients, List<PauliString> strings) {
    /** A gate of a larger matrix is not differentiated: 4^qubits strings. */
    static final int MAX_QUBITS = 6;

    /** Coefficients this small are rounding errors. */
    static final double NEGLIGIBLE = 1e-14;

    private static final Map<StandardGate, Local> KNOWN = new ConcurrentHashMap<>();

    /** Of a rotation {@code exp(-i angle/2 P)}. */
    static Generator of(PauliProduct product, int qubits) {
        PauliString string = PauliString.identity(qubits);
        Targets letters = product.letters();
        for (int k = 0; k < letters.size(); k++) {
            string = string.with(letters.value(k), Target.pauli(letters.get(k)));
        }
        return new Generator(new double[] {product.negative() ? 0.5 : -0.5}, List.of(string));
    }

    /**
     * Of one parameter of a gate on one group of targets.
     *
     * <p>The entries of the named gates' matrices and of their controlled forms are trigonometric
     * polynomials in each parameter, of frequencies 0, 1/2 and 1. So four values give the
     * derivative exactly (D. Wierichs et al., "General parameter-shift rules for quantum
     * gradients", arXiv 2107.12390, equation 25).
     */
    static Generator of(GateOperation one, double[] values, int parameter, int qubits) {
        Gate gate = one.gate();
        // The named gates with one parameter are exp(i angle A), with the same A at every angle.
        Local local =
                gate instanceof StandardGate named && named.parameters() == 1
                        ? KNOWN.computeIfAbsent(named, g -> local(g, values, 0))
                        : local(gate, values, parameter);
        return local.on(one.targets(), qubits);
    }

    private static Local local(Gate gate, double[] values, int parameter) {
        int arity = gate.qubits();
        int n = 1 << arity;
        double[] slope = new double[2 * n * n];
        for (int node = 0; node < 4; node++) {
            double shift = (2 * node + 1) * Math.PI / 2;
            double sine = Math.sin(shift / 4);
            double weight = ((node & 1) == 0 ? 1 : -1) / (16 * sine * sine);
            double[] shifted = values.clone();
            shifted[parameter] += shift;
            double[] m = GateLowering.entries(gate.matrix(shifted));
            for (int e = 0; e < slope.length; e++) {
                slope[e] += weight * m[e];
            }
        }
        ComplexMatrix inverse = gate.matrix(values).adjoint();
        double[] a = Matrices.multiply(slope, GateLowering.entries(inverse), n);
        return Local.of(a, arity);
    }

    /** A generator on the targets of a gate: coefficients and masks of Pauli strings. */
    private record Local(double[] coefficients, int[] x, int[] z) {
        /** Takes an anti-Hermitian matrix apart: the coefficient of P is tr(P A) / (i n). */
        static Local of(double[] a, int arity) {
            int n = 1 << arity;
            double[] coefficients = new double[n * n];
            int[] xs = new int[n * n];
            int[] zs = new int[n * n];
            int count = 0;
            for (int x = 0; x < n; x++) {
                for (int z = 0; z < n; z++) {
                    // P|k> = i^y (-1)^(k.z) |k ^ x>, so tr(P A) is the sum of
                    // i^y (-1)^(k.z) A[k, k ^ x].
                    double re = 0;
                    double im = 0;
                    for (int k = 0; k < n; k++) {
                        double sign = 1 - 2 * (Integer.bitCount(k & z) & 1);
                        int at = 2 * (k * n + (k ^ x));
                        re += sign * a[at];
                        im += sign * a[at + 1];
                    }
                    double c =
                            switch (Integer.bitCount(x & z) & 3) {
                                case 0 -> im;
                                case 1 -> re;
                                case 2 -> -im;
                                default -> -re;
                            };
                    if (Math.abs(c) > NEGLIGIBLE * n) {
                        coefficients[count] = c / n;
                        xs[count] = x;
                        zs[count++] = z;
                    }
                }
            }
            return new Local(
                    Arrays.copyOf(coefficients, count),
                    Arrays.copyOf(xs, count),
                    Arrays.copyOf(zs, count));
        }

        Generator on(Targets targets, int qubits) {
            List<PauliString> strings = new ArrayList<>(coefficients.length);
            for (int k = 0; k < coefficients.length; k++) {
                long xBits = 0;
                long zBits = 0;
                for (int j = 0; j < targets.size(); j++) {
                    xBits |= (long) (x[k] >> j & 1) << targets.value(j);
                    zBits |= (long) (z[k] >> j & 1) << targets.value(j);
                }
                strings.add(PauliString.ofBits(qubits, new long[] {xBits}, new long[] {zBits}, 0));
            }
            return new Generator(coefficients, strings);
        }
    }

    /**
     * How much of a Pauli is in W P W^dagger, which is Hermitian without trace: tr(Q W P W^dagger)
     * / 2.
     */
    static double share(double[] w, Pauli p, Pauli q) {
        double[] left = Matrices.multiply(entries(q), w, 2);
        double[] right = Matrices.multiply(w, entries(p), 2);
        // tr(A B^dagger) is the sum of A_ij conj(B_ij).
        double sum = 0;
        for (int k = 0; k < 8; k++) {
            sum += left[k] * right[k];
        }
        return sum / 2;
    }

    private static double[] entries(Pauli p) {
        return switch (p) {
            case I -> new double[] {1, 0, 0, 0, 0, 0, 1, 0};
            case X -> new double[] {0, 0, 1, 0, 1, 0, 0, 0};
            case Y -> new double[] {0, 0, 0, -1, 0, 1, 0, 0};
            case Z -> new double[] {1, 0, 0, 0, 0, 0, -1, 0};
        };
    }
}
