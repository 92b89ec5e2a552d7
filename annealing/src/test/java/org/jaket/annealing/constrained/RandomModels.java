package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.annealing.constrained.Strictness.Growth;
import org.jaket.annealing.polynomial.Comparison;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Sense;
import org.jaket.annealing.polynomial.Variable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small models of all kinds, with coefficients that are multiples of a quarter: sums are exact. */
final class RandomModels {
    private final Random random;
    private final List<Variable> variables = new ArrayList<>();

    RandomModels(long seed) {
        random = new Random(seed);
    }

    /** A model, perhaps without a solution. */
    ConstrainedModel next(boolean quadraticConstraints, boolean soft) {
        while (true) {
            try {
                return attempt(quadraticConstraints, soft);
            } catch (IllegalArgumentException e) {
                // A constraint lost all its variables and does not hold: draw another model.
                assertThat(e).hasMessageContaining("which no assignment fulfils");
            }
        }
    }

    private ConstrainedModel attempt(boolean quadraticConstraints, boolean soft) {
        variables.clear();
        int count = random.nextInt(1, 5);
        for (int k = 0; k < count; k++) {
            int low = random.nextInt(-2, 2);
            variables.add(
                    switch (random.nextInt(4)) {
                        case 0, 1 -> Variable.binary("x" + k);
                        case 2 -> Variable.spin("s" + k);
                        default -> Variable.integer("n" + k, low, low + random.nextInt(0, 4));
                    });
        }
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        variables.forEach(builder::variable);
        builder.minimize(formula(2, 0.25));
        int constraints = random.nextInt(0, 3);
        for (int c = 0; c < constraints; c++) {
            int degree = quadraticConstraints && random.nextInt(3) == 0 ? 2 : 1;
            Comparison comparison =
                    new Comparison(
                            formula(degree, 0.5),
                            Sense.values()[random.nextInt(3)],
                            random.nextInt(-3, 6) / 2.0);
            if (soft && random.nextBoolean()) {
                Growth growth = Growth.values()[random.nextInt(2)];
                builder.soft("c" + c, comparison, random.nextInt(0, 4) / 2.0, growth);
            } else {
                builder.subjectTo("c" + c, comparison);
            }
        }
        List<Variable> binaries =
                variables.stream().filter(v -> v.label().toString().startsWith("x")).toList();
        if (binaries.size() > 1 && random.nextInt(3) == 0) {
            builder.oneHot("choice", binaries);
        }
        return builder.build();
    }

    private Expression formula(int degree, double unit) {
        Expression sum = Expression.constant(0);
        for (int t = 0; t < 4; t++) {
            Expression term = Expression.constant(random.nextInt(-4, 5) * unit);
            for (int k = random.nextInt(degree + 1); k > 0; k--) {
                term = term.times(variables.get(random.nextInt(variables.size())));
            }
            sum = sum.plus(term);
        }
        return sum;
    }
}
