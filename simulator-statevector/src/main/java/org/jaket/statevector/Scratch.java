package org.jaket.statevector;

import java.util.ArrayDeque;

/**
 * What a thread works on tiles with. Kept by the thread between tasks and runs, because touching
 * new memory costs more than a short circuit; taken and given back, so that a task may start
 * another loop on its own thread.
 */
final class Scratch implements AutoCloseable {
    /** Larger tiles than this are not kept. */
    private static final int MOST_QUBITS = 16;

    /** More than this many lie idle only after deep nesting. */
    private static final int MOST_IDLE = 4;

    private static final ThreadLocal<ArrayDeque<Scratch>> IDLE =
            ThreadLocal.withInitial(ArrayDeque::new);

    final Tile tile;
    final PhaseTables tables = new PhaseTables();
    private final Precision precision;

    private Scratch(Precision precision, int qubits) {
        this.precision = precision;
        this.tile = Tile.allocate(precision, qubits);
    }

    /** Takes scratch memory that no one uses; closing gives it back. Its numbers mean nothing. */
    static Scratch take(Precision precision, int qubits) {
        for (var idle = IDLE.get().iterator(); idle.hasNext(); ) {
            Scratch one = idle.next();
            if (one.precision == precision && one.tile.qubits() == qubits) {
                idle.remove();
                return one;
            }
        }
        return new Scratch(precision, qubits);
    }

    @Override
    public void close() {
        if (tile.qubits() <= MOST_QUBITS) {
            ArrayDeque<Scratch> idle = IDLE.get();
            idle.addFirst(this);
            if (idle.size() > MOST_IDLE) {
                idle.removeLast();
            }
        }
    }
}
