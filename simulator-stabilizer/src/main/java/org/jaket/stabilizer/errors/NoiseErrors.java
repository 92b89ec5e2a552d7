package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.stabilizer.sensitivity.BackwardWalk;
import org.jaket.stabilizer.sensitivity.Sensitivities;

import java.util.Arrays;
import java.util.List;

/** Records the errors that noise makes at the current place of a walk. */
final class NoiseErrors {
    private final AnalysisOptions options;
    private final Budget budget;
    private final Sensitivities state;
    private final BackwardWalk walk;
    private final ErrorTable table;
    private final Combinations combinations;

    NoiseErrors(
            AnalysisOptions options,
            Budget budget,
            Sensitivities state,
            BackwardWalk walk,
            ErrorTable table) {
        this.options = options;
        this.budget = budget;
        this.state = state;
        this.walk = walk;
        this.table = table;
        combinations = new Combinations(table, options.decompose());
    }

    /** What a result's being wrong flips, if it is wrong with a probability. */
    void recordFlip(int row, double p, int tag) {
        if (p > 0) {
            if (row >= 0) {
                table.push(state.row(row), 0, state.size(row));
            }
            table.accumulate(table.store(tag), p);
        }
    }

    private int storedRow(int row, int tag) {
        table.push(state.row(row), 0, state.size(row));
        return table.store(tag);
    }

    void flip(BackwardStep.Flip f) {
        budget.spend(f.qubits().length);
        for (int q : f.qubits()) {
            if (f.pauli() != Pauli.Z) {
                table.push(state.row(Sensitivities.byX(q)), 0, state.size(Sensitivities.byX(q)));
            }
            if (f.pauli() == Pauli.Z) {
                table.push(state.row(Sensitivities.byZ(q)), 0, state.size(Sensitivities.byZ(q)));
            } else if (f.pauli() == Pauli.Y) {
                table.pushSum(state.row(Sensitivities.byZ(q)), state.size(Sensitivities.byZ(q)));
            }
            table.accumulate(table.store(f.tag()), f.probability());
        }
    }

    void channel(BackwardStep.Channel c) {
        if (c.refusal() != null) {
            throw new CircuitException(c.refusal());
        }
        if (c.arguments() != null) {
            checkDisjoint(c.name(), c.arguments(), true);
        }
        int[] targets = c.targets();
        int basis = 2 * c.qubits();
        budget.spend(targets.length);
        for (int start = 0; start < targets.length; start += c.qubits()) {
            for (int k = 0; k < basis; k++) {
                int order = c.order()[k];
                int row = 2 * targets[start + (order >> 1)] + (order & 1);
                combinations.stored[1 << k] = storedRow(row, c.tag());
            }
            combinations.add(basis, c.probabilities(), c.disjoint(), c.tag());
        }
    }

    void herald(BackwardStep.Herald h) {
        checkDisjoint(h.name(), h.arguments(), h.single());
        budget.spend(h.targets().length);
        for (int k = h.targets().length - 1; k >= 0; k--) {
            int row = state.popResult();
            int q = h.targets()[k];
            combinations.stored[1] = storedRow(Sensitivities.byZ(q), h.tag());
            combinations.stored[2] = storedRow(Sensitivities.byX(q), h.tag());
            if (row >= 0) {
                combinations.stored[4] = storedRow(row, h.tag());
            } else {
                combinations.stored[4] = table.store(h.tag());
            }
            combinations.add(3, h.probabilities(), true, h.tag());
        }
    }

    void correlated(BackwardStep.Correlated c, double p) {
        budget.spend(c.product().xs().length + c.product().zs().length);
        table.accumulate(storedRow(walk.flippedBy(c.product()), c.tag()), p);
    }

    /** A chain of correlated errors, the first one last. */
    void chain(List<BackwardStep.Correlated> chain) {
        if (chain.size() == 1) {
            correlated(chain.getFirst(), chain.getFirst().probability());
            return;
        }
        checkDisjoint("ELSE_CORRELATED_ERROR", new double[0], false);
        double remaining = 1;
        for (BackwardStep.Correlated c : chain.reversed()) {
            double p = c.probability() * remaining;
            remaining *= 1 - c.probability();
            checkThreshold("a chain of CORRELATED_ERROR and ELSE_CORRELATED_ERROR", p);
            correlated(c, p);
        }
    }

    private void checkDisjoint(String name, double[] arguments, boolean singleIsExact) {
        if (singleIsExact && Arrays.stream(arguments).filter(p -> p > 0).count() <= 1) {
            return;
        }
        if (options.disjointThreshold() == 0) {
            throw new CircuitException(
                    "%s has errors that exclude each other, and a detector error model has only independent ones. Maybe approximate disjoint errors (--approximate_disjoint_errors)?"
                            .formatted(name));
        }
        for (double p : arguments) {
            checkThreshold(name, p);
        }
    }

    private void checkThreshold(String name, double p) {
        if (p > options.disjointThreshold()) {
            throw new CircuitException(
                    "%s has an error of probability %s, more than the threshold %s up to which disjoint errors count as independent."
                            .formatted(name, p, options.disjointThreshold()));
        }
    }
}
