package org.jaket.annealing;

import org.jaket.execution.Progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Records when a sampler finds better states. Stands in for another listener in the options:
 *
 * <pre>{@code
 * var convergence = new Convergence(Progress.NONE);
 * sampler.sample(model, options.progress(convergence));
 * convergence.points();
 * }</pre>
 *
 * <p>Samplers of many short reads tell what each block of reads has found, searches every better
 * state on their way. Safe for any number of threads.
 */
public final class Convergence implements Progress {
    /**
     * A state better than all before.
     *
     * @param time since this object was made
     * @param energy in the model's units
     */
    public record Point(Duration time, double energy) {}

    private final Progress other;
    private final long start = System.nanoTime();
    private final List<Point> points = new ArrayList<>();

    /** Passes everything on to another listener. */
    public Convergence(Progress other) {
        this.other = other;
    }

    /** Notes a state that was found, if it is better than those before. */
    public synchronized void found(double energy) {
        if (points.isEmpty() || energy < points.getLast().energy()) {
            points.add(new Point(Duration.ofNanos(System.nanoTime() - start), energy));
        }
    }

    /** The better states so far, each better than the one before. */
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }

    @Override
    public void report(long done, long total) {
        other.report(done, total);
    }

    @Override
    public boolean isCancelled() {
        return other.isCancelled();
    }
}
