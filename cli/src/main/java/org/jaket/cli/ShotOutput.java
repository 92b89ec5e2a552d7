package org.jaket.cli;

import org.jaket.stabilizer.results.EncodedShots;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotWriter;
import org.jaket.stabilizer.sampling.BatchSink;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Where a command's shots go: one file for all, and maybe another one for the observables.
 *
 * <p>Closing it before {@link #finish} drops what is buffered, so that a failure leaves as little
 * behind as can be.
 */
final class ShotOutput implements BatchSink<ShotOutput.Encoded>, AutoCloseable {
    /** What becomes of the observables in the first file. */
    enum Observables {
        LEFT_OUT,
        LAST,
        FIRST
    }

    /** The bytes of a batch for the two files. */
    record Encoded(EncodedShots main, EncodedShots observables) {}

    private final RecordLayout layout;
    private final ShotWriter main;
    private final @Nullable ShotWriter observables;

    private ShotOutput(RecordLayout layout, ShotWriter main, @Nullable ShotWriter observables) {
        this.layout = layout;
        this.main = main;
        this.observables = observables;
    }

    /**
     * Opens the files.
     *
     * @param layout the shots that will be written
     * @param place what becomes of the observables
     * @param out the first file, null for standard output
     * @param observablesOut the file for observables, null for none
     */
    static ShotOutput open(
            RecordLayout layout,
            Observables place,
            @Nullable String out,
            ResultFormat format,
            @Nullable String observablesOut,
            ResultFormat formatOfObservables)
            throws IOException {
        RecordLayout kept =
                place == Observables.LEFT_OUT
                        ? new RecordLayout(layout.measurements(), layout.detectors(), 0)
                        : layout;
        var stream = Streams.output(out);
        ShotWriter main =
                place == Observables.FIRST
                        ? ShotWriter.observablesFirst(stream, format, kept)
                        : ShotWriter.to(stream, format, kept);
        try {
            ShotWriter second =
                    observablesOut == null
                            ? null
                            : ShotWriter.to(
                                    Streams.output(observablesOut),
                                    formatOfObservables,
                                    RecordLayout.ofDetectors(0, layout.observables()));
            return new ShotOutput(layout, main, second);
        } catch (IOException e) {
            main.abandon();
            throw e;
        }
    }

    /** Refuses formats that need the number of shots beforehand, as Stim does. */
    static ResultFormat streamed(String option, String name) {
        ResultFormat format = ResultFormat.of(name);
        if (format == ResultFormat.PTB64) {
            throw new IllegalArgumentException(
                    option
                            + " ptb64: that format holds 64 shots at a time, and is not written from a stream of shots. Maybe use b8?");
        }
        return format;
    }

    @Override
    public Encoded room() {
        return new Encoded(new EncodedShots(), new EncodedShots());
    }

    @Override
    public void prepare(ShotBatch batch, Encoded room) throws IOException {
        main.encode(batch, 0, room.main);
        if (observables != null) {
            observables.encode(batch, firstObservable(), room.observables);
        }
    }

    @Override
    public void accept(ShotBatch batch, Encoded room) throws IOException {
        main.write(batch, 0, room.main);
        if (observables != null) {
            observables.write(batch, firstObservable(), room.observables);
        }
    }

    private int firstObservable() {
        return layout.bits() - layout.observables();
    }

    @Override
    public void take(ShotBatch batch, Encoded room) throws IOException {
        write(batch);
    }

    /** Writes a batch that is at hand. */
    void write(ShotBatch batch) throws IOException {
        main.write(batch, 0);
        if (observables != null) {
            observables.write(batch, firstObservable());
        }
    }

    /** Writes out what is buffered and closes the files. */
    void finish() throws IOException {
        main.close();
        if (observables != null) {
            observables.close();
        }
    }

    @Override
    public void close() throws IOException {
        main.abandon();
        if (observables != null) {
            observables.abandon();
        }
    }
}
