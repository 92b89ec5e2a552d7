package org.jaket.cli;

import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSink;
import org.jaket.stabilizer.sampling.Postselection;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * Where the time of a sampling command goes: seconds of parsing, preparing, sampling and writing.
 * Sampling is the rest of the time in which results are awaited and written; the encoding of shots
 * is part of it where several threads sample.
 */
final class SamplingClock {
    private final Stopwatch watch = new Stopwatch();
    private long writing;
    private Postselection.@Nullable Filter<?> selection;

    void parsed() {
        watch.lap("parse_s");
    }

    void prepared() {
        watch.lap("prepare_s");
    }

    /** Counts the time of a sink's second step as writing. */
    <T> BatchSink<T> writing(BatchSink<T> sink) {
        return new BatchSink<>() {
            @Override
            public T room() {
                return sink.room();
            }

            @Override
            public void prepare(ShotBatch batch, T room) throws IOException {
                sink.prepare(batch, room);
            }

            @Override
            public void accept(ShotBatch batch, T room) throws IOException {
                long start = System.nanoTime();
                sink.accept(batch, room);
                writing += System.nanoTime() - start;
            }

            @Override
            public void take(ShotBatch batch, T room) throws IOException {
                long start = System.nanoTime();
                sink.take(batch, room);
                writing += System.nanoTime() - start;
            }
        };
    }

    /** Notes that shots were postselected. */
    void selected(Postselection.Filter<?> kept) {
        selection = kept;
    }

    /** Tells how many shots were kept, if some may have been discarded. */
    void tellSelection(PrintWriter err) {
        if (selection != null) {
            err.printf(
                    "%d of %d shots kept, %d discarded%n",
                    selection.kept(), selection.attempted(), selection.discarded());
            err.flush();
        }
    }

    /** Ends sampling and prints the times. */
    void print(PrintWriter err) throws IOException {
        watch.lap("sample_s");
        double written = writing * 1e-9;
        Json.print(
                err,
                g -> {
                    g.writeObjectPropertyStart("time");
                    for (var lap : watch.laps().entrySet()) {
                        boolean sampled = lap.getKey().equals("sample_s");
                        double seconds = lap.getValue() - (sampled ? written : 0);
                        g.writeNumberProperty(lap.getKey(), Math.max(0, seconds));
                    }
                    g.writeNumberProperty("write_s", written);
                    g.writeEndObject();
                    if (selection != null) {
                        g.writeObjectPropertyStart("shots");
                        g.writeNumberProperty("attempted", selection.attempted());
                        g.writeNumberProperty("kept", selection.kept());
                        g.writeNumberProperty("discarded", selection.discarded());
                        g.writeEndObject();
                    }
                });
    }
}
