package org.jaket.stabilizer.sampling;

import org.jaket.stabilizer.results.ShotBatch;

import java.io.IOException;

/** Takes sampled batches in order; a batch is reused after the call returns. */
@FunctionalInterface
public interface BatchConsumer {
    /** Takes a batch. */
    void accept(ShotBatch batch) throws IOException;
}
