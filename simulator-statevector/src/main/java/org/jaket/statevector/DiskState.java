package org.jaket.statevector;

import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.CounterRandom;
import org.jaket.execution.Progress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The amplitudes of n qubits in a file, for states that are larger than the memory: from {@link
 * DiskSimulator#state}. Qubit k is bit k of an amplitude's index. What a {@link StateVector} reads
 * in one go is read here in sweeps through the file; single amplitudes cost one access each. Close
 * it to delete the file.
 *
 * <p>Not for use by two threads at once.
 */
public final class DiskState implements AutoCloseable {
    private final DiskTiles tiles;
    private Frame frame;

    /** Whether putting the qubits in order was cut short, which leaves no state. */
    private boolean isBroken;

    DiskState(DiskTiles tiles, Frame frame) {
        this.tiles = tiles;
        this.frame = frame;
    }

    /** The number of qubits. */
    public int qubits() {
        return tiles.file().qubits();
    }

    /** The format of the amplitudes. */
    public Precision precision() {
        return tiles.file().precision();
    }

    /** Where the amplitudes are. */
    public Path file() {
        return tiles.file().path();
    }

    private DiskTiles live() {
        if (isBroken) {
            throw new IllegalStateException(
                    "The state was being changed when that was cancelled or failed.");
        }
        return tiles;
    }

    /** The real part of an amplitude. */
    public double re(long index) {
        return live().file().re(stored(index));
    }

    /** The imaginary part of an amplitude. */
    public double im(long index) {
        return live().file().im(stored(index));
    }

    /** The probability of a basis state. */
    public double probability(long index) {
        double x = re(index);
        double y = im(index);
        return x * x + y * y;
    }

    private long stored(long index) {
        if (index < 0 || index >= live().file().length()) {
            throw new IndexOutOfBoundsException(
                    "Amplitude " + index + " of a state of " + qubits() + " qubits");
        }
        return frame.stored(index);
    }

    /** The sum of all probabilities: 1 up to rounding. One sweep. */
    public double norm() {
        return Sums.halves(weights());
    }

    private double[] weights() {
        double[] weights = new double[live().tiles()];
        live().read((tile, outer, n) -> weights[n] = Sums.norm(tile, live().runner()));
        return weights;
    }

    /**
     * The probabilities of the values of some qubits. One sweep.
     *
     * @param qubits at most {@value StateVector#MAX_MARGINAL_QUBITS}; bit j of an index of the
     *     result belongs to the j-th of them
     */
    public double[] probabilities(int... qubits) {
        StateVector.check(qubits, StateVector.MAX_MARGINAL_QUBITS, qubits());
        double[] p = new double[1 << qubits.length];
        live().read(
                        (tile, outer, n) ->
                                Sums.addMarginal(tile, outer, frame, qubits, p, live().runner()));
        return p;
    }

    /**
     * The expectation value of a Pauli string. One sweep, or one that reads each tile twice where
     * the string moves qubits outside the tiles.
     *
     * @throws IllegalArgumentException if it is not Hermitian or has another number of qubits
     */
    public double expectation(PauliString string) {
        if (!string.isHermitian() || string.qubits() != qubits()) {
            throw new IllegalArgumentException(
                    string + " is not an observable on " + qubits() + " qubits");
        }
        return expectations(List.of(string))[0];
    }

    /**
     * The expectation value of a sum of Pauli strings. A sweep for each group of strings that move
     * the qubits outside the tiles in the same way.
     */
    public double expectation(PauliSum observable) {
        if (observable.qubits() != qubits()) {
            throw new IllegalArgumentException(
                    "The observable has " + observable.qubits() + " qubits, the state " + qubits());
        }
        double[] each =
                expectations(observable.terms().stream().map(PauliSum.Term::string).toList());
        double total = 0;
        for (int k = 0; k < each.length; k++) {
            total += observable.terms().get(k).coefficient() * each[k];
        }
        return total;
    }

    private double[] expectations(List<PauliString> strings) {
        int tileBits = live().tileBits();
        List<PauliTerms.Term> terms = PauliTerms.terms(strings, frame);
        int runBits = DiskTiles.runBits(tileBits);
        double[] all = new double[strings.size()];
        for (PauliTerms.Group group :
                new PauliTerms(terms, all.length, qubits(), tileBits, runBits).groups()) {
            long local = group.local();
            List<PauliTerms.Term> inside =
                    group.terms().stream()
                            .map(
                                    t ->
                                            new PauliTerms.Term(
                                                    Long.compress(t.x(), local),
                                                    Long.compress(t.z(), local),
                                                    t.turns(),
                                                    t.number()))
                            .toList();
            PauliTerms products =
                    new PauliTerms(
                            inside, all.length, tileBits, Schedule.TILE_BITS, Schedule.RUN_BITS);
            int[] numbers = group.terms().stream().mapToInt(PauliTerms.Term::number).toArray();
            long[] signs = group.terms().stream().mapToLong(t -> t.z() & ~local).toArray();
            double[][] parts = new double[numbers.length][1 << qubits() - tileBits];
            live().readPairs(
                            local,
                            group.difference(),
                            (bra, ket, outer, n) -> {
                                double[] values = products.products(bra, ket, live().runner());
                                for (int k = 0; k < numbers.length; k++) {
                                    boolean odd = (Long.bitCount(outer & signs[k]) & 1) != 0;
                                    double value = values[2 * numbers[k]];
                                    parts[k][n] = odd ? -value : value;
                                }
                            });
            for (int k = 0; k < numbers.length; k++) {
                all[numbers[k]] = Sums.halves(parts[k]);
            }
        }
        return all;
    }

    /**
     * Draws basis states. Two sweeps, the second one only over tiles in which something is drawn.
     *
     * @return one index a shot
     */
    public long[] sample(int shots, long seed) {
        double[] uniform = new double[shots];
        for (int k = 0; k < shots; k++) {
            uniform[k] = CounterRandom.uniform(seed, k, 0);
        }
        long[] indices = sampleStored(uniform);
        for (int k = 0; k < shots; k++) {
            indices[k] = frame.seen(indices[k]);
        }
        return indices;
    }

    long[] sampleStored(double[] uniform) {
        double[] weights = weights();
        double[] before = new double[weights.length + 1];
        for (int t = 0; t < weights.length; t++) {
            before[t + 1] = before[t] + weights[t];
        }
        double total = before[weights.length];
        int[] tileOf = new int[uniform.length];
        for (int k = 0; k < uniform.length; k++) {
            tileOf[k] = Sums.find(before, uniform[k] * total);
        }
        int[] order = order(tileOf, weights.length);
        long[] indices = new long[uniform.length];
        int from = 0;
        while (from < order.length) {
            int number = tileOf[order[from]];
            int to = from;
            while (to < order.length && tileOf[order[to]] == number) {
                to++;
            }
            double[] inside = new double[to - from];
            for (int k = from; k < to; k++) {
                double rest = uniform[order[k]] * total - before[number];
                inside[k - from] = Math.clamp(rest / weights[number], 0, Math.nextDown(1.0));
            }
            Amplitudes tile = live().tile(number);
            if (tile == null) {
                throw new IllegalStateException("A tile that is zero was drawn: " + number);
            }
            live().progress().checkCancelled();
            long[] drawn = Sums.sample(tile, inside, live().runner());
            for (int k = from; k < to; k++) {
                indices[order[k]] = ((long) number << live().tileBits()) | drawn[k - from];
            }
            from = to;
        }
        return indices;
    }

    /** The numbers of samples in the order of their tiles. */
    private static int[] order(int[] tileOf, int tiles) {
        int[] next = new int[tiles + 1];
        for (int tile : tileOf) {
            next[tile + 1]++;
        }
        for (int t = 0; t < tiles; t++) {
            next[t + 1] += next[t];
        }
        int[] order = new int[tileOf.length];
        for (int k = 0; k < tileOf.length; k++) {
            order[next[tileOf[k]]++] = k;
        }
        return order;
    }

    /**
     * Writes the amplitudes as a NumPy array, as {@link StateVector#write} does; the file appears
     * when it is complete. Puts the qubits in order first, which may take some sweeps.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path npy) throws IOException {
        home();
        NumpyFile.write(
                npy,
                qubits(),
                precision(),
                () -> live().progress().checkCancelled(),
                out -> {
                    for (int number = 0; number < live().tiles(); number++) {
                        Amplitudes tile = live().tile(number);
                        long length = 1L << live().tileBits();
                        for (long i = 0; i < length; i++) {
                            if ((i & (1L << 20) - 1) == 0) {
                                live().runner().check(i, length);
                            }
                            out.put(tile == null ? 0 : tile.re(i), tile == null ? 0 : tile.im(i));
                        }
                    }
                });
    }

    private void home() {
        if (frame.isIdentity()) {
            return;
        }
        Gathering gates = new Gathering(frame);
        gates.settleFrame();
        List<Sweep> sweeps =
                DiskTiles.sweeps(gates.finish(), qubits(), live().tileBits(), Progress.NONE);
        isBroken = true;
        for (Sweep sweep : sweeps) {
            tiles.apply(sweep, (t, n) -> {});
        }
        frame = gates.frame();
        isBroken = false;
    }

    /** Deletes the file and frees the memory; the state must not be used afterwards. */
    @Override
    public void close() {
        tiles.close();
        tiles.file().close();
    }
}
