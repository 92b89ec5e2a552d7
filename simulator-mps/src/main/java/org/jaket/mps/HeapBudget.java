package org.jaket.mps;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of the Java heap the chains of one run hold together, and may hold. */
final class HeapBudget {
    private final long total;
    private final AtomicLong held = new AtomicLong();

    HeapBudget(long total) {
        this.total = total;
    }

    /** Three quarters of the heap's largest size. */
    static HeapBudget ofHeap() {
        return new HeapBudget(Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    long total() {
        return total;
    }

    long held() {
        return held.get();
    }

    /** Chains hold so many bytes more, or fewer. */
    void change(long bytes) {
        held.addAndGet(bytes);
    }

    /** Whether so many bytes more can be had. */
    boolean admits(long bytes) {
        return held.get() + bytes <= total;
    }

    /** Whether another chain of so many bytes leaves half of the memory for chains to grow in. */
    boolean admitsCopy(long bytes) {
        return held.get() + bytes <= total / 2;
    }
}
