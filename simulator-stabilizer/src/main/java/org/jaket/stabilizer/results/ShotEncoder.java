package org.jaket.stabilizer.results;

import java.io.IOException;

/**
 * The bytes of one shot after another, for formats in which these do not depend on other shots.
 * Immutable, so that several threads may encode at once.
 */
abstract sealed class ShotEncoder {
    final RecordLayout layout;

    private ShotEncoder(RecordLayout layout) {
        this.layout = layout;
    }

    /**
     * Returns the encoder of a format.
     *
     * @param observablesFirst whether {@code dets} names observables first; they are the last bits
     *     of a row all the same
     */
    static ShotEncoder of(ResultFormat format, RecordLayout layout, boolean observablesFirst) {
        return switch (format) {
            case ZERO_ONE -> new ZeroOne(layout);
            case B8 -> new B8(layout);
            case R8 -> new R8(layout);
            case HITS -> new Hits(layout);
            case DETS -> new Dets(layout, observablesFirst);
            case PTB64 -> throw new IllegalArgumentException("ptb64 mixes shots");
        };
    }

    /** Writes the shot whose words start at {@code at}. */
    abstract void encode(long[] words, int at, ByteSink sink) throws IOException;

    /** Returns the most bytes that a bit can take, so that their number can be bounded. */
    abstract int bytesPerBit();

    private static final class ZeroOne extends ShotEncoder {
        ZeroOne(RecordLayout layout) {
            super(layout);
        }

        @Override
        int bytesPerBit() {
            return 1;
        }

        @Override
        void encode(long[] words, int at, ByteSink sink) throws IOException {
            int bits = layout.bits();
            int whole = bits >>> 6;
            for (int i = 0; i < whole; i += ByteSink.MAX_RESERVE / 64) {
                sink.reserve(ByteSink.MAX_RESERVE);
                sink.putCharacters(words, at + i, Math.min(whole - i, ByteSink.MAX_RESERVE / 64));
            }
            sink.reserve(64 + 1);
            int left = bits & 63;
            if (left != 0) {
                sink.putCharacters(words, at + whole, 1);
                sink.takeBack(64 - left);
            }
            sink.put('\n');
        }
    }

    private static final class B8 extends ShotEncoder {
        B8(RecordLayout layout) {
            super(layout);
        }

        @Override
        int bytesPerBit() {
            return 1;
        }

        @Override
        void encode(long[] words, int at, ByteSink sink) throws IOException {
            int bytes = (layout.bits() + 7) >>> 3;
            int whole = bytes >>> 3;
            for (int i = 0; i < whole; ) {
                int end = Math.min(whole, i + ByteSink.MAX_RESERVE / 8);
                sink.reserve(ByteSink.MAX_RESERVE);
                for (; i < end; i++) {
                    sink.putLong(words[at + i]);
                }
            }
            if ((bytes & 7) != 0) {
                sink.reserve(8);
                sink.putLong(words[at + whole], bytes & 7);
            }
        }
    }

    private static final class R8 extends ShotEncoder {
        R8(RecordLayout layout) {
            super(layout);
        }

        @Override
        int bytesPerBit() {
            return 1;
        }

        @Override
        void encode(long[] words, int at, ByteSink sink) throws IOException {
            int bits = layout.bits();
            int[] ones = sink.numbers();
            int next = 0;
            for (int bit = 0; bit < bits; bit += Ones.STRETCH) {
                int end = Math.min(bits, bit + Ones.STRETCH);
                int count = Ones.list(words, at, bit, end, bit, ones);
                for (int k = 0; k < count; k++) {
                    putRun(ones[k] - next, sink);
                    next = ones[k] + 1;
                }
            }
            putRun(bits - next, sink);
        }

        private static void putRun(int zeros, ByteSink sink) throws IOException {
            int left = zeros;
            for (; left >= 255; left -= 255) {
                sink.reserve(2);
                sink.put(255);
            }
            sink.reserve(1);
            sink.put(left);
        }
    }

    private static final class Hits extends ShotEncoder {
        private final BitTexts texts;

        Hits(RecordLayout layout) {
            super(layout);
            texts = new BitTexts(layout.bits(), bit -> bit + ",");
        }

        @Override
        int bytesPerBit() {
            return 11;
        }

        @Override
        void encode(long[] words, int at, ByteSink sink) throws IOException {
            if (sink.putOnes(words, at, 0, layout.bits(), texts)) {
                sink.takeBack(1);
            }
            sink.reserve(1);
            sink.put('\n');
        }
    }

    private static final class Dets extends ShotEncoder {
        /** The characters of {@code shot}, the first in the lowest byte. */
        private static final long SHOT = 's' | 'h' << 8 | 'o' << 16 | 't' << 24;

        private final BitTexts texts;
        private final boolean observablesFirst;

        Dets(RecordLayout layout, boolean observablesFirst) {
            super(layout);
            this.texts = new BitTexts(layout.bits(), bit -> text(layout, bit));
            this.observablesFirst = observablesFirst;
        }

        private static String text(RecordLayout layout, int bit) {
            int detector = bit - layout.measurements();
            int observable = detector - layout.detectors();
            return detector < 0 ? " M" + bit : observable < 0 ? " D" + detector : " L" + observable;
        }

        @Override
        int bytesPerBit() {
            return 12;
        }

        @Override
        void encode(long[] words, int at, ByteSink sink) throws IOException {
            sink.reserve(8);
            sink.putLong(SHOT, 4);
            int bits = layout.bits();
            int first = observablesFirst ? bits - layout.observables() : 0;
            sink.putOnes(words, at, first, bits, texts);
            sink.putOnes(words, at, 0, first, texts);
            sink.reserve(1);
            sink.put('\n');
        }
    }
}
