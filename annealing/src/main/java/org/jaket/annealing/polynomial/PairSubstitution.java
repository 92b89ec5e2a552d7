package org.jaket.annealing.polynomial;

import org.jaket.annealing.BinaryQuadraticModel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replaces pairs of binary variables in products with positive coefficients until no product has
 * more than two factors, the pair that is in most products first.
 *
 * <p>Each pair knows the products that it was in, and lies in the bucket of its count. Counts of
 * old pairs only fall, and those of new ones are at most the count of the pair that made them: so
 * the fullest bucket is found by walking down. A pair whose count fell is moved when it is met.
 */
final class PairSubstitution {
    private final int variables;
    private final List<int[]> products;
    private final BinaryQuadraticModel.Builder builder;

    /** The factors of each product, of which the first {@link #degree} count. */
    private final List<int[]> factors = new ArrayList<>();

    private double[] coefficient = new double[16];
    private int[] degree = new int[16];

    private final PairTable pairs = new PairTable();

    PairSubstitution(int variables, List<int[]> products, BinaryQuadraticModel.Builder builder) {
        this.variables = variables;
        this.products = products;
        this.builder = builder;
    }

    /** Adds a product of at least three different variables. */
    void add(int[] product, double positive) {
        int term = factors.size();
        if (term == coefficient.length) {
            coefficient = Arrays.copyOf(coefficient, 2 * term);
            degree = Arrays.copyOf(degree, 2 * term);
        }
        factors.add(product.clone());
        coefficient[term] = positive;
        degree[term] = product.length;
        for (int a = 0; a < product.length; a++) {
            for (int b = a + 1; b < product.length; b++) {
                pairs.occurs(product[a], product[b], term);
            }
        }
    }

    /** Replaces, and adds to the builder what comes out. */
    void substitute() {
        pairs.fillBuckets();
        for (int pair = pairs.next(); pair >= 0; pair = pairs.next()) {
            replace(pair);
        }
    }

    private void replace(int pair) {
        int x = pairs.low(pair);
        int y = pairs.high(pair);
        int z = variables + products.size();
        products.add(new int[] {x, y});
        int newest = pairs.size();
        double penalty = 0;
        for (int at = pairs.firstOccurrence(pair); at >= 0; at = pairs.nextOccurrence(at)) {
            int term = pairs.term(at);
            if (contains(term, x) && contains(term, y)) {
                penalty += coefficient[term];
                shorten(term, x, y, z);
            }
        }
        for (int k = newest; k < pairs.size(); k++) {
            pairs.toBucket(k);
        }
        builder.addQuadratic(x, y, penalty)
                .addQuadratic(x, z, -2 * penalty)
                .addQuadratic(y, z, -2 * penalty)
                .addLinear(z, 3 * penalty);
    }

    private boolean contains(int term, int variable) {
        int[] of = factors.get(term);
        for (int k = 0; k < degree[term]; k++) {
            if (of[k] == variable) {
                return true;
            }
        }
        return false;
    }

    /** Puts z in the place of x and y. */
    private void shorten(int term, int x, int y, int z) {
        int[] of = factors.get(term);
        int kept = 0;
        for (int k = 0; k < degree[term]; k++) {
            if (of[k] != x && of[k] != y) {
                pairs.leaves(of[k], x);
                pairs.leaves(of[k], y);
                of[kept++] = of[k];
            }
        }
        pairs.leaves(x, y);
        if (kept == 1) {
            builder.addQuadratic(of[0], z, coefficient[term]);
            degree[term] = 0;
            return;
        }
        for (int k = 0; k < kept; k++) {
            pairs.occurs(of[k], z, term);
        }
        of[kept] = z;
        degree[term] = kept + 1;
    }
}
