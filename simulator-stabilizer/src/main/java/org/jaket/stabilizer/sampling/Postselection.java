package org.jaket.stabilizer.sampling;

import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Discards shots in which one of some bits has a value that it must not have, such as chosen
 * detectors that fire.
 *
 * <pre>{@code
 * var kept = Postselection.parse("D3,D5", sampler.layout()).before(BatchSink.writing(writer));
 * sampler.sample(RunOptions.shots(1_000_000), kept);
 * kept.discarded();
 * }</pre>
 *
 * <p>The shots that are asked for are those that are tried: discarded ones are counted and not made
 * up for, so that a run ends even if nothing is ever kept, and so that the same seed tries the same
 * shots with and without postselection. Kept shots keep all their bits and are numbered anew from
 * zero. Immutable.
 */
public final class Postselection {
    private static final Pattern NAME = Pattern.compile("(!?)([MDL])(\\d{1,10})");

    private final RecordLayout layout;
    private final BitSet mustBeZero;
    private final BitSet mustBeOne;

    private Postselection(RecordLayout layout, BitSet mustBeZero, BitSet mustBeOne) {
        this.layout = layout;
        this.mustBeZero = mustBeZero;
        this.mustBeOne = mustBeOne;
    }

    /** Keeps all shots. */
    public static Postselection none(RecordLayout layout) {
        return new Postselection(layout, new BitSet(), new BitSet());
    }

    /**
     * Reads names with commas between them: {@code D3} discards the shots in which detector 3
     * fires, {@code L0} those in which observable 0 is flipped, {@code M7} those in which result 7
     * is one; {@code !} before a name, those in which it is not so.
     *
     * @throws IllegalArgumentException naming what is no name, or is not there
     */
    public static Postselection parse(String names, RecordLayout layout) {
        Postselection all = none(layout);
        for (String name : names.split(",", -1)) {
            Matcher m = NAME.matcher(name.strip());
            if (!m.matches()) {
                throw new IllegalArgumentException(
                        "'%s' is not a detector such as D3, an observable such as L0 or a result such as M7."
                                .formatted(name));
            }
            long index = Long.parseLong(m.group(3));
            boolean discardedValue = m.group(1).isEmpty();
            all =
                    switch (m.group(2)) {
                        case "M" -> all.discardingResult(checked(index), discardedValue);
                        case "D" -> all.discardingDetector(checked(index), discardedValue);
                        default -> all.discardingObservable(checked(index), discardedValue);
                    };
        }
        return all;
    }

    private static int checked(long index) {
        return (int) Math.min(Integer.MAX_VALUE, index);
    }

    /** Also discards the shots in which a result has a value. */
    public Postselection discardingResult(int result, boolean value) {
        return discarding(result, layout.measurements(), 0, "results", value);
    }

    /** Also discards the shots in which a detector has a value. */
    public Postselection discardingDetector(int detector, boolean value) {
        return discarding(detector, layout.detectors(), layout.measurements(), "detectors", value);
    }

    /** Also discards the shots in which one of some detectors fires. */
    public Postselection discardingDetectors(BitSet detectors) {
        Postselection all = this;
        if (detectors.length() > layout.detectors()) {
            throw absent(detectors.length() - 1, layout.detectors(), "detectors");
        }
        BitSet zeros = (BitSet) all.mustBeZero.clone();
        detectors.stream().forEach(d -> zeros.set(layout.measurements() + d));
        return new Postselection(layout, zeros, mustBeOne);
    }

    /** Also discards the shots in which an observable has a value. */
    public Postselection discardingObservable(int observable, boolean value) {
        return discarding(
                observable,
                layout.observables(),
                layout.measurements() + layout.detectors(),
                "observables",
                value);
    }

    private Postselection discarding(int index, int count, int first, String what, boolean value) {
        if (index < 0 || index >= count) {
            throw absent(index, count, what);
        }
        BitSet zeros = (BitSet) mustBeZero.clone();
        BitSet ones = (BitSet) mustBeOne.clone();
        (value ? zeros : ones).set(first + index);
        return new Postselection(layout, zeros, ones);
    }

    private static IllegalArgumentException absent(int index, int count, String what) {
        return new IllegalArgumentException(
                "Postselection on number %d of %s, of which a shot has %d."
                        .formatted(index, what, count));
    }

    /** Whether all shots are kept. */
    public boolean isTrivial() {
        return mustBeZero.isEmpty() && mustBeOne.isEmpty();
    }

    /** A sink that hands on the shots that are kept; for one run. */
    public Filter<?> before(BatchConsumer consumer) {
        return before(BatchSink.of(consumer));
    }

    /** A sink that hands on the shots that are kept; for one run. */
    public <T> Filter<T> before(BatchSink<T> sink) {
        return new Filter<>(this, sink);
    }

    /** Hands on the shots that are kept, and counts. Batches without any are not handed on. */
    public static final class Filter<T> implements BatchSink<Filter.Room<T>> {
        private final BatchSink<T> sink;
        private final int[] columns;
        private final long[] zeros;
        private final long[] ones;
        private long attempted;
        private long passed;

        private Filter(Postselection selection, BatchSink<T> sink) {
            this.sink = sink;
            BitSet watched = (BitSet) selection.mustBeZero.clone();
            watched.or(selection.mustBeOne);
            this.columns = watched.stream().map(bit -> bit >>> 6).distinct().toArray();
            this.zeros = words(selection.mustBeZero);
            this.ones = words(selection.mustBeOne);
        }

        private long[] words(BitSet set) {
            return Arrays.stream(columns).mapToLong(c -> word(set, c)).toArray();
        }

        private static long word(BitSet set, int column) {
            long[] words = set.get(column << 6, (column + 1) << 6).toLongArray();
            return words.length == 0 ? 0 : words[0];
        }

        /** What is kept of a batch's first step: that of the next sink, and how many were tried. */
        public static final class Room<T> {
            private final T next;
            private int attempted;

            private Room(T next) {
                this.next = next;
            }
        }

        @Override
        public Room<T> room() {
            return new Room<>(sink.room());
        }

        @Override
        public void prepare(ShotBatch batch, Room<T> room) throws IOException {
            keep(batch, room);
            if (batch.shots() > 0) {
                sink.prepare(batch, room.next);
            }
        }

        /** Moves the shots that are kept together. */
        private void keep(ShotBatch batch, Room<T> room) {
            room.attempted = batch.shots();
            if (columns.length == 0) {
                return;
            }
            long[] words = batch.words();
            int stride = batch.stride();
            int count = 0;
            for (int shot = 0; shot < batch.shots(); shot++) {
                if (isKept(words, shot * stride)) {
                    System.arraycopy(words, shot * stride, words, count * stride, stride);
                    count++;
                }
            }
            batch.setShots(batch.firstShot(), count);
        }

        @Override
        public void accept(ShotBatch batch, Room<T> room) throws IOException {
            number(batch, room);
            if (batch.shots() > 0) {
                sink.accept(batch, room.next);
            }
        }

        @Override
        public void take(ShotBatch batch, Room<T> room) throws IOException {
            keep(batch, room);
            number(batch, room);
            if (batch.shots() > 0) {
                sink.take(batch, room.next);
            }
        }

        private void number(ShotBatch batch, Room<T> room) {
            attempted += room.attempted;
            batch.setShots(passed, batch.shots());
            passed += batch.shots();
        }

        private boolean isKept(long[] words, int at) {
            long wrong = 0;
            for (int k = 0; k < columns.length; k++) {
                long word = words[at + columns[k]];
                wrong |= word & zeros[k] | ~word & ones[k];
            }
            return wrong == 0;
        }

        /** Returns how many shots were tried. */
        public long attempted() {
            return attempted;
        }

        /** Returns how many of them were kept. */
        public long kept() {
            return passed;
        }

        /** Returns how many of them were discarded. */
        public long discarded() {
            return attempted - passed;
        }
    }
}
