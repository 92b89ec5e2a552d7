package org.jaket.stabilizer.sampling;

import org.jaket.stabilizer.results.ShotBatch;

import java.io.IOException;

/** A consumer as a sink. */
record PlainSink(BatchConsumer consumer) implements BatchSink<BatchConsumer> {
    @Override
    public BatchConsumer room() {
        return consumer;
    }

    @Override
    public void prepare(ShotBatch batch, BatchConsumer room) {}

    @Override
    public void accept(ShotBatch batch, BatchConsumer room) throws IOException {
        room.accept(batch);
    }
}
