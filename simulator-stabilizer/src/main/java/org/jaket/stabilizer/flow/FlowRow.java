package org.jaket.stabilizer.flow;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.observable.PauliString;
import org.jaket.stabilizer.clifford.Step;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A flow of the part of a circuit that was gone through so far, from its end: {@code in -> i^phase
 * out xor results}, both strings with phase +1.
 *
 * <p>Flows stay apart from {@link org.jaket.stabilizer.sensitivity.Sensitivities}: those are sets
 * of detectors by qubit and have no signs, while a flow is a string of its own whose sign is kept,
 * and what collapses a qubit ends flows or multiplies two of them.
 */
final class FlowRow {
    final int qubits;
    final long[] inX;
    final long[] inZ;
    final long[] outX;
    final long[] outZ;
    final BitSet results = new BitSet();
    final BitSet observables = new BitSet();
    int phase;

    FlowRow(int qubits) {
        this.qubits = qubits;
        int words = (qubits + 63) >> 6;
        inX = new long[words];
        inZ = new long[words];
        outX = new long[words];
        outZ = new long[words];
    }

    static boolean get(long[] bits, int q) {
        return (bits[q >> 6] >>> q & 1) != 0;
    }

    static void set(long[] bits, int q, boolean value) {
        bits[q >> 6] = value ? bits[q >> 6] | 1L << q : bits[q >> 6] & ~(1L << q);
    }

    PauliString input() {
        return PauliString.ofBits(qubits, inX, inZ, 0);
    }

    PauliString output() {
        return PauliString.ofBits(qubits, outX, outZ, 0);
    }

    boolean hasNoLetters() {
        return isZero(inX) && isZero(inZ) && isZero(outX) && isZero(outZ);
    }

    static boolean isZero(long[] words) {
        for (long w : words) {
            if (w != 0) {
                return false;
            }
        }
        return true;
    }

    /** Multiplies strings in place and returns the power of i that comes out. */
    private static int multiply(long[] x, long[] z, long[] byX, long[] byZ) {
        int turns = 0;
        for (int w = 0; w < x.length; w++) {
            long px = x[w] ^ byX[w];
            long pz = z[w] ^ byZ[w];
            turns +=
                    Long.bitCount(x[w] & z[w])
                            + Long.bitCount(byX[w] & byZ[w])
                            - Long.bitCount(px & pz)
                            + 2 * Long.bitCount(z[w] & byX[w]);
            x[w] = px;
            z[w] = pz;
        }
        return turns;
    }

    /** The product of flows is a flow. */
    void multiply(FlowRow other) {
        int in = multiply(inX, inZ, other.inX, other.inZ);
        int out = multiply(outX, outZ, other.outX, other.outZ);
        phase = phase + other.phase + out - in & 3;
        results.xor(other.results);
        observables.xor(other.observables);
    }

    /** Replaces the input by what a gate makes this of it. */
    void unapply(CliffordAction backward, int[] targets, int from) {
        int px = 0;
        int pz = 0;
        int turns = 0;
        for (int k = 0; k < backward.qubits(); k++) {
            int q = targets[from + k];
            boolean x = get(inX, q);
            boolean z = get(inZ, q);
            for (int part = 0; part < 2; part++) {
                if (part == 0 ? !x : !z) {
                    continue;
                }
                int fx = backward.x(k, part == 1);
                int fz = backward.z(k, part == 1);
                turns += backward.negative(k, part == 1) ? 2 : 0;
                turns +=
                        Integer.bitCount(px & pz)
                                + Integer.bitCount(fx & fz)
                                - Integer.bitCount((px ^ fx) & (pz ^ fz))
                                + 2 * Integer.bitCount(pz & fx);
                px ^= fx;
                pz ^= fz;
            }
            turns += x && z ? 1 : 0;
        }
        for (int k = 0; k < backward.qubits(); k++) {
            set(inX, targets[from + k], (px >> k & 1) != 0);
            set(inZ, targets[from + k], (pz >> k & 1) != 0);
        }
        phase = phase - turns & 3;
    }

    boolean anticommutes(Step.Product product) {
        boolean anti = false;
        for (int q : product.xs()) {
            anti ^= get(inZ, q);
        }
        for (int q : product.zs()) {
            anti ^= get(inX, q);
        }
        return anti;
    }

    boolean anticommutes(Pauli pauli, int q) {
        return (pauli.hasX() && get(inZ, q)) ^ (pauli.hasZ() && get(inX, q));
    }

    /** Multiplies the input by a product from the right. */
    void times(Step.Product product) {
        long[] x = new long[inX.length];
        long[] z = new long[inX.length];
        for (int q : product.xs()) {
            set(x, q, true);
        }
        for (int q : product.zs()) {
            set(z, q, true);
        }
        phase = phase - multiply(inX, inZ, x, z) + (product.negative() ? 2 : 0) & 3;
    }

    /** Goes back through the square root of a product: {@code U^dagger P U}. */
    void unrotate(Step.Rotate rotation) {
        if (anticommutes(rotation.product())) {
            times(rotation.product());
            // U P U^dagger = i P Q, and the other way round for the inverse.
            phase = phase + (rotation.dagger() ? 3 : 1) & 3;
        }
    }

    void clearQubit(int q) {
        set(inX, q, false);
        set(inZ, q, false);
    }

    /** The order in which Stim sorts flows: by input, output and then results. */
    static int compare(FlowRow a, FlowRow b) {
        int order = compare(a.inX, a.inZ, b.inX, b.inZ);
        if (order == 0) {
            order = compare(a.outX, a.outZ, b.outX, b.outZ);
        }
        if (order == 0 && a.phase != b.phase && FlowRow.isZero(a.outX) == FlowRow.isZero(b.outX)) {
            order = Integer.compare(a.phase, b.phase);
        }
        return order != 0 ? order : compare(a.results, b.results);
    }

    private static int compare(long[] ax, long[] az, long[] bx, long[] bz) {
        // The identity counts as the empty string, which comes before all others.
        boolean aEmpty = isZero(ax) && isZero(az);
        boolean bEmpty = isZero(bx) && isZero(bz);
        if (aEmpty || bEmpty) {
            return Boolean.compare(bEmpty, aEmpty);
        }
        for (int w = 0; w < ax.length; w++) {
            long difference = ax[w] ^ bx[w] | az[w] ^ bz[w];
            if (difference != 0) {
                int q = Long.numberOfTrailingZeros(difference);
                Pauli a = Pauli.of((ax[w] >>> q & 1) != 0, (az[w] >>> q & 1) != 0);
                Pauli b = Pauli.of((bx[w] >>> q & 1) != 0, (bz[w] >>> q & 1) != 0);
                return a.compareTo(b);
            }
        }
        return 0;
    }

    private static int compare(BitSet a, BitSet b) {
        return Arrays.compare(a.stream().toArray(), b.stream().toArray());
    }
}
