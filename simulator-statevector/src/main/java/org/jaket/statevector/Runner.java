package org.jaket.statevector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies passes to amplitudes: hands tiles to the workers, copying scattered tiles into a
 * worker's buffer and back.
 */
final class Runner implements AutoCloseable {
    private final Workers workers;
    private final Precision precision;
    private final @Nullable Scratch[] scratch;
    private final Arena arena = Arena.ofShared();

    private record Scratch(MemorySegment re, MemorySegment im, int bits, PhaseTables tables) {}

    Runner(Workers workers, Precision precision) {
        this.workers = workers;
        this.precision = precision;
        this.scratch = new Scratch[workers.threads()];
    }

    Workers workers() {
        return workers;
    }

    void apply(List<Pass> passes, Amplitudes state) {
        for (Pass pass : passes) {
            apply(pass, state);
        }
    }

    void apply(Pass pass, Amplitudes state) {
        int tileBits = Long.bitCount(pass.local());
        long outerMask = (state.length() - 1) & ~pass.local();
        int tiles = 1 << (state.qubits() - tileBits);
        boolean contiguous = pass.local() == (1L << tileBits) - 1;
        workers.run(
                tiles,
                (t, worker) -> {
                    long outer = Long.expand(t, outerMask);
                    Scratch own = scratch(worker, tileBits);
                    if (contiguous) {
                        Tile tile = new Tile(state.re(), state.im(), outer, tileBits);
                        steps(pass, tile, outer, state.kernels(), own.tables);
                    } else {
                        Tile tile = new Tile(own.re, own.im, 0, tileBits);
                        move(pass.local(), state, outer, own, true);
                        steps(pass, tile, outer, state.kernels(), own.tables);
                        move(pass.local(), state, outer, own, false);
                    }
                });
    }

    private static void steps(
            Pass pass, Tile tile, long outer, Kernels kernels, PhaseTables tables) {
        for (Step step : pass.steps()) {
            step.apply(tile, outer, kernels, tables);
        }
    }

    private Scratch scratch(int worker, int tileBits) {
        Scratch own = scratch[worker];
        if (own == null || own.bits < tileBits) {
            long bytes = (long) precision.bytes() << tileBits;
            own =
                    new Scratch(
                            arena.allocate(bytes, Pages.ALIGNMENT),
                            arena.allocate(bytes, Pages.ALIGNMENT),
                            tileBits,
                            new PhaseTables());
            scratch[worker] = own;
        }
        return own;
    }

    /** Copies the runs of a scattered tile into the buffer, or back. */
    private void move(long local, Amplitudes state, long outer, Scratch buffer, boolean in) {
        int runBits = Long.numberOfTrailingZeros(~local);
        long runMask = (1L << runBits) - 1;
        long high = local & ~runMask;
        long bytes = (long) precision.bytes() << runBits;
        int runs = 1 << Long.bitCount(high);
        long i = 0;
        for (int r = 0; r < runs; r++) {
            long there = (outer | i) * precision.bytes();
            long here = r * bytes;
            if (in) {
                MemorySegment.copy(state.re(), there, buffer.re, here, bytes);
                MemorySegment.copy(state.im(), there, buffer.im, here, bytes);
            } else {
                MemorySegment.copy(buffer.re, here, state.re(), there, bytes);
                MemorySegment.copy(buffer.im, here, state.im(), there, bytes);
            }
            i = ((i | ~high) + 1) & high;
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
