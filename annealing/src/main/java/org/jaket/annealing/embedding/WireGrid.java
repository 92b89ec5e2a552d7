package org.jaket.annealing.embedding;

import org.jaket.annealing.topology.HardwareGraph;
import org.jaket.annealing.topology.Segment;
import org.jaket.annealing.topology.Topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The wires that a processor is made of, with what is missing taken into account: which stretches
 * of which wires work. Every vertical wire that works on a row crosses every horizontal wire that
 * works on its column, and there they are coupled. Where a coupler is missing, one of its two
 * qubits counts as missing, or else one of the chains that would need it is left out in the end.
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

    private final HardwareGraph hardware;

    /** How many lines a qubit crosses. */
    private final int span;

    private final boolean hasFaultyCrossings;

    /**
     * The wires of a processor.
     *
     * @param share how many of the missing couplers are heeded: 1 for all, 0 for none
     * @param jogs whether wires that run side by side may change places to go around faults
     * @param draws decides which couplers are heeded, and which of their qubits go
     */
    WireGrid(HardwareGraph hardware, Topology topology, double share, boolean jogs, Draws draws) {
        this.hardware = hardware;
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
        int[] missing = missingCrossings(hardware, topology);
        hasFaultyCrossings = missing.length > 0;
        BitSet unusable = unusable(topology.indices(), missing, share, draws);
        int longest = 1;
        for (int q : hardware.qubitNumbers().toArray()) {
            Segment s = topology.segment(q);
            int u = s.vertical() ? 0 : 1;
            longest = Math.max(longest, s.last() - s.first() + 1);
            for (int at = Math.max(0, s.first()); at <= s.last() && at < lines[1 - u]; at++) {
                qubit[u][s.line()][s.track()][at] = unusable.get(q) ? NONE : q;
            }
        }
        span = longest;
        for (int u = 0; u < 2; u++) {
            for (int line = 0; line < lines[u]; line++) {
                for (int track = 1; jogs && track < tracks; track += 2) {
                    exchangeTails(hardware, qubit[u][line][track - 1], qubit[u][line][track]);
                }
                for (int track = 0; track < tracks; track++) {
                    reach(hardware, qubit[u][line][track], reach[u][line][track]);
                    count(qubit[u][line][track], pieces[u][line][track]);
                }
            }
        }
    }

    /** Pairs of qubits that cross and are not coupled, one after the other. */
    private static int[] missingCrossings(HardwareGraph hardware, Topology topology) {
        IntStream.Builder missing = IntStream.builder();
        topology.forEachCoupler(
                (a, b) -> {
                    if (hardware.has(a)
                            && hardware.has(b)
                            && !hardware.coupled(a, b)
                            && topology.segment(a).vertical() != topology.segment(b).vertical()) {
                        missing.add(a);
                        missing.add(b);
                    }
                });
        return missing.build().toArray();
    }

    /** Qubits to do without, so that all that are left are coupled where heeded ones cross. */
    private static BitSet unusable(int indices, int[] missing, double share, Draws draws) {
        int[] faults = new int[indices];
        int[] open = new int[missing.length];
        int count = 0;
        for (int k = 0; k < missing.length; k += 2) {
            if (draws.uniform() < share) {
                for (int end = k; end < k + 2; end++) {
                    faults[missing[end]]++;
                    open[count++] = missing[end];
                }
            }
        }
        BitSet unusable = new BitSet();
        while (count > 0) {
            int worst = NONE;
            int ties = 0;
            for (int k = 0; k < count; k++) {
                int q = open[k];
                if (worst == NONE || faults[q] >= faults[worst]) {
                    ties = worst == NONE || faults[q] > faults[worst] ? 1 : ties + 1;
                    worst = draws.below(ties) == 0 ? q : worst;
                }
            }
            unusable.set(worst);
            int left = 0;
            for (int k = 0; k < count; k += 2) {
                if (open[k] == worst || open[k + 1] == worst) {
                    faults[open[k]]--;
                    faults[open[k + 1]]--;
                } else {
                    open[left++] = open[k];
                    open[left++] = open[k + 1];
                }
            }
            count = left;
        }
        return unusable;
    }

    private static void count(int[] wire, int[] pieces) {
        for (int at = 1; at < wire.length; at++) {
            pieces[at] = pieces[at - 1] + (wire[at] == wire[at - 1] ? 0 : 1);
        }
    }

    /**
     * Lets two wires that run side by side change places from some line on, if one of them then
     * works for longer than either did: so it jogs around a fault.
     */
    private static void exchangeTails(HardwareGraph hardware, int[] first, int[] second) {
        int before = Math.max(longestRun(hardware, first), longestRun(hardware, second));
        int longest = before;
        int[] bestFirst = first;
        int[] bestSecond = second;
        for (int at = 1; at < first.length; at++) {
            for (int turn = 0; turn < 2; turn++) {
                int[] head = turn == 0 ? first : second;
                int[] tail = turn == 0 ? second : first;
                if (head[at - 1] == NONE || !hardware.coupled(head[at - 1], tail[at])) {
                    continue;
                }
                int[] jogging = head.clone();
                System.arraycopy(tail, at, jogging, at, tail.length - at);
                int run = longestRun(hardware, jogging);
                if (run > longest) {
                    longest = run;
                    bestFirst = jogging;
                    bestSecond = tail.clone();
                    System.arraycopy(head, at, bestSecond, at, head.length - at);
                    // A qubit that crosses lines on both sides of the jog stays with one wire.
                    for (int k = 0; k < head.length; k++) {
                        if (bestSecond[k] == (k < at ? jogging[at] : jogging[at - 1])) {
                            bestSecond[k] = NONE;
                        }
                    }
                }
            }
        }
        if (longest > before) {
            System.arraycopy(bestSecond, 0, second, 0, second.length);
            System.arraycopy(bestFirst, 0, first, 0, first.length);
        }
    }

    private static int longestRun(HardwareGraph hardware, int[] wire) {
        int longest = 0;
        int run = 0;
        for (int at = 0; at < wire.length; at++) {
            if (wire[at] == NONE) {
                run = 0;
            } else {
                boolean on =
                        run > 0
                                && (wire[at] == wire[at - 1]
                                        || hardware.coupled(wire[at - 1], wire[at]));
                run = on ? run + 1 : 1;
                longest = Math.max(longest, run);
            }
        }
        return longest;
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

    /** Whether some qubits that cross are not coupled. */
    boolean hasFaultyCrossings() {
        return hasFaultyCrossings;
    }

    /** Those of some chains that are all coupled with each other: few are left out. */
    List<int[]> coupledOnes(List<int[]> chains) {
        if (!hasFaultyCrossings) {
            return chains;
        }
        int n = chains.size();
        BitSet[] apart = new BitSet[n];
        for (int c = 0; c < n; c++) {
            apart[c] = new BitSet(n);
            apart[c].set(0, n);
            apart[c].clear(c);
        }
        return coupledOnes(chains, apart).stream().mapToObj(chains::get).toList();
    }

    /** Leaves out few of two lists of chains, so that all of one are coupled with all others. */
    void keepCoupledOnes(List<int[]> left, List<int[]> right) {
        if (!hasFaultyCrossings) {
            return;
        }
        List<int[]> chains = new ArrayList<>(left);
        chains.addAll(right);
        BitSet[] apart = new BitSet[chains.size()];
        for (int c = 0; c < apart.length; c++) {
            boolean isLeft = c < left.size();
            apart[c] = new BitSet(apart.length);
            apart[c].set(isLeft ? left.size() : 0, isLeft ? apart.length : left.size());
        }
        BitSet kept = coupledOnes(chains, apart);
        int first = left.size();
        left.clear();
        right.clear();
        kept.stream().forEach(c -> (c < first ? left : right).add(chains.get(c)));
    }

    /**
     * Which chains stay.
     *
     * @param apart with which others each should be coupled; that is used up
     */
    private BitSet coupledOnes(List<int[]> chains, BitSet[] apart) {
        int n = chains.size();
        int[] owner = new int[hardware.indices()];
        Arrays.fill(owner, NONE);
        for (int c = 0; c < n; c++) {
            for (int qubit : chains.get(c)) {
                owner[qubit] = c;
            }
        }
        for (int c = 0; c < n; c++) {
            for (int qubit : chains.get(c)) {
                for (int k = 0; k < hardware.degree(qubit); k++) {
                    int other = owner[hardware.neighbour(qubit, k)];
                    if (other != NONE) {
                        apart[c].clear(other);
                    }
                }
            }
        }
        BitSet left = new BitSet(n);
        left.set(0, n);
        while (true) {
            int worst = NONE;
            for (int c = left.nextSetBit(0); c >= 0; c = left.nextSetBit(c + 1)) {
                int faults = apart[c].cardinality();
                if (faults > 0 && (worst == NONE || faults > apart[worst].cardinality())) {
                    worst = c;
                }
            }
            if (worst == NONE) {
                return left;
            }
            left.clear(worst);
            for (BitSet others : apart) {
                others.clear(worst);
            }
            apart[worst].clear();
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

    /** Whether two wires, one of either direction, are coupled where they cross. */
    boolean cross(int column, int verticalTrack, int row, int horizontalTrack) {
        return hardware.coupled(
                qubit[0][column][verticalTrack][row], qubit[1][row][horizontalTrack][column]);
    }

    /** The qubits of a stretch of a wire. */
    int[] qubits(int direction, int line, int track, int from, int to) {
        return Arrays.stream(qubit[direction][line][track], from, to + 1).distinct().toArray();
    }
}
