package org.jaket.statevector.sparse;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of the Java heap the states of one run, or of one thread of it, may take. */
final class HeapBudget {
    private final long total;
    private final AtomicLong left;

    HeapBudget(long total) {
        this.total = total;
        this.left = new AtomicLong(total);
    }

    /** Three quarters of the heap's largest size, shared evenly. */
    static HeapBudget share(int parts) {
        return new HeapBudget(Runtime.getRuntime().maxMemory() / 4 * 3 / parts);
    }

    long total() {
        return total;
    }

    long left() {
        return left.get();
    }

    /** Takes bytes if there are as many. */
    boolean take(long bytes) {
        long now = left.get();
        while (now >= bytes) {
            if (left.compareAndSet(now, now - bytes)) {
                return true;
            }
            now = left.get();
        }
        return false;
    }

    void give(long bytes) {
        left.addAndGet(bytes);
    }

    /** A byte count for people: "16.0 GiB". */
    static String human(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double count = bytes;
        int unit = 0;
        while (count >= 1024 && unit < units.length - 1) {
            count /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : "%.1f %s".formatted(count, units[unit]);
    }
}
