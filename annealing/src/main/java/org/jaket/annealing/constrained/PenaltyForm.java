package org.jaket.annealing.constrained;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Sample;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.Variables;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.constrained.PenaltyAssembly.Cost;
import org.jaket.annealing.constrained.PenaltyAssembly.SoftSquare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A constrained model as a binary quadratic model, and the way back.
 *
 * <pre>{@code
 * PenaltyForm form = PenaltyForm.of(model);
 * ConstrainedSampleSet found = form.sample(sampler, SamplingOptions.reads(100));
 * found.best().value("apples");
 * }</pre>
 *
 * <p>The model is tightened first ({@link ConstrainedModel#tightened}), so integers need only be
 * bounded by constraints, and variables with one possible value have no bit. Integers are written
 * in bits, reals in steps. Each constraint becomes a penalty that is 0 where it holds: an equation
 * its square; an inequality the square with a slack in bits, or no slack where it only forbids
 * pairs (x + y &lt;= 1, x &lt;= y, x + y &gt;= 1 and longer ones); a product in a constraint a bit
 * of its own. Coefficients are multiples of a common unit where they are fractions with a common
 * denominator up to a million. Weights are bounds on what breaking a constraint can gain, so where
 * the form {@link #isExact} the minima of the model are the solutions of the constrained model,
 * with the same energy.
 */
public final class PenaltyForm {
    /** Coefficients may be apart by this factor: a double has 53 bits. */
    private static final double PRECISION = 1L << 50;

    private final ConstrainedModel source;
    private final PenaltyAssembly assembly;
    private final BinaryQuadraticModel model;
    private final Map<Object, Double> weights;

    private PenaltyForm(
            ConstrainedModel source,
            PenaltyAssembly assembly,
            BinaryQuadraticModel model,
            Map<Object, Double> weights) {
        this.source = source;
        this.assembly = assembly;
        this.model = model;
        this.weights = weights;
    }

    /** The form with weights and encodings chosen from the model. */
    public static PenaltyForm of(ConstrainedModel model) {
        return of(model, PenaltyOptions.DEFAULT);
    }

    /**
     * The form of a model. A constraint of n bits takes time and memory n^2.
     *
     * @throws IllegalArgumentException if an integer or real variable has no bound, a constraint
     *     cannot hold within the bounds of its variables, or penalties would be so large that the
     *     objective is lost in rounding
     */
    public static PenaltyForm of(ConstrainedModel model, PenaltyOptions options) {
        ConstrainedModel bounded = options.tightened() ? model.tightened() : model;
        PenaltyAssembly assembly = new PenaltyAssembly(bounded, options);
        VariableBits bits = assembly.bits;
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        if (bits.size() > 0) {
            builder.addLinear(bits.size() - 1, 0);
        }
        QuadraticFunction f = bits.inBits(model.objective());
        builder.addOffset(f.offset());
        for (int t = 0; t < f.linearTerms(); t++) {
            builder.addLinear(f.variable(t), f.coefficient(t));
        }
        f.forEachProduct(builder::addQuadratic);
        PenaltyWeights chosen = PenaltyWeights.of(builder.build(), assembly);
        for (SoftSquare soft : assembly.softSquares) {
            soft.square().addTo(builder, soft.weight());
        }
        for (Cost cost : assembly.costs) {
            builder.addLinear(cost.bit(), cost.each());
        }
        Map<Object, Double> weights = new LinkedHashMap<>();
        for (Penalty penalty : assembly.hard) {
            double weight = options.weight() > 0 ? options.weight() : chosen.of(penalty);
            checkPrecision(penalty, weight, chosen);
            weights.merge(penalty.label(), weight, Math::max);
            if (penalty instanceof Penalty.AtMostOne pairs && options.weight() == 0) {
                addPairs(builder, pairs, chosen);
            } else {
                penalty.addTo(builder, weight);
            }
        }
        BinaryQuadraticModel built = builder.build().withVariables(Variables.of(bits.labels()));
        return new PenaltyForm(model, assembly, built, weights);
    }

    private static void addPairs(
            BinaryQuadraticModel.Builder builder, Penalty.AtMostOne pairs, PenaltyWeights chosen) {
        int[] of = pairs.bits();
        for (int k = 0; k < of.length; k++) {
            for (int l = k + 1; l < of.length; l++) {
                pairs.addPair(builder, k, l, chosen.ofPair(of[k], of[l]));
            }
        }
    }

    private static void checkPrecision(Penalty penalty, double weight, PenaltyWeights chosen) {
        if (penalty instanceof Penalty.Square square) {
            double sum = Math.abs(square.right());
            for (double a : square.a()) {
                sum += Math.abs(a);
            }
            if (weight * sum * sum > PRECISION * chosen.margin()) {
                throw new IllegalArgumentException(
                        "the penalty of constraint %s would reach %.1e, where the objective is lost in rounding: give its variables closer bounds, or its coefficients fewer digits"
                                .formatted(penalty.label(), weight * sum * sum));
            }
        }
    }

    /** What was turned. */
    public ConstrainedModel source() {
        return source;
    }

    /**
     * The binary quadratic model: the bits of the variables in their order, binary variables and
     * spins under their own labels, then auxiliary bits. Variables with one possible value have no
     * bit.
     */
    public BinaryQuadraticModel model() {
        return model;
    }

    /** How many bits do not belong to a variable. */
    public int auxiliary() {
        int own = 0;
        for (int k = 0; k < source.size(); k++) {
            own += assembly.bits.code(k).code().bits();
        }
        return model.size() - own;
    }

    /** Whether the minima of the model are the solutions of the constrained model. */
    public boolean isExact() {
        return assembly.approximations.isEmpty();
    }

    /** What is only near the constrained model, in words: the steps of reals, and of slacks. */
    public List<String> approximations() {
        return List.copyOf(assembly.approximations);
    }

    /**
     * The weight of the penalties of a constraint, or of a variable whose bits need one; the
     * largest if they have several, 0 if there is none because the constraint always holds, only
     * bounds variables or is soft.
     */
    public double weight(Object label) {
        return weights.getOrDefault(label, 0.0);
    }

    /**
     * An assignment as a state: variables at their nearest possible values, auxiliary bits as suits
     * them. A feasible assignment that the bits can say has its energy.
     *
     * @throws IllegalArgumentException if there are not as many values as variables
     */
    public byte[] encode(double... values) {
        if (values.length != source.size()) {
            throw new IllegalArgumentException(
                    "an assignment has %d values, not %d".formatted(source.size(), values.length));
        }
        byte[] state = new byte[model.size()];
        assembly.bits.write(values, state);
        assembly.fillings.forEach(filling -> filling.fill(state));
        return state;
    }

    /**
     * What a state of the model says, checked against the constrained model itself; auxiliary bits
     * play no part.
     *
     * @throws IllegalArgumentException if there are not as many values as bits
     */
    public ConstrainedSample decode(byte[] state) {
        if (state.length != model.size()) {
            throw new IllegalArgumentException(
                    "a state has %d values, not %d".formatted(model.size(), state.length));
        }
        return source.check(assembly.bits.values(state));
    }

    /** What samples of the model say; equal assignments become one, solutions come first. */
    public ConstrainedSampleSet decode(SampleSet set) {
        List<ConstrainedSample> samples = new ArrayList<>(set.size());
        for (Sample sample : set) {
            samples.add(decode(binary(sample.state())).occurrences(sample.occurrences()));
        }
        return ConstrainedSampleSet.gathered(samples, set.sampler(), set.seed(), set.time());
    }

    /**
     * Samples the model and decodes what is found. Where the constraints leave one assignment only
     * the model has no bits, and the sampler is not asked.
     *
     * @throws java.util.concurrent.CancellationException if the options' progress says so
     */
    public ConstrainedSampleSet sample(Sampler sampler, SamplingOptions options) {
        if (model.size() == 0) {
            return decode(
                    SampleSet.of(
                            model,
                            List.of(new byte[0]),
                            "nothing to sample",
                            options.seed(),
                            Duration.ZERO));
        }
        return decode(sampler.sample(model, options));
    }

    /** Samplers may return spins for {@code model().toSpin()}. */
    private static byte[] binary(byte[] state) {
        byte[] bits = state.clone();
        for (int k = 0; k < bits.length; k++) {
            bits[k] = (byte) Math.max(0, bits[k]);
        }
        return bits;
    }

    /** The size of the model, and what is not exact. */
    @Override
    public String toString() {
        return model + (isExact() ? ", exact" : ", approximate: " + approximations());
    }
}
