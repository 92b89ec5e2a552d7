package org.jaket.stabilizer.mechanisms;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.stabilizer.clifford.Step;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an error at a point of a circuit would flip: for each qubit the symptoms of an X and of a Z
 * there, and for each earlier result the symptoms of its being wrong. The point moves backwards.
 *
 * <p>A gate maps an error before it to one after it; a measurement adds the symptoms of its result
 * to the errors that flip it. Where a measurement or reset makes a qubit random, what that flips is
 * left to chance.
 */
final class Sensitivity {
    private final int[][] x;
    private final int[][] z;
    private final Map<Integer, int[]> results = new HashMap<>();
    private final @Nullable Consumer<int[]> chance;
    private int measurement;
    private int detector;

    /**
     * The end of a circuit.
     *
     * @param qubits number of qubits
     * @param measurements number of results in the whole circuit
     * @param detectors number of detectors in the whole circuit
     * @param chance takes what is left to chance, flipped as a whole with probability one half; if
     *     null, nothing may be
     */
    Sensitivity(int qubits, int measurements, int detectors, @Nullable Consumer<int[]> chance) {
        this.chance = chance;
        x = new int[qubits][];
        z = new int[qubits][];
        Arrays.fill(x, Symptoms.NONE);
        Arrays.fill(z, Symptoms.NONE);
        measurement = measurements;
        detector = detectors;
    }

    /** The number of detectors before this point. */
    int detector() {
        return detector;
    }

    /** Moves before a measurement and returns the symptoms of its being wrong. */
    int[] result() {
        int[] symptoms = results.remove(--measurement);
        return symptoms == null ? Symptoms.NONE : symptoms;
    }

    int[] ofX(int qubit) {
        return x[qubit];
    }

    int[] ofZ(int qubit) {
        return z[qubit];
    }

    /** The symptoms of a Pauli on a qubit. */
    int[] of(Pauli pauli, int qubit) {
        return switch (pauli) {
            case I -> Symptoms.NONE;
            case X -> x[qubit];
            case Y -> Symptoms.sum(x[qubit], z[qubit]);
            case Z -> z[qubit];
        };
    }

    /** The symptoms of a Pauli product. */
    int[] of(Step.Product product) {
        int[] sum = Symptoms.NONE;
        for (int q : product.xs()) {
            sum = Symptoms.sum(sum, x[q]);
        }
        for (int q : product.zs()) {
            sum = Symptoms.sum(sum, z[q]);
        }
        return sum;
    }

    void detector(int[] lookbacks) {
        detector--;
        for (int back : lookbacks) {
            addToResult(back, new int[] {detector});
        }
    }

    void observable(Step.Observable o) {
        int[] symptom = {~o.index()};
        for (int back : o.lookbacks()) {
            addToResult(back, symptom);
        }
        addToAnticommuting(o.paulis(), symptom);
    }

    void feedback(Step.Feedback f) {
        addToResult(f.lookback(), of(f.pauli(), f.qubit()));
    }

    private void addToResult(int back, int[] symptoms) {
        int index = measurement - back;
        if (back <= 0 || index < 0) {
            throw new IllegalArgumentException(
                    "rec[-%d] refers to a measurement before the first one; there are %d so far."
                            .formatted(back, measurement));
        }
        results.merge(index, symptoms, Symptoms::sum);
    }

    /** Adds symptoms to the errors that anticommute with a product. */
    private void addToAnticommuting(Step.Product product, int[] symptoms) {
        for (int q : product.zs()) {
            x[q] = Symptoms.sum(x[q], symptoms);
        }
        for (int q : product.xs()) {
            z[q] = Symptoms.sum(z[q], symptoms);
        }
    }

    /** Moves before the measurement of a qubit whose result has the given symptoms. */
    void measure(Pauli basis, boolean resets, int qubit, int[] symptoms) {
        if (resets) {
            reset(basis, qubit);
        } else {
            random(of(basis, qubit), qubit);
        }
        if (basis != Pauli.X) {
            x[qubit] = Symptoms.sum(x[qubit], symptoms);
        }
        if (basis != Pauli.Z) {
            z[qubit] = Symptoms.sum(z[qubit], symptoms);
        }
    }

    void reset(Pauli basis, int qubit) {
        random(of(basis, qubit), qubit);
        x[qubit] = Symptoms.NONE;
        z[qubit] = Symptoms.NONE;
    }

    /** Moves before the measurement of a product whose result has the given symptoms. */
    void measureProduct(Step.Product product, int[] symptoms) {
        random(of(product), -1);
        addToAnticommuting(product, symptoms);
    }

    void rotate(Step.Product product) {
        addToAnticommuting(product, of(product));
    }

    /** Moves to the start of the circuit, where all qubits are in |0>. */
    void begin() {
        for (int q = 0; q < z.length; q++) {
            random(z[q], q);
        }
    }

    /** Takes note that what a Pauli on a qubit, or a product (-1), flips is left to chance. */
    private void random(int[] symptoms, int qubit) {
        if (symptoms.length == 0) {
            return;
        }
        if (chance != null) {
            chance.accept(symptoms);
            return;
        }
        int first = symptoms[0];
        throw new FramesNeededException(
                "%s is random without errors, because of %s."
                        .formatted(
                                first < 0 ? "observable " + ~first : "detector " + first,
                                qubit < 0 ? "a product" : "qubit " + qubit));
    }

    void unitary(Step.Unitary u) {
        CliffordAction action = u.forward();
        int[] targets = u.targets();
        if (action.qubits() == 1) {
            for (int k = targets.length - 1; k >= 0; k--) {
                int q = targets[k];
                int[] newX = image(action, 0, false, q, q);
                z[q] = image(action, 0, true, q, q);
                x[q] = newX;
            }
            return;
        }
        for (int k = targets.length - 2; k >= 0; k -= 2) {
            int a = targets[k];
            int b = targets[k + 1];
            int[] xa = image(action, 0, false, a, b);
            int[] za = image(action, 0, true, a, b);
            int[] xb = image(action, 1, false, a, b);
            int[] zb = image(action, 1, true, a, b);
            x[a] = xa;
            z[a] = za;
            x[b] = xb;
            z[b] = zb;
        }
    }

    private int[] image(CliffordAction action, int k, boolean ofZ, int a, int b) {
        int xs = action.x(k, ofZ);
        int zs = action.z(k, ofZ);
        int[] sum = (xs & 1) != 0 ? x[a] : Symptoms.NONE;
        if ((zs & 1) != 0) {
            sum = Symptoms.sum(sum, z[a]);
        }
        if ((xs & 2) != 0) {
            sum = Symptoms.sum(sum, x[b]);
        }
        if ((zs & 2) != 0) {
            sum = Symptoms.sum(sum, z[b]);
        }
        return sum;
    }

    // ---- repetition ------------------------------------------------------------------------

    /** A copy of this point. */
    Sensitivity copy() {
        Sensitivity copy = new Sensitivity(x.length, measurement, detector, chance);
        System.arraycopy(x, 0, copy.x, 0, x.length);
        System.arraycopy(z, 0, copy.z, 0, z.length);
        copy.results.putAll(results);
        return copy;
    }

    /** A hash that does not depend on how many detectors and results come before. */
    int relativeHash() {
        int hash = results.size();
        for (int q = 0; q < x.length; q++) {
            hash = (hash * 31 + relativeHash(x[q])) * 31 + relativeHash(z[q]);
        }
        for (Map.Entry<Integer, int[]> e : results.entrySet()) {
            hash += (measurement - e.getKey()) * 0x9E37_79B9 ^ relativeHash(e.getValue());
        }
        return hash;
    }

    private int relativeHash(int[] symptoms) {
        int hash = 1;
        for (int s : symptoms) {
            hash = hash * 0x0100_0193 + (s < 0 ? s : detector - s + 0x4000_0000);
        }
        return hash;
    }

    /** Whether the two points differ only in how many detectors and results come before. */
    boolean recurs(Sensitivity other) {
        if (results.size() != other.results.size()) {
            return false;
        }
        for (int q = 0; q < x.length; q++) {
            if (!equal(x[q], other, other.x[q]) || !equal(z[q], other, other.z[q])) {
                return false;
            }
        }
        for (Map.Entry<Integer, int[]> e : results.entrySet()) {
            int[] there = other.results.get(e.getKey() - measurement + other.measurement);
            if (there == null || !equal(e.getValue(), other, there)) {
                return false;
            }
        }
        return true;
    }

    private boolean equal(int[] mine, Sensitivity other, int[] theirs) {
        return Symptoms.equal(mine, detector, theirs, other.detector);
    }

    /** Moves back over results and detectors of repetitions that leave everything as it is. */
    void skip(int measurements, int detectors) {
        for (int q = 0; q < x.length; q++) {
            x[q] = Symptoms.shifted(x[q], -detectors);
            z[q] = Symptoms.shifted(z[q], -detectors);
        }
        Map<Integer, int[]> moved = new HashMap<>();
        results.forEach((k, v) -> moved.put(k - measurements, Symptoms.shifted(v, -detectors)));
        results.clear();
        results.putAll(moved);
        measurement -= measurements;
        detector -= detectors;
    }

    int measurement() {
        return measurement;
    }
}
