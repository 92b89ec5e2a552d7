package org.jaket.annealing.constrained;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.polynomial.VariableKind;

/** The objective of a model whose variables have two values each, as a binary quadratic model. */
final class TwoValuedObjective {
    private TwoValuedObjective() {}

    /** Of spins if there is no binary variable; otherwise spins are {@code 2 x - 1}. */
    static BinaryQuadraticModel of(ConstrainedModel model) {
        boolean spins = model.size() > 0;
        for (int k = 0; k < model.size(); k++) {
            spins &= model.variable(k).kind() == VariableKind.SPIN;
        }
        Vartype vartype = spins ? Vartype.SPIN : Vartype.BINARY;
        double[] factor = new double[model.size()];
        double[] shift = new double[model.size()];
        for (int k = 0; k < factor.length; k++) {
            boolean changed = !spins && model.variable(k).kind() == VariableKind.SPIN;
            factor[k] = changed ? 2 : 1;
            shift[k] = changed ? -1 : 0;
        }
        QuadraticFunction f = model.objective();
        var builder = BinaryQuadraticModel.builder(vartype).addVariables(model.variables());
        builder.addOffset(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            int i = f.variable(t);
            builder.addLinear(i, f.coefficient(t) * factor[i]);
            builder.addOffset(f.coefficient(t) * shift[i]);
        }
        f.forEachProduct(
                (i, j, w) -> {
                    builder.addQuadratic(i, j, w * factor[i] * factor[j]);
                    if (shift[j] != 0) {
                        builder.addLinear(i, w * factor[i] * shift[j]);
                    }
                    if (shift[i] != 0) {
                        builder.addLinear(j, w * factor[j] * shift[i]);
                    }
                    builder.addOffset(w * shift[i] * shift[j]);
                });
        return builder.build();
    }
}
