package org.jaket.circuit.noise;

import org.jaket.circuit.gate.ComplexMatrix;

import java.util.ArrayList;
import java.util.List;

/**
 * A quantum channel given by its Kraus operators: rho becomes the sum of K rho K<sup>dagger</sup>.
 *
 * <p>Other forms of a channel are read by {@link #ofSuperoperator}, {@link #ofChoi} and {@link
 * #ofPauliTransfer}; {@link StandardChannels} has the channels of the textbooks. Vectors of
 * matrices stack columns, as in C. J. Wood, J. D. Biamonte and D. G. Cory, "Tensor networks and
 * graphical calculus for open quantum systems", 2015.
 *
 * @param label the name that messages and drawings use
 * @param operators square, of one size 2<sup>n</sup>, first target least significant, with
 *     K<sup>dagger</sup>K adding up to the identity to {@link #COMPLETENESS_TOLERANCE}
 */
public record KrausChannel(String label, List<ComplexMatrix> operators) {
    /** How far an entry of the sum of K<sup>dagger</sup>K may be from the identity. */
    public static final double COMPLETENESS_TOLERANCE = 1e-9;

    /** Copies the list; checks shapes and completeness. */
    public KrausChannel {
        operators = List.copyOf(operators);
        if (operators.isEmpty()) {
            throw new IllegalArgumentException("channel " + label + " has no Kraus operators");
        }
        int n = operators.getFirst().rows();
        ComplexMatrix sum = ComplexMatrix.identity(n).scale(0, 0);
        for (ComplexMatrix k : operators) {
            if (k.rows() != n || k.columns() != n || Integer.bitCount(n) != 1 || n < 2) {
                throw new IllegalArgumentException(
                        "channel "
                                + label
                                + " needs square Kraus operators of one size 2^n, got "
                                + k.rows()
                                + " x "
                                + k.columns());
            }
            sum = sum.plus(k.adjoint().times(k));
        }
        double error = sum.distance(ComplexMatrix.identity(n));
        if (error > COMPLETENESS_TOLERANCE) {
            throw new IllegalArgumentException(
                    "the Kraus operators of channel "
                            + label
                            + " do not preserve the trace: the sum of K^dagger K differs from the identity by "
                            + error);
        }
    }

    /**
     * The channel with a given superoperator.
     *
     * @param superoperator 4<sup>n</sup> x 4<sup>n</sup>, acting on column-stacked matrices: entry
     *     (i, j) of a density matrix is at i + 2<sup>n</sup> j
     * @throws IllegalArgumentException if it is not completely positive or does not preserve the
     *     trace
     */
    public static KrausChannel ofSuperoperator(String label, ComplexMatrix superoperator) {
        ChannelForms.dimension(label, "superoperator", superoperator);
        return ofChoi(label, ChannelForms.reshuffled(superoperator));
    }

    /**
     * The channel with a given Choi matrix.
     *
     * @param choi the sum over i, j of {@code |i><j| (x) E(|i><j|)}, input on the high half of the
     *     index, with trace 2<sup>n</sup>
     * @throws IllegalArgumentException if it is not completely positive or does not preserve the
     *     trace
     */
    public static KrausChannel ofChoi(String label, ComplexMatrix choi) {
        return new KrausChannel(label, ChannelForms.kraus(label, choi));
    }

    /**
     * The channel with a given Pauli transfer matrix.
     *
     * @param transfer tr(P<sub>i</sub> E(P<sub>j</sub>)) / 2<sup>n</sup>; digit k of an index in
     *     base 4 is the letter (I, X, Y, Z) on qubit k
     * @throws IllegalArgumentException if it is not completely positive or does not preserve the
     *     trace
     */
    public static KrausChannel ofPauliTransfer(String label, ComplexMatrix transfer) {
        ChannelForms.dimension(label, "Pauli transfer matrix", transfer);
        return ofSuperoperator(label, ChannelForms.superoperatorOfPauliTransfer(transfer));
    }

    /** How many qubits the channel acts on. */
    public int qubits() {
        return Integer.numberOfTrailingZeros(operators.getFirst().rows());
    }

    /** The superoperator, as {@link #ofSuperoperator} takes it. */
    public ComplexMatrix superoperator() {
        return ChannelForms.superoperator(operators);
    }

    /** The Choi matrix, as {@link #ofChoi} takes it. */
    public ComplexMatrix choi() {
        return ChannelForms.reshuffled(superoperator());
    }

    /** The Pauli transfer matrix, as {@link #ofPauliTransfer} takes it. */
    public ComplexMatrix pauliTransfer() {
        return ChannelForms.pauliTransfer(superoperator());
    }

    /**
     * This channel and then another one, with as few Kraus operators as there can be.
     *
     * @throws IllegalArgumentException if they act on different numbers of qubits
     */
    public KrausChannel then(KrausChannel next) {
        if (next.qubits() != qubits()) {
            throw new IllegalArgumentException(
                    "cannot compose channel "
                            + label
                            + " on "
                            + qubits()
                            + " qubits with "
                            + next.label
                            + " on "
                            + next.qubits());
        }
        return ofSuperoperator(
                label + ", " + next.label, next.superoperator().times(superoperator()));
    }

    /** Both channels side by side: this one on the first qubits, {@code high} on those behind. */
    public KrausChannel below(KrausChannel high) {
        List<ComplexMatrix> products = new ArrayList<>();
        for (ComplexMatrix a : operators) {
            for (ComplexMatrix b : high.operators) {
                products.add(a.below(b));
            }
        }
        return new KrausChannel(label + " x " + high.label, products);
    }

    /**
     * The mean over all pure states of the overlap of input and output: (d F + 1) / (d + 1) with
     * the entanglement fidelity F, the sum of |tr K|<sup>2</sup> / d<sup>2</sup> (M. A. Nielsen, "A
     * simple formula for the average gate fidelity of a quantum dynamical operation", 2002).
     */
    public double averageFidelity() {
        double d = operators.getFirst().rows();
        double sum = 0;
        for (ComplexMatrix k : operators) {
            double[] trace = k.trace();
            sum += trace[0] * trace[0] + trace[1] * trace[1];
        }
        return (sum / d + 1) / (d + 1);
    }

    /** Decay from |1> to |0> with probability gamma. */
    public static KrausChannel amplitudeDamping(double gamma) {
        return StandardChannels.amplitudeDamping(gamma);
    }

    /** Loss of phase: the off-diagonal entries shrink by the square root of 1 - gamma. */
    public static KrausChannel phaseDamping(double gamma) {
        return StandardChannels.phaseDamping(gamma);
    }
}
