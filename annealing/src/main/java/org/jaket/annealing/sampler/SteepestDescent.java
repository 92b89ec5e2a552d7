package org.jaket.annealing.sampler;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.SampleSet;
import org.jaket.annealing.Sampler;
import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Deadline;

import java.util.List;

/**
 * From random or given states always the flip that lowers the energy most, until none does: the
 * local minima of a model. A flip costs a look at every variable. Sweeps in the options have no
 * meaning here.
 */
public final class SteepestDescent implements Sampler {
    private final MoveChoice choice = MoveChoice.best();

    private final Start start;

    /** From random states on. */
    public SteepestDescent() {
        this(Start.RANDOM);
    }

    private SteepestDescent(Start start) {
        this.start = start;
    }

    /**
     * The same from given states on.
     *
     * @param states in the values of the model that will be sampled, each read's in turn
     * @throws IllegalArgumentException if there is none; sampling throws it if one is not of the
     *     model
     */
    public SteepestDescent from(List<byte[]> states) {
        return new SteepestDescent(Start.at(states));
    }

    @Override
    public SampleSet sample(BinaryQuadraticModel model, SamplingOptions options) {
        Deadline deadline = new Deadline(options);
        start.check(model);
        Reads reads = new Reads(model, options, deadline);
        return reads.run(
                "steepest descent",
                1,
                (read, count) -> {
                    Walk walk = new Walk(model);
                    start.put(walk, options.seed(), read);
                    descend(walk, choice, reads.watch());
                    return List.of(walk.state());
                });
    }

    /** Goes down as long as there is time. */
    static void descend(Walk walk, MoveChoice choice, Reads.Watch watch) {
        int size = walk.size;
        int steps = 0;
        double least = choice.least(walk.change, size);
        while (least < 0) {
            walk.flip(choice.find(least, walk.change, MoveChoice.ALWAYS, size, 0, 0));
            if ((++steps & 63) == 0 && watch.isOver()) {
                return;
            }
            if ((steps & 0xffff) == 0) {
                walk.refresh();
            }
            least = choice.least(walk.change, size);
        }
    }
}
