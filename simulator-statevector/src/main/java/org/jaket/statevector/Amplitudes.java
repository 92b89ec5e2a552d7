package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * The 2^n amplitudes of a state: real and imaginary parts in segments of their own, indexed by
 * long. Off heap, aligned to 64 bytes, and closing frees the memory at once; a state that is no
 * larger than a tile is one, on the heap, so that nothing has to be copied to work on it.
 *
 * <p>Sums over a state are taken per block of {@value #BLOCK_BITS} index bits and then added in
 * block order, so they do not depend on the number of threads.
 */
final class Amplitudes implements AutoCloseable {
    /** More amplitudes than this are not addressable. */
    static final int MAX_QUBITS = 40;

    /** Index bits of a block of a reduction or a sweep. */
    static final int BLOCK_BITS = 14;

    private final @Nullable Arena arena;
    private final @Nullable Tile resident;
    private final int qubits;
    private final Kernels kernels;
    private final MemorySegment re;
    private final MemorySegment im;

    /** Where amplitudes may be other than zero; null when they may be anywhere. */
    private @Nullable Support support;

    /** Pages that nothing has been written to. */
    private final @Nullable FreshPages fresh;

    private boolean isClosed;

    private Amplitudes(Tile tile, Kernels kernels) {
        boolean isDouble = kernels.precision() == Precision.DOUBLE;
        this(
                null,
                tile,
                tile.qubits(),
                kernels,
                isDouble
                        ? MemorySegment.ofArray(tile.reDouble())
                        : MemorySegment.ofArray(tile.reFloat()),
                isDouble
                        ? MemorySegment.ofArray(tile.imDouble())
                        : MemorySegment.ofArray(tile.imFloat()));
    }

    private Amplitudes(
            @Nullable Arena arena,
            @Nullable Tile resident,
            int qubits,
            Kernels kernels,
            MemorySegment re,
            MemorySegment im) {
        this.arena = arena;
        this.resident = resident;
        this.qubits = qubits;
        this.kernels = kernels;
        this.re = re;
        this.im = im;
        this.support = Support.zero(qubits);
        this.fresh = FreshPages.of(qubits, kernels.precision());
    }

    /** The bytes of the amplitudes alone of a state of this size. */
    static double bytes(int qubits, Precision precision) {
        return Math.scalb((double) precision.bytesPerAmplitude(), qubits);
    }

    /**
     * Allocates amplitudes, all zero.
     *
     * @throws InsufficientMemoryException if they do not fit into what is left
     */
    static Amplitudes allocate(int qubits, Kernels kernels, Workers workers) {
        Precision precision = kernels.precision();
        InsufficientMemoryException refusal = refusal(1, qubits, precision, workers.threads());
        if (refusal != null) {
            throw refusal;
        }
        return qubits <= Schedule.TILE_BITS
                ? new Amplitudes(Tile.allocate(precision, qubits), kernels)
                : allocateOffHeap(qubits, kernels, workers);
    }

    /** The same whatever the size, for amplitudes that are read from files and written to them. */
    @SuppressWarnings("MustBeClosedChecker") // The amplitudes own the arena.
    static Amplitudes allocateOffHeap(int qubits, Kernels kernels, Workers workers) {
        Precision precision = kernels.precision();
        Arena arena = Arena.ofShared();
        try {
            long bytes = (long) precision.bytes() << qubits;
            MemorySegment[] parts = new MemorySegment[2];
            // Two tasks, because the arena zeroes on the thread that allocates.
            workers.run(2, (part, worker) -> parts[part] = Pages.allocate(arena, bytes));
            return new Amplitudes(arena, null, qubits, kernels, parts[0], parts[1]);
        } catch (Throwable t) {
            arena.close();
            throw t;
        }
    }

    /** Why a state of this size cannot be worked on by some threads, or null if it can. */
    static @Nullable InsufficientMemoryException refusal(
            int states, int qubits, Precision precision, int threads) {
        if (states * bytes(qubits, precision) <= Memory.UNASKED) {
            return null;
        }
        double needed = Footprint.of(states, qubits, precision, threads).total();
        long available = Memory.available();
        if (qubits <= MAX_QUBITS && needed <= available) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "%s of %d qubits in %s precision need%s %s, but %s of memory are left."
                        .formatted(
                                states == 1 ? "A state" : states + " states",
                                qubits,
                                precision.name().toLowerCase(Locale.ROOT),
                                states == 1 ? "s" : "",
                                Memory.human(needed),
                                Memory.human((double) available)));
        int most = 0;
        while (most < MAX_QUBITS
                && Footprint.of(states, most + 1, precision, threads).total() <= available) {
            most++;
        }
        text.append(" %d qubits fit.".formatted(most));
        boolean fitsInSingle =
                qubits <= MAX_QUBITS
                        && Footprint.of(states, qubits, Precision.SINGLE, threads).total()
                                <= available;
        if (precision == Precision.DOUBLE && fitsInSingle) {
            text.append(" Maybe use single precision, which halves it.");
        } else {
            text.append(" Maybe simulate fewer qubits");
            text.append(", or use the stabiliser engine if all gates are Clifford gates.");
        }
        return new InsufficientMemoryException(text.toString(), needed, available);
    }

    int qubits() {
        return qubits;
    }

    long length() {
        return 1L << qubits;
    }

    Kernels kernels() {
        return kernels;
    }

    Precision precision() {
        return kernels.precision();
    }

    /** The real parts. Who changes them says so: {@link #fill}. */
    MemorySegment re() {
        return re;
    }

    MemorySegment im() {
        return im;
    }

    /** The whole state as a tile, if it is small enough to be one. */
    @Nullable Tile resident() {
        if (isClosed) {
            throw new IllegalStateException("Already closed");
        }
        return resident;
    }

    /** Where amplitudes may be other than zero; null when they may be anywhere. */
    @Nullable Support support() {
        return support;
    }

    /** Pages that nothing has been written to; null where there are none. */
    @Nullable FreshPages fresh() {
        return fresh == null || fresh.isEmpty() ? null : fresh;
    }

    /** Writes an amplitude as it is, so that there is memory for its page. */
    void touch(long index) {
        put(index, re(index), im(index));
    }

    /** Amplitudes are about to be changed anywhere. */
    void fill() {
        support = null;
    }

    double re(long index) {
        Tile tile = resident();
        if (tile != null) {
            return tile.re((int) index);
        }
        return precision() == Precision.DOUBLE
                ? DoublePlane.get(re, index)
                : FloatPlane.get(re, index);
    }

    double im(long index) {
        Tile tile = resident();
        if (tile != null) {
            return tile.im((int) index);
        }
        return precision() == Precision.DOUBLE
                ? DoublePlane.get(im, index)
                : FloatPlane.get(im, index);
    }

    void set(long index, double x, double y) {
        fill();
        put(index, x, y);
    }

    private void put(long index, double x, double y) {
        Tile tile = resident();
        if (tile != null) {
            tile.set((int) index, x, y);
            return;
        }
        if (precision() == Precision.DOUBLE) {
            DoublePlane.set(re, index, x);
            DoublePlane.set(im, index, y);
        } else {
            FloatPlane.set(re, index, x);
            FloatPlane.set(im, index, y);
        }
    }

    /** Squared modulus of an amplitude. */
    double weight(long index) {
        double x = re(index);
        double y = im(index);
        return x * x + y * y;
    }

    /** Bits of the index inside a block. */
    int blockBits() {
        return Math.min(qubits, BLOCK_BITS);
    }

    /** The index bits of a block. */
    long blockMask() {
        return (1L << blockBits()) - 1;
    }

    int blocks() {
        return 1 << (qubits - blockBits());
    }

    /** Becomes the basis state of the given index. */
    void setBasis(long index, Runner runner) {
        Support before = support;
        runner.loop(
                blocks(), (b, w) -> inPieces(b, before, null, (from, bytes) -> zero(from, bytes)));
        put(index, 1, 0);
        support = Support.zero(qubits);
        if (support != null) {
            support.add(index);
        }
    }

    /** What is done with a piece of a block, in bytes. */
    @FunctionalInterface
    private interface Piece {
        void at(long from, long bytes);
    }

    /** A block in one, or the runs of it where one of two states may be other than zero. */
    private void inPieces(int block, @Nullable Support one, @Nullable Support other, Piece piece) {
        long width = precision().bytes();
        if (one == null) {
            piece.at(block * width << blockBits(), width << blockBits());
            return;
        }
        int runs = 1 << blockBits() - Support.RUN_BITS;
        for (int run = block * runs; run < (block + 1) * runs; run++) {
            if (one.has(run) || other != null && other.has(run)) {
                piece.at(run * width << Support.RUN_BITS, width << Support.RUN_BITS);
            }
        }
    }

    private void zero(long from, long bytes) {
        re.asSlice(from, bytes).fill((byte) 0);
        im.asSlice(from, bytes).fill((byte) 0);
    }

    /** Becomes a copy of another state of the same size and precision. */
    void copyFrom(Amplitudes other, Runner runner) {
        Support theirs = other.support;
        Support own = theirs == null ? null : support;
        // Until the end: a copy that is interrupted is neither state.
        fill();
        runner.loop(
                blocks(),
                (b, w) -> inPieces(b, own, theirs, (from, bytes) -> copy(other, from, bytes)));
        support = theirs == null ? null : theirs.copy();
    }

    private void copy(Amplitudes other, long from, long bytes) {
        MemorySegment.copy(other.re, from, re, from, bytes);
        MemorySegment.copy(other.im, from, im, from, bytes);
    }

    /** Frees the memory, if that is not done yet. */
    @Override
    public void close() {
        isClosed = true;
        if (arena != null && arena.scope().isAlive()) {
            arena.close();
        }
    }
}
