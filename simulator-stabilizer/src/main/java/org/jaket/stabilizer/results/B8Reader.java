package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.InputStream;

/** Reads packed bytes. Bits behind the last one of a shot are ignored, as Stim does. */
final class B8Reader extends ShotReader {
    B8Reader(InputStream in, RecordLayout layout) {
        super(in, ResultFormat.B8, layout);
    }

    @Override
    boolean readShot(long[] words, int at) throws IOException {
        int bits = layout.bits();
        if (bits == 0 || source.peek() < 0) {
            return false;
        }
        int bytes = (bits + 7) >>> 3;
        for (int done = 0; done < bytes; done += 8) {
            int wanted = Math.min(8, bytes - done);
            int got = source.readLong(wanted, words, at + (done >>> 3));
            if (got < wanted) {
                throw error(
                        "The data ends after %d of the %d bytes of a shot"
                                .formatted(done + got, bytes));
            }
        }
        if ((bits & 63) != 0) {
            words[at + (bits >>> 6)] &= (1L << bits) - 1;
        }
        return true;
    }
}
