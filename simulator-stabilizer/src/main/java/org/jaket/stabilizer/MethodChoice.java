package org.jaket.stabilizer;

import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.frames.FrameSource;
import org.jaket.stabilizer.mechanisms.MechanismSource;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/**
 * Frames or mechanisms, by what some shots are expected to cost. Mechanisms take long to list, so
 * they are listed when more shots are asked for than frames sample in that time, and once. What is
 * chosen is a function of the circuit and the number of shots alone.
 */
final class MethodChoice {
    /** What a turn of a loop costs at most, in turns: later ones are found to be the same. */
    private static final long MOST_TURNS = 4;

    /** Roughly what it takes to list the errors of one target of noise, once code is compiled. */
    private static final double NANOS_PER_TARGET = 4000;

    private final FrameSource frames;
    private final double listingNanos;
    private final Supplier<@Nullable MechanismSource> listing;
    private @Nullable BatchSource cheaper;

    /**
     * Creates a choice.
     *
     * @param listing lists mechanisms; null if there are too many
     */
    MethodChoice(
            List<Step> steps, FrameSource frames, Supplier<@Nullable MechanismSource> listing) {
        this.frames = frames;
        this.listingNanos = NANOS_PER_TARGET * targets(steps);
        this.listing = listing;
    }

    private static double targets(List<Step> steps) {
        double targets = 0;
        for (Step step : steps) {
            targets +=
                    switch (step) {
                        case Step.PauliNoise n -> n.targets().length;
                        case Step.Correlated c -> 1;
                        case Step.Measure m -> m.flip() > 0 ? m.qubits().length : 0;
                        case Step.MeasureProduct m -> m.flip() > 0 ? 1 : 0;
                        case Step.Loop l -> Math.min(MOST_TURNS, l.count()) * targets(l.body());
                        default -> 0;
                    };
        }
        return targets;
    }

    /** How so many shots are sampled. */
    synchronized BatchSource of(long shots) {
        if (listingNanos == 0 || shots * frames.meanNanos(0) < listingNanos) {
            return frames;
        }
        BatchSource chosen = cheaper;
        if (chosen == null) {
            MechanismSource mechanisms = listing.get();
            chosen =
                    mechanisms != null
                                    && mechanisms.meanNanos()
                                            < frames.meanNanos(mechanisms.meanHits())
                            ? mechanisms
                            : frames;
            cheaper = chosen;
        }
        return chosen;
    }
}
