package org.jaket.circuit.noise;

import org.jaket.circuit.gate.ComplexMatrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The channels of the textbooks: M. A. Nielsen and I. L. Chuang, "Quantum Computation and Quantum
 * Information", section 8.3, where no other source is named.
 */
public final class StandardChannels {
    private StandardChannels() {}

    /** Decay from |1> to |0> with probability gamma. */
    public static KrausChannel amplitudeDamping(double gamma) {
        checkProbability("amplitude damping", gamma);
        return new KrausChannel(
                "amplitude_damping(" + gamma + ")",
                List.of(
                        ComplexMatrix.real(1, 0, 0, Math.sqrt(1 - gamma)),
                        ComplexMatrix.real(0, Math.sqrt(gamma), 0, 0)));
    }

    /**
     * Exchange with a warm surrounding: populations move a share gamma of the way to their
     * equilibrium, coherences shrink by the square root of 1 - gamma.
     *
     * @param gamma from 0 to 1
     * @param excited the population of |1> in equilibrium
     */
    public static KrausChannel generalizedAmplitudeDamping(double gamma, double excited) {
        checkProbability("generalised amplitude damping", gamma);
        checkProbability("generalised amplitude damping", excited);
        double down = Math.sqrt(1 - excited);
        double up = Math.sqrt(excited);
        double stay = Math.sqrt(1 - gamma);
        double move = Math.sqrt(gamma);
        return ofOperators(
                "generalized_amplitude_damping(" + gamma + ", " + excited + ")",
                ComplexMatrix.real(down, 0, 0, down * stay),
                ComplexMatrix.real(0, down * move, 0, 0),
                ComplexMatrix.real(up * stay, 0, 0, up),
                ComplexMatrix.real(0, 0, up * move, 0));
    }

    /** Loss of phase: the off-diagonal entries shrink by the square root of 1 - gamma. */
    public static KrausChannel phaseDamping(double gamma) {
        checkProbability("phase damping", gamma);
        return new KrausChannel(
                "phase_damping(" + gamma + ")",
                List.of(
                        ComplexMatrix.real(1, 0, 0, Math.sqrt(1 - gamma)),
                        ComplexMatrix.real(0, 0, 0, Math.sqrt(gamma))));
    }

    /**
     * Relaxation during a time: with e1 = exp(-time/T1) and e2 = exp(-time/T2) the population of
     * |1> becomes e1 times itself plus (1 - e1) times its equilibrium, and coherences shrink by e2.
     *
     * <p>For T2 up to T1 that is a mixture of nothing, Z and resets to |0> and |1>; for longer T2
     * it is not, and the Kraus operators come from the Choi matrix. See P. Krantz and others, "A
     * quantum engineer's guide to superconducting qubits", 2019, section III.
     *
     * @param t1 longitudinal relaxation time; positive, infinite for none
     * @param t2 transverse relaxation time, in the same unit; positive, at most 2 T1
     * @param time how long, in the same unit; not negative
     * @param excited the population of |1> in equilibrium, from 0 to 1
     * @throws IllegalArgumentException if T2 is above 2 T1, which no qubit can have, or a number is
     *     out of range
     */
    public static KrausChannel thermalRelaxation(
            double t1, double t2, double time, double excited) {
        if (!(t1 > 0) || !(t2 > 0) || !(time >= 0) || Double.isInfinite(time)) {
            throw new IllegalArgumentException(
                    "thermal relaxation needs positive T1 and T2 and a time that is finite and not"
                            + " negative, not T1 = "
                            + t1
                            + ", T2 = "
                            + t2
                            + ", time = "
                            + time);
        }
        if (t2 > 2 * t1) {
            throw new IllegalArgumentException(
                    "thermal relaxation cannot have T2 = " + t2 + " above 2 T1 = " + 2 * t1);
        }
        checkProbability("the excited population of thermal relaxation", excited);
        String label = "thermal_relaxation(" + t1 + ", " + t2 + ", " + time + ", " + excited + ")";
        double e2 = Math.exp(-time / t2);
        // 1 - exp(-x) without loss of digits for short times.
        double reset = -Math.expm1(-time / t1);
        if (t2 <= t1) {
            // (1 - reset) (1 - 2 z) = e2, with a reset or a Z but not both.
            double z = Math.max(0, -Math.expm1(time / t1 - time / t2) * (1 - reset) / 2);
            return ofOperators(
                    label,
                    ComplexMatrix.identity(2).scale(Math.sqrt(Math.max(0, 1 - reset - z)), 0),
                    ComplexMatrix.real(1, 0, 0, -1).scale(Math.sqrt(z), 0),
                    ComplexMatrix.real(1, 0, 0, 0).scale(Math.sqrt(reset * (1 - excited)), 0),
                    ComplexMatrix.real(0, 1, 0, 0).scale(Math.sqrt(reset * (1 - excited)), 0),
                    ComplexMatrix.real(0, 0, 1, 0).scale(Math.sqrt(reset * excited), 0),
                    ComplexMatrix.real(0, 0, 0, 1).scale(Math.sqrt(reset * excited), 0));
        }
        // Entry (i + 2 a, j + 2 b) is <i|E(|a><b|)|j>.
        double[] choi = new double[16];
        choi[0] = 1 - reset * excited;
        choi[5] = reset * excited;
        choi[10] = reset * (1 - excited);
        choi[15] = 1 - reset * (1 - excited);
        choi[3] = e2;
        choi[12] = e2;
        return KrausChannel.ofChoi(label, ComplexMatrix.real(choi));
    }

    /**
     * Depolarisation: with probability lambda the state is replaced by the completely mixed one.
     * This is the parameter that Qiskit Aer uses; the probability of any error, which Stim's
     * DEPOLARIZE takes, is lambda (1 - 4<sup>-n</sup>).
     *
     * @param qubits 1 to 3
     * @param lambda from 0 to 4<sup>n</sup> / (4<sup>n</sup> - 1); above 1 the state is depolarised
     *     and more: at the end of the range every Pauli happens but the identity
     */
    public static KrausChannel depolarizing(int qubits, double lambda) {
        if (qubits < 1 || qubits > 3) {
            throw new IllegalArgumentException(
                    "depolarising channels are on 1 to 3 qubits, not " + qubits);
        }
        int all = 1 << 2 * qubits;
        if (!(lambda >= 0 && lambda <= all / (all - 1.0))) {
            throw new IllegalArgumentException(
                    "depolarising needs a parameter from 0 to "
                            + all / (all - 1.0)
                            + ", not "
                            + lambda);
        }
        double[] p = new double[all];
        Arrays.fill(p, lambda / all);
        p[0] = Math.max(0, 1 - lambda * (all - 1) / all);
        return paulis("depolarizing(" + lambda + ")", qubits, p);
    }

    /**
     * Paulis by chance.
     *
     * @param probabilities by Pauli product, letters from the last target to the first as in {@link
     *     org.jaket.circuit.observable.PauliString}; nothing happens with what is left to 1
     */
    public static KrausChannel pauli(Map<String, Double> probabilities) {
        if (probabilities.isEmpty()) {
            throw new IllegalArgumentException("a Pauli channel needs at least one Pauli product");
        }
        int qubits = probabilities.keySet().iterator().next().length();
        if (qubits < 1 || qubits > 3) {
            throw new IllegalArgumentException(
                    "Pauli channels are on 1 to 3 qubits, not " + qubits);
        }
        double[] p = new double[1 << 2 * qubits];
        double sum = 0;
        for (Map.Entry<String, Double> e : probabilities.entrySet()) {
            checkProbability("a Pauli channel", e.getValue());
            int index = 0;
            for (char letter : e.getKey().toCharArray()) {
                int digit = "IXYZ".indexOf(letter);
                if (digit < 0 || e.getKey().length() != qubits) {
                    throw new IllegalArgumentException(
                            "a Pauli channel on "
                                    + qubits
                                    + " qubits needs as many letters I, X, Y or Z, not "
                                    + e.getKey());
                }
                index = index << 2 | digit;
            }
            p[index] += e.getValue();
            sum += e.getValue();
        }
        if (sum > 1 + KrausChannel.COMPLETENESS_TOLERANCE) {
            throw new IllegalArgumentException(
                    "the probabilities of a Pauli channel add up to " + sum + ", more than 1");
        }
        p[0] += Math.max(0, 1 - sum);
        return paulis("pauli" + probabilities, qubits, p);
    }

    /** A unitary that happens every time: an over-rotation, a residual coupling. */
    public static KrausChannel coherent(String label, ComplexMatrix unitary) {
        return new KrausChannel(label, List.of(unitary));
    }

    /**
     * A qubit that is put into |0> or |1> by chance.
     *
     * @param toZero the probability of a reset to |0>
     * @param toOne the probability of a reset to |1>; both add up to at most 1
     */
    public static KrausChannel reset(double toZero, double toOne) {
        checkProbability("a reset error", toZero);
        checkProbability("a reset error", toOne);
        checkProbability("a reset error", toZero + toOne);
        return ofOperators(
                "reset(" + toZero + ", " + toOne + ")",
                ComplexMatrix.identity(2).scale(Math.sqrt(1 - toZero - toOne), 0),
                ComplexMatrix.real(1, 0, 0, 0).scale(Math.sqrt(toZero), 0),
                ComplexMatrix.real(0, 1, 0, 0).scale(Math.sqrt(toZero), 0),
                ComplexMatrix.real(0, 0, 1, 0).scale(Math.sqrt(toOne), 0),
                ComplexMatrix.real(0, 0, 0, 1).scale(Math.sqrt(toOne), 0));
    }

    /** Pauli products by index, see {@link ChannelForms#pauli}. */
    private static KrausChannel paulis(String label, int qubits, double[] p) {
        ComplexMatrix[] operators = new ComplexMatrix[p.length];
        for (int k = 0; k < p.length; k++) {
            operators[k] = ChannelForms.pauli(qubits, k).scale(Math.sqrt(p[k]), 0);
        }
        return ofOperators(label, operators);
    }

    /** Without operators that are zero. */
    private static KrausChannel ofOperators(String label, ComplexMatrix... operators) {
        List<ComplexMatrix> kept = new ArrayList<>();
        for (ComplexMatrix k : operators) {
            if (k.distance(k.scale(0, 0)) > 0) {
                kept.add(k);
            }
        }
        return new KrausChannel(label, kept);
    }

    private static void checkProbability(String what, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(what + " needs a probability from 0 to 1, not " + p);
        }
    }
}
