package org.jaket.statevector;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;

/**
 * The pages of a state that nothing has been written to yet, for which the system has yet to find
 * memory. That takes up to some milliseconds each, and one tile of scattered runs may be the first
 * to write to a thousand of them: so pages are touched one by one, and work can stop in between.
 */
final class FreshPages {
    /** Bytes of a huge page. */
    static final int PAGE_BITS = 21;

    /** So few pages of either part are touched without asking. */
    private static final int FEW = 8;

    private final int indexBits;
    private final AtomicIntegerArray touched;
    private final AtomicInteger left;

    /** Of a new state; null where there are few. */
    static @Nullable FreshPages of(int qubits, Precision precision) {
        int indexBits = PAGE_BITS - Integer.numberOfTrailingZeros(precision.bytes());
        return qubits <= indexBits || 1L << qubits - indexBits <= FEW
                ? null
                : new FreshPages(indexBits, 1 << qubits - indexBits);
    }

    private FreshPages(int indexBits, int pages) {
        this.indexBits = indexBits;
        this.touched = new AtomicIntegerArray(pages);
        this.left = new AtomicInteger(pages);
    }

    /** Whether there are none any more. */
    boolean isEmpty() {
        return left.get() == 0;
    }

    /**
     * Touches the pages of a tile, which nobody else works on.
     *
     * @param stop asked before each page
     * @return whether all are touched
     */
    boolean touch(Amplitudes state, long outer, long local, BooleanSupplier stop) {
        int base = (int) (outer >>> indexBits);
        int inner = (int) (local >>> indexBits);
        long within = outer & (1L << indexBits) - 1;
        int r = 0;
        do {
            int page = base | r;
            if (touched.get(page) == 0) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                state.touch((long) page << indexBits | within);
                if (touched.compareAndSet(page, 0, 1)) {
                    left.decrementAndGet();
                }
            }
            r = ((r | ~inner) + 1) & inner;
        } while (r != 0);
        return true;
    }
}
