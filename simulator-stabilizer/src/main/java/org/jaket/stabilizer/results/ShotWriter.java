package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Writes shots to a stream in one of the {@link ResultFormat formats}, a batch at a time.
 *
 * <p>Buffers internally; {@link #close()} writes what is left and closes the stream. Used by one
 * thread at a time, but that any thread may {@link #encode}.
 */
public abstract sealed class ShotWriter implements AutoCloseable permits RowWriter, Ptb64Writer {
    final ByteSink sink;
    final RecordLayout layout;

    /** Whether rows are turned so that the observables come first. */
    private final boolean turns;

    private boolean closed;

    ShotWriter(OutputStream out, RecordLayout layout, boolean turns) {
        this.sink = new ByteSink(out);
        this.layout = layout;
        this.turns = turns;
    }

    /**
     * Returns a writer.
     *
     * @param out where the bytes go
     * @param format the format
     * @param layout what the bits of a shot are; only {@code dets} prints it
     */
    public static ShotWriter to(OutputStream out, ResultFormat format, RecordLayout layout) {
        return of(out, format, layout, false);
    }

    /**
     * Returns a writer that puts the observables of a shot in front of all else. Batches have the
     * usual order.
     *
     * @param out where the bytes go
     * @param format the format
     * @param layout what the bits of a shot are
     */
    public static ShotWriter observablesFirst(
            OutputStream out, ResultFormat format, RecordLayout layout) {
        return of(out, format, layout, true);
    }

    private static ShotWriter of(
            OutputStream out, ResultFormat format, RecordLayout layout, boolean observablesFirst) {
        return format == ResultFormat.PTB64
                ? new Ptb64Writer(out, layout, observablesFirst)
                : new RowWriter(
                        out,
                        ShotEncoder.of(format, layout, observablesFirst),
                        observablesFirst && format != ResultFormat.DETS);
    }

    /**
     * Writes all shots of a batch.
     *
     * @throws IllegalArgumentException if the batch has another number of bits per shot
     */
    public final void write(ShotBatch batch) throws IOException {
        if (batch.bits() != layout.bits()) {
            throw new IllegalArgumentException(
                    "A batch of %d bits per shot was given to a writer of %d."
                            .formatted(batch.bits(), layout.bits()));
        }
        write(batch, 0);
    }

    /**
     * Writes some bits of all shots of a batch: as many as the layout has.
     *
     * @param from the first of them
     * @throws IndexOutOfBoundsException if the batch has fewer bits
     */
    public final void write(ShotBatch batch, int from) throws IOException {
        writeRows(ordered(batch, from), turns ? 0 : from);
    }

    /**
     * Works out the bytes that {@link #write(ShotBatch, int)} would write, without writing them.
     * Several threads may do so at once, and while the writer writes.
     *
     * @param from the first bit
     * @param encoded receives the bytes, or nothing if they would be very many, or depend on other
     *     batches
     * @throws IndexOutOfBoundsException if the batch has fewer bits
     */
    public final void encode(ShotBatch batch, int from, EncodedShots encoded) throws IOException {
        encoded.clear();
        if (isEncodable(batch.shots())) {
            encodeRows(ordered(batch, from), turns ? 0 : from, encoded.bytes);
            encoded.complete();
        }
    }

    /**
     * Writes a batch that may be encoded.
     *
     * @param batch the batch that was given to {@link #encode}, unchanged
     * @param from the first bit, as it was given there
     * @param encoded what it made of it
     */
    public final void write(ShotBatch batch, int from, EncodedShots encoded) throws IOException {
        if (encoded.isComplete() && isBetweenGroups()) {
            sink.put(encoded.bytes);
        } else {
            write(batch, from);
        }
    }

    /**
     * Puts the bits from {@code from} on of all shots of a batch, as many as the layout has; uses
     * nothing that writing changes.
     */
    abstract void encodeRows(ShotBatch batch, int from, ByteSink bytes) throws IOException;

    /** Writes the same bits. */
    void writeRows(ShotBatch batch, int from) throws IOException {
        encodeRows(batch, from, sink);
    }

    /** The batch with its bits in the order in which they are written. */
    private ShotBatch ordered(ShotBatch batch, int from) {
        if (turns) {
            ShotBatch rows =
                    batch.bits() == layout.bits() ? batch : batch.slice(from, layout.bits());
            return rows.rotated(layout.measurements() + layout.detectors());
        }
        Objects.checkFromIndexSize(from, layout.bits(), batch.bits());
        return batch;
    }

    /** Whether so many shots can be encoded for themselves, in reasonable memory. */
    abstract boolean isEncodable(int shots);

    /** Whether no shot waits for others that are written with it. */
    boolean isBetweenGroups() {
        return true;
    }

    /** Called once before closing. */
    void finish() throws IOException {}

    /** Sends what is buffered to the stream without closing it. */
    public final void flush() throws IOException {
        sink.flushThrough();
    }

    /**
     * Closes the stream without writing what is still buffered, after a failure; a later {@link
     * #close()} does nothing.
     */
    public final void abandon() throws IOException {
        if (!closed) {
            closed = true;
            sink.abandon();
        }
    }

    @Override
    public final void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            finish();
        } catch (IllegalStateException e) {
            sink.abandon();
            throw e;
        }
        sink.close();
    }
}
