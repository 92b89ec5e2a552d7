package org.jaket.stabilizer.sampling;

import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

/**
 * A way to sample shots, a batch at a time. Immutable; workers hold the state.
 *
 * <p>The shots of batch {@code b} are a function of the seed and {@code b} only.
 */
public interface BatchSource {
    /** Returns what the bits of a shot are. */
    RecordLayout layout();

    /** Returns how many bits a row of a batch has: those of the layout, and more behind them. */
    default int bits() {
        return layout().bits();
    }

    /**
     * Returns how many shots a batch has when {@code shots} are wanted altogether; a function of
     * these two and the circuit, never of the machine.
     */
    int batchShots(long shots);

    /** Returns how many workers may exist at once: fewer than asked for where memory is short. */
    default int maxThreads() {
        return Integer.MAX_VALUE;
    }

    /** Returns a worker for batches of the given size. */
    Worker worker(int batchShots);

    /** Samples batches; used by one thread at a time. */
    interface Worker {
        /**
         * Samples a batch.
         *
         * @param seed the run's seed
         * @param block the batch's number
         * @param batch receives the bits; the number of shots wanted is set in it
         * @param sweeps the sweep bits of the same shots; null for all zeros
         * @param progress asked now and then whether to stop
         * @throws UnsupportedCircuitException if there are sweep bits, and this way of sampling
         *     takes none
         */
        void fill(
                long seed,
                long block,
                ShotBatch batch,
                @Nullable ShotBatch sweeps,
                Progress progress);
    }
}
