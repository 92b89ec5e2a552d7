package org.jaket.stabilizer.sampling;

import org.jaket.stabilizer.results.EncodedShots;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotWriter;

import java.io.IOException;

/**
 * Takes sampled batches in two steps: what needs no order, such as turning shots into text, is done
 * on the threads that sample, and the rest in the order of the shots on one thread.
 *
 * @param <T> what the first step leaves for the second one
 */
public interface BatchSink<T> {
    /** Returns a place for what the first step leaves; places are used again and again. */
    T room();

    /**
     * The first step. Called on the thread that has sampled the batch, with different rooms on
     * several threads at once.
     *
     * @param batch may be changed; the second step gets it as it is then
     */
    void prepare(ShotBatch batch, T room) throws IOException;

    /** The second step, on the thread that asked for the shots, in their order. */
    void accept(ShotBatch batch, T room) throws IOException;

    /**
     * Both steps at once, for a batch that the calling thread has sampled itself; overridden where
     * that saves work.
     */
    default void take(ShotBatch batch, T room) throws IOException {
        prepare(batch, room);
        accept(batch, room);
    }

    /** Returns a sink that encodes in the first step and writes in the second. */
    static BatchSink<EncodedShots> writing(ShotWriter writer) {
        return new WritingSink(writer);
    }

    /** Returns a sink without a first step. */
    static BatchSink<?> of(BatchConsumer consumer) {
        return new PlainSink(consumer);
    }
}
