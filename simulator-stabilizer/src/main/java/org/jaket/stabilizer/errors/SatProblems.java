package org.jaket.stabilizer.errors;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;

import java.util.Arrays;

/**
 * Writes the search for the best undetectable logical error as a weighted MaxSAT problem in WDIMACS
 * text, for solvers of such. Variables 1, 2, ... say which errors of the model (loops unfolded)
 * happen; further ones hold partial parities. Hard clauses have the weight that is last in the
 * header.
 *
 * <p>The texts are those of Stim 1.17, but for an observable that no error flips: it is left out of
 * the last clause, where Stim writes a variable that does not exist, 2<sup>64</sup> - 1.
 */
public final class SatProblems {
    /** A problem without a solution, for models that have no errors or no observables. */
    private static final String UNSATISFIABLE = "p wcnf 1 2 3\n3 -1 0\n3 1 0\n";

    private static final int HARD = -1;

    private final DetectorErrorModel model;
    private final boolean weighted;
    private final long quantization;

    /** Literals of all clauses, each ended by a 0. */
    private int[] literals = new int[1024];

    private int used;

    /** Weights of soft clauses, {@link #HARD} for hard ones. */
    private double[] weights = new double[256];

    private int clauses;
    private int variables;
    private double largest;

    private SatProblems(DetectorErrorModel model, boolean weighted, long quantization) {
        this.model = model;
        this.weighted = weighted;
        this.quantization = quantization;
    }

    /**
     * The smallest undetectable logical error: the optimum violates as many soft clauses as the
     * error has parts.
     *
     * @throws CircuitException if the model is too large
     */
    public static String shortestError(DetectorErrorModel model) {
        return new SatProblems(model, false, 0).text();
    }

    /**
     * The likeliest undetectable logical error. Weights are -log(p / (1 - p)), rounded to whole
     * numbers such that the largest becomes {@code quantization}.
     *
     * @param quantization at least 1; more makes the answer more exact and solvers slower
     * @throws IllegalArgumentException if the quantization is not positive
     * @throws CircuitException if the model is too large
     */
    public static String likeliestError(DetectorErrorModel model, int quantization) {
        if (quantization < 1) {
            throw new IllegalArgumentException(
                    "the quantisation is at least 1, not " + quantization);
        }
        return new SatProblems(model, true, quantization).text();
    }

    private String text() {
        if (model.observables() == 0 || model.errors() == 0) {
            return UNSATISFIABLE;
        }
        int[] detectors = new int[LogicalErrors.detectors(model)];
        int[] observables = new int[(int) model.observables()];
        variables = (int) Math.min(model.errors(), Integer.MAX_VALUE);
        int[] error = {0};
        FlatErrors.forEach(
                model,
                (p, targets) -> {
                    int variable = ++error[0];
                    if (!weighted || p != 0) {
                        addError(variable, p, targets, detectors, observables);
                    }
                });
        for (int parity : detectors) {
            if (parity != 0) {
                clause(HARD, -parity);
            }
        }
        clause(HARD, Arrays.stream(observables).filter(v -> v != 0).toArray());
        return print();
    }

    private void addError(
            int variable, double p, long[] targets, int[] detectors, int[] observables) {
        for (long target : targets) {
            if (target != DemTargets.SEPARATOR) {
                int[] parities = DemTargets.isDetector(target) ? detectors : observables;
                int index = (int) DemTargets.index(target);
                parities[index] = xor(parities[index], variable);
            }
        }
        if (!weighted) {
            clause(1, -variable);
            return;
        }
        double weight = Math.abs(Math.log(p / (1 - p)));
        if (Double.isInfinite(weight)) {
            clause(HARD, variable);
        } else if (weight > 0) {
            clause(weight, p < 0.5 ? -variable : variable);
        }
    }

    /** A variable that is the parity of two; 0 stands for none. */
    private int xor(int x, int y) {
        if (x == 0) {
            return y;
        }
        int z = ++variables;
        clause(HARD, x, y, -z);
        clause(HARD, x, -y, z);
        clause(HARD, -x, y, z);
        clause(HARD, -x, -y, -z);
        return z;
    }

    private void clause(double weight, int... terms) {
        if (used > Integer.MAX_VALUE / 2 - terms.length - 1
                || variables > Budget.mostKept()
                || clauses > 4 * (long) Budget.mostKept()) {
            throw new CircuitException(
                    "the model is too large for a satisfiability problem in memory: it has %d errors."
                            .formatted(model.errors()));
        }
        if (literals.length - used <= terms.length) {
            literals = Arrays.copyOf(literals, 2 * literals.length + terms.length);
        }
        if (clauses == weights.length) {
            weights = Arrays.copyOf(weights, 2 * clauses);
        }
        System.arraycopy(terms, 0, literals, used, terms.length);
        used += terms.length;
        literals[used++] = 0;
        weights[clauses++] = weight;
        largest = Math.max(largest, weight);
    }

    private String print() {
        long top = 1 + (weighted ? quantization : 1) * clauses;
        var text = new StringBuilder();
        text.append("p wcnf ").append(variables).append(' ').append(clauses);
        text.append(' ').append(top).append('\n');
        int at = 0;
        for (int k = 0; k < clauses; k++) {
            long weight =
                    weights[k] == HARD
                            ? top
                            : weighted ? Math.round(weights[k] / largest * quantization) : 1;
            // Clauses that round to nothing say nothing.
            if (weight > 0) {
                text.append(weight);
            }
            for (; literals[at] != 0; at++) {
                if (weight > 0) {
                    text.append(' ').append(literals[at]);
                }
            }
            at++;
            if (weight > 0) {
                text.append(" 0\n");
            }
        }
        return text.toString();
    }
}
