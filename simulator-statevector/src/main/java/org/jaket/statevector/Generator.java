package org.jaket.statevector;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.observable.PauliString;

import java.util.ArrayList;
import java.util.List;

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
        return ofMatrix(a, arity, one.targets(), qubits);
    }

    /** Takes an anti-Hermitian matrix apart: the coefficient of P is tr(P A) / (i n). */
    private static Generator ofMatrix(double[] a, int arity, Targets targets, int qubits) {
        int n = 1 << arity;
        List<Double> coefficients = new ArrayList<>();
        List<PauliString> strings = new ArrayList<>();
        for (int x = 0; x < n; x++) {
            for (int z = 0; z < n; z++) {
                // P|k> = i^y (-1)^(k.z) |k ^ x>, so tr(P A) = sum of i^y (-1)^(k.z) A[k, k ^ x].
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
                    coefficients.add(c / n);
                    strings.add(string(x, z, targets, qubits));
                }
            }
        }
        return new Generator(
                coefficients.stream().mapToDouble(Double::doubleValue).toArray(), strings);
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

    private static PauliString string(int x, int z, Targets targets, int qubits) {
        long[] xBits = new long[1];
        long[] zBits = new long[1];
        for (int j = 0; j < targets.size(); j++) {
            xBits[0] |= (long) (x >> j & 1) << targets.value(j);
            zBits[0] |= (long) (z >> j & 1) << targets.value(j);
        }
        return PauliString.ofBits(qubits, xBits, zBits, 0);
    }
}
