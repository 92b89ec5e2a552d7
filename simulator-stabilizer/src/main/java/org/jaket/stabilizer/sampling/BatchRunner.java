package org.jaket.stabilizer.sampling;

import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.results.ShotBatch;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Runs a {@link BatchSource} on some threads and hands its batches on in order.
 *
 * <p>The calling thread is one of them: it takes batches in turn, which costs little when a {@link
 * BatchSink} has prepared them, and samples while the next one is not ready.
 */
public final class BatchRunner<T> {
    /** Runs in flight per thread, so that none waits for another to be taken. */
    private static final int AHEAD = 4;

    /** Batches are run together up to so many bytes and so many batches. */
    private static final long RUN_BYTES = 1 << 17;

    private static final int MOST_PER_RUN = 64;

    private final BatchSource source;
    private final RunOptions options;
    private final BatchSink<T> sink;
    private final @Nullable SweepBits sweeps;
    private final int sweepBits;
    private final int batchShots;
    private final long batches;
    private final ConcurrentLinkedQueue<ShotBatch> freeSweeps = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Sampler> samplers = ThreadLocal.withInitial(Sampler::new);

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
        worker.fill(options.seed(), block, batch, swept, options.progress());
        if (swept != null) {
            freeSweeps.add(swept);
        }
    }

    private void report(long block) {
        long taken = Math.min((block + 1) * batchShots, options.shots());
        options.progress().report(taken, options.shots());
    }

    /** What a thread samples with: memory that its own cache holds, and comes back to it. */
    private final class Sampler {
        final BatchSource.Worker worker = source.worker(batchShots);
        private final ConcurrentLinkedDeque<Place<T>> free = new ConcurrentLinkedDeque<>();

        Place<T> take() {
            Place<T> place = free.poll();
            return place == null ? place() : place;
        }

        /** Called on any thread. */
        void giveBack(List<Place<T>> places) {
            places.forEach(free::push);
        }
    }

    /**
     * Some batches in a row, sampled by whichever thread comes first. So much work at a time makes
     * up for handing it over.
     */
    private final class Run {
        private final long first;
        private final List<@Nullable ShotBatch> swept = new ArrayList<>();
        private final List<Place<T>> places = new ArrayList<>();
        private final FutureTask<Sampler> task = new FutureTask<>(this::sample);

        /** Asks for the sweep bits of the batches, so runs are made in their order. */
        Run(long first, int count) throws IOException {
            this.first = first;
            for (int k = 0; k < count; k++) {
                swept.add(sweeps(first + k));
            }
        }

        private Sampler sample() throws IOException {
            Sampler sampler = samplers.get();
            for (int k = 0; k < swept.size(); k++) {
                Place<T> place = sampler.take();
                places.add(place);
                fill(sampler.worker, first + k, place.batch(), swept.get(k));
                sink.prepare(place.batch(), place.room());
            }
            return sampler;
        }

        /** Hands the batches on once they are sampled. */
        void take() throws IOException, InterruptedException, ExecutionException {
            Sampler sampler = task.get();
            for (int k = 0; k < places.size(); k++) {
                Place<T> place = places.get(k);
                sink.accept(place.batch(), place.room());
                report(first + k);
            }
            sampler.giveBack(places);
        }
    }

    private void runOnThreads(int threads) throws IOException {
        ArrayDeque<Run> waiting = new ArrayDeque<>();
        long batchBytes = 8L * new ShotBatch(source.bits(), batchShots).words().length;
        int perRun = Math.clamp(RUN_BYTES / batchBytes, 1, MOST_PER_RUN);
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        threads - 1,
                        Thread.ofPlatform().daemon().name("jaket-sampler-", 0).factory());
        try {
            long next = 0;
            while (next < batches || !waiting.isEmpty()) {
                options.progress().checkCancelled();
                while (next < batches && waiting.size() < AHEAD * threads) {
                    Run run = new Run(next, (int) Math.min(perRun, batches - next));
                    next += run.swept.size();
                    waiting.add(run);
                    pool.execute(run.task);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                help(waiting);
                waiting.remove().take();
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
            // What a thread keeps points at this runner, so that it would never be collected.
            samplers.remove();
            pool.shutdownNow();
        }
    }

    /** Samples on the calling thread until the first run is done or all have been started. */
    private void help(Iterable<Run> waiting) {
        Run first = null;
        for (Run run : waiting) {
            first = first == null ? run : first;
            if (first.task.isDone()) {
                return;
            }
            run.task.run();
        }
    }
}
