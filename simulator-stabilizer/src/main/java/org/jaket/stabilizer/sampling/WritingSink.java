package org.jaket.stabilizer.sampling;

import org.jaket.stabilizer.results.EncodedShots;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotWriter;

import java.io.IOException;

/** Encodes on the threads that sample and writes in order. */
record WritingSink(ShotWriter writer) implements BatchSink<EncodedShots> {
    @Override
    public EncodedShots room() {
        return new EncodedShots();
    }

    @Override
    public void prepare(ShotBatch batch, EncodedShots room) throws IOException {
        writer.encode(batch, 0, room);
    }

    @Override
    public void accept(ShotBatch batch, EncodedShots room) throws IOException {
        writer.write(batch, 0, room);
    }

    /** Through the writer's own buffer, which stays in the cache. */
    @Override
    public void take(ShotBatch batch, EncodedShots room) throws IOException {
        writer.write(batch, 0);
    }
}
