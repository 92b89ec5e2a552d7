package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;

import java.util.List;

/**
 * The state of lowest energy of a model that can be drawn in the plane without crossings, by a
 * perfect matching of minimum weight: exact, in polynomial time, however frustrated the model is.
 *
 * <p>Biases are interactions with one more vertex, which must have its place in the drawing too. So
 * a square lattice may have biases on its border, a tree or a ring anywhere. Interactions and
 * biases of 0 do not count. The model need not be connected.
 *
 * <p>A lattice of 30 x 30 spins with interactions +1 and -1 takes a tenth of a second, 100 x 100
 * one second, 300 x 300 (90,000 spins) ten seconds and a gigabyte, which is about as large as is
 * sensible; real interactions take half of that. The matching cannot be interrupted: no limit of
 * time ends it, and cancelling only takes effect before and after it. {@link
 * org.jaket.annealing.presolve.PresolvingSampler} around this one makes sparse models smaller
 * first.
 *
 * <p>Coefficients are counted in 48 bits of the sum of all their sizes. Where that rounds them, as
 * it does not with whole numbers below 2^48 in all, the state is a minimum up to 2^-47 of the sum
 * for each interaction, not much more than what adding up energies in double precision loses.
 *
 * <p>Reads differ in the overall signs of those parts of the model that have no bias, which are
 * drawn at random; other states of equal energy are not looked for.
 *
 * <p>M. E. Fisher, "On the dimer solution of planar Ising models", Journal of Mathematical Physics
 * 7 (1966); P. W. Kasteleyn, "Dimer statistics and phase transitions", the same 4 (1963); C. K.
 * Thomas, A. A. Middleton, "Matching Kasteleyn cities for spin glass ground states", Physical
 * Review B 76 (2007).
 */
public final class PlanarMatching implements Sampler {
    /** A sampler. */
    public PlanarMatching() {}

    /** Whether a model, biases included, can be drawn in the plane. */
    public static boolean fits(BinaryQuadraticModel model) {
        return PlaneDrawing.of(SignedGraph.of(model.toSpin())) != null;
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        Reads reads = new Reads(model, options, deadline);
        options.progress().checkCancelled();
        SignedGraph graph = SignedGraph.of(model.toSpin());
        PlaneDrawing drawing = PlaneDrawing.of(graph);
        if (drawing == null) {
            throw new IllegalArgumentException(
                    "the graph of this model cannot be drawn in the plane without crossings%s. Maybe use another sampler."
                            .formatted(
                                    graph.biases() > 0
                                            ? ", where the %d variables with a bias are joined to one more vertex"
                                                    .formatted(graph.biases())
                                            : ""));
        }
        options.progress().checkCancelled();
        boolean[] cut = KasteleynCities.cheapestCut(graph, drawing);
        SignedGraph.Parts parts = graph.parts(cut);
        byte low = model.vartype().low();
        return reads.run(
                        "planar matching, exact",
                        1,
                        (read, count) -> List.of(parts.state(low, options.seed(), read)))
                .proven();
    }
}
