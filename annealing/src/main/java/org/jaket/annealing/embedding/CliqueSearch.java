package org.jaket.annealing.embedding;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cliques of chains that are bent once: each goes along a row and along a column. With s rows and
 * columns in an order, the i-th chains lie on the i-th row, over the first i columns, and on the
 * i-th column, over all rows from the i-th on; so any two cross. Which rows and columns, in which
 * order, is found by dynamic programming: the columns so far and the rows to come are intervals,
 * and each step adds a column at either end and takes a row from either end (Boothby, King and Roy,
 * "Fast clique minor generation in Chimera qubit connectivity graphs", arXiv 1507.04774).
 *
 * <p>A search for s rows takes time in proportion to s times the pairs of intervals of that length:
 * some milliseconds on the largest processors.
 */
final class CliqueSearch {
    private static final int UNREACHED = -1;

    private final WireGrid grid;
    private final int columns;
    private final int rows;

    private final int[] across;
    private final int[] along;
    private final int[] acrossTrack;
    private final int[] alongTrack;

    CliqueSearch(WireGrid grid) {
        this.grid = grid;
        columns = grid.columns();
        rows = grid.rows();
        across = new int[grid.tracks()];
        along = new int[grid.tracks()];
        acrossTrack = new int[grid.tracks()];
        alongTrack = new int[grid.tracks()];
    }

    /** The chains of a clique. */
    record Clique(List<int[]> chains) {
        int longest() {
            return chains.stream().mapToInt(c -> c.length).max().orElse(0);
        }
    }

    /** How many rows and columns a clique may have. */
    int mostLines() {
        return Math.min(columns, rows);
    }

    /**
     * The clique of most chains on s rows and columns.
     *
     * @param longest no chain may have more qubits
     */
    Clique largest(int s, int longest) {
        byte[][][] choices = new byte[s + 1][columns + 1][rows + 1];
        int[][] best = new int[columns + 1][rows + 1];
        for (int i = 1; i <= s; i++) {
            best = step(s, i, longest, best, choices[i]);
        }
        int column = 0;
        int row = 0;
        for (int c = 0; c <= columns; c++) {
            for (int r = 0; r <= rows; r++) {
                if (best[c][r] > best[column][row]) {
                    column = c;
                    row = r;
                }
            }
        }
        List<int[]> chains = new ArrayList<>();
        if (best[column][row] > 0) {
            rebuild(s, longest, choices, column, row, chains);
        }
        return new Clique(grid.coupledOnes(chains));
    }

    /**
     * Adds the i-th chains.
     *
     * @param before by first column and first row to come: how many chains there are at most
     */
    private int[][] step(int s, int i, int longest, int[][] before, byte[][] choice) {
        int[][] after = new int[columns + 1][rows + 1];
        for (int[] line : after) {
            Arrays.fill(line, UNREACHED);
        }
        int height = s + 1 - i;
        for (int column = 0; column + i <= columns; column++) {
            for (int row = 0; row + height <= rows; row++) {
                // Which column is new: the first or the last; which row is used up: the same.
                for (int ends = 0; ends < 4; ends++) {
                    boolean firstColumn = (ends & 1) == 0;
                    boolean firstRow = (ends & 2) == 0;
                    int from = i == 1 || !firstColumn ? column : column + 1;
                    int sum = before[from][row];
                    if (sum == UNREACHED) {
                        continue;
                    }
                    sum += bundle(s, i, column, row, firstColumn, firstRow, longest);
                    int next = firstRow ? row + 1 : row;
                    if (sum > after[column][next]) {
                        after[column][next] = sum;
                        choice[column][next] = (byte) ends;
                    }
                }
            }
        }
        return after;
    }

    /** How many chains fit on one corner. */
    private int bundle(
            int s, int i, int column, int row, boolean firstColumn, boolean firstRow, int longest) {
        int lastColumn = column + i - 1;
        int lastRow = row + s - i;
        int c = firstColumn ? column : lastColumn;
        int r = firstRow ? row : lastRow;
        if (longest == Integer.MAX_VALUE) {
            int most = grid.count(0, c, row, lastRow);
            return most == 0 ? 0 : Math.min(most, grid.count(1, r, column, lastColumn));
        }
        int up = grid.lengths(0, c, row, lastRow, along, alongTrack);
        if (up == 0) {
            return 0;
        }
        int flat = grid.lengths(1, r, column, lastColumn, across, acrossTrack);
        int pairs = 0;
        for (int last = flat - 1; last >= 0 && pairs < up; last--) {
            pairs += along[pairs] + across[last] <= longest ? 1 : 0;
        }
        return pairs;
    }

    private void rebuild(
            int s, int longest, byte[][][] choices, int column, int row, List<int[]> chains) {
        int c0 = column;
        int next = row;
        for (int i = s; i >= 1; i--) {
            int ends = choices[i][c0][next];
            boolean firstColumn = (ends & 1) == 0;
            boolean firstRow = (ends & 2) == 0;
            int r0 = firstRow ? next - 1 : next;
            int lastColumn = c0 + i - 1;
            int lastRow = r0 + s - i;
            int c = firstColumn ? c0 : lastColumn;
            int r = firstRow ? r0 : lastRow;
            int up = grid.lengths(0, c, r0, lastRow, along, alongTrack);
            int flat = grid.lengths(1, r, c0, lastColumn, across, acrossTrack);
            int pairs = 0;
            // The shortest with the longest that still goes with it.
            for (int last = flat - 1; last >= 0 && pairs < up; last--) {
                if (longest != Integer.MAX_VALUE && along[pairs] + across[last] > longest) {
                    continue;
                }
                int partner = partner(c, r, pairs, last, longest);
                if (partner >= 0) {
                    exchange(acrossTrack, last, partner);
                    exchange(across, last, partner);
                    int[] upright = grid.qubits(0, c, alongTrack[pairs], r0, lastRow);
                    int[] lying = grid.qubits(1, r, acrossTrack[last], c0, lastColumn);
                    chains.add(
                            IntStream.concat(Arrays.stream(upright), Arrays.stream(lying))
                                    .toArray());
                }
                pairs++;
            }
            c0 = i == 1 || !firstColumn ? c0 : c0 + 1;
            next = r0;
        }
    }

    /**
     * The horizontal wire for a vertical one: the last that is left, or one before it if those two
     * are not coupled where they cross; -1 if there is none.
     */
    private int partner(int c, int r, int vertical, int last, int longest) {
        for (int k = last; k >= 0; k--) {
            boolean fits = longest == Integer.MAX_VALUE || along[vertical] + across[k] <= longest;
            if (fits && grid.cross(c, alongTrack[vertical], r, acrossTrack[k])) {
                return k;
            }
        }
        return -1;
    }

    private static void exchange(int[] numbers, int a, int b) {
        int kept = numbers[a];
        numbers[a] = numbers[b];
        numbers[b] = kept;
    }

    /**
     * A clique of so many chains, with the longest as short as can be.
     *
     * @param below the longest chain must be shorter than that
     * @return null if there is none
     */
    @Nullable Clique find(int size, int below) {
        int fewest = (size + grid.tracks() - 1) / grid.tracks();
        Clique found = null;
        for (int s = Math.max(1, fewest); s <= mostLines() && found == null; s++) {
            Clique clique = largest(s, Integer.MAX_VALUE);
            found = clique.chains.size() >= size ? shortest(clique, size) : null;
        }
        if (found == null) {
            return null;
        }
        // A chain on s rows and columns crosses s + 1 lines in all.
        int least = Math.max(2, (fewest + grid.span()) / grid.span());
        for (int longest = least; longest < Math.min(below, found.longest()); longest++) {
            int most = Math.min(mostLines(), longest * grid.span() - 1);
            for (int s = Math.max(1, fewest); s <= most; s++) {
                Clique clique = largest(s, longest);
                if (clique.chains.size() >= size) {
                    return shortest(clique, size);
                }
            }
        }
        return found.longest() < below ? found : null;
    }

    private static Clique shortest(Clique clique, int size) {
        return new Clique(
                clique.chains.stream()
                        .sorted(Comparator.comparingInt(c -> c.length))
                        .limit(size)
                        .toList());
    }

    /** How many chains the largest clique has, or {@code known} if that is more. */
    int largestSize(int known) {
        int size = known;
        for (int s = mostLines(); s >= 1 && s * grid.tracks() > size; s--) {
            size = Math.max(size, largest(s, Integer.MAX_VALUE).chains.size());
        }
        return size;
    }
}
