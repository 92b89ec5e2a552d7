package org.jaket.statevector;

import org.jaket.circuit.GateOperation;
import org.jaket.circuit.expression.Constant;
import org.jaket.circuit.expression.Expression;
import org.jaket.execution.Progress;

import java.util.List;

/**
 * How instructions change a density matrix, which is a vector on twice as many qubits: entry (row,
 * column) at row + 2<sup>n</sup> column.
 */
final class DensityMechanics {
    private final int qubits;
    private final Runner runner;
    private final Progress progress;

    DensityMechanics(int qubits, Runner runner, Progress progress) {
        this.qubits = qubits;
        this.runner = runner;
        this.progress = progress;
    }

    Runner runner() {
        return runner;
    }

    Progress progress() {
        return progress;
    }

    /** All qubits in |0>. */
    void begin(Amplitudes rho) {
        rho.setBasis(0, runner);
    }

    void apply(List<Pass> passes, Amplitudes rho) {
        runner.apply(passes, rho);
    }

    /** Gates with angles that the run has computed. */
    void evaluated(GateOperation operation, Run run, Amplitudes rho) {
        GateOperation bound =
                operation.mapExpressions(
                        e -> {
                            double value = e.type().toDouble(e.evaluate(run.memory));
                            return e instanceof Constant ? e : Expression.of(value);
                        });
        apply(DensityLowering.gate(bound, qubits), rho);
    }

    /**
     * A channel that is a sum.
     *
     * @param copies where two more density matrices come from
     */
    void sum(Instruction.Sum sum, Amplitudes rho, StatePool copies) {
        Amplitudes term = copy(rho, copies);
        Amplitudes total = copy(rho, copies);
        scale(total, 0);
        for (int k = 0; k < sum.terms().size(); k++) {
            if (sum.weights()[k] == 0) {
                continue;
            }
            term.copyFrom(rho, runner);
            apply(sum.terms().get(k), term);
            add(total, sum.weights()[k], term);
        }
        rho.copyFrom(total, runner);
        copies.give(term);
        copies.give(total);
    }

    /**
     * A copy from a pool.
     *
     * @throws InsufficientMemoryException if there is no room for one more
     */
    Amplitudes copy(Amplitudes rho, StatePool copies) {
        Amplitudes copy = copies.take();
        if (copy == null) {
            double bytes = Amplitudes.bytes(rho.qubits(), rho.precision());
            throw new InsufficientMemoryException(
                    "This circuit needs more copies of its density matrix, %s each, than fit into memory."
                                    .formatted(Memory.human(bytes))
                            + " Maybe sample it with the state-vector engine instead.",
                    bytes,
                    Memory.available());
        }
        copy.copyFrom(rho, runner);
        return copy;
    }

    void scale(Amplitudes rho, double factor) {
        if (factor == 0) {
            Sums.project(rho, 0, 0, 0, runner);
        } else if (factor != 1) {
            Sums.project(rho, 0, 0, factor, runner);
        }
    }

    /** Adds a multiple of another density matrix. */
    void add(Amplitudes to, double factor, Amplitudes from) {
        runner.write(
                to,
                (tile, outer, t) -> {
                    for (int i = 0; i < tile.length(); i++) {
                        double re = factor * from.re(outer + i);
                        double im = factor * from.im(outer + i);
                        tile.set(i, tile.re(i) + re, tile.im(i) + im);
                    }
                });
    }

    /** The sum of the diagonal. */
    double trace(Amplitudes rho) {
        return populations(rho, new int[0])[0];
    }

    /**
     * The populations of the values of some qubits, not normalised.
     *
     * @param measured bit j of an index of the result belongs to the j-th of them
     */
    double[] populations(Amplitudes rho, int[] measured) {
        double[] sums = new double[1 << measured.length];
        for (long i = 0; i < 1L << qubits; i++) {
            int v = 0;
            for (int j = 0; j < measured.length; j++) {
                v |= (int) (i >> measured[j] & 1) << j;
            }
            sums[v] += rho.re(i | i << qubits);
        }
        return sums;
    }

    /**
     * The probabilities of the records of a measurement, wrong ones included.
     *
     * @return by record: bit k is what is recorded for result k
     */
    double[] records(Amplitudes rho, Instruction.Measure m) {
        double[] p = populations(rho, m.qubits());
        double total = 0;
        for (int v = 0; v < p.length; v++) {
            // Rounding can leave a population a little below zero.
            p[v] = Math.max(0, p[v]);
            total += p[v];
        }
        for (int k = 0; k < m.qubits().length; k++) {
            boolean inverted = (m.inverted() >> m.qubits()[k] & 1) != 0;
            int bit = 1 << k;
            for (int v = 0; v < p.length; v++) {
                if ((v & bit) != 0) {
                    continue;
                }
                double zero = p[v];
                double one = p[v | bit];
                double ideal0 = inverted ? one : zero;
                double ideal1 = inverted ? zero : one;
                p[v] = ideal0 * (1 - m.wrong(k, false)) + ideal1 * m.wrong(k, true);
                p[v | bit] = ideal0 * m.wrong(k, false) + ideal1 * (1 - m.wrong(k, true));
            }
        }
        for (int v = 0; v < p.length; v++) {
            p[v] /= total;
        }
        return p;
    }

    /** Conditions the state on the record of a measurement, and normalises. */
    void collapse(Amplitudes rho, Instruction.Measure m, int record) {
        DoubledGates gates = new DoubledGates(qubits);
        for (int k = 0; k < m.qubits().length; k++) {
            boolean inverted = (m.inverted() >> m.qubits()[k] & 1) != 0;
            boolean recorded = (record >> k & 1) != 0;
            gates.weigh(
                    m.qubits()[k], seen(m, k, inverted, recorded), seen(m, k, !inverted, recorded));
        }
        apply(gates.finish(), rho);
        scale(rho, 1 / trace(rho));
    }

    private static double seen(Instruction.Measure m, int k, boolean ideal, boolean recorded) {
        double wrong = m.wrong(k, ideal);
        return ideal == recorded ? 1 - wrong : wrong;
    }

    /** Measures and forgets what was recorded. */
    void decohere(Amplitudes rho, Instruction.Measure m) {
        DoubledGates gates = new DoubledGates(qubits);
        for (int q : m.qubits()) {
            gates.weigh(q, 1, 1);
        }
        apply(gates.finish(), rho);
    }
}
