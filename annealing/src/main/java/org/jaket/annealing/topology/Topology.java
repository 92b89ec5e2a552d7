package org.jaket.annealing.topology;

/**
 * How the qubits of a family of processors are numbered and coupled when none is missing. The
 * numbers are those of the manufacturer, so that they can be sent to a solver as they are.
 *
 * <p>All three are grids of wires, see {@link Segment}.
 */
public sealed interface Topology permits Chimera, Pegasus, Zephyr {
    /** The family as solvers spell it: chimera, pegasus or zephyr. */
    String family();

    /** Numbers run from 0 to this one, exclusively; some may belong to no qubit. */
    int indices();

    /** Whether a number belongs to a qubit. */
    boolean has(int qubit);

    /** Tells every coupler once. */
    void forEachCoupler(Couplers consumer);

    /** How many vertical lines there are, see {@link Segment#line}. */
    int columns();

    /** How many horizontal lines there are. */
    int rows();

    /** How many wires run side by side on a line. */
    int tracks();

    /**
     * Where a qubit lies.
     *
     * @throws IllegalArgumentException if there is no such qubit
     */
    Segment segment(int qubit);

    /** How many unit cells there are side by side: the range of {@link #shifted}. */
    int cellColumns();

    /** How many unit cells there are above each other. */
    int cellRows();

    /**
     * The qubit that lies like another one, some unit cells away, or -1 if there is none. Coupled
     * qubits are coupled after the same shift, if both of them are there.
     *
     * @throws IllegalArgumentException if there is no such qubit
     */
    int shifted(int qubit, int columns, int rows);

    /** The graph of a processor without faults. Takes time in proportion to its couplers. */
    default HardwareGraph graph() {
        return HardwareGraph.complete(this);
    }

    /** What is told of each coupler. */
    @FunctionalInterface
    interface Couplers {
        /** One coupler, {@code a < b}. */
        void accept(int a, int b);
    }

    /**
     * Refuses numbers that belong to no qubit.
     *
     * @throws IllegalArgumentException if there is no such qubit
     */
    default void check(int qubit) {
        if (!has(qubit)) {
            throw new IllegalArgumentException("%s has no qubit %d".formatted(this, qubit));
        }
    }
}
