package org.jaket.stabilizer.sampling;

import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a {@link BatchSource} on some threads and hands its batches on in order.
 *
 * <p>The calling thread samples nothing if there are several: it takes batches in turn, which costs
 * little when a {@link BatchSink} has prepared them.
 */
public final class BatchRunner<T> {
    /** Batches in flight per thread: one being sampled and one waiting for its turn. */
    private static final int AHEAD = 2;

    private final BatchSource source;
    private final RunOptions options;
    private final BatchSink<T> sink;
    private final @Nullable SweepBits sweeps;
    private final int sweepBits;
    private final int batchShots;
    private final long batches;
    private final ConcurrentLinkedQueue<ShotBatch> freeSweeps = new ConcurrentLinkedQueue<>();

    private BatchRunner(
            BatchSource source,
            RunOptions options,
            @Nullable SweepBits sweeps,
            int sweepBits,
            BatchSink<T> sink) {
        this.sweeps = sweeps;
        this.sweepBits = sweepBits;
        this.source = source;
        this.options = options;
        this.sink = sink;
        this.batchShots = source.batchShots(options.shots());
        this.batches = (options.shots() + batchShots - 1) / batchShots;
    }

    /**
     * Samples all shots, sweep bits being zero. The consumer is called on the calling thread.
     *
     * @throws IOException if the consumer throws it
     * @throws CancellationException if the progress says that the work should stop
     */
    public static void run(BatchSource source, RunOptions options, BatchConsumer consumer)
            throws IOException {
        run(source, options, null, 0, BatchSink.of(consumer));
    }

    /**
     * Samples all shots. The second step of the sink and the sweep bits are called on the calling
     * thread, in the order of the shots.
     *
     * @param sweeps the sweep bits of the shots; null for all zeros
     * @param sweepBits how many sweep bits a shot has
     * @throws IOException if the sink or the sweep bits throw it
     * @throws CancellationException if the progress says that the work should stop
     */
    public static <T> void run(
            BatchSource source,
            RunOptions options,
            @Nullable SweepBits sweeps,
            int sweepBits,
            BatchSink<T> sink)
            throws IOException {
        BatchRunner<T> runner = new BatchRunner<>(source, options, sweeps, sweepBits, sink);
        int threads = (int) Math.min(options.threads(), runner.batches);
        threads = Math.min(threads, source.maxThreads());
        if (threads == 1) {
            runner.runHere();
        } else {
            runner.runOnThreads(threads);
        }
    }

    private void runHere() throws IOException {
        BatchSource.Worker worker = source.worker(batchShots);
        Place<T> place = place();
        for (long block = 0; block < batches; block++) {
            options.progress().checkCancelled();
            fill(worker, block, place.batch(), sweeps(block));
            sink.take(place.batch(), place.room());
            report(block);
        }
    }

    /** A batch and what a sink makes of it. */
    private record Place<T>(ShotBatch batch, T room) {}

    private Place<T> place() {
        return new Place<>(new ShotBatch(source.bits(), batchShots), sink.room());
    }

    /** The sweep bits of a block; asked for in the order of the blocks. */
    private @Nullable ShotBatch sweeps(long block) throws IOException {
        if (sweeps == null) {
            return null;
        }
        ShotBatch batch = freeSweeps.poll();
        if (batch == null) {
            batch = new ShotBatch(sweepBits, batchShots);
        }
        batch.clear();
        setShots(block, batch);
        sweeps.fill(batch);
        return batch;
    }

    private void setShots(long block, ShotBatch batch) {
        long first = block * batchShots;
        batch.setShots(first, (int) Math.min(batchShots, options.shots() - first));
    }

    private void fill(
            BatchSource.Worker worker, long block, ShotBatch batch, @Nullable ShotBatch swept) {
        setShots(block, batch);
        if (swept == null) {
            worker.fill(options.seed(), block, batch, options.progress());
        } else {
            worker.fill(options.seed(), block, batch, swept, options.progress());
            freeSweeps.add(swept);
        }
    }

    private void report(long block) {
        long taken = Math.min((block + 1) * batchShots, options.shots());
        options.progress().report(taken, options.shots());
    }

    private void runOnThreads(int threads) throws IOException {
        Progress progress = options.progress();
        ConcurrentLinkedQueue<BatchSource.Worker> workers = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Place<T>> free = new ConcurrentLinkedQueue<>();
        ArrayDeque<Future<Place<T>>> waiting = new ArrayDeque<>();
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("jaket-sampler-", 0).factory());
        try {
            long next = 0;
            for (long block = 0; block < batches; block++) {
                progress.checkCancelled();
                while (next < batches && waiting.size() < AHEAD * threads) {
                    long coming = next++;
                    ShotBatch swept = sweeps(coming);
                    waiting.add(pool.submit(() -> sample(coming, swept, workers, free)));
                }
                Place<T> place = waiting.remove().get();
                sink.accept(place.batch(), place.room());
                report(block);
                free.add(place);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case IOException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private Place<T> sample(
            long block,
            @Nullable ShotBatch swept,
            ConcurrentLinkedQueue<BatchSource.Worker> workers,
            ConcurrentLinkedQueue<Place<T>> free)
            throws IOException {
        BatchSource.Worker worker = workers.poll();
        if (worker == null) {
            worker = source.worker(batchShots);
        }
        Place<T> place = free.poll();
        if (place == null) {
            place = place();
        }
        fill(worker, block, place.batch(), swept);
        workers.add(worker);
        sink.prepare(place.batch(), place.room());
        return place;
    }
}
