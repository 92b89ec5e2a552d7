package org.jaket.annealing.topology;

/**
 * A grid of unit cells, each a complete bipartite graph of vertical and horizontal qubits; qubits
 * of the same kind are coupled to those in the next cell. The graph of the D-Wave 2000Q is {@code
 * Chimera(16, 16, 4)}: 2048 qubits of degree 6.
 *
 * <p>Qubit (row i, column j, u, k) has the number {@code ((n i + j) 2 + u) t + k}, where u is 0 for
 * vertical qubits, which are coupled along the column, and 1 for horizontal ones.
 *
 * @param m how many rows of cells
 * @param n how many columns of cells
 * @param t how many qubits of either direction are in a cell
 */
public record Chimera(int m, int n, int t) implements Topology {
    /** Checks the sizes. */
    public Chimera {
        Range.size("the number of rows", m, 1);
        Range.size("the number of columns", n, 1);
        Range.size("the number of qubits on a side of a cell", t, 1);
        if (2L * m * n * t > 1 << 24) {
            throw new IllegalArgumentException(
                    "a %d by %d grid of cells of 2 x %d qubits is too large".formatted(m, n, t));
        }
    }

    /**
     * Where a qubit is in the grid of cells.
     *
     * @param i the row
     * @param j the column
     * @param u 0 for vertical, 1 for horizontal
     * @param k which qubit of that direction in the cell
     */
    public record Coordinates(int i, int j, int u, int k) {}

    /**
     * The number of a qubit.
     *
     * @throws IllegalArgumentException if a coordinate is out of range
     */
    public int index(Coordinates at) {
        return index(
                Range.coordinate("i", at.i, m),
                Range.coordinate("j", at.j, n),
                Range.coordinate("u", at.u, 2),
                Range.coordinate("k", at.k, t));
    }

    private int index(int i, int j, int u, int k) {
        return ((n * i + j) * 2 + u) * t + k;
    }

    /**
     * The coordinates of a qubit.
     *
     * @throws IllegalArgumentException if there is no such qubit
     */
    public Coordinates coordinates(int qubit) {
        check(qubit);
        int cell = qubit / (2 * t);
        return new Coordinates(cell / n, cell % n, qubit / t % 2, qubit % t);
    }

    @Override
    public String family() {
        return "chimera";
    }

    @Override
    public int indices() {
        return 2 * m * n * t;
    }

    @Override
    public boolean has(int qubit) {
        return qubit >= 0 && qubit < indices();
    }

    @Override
    public void forEachCoupler(Couplers consumer) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < t; k++) {
                    for (int h = 0; h < t; h++) {
                        consumer.accept(index(i, j, 0, k), index(i, j, 1, h));
                    }
                    if (i + 1 < m) {
                        consumer.accept(index(i, j, 0, k), index(i + 1, j, 0, k));
                    }
                    if (j + 1 < n) {
                        consumer.accept(index(i, j, 1, k), index(i, j + 1, 1, k));
                    }
                }
            }
        }
    }

    @Override
    public int columns() {
        return n;
    }

    @Override
    public int rows() {
        return m;
    }

    @Override
    public int tracks() {
        return t;
    }

    @Override
    public Segment segment(int qubit) {
        Coordinates at = coordinates(qubit);
        return at.u == 0
                ? new Segment(true, at.j, at.k, at.i, at.i, at.i)
                : new Segment(false, at.i, at.k, at.j, at.j, at.j);
    }

    @Override
    public int cellColumns() {
        return n;
    }

    @Override
    public int cellRows() {
        return m;
    }

    @Override
    public int shifted(int qubit, int columns, int rows) {
        Coordinates at = coordinates(qubit);
        int i = at.i + rows;
        int j = at.j + columns;
        return i < 0 || i >= m || j < 0 || j >= n ? -1 : index(i, j, at.u, at.k);
    }

    @Override
    public String toString() {
        return "Chimera C%d,%d,%d".formatted(m, n, t);
    }
}
