package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.UnsupportedCircuitException;

import java.util.Arrays;

/**
 * Which virtual qubits are active, and which bit of an amplitude's index each of them is. How this
 * goes over time does not depend on outcomes.
 */
final class ActiveQubits {
    /** The most active qubits: amplitudes are held in arrays of that many bits of index. */
    static final int MAX = 30;

    /** Of the heap, how much amplitudes may take. */
    private static final double SHARE = 0.7;

    private int[] qubits = new int[8];
    private int count;
    private final boolean[] active;
    private int most;

    ActiveQubits(int qubits) {
        active = new boolean[qubits];
    }

    /** An independent copy; what was the most so far counts as well. */
    ActiveQubits copy() {
        ActiveQubits copy = new ActiveQubits(active.length);
        copy.qubits = qubits.clone();
        copy.count = count;
        System.arraycopy(active, 0, copy.active, 0, active.length);
        copy.most = most;
        return copy;
    }

    /** Bytes of the amplitudes of so many active qubits. */
    static long bytes(int count) {
        return 16L << count;
    }

    /** Bytes that all amplitudes together may take. */
    static long room() {
        return (long) (SHARE * Runtime.getRuntime().maxMemory());
    }

    int count() {
        return count;
    }

    int most() {
        return most;
    }

    /** The first qubit of a set that is dormant, or -1. */
    int firstDormant(boolean[] set) {
        for (int v = 0; v < set.length; v++) {
            if (set[v] && !active[v]) {
                return v;
            }
        }
        return -1;
    }

    /** The active qubits of a set, as bits of an index. */
    int mask(boolean[] set) {
        int mask = 0;
        for (int p = 0; p < count; p++) {
            if (set[qubits[p]]) {
                mask |= 1 << p;
            }
        }
        return mask;
    }

    /**
     * Makes a qubit active, as the highest bit.
     *
     * @param cause the operation that does it, for the message
     * @throws UnsupportedCircuitException if there is no room for the amplitudes
     */
    void activate(int v, String cause) {
        int more = count + 1;
        // A worker has one copy, and what all shots start with is another.
        if (more > MAX || 2 * bytes(more) > room()) {
            throw new UnsupportedCircuitException(
                    ("%s makes %d virtual qubits active at once, whose amplitudes take 2 times %s; the heap gives them %s, and the limit is %d qubits."
                                    + " Maybe give the JVM more with -Xmx, or use the state vector engine, whose state of %d qubits takes %s?")
                            .formatted(
                                    cause,
                                    more,
                                    size((double) bytes(more)),
                                    size((double) room()),
                                    MAX,
                                    active.length,
                                    size(16 * Math.pow(2, active.length))));
        }
        if (count == qubits.length) {
            qubits = Arrays.copyOf(qubits, 2 * count);
        }
        qubits[count] = v;
        count = more;
        active[v] = true;
        most = Math.max(most, count);
    }

    /** The qubit that a bit of an index is. */
    int qubit(int position) {
        return qubits[position];
    }

    /** Makes the qubit of a bit dormant; higher bits move down. */
    void deactivate(int position) {
        active[qubits[position]] = false;
        System.arraycopy(qubits, position + 1, qubits, position, count - position - 1);
        count--;
    }

    private static String size(double bytes) {
        double value = bytes;
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return value >= 1e6
                ? "%.0e %s".formatted(value, units[unit])
                : "%.1f %s".formatted(value, units[unit]);
    }
}
