package org.jaket.annealing.presolve;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Variables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A model with some variables at given values. The others keep their order and labels, and every
 * state has the energy of the restored one.
 *
 * <pre>{@code
 * var fixed = FixedVariables.of(model, Map.of("a", 1, "b", 0));
 * byte[] state = fixed.restore(new byte[] {...});
 * }</pre>
 */
public final class FixedVariables implements Reduction {
    /** Stands for no value. */
    static final byte FREE = Byte.MIN_VALUE;

    private final BinaryQuadraticModel original;
    private final BinaryQuadraticModel model;
    private final byte[] values;

    /** Whether some minimum of the original has these values. */
    private final boolean keepsMinimum;

    private FixedVariables(
            BinaryQuadraticModel original,
            BinaryQuadraticModel model,
            byte[] values,
            boolean keepsMinimum) {
        this.original = original;
        this.model = model;
        this.values = values;
        this.keepsMinimum = keepsMinimum;
    }

    /**
     * Fixes variables that are given by their labels.
     *
     * @throws IllegalArgumentException if a label is unknown, or a value not one of the two
     */
    public static FixedVariables of(BinaryQuadraticModel model, Map<?, Integer> values) {
        byte[] fixed = new byte[model.size()];
        Arrays.fill(fixed, FREE);
        values.forEach(
                (label, value) -> {
                    if (!model.vartype().has(value)) {
                        throw new IllegalArgumentException(
                                "variable %s has the values %d and %d, not %d"
                                        .formatted(
                                                label,
                                                model.vartype().low(),
                                                model.vartype().high(),
                                                value));
                    }
                    fixed[model.variables().number(label)] = value.byteValue();
                });
        return of(model, fixed, false);
    }

    /** Fixes the variables that have a value here. */
    static FixedVariables of(BinaryQuadraticModel model, byte[] values, boolean keepsMinimum) {
        int[] number = new int[values.length];
        List<Object> labels = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == FREE) {
                number[i] = labels.size();
                labels.add(model.variables().get(i));
            }
        }
        if (labels.size() == values.length) {
            return new FixedVariables(model, model, values, true);
        }
        var builder = BinaryQuadraticModel.builder(model.vartype());
        builder.addVariables(Variables.of(labels)).addOffset(model.offset());
        for (int i = 0; i < values.length; i++) {
            double field = model.linear(i);
            for (int k = 0; k < model.degree(i); k++) {
                int j = model.neighbour(i, k);
                if (values[j] == FREE) {
                    if (values[i] == FREE && i < j) {
                        builder.addQuadratic(number[i], number[j], model.weight(i, k));
                    }
                } else if (values[i] == FREE || j < i) {
                    // Among fixed variables each product counts once.
                    field += model.weight(i, k) * values[j];
                }
            }
            if (values[i] == FREE) {
                builder.addLinear(number[i], field);
            } else {
                builder.addOffset(values[i] * field);
            }
        }
        return new FixedVariables(model, builder.build(), values, keepsMinimum);
    }

    @Override
    public BinaryQuadraticModel original() {
        return original;
    }

    @Override
    public BinaryQuadraticModel model() {
        return model;
    }

    /** Whether a variable of the original has a value. */
    public boolean isFixed(int variable) {
        return values[variable] != FREE;
    }

    /**
     * The value of a variable of the original.
     *
     * @throws IllegalStateException if it has none
     */
    public int value(int variable) {
        if (values[variable] == FREE) {
            throw new IllegalStateException(
                    "variable %s is not fixed".formatted(original.variables().get(variable)));
        }
        return values[variable];
    }

    @Override
    public boolean keepsMinimum() {
        return keepsMinimum;
    }

    /** How many variables have a value. */
    public int count() {
        return original.size() - model.size();
    }

    @Override
    public byte[] restore(byte[] state) {
        States.check(state, model);
        byte[] all = values.clone();
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i] == FREE ? state[next++] : all[i];
        }
        return all;
    }
}
