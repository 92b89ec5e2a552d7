package org.jaket.annealing.embedding;

import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Segment;
import org.jaket.annealing.topology.Topology;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The wires that a processor is made of, with what is missing taken into account: which stretches
 * of which wires work. Every vertical wire that works on a row crosses every horizontal wire that
 * works on its column, and there they are coupled: where a coupler is missing, one of its two
 * qubits counts as missing.
 */
final class WireGrid {
    private static final int NONE = -1;

    /** Vertical lines first, then horizontal ones. */
    private final int[] lines;

    private final int tracks;

    /** Of each direction, line, track and crossing line: the qubit there, or NONE. */
    private final int[][][][] qubit;

    /** The same: to which crossing line the wire goes on without a fault, or NONE. */
    private final int[][][][] reach;

    /** The same: how many qubits the wire has from its beginning to there. */
    private final int[][][][] pieces;

    /** How many lines a qubit crosses. */
    private final int span;

    WireGrid(HardwareGraph hardware, Topology topology) {
        lines = new int[] {topology.columns(), topology.rows()};
        tracks = topology.tracks();
        qubit = new int[2][][][];
        reach = new int[2][][][];
        pieces = new int[2][][][];
        for (int u = 0; u < 2; u++) {
            qubit[u] = new int[lines[u]][tracks][lines[1 - u]];
            reach[u] = new int[lines[u]][tracks][lines[1 - u]];
            pieces[u] = new int[lines[u]][tracks][lines[1 - u]];
            for (int[][] line : qubit[u]) {
                for (int[] track : line) {
                    Arrays.fill(track, NONE);
                }
            }
        }
        BitSet unusable = unusable(hardware, topology);
        int longest = 1;
        for (int q : hardware.qubitNumbers().toArray()) {
            Segment s = topology.segment(q);
            int u = s.vertical() ? 0 : 1;
            longest = Math.max(longest, s.last() - s.first() + 1);
            for (int at = Math.max(0, s.first()); at <= s.last() && at < lines[1 - u]; at++) {
                qubit[u][s.line()][s.track()][at] = unusable.get(q) ? NONE : q;
                pieces[u][s.line()][s.track()][at] = s.order();
            }
        }
        span = longest;
        for (int u = 0; u < 2; u++) {
            for (int line = 0; line < lines[u]; line++) {
                for (int track = 0; track < tracks; track++) {
                    reach(hardware, qubit[u][line][track], reach[u][line][track]);
                }
            }
        }
    }

    /** Qubits to do without, so that all that are left are coupled where they cross. */
    private static BitSet unusable(HardwareGraph hardware, Topology topology) {
        int[] faults = new int[topology.indices()];
        int[][] missing = {new int[2 * 64]};
        int[] count = {0};
        topology.forEachCoupler(
                (a, b) -> {
                    if (hardware.has(a)
                            && hardware.has(b)
                            && !hardware.coupled(a, b)
                            && topology.segment(a).vertical() != topology.segment(b).vertical()) {
                        faults[a]++;
                        faults[b]++;
                        if (count[0] + 2 > missing[0].length) {
                            missing[0] = Arrays.copyOf(missing[0], 2 * missing[0].length);
                        }
                        missing[0][count[0]++] = a;
                        missing[0][count[0]++] = b;
                    }
                });
        BitSet unusable = new BitSet();
        while (true) {
            int worst = NONE;
            for (int k = 0; k < count[0]; k += 2) {
                if (!unusable.get(missing[0][k]) && !unusable.get(missing[0][k + 1])) {
                    for (int end = k; end < k + 2; end++) {
                        int q = missing[0][end];
                        worst = worst == NONE || faults[q] > faults[worst] ? q : worst;
                    }
                }
            }
            if (worst == NONE) {
                return unusable;
            }
            unusable.set(worst);
            for (int k = 0; k < count[0]; k += 2) {
                if (missing[0][k] == worst || missing[0][k + 1] == worst) {
                    faults[missing[0][k]]--;
                    faults[missing[0][k + 1]]--;
                }
            }
        }
    }

    private static void reach(HardwareGraph hardware, int[] wire, int[] reach) {
        for (int at = wire.length - 1; at >= 0; at--) {
            if (wire[at] == NONE) {
                reach[at] = NONE;
            } else if (at + 1 < wire.length
                    && wire[at + 1] != NONE
                    && (wire[at + 1] == wire[at] || hardware.coupled(wire[at], wire[at + 1]))) {
                reach[at] = reach[at + 1];
            } else {
                reach[at] = at;
            }
        }
    }

    int columns() {
        return lines[0];
    }

    int rows() {
        return lines[1];
    }

    /** Lines of a direction, 0 for vertical and 1 for horizontal. */
    int lines(int direction) {
        return lines[direction];
    }

    int tracks() {
        return tracks;
    }

    int span() {
        return span;
    }

    /** How many wires of a line work on all crossing lines from one to another. */
    int count(int direction, int line, int from, int to) {
        int count = 0;
        for (int[] wire : reach[direction][line]) {
            count += wire[from] >= to ? 1 : 0;
        }
        return count;
    }

    /**
     * How many qubits those wires have there, in ascending order.
     *
     * @param lengths room for as many as there are tracks
     * @param wires which tracks, in the same order
     * @return how many
     */
    int lengths(int direction, int line, int from, int to, int[] lengths, int[] wires) {
        int count = 0;
        for (int track = 0; track < tracks; track++) {
            if (reach[direction][line][track][from] < to) {
                continue;
            }
            int[] order = pieces[direction][line][track];
            int length = order[to] - order[from] + 1;
            int at = count++;
            while (at > 0 && lengths[at - 1] > length) {
                lengths[at] = lengths[at - 1];
                wires[at] = wires[at - 1];
                at--;
            }
            lengths[at] = length;
            wires[at] = track;
        }
        return count;
    }

    /** The qubits of a stretch of a wire. */
    int[] qubits(int direction, int line, int track, int from, int to) {
        return Arrays.stream(qubit[direction][line][track], from, to + 1).distinct().toArray();
    }
}
