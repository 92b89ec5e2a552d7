package org.jaket.annealing.constrained;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.encoding.IntegerEncoding;

/**
 * A function of bits that is 0 where a demand holds and at least 1 where it does not, for the best
 * values of its own auxiliary bits; never below 0.
 */
sealed interface Penalty {
    /** The constraint or variable that it is for. */
    Object label();

    /** Adds the function times a weight. */
    void addTo(BinaryQuadraticModel.Builder model, double weight);

    /**
     * {@code (sum of a[k] bit[k] - right)^2}.
     *
     * @param members how many of the bits are the demand's own; slack bits follow
     * @param packing whether the demand is that the sum over the members, all with positive
     *     coefficients, is at most something
     */
    record Square(Object label, int[] bits, double[] a, double right, int members, boolean packing)
            implements Penalty {
        @Override
        public void addTo(BinaryQuadraticModel.Builder model, double weight) {
            model.addOffset(weight * right * right);
            for (int k = 0; k < bits.length; k++) {
                model.addLinear(bits[k], weight * a[k] * (a[k] - 2 * right));
                for (int l = k + 1; l < bits.length; l++) {
                    model.addQuadratic(bits[k], bits[l], 2 * weight * a[k] * a[l]);
                }
            }
        }

        /** Whether exactly one of the bits is demanded. */
        boolean isOneHot() {
            if (packing || right != 1 || members != bits.length) {
                return false;
            }
            for (double coefficient : a) {
                if (coefficient != 1) {
                    return false;
                }
            }
            return true;
        }
    }

    /** At most one of some bits, or negated bits, is 1: the sum of products of pairs. */
    record AtMostOne(Object label, int[] bits, boolean[] negated) implements Penalty {
        @Override
        public void addTo(BinaryQuadraticModel.Builder model, double weight) {
            for (int k = 0; k < bits.length; k++) {
                for (int l = k + 1; l < bits.length; l++) {
                    addPair(model, k, l, weight);
                }
            }
        }

        void addPair(BinaryQuadraticModel.Builder model, int k, int l, double weight) {
            model.addQuadratic(bits[k], bits[l], negated[k] == negated[l] ? weight : -weight);
            if (negated[k]) {
                model.addLinear(bits[l], negated[l] ? -weight : weight);
            }
            if (negated[l]) {
                model.addLinear(bits[k], negated[k] ? -weight : weight);
            }
            model.addOffset(negated[k] && negated[l] ? weight : 0);
        }
    }

    /** A bit, or a negated bit, is 0. */
    record Fixed(Object label, int bit, boolean negated) implements Penalty {
        @Override
        public void addTo(BinaryQuadraticModel.Builder model, double weight) {
            model.addLinear(bit, negated ? -weight : weight);
            model.addOffset(negated ? weight : 0);
        }
    }

    /** A product of two bits is 0. */
    record Exclusive(Object label, int left, int right) implements Penalty {
        @Override
        public void addTo(BinaryQuadraticModel.Builder model, double weight) {
            model.addQuadratic(left, right, weight);
        }
    }

    /** A bit is the product of two others (Rosenberg 1975). */
    record ProductOf(Object label, int left, int right, int product) implements Penalty {
        @Override
        public void addTo(BinaryQuadraticModel.Builder model, double weight) {
            model.addQuadratic(left, right, weight)
                    .addQuadratic(left, product, -2 * weight)
                    .addQuadratic(right, product, -2 * weight)
                    .addLinear(product, 3 * weight);
        }
    }

    /** The bits are a number of an encoding that is neither binary nor unary. */
    record Valid(Object label, IntegerEncoding encoding, int first) implements Penalty {
        @Override
        public void addTo(BinaryQuadraticModel.Builder model, double weight) {
            encoding.addPenalty(model, first, weight);
        }
    }
}
