package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Works on a {@link StateFile} with the memory of two tiles: reads a tile, does what can be done
 * there as on any state in memory, and writes it back. Tiles that are zero, because a qubit that
 * nothing has moved yet is one there, are left out.
 *
 * <p>Not for use by two threads at once; the work on a tile is divided among the workers.
 */
final class DiskTiles implements AutoCloseable {
    /** Runs of neighbouring amplitudes in a tile are as long as this where tiles are large. */
    private static final int LONGEST_RUN_BITS = 18;

    /** So many qubits of a tile may lie anywhere, if need be at the cost of shorter runs. */
    private static final int FREE_BITS = 6;

    /** The smallest tiles: what the vector kernels want. */
    static final int SMALLEST_BITS = 6;

    /** Programs of tiles that are kept. */
    private static final int MOST_KEPT = 64;

    private final StateFile file;
    private final int tileBits;
    private final Kernels kernels;
    private final Workers workers;
    private final Progress progress;
    private final Runner runner;
    private final Amplitudes tile;
    private @Nullable Amplitudes second;

    /** The qubits that may be one somewhere. */
    private long moved;

    DiskTiles(StateFile file, int tileBits, Kernels kernels, Workers workers, Progress progress) {
        this.file = file;
        this.tileBits = Math.min(tileBits, file.qubits());
        this.kernels = kernels;
        this.workers = workers;
        this.progress = progress;
        this.runner = new Runner(workers, (t, n) -> progress.checkCancelled());
        this.tile = Amplitudes.allocateOffHeap(this.tileBits, kernels, workers);
    }

    /** The qubits of the largest tiles of which two fit into some memory. */
    static int tileBits(long memoryBytes, Precision precision) {
        int bits = 0;
        while (bits < Amplitudes.MAX_QUBITS
                && 2 * Amplitudes.bytes(bits + 1, precision) <= memoryBytes) {
            bits++;
        }
        if (bits < SMALLEST_BITS) {
            throw new IllegalArgumentException(
                    "A state on disk needs at least %.0f bytes of memory, not %d"
                            .formatted(
                                    2 * Amplitudes.bytes(SMALLEST_BITS, precision), memoryBytes));
        }
        return bits;
    }

    static int runBits(int tileBits) {
        return Math.clamp(tileBits - FREE_BITS, 0, LONGEST_RUN_BITS);
    }

    /**
     * Divides gates into sweeps.
     *
     * @throws UnsupportedCircuitException if a gate mixes more qubits than a tile has
     */
    static List<Sweep> sweeps(List<Op> ops, int qubits, int tileBits, Progress progress) {
        if (tileBits >= qubits) {
            // In this order they give the same bits as in memory.
            return ops.isEmpty() ? List.of() : List.of(new Sweep((1L << qubits) - 1, ops));
        }
        List<Sweep> sweeps = Schedule.sweeps(ops, qubits, tileBits, runBits(tileBits), progress);
        for (Sweep s : sweeps) {
            if (Long.bitCount(s.local()) > Math.min(qubits, tileBits)) {
                throw new UnsupportedCircuitException(
                        "A gate mixes more amplitudes than a tile of 2^%d holds. Maybe give the"
                                        .formatted(tileBits)
                                + " state on disk more memory.");
            }
        }
        return sweeps;
    }

    Runner runner() {
        return runner;
    }

    Progress progress() {
        return progress;
    }

    StateFile file() {
        return file;
    }

    int tileBits() {
        return tileBits;
    }

    /** Told how many tiles of a sweep are done. */
    @FunctionalInterface
    interface Watch {
        void at(long tile, long tiles);
    }

    /** Carries out gates. */
    void apply(Sweep sweep, Watch watch) {
        long reads = sweep.reads();
        Map<Long, List<Pass>> kept = new HashMap<>();
        long outerMask = outerMask(sweep.local());
        long tiles = 1L << Long.bitCount(outerMask);
        for (long t = 0; t < tiles; t++) {
            long outer = Long.expand(t, outerMask);
            if ((outer & ~moved) != 0) {
                continue;
            }
            watch.at(t, tiles);
            progress.checkCancelled();
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            List<Pass> passes =
                    kept.computeIfAbsent(
                            outer & reads,
                            key -> Schedule.of(sweep.inTile(outer), tileBits, progress));
            if (passes.isEmpty()) {
                continue;
            }
            file.read(tile, sweep.local(), outer, progress);
            runner.apply(passes, tile);
            file.write(tile, sweep.local(), outer, progress);
        }
        moved |= sweep.moves();
    }

    private long outerMask(long local) {
        return file.length() - 1 & ~local;
    }

    /** What is done with a tile that is read. */
    @FunctionalInterface
    interface Visit {
        void visit(Amplitudes tile, long outer, int number);
    }

    /** The number of tiles of neighbouring amplitudes. */
    int tiles() {
        return 1 << file.qubits() - tileBits;
    }

    /** Reads a tile of neighbouring amplitudes; null if it is zero. */
    @Nullable Amplitudes tile(int number) {
        long outer = (long) number << tileBits;
        if ((outer & ~moved) != 0) {
            return null;
        }
        file.read(tile, (1L << tileBits) - 1, outer, progress);
        return tile;
    }

    /** Visits the tiles of neighbouring amplitudes that are not zero, in order. */
    void read(Visit visit) {
        for (int number = 0; number < tiles(); number++) {
            Amplitudes read = tile(number);
            if (read != null) {
                visit.visit(read, (long) number << tileBits, number);
            }
        }
    }

    /** What is done with two tiles. */
    @FunctionalInterface
    interface Pair {
        void visit(Amplitudes bra, Amplitudes ket, long outer, int number);
    }

    /**
     * Visits tiles with those whose index differs by a mask, where neither is zero.
     *
     * @param local the qubits of a tile
     * @return the number of tiles, those that are zero included
     */
    int readPairs(long local, long difference, Pair pair) {
        long outerMask = outerMask(local);
        int tiles = 1 << Long.bitCount(outerMask);
        for (int t = 0; t < tiles; t++) {
            long outer = Long.expand(t, outerMask);
            long other = outer ^ difference;
            if (((outer | other) & ~moved) != 0) {
                continue;
            }
            file.read(tile, local, outer, progress);
            if (difference == 0) {
                pair.visit(tile, tile, outer, t);
                continue;
            }
            Amplitudes bra = second;
            if (bra == null) {
                bra = Amplitudes.allocateOffHeap(tileBits, kernels, workers);
                second = bra;
            }
            file.read(bra, local, other, progress);
            pair.visit(bra, tile, outer, t);
        }
        return tiles;
    }

    @Override
    public void close() {
        tile.close();
        if (second != null) {
            second.close();
        }
    }
}
