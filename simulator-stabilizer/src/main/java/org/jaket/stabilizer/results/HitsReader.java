package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.InputStream;

/** Reads lines of comma-separated indices, in any order. */
final class HitsReader extends ShotReader {
    HitsReader(InputStream in, RecordLayout layout) {
        super(in, ResultFormat.HITS, layout);
    }

    @Override
    boolean readShot(long[] words, int at) throws IOException {
        if (source.peek() < 0) {
            return false;
        }
        if (skipLineEnd()) {
            return true;
        }
        while (true) {
            int bit = readDecimal(layout.bits(), "a hit");
            // A repeated index cancels, as it does in Stim's reader.
            words[at + (bit >>> 6)] ^= 1L << bit;
            if (skipLineEnd()) {
                return true;
            }
            int c = source.read();
            if (c != ',') {
                throw error("Expected a comma or the end of the line but found " + show(c));
            }
        }
    }
}
