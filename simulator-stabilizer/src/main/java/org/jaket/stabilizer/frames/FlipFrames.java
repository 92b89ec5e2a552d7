package org.jaket.stabilizer.frames;

import org.jaket.circuit.Pauli;
import org.jaket.circuit.gate.CliffordAction;
import org.jaket.circuit.noise.Noise;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.random.BitSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pauli frames that are followed step by step and can be looked at and changed in between: a row of
 * bits, one a shot, for X and for Z on each qubit, and one for each result, detector and
 * observable.
 */
public final class FlipFrames {
    /** The most words of recorded flips: 2 GiB. */
    private static final long MAX_WORDS = 1L << 28;

    private final int words;
    private final boolean randomizes;
    private final BitSource random;
    private final long[] scratch;
    private final long[] chain;
    private final List<long[]> xs = new ArrayList<>();
    private final List<long[]> zs = new ArrayList<>();
    private final List<long[]> results = new ArrayList<>();
    private final List<long[]> detectors = new ArrayList<>();
    private final List<long[]> observables = new ArrayList<>();
    private List<long[]> sweeps = List.of();

    /**
     * Starts without qubits.
     *
     * @param shots how many shots
     * @param randomizes whether fresh stabilisers are applied at random, so that what anticommutes
     *     with them comes out random
     * @param random decides errors
     */
    public FlipFrames(int shots, boolean randomizes, BitSource random) {
        this.words = Math.max(1, (shots + 511) >>> 9) << 3;
        this.randomizes = randomizes;
        this.random = random;
        this.scratch = new long[words];
        this.chain = new long[words];
    }

    /** Returns a copy with another source of randomness. */
    public FlipFrames copy(BitSource newRandom) {
        FlipFrames copy = new FlipFrames(words * 64, randomizes, newRandom);
        copyRows(xs, copy.xs);
        copyRows(zs, copy.zs);
        copyRows(results, copy.results);
        copyRows(detectors, copy.detectors);
        copyRows(observables, copy.observables);
        System.arraycopy(chain, 0, copy.chain, 0, words);
        copy.sweeps = sweeps;
        return copy;
    }

    /**
     * Returns frames that go their own way from here on and draw from the same source. Rows of
     * results and detectors are shared, since they no longer change.
     */
    public FlipFrames fork() {
        FlipFrames fork = new FlipFrames(words * 64, randomizes, random);
        copyRows(xs, fork.xs);
        copyRows(zs, fork.zs);
        fork.results.addAll(results);
        fork.detectors.addAll(detectors);
        copyRows(observables, fork.observables);
        System.arraycopy(chain, 0, fork.chain, 0, words);
        fork.sweeps = sweeps;
        return fork;
    }

    private static void copyRows(List<long[]> from, List<long[]> to) {
        from.forEach(row -> to.add(row.clone()));
    }

    /** Forgets all results and puts all qubits back to the start. */
    public void clear() {
        results.clear();
        detectors.clear();
        observables.clear();
        Arrays.fill(chain, 0);
        int qubits = xs.size();
        xs.clear();
        zs.clear();
        ensure(qubits);
    }

    /** Adds qubits in the zero state, up to a number. */
    public void ensure(int qubits) {
        while (xs.size() < qubits) {
            xs.add(new long[words]);
            long[] z = new long[words];
            if (randomizes) {
                random.fill(z, 0, words);
            }
            zs.add(z);
        }
    }

    /** Returns the number of qubits. */
    public int qubits() {
        return xs.size();
    }

    /** The row of X flips (or Z flips) of a qubit. */
    public long[] pauli(int qubit, boolean ofZ) {
        return (ofZ ? zs : xs).get(qubit);
    }

    /** The rows of flipped results, earliest first. */
    public List<long[]> results() {
        return results;
    }

    /** The rows of detectors. */
    public List<long[]> detectors() {
        return detectors;
    }

    /** The rows of observables. */
    public List<long[]> observables() {
        return observables;
    }

    /** The row of shots in which an error of the present chain of correlated ones has happened. */
    public long[] chain() {
        return chain;
    }

    /** Sets the rows of sweep bits, the first first; those that are not in the list are zero. */
    public void sweeps(List<long[]> rows) {
        sweeps = rows;
    }

    /** Words of a row. */
    public int words() {
        return words;
    }

    /**
     * Runs steps without branches.
     *
     * @throws IllegalArgumentException if a look-back leads before the first result, or more is
     *     recorded than fits
     */
    public void run(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Unitary u -> unitary(u);
                case Step.Rotate r -> rotate(r.product());
                case Step.Feedback f -> apply(f.qubit(), f.pauli(), result(f.lookback()));
                case Step.SweepPauli s -> {
                    long[] row = s.bit() < sweeps.size() ? sweeps.get(s.bit()) : null;
                    if (row != null) {
                        apply(s.qubit(), s.pauli(), row);
                    }
                }
                case Step.Reset r -> {
                    for (int q : r.qubits()) {
                        reset(r.basis(), q);
                    }
                }
                case Step.Measure m -> measure(m);
                case Step.MeasureProduct m -> {
                    record(anticommuting(m.product()), m.flip());
                    if (randomizes) {
                        random.fill(scratch, 0, words);
                        apply(m.product(), scratch);
                    }
                }
                case Step.MeasureAbsence m -> {
                    // Without noise that moves qubits, which is refused, all are there.
                    for (int k = 0; k < m.qubits().length; k++) {
                        record(new long[words], m.flip());
                    }
                }
                case Step.Pad p -> {
                    for (int k = 0; k < p.values().length; k++) {
                        record(new long[words], p.flip());
                    }
                }
                case Step.PauliNoise n -> noise(n);
                case Step.Correlated c -> correlated(c);
                case Step.Detector d -> add(detectors, sum(d.lookbacks()));
                case Step.Observable o -> {
                    while (observables.size() <= o.index()) {
                        add(observables, new long[words]);
                    }
                    long[] row = observables.get(o.index());
                    xor(row, sum(o.lookbacks()));
                    xor(row, anticommuting(o.paulis()));
                }
                case Step.Loop l -> {
                    for (long k = 0; k < l.count(); k++) {
                        run(l.body());
                    }
                }
                case Step.Branch b -> throw new AssertionError(b);
                case Step.WhileLoop w -> throw new AssertionError(w);
                case Step.Assign a -> throw new AssertionError(a);
            }
        }
    }

    private void add(List<long[]> rows, long[] row) {
        long count = 1L + results.size() + detectors.size() + observables.size();
        if (count * words > MAX_WORDS) {
            throw new IllegalArgumentException(
                    "%d rows of %d shots are too many flips to hold. Maybe use ShotSampler?"
                            .formatted(count, words * 64L));
        }
        rows.add(row);
    }

    private long[] result(int lookback) {
        if (lookback > results.size()) {
            throw new IllegalArgumentException(
                    "rec[-%d] refers to a measurement before the first one; there are %d so far."
                            .formatted(lookback, results.size()));
        }
        return results.get(results.size() - lookback);
    }

    private long[] sum(int[] lookbacks) {
        long[] row = new long[words];
        for (int lookback : lookbacks) {
            xor(row, result(lookback));
        }
        return row;
    }

    private void xor(long[] target, long[] source) {
        for (int w = 0; w < words; w++) {
            target[w] ^= source[w];
        }
    }

    private void unitary(Step.Unitary u) {
        CliffordAction action = u.forward();
        int arity = action.qubits();
        for (int k = 0; k < u.targets().length; k += arity) {
            long[][] old = new long[2 * arity][];
            for (int g = 0; g < old.length; g++) {
                old[g] = pauli(u.targets()[k + (g >> 1)], (g & 1) != 0).clone();
            }
            for (int h = 0; h < old.length; h++) {
                long[] row = pauli(u.targets()[k + (h >> 1)], (h & 1) != 0);
                Arrays.fill(row, 0);
                for (int g = 0; g < old.length; g++) {
                    boolean ofZ = (g & 1) != 0;
                    int mask = (h & 1) != 0 ? action.z(g >> 1, ofZ) : action.x(g >> 1, ofZ);
                    if ((mask >> (h >> 1) & 1) != 0) {
                        xor(row, old[g]);
                    }
                }
            }
        }
    }

    /** Where the frame anticommutes with a product. */
    private long[] anticommuting(Step.Product product) {
        long[] row = new long[words];
        for (int q : product.xs()) {
            xor(row, zs.get(q));
        }
        for (int q : product.zs()) {
            xor(row, xs.get(q));
        }
        return row;
    }

    private void apply(Step.Product product, long[] where) {
        for (int q : product.xs()) {
            xor(xs.get(q), where);
        }
        for (int q : product.zs()) {
            xor(zs.get(q), where);
        }
    }

    /** Applies a Pauli in some shots. */
    public void apply(int qubit, Pauli pauli, long[] where) {
        if (pauli.hasX()) {
            xor(xs.get(qubit), where);
        }
        if (pauli.hasZ()) {
            xor(zs.get(qubit), where);
        }
    }

    private void rotate(Step.Product product) {
        apply(product, anticommuting(product));
    }

    private void reset(Pauli basis, int q) {
        Arrays.fill(xs.get(q), 0);
        Arrays.fill(zs.get(q), 0);
        randomize(basis, q);
    }

    private void randomize(Pauli basis, int q) {
        if (randomizes) {
            random.fill(scratch, 0, words);
            apply(q, basis, scratch);
        }
    }

    private void measure(Step.Measure m) {
        for (int q : m.qubits()) {
            long[] row = new long[words];
            if (m.basis().hasX()) {
                xor(row, zs.get(q));
            }
            if (m.basis().hasZ()) {
                xor(row, xs.get(q));
            }
            record(row, m.flip());
            if (m.resets()) {
                reset(m.basis(), q);
            } else {
                randomize(m.basis(), q);
            }
        }
    }

    private void record(long[] row, double flip) {
        if (flip > 0) {
            xor(row, bernoulli(flip));
        }
        add(results, row);
    }

    /** A row of bits that are one with a probability. */
    public long[] bernoulli(double probability) {
        long[] row = new long[words];
        if (probability > 0) {
            random.fillBernoulli(row, 0, words, probability);
        }
        return row;
    }

    private void correlated(Step.Correlated c) {
        if (c.starts()) {
            Arrays.fill(chain, 0);
        }
        long[] where = bernoulli(c.probability());
        for (int w = 0; w < words; w++) {
            where[w] &= ~chain[w];
            chain[w] |= where[w];
        }
        apply(c.product(), where);
    }

    private void noise(Step.PauliNoise n) {
        double p = n.arguments()[0];
        int arity = n.noise().qubits();
        for (int k = 0; k < n.targets().length; k += arity) {
            int q = n.targets()[k];
            switch (n.noise()) {
                case X_ERROR -> apply(q, Pauli.X, bernoulli(p));
                case Y_ERROR -> apply(q, Pauli.Y, bernoulli(p));
                case Z_ERROR -> apply(q, Pauli.Z, bernoulli(p));
                case DEPOLARIZE1, DEPOLARIZE2 -> {
                    int kinds = (1 << 2 * arity) - 1;
                    int from = k;
                    eachHit(bernoulli(p), shot -> hit(n, from, shot, 1 + random.nextBelow(kinds)));
                }
                default -> listed(n, k);
            }
        }
    }

    private interface ShotAction {
        void at(int shot);
    }

    private void eachHit(long[] where, ShotAction action) {
        for (int w = 0; w < words; w++) {
            for (long rest = where[w]; rest != 0; rest &= rest - 1) {
                action.at((w << 6) + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    /** Channels with a list of disjoint errors, heralded or not. */
    private void listed(Step.PauliNoise n, int k) {
        double[] list =
                n.noise() == Noise.HERALDED_ERASE ? quarters(n.arguments()[0]) : n.arguments();
        double total = Math.min(1, Arrays.stream(list).sum());
        long[] where = bernoulli(total);
        boolean heralded = n.noise().isHeralded();
        eachHit(
                where,
                shot -> {
                    double u = random.nextDouble() * total;
                    int choice = 0;
                    while (choice < list.length - 1 && u >= list[choice]) {
                        u -= list[choice++];
                    }
                    hit(n, k, shot, heralded ? choice : choice + 1);
                });
        if (heralded) {
            add(results, where);
        }
    }

    private static double[] quarters(double p) {
        return new double[] {p / 4, p / 4, p / 4, p / 4};
    }

    private static final Pauli[] PAULIS = {Pauli.I, Pauli.X, Pauli.Y, Pauli.Z};

    /** Applies Pauli (or pair of Paulis) number {@code code} in one shot. */
    private void hit(Step.PauliNoise n, int k, int shot, int code) {
        if (n.noise().qubits() == 1) {
            flip(n.targets()[k], PAULIS[code], shot);
        } else {
            flip(n.targets()[k], PAULIS[code >> 2], shot);
            flip(n.targets()[k + 1], PAULIS[code & 3], shot);
        }
    }

    /** Applies a Pauli in one shot. */
    public void flip(int qubit, Pauli pauli, int shot) {
        long bit = 1L << shot;
        if (pauli.hasX()) {
            xs.get(qubit)[shot >> 6] ^= bit;
        }
        if (pauli.hasZ()) {
            zs.get(qubit)[shot >> 6] ^= bit;
        }
    }
}
