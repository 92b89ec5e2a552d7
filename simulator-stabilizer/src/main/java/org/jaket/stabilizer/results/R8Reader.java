package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.InputStream;

/** Reads run lengths. */
final class R8Reader extends ShotReader {
    R8Reader(InputStream in, RecordLayout layout) {
        super(in, ResultFormat.R8, layout);
    }

    @Override
    boolean readShot(long[] words, int at) throws IOException {
        if (source.peek() < 0) {
            return false;
        }
        int bits = layout.bits();
        int bit = 0;
        while (true) {
            int run = source.read();
            if (run < 0) {
                throw error("The data ends inside a shot, after %d bits".formatted(bit));
            }
            if (run > bits - bit) {
                throw error("A run of %d zeros goes past the last bit".formatted(run));
            }
            bit += run;
            if (run == 255) {
                continue;
            }
            if (bit == bits) {
                return true;
            }
            set(words, at, bit++);
        }
    }
}
