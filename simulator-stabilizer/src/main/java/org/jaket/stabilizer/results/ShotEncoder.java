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
     * @param observablesFirst whether the observables are the first bits of a shot, and not the
     *     last
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
        /** Eight characters for each byte of bits. */
        private static final long[] SPREAD = new long[256];

        static {
            for (int b = 0; b < 256; b++) {
                for (int k = 0; k < 8; k++) {
                    SPREAD[b] |= ('0' + (long) (b >>> k & 1)) << 8 * k;
                }
            }
        }

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
            for (int bit = 0; bit < bits; bit += 64) {
                sink.reserve(64 + 1);
                long word = words[at + (bit >>> 6)];
                int left = Math.min(64, bits - bit);
                for (int k = 0; k < left; k += 8) {
                    sink.putLong(SPREAD[(int) (word >>> k) & 0xFF], Math.min(8, left - k));
                }
            }
            sink.reserve(1);
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
            int next = 0;
            for (int word = 0, end = bits + 63 >>> 6; word < end; word++) {
                for (long rest = words[at + word]; rest != 0; rest &= rest - 1) {
                    int one = (word << 6) + Long.numberOfTrailingZeros(rest);
                    putRun(one - next, sink);
                    next = one + 1;
                }
            }
            putRun(bits - next, sink);
        }

        private static void putRun(int zeros, ByteSink sink) throws IOException {
            for (; zeros >= 255; zeros -= 255) {
                sink.reserve(2);
                sink.put(255);
            }
            sink.reserve(1);
            sink.put(zeros);
        }
    }

    private static final class Hits extends ShotEncoder {
        Hits(RecordLayout layout) {
            super(layout);
        }

        @Override
        int bytesPerBit() {
            return 11;
        }

        @Override
        void encode(long[] words, int at, ByteSink sink) throws IOException {
            boolean first = true;
            int bits = layout.bits();
            for (int word = 0, end = bits + 63 >>> 6; word < end; word++) {
                for (long rest = words[at + word]; rest != 0; rest &= rest - 1) {
                    sink.reserve(16);
                    if (!first) {
                        sink.put(',');
                    }
                    first = false;
                    sink.putDecimal((word << 6) + Long.numberOfTrailingZeros(rest));
                }
            }
            sink.reserve(1);
            sink.put('\n');
        }
    }

    private static final class Dets extends ShotEncoder {
        /** The kinds in the order of the bits, and where each of them starts. */
        private final byte[] kinds;

        private final int second;
        private final int third;

        Dets(RecordLayout layout, boolean observablesFirst) {
            super(layout);
            kinds = observablesFirst ? new byte[] {'L', 'M', 'D'} : new byte[] {'M', 'D', 'L'};
            second = observablesFirst ? layout.observables() : layout.measurements();
            third = second + (observablesFirst ? layout.measurements() : layout.detectors());
        }

        @Override
        int bytesPerBit() {
            return 12;
        }

        @Override
        void encode(long[] words, int at, ByteSink sink) throws IOException {
            sink.reserve(8);
            sink.put('s');
            sink.put('h');
            sink.put('o');
            sink.put('t');
            int bits = layout.bits();
            for (int word = 0, end = bits + 63 >>> 6; word < end; word++) {
                for (long rest = words[at + word]; rest != 0; rest &= rest - 1) {
                    int one = (word << 6) + Long.numberOfTrailingZeros(rest);
                    sink.reserve(20);
                    sink.put(' ');
                    if (one >= third) {
                        sink.put(kinds[2]);
                        sink.putDecimal(one - third);
                    } else if (one >= second) {
                        sink.put(kinds[1]);
                        sink.putDecimal(one - second);
                    } else {
                        sink.put(kinds[0]);
                        sink.putDecimal(one);
                    }
                }
            }
            sink.reserve(1);
            sink.put('\n');
        }
    }
}
