package org.jaket.stabilizer.sampling;

import org.jaket.stabilizer.results.ResultFormatException;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotReader;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Sweep bits from a table in one of the formats of shots, one record a shot. It is read as the
 * shots go by and never held as a whole. Records that are left when all shots are sampled are not
 * read.
 */
public final class SweepTable implements SweepBits, AutoCloseable {
    /** Opens a table at its start. */
    @FunctionalInterface
    public interface Opener {
        /** Returns a reader of records of as many bits as the circuit has sweep bits. */
        ShotReader open() throws IOException;
    }

    private final @Nullable Opener again;
    private ShotReader reader;
    private long records;
    private @Nullable ShotBatch row;

    private SweepTable(ShotReader reader, @Nullable Opener again) {
        this.reader = reader;
        this.again = again;
    }

    /** A table with at least one record for each shot; fewer are an error when they run out. */
    public static SweepTable of(ShotReader reader) {
        return new SweepTable(reader, null);
    }

    /**
     * A table that is read from its start again whenever it ends: a table of one record gives all
     * shots the same sweep bits.
     *
     * @throws IOException if it cannot be opened
     */
    public static SweepTable repeated(Opener opener) throws IOException {
        return new SweepTable(opener.open(), opener);
    }

    @Override
    public void fill(ShotBatch batch) throws IOException {
        if (reader.hidesShots()) {
            // Records without bits that take no bytes: there is nothing to read and all is said.
            return;
        }
        int done = read(batch, 0);
        while (done < batch.shots()) {
            if (again == null || records == 0) {
                throw new ResultFormatException(
                        "The table of sweep bits has %d records, and there is none for shot %d."
                                .formatted(records, batch.firstShot() + done));
            }
            reader.close();
            reader = again.open();
            done += read(batch, done);
        }
    }

    /** Reads into the shots from {@code from} on; returns how many records there were. */
    private int read(ShotBatch batch, int from) throws IOException {
        long first = batch.firstShot();
        int wanted = batch.shots();
        if (from == 0 && wanted == batch.capacity()) {
            int count = reader.read(batch);
            batch.setShots(first, wanted);
            records += count;
            return count;
        }
        if (row == null) {
            row = new ShotBatch(batch.bits(), 1);
        }
        int count = 0;
        while (from + count < wanted && reader.read(row) == 1) {
            System.arraycopy(
                    row.words(), 0, batch.words(), (from + count) * batch.stride(), batch.stride());
            count++;
        }
        records += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
