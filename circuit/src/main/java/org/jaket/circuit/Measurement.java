package org.jaket.circuit;

import java.util.ArrayList;
import java.util.List;

/**
 * A measurement of each target (pair, product): every result goes to the measurement record and,
 * when {@code bits} are given, also to a classical bit.
 *
 * <p>Records may be wrong; the state is as if they were right. Mostly both errors are equally
 * probable ({@link #flipProbability}), but a qubit in |1> may decay while it is read.
 *
 * @param kind what is measured
 * @param falseOne the chance that 1 is recorded where 0 should be
 * @param falseZero the chance that 0 is recorded where 1 should be
 * @param isFlipGiven whether texts say that chance: always unless it is 0, and for 0 where it was
 *     read; {@code M(0) 0} and {@code M 0} measure the same and are different operations
 * @param targets qubits (with {@code !} to record the opposite), Pauli products for MPP, constants
 *     0 and 1 for MPAD
 * @param bits indices of the classical bits that take the results, one a result; none to only
 *     record
 * @param tag free text
 */
public record Measurement(
        MeasurementKind kind,
        double falseOne,
        double falseZero,
        boolean isFlipGiven,
        Targets targets,
        Targets bits,
        String tag)
        implements Operation {
    /** Checks the probabilities, the shape of the targets and the number of bits. */
    public Measurement {
        String name = kind.stimNames().getFirst();
        for (double p : new double[] {falseOne, falseZero}) {
            if (!(p >= 0 && p <= 1)) {
                throw new CircuitException(name + "(" + p + "): a probability is from 0 to 1");
            }
        }
        isFlipGiven |= falseOne != 0 || falseZero != 0;
        if (kind == MeasurementKind.MPP) {
            PauliProduct.split(name, targets);
        } else {
            if (kind.qubits() == 2 && targets.size() % 2 != 0) {
                throw new CircuitException(
                        name
                                + " "
                                + Operation.abbreviated(targets.toString())
                                + ": takes pairs of targets");
            }
            for (int k = 0; k < targets.size(); k++) {
                int t = targets.get(k);
                boolean constant = kind == MeasurementKind.MPAD;
                if (!Target.isQubit(t) || constant && (t != 0 && t != 1)) {
                    throw new CircuitException(
                            name
                                    + ": cannot take the target "
                                    + Target.toString(t)
                                    + (constant ? ", only the constants 0 and 1" : ""));
                }
                if (kind.qubits() == 2 && k % 2 == 1 && Target.value(t) == targets.value(k - 1)) {
                    throw new CircuitException(
                            name + ": qubit " + Target.value(t) + " is paired with itself");
                }
            }
        }
        if (!bits.isEmpty() && bits.size() != count(kind, targets)) {
            throw new CircuitException(
                    name
                            + " "
                            + Operation.abbreviated(targets.toString())
                            + ": gives "
                            + count(kind, targets)
                            + " results for "
                            + bits.size()
                            + " classical bits");
        }
    }

    /** A measurement whose records are wrong with the same probability for 0 and 1. */
    public Measurement(
            MeasurementKind kind,
            double flipProbability,
            boolean isFlipGiven,
            Targets targets,
            Targets bits,
            String tag) {
        this(kind, flipProbability, flipProbability, isFlipGiven, targets, bits, tag);
    }

    /** A measurement that says its probability of a flip if it is not 0. */
    public Measurement(
            MeasurementKind kind,
            double flipProbability,
            Targets targets,
            Targets bits,
            String tag) {
        this(kind, flipProbability, false, targets, bits, tag);
    }

    /** A plain measurement that only records. */
    public static Measurement of(MeasurementKind kind, int... targets) {
        return new Measurement(kind, 0, Targets.of(targets), Targets.none(), "");
    }

    /**
     * What is measured, a signed Pauli product a result, in order; empty products for MPAD, with
     * the sign of the constant, and for MABSENT, which measures no Pauli operator: with the sign
     * that it records of a qubit that is there.
     */
    public List<PauliProduct> products() {
        if (kind == MeasurementKind.MPP) {
            return PauliProduct.split("MPP", targets);
        }
        var products = new ArrayList<PauliProduct>();
        int size = Math.max(1, kind.qubits());
        for (int k = 0; k < targets.size(); k += size) {
            if (kind == MeasurementKind.MPAD) {
                products.add(new PauliProduct(Targets.none(), targets.value(k) != 0));
                continue;
            }
            if (kind == MeasurementKind.MABSENT) {
                products.add(new PauliProduct(Targets.none(), Target.isInverted(targets.get(k))));
                continue;
            }
            int[] letters = new int[size];
            boolean negative = false;
            for (int j = 0; j < size; j++) {
                letters[j] = Target.pauli(kind.basis(), targets.value(k + j));
                negative ^= Target.isInverted(targets.get(k + j));
            }
            products.add(new PauliProduct(Targets.of(letters), negative));
        }
        return products;
    }

    private static int count(MeasurementKind kind, Targets targets) {
        if (kind == MeasurementKind.MPP) {
            int combiners = (int) targets.stream().filter(Target::isCombiner).count();
            return targets.size() - 2 * combiners;
        }
        return kind.qubits() == 2 ? targets.size() / 2 : targets.size();
    }

    @Override
    public long results() {
        return count(kind, targets);
    }

    @Override
    public Measurement withTargets(Targets newTargets) {
        return with(newTargets, bits);
    }

    /** The measurement on other targets into other classical bits. */
    public Measurement with(Targets newTargets, Targets newBits) {
        return new Measurement(kind, falseOne, falseZero, isFlipGiven, newTargets, newBits, tag);
    }

    /** The measurement with other chances of wrong records. */
    public Measurement withErrors(double newFalseOne, double newFalseZero) {
        return new Measurement(kind, newFalseOne, newFalseZero, false, targets, bits, tag);
    }

    /** Whether records may be wrong. */
    public boolean isNoisy() {
        return falseOne != 0 || falseZero != 0;
    }

    /** The chance that a record is wrong where it should be {@code ideal}. */
    public double wrong(boolean ideal) {
        return ideal ? falseZero : falseOne;
    }

    /**
     * The chance that a record is wrong, whatever it should be: for engines and languages that have
     * one number only.
     *
     * @throws CircuitException if there are two
     */
    public double flipProbability() {
        if (falseOne != falseZero) {
            throw new CircuitException(
                    this,
                    "0 is read as 1 with another probability than 1 as 0, which cannot be expressed"
                            + " here. Maybe use the state-vector or density-matrix engine");
        }
        return falseOne;
    }

    /** The arguments of the measurement in Stim's text: the probability of a flip, or none. */
    public List<Double> arguments() {
        return isFlipGiven ? List.of(flipProbability()) : List.of();
    }

    @Override
    public boolean fusesWith(Operation next) {
        return next instanceof Measurement m
                && kind == m.kind
                && falseOne == m.falseOne
                && falseZero == m.falseZero
                && isFlipGiven == m.isFlipGiven
                && bits.isEmpty() == m.bits.isEmpty()
                && tag.equals(m.tag);
    }

    @Override
    public String describe() {
        return kind.stimNames().getFirst()
                + errors()
                + " "
                + Operation.abbreviated(targets.toString());
    }

    private String errors() {
        if (!isNoisy()) {
            return "";
        }
        return falseOne == falseZero
                ? "(" + falseOne + ")"
                : "(" + falseOne + " for 0, " + falseZero + " for 1)";
    }
}
