package org.jaket.annealing.embedding;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Complete bipartite graphs of straight chains: vertical wires on some columns that work on all of
 * some rows, and horizontal wires on these rows that work on all of these columns. Smaller
 * rectangles are tried first; each costs one look into a table.
 */
final class BicliqueSearch {
    private final WireGrid grid;

    /**
     * Of each direction, first and last crossing line: wires that work there, summed up by line.
     */
    private final int[][][][] sums = new int[2][][][];

    BicliqueSearch(WireGrid grid) {
        this.grid = grid;
        for (int u = 0; u < 2; u++) {
            int crossing = grid.lines(1 - u);
            sums[u] = new int[crossing][crossing][];
            for (int from = 0; from < crossing; from++) {
                for (int to = from; to < crossing; to++) {
                    int[] sum = new int[grid.lines(u) + 1];
                    for (int line = 0; line < grid.lines(u); line++) {
                        sum[line + 1] = sum[line] + grid.count(u, line, from, to);
                    }
                    sums[u][from][to] = sum;
                }
            }
        }
    }

    private int count(int direction, int line, int lines, int from, int length) {
        int[] sum = sums[direction][from][from + length - 1];
        return sum[line + lines] - sum[line];
    }

    /** The chains of the left variables, then those of the right ones; null if there are none. */
    @Nullable List<int[]> find(int left, int right) {
        List<int[]> upright = rectangle(left, right);
        List<int[]> lying = rectangle(right, left);
        if (lying != null && (upright == null || cost(lying) < cost(upright))) {
            // Found with the sides exchanged.
            List<int[]> turned = new ArrayList<>(lying.subList(right, right + left));
            turned.addAll(lying.subList(0, right));
            return turned;
        }
        return upright;
    }

    static long cost(List<int[]> chains) {
        long longest = 0;
        long sum = 0;
        for (int[] chain : chains) {
            longest = Math.max(longest, chain.length);
            sum += chain.length;
        }
        return longest << 32 | sum;
    }

    /** With so many vertical and horizontal chains. */
    private @Nullable List<int[]> rectangle(int vertical, int horizontal) {
        int fewestColumns = (vertical + grid.tracks() - 1) / grid.tracks();
        int fewestRows = (horizontal + grid.tracks() - 1) / grid.tracks();
        for (int more = 0; more <= grid.columns() + grid.rows(); more++) {
            List<int[]> best = null;
            for (int wider = 0; wider <= more; wider++) {
                int width = fewestColumns + wider;
                int height = fewestRows + more - wider;
                List<int[]> found = positions(vertical, horizontal, width, height);
                if (found != null && (best == null || cost(found) < cost(best))) {
                    best = found;
                }
            }
            if (best != null) {
                return best;
            }
        }
        return null;
    }

    private @Nullable List<int[]> positions(int vertical, int horizontal, int width, int height) {
        List<int[]> best = null;
        for (int column = 0; column + width <= grid.columns(); column++) {
            for (int row = 0; row + height <= grid.rows(); row++) {
                if (count(0, column, width, row, height) >= vertical
                        && count(1, row, height, column, width) >= horizontal) {
                    List<int[]> upright = wires(0, column, width, row, height);
                    List<int[]> lying = wires(1, row, height, column, width);
                    grid.keepCoupledOnes(upright, lying);
                    if (upright.size() < vertical || lying.size() < horizontal) {
                        continue;
                    }
                    List<int[]> here = new ArrayList<>(upright.subList(0, vertical));
                    here.addAll(lying.subList(0, horizontal));
                    best = best == null || cost(here) < cost(best) ? here : best;
                }
            }
        }
        return best;
    }

    /** All wires that work there, the shortest first. */
    private List<int[]> wires(int direction, int line, int lines, int from, int length) {
        List<int[]> wires = new ArrayList<>();
        int[] lengths = new int[grid.tracks()];
        int[] tracks = new int[grid.tracks()];
        int to = from + length - 1;
        for (int at = line; at < line + lines; at++) {
            int count = grid.lengths(direction, at, from, to, lengths, tracks);
            for (int k = 0; k < count; k++) {
                wires.add(grid.qubits(direction, at, tracks[k], from, to));
            }
        }
        wires.sort(Comparator.comparingInt(w -> w.length));
        return wires;
    }
}
