package org.jaket.annealing.topology;

/**
 * Qubits of length twelve, shifted against each other; each crosses twelve others, and is coupled
 * to the next piece of its wire on either side and to a neighbour that runs beside it: degree 15.
 * The graph of the D-Wave Advantage is {@code new Pegasus(16)}.
 *
 * <p>Qubit (u, w, k, z) has the number {@code ((u m + w) 12 + k) (m - 1) + z}: direction u (0 for
 * vertical), line w of twelve tracks k, piece z of the wire. See Boothby, Bunyk, Raymond and Roy,
 * "Next-generation topology of D-Wave quantum processors", arXiv 2003.00133.
 *
 * @param m the size: lines in either direction
 * @param fabricOnly whether the qubits at the edges, which are not coupled to the large rest, are
 *     left out, as on real processors
 */
public record Pegasus(int m, boolean fabricOnly) implements Topology {
    /** Where the pieces of vertical wires begin, by track; all are even. */
    private static final int[] VERTICAL = {2, 2, 2, 2, 10, 10, 10, 10, 6, 6, 6, 6};

    /** Where the pieces of horizontal wires begin, by track. */
    private static final int[] HORIZONTAL = {6, 6, 6, 6, 2, 2, 2, 2, 10, 10, 10, 10};

    /** Checks the size. */
    public Pegasus {
        Range.size("the size of a Pegasus graph", m, 2);
    }

    /** The graph of real processors, without the qubits at the edges. */
    public Pegasus(int m) {
        this(m, true);
    }

    /**
     * Where a qubit is.
     *
     * @param u 0 for vertical, 1 for horizontal
     * @param w the line
     * @param k the track, below 12
     * @param z the piece of the wire, below m - 1
     */
    public record Coordinates(int u, int w, int k, int z) {}

    /**
     * The number of a qubit.
     *
     * @throws IllegalArgumentException if a coordinate is out of range
     */
    public int index(Coordinates at) {
        int qubit =
                index(
                        Range.coordinate("u", at.u, 2),
                        Range.coordinate("w", at.w, m),
                        Range.coordinate("k", at.k, 12),
                        Range.coordinate("z", at.z, m - 1));
        check(qubit);
        return qubit;
    }

    private int index(int u, int w, int k, int z) {
        return ((u * m + w) * 12 + k) * (m - 1) + z;
    }

    /**
     * The coordinates of a qubit.
     *
     * @throws IllegalArgumentException if there is no such qubit
     */
    public Coordinates coordinates(int qubit) {
        check(qubit);
        int wire = qubit / (m - 1);
        return new Coordinates(wire / 12 / m, wire / 12 % m, wire % 12, qubit % (m - 1));
    }

    @Override
    public String family() {
        return "pegasus";
    }

    @Override
    public int indices() {
        return 24 * m * (m - 1);
    }

    @Override
    public boolean has(int qubit) {
        if (qubit < 0 || qubit >= indices()) {
            return false;
        }
        int wire = qubit / (m - 1);
        return has(wire / 12 % m, wire % 12);
    }

    private boolean has(int w, int k) {
        return !fabricOnly || (w > 0 || k >= 2) && (w < m - 1 || k < 10);
    }

    @Override
    public void forEachCoupler(Couplers consumer) {
        for (int u = 0; u < 2; u++) {
            for (int w = 0; w < m; w++) {
                for (int k = 0; k < 12; k++) {
                    if (!has(w, k)) {
                        continue;
                    }
                    for (int z = 0; z < m - 1; z++) {
                        if (z + 1 < m - 1) {
                            consumer.accept(index(u, w, k, z), index(u, w, k, z + 1));
                        }
                        if (k % 2 == 0) {
                            consumer.accept(index(u, w, k, z), index(u, w, k + 1, z));
                        }
                        if (u == 0) {
                            crossings(w, k, z, consumer);
                        }
                    }
                }
            }
        }
    }

    private void crossings(int w, int k, int z, Couplers consumer) {
        for (int h = 0; h < 12; h++) {
            int row = z + (h < VERTICAL[k] ? 1 : 0);
            int piece = w - (k < HORIZONTAL[h] ? 1 : 0);
            if (piece >= 0 && piece < m - 1 && has(row, h)) {
                consumer.accept(index(0, w, k, z), index(1, row, h, piece));
            }
        }
    }

    /** Lines are pairs of tracks: those two begin and end together everywhere. */
    @Override
    public int columns() {
        return 6 * m;
    }

    @Override
    public int rows() {
        return 6 * m;
    }

    @Override
    public int tracks() {
        return 2;
    }

    @Override
    public Segment segment(int qubit) {
        Coordinates at = coordinates(qubit);
        int first = 6 * at.z + (at.u == 0 ? VERTICAL : HORIZONTAL)[at.k] / 2;
        return new Segment(at.u == 0, 6 * at.w + at.k / 2, at.k % 2, at.z, first, first + 5);
    }

    @Override
    public int cellColumns() {
        return m;
    }

    @Override
    public int cellRows() {
        return m;
    }

    @Override
    public int shifted(int qubit, int columns, int rows) {
        Coordinates at = coordinates(qubit);
        int w = at.w + (at.u == 0 ? columns : rows);
        int z = at.z + (at.u == 0 ? rows : columns);
        boolean inside = w >= 0 && w < m && z >= 0 && z < m - 1 && has(w, at.k);
        return inside ? index(at.u, w, at.k, z) : -1;
    }

    @Override
    public String toString() {
        return "Pegasus P" + m + (fabricOnly ? "" : " with edges");
    }
}
