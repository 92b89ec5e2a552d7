package org.jaket.annealing.embedding;

import org.jaket.annealing.SamplingOptions;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;

import java.time.Duration;

/**
 * How hard to look for an embedding.
 *
 * @param tries how often to start anew until an embedding is found, at least 1
 * @param effort how long to go on shortening the chains of an embedding that was found: 1 is the
 *     default, 0 not at all, 10 ten times as long
 * @param limit after this time the best embedding so far is taken; {@link
 *     SamplingOptions#UNLIMITED} for never
 * @param seed decides every random choice
 * @param progress is told how many tries are done, and learns that the search should stop
 */
public record EmbeddingOptions(
        int tries, double effort, Duration limit, long seed, Progress progress) {
    /** Checks the numbers. */
    public EmbeddingOptions {
        if (tries < 1) {
            throw new IllegalArgumentException("the number of tries is at least 1, not " + tries);
        }
        if (!(effort >= 0) || effort > 1e6) {
            throw new IllegalArgumentException(
                    "the effort is between 0 and a million, not " + effort);
        }
        if (limit.isNegative()) {
            throw new IllegalArgumentException("the time limit cannot be " + limit);
        }
        limit = limit.compareTo(SamplingOptions.UNLIMITED) > 0 ? SamplingOptions.UNLIMITED : limit;
    }

    /** Ten tries, effort 1, a minute at most, with a fresh seed. */
    public static EmbeddingOptions defaults() {
        return new EmbeddingOptions(
                10, 1, Duration.ofMinutes(1), RunOptions.freshSeed(), Progress.NONE);
    }

    /** The same with a number of tries. */
    public EmbeddingOptions tries(int newTries) {
        return new EmbeddingOptions(newTries, effort, limit, seed, progress);
    }

    /** The same with more or less effort for short chains. */
    public EmbeddingOptions effort(double newEffort) {
        return new EmbeddingOptions(tries, newEffort, limit, seed, progress);
    }

    /** The same with a limit of time. */
    public EmbeddingOptions limit(Duration newLimit) {
        return new EmbeddingOptions(tries, effort, newLimit, seed, progress);
    }

    /** The same with a chosen seed. */
    public EmbeddingOptions seed(long newSeed) {
        return new EmbeddingOptions(tries, effort, limit, newSeed, progress);
    }

    /** The same with a listener. */
    public EmbeddingOptions progress(Progress newProgress) {
        return new EmbeddingOptions(tries, effort, limit, seed, newProgress);
    }
}
