package org.jaket.stabilizer.frames;

import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.BitKernels;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.random.BitSource;
import org.jaket.stabilizer.results.ShotBatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets short jobs run on plain kernels while the vector ones are compiled.
 *
 * <p>Until the just-in-time compiler has seen them for a second or two, vector operations run as
 * objects, some hundred times slower than plain loops. So a process samples on plain kernels first.
 * When it has done so for a second, a daemon thread runs the program at hand on vector kernels and
 * throws the result away; once that has become faster, all workers change over between two batches.
 * Both kernels give the same bits, so the moment does not matter to the result.
 */
final class WarmUp {
    /** Programs whose engine takes more bytes than this are not run a second time on the side. */
    private static final long MAX_BYTES = 64 << 20;

    /** Sampling time on plain kernels after which compiling the others is worth while. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final AtomicLong SPENT = new AtomicLong();
    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static volatile boolean hot = Kernels.isForced() || !Kernels.chosen().isVector();

    private WarmUp() {}

    /** The kernels to use for the next batch. */
    static BitKernels kernels() {
        return hot ? Kernels.chosen() : Kernels.plain();
    }

    /** Notes time spent on plain kernels; starts the compilation with a program if it is due. */
    static void spent(
            long nanos, FrameProgram program, int shift, boolean recordsAreResults, int bits) {
        if (hot || SPENT.addAndGet(nanos) < PATIENCE_NANOS) {
            return;
        }
        if (!STARTED.compareAndSet(false, true)) {
            return;
        }
        long rows =
                (long) program.rows()
                        + FrameEngine.ringRows(program, recordsAreResults)
                        + program.observables()
                        + bits;
        if (rows << shift + 3 > MAX_BYTES) {
            hot = true;
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("jaket-kernel-warm-up")
                .start(() -> race(program, shift, recordsAreResults, bits));
    }

    private static void race(FrameProgram program, int shift, boolean recordsAreResults, int bits) {
        ShotBatch batch = new ShotBatch(bits, 64 << shift);
        batch.setShots(0, batch.capacity());
        BitKernels vector = Kernels.chosen();
        FrameEngine safe = new FrameEngine(program, Kernels.plain(), shift, recordsAreResults);
        long plainTime = time(safe, BitSource.of(Kernels.plain(), 0, 0, 0), batch);
        FrameEngine fast = new FrameEngine(program, vector, shift, recordsAreResults);
        while (!hot) {
            hot = time(fast, BitSource.of(vector, 0, 0, 0), batch) < plainTime;
        }
    }

    private static long time(FrameEngine engine, BitSource source, ShotBatch batch) {
        long start = System.nanoTime();
        engine.run(source, batch, Progress.NONE);
        return System.nanoTime() - start;
    }
}
