package org.jaket.annealing.topology;

/**
 * Qubits that cross two lines each, every wire twice, the second time shifted by one line: with t =
 * 4 tracks 16 crossings, two pieces before and after on the same wire and two on the shifted one,
 * degree 20. The graph of the D-Wave Advantage2 is {@code new Zephyr(12)}.
 *
 * <p>Qubit (u, w, k, j, z) has the number {@code (((u (2m + 1) + w) t + k) 2 + j) m + z}: direction
 * u (0 for vertical), line w, track k, shift j, piece z. See Boothby, King and Raymond, "Zephyr
 * topology of D-Wave quantum processors", D-Wave technical report 14-1056A-A.
 *
 * @param m the size: 2m + 1 lines in either direction
 * @param t how many tracks a line has, 4 on real processors
 */
public record Zephyr(int m, int t) implements Topology {
    /** Checks the sizes. */
    public Zephyr {
        Range.size("the size of a Zephyr graph", m, 1);
        Range.size("the number of tracks", t, 1);
        if ((2L * m + 1) * 4 * t * m > 1 << 24) {
            throw new IllegalArgumentException(
                    "a Zephyr graph of size %d with %d tracks is too large".formatted(m, t));
        }
    }

    /** Four tracks, as on real processors. */
    public Zephyr(int m) {
        this(m, 4);
    }

    /**
     * Where a qubit is.
     *
     * @param u 0 for vertical, 1 for horizontal
     * @param w the line, at most 2m
     * @param k the track, below t
     * @param j 1 for the wire that is shifted by a line, 0 for the other
     * @param z the piece of the wire, below m
     */
    public record Coordinates(int u, int w, int k, int j, int z) {}

    /**
     * The number of a qubit.
     *
     * @throws IllegalArgumentException if a coordinate is out of range
     */
    public int index(Coordinates at) {
        return index(
                Range.coordinate("u", at.u, 2),
                Range.coordinate("w", at.w, 2 * m + 1),
                Range.coordinate("k", at.k, t),
                Range.coordinate("j", at.j, 2),
                Range.coordinate("z", at.z, m));
    }

    private int index(int u, int w, int k, int j, int z) {
        return (((u * (2 * m + 1) + w) * t + k) * 2 + j) * m + z;
    }

    /**
     * The coordinates of a qubit.
     *
     * @throws IllegalArgumentException if there is no such qubit
     */
    public Coordinates coordinates(int qubit) {
        check(qubit);
        int wire = qubit / m;
        int line = wire / (2 * t);
        return new Coordinates(
                line / (2 * m + 1), line % (2 * m + 1), wire / 2 % t, wire % 2, qubit % m);
    }

    @Override
    public String family() {
        return "zephyr";
    }

    @Override
    public int indices() {
        return 4 * t * m * (2 * m + 1);
    }

    @Override
    public boolean has(int qubit) {
        return qubit >= 0 && qubit < indices();
    }

    @Override
    public void forEachCoupler(Couplers consumer) {
        for (int u = 0; u < 2; u++) {
            for (int w = 0; w <= 2 * m; w++) {
                for (int k = 0; k < t; k++) {
                    alongTheWires(u, w, k, consumer);
                }
            }
        }
        for (int w = 0; w < m; w++) {
            for (int z = 0; z < m; z++) {
                crossings(w, z, consumer);
            }
        }
    }

    private void alongTheWires(int u, int w, int k, Couplers consumer) {
        for (int z = 0; z < m; z++) {
            consumer.accept(index(u, w, k, 0, z), index(u, w, k, 1, z));
            if (z + 1 < m) {
                consumer.accept(index(u, w, k, 0, z), index(u, w, k, 0, z + 1));
                consumer.accept(index(u, w, k, 1, z), index(u, w, k, 1, z + 1));
                consumer.accept(index(u, w, k, 0, z + 1), index(u, w, k, 1, z));
            }
        }
    }

    /** The couplers of vertical pieces z with horizontal pieces w. */
    private void crossings(int w, int z, Couplers consumer) {
        // Four bits: which shift either wire has, and whether they cross on the line that both
        // shifts share or on the one that only theirs has.
        for (int bits = 0; bits < 16; bits++) {
            int i = bits & 1;
            int j = bits >> 1 & 1;
            int column = 2 * w + 1 + (bits >> 2 & 1) * (2 * i - 1);
            int row = 2 * z + 1 + (bits >> 3) * (2 * j - 1);
            for (int k = 0; k < t; k++) {
                for (int h = 0; h < t; h++) {
                    consumer.accept(index(0, column, k, j, z), index(1, row, h, i, w));
                }
            }
        }
    }

    @Override
    public int columns() {
        return 2 * m + 1;
    }

    @Override
    public int rows() {
        return 2 * m + 1;
    }

    @Override
    public int tracks() {
        return 2 * t;
    }

    @Override
    public Segment segment(int qubit) {
        Coordinates at = coordinates(qubit);
        int first = 2 * at.z + at.j;
        return new Segment(at.u == 0, at.w, 2 * at.k + at.j, at.z, first, first + 1);
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
        int w = at.w + 2 * (at.u == 0 ? columns : rows);
        int z = at.z + (at.u == 0 ? rows : columns);
        boolean inside = w >= 0 && w <= 2 * m && z >= 0 && z < m;
        return inside ? index(at.u, w, at.k, at.j, z) : -1;
    }

    @Override
    public String toString() {
        return "Zephyr Z" + m + (t == 4 ? "" : "," + t);
    }
}
