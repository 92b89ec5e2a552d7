package org.jaket.cli;

import org.jaket.stabilizer.sampling.BatchConsumer;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * Where the time of a sampling command goes: seconds of parsing, preparing, sampling and writing.
 * Sampling is the rest of the time in which results are awaited and written.
 */
final class SamplingClock {
    private final Stopwatch watch = new Stopwatch();
    private long writing;

    void parsed() {
        watch.lap("parse_s");
    }

    void prepared() {
        watch.lap("prepare_s");
    }

    /** Counts the time of a consumer as writing. */
    BatchConsumer writing(BatchConsumer consumer) {
        return batch -> {
            long start = System.nanoTime();
            consumer.accept(batch);
            writing += System.nanoTime() - start;
        };
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
                });
    }
}
