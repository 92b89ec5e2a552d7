package org.jaket.stabilizer.results;

import java.io.IOException;
import java.io.InputStream;

/** Reads lines such as {@code shot M1 D4 L0}, in any order. */
final class DetsReader extends ShotReader {
    private static final byte[] SHOT = {'s', 'h', 'o', 't'};

    DetsReader(InputStream in, RecordLayout layout) {
        super(in, ResultFormat.DETS, layout);
    }

    @Override
    boolean readShot(long[] words, int at) throws IOException {
        int c = source.peek();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            source.read();
            c = source.peek();
        }
        if (c < 0) {
            return false;
        }
        for (byte expected : SHOT) {
            c = source.read();
            if (c != expected) {
                throw error("Expected a line starting with 'shot' but found " + show(c));
            }
        }
        while (!skipLineEnd() && source.peek() >= 0) {
            c = source.read();
            if (c != ' ') {
                throw error("Expected one space before the next hit but found " + show(c));
            }
            set(words, at, readHit());
        }
        return true;
    }

    private int readHit() throws IOException {
        int detectorsFrom = layout.measurements();
        int observablesFrom = detectorsFrom + layout.detectors();
        int kind = source.read();
        return switch (kind) {
            case 'M' -> readDecimal(layout.measurements(), "a measurement");
            case 'D' -> detectorsFrom + readDecimal(layout.detectors(), "a detector");
            case 'L' -> observablesFrom + readDecimal(layout.observables(), "an observable");
            default -> throw error("Expected M, D or L but found " + show(kind));
        };
    }
}
