package org.jaket.annealing.polynomial;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A quadratic model in place of a polynomial of higher degree. For every state of the polynomial's
 * variables, the smallest energy of the model over its additional variables is the polynomial's
 * energy: minima agree, and no penalty is left to choose.
 *
 * <p>A product with a negative coefficient, -a x1 ... xd, becomes {@code a w (d - 1 - x1 - ... -
 * xd)} with one additional variable w (Freedman and Drineas, CVPR 2005). In products with positive
 * coefficients pairs x y are replaced by a variable z with the penalty {@code M (x y - 2 x z - 2 y
 * z + 3 z)} (Rosenberg 1975), the pair that is in most products first; M is the sum of the
 * coefficients of the products that z enters, the smallest that is enough, because only taking z =
 * 0 where x y = 1 can save anything.
 */
public final class QuadraticReduction {
    private final Polynomial polynomial;
    private final BinaryQuadraticModel model;

    /** What each additional variable stands for: a product of variables before it. */
    private final List<int[]> products;

    private QuadraticReduction(
            Polynomial polynomial, BinaryQuadraticModel model, List<int[]> products) {
        this.polynomial = polynomial;
        this.model = model;
        this.products = products;
    }

    /** Reduces a polynomial, in time proportional to the pairs of factors in its products. */
    static QuadraticReduction of(Polynomial polynomial) {
        Polynomial binary = polynomial.degree() > 2 ? polynomial.toBinary() : polynomial;
        List<int[]> products = new ArrayList<>();
        var builder = BinaryQuadraticModel.builder(binary.vartype());
        if (binary.size() > 0) {
            builder.addLinear(binary.size() - 1, 0);
        }
        PairSubstitution pairs = new PairSubstitution(binary.size(), products, builder);
        for (int t = 0; t < binary.terms(); t++) {
            double c = binary.coefficient(t);
            switch (binary.degree(t)) {
                case 0 -> builder.addOffset(c);
                case 1 -> builder.addLinear(binary.factor(t, 0), c);
                case 2 -> builder.addQuadratic(binary.factor(t, 0), binary.factor(t, 1), c);
                default -> {
                    int[] factors = new int[binary.degree(t)];
                    for (int k = 0; k < factors.length; k++) {
                        factors[k] = binary.factor(t, k);
                    }
                    if (c > 0) {
                        pairs.add(factors, c);
                    } else {
                        addNegative(builder, binary.size() + products.size(), factors, -c);
                        products.add(factors);
                    }
                }
            }
        }
        pairs.substitute();
        BinaryQuadraticModel model = builder.build();
        model = model.withVariables(labels(binary.variables(), products));
        return new QuadraticReduction(
                polynomial,
                polynomial.vartype() == Vartype.SPIN ? model.toSpin() : model,
                products);
    }

    private static void addNegative(
            BinaryQuadraticModel.Builder builder, int w, int[] factors, double a) {
        builder.addLinear(w, a * (factors.length - 1));
        for (int factor : factors) {
            builder.addQuadratic(factor, w, -a);
        }
    }

    private static Variables labels(Variables before, List<int[]> products) {
        if (before.isRange()) {
            return Variables.range(before.size() + products.size());
        }
        List<Object> labels = new ArrayList<>(before);
        for (int[] product : products) {
            labels.add(new Product(Arrays.stream(product).mapToObj(labels::get).toList()));
        }
        return Variables.of(labels);
    }

    /**
     * The label of an additional variable, where variables have labels.
     *
     * @param factors the labels of the variables whose product it stands for
     */
    public record Product(List<Object> factors) {
        /** Keeps the factors. */
        public Product {
            factors = List.copyOf(factors);
        }

        /** The factors with stars between them. */
        @Override
        public String toString() {
            return factors.stream()
                    .map(f -> f instanceof Product ? "(" + f + ")" : f.toString())
                    .collect(Collectors.joining("*"));
        }
    }

    /** What was reduced. */
    public Polynomial polynomial() {
        return polynomial;
    }

    /**
     * The quadratic model, with the polynomial's kind of variables: first the polynomial's, then
     * the additional ones.
     */
    public BinaryQuadraticModel model() {
        return model;
    }

    /** How many variables were added. */
    public int additional() {
        return products.size();
    }

    /**
     * A state of the polynomial as one of the model, with the same energy: each additional variable
     * is the product that it stands for.
     *
     * @throws IllegalArgumentException if there are not as many values as variables
     */
    public byte[] extend(byte[] state) {
        int n = polynomial.size();
        if (state.length != n) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(n, state.length));
        }
        byte[] extended = Arrays.copyOf(state, model.size());
        Vartype vartype = model.vartype();
        for (int k = 0; k < products.size(); k++) {
            boolean all = true;
            for (int factor : products.get(k)) {
                all &= extended[factor] == vartype.high();
            }
            extended[n + k] = all ? vartype.high() : vartype.low();
        }
        return extended;
    }

    /**
     * A state of the model as one of the polynomial.
     *
     * @throws IllegalArgumentException if there are not as many values as variables
     */
    public byte[] restore(byte[] state) {
        if (state.length != model.size()) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(model.size(), state.length));
        }
        return Arrays.copyOf(state, polynomial.size());
    }

    /**
     * Samples of the model as samples of the polynomial, with the polynomial's energies. What is
     * proven of the best one stays proven.
     */
    public SampleSet restore(SampleSet set) {
        List<byte[]> states = new ArrayList<>();
        for (Sample sample : set) {
            states.addAll(Collections.nCopies(sample.occurrences(), restore(sample.state())));
        }
        SampleSet restored =
                SampleSet.of(
                        polynomial.variables(),
                        polynomial.vartype(),
                        some -> some.stream().mapToDouble(polynomial::energy).toArray(),
                        states,
                        set.sampler(),
                        set.seed(),
                        set.time());
        return set.exact() ? restored.proven() : restored;
    }
}
