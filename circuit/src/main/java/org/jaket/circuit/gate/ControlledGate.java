package org.jaket.circuit.gate;

import org.jaket.circuit.expression.Expression;

import java.util.List;

/**
 * A gate that acts when its control qubits have given values. The controls come first among the
 * targets.
 *
 * @param base the gate that is controlled; never itself a ControlledGate
 * @param controls how many controls, at least 1
 * @param pattern bit k: the value that control k must have
 */
public record ControlledGate(Gate base, int controls, long pattern) implements Gate {
    /** The largest number of controls of one gate. */
    public static final int MAX_CONTROLS = 62;

    /** Checks the number of controls and that the pattern fits. */
    public ControlledGate {
        if (controls < 1 || controls > MAX_CONTROLS || pattern < 0 || pattern >>> controls != 0) {
            throw new IllegalArgumentException(
                    "a controlled "
                            + base.label()
                            + " needs 1 to "
                            + MAX_CONTROLS
                            + " controls and a pattern that fits them, got "
                            + controls
                            + " controls, pattern "
                            + pattern);
        }
        if (base instanceof ControlledGate) {
            throw new IllegalArgumentException(
                    "use ControlledGate.of to control a controlled gate");
        }
    }

    /**
     * The controlled form of a gate in its plainest shape: a named gate where the table has one
     * (the controlled X is {@code CX}), otherwise one ControlledGate with all controls collected.
     */
    public static Gate of(Gate gate, int controls, long pattern) {
        Gate base = gate;
        int count = controls;
        long values = pattern;
        while (true) {
            if (base instanceof ControlledGate inner) {
                values |= inner.pattern << count;
                count += inner.controls;
                base = inner.base;
            } else if (base instanceof StandardGate named && named.uncontrolled() != null) {
                values |= 1L << count;
                count++;
                base = named.uncontrolled();
            } else {
                break;
            }
        }
        Gate named = base;
        if (values == (1L << count) - 1) {
            for (int k = 0; k < count && named != null; k++) {
                named = named instanceof StandardGate standard ? standard.controlledForm() : null;
            }
            if (named != null) {
                return named;
            }
        }
        return new ControlledGate(base, count, values);
    }

    @Override
    public String label() {
        var text = new StringBuilder();
        for (int k = 0; k < controls; k++) {
            text.append((pattern >>> k & 1) == 1 ? "C" : "C0");
        }
        return text.append('-').append(base.label()).toString();
    }

    @Override
    public int qubits() {
        return controls + base.qubits();
    }

    @Override
    public int parameters() {
        return base.parameters();
    }

    @Override
    public ComplexMatrix matrix(double... values) {
        Gate.checkParameters(this, values);
        ComplexMatrix inner = base.matrix(values);
        int size = 1 << qubits();
        double[] re = new double[size * size];
        double[] im = new double[size * size];
        int mask = (1 << controls) - 1;
        for (int row = 0; row < size; row++) {
            if ((row & mask) != pattern) {
                re[row * size + row] = 1;
                continue;
            }
            for (int c = 0; c < inner.columns(); c++) {
                int column = (int) (c << controls | pattern);
                re[row * size + column] = inner.re(row >> controls, c);
                im[row * size + column] = inner.im(row >> controls, c);
            }
        }
        return ComplexMatrix.of(size, size, re, im);
    }

    @Override
    public Gate inverse() {
        return of(base.inverse(), controls, pattern);
    }

    @Override
    public List<Expression> inverseParameters(List<Expression> parameters) {
        return base.inverseParameters(parameters);
    }

    @Override
    public String toString() {
        return label();
    }
}
