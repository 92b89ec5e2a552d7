package org.jaket.statevector;

import org.jaket.circuit.observable.PauliString;

import java.util.ArrayList;
import java.util.List;

/**
 * Pauli strings as they act on stored amplitudes, arranged so that memory is read as seldom as
 * possible: all strings that move only the qubits of one tile, or that move the others in the same
 * way, are worked on while the tile is in the cache.
 *
 * <p>A string maps |k> to {@code i^turns (-1)^(k.z) |k ^ x>} in stored indices.
 */
final class PauliTerms {
    /** Partial sums that are kept at a time, in numbers. */
    private static final int MOST_SUMS = 1 << 22;

    /** Strings of one group: a tile is read for all of them in some 20 milliseconds. */
    private static final int MOST_STRINGS = 1 << 10;

    /** One string; {@code number} is its place in the list. */
    record Term(long x, long z, int turns, int number) {}

    /**
     * Strings that are worked on together.
     *
     * @param local the qubits in a tile
     * @param difference by what the tiles of both sides differ outside
     */
    record Group(long local, long difference, List<Term> terms) {}

    private final int count;
    private final List<Group> groups = new ArrayList<>();

    /**
     * Arranges strings.
     *
     * @param frame where the circuit's qubits lie
     */
    PauliTerms(List<PauliString> strings, Frame frame, int qubits) {
        this(terms(strings, frame), strings.size(), qubits, Schedule.TILE_BITS, Schedule.RUN_BITS);
    }

    /** The same with tiles and runs of another size, from strings on stored qubits. */
    PauliTerms(List<Term> terms, int count, int qubits, int mostTileBits, int mostRunBits) {
        this.count = count;
        List<Term> left = new ArrayList<>(terms);
        int tileBits = Math.min(qubits, mostTileBits);
        while (!left.isEmpty()) {
            group(left, qubits, tileBits, Math.min(mostRunBits, tileBits));
        }
    }

    /** Strings as they act on stored qubits. */
    static List<Term> terms(List<PauliString> strings, Frame frame) {
        List<Term> terms = new ArrayList<>();
        for (int k = 0; k < strings.size(); k++) {
            terms.add(term(strings.get(k), frame, k));
        }
        return terms;
    }

    List<Group> groups() {
        return groups;
    }

    private static Term term(PauliString p, Frame frame, int number) {
        long x = frame.place(p.qubits() == 0 ? 0 : p.xBits()[0]);
        long z = frame.place(p.qubits() == 0 ? 0 : p.zBits()[0]);
        // A flipped qubit turns Z to -Z.
        int turns = p.phase() + Long.bitCount(x & z) + 2 * Long.bitCount(z & frame.flipped());
        return new Term(x, z, turns & 3, number);
    }

    /** Takes out the first term and all that can be worked on with it. */
    private void group(List<Term> left, int qubits, int tileBits, int runBits) {
        long local = (1L << runBits) - 1;
        for (Term t : left) {
            if (Long.bitCount(local | t.x) <= tileBits) {
                local |= t.x;
            }
        }
        for (int q = 0; Long.bitCount(local) < tileBits; q++) {
            local |= 1L << q;
        }
        long difference = left.getFirst().x & ~local;
        List<Term> taken = new ArrayList<>();
        List<Term> rest = new ArrayList<>();
        for (Term t : left) {
            ((t.x & ~local) == difference ? taken : rest).add(t);
        }
        int tiles = 1 << qubits - tileBits;
        int most = Math.clamp(MOST_SUMS / 2 / tiles, 1, MOST_STRINGS);
        for (int from = 0; from < taken.size(); from += most) {
            int to = Math.min(taken.size(), from + most);
            groups.add(new Group(local, difference, List.copyOf(taken.subList(from, to))));
        }
        left.clear();
        left.addAll(rest);
    }

    /**
     * The matrix elements of all strings.
     *
     * @return real and imaginary part of {@code <bra|P|ket>} for each, interleaved
     */
    double[] products(Amplitudes bra, Amplitudes ket, Runner runner) {
        double[] all = new double[2 * count];
        for (Group g : groups) {
            int width = 2 * g.terms.size();
            int tiles = 1 << (ket.qubits() - Long.bitCount(g.local));
            double[] sums = new double[width * tiles];
            runner.readPairs(
                    bra,
                    ket,
                    g.local,
                    g.difference,
                    (b, k, outer, t) -> products(g, b, k, outer, ket.kernels(), sums, width * t));
            for (int k = 0; k < g.terms.size(); k++) {
                Term term = g.terms.get(k);
                double re = Sums.halves(sums, 2 * k, sums.length + 2 * k, width);
                double im = Sums.halves(sums, 2 * k + 1, sums.length + 2 * k + 1, width);
                int at = 2 * term.number;
                all[at] = turnedRe(re, im, term.turns);
                all[at + 1] = turnedIm(re, im, term.turns);
            }
        }
        return all;
    }

    private static void products(
            Group g, Tile bra, Tile ket, long outer, Kernels kernels, double[] sums, int at) {
        for (int k = 0; k < g.terms.size(); k++) {
            Term term = g.terms.get(k);
            int x = (int) Long.compress(term.x, g.local);
            int z = (int) Long.compress(term.z, g.local);
            int here = at + 2 * k;
            kernels.product(bra, ket, x, z, sums, here);
            if ((Long.bitCount(outer & term.z & ~g.local) & 1) != 0) {
                sums[here] = -sums[here];
                sums[here + 1] = -sums[here + 1];
            }
        }
    }

    /** Puts {@code sum over k of coefficients[k] P_k |source>} into the target. */
    void apply(double[] coefficients, Amplitudes source, Amplitudes target, Runner runner) {
        boolean first = true;
        for (Group g : groups) {
            boolean fresh = first;
            runner.writePairs(
                    target,
                    source,
                    g.local,
                    g.difference,
                    (t, s, outer, number) -> {
                        if (fresh) {
                            source.kernels().project(t, 0, 0, 0);
                        }
                        add(g, coefficients, t, s, outer, source.kernels());
                    });
            first = false;
        }
    }

    private static void add(
            Group g, double[] coefficients, Tile target, Tile source, long outer, Kernels kernels) {
        for (Term term : g.terms) {
            double c = coefficients[term.number];
            boolean odd = (Long.bitCount(outer & term.z & ~g.local) & 1) != 0;
            double signed = odd ? -c : c;
            kernels.addPauli(
                    target,
                    source,
                    (int) Long.compress(term.x, g.local),
                    (int) Long.compress(term.z, g.local),
                    turnedRe(signed, 0, term.turns),
                    turnedIm(signed, 0, term.turns));
        }
    }

    private static double turnedRe(double re, double im, int turns) {
        return switch (turns) {
            case 0 -> re;
            case 1 -> -im;
            case 2 -> -re;
            default -> im;
        };
    }

    private static double turnedIm(double re, double im, int turns) {
        return switch (turns) {
            case 0 -> im;
            case 1 -> re;
            case 2 -> -im;
            default -> -re;
        };
    }
}
