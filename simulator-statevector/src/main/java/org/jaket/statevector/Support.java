package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

/**
 * Where a state may be other than zero, in runs of 2^6 amplitudes. Circuits begin in a basis state,
 * and many stay near one for long: a pass need not touch tiles that are zero.
 */
final class Support {
    /** Index bits of a run. */
    static final int RUN_BITS = 6;

    /** In larger states the count of runs would take too much of the heap. */
    private static final int MOST_QUBITS = 32;

    private final byte[] runs;

    /** Whether count is kept for states of a size: of small ones it does not pay. */
    static boolean isKept(int qubits) {
        return qubits > Schedule.TILE_BITS && qubits <= MOST_QUBITS;
    }

    /** Of a state that is zero everywhere; null where no count is kept. */
    static @Nullable Support zero(int qubits) {
        return isKept(qubits) ? new Support(new byte[1 << qubits - RUN_BITS]) : null;
    }

    /** The bytes that keeping count takes for a state of this size. */
    static double bytes(int qubits) {
        return isKept(qubits) ? 1L << qubits - RUN_BITS : 0;
    }

    /** The bytes that this count takes. */
    long bytes() {
        return runs.length;
    }

    private Support(byte[] runs) {
        this.runs = runs;
    }

    Support copy() {
        return new Support(runs.clone());
    }

    boolean has(int run) {
        return runs[run] != 0;
    }

    void add(long index) {
        runs[(int) (index >>> RUN_BITS)] = 1;
    }

    /** Whether tiles of these qubits consist of whole runs. */
    static boolean divides(long local) {
        long low = (1L << RUN_BITS) - 1;
        return (local & low) == low;
    }

    /** Whether a tile may be other than zero. */
    boolean meets(long outer, long local) {
        int base = (int) (outer >>> RUN_BITS);
        int inner = (int) (local >>> RUN_BITS);
        int r = 0;
        do {
            if (runs[base | r] != 0) {
                return true;
            }
            r = ((r | ~inner) + 1) & inner;
        } while (r != 0);
        return false;
    }

    /** Notes which runs of a tile are other than zero. Tiles apart may be noted at once. */
    void note(Tile tile, long outer, long local) {
        int base = (int) (outer >>> RUN_BITS);
        int inner = (int) (local >>> RUN_BITS);
        int r = 0;
        int from = 0;
        do {
            runs[base | r] = (byte) (isZero(tile, from, from + (1 << RUN_BITS)) ? 0 : 1);
            from += 1 << RUN_BITS;
            r = ((r | ~inner) + 1) & inner;
        } while (r != 0);
    }

    private static boolean isZero(Tile tile, int from, int to) {
        for (int i = from; i < to; i++) {
            if (tile.re(i) != 0 || tile.im(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether so much is other than zero that keeping count does not pay. */
    boolean isWide() {
        int count = 0;
        for (byte r : runs) {
            count += r;
        }
        return count > runs.length / 2;
    }
}
