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

/** Runs a {@link BatchSource} on some threads and hands its batches on in order. */
public final class BatchRunner {
    /** Batches in flight per thread: one being sampled and one waiting for its turn. */
    private static final int AHEAD = 2;

    private final BatchSource source;
    private final RunOptions options;
    private final BatchConsumer consumer;
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
            BatchConsumer consumer) {
        this.sweeps = sweeps;
        this.sweepBits = sweepBits;
        this.source = source;
        this.options = options;
        this.consumer = consumer;
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
        run(source, options, null, 0, consumer);
    }

    /**
     * Samples all shots. The consumer and the sweep bits are called on the calling thread, in the
     * order of the shots.
     *
     * @param sweeps the sweep bits of the shots; null for all zeros
     * @param sweepBits how many sweep bits a shot has
     * @throws IOException if the consumer or the sweep bits throw it
     * @throws CancellationException if the progress says that the work should stop
     */
    public static void run(
            BatchSource source,
            RunOptions options,
            @Nullable SweepBits sweeps,
            int sweepBits,
            BatchConsumer consumer)
            throws IOException {
        BatchRunner runner = new BatchRunner(source, options, sweeps, sweepBits, consumer);
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
        ShotBatch batch = new ShotBatch(source.bits(), batchShots);
        for (long block = 0; block < batches; block++) {
            options.progress().checkCancelled();
            fill(worker, block, batch, sweeps(block));
            consume(batch);
        }
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
            return;
        }
        worker.fill(options.seed(), block, batch, swept, options.progress());
        freeSweeps.add(swept);
    }

    private void consume(ShotBatch batch) throws IOException {
        consumer.accept(batch);
        options.progress().report(batch.firstShot() + batch.shots(), options.shots());
    }

    private void runOnThreads(int threads) throws IOException {
        Progress progress = options.progress();
        ConcurrentLinkedQueue<BatchSource.Worker> workers = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<ShotBatch> free = new ConcurrentLinkedQueue<>();
        ArrayDeque<Future<ShotBatch>> waiting = new ArrayDeque<>();
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("jaket-sampler-", 0).factory());
        try {
            long next = 0;
            while (next < batches || !waiting.isEmpty()) {
                progress.checkCancelled();
                while (next < batches && waiting.size() < AHEAD * threads) {
                    long block = next++;
                    ShotBatch swept = sweeps(block);
                    waiting.add(pool.submit(() -> sample(block, swept, workers, free)));
                }
                ShotBatch batch = waiting.remove().get();
                consume(batch);
                free.add(batch);
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
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private ShotBatch sample(
            long block,
            @Nullable ShotBatch swept,
            ConcurrentLinkedQueue<BatchSource.Worker> workers,
            ConcurrentLinkedQueue<ShotBatch> free) {
        BatchSource.Worker worker = workers.poll();
        if (worker == null) {
            worker = source.worker(batchShots);
        }
        ShotBatch batch = free.poll();
        if (batch == null) {
            batch = new ShotBatch(source.bits(), batchShots);
        }
        fill(worker, block, batch, swept);
        workers.add(worker);
        return batch;
    }
}
