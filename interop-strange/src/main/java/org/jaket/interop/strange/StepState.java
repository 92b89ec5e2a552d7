package org.jaket.interop.strange;

import org.jaket.statevector.StateVector;
import org.redfx.strange.Complex;
import org.redfx.strange.Qubit;

/**
 * The state after a step, in Strange's terms.
 *
 * @param amplitudes rounded to single precision, qubit k is bit k of an index
 * @param probabilities of the qubits to be 1
 */
record StepState(Complex[] amplitudes, double[] probabilities) {
    /** Copies a state of at least that many qubits; the others are 0. */
    static StepState of(StateVector state, int qubits) {
        Complex[] amplitudes = new Complex[1 << qubits];
        double[] weights = new double[amplitudes.length];
        for (int i = 0; i < amplitudes.length; i++) {
            double re = state.re(i);
            double im = state.im(i);
            amplitudes[i] = new Complex(re, im);
            weights[i] = re * re + im * im;
        }
        double[] probabilities = new double[qubits];
        // The upper half is where the highest qubit is 1; then the halves are added.
        for (int q = qubits - 1; q >= 0; q--) {
            int half = 1 << q;
            for (int i = 0; i < half; i++) {
                probabilities[q] += weights[half + i];
                weights[i] += weights[half + i];
            }
        }
        return new StepState(amplitudes, probabilities);
    }

    /** New qubits that know their probabilities. */
    Qubit[] qubits() {
        Qubit[] qubits = new Qubit[probabilities.length];
        for (int q = 0; q < qubits.length; q++) {
            qubits[q] = new Qubit();
            qubits[q].setProbability(probabilities[q]);
        }
        return qubits;
    }
}
