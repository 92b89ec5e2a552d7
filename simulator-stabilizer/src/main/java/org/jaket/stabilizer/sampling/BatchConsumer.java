package org.jaket.stabilizer.sampling;

import java.io.IOException;
import org.jaket.stabilizer.results.ShotBatch;

/** Takes sampled batches in order; a batch is reused after the call returns. */
@FunctionalInterface
public interface BatchConsumer {
    /** Takes a batch. */
    void accept(ShotBatch batch) throws IOException;
}
