package org.jaket.stabilizer.mechanisms;

import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shots of a detector error model with a given number of hits. Errors that are hit twice are not
 * flipped: the number of hits is Poisson, and given it every hit is drawn alike.
 */
public final class HitSampler {
    private static final long STREAM = 3;

    private static final int MOST_ERRORS = 1 << 24;

    private final RecordLayout layout;
    private final List<int[]> symptoms = new ArrayList<>();
    private final double[] means;
    private final @Nullable AliasTable table;
    private final List<Stretch> likely = new ArrayList<>();
    private final BitSource source = BitSource.of(Kernels.plain(), 0, STREAM, 0);

    /**
     * Makes a sampler. Not for use by several threads.
     *
     * @throws org.jaket.execution.UnsupportedCircuitException if the model is too large
     */
    public HitSampler(DetectorErrorModel model) {
        ModelCompiler compiler = ModelCompiler.of(model);
        layout = compiler.layout();
        List<Double> all = new ArrayList<>();
        for (Errors errors : compiler.errors()) {
            for (Errors.Run run : errors.runs()) {
                for (int e = 0; e < errors.means().length; e++) {
                    symptoms.add(Symptoms.shifted(errors.independent()[e], run.base()));
                    all.add(errors.means()[e]);
                }
            }
            if (errors.disjoint().length > 0) {
                Errors rest =
                        new Errors(
                                new int[0][],
                                new double[0],
                                new int[0],
                                errors.disjoint(),
                                new int[0][],
                                errors.runs());
                likely.add(Stretch.of(rest, layout.detectors(), 1));
            }
        }
        means = all.stream().mapToDouble(Double::doubleValue).toArray();
        if (means.length > MOST_ERRORS) {
            throw new UnsupportedCircuitException(
                    "The model has %d errors; the number of hits is fixed for at most %d."
                            .formatted(means.length, MOST_ERRORS));
        }
        table = means.length == 0 ? null : new AliasTable(means, mean());
    }

    /** The model's detectors and observables. */
    public RecordLayout layout() {
        return layout;
    }

    /** Expected number of hits per shot. */
    public double mean() {
        return Arrays.stream(means).sum();
    }

    /** How many errors can be hit. */
    public int errors() {
        return means.length;
    }

    /** The chance that a hit falls on an error. */
    public double share(int error) {
        return means[error] / mean();
    }

    /** Whether a shot is fixed by its hits: no error is so likely that it is drawn on its own. */
    public boolean isFixedByHits() {
        return likely.isEmpty();
    }

    /** Flips what one error flips. */
    public void flip(int error, ShotBatch batch, int shot) {
        for (int s : symptoms.get(error)) {
            int bit = s >= 0 ? s : layout.detectors() + ~s;
            batch.words()[shot * batch.stride() + (bit >>> 6)] ^= 1L << bit;
        }
    }

    /**
     * Fills a batch with shots of equally many hits.
     *
     * @param hits per shot
     * @param batch of a power of two of shots, all of which are filled
     * @param seed the run's seed
     * @param block a number for the batch: the same numbers give the same shots
     */
    public void fill(int hits, ShotBatch batch, long seed, long block) {
        source.restart(seed, STREAM, block);
        Arrays.fill(batch.words(), 0);
        for (int shot = 0; table != null && shot < batch.capacity(); shot++) {
            for (int k = 0; k < hits; k++) {
                flip(table.draw(source.next()), batch, shot);
            }
        }
        for (Stretch stretch : likely) {
            for (Errors.Run run : stretch.runs()) {
                for (DisjointTable channels : stretch.disjoint()) {
                    channels.scatter(
                            batch.words(),
                            batch.stride(),
                            batch.capacity(),
                            run.base(),
                            -1,
                            source);
                }
            }
        }
    }
}
